"""What an article rests on, and the line that says so, on statements and sources written by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from selon.articles.article import make_article
from selon.language import load
from selon.steps.profile import profile
from selon.types import (
    Carried,
    Gender,
    GenderCount,
    Headline,
    KindShare,
    Passage,
    Profile,
    Source,
    SourceKind,
    SourceShare,
    Statement,
)

TEXT = (
    "Le quai reste fermé au public. La digue a cédé avant midi. Personne ne dort à Valmont cette nuit, "
    "et les pompes tournent encore."
)
QUAY, DYKE = "Le quai reste fermé au public", "La digue a cédé avant midi"
NIGHT, PUMPS = "Personne ne dort à Valmont cette nuit", "les pompes tournent encore"


def source(
    number: int,
    name: str,
    kind: SourceKind = "person",
    *,
    named: bool = True,
    gender: Gender = "unknown",
    speaks_for: str | None = None,
) -> Source:
    return Source(
        id=f"s{number}",
        name=name,
        kind=kind,
        named=named,
        gender=gender,
        roles=(),
        speaks_for=speaks_for,
        mentions=(),
    )


def passage(words: str, text: str = TEXT) -> Passage:
    start = text.index(words)
    return Passage(start=start, end=start + len(words), text=words)


def statement(
    number: int,
    contents: str | Sequence[str],
    *sources: str,
    inside: str | None = None,
    medium: Passage | None = None,
    in_title: bool = False,
) -> Statement:
    parts = [contents] if isinstance(contents, str) else contents
    if in_title:
        content = tuple(Passage(start=0, end=len(words), text=words, where="title") for words in parts)
    else:
        content = tuple(passage(words) for words in parts)
    return Statement(
        id=str(number),
        form="indirect",
        kind="speech",
        content=content,
        cue=None,
        mention=None,
        sources=sources,
        act="say",
        addressee=None,
        medium=medium,
        when=None,
        inside=inside,
        hedged_by=None,
        denied=False,
        confidence=1.0,
        why="test",
    )


def made(
    statements: Sequence[Statement],
    sources: Sequence[Source],
    *,
    headline: Headline | None = None,
    language: str = "fr",
) -> Profile:
    article = make_article(TEXT, language=language)
    return profile(article, statements, sources, load(language), hearsay=(), headline=headline)


ROUX = source(1, "Anne Roux", gender="f")
VIDAL = source(2, "Marc Vidal", gender="m", speaks_for="s3")
TOWN = source(3, "mairie de Valmont", "institution", gender="none")
NEIGHBOURS = source(4, "des voisins", "group", named=False, gender="none")


# --- figures


def test_figures_of_an_article_with_three_sources() -> None:
    rests_on = made(
        [
            statement(1, QUAY, "s1"),
            statement(2, DYKE, "s2"),
            statement(3, NIGHT, "s1"),
            statement(4, PUMPS, "s4"),
        ],
        [ROUX, VIDAL, TOWN, NEIGHBOURS],
    )
    assert (rests_on.words, rests_on.attributed_words, rests_on.attributed_share) == (24, 23, 0.96)
    assert rests_on.statements == 4
    assert rests_on.by_source == (
        SourceShare(source="s1", statements=2, words=13, share=0.57),
        SourceShare(source="s2", statements=1, words=6, share=0.26),
        SourceShare(source="s4", statements=1, words=4, share=0.17),
    )
    assert rests_on.top_share == 0.57
    assert rests_on.by_kind == {
        "person": KindShare(sources=2, statements=3, words=19, share=0.83),
        "group": KindShare(sources=1, statements=1, words=4, share=0.17),
    }
    assert (rests_on.unnamed_share, rests_on.anonymous_share) == (0.17, 0.0)
    assert not rests_on.single_source
    assert rests_on.gender == GenderCount(f=2, m=1, unknown=0)


def test_words_of_a_content_in_parts_and_of_several_sources() -> None:
    rests_on = made([statement(1, [QUAY, PUMPS], "s1", "s2")], [ROUX, VIDAL, TOWN])
    assert rests_on.attributed_words == 10
    assert [(share.source, share.words, share.share) for share in rests_on.by_source] == [
        ("s1", 10, 1.0),
        ("s2", 10, 1.0),
    ]
    assert rests_on.by_kind == {"person": KindShare(sources=2, statements=1, words=10, share=1.0)}
    assert not rests_on.single_source


def test_only_outermost_statements_of_the_text_count() -> None:
    rests_on = made(
        [
            statement(1, NIGHT, "s1"),
            statement(2, "ne dort à Valmont", "s2", inside="1"),
            statement(3, "La digue a cédé", "s4", in_title=True),
        ],
        [ROUX, VIDAL, TOWN, NEIGHBOURS],
    )
    assert (rests_on.statements, rests_on.attributed_words, rests_on.second_hand) == (1, 7, 1)
    assert [share.source for share in rests_on.by_source] == ["s1"]
    assert rests_on.single_source
    assert rests_on.gender == GenderCount(f=1, m=0, unknown=0)


def test_a_spokesman_counts_for_whom_he_speaks_too() -> None:
    sources = [ROUX, VIDAL, TOWN]
    alone = made([statement(1, QUAY, "s1"), statement(2, DYKE, "s2")], sources)
    assert alone.speaks_for == {"s3": 0.5}
    beside = made([statement(1, QUAY, "s3"), statement(2, DYKE, "s2"), statement(3, PUMPS, "s1")], sources)
    assert beside.speaks_for == {"s3": 0.75}
    assert made([statement(1, QUAY, "s1")], sources).speaks_for == {}


def test_who_is_kept_unnamed_and_who_is_not_expressed() -> None:
    nameless = source(5, "anonymous", "anonymous", named=False, gender="none")
    rests_on = made(
        [statement(1, QUAY, "s1"), statement(2, DYKE, "s5"), statement(3, NIGHT), statement(4, PUMPS, "s4")],
        [ROUX, nameless, NEIGHBOURS],
    )
    assert rests_on.unnamed_share == pytest.approx(17 / 23, abs=0.005)
    assert rests_on.anonymous_share == pytest.approx(13 / 23, abs=0.005)
    assert rests_on.by_kind["anonymous"] == KindShare(sources=1, statements=2, words=13, share=0.57)
    assert not rests_on.single_source


def test_words_of_two_unnamed_sources_count_once() -> None:
    officials = [source(number, "un responsable", named=False) for number in (1, 2)]
    assert made([statement(1, QUAY, "s1", "s2")], officials).unnamed_share == 1.0


def test_words_of_two_spokesmen_count_once() -> None:
    spokesmen = [source(number, "porte-parole", speaks_for="s3") for number in (1, 2)]
    assert made([statement(1, QUAY, "s1", "s2")], [*spokesmen, TOWN]).speaks_for == {"s3": 1.0}


def test_the_largest_comes_first_and_of_equals_the_first_source() -> None:
    rests_on = made(
        [statement(1, DYKE, "s4"), statement(2, QUAY, "s1"), statement(3, NIGHT, "s2")], [ROUX, VIDAL, NEIGHBOURS]
    )
    assert [share.source for share in rests_on.by_source] == ["s2", "s1", "s4"]


def test_through_an_outlet_is_second_hand() -> None:
    radio = Passage(start=0, end=2, text="la radio locale")
    street = Passage(start=0, end=2, text="la rue")
    assert made([statement(1, QUAY, "s1", medium=radio)], [ROUX]).second_hand == 1
    assert made([statement(1, QUAY, "s1", medium=street)], [ROUX]).second_hand == 0


def test_overlapping_contents_of_one_source_count_once() -> None:
    assert made([statement(1, NIGHT, "s1"), statement(2, NIGHT, "s1")], [ROUX]).top_share == 1.0


def test_overlapping_contents_are_counted_once_in_all() -> None:
    rests_on = made([statement(1, NIGHT, "s1"), statement(2, "Valmont cette nuit", "s4")], [ROUX, NEIGHBOURS])
    assert rests_on.attributed_words == 7
    assert all(0 <= share.share <= 1 for share in rests_on.by_source)


def test_nothing_is_said() -> None:
    rests_on = made([], [])
    assert (rests_on.attributed_words, rests_on.attributed_share, rests_on.top_share) == (0, 0.0, 0.0)
    assert (rests_on.by_source, rests_on.by_kind, rests_on.speaks_for) == ((), {}, {})
    assert not rests_on.single_source
    assert rests_on.line == "Aucune déclaration attribuée."
    empty = profile(make_article("", language="fr"), [], [], load("fr"), hearsay=(), headline=None)
    assert (empty.words, empty.attributed_share) == (0, 0.0)


# --- the line


def line(sources: Sequence[Source], *, carried: Carried | None = None, language: str = "fr") -> str:
    """The line of an article whose first source says most, the others a statement each."""
    contents = [NIGHT, QUAY, DYKE, PUMPS][: len(sources)]
    statements = [
        statement(number, words, one.id) for number, (words, one) in enumerate(zip(contents, sources, strict=True), 1)
    ]
    headline = Headline(carried=carried, by=()) if carried else None
    return made(statements, sources, headline=headline, language=language).line.replace("’", "'")


@pytest.mark.parametrize(
    ("first", "begins"),
    [
        (source(1, "Anne Roux", gender="f"), "Deux déclarations de deux sources ; Anne Roux porte à elle seule 54 % "),
        (source(1, "Marc Vidal", gender="m"), "Deux déclarations de deux sources ; Marc Vidal porte à lui seul 54 % "),
        (source(1, "Dominique Ruel"), "Deux déclarations de deux sources ; Dominique Ruel porte 54 % "),
        (
            source(1, "mairie de Valmont", "institution"),
            "Deux déclarations de deux sources ; la mairie de Valmont porte à elle ",
        ),
        (
            source(1, "Office des marées", "institution"),
            "Deux déclarations de deux sources ; l'Office des marées porte à lui ",
        ),
        (
            source(1, "conseil de Valmont", "institution"),
            "Deux déclarations de deux sources ; le conseil de Valmont porte à lui ",
        ),
        (
            source(1, "Des voisins", "group", named=False),
            "Deux déclarations de deux sources ; des voisins portent 54 % ",
        ),
    ],
)
def test_the_french_line_names_the_largest_source(first: Source, begins: str) -> None:
    second = source(2, "Léo Blin")
    contents = [statement(1, NIGHT, "s1"), statement(2, DYKE, "s2")]
    assert made(contents, [first, second]).line.replace("’", "'").startswith(begins)


@pytest.mark.parametrize(
    ("carried", "ends"),
    [
        ("whole", " ; le titre est porté par ce qui est dit."),
        ("part", " ; le titre n'est porté qu'en partie."),
        ("none", " ; rien de ce qui est dit ne porte le titre."),
        (None, " des mots rapportés."),
    ],
)
def test_the_line_ends_with_the_headline(carried: Carried | None, ends: str) -> None:
    assert line([ROUX, NEIGHBOURS], carried=carried).endswith(ends)


def test_the_english_line() -> None:
    assert line([ROUX, NEIGHBOURS], carried="part", language="en") == (
        "Two statements from two sources; Anne Roux alone carries 54% of the reported words; "
        "the headline is carried in part only."
    )
    assert line([ROUX], language="en") == "One statement from a single source; all of it comes from Anne Roux."


def test_numbers_beyond_ten_are_figures() -> None:
    many = [statement(number, QUAY, "s1") for number in range(1, 12)]
    assert made([*many, statement(12, DYKE, "s4")], [ROUX, NEIGHBOURS]).line.startswith(
        "12 déclarations de deux sources"
    )


def test_nobody_is_named() -> None:
    assert made([statement(1, QUAY)], []).line == "Une déclaration de personne de nommé."


def test_french_needs_no_elision_before_a_name() -> None:
    assert line([ROUX]) == "Une déclaration d'une seule source ; tout vient d'une même voix : Anne Roux."
