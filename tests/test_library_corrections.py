"""Corrections: what a person says wins over every reading, is found again in the next, and is shown as such."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from selon.library import Library, LibraryError
from selon.library.correction_table import read_corrections
from selon.library.corrections import Correction, corrected, relocated
from selon.library.marked import marked_line
from selon.library.naming import passage_named, statement_named
from selon.types import Article, Passage, Reading, Statement
from tests.library import DAM, FERRY, article, dam, dam_later, ferry, read


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add([dam(), ferry()])
        yield opened


def passage(of: Article, words: str) -> Passage:
    start = of.text.index(words)
    return Passage(start=start, end=start + len(words), text=words)


def names(reading: Reading, statement: Statement) -> list[str]:
    of = {source.id: source.name for source in reading.sources}
    return [of[one] for one in statement.sources]


def holding(reading: Reading, words: str) -> Statement | None:
    return next((one for one in reading.statements if any(words in part.text for part in one.content)), None)


NONE = Correction(action="none", statement=(passage(dam().article, "personne ne l’a prévenu"),))
SOURCE = Correction(
    action="source", statement=(passage(dam().article, "l’ouvrage reste sûr"),), sources=("Claire Aubanel",)
)
BOUNDS = Correction(
    action="bounds",
    statement=(passage(dam().article, "Nous n’attendrons pas une fissure de plus"),),
    content=(passage(dam().article, "une fissure de plus"),),
)
MISSED = Correction(
    action="missed",
    statement=(passage(dam().article, "Le maire de Vernoux, Luc Sarrazin"),),
    sources=("Les pompiers",),
    source_kind="institution",
)
EACH = [NONE, SOURCE, BOUNDS, MISSED]


def test_a_statement_that_is_none_is_gone_and_the_profile_without_it() -> None:
    after = corrected(dam(), [NONE])
    assert holding(dam(), "prévenu") is not None
    assert holding(after, "prévenu") is None
    assert after.profile.statements == dam().profile.statements - 1
    assert "Luc Sarrazin" not in [source.name for source in after.sources]


def test_a_statement_inside_one_that_is_none_moves_out() -> None:
    inner = msgspec.structs.replace(dam().statements[1], inside=dam().statements[0].id)
    nested = msgspec.structs.replace(dam(), statements=(dam().statements[0], inner))
    after = corrected(nested, [Correction(action="none", statement=dam().statements[0].content)])
    assert [one.inside for one in after.statements] == [None]


def test_another_source_that_the_article_has() -> None:
    after = corrected(dam(), [SOURCE])
    this = holding(after, "l’ouvrage reste sûr")
    assert this is not None
    assert names(after, this) == ["Claire Aubanel"]
    assert (this.confidence, this.why) == (1.0, "correction: source")
    assert "Hydrenne" not in " ".join(source.name for source in after.sources)


def test_a_statement_of_nobody() -> None:
    after = corrected(dam(), [msgspec.structs.replace(SOURCE, sources=())])
    this = holding(after, "l’ouvrage reste sûr")
    assert this is not None
    assert this.sources == ()


def test_other_bounds_and_the_form_that_follows_from_them() -> None:
    after = corrected(dam(), [BOUNDS])
    this = holding(after, "une fissure de plus")
    assert this is not None
    assert ([part.text for part in this.content], this.form) == (["une fissure de plus"], "direct")
    mixed = msgspec.structs.replace(BOUNDS, content=(passage(dam().article, DAM[85:140]),))
    changed = corrected(dam(), [mixed]).statements[1]
    assert changed.form == "mixed"


def test_a_missed_statement_with_a_source_that_the_article_did_not_have() -> None:
    after = corrected(dam(), [MISSED])
    this = holding(after, "Luc Sarrazin")
    assert this is not None
    assert names(after, this) == ["Les pompiers"]
    assert [one.content[0].start for one in after.statements] == sorted(one.content[0].start for one in after.statements
                                                                       )  # fmt: skip
    assert len({one.id for one in after.statements}) == len(after.statements)
    assert after.sources[-1].kind == "institution"


@pytest.mark.parametrize("correction", EACH)
def test_a_correction_made_twice_is_a_correction_made_once(correction: Correction) -> None:
    once = corrected(dam(), [correction])
    assert corrected(once, [correction]) == once


@pytest.mark.parametrize("correction", EACH)
def test_a_correction_finds_its_words_in_a_later_text(correction: Correction) -> None:
    moved = relocated(correction, dam_later().article)
    assert moved is not None
    assert moved != correction
    before = len(dam_later().statements)
    expected = {"none": before - 1, "missed": before + 1}.get(correction.action, before)
    after = corrected(dam_later(), [correction])
    assert len(after.statements) == expected
    assert after != dam_later()


def test_a_correction_whose_words_are_gone_or_there_twice_does_nothing() -> None:
    other = read(article("Rien de neuf à Vernoux, a dit le maire."))[0]
    twice = read(article(f"Un rappel.\n{DAM}\n{DAM}"))[0]
    for reading in (other, twice):
        assert relocated(NONE, reading.article) is None
        assert corrected(reading, EACH) == reading


def test_a_reading_that_cuts_the_statement_a_little_otherwise_is_still_corrected() -> None:
    this = holding(dam(), "l’ouvrage reste sûr")
    assert this is not None
    shorter = msgspec.structs.replace(this, content=(passage(dam().article, "ouvrage reste sûr"),))
    reading = msgspec.structs.replace(
        dam(), statements=tuple(shorter if one is this else one for one in dam().statements)
    )
    assert names(corrected(reading, [SOURCE]), corrected(reading, [SOURCE]).statements[-1]) == ["Claire Aubanel"]


def test_corrections_survive_a_reread_and_can_be_taken_back(library: Library) -> None:
    numbers = library.correct([(1, one) for one in EACH])
    assert library.reading(1) == corrected(dam(), EACH)
    library.replace([(1, dam())])
    assert library.reading(1) == corrected(dam(), EACH)
    assert library.uncorrected(1) == dam()
    for number in numbers:
        library.undo_correction(number)
    assert library.reading(1) == dam()
    with pytest.raises(LibraryError, match="no correction"):
        library.undo_correction(numbers[0])


def test_the_rows_are_those_of_the_corrected_reading(library: Library) -> None:
    library.correct([(1, NONE)])
    rows = library.connection.execute("SELECT first FROM statement WHERE version = 1").fetchall()
    assert len(rows) == len(dam().statements) - 1


def test_a_statement_more_or_again_takes_no_row_of_the_others(library: Library) -> None:
    early = Correction(action="missed", statement=(passage(ferry().article, "The ferry to Inchmoor"),))
    before = dict(library.connection.execute("SELECT first, id FROM statement WHERE version = 2").fetchall())
    number = library.correct([(2, early)])[0]
    library.undo_correction(library.correct([(2, Correction(action="none", statement=early.statement))])[0])
    after = dict(library.connection.execute("SELECT first, id FROM statement WHERE version = 2").fetchall())
    assert after.pop(0) > max(before.values())
    assert after.items() >= {first: row for first, row in before.items() if first}.items()
    library.undo_correction(number)
    assert library.reading(2) == ferry()


def test_statements_and_passages_are_named_by_number_words_or_offsets() -> None:
    reading = dam()
    for name in ("1", "sera vidé  avant l'été", "0-35"):
        assert statement_named(reading, name) is reading.statements[0]
    assert passage_named(reading.article, "l'ouvrage reste").text == "l’ouvrage reste"
    assert passage_named(reading.article, "le barrage sera").where == "title"


@pytest.mark.parametrize(
    ("name", "said"),
    [("de", "more than once"), ("rien de tel", "not in the article"), ("9-9999", "offsets 0 to"), (" ", "no words")],
)
def test_passages_that_are_not_meant_are_refused(name: str, said: str) -> None:
    with pytest.raises(LibraryError, match=said):
        passage_named(dam().article, name)


@pytest.mark.parametrize(("name", "said"), [("e", "in several statements"), ("rien de tel", "no such statement")])
def test_statements_that_are_not_meant_are_refused(name: str, said: str) -> None:
    with pytest.raises(LibraryError, match=said):
        statement_named(dam(), name)


def test_a_table_of_corrections_is_read_row_by_row(library: Library) -> None:
    table = (
        "article,action,statement,content,sources,source_kind,note\r\n"
        '1,none,"personne ne l\'a prévenu",,,,\r\n'
        "https://messager.example/vernoux,source,l'ouvrage reste sûr,,Claire Aubanel|Luc Sarrazin,,vu\r\n"
        "2,missed,,its director,Helen Marsh,person,\r\n"
    )
    corrections, failures = read_corrections(library, table.encode("utf-8-sig"))
    assert failures == []
    assert [(article, one.action, one.sources) for article, one in corrections] == [
        (1, "none", ()),
        (1, "source", ("Claire Aubanel", "Luc Sarrazin")),
        (2, "missed", ("Helen Marsh",)),
    ]


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("article,action,statement\n1,none,rien de tel\n", 2, "no such statement"),
        ("article,action\n1,undo\n", 2, "no action 'undo'"),
        ("article,action,statement\n9,none,1\n", 2, "no such article"),
        ("article,action,statement,source_kind\n1,source,1,dog\n", 2, "dog"),
        ("article,action,colour\n1,none,red\n", 1, "no column 'colour'"),
        ("article\n1\n", 1, "'action' is missing"),
        ("article,action,content\n1,missed,\n", 2, "no words"),
        ("article,action,content\xff\n", 1, "codec"),
    ],
)
def test_a_row_that_is_no_correction_is_told(library: Library, table: str, row: int, said: str) -> None:
    corrections, failures = read_corrections(library, table.encode("latin-1"))
    assert corrections == []
    assert [failure.row for failure in failures] == [row]
    assert said in failures[0].reason


def test_corrected_articles_come_in_the_form_of_the_marked_corpora() -> None:
    both = Correction(
        action="source",
        statement=(passage(dam().article, "l’ouvrage reste sûr"),),
        sources=("Claire Aubanel", "Luc Sarrazin"),
    )
    line = json.loads(marked_line(corrected(dam(), [both])))
    assert line["text"] == DAM
    by_words = {one["content"][0]["text"]: one for one in line["statements"]}
    assert by_words["l’ouvrage reste sûr"]["speaker"] == "Claire Aubanel et Luc Sarrazin"
    assert by_words["l’ouvrage reste sûr"]["corrected"] is True
    assert by_words["personne ne l’a prévenu"]["corrected"] is False
    for one in line["statements"]:
        for part in [*one["content"], *(one[name] for name in ("cue", "mention") if one[name])]:
            assert line["text"][part["start"] : part["end"]] == part["text"]
    assert json.loads(marked_line(ferry()))["text"] == FERRY
