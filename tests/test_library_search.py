"""Searching a library: what is found by which words, what filters leave, and that nothing else ever is."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from selon.library import Library
from selon.library.search import FilterError, Filters, Hit, Query, QueryError, facets, index, search
from selon.types import Article, Reading
from tests.library import DAM, DAM_LATER, article, dam, ferry, read

STRIKE = (
    "Les syndicats de Fontclaire ont négocié toute la nuit, a annoncé Mireille Castan.\n"
    "« La négociation reprendra mardi », a déclaré le négociateur de la région, Yves Delmas. "
    "« Nous ne demandons pas la lune », a répondu Mireille Castan."
)
TALKS = (
    "“We will negotiate until dawn,” said the harbour master, Owen Pryce.\n"
    "The union denied that the negotiations had failed. According to its negotiator, Dilys Harte, both sides are close."
)
VOTE = (
    "L’élection de l’assemblée d’Orsonne aura lieu en juin, a annoncé Jean-Noël Bœuf.\n"
    "« Le résultat sera respecté », a promis le préfet, Étienne Lancel. "
    "Selon Étienne Lancel, chaque œuvre d’art volée sera rendue à l’État."
)


def strike() -> Article:
    return article(STRIKE, title="Fontclaire : la grève continue", outlet="L’Écho de Fontclaire", section="Économie",
                   url="https://echo.example/greve", published="2024-11-18T07:30:00+01:00")  # fmt: skip


def talks() -> Article:
    return article(TALKS, language="en", title="Harbour talks go on", outlet="The Pryce Courier",
                   url="https://courier.example/talks", published="2025-02-03")  # fmt: skip


def vote() -> Article:
    return article(VOTE, title="Orsonne élira son assemblée", outlet="L’Écho de Fontclaire", section="Politique",
                   url="https://echo.example/vote", published="2025-03-31")  # fmt: skip


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [*read(strike(), talks(), vote()), dam(), ferry()]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, readings: list[Reading]) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("search") / "library.sqlite", create=True) as opened:
        opened.add(readings)
        yield opened


def found(library: Library, words: str = "", **fields: Any) -> tuple[Hit, ...]:
    own = {name: fields.pop(name) for name in ("text", "order", "limit", "offset") if name in fields}
    results = search(library.connection, Query(words=words, filters=Filters(**fields), **own))
    assert results.more or results.total >= len(results.hits)
    return results.hits


def said(library: Library, words: str = "", **fields: Any) -> set[str]:
    """What is found, each statement as its words."""
    return {" […] ".join(part.text for part in hit.parts) for hit in found(library, words, **fields)}


def marked(hits: tuple[Hit, ...]) -> set[str]:
    return {part.text[start:end] for hit in hits for part in hit.parts for start, end in part.marks}


@pytest.mark.parametrize(
    "words", ["négociation", "négocier", "NEGOCIATEURS", "negocie", "négociées", "ne\u0301gociations"]
)
def test_inflection_derivation_accents_and_capitals_do_not_matter_in_french(library: Library, words: str) -> None:
    assert marked(found(library, words, language="fr")) == {"négocié", "négociation"}


@pytest.mark.parametrize("words", ["negotiate", "negotiator", "Negotiations", "negotiating", "negotiated"])
def test_inflection_and_derivation_do_not_matter_in_english(library: Library, words: str) -> None:
    assert marked(found(library, words)) == {"negotiate", "negotiations"}


def test_one_search_goes_over_both_languages_or_over_one(library: Library) -> None:
    assert {hit.language for hit in found(library, "negocier OR negotiate")} == {"fr", "en"}
    assert {hit.language for hit in found(library, "negocier OR negotiate", language="en")} == {"en"}


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("oeuvre", "œuvre"),
        ("ŒUVRES", "œuvre"),
        ("etat", "État"),
        ("l'état", "État"),
        ("d’art", "art"),
        ("resultats", "résultat"),
    ],
)
def test_ligatures_apostrophes_and_elisions_do_not_matter(library: Library, words: str, mark: str) -> None:
    assert marked(found(library, words)) == {mark}


def test_a_hit_says_who_where_and_when_and_where_the_words_stand(library: Library) -> None:
    (hit,) = found(library, "lune")
    assert hit.sources == ("Mireille Castan",)
    assert (hit.outlet, hit.day, hit.title) == ("L’Écho de Fontclaire", "2024-11-18", "Fontclaire : la grève continue")
    assert (hit.form, hit.act) == ("direct", "say")
    (part,) = hit.parts
    assert part.where == "text"
    assert STRIKE[part.start : part.end] == part.text == "Nous ne demandons pas la lune"
    assert [part.text[start:end] for start, end in part.marks] == ["lune"]
    reading = library.reading(hit.version)
    assert next(one for one in reading.statements if one.id == hit.number).content[0].text == part.text


def test_a_content_of_several_passages_is_found_and_marked_in_each(tmp_path: Path) -> None:
    text = "« La digue tiendra, a assuré Luc Sarrazin, et la digue a été refaite. »"
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add(read(article(text)))
        (hit,) = found(opened, "digues")
        assert len(hit.parts) == 2
        for part in hit.parts:
            assert text[part.start : part.end] == part.text
            assert [part.text[start:end] for start, end in part.marks] == ["digue"]
        # A phrase goes on after the cue, but for what is no content.
        assert [one.statement for one in found(opened, '"tiendra la digue"')] == [hit.statement]
        whole(opened)


def test_words_are_joined_by_and_or_and_not(library: Library) -> None:
    assert said(library, "négocier mardi") == {"La négociation reprendra mardi"}
    assert said(library, "négocier ET mardi") == said(library, "négocier AND mardi") == said(library, "mardi négocier")
    assert said(library, "lune OU mardi") == {"La négociation reprendra mardi", "Nous ne demandons pas la lune"}
    without = {"Les syndicats de Fontclaire ont négocié toute la nuit"}
    for words in ("négocier -mardi", "négocier NOT mardi", "négocier SAUF mardi", "négocier AND NOT (mardi OR lune)"):
        assert said(library, words) == without
    assert said(library, "(lune OR mardi) négociation") == {"La négociation reprendra mardi"}
    assert said(library, "lune mardi") == set()


def test_a_phrase_stands_as_it_is_with_its_small_words(library: Library) -> None:
    assert said(library, '"demandons pas la lune"') == {"Nous ne demandons pas la lune"}
    assert said(library, "« demander pas la lune »") == {"Nous ne demandons pas la lune"}
    assert said(library, '"demandons pas une lune"') == set()
    assert said(library, '"lune la pas"') == set()
    assert marked(found(library, '"toute la nuit"')) == {"toute la nuit"}
    assert said(library, 'négocier -"toute la nuit"') == {"La négociation reprendra mardi"}
    assert said(library, 'négocier -"toute une nuit"') == said(library, "négocier")


@pytest.mark.parametrize("words", ["négoc*", "negociat*", "NÉGOCIATION*"])
def test_the_beginning_of_a_word_is_taken_as_it_is_typed(library: Library, words: str) -> None:
    marks = marked(found(library, words, language="fr"))
    assert marks == ({"négocié", "négociation"} if words == "négoc*" else {"négociation"})


def test_small_words_are_left_aside_where_there_are_others(library: Library) -> None:
    assert said(library, "la lune") == said(library, "lune pour le") == {"Nous ne demandons pas la lune"}
    with pytest.raises(QueryError, match="nearly every text"):
        found(library, "la", language="fr")


@pytest.mark.parametrize(
    ("filters", "only"),
    [
        ({"source": "castan"}, {"Mireille Castan"}),
        ({"source": "MIREILLE"}, {"Mireille Castan"}),
        ({"source": "etienne lanc"}, {"Étienne Lancel"}),
        ({"source": "boeuf"}, {"Jean-Noël Bœuf"}),
        ({"source": "noel"}, {"Jean-Noël Bœuf"}),
    ],
)
def test_a_source_is_meant_by_beginnings_of_its_name(library: Library, filters: dict[str, str], only: set[str]) -> None:
    assert {name for hit in found(library, **filters) for name in hit.sources} == only


def test_filters_narrow_what_was_said(library: Library) -> None:
    everything = found(library, limit=100)
    statements = library.connection.execute("SELECT count(*) FROM statement").fetchone()[0]
    assert len(everything) == statements
    cases: list[tuple[dict[str, Any], Callable[[Hit], bool]]] = [
        ({"outlet": "l’écho de fontclaire"}, lambda hit: hit.outlet == "L’Écho de Fontclaire"),
        ({"language": "en"}, lambda hit: hit.language == "en"),
        ({"form": "direct"}, lambda hit: hit.form == "direct"),
        ({"act": "promise"}, lambda hit: hit.act == "promise"),
        ({"since": "2025"}, lambda hit: (hit.day or "") >= "2025"),
        ({"since": "2025-03-31", "until": "2025-03-31"}, lambda hit: hit.day == "2025-03-31"),
        ({"until": "2024"}, lambda hit: (hit.day or "9")[:4] <= "2024"),
        ({"since": "2025-02", "until": "2025-02"}, lambda hit: (hit.day or "")[:7] == "2025-02"),
        ({"section": "economie"}, lambda hit: hit.title == "Fontclaire : la grève continue"),
    ]
    for filters, holds in cases:
        left = {hit.statement for hit in found(library, **{**filters, "limit": 100})}
        assert left == {hit.statement for hit in everything if holds(hit)}, filters
        assert 0 < len(left) < statements, filters


def test_what_is_denied_and_what_kind_of_source_says_it_are_filters_too(library: Library) -> None:
    assert said(library, denied=True) == {"the negotiations had failed"}
    assert "the negotiations had failed" not in said(library, denied=False, limit=100)
    rows = library.connection.execute(
        "SELECT statement FROM said JOIN article_source AS a ON a.id = article_source WHERE a.kind = 'person'"
    )
    assert {hit.statement for hit in found(library, source_kind="person", limit=100)} == {row for (row,) in rows}
    assert marked(found(library, "negotiate", source="pryce")) == {"negotiate"}
    assert said(library, "negotiate", source="nobody of this name") == set()


@pytest.mark.parametrize("day", ["25", "2025-3", "yesterday", "2025-03-31T10", "２０２５"])
def test_days_that_are_none_are_refused(library: Library, day: str) -> None:
    with pytest.raises(FilterError, match="a day is written 2025-03-13"):
        found(library, "lune", since=day)


def test_whole_texts_are_searched_with_their_titles(library: Library) -> None:
    assert said(library, "syndicat annoncer") == set()
    (hit,) = found(library, "syndicat annoncer", text=True)
    (part,) = hit.parts
    assert hit.statement is None
    assert STRIKE[part.start : part.end] == part.text
    assert {"syndicats", "annoncé"} <= marked((hit,))
    (titled,) = found(library, "grève", text=True)
    assert [(titled.title or "")[start:end] for start, end in titled.title_marks] == ["grève"]
    assert [hit.title for hit in found(library, text=True, source="lancel")] == ["Orsonne élira son assemblée"]
    assert {hit.title for hit in found(library, text=True, act="promise")} == {
        "Orsonne élira son assemblée", "No ferry to Inchmoor",
    }  # fmt: skip


def test_the_newest_come_first_when_asked_and_pages_go_on(library: Library) -> None:
    days = [hit.day for hit in found(library, order="date", limit=100)]
    assert days == sorted(days, key=lambda day: day or "", reverse=True)
    every = [hit.statement for hit in found(library, "negocier OR negotiate OR barrage", limit=100)]
    paged = [hit.statement for offset in range(len(every)) for hit in
             found(library, "negocier OR negotiate OR barrage", limit=1, offset=offset)]  # fmt: skip
    assert paged == every
    assert len(every) > 3


def test_a_statement_with_more_of_the_words_is_ranked_higher(library: Library) -> None:
    best, *_ = found(library, "négociation OR reprendre OR mardi")
    assert best.parts[0].text == "La négociation reprendra mardi"


def test_totals_are_counted_and_beyond_that_said_to_be_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selon.library.search.find.COUNTED", 3)
    texts = [
        article(f"« Le pont numéro {number} tiendra », a dit Anne Roux.", url=f"https://a.example/{number}")
        for number in range(5)
    ]
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add(read(*texts))
        for words in ("pont", ""):
            results = search(opened.connection, Query(words=words, limit=2))
            assert (len(results.hits), results.total, results.more) == (2, 3, True)
        assert search(opened.connection, Query(words='"numéro 4"')).total == 1


def test_facets_count_the_hits(library: Library) -> None:
    for query in (Query(words="negocier OR negotiate"), Query(words="negocier OR negotiate", text=True)):
        hits = search(library.connection, query).hits
        counted = facets(library.connection, query)
        assert dict(counted.languages) == Counter(hit.language for hit in hits)
        assert dict(counted.outlets) == Counter(hit.outlet for hit in hits)
        assert dict(counted.months) == Counter((hit.day or "")[:7] for hit in hits)
        assert counted.outlets[0][1] >= counted.outlets[-1][1]
    named = facets(library.connection, Query(words="lune"))
    assert named.sources == (("Mireille Castan", 1),)


# --- the index stays what the library is


def whole(library: Library) -> None:
    """Both tables have each row of the library once, with just its words, and nothing else: FTS5's own check of a
    table without contents, and every key of the index against those of the texts."""
    connection = library.connection
    for table, rows in (("said_words", "SELECT id FROM statement"), ("text_words", "SELECT version FROM searched")):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        expected = {row for (row,) in connection.execute(rows)}
        assert {row for (row,) in connection.execute(f"SELECT id FROM {table}_docsize")} == expected
        assert _indexed(connection, table) == _meant(connection, table)


def _indexed(connection: sqlite3.Connection, table: str) -> set[tuple[str, int]]:
    connection.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_keys USING fts5vocab (main, {table}, instance)"
    )
    return set(connection.execute(f"SELECT DISTINCT term, doc FROM temp.{table}_keys"))


def _meant(connection: sqlite3.Connection, table: str) -> set[tuple[str, int]]:
    meant: set[tuple[str, int]] = set()
    for (version,) in connection.execute("SELECT version FROM searched").fetchall():
        statements, (row, *texts) = index.contents(connection, version)
        pairs = statements if table == "said_words" else [(row, " ".join(texts))]
        meant |= {(key, row) for row, keys in pairs for key in keys.split()}
    return meant


def test_what_is_changed_read_again_and_removed_leaves_no_words_behind(tmp_path: Path, readings: list[Reading]) -> None:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add(readings)
        whole(opened)
        version = opened.add(read(article(DAM_LATER)))[0].version
        whole(opened)
        assert said(opened, "printemps")
        assert not said(opened, "été", outlet="Le Messager de Vernoux")
        less = opened.reading(version)
        opened.replace([(version, msgspec.structs.replace(less, statements=less.statements[:1]))])
        whole(opened)
        assert len(found(opened, outlet="Le Messager de Vernoux")) == 1
        for number in opened.articles():
            opened.remove(number)
            whole(opened)
        assert found(opened) == ()
        assert opened.connection.execute("SELECT count(*) FROM statement_parts").fetchone() == (0,)


def test_other_words_of_a_language_renew_the_index(tmp_path: Path, readings: list[Reading]) -> None:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add(readings[:3])
        opened.connection.execute("UPDATE searched_with SET signature = 'of another Selon'")
        opened.connection.execute("INSERT INTO said_words (said_words) VALUES ('delete-all')")
        assert said(opened, "lune") == set()
        opened.add(readings[3:])
        assert said(opened, "lune") == {"Nous ne demandons pas la lune"}
        whole(opened)


def test_the_index_can_be_tidied(tmp_path: Path, readings: list[Reading]) -> None:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        for reading in readings:
            opened.add([reading])
        before = said(opened, "négocier OR negotiate")
        index.tidy(opened.connection)
        assert said(opened, "négocier OR negotiate") == before != set()
        whole(opened)


# --- any input


@pytest.mark.parametrize(
    ("words", "complaint", "at"),
    [
        ("paix (guerre", "the parenthesis at 6 is never closed", 5),
        ("paix) guerre", "the parenthesis at 5 was never opened", 4),
        ('dit "la paix', "the quotation mark at 5 is never closed", 4),
        ("paix OR", "nothing to look for at 8", 7),
        ("AND paix", "nothing before AND", 0),
        ("paix NOT", "a word is missing at the end", 8),
        ("-guerre", "only what is to be left out", 0),
        ("paix () guerre", "nothing to look for at 7", 6),
        ("?!", "no word", 0),
        ("ab*", "three letters", 0),
        ("(" * 30 + "paix" + ")" * 30, "within 20 others", 20),
        ("paix " * 70, "60 words", 300),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(library: Library, words: str, complaint: str, at: int) -> None:
    with pytest.raises(QueryError, match=complaint) as caught:
        found(library, words)
    assert caught.value.at == at


@pytest.mark.parametrize(
    "words",
    [
        'lune" OR said:*', "lune; DROP TABLE version", "said_words", "lune NEAR(nuit, 3)", "lune ^ + {said}",
        "said: lune", "lune' --",
    ],
)  # fmt: skip
def test_words_of_sqlite_are_words_and_nothing_else(library: Library, words: str) -> None:
    try:
        assert said(library, words) <= {"Nous ne demandons pas la lune"}
    except QueryError:
        assert words.count('"') % 2 or words.count("(") != words.count(")")
    assert library.connection.execute("SELECT count(*) FROM version").fetchone() == (5,)


SYNTAX = some.sampled_from(
    [
        "négocier", "lune", "la", '"', "(", ")", "*", "-", "AND", "OU", "NOT", "«", "»", "“", "'", " ", "lun*", "\x00",
        "é", "l’",
    ]
)  # fmt: skip


@given(some.one_of(some.text(), some.lists(SYNTAX).map("".join), some.lists(SYNTAX).map(" ".join)), some.booleans())
def test_any_words_give_results_or_a_clear_refusal(library: Library, words: str, text: bool) -> None:
    try:
        results = search(library.connection, Query(words=words, text=text))
    except QueryError as error:
        assert 0 <= error.at <= len(words)
        assert str(error)
    else:
        for hit in results.hits:
            for part in hit.parts:
                assert all(0 <= start < end <= len(part.text) for start, end in part.marks)


@given(some.text(), some.text())
def test_any_names_can_be_asked_for(library: Library, source: str, outlet: str) -> None:
    search(library.connection, Query(filters=Filters(source=source)))
    search(library.connection, Query(words="lune", filters=Filters(outlet=outlet, section=source, language=outlet)))


def test_the_dam_is_in_the_library(library: Library) -> None:
    assert said(library, "fissures") == {"Nous n’attendrons pas une fissure de plus"}
    assert "fissure" in DAM
