"""What holds of every reading: offsets fit, nothing raises, and which marks a newspaper prints changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from evaluation.cases import Case, load_cases
from evaluation.coats import NARROW, NO_BREAK, SPACES, STYLES, in_marks, worn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.language import codes
from selon.reader import Reader
from selon.steps.quotations import quotations
from selon.types import Article, Passage, Reading
from tests.readings import faults, faulty_shares

STABLE = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# --- any text

PIECES = {
    "fr": (
        "La maire de Valmont, Anne Roux, a déclaré que le pont ouvrira lundi.",
        "Selon Marc Vidal, le quai reste fermé.",
        "Il a ajouté qu'elle partirait si le maire l'exigeait",
        "a-t-il dit",
        ", explique-t-elle, ",
        "D'après un rapport de l'Office des marées",
        "Le porte-parole du port, Léo Blin, dément avoir menti ce mardi à la radio",
        "« Nous partons », a dit la pêcheuse, « mais sans hâte ».",
        "“Rien ne presse",
        "« Un.\n« Deux. »",
        "— Vous partez ?",
        "On dit que la digue a cédé",
        "Il est accusé d'avoir vendu le phare",
        "Le quai aurait cédé hier soir.",
        "L'annonce que l'usine fermera",
        "dont il affirme qu'il ignore tout",
        "Les habitants et la préfecture assurent que",
        "qui promet de revenir",
    ),
    "en": (
        "The mayor of Skerrow, Anne Holt, said the bridge would open on Monday.",
        "According to Mark Vale, the quay stays closed.",
        "He added that she would leave if the mayor asked",
        "he said",
        ", she explained, ",
        "A report by the Tides Office says",
        "Harbour spokesman Leo Blunt denied lying to the radio last Tuesday",
        "“We are leaving,” said the fisherwoman, “but slowly.”",
        '"There is no hurry',
        "“One.\n“Two.”",
        "— You are leaving?",
        "It is said that the dyke broke",
        "He is accused of selling the lighthouse",
        "The quay reportedly gave way last night.",
        "The claim that the mill will close",
        "of which he says he knows nothing",
        "Residents and the council insist that",
        "who promised to return",
    ),
}
ODD = (
    "\x00", "\x07", "\x1b[31m", "\ufeff", "\u200b", "\u200d", "\u202e", "\u2028", "\x85", "\x0b", "\r", "\r\n", "\t",
    "\u00ad", "👩🏽‍🚒", "🇫🇷", "🙂", "e\u0301", "\u0301\u0301\u0301", "ﬁ", "İ", "ß", "ǆ", "𝔘", "\U0010ffff",
    "مرحبا", "你好", "«", "»", "“", "”", '"', "''", "'", "’", "‘", "‹", "›", "„", "``", "`", "—", "–", "-", ":", ";",
    ",", ".", "…", "?!", "(", ")", "[…]", "<b>", "&nbsp;", "{{", "\\", "%s", "\n", "\n\n\n\n", "\u00a0", "\u202f", " ",
    "      ", "a" * 3000, "a-" * 500, "l'" * 300, "1" * 400, "É" * 50, "… " * 60, "http://exemple.test/a?b=c&d",
    "@quai", "#quai", "50 000", "127e", "M.", "Mr",
)  # fmt: skip


def texts(language: str) -> st.SearchStrategy[str]:
    """Sentences, pieces of sentences, odd characters and short runs of any, joined in any way."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
    piece = st.one_of(
        st.sampled_from(PIECES[language]), st.sampled_from(PIECES[language]), st.sampled_from(ODD), anything
    )
    joint = st.sampled_from((" ", " ", " ", "", "\n", ". ", ", ", " que ", " that ", "\u00a0"))
    return st.lists(st.tuples(piece, joint), max_size=14).map(lambda pairs: "".join(map("".join, pairs)))


@cache
def reader() -> Reader:
    return Reader()


def assert_holds(text: str, title: str, language: str) -> None:
    article = make_article(text, language=language, title=title or None, published="2024-03-12", byline=("Anne Roux",))
    assert faults(reader().read(article)) == []


@STABLE
@given(text=texts("fr"), title=texts("fr"))
@example(text="", title="")
@example(text="\x00", title="«")
@example(text="\n\n \n", title=" ")
def test_any_french_text_is_read(text: str, title: str) -> None:
    assert_holds(text, title, "fr")


@STABLE
@given(text=texts("en"), title=texts("en"))
@example(text="\ufeff", title="\n")
def test_any_english_text_is_read(text: str, title: str) -> None:
    assert_holds(text, title, "en")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "« " * 1000,
        "“a” " * 1000,
        "' " * 1000,
        "\n" * 50_000,
        "(" * 1000,
        "\u0301" * 2000,
        "dit-il, " * 200,
        "he said that " * 100,
        "Selon " * 500,
    ],
    ids=lambda text: ascii(text[:6]),
)
@pytest.mark.parametrize("language", codes())
def test_long_runs_are_read(text: str, language: str) -> None:
    assert_holds(text, text[:1000], language)


def test_no_content_is_empty() -> None:
    assert_holds("Residents insist that, According to Mark Vale, the quay stays closed.", "", "en")


def test_no_share_is_more_than_the_whole() -> None:
    text = "Ni la mairie ni la préfecture n'ont précisé si le quai rouvrira."
    assert faulty_shares(reader().read(make_article(text, language="fr"))) == []


# --- the same words in other marks


Key = tuple[object, ...]


def said(reading: Reading) -> list[Key]:
    """What is read, in words: no marks, no spaces, no offsets."""
    names = {source.id: source.name for source in reading.sources}
    return [
        (
            statement.form,
            statement.kind,
            statement.act,
            [_words(part) for part in statement.content],
            *(_words(getattr(statement, name)) for name in ("cue", "mention", "addressee", "medium", "when")),
            [_WORD.findall(names[source]) for source in statement.sources],
            statement.inside,
            statement.hedged_by,
            statement.denied,
        )
        for statement in reading.statements
    ]


_WORD = re.compile(r"\w+")


def _words(passage: Passage | None) -> list[str]:
    return _WORD.findall(passage.text) if passage else []


def articles(cases: Sequence[Case], change: Callable[[str], str] = str) -> list[Article]:
    return [
        make_article(
            change(case.text),
            language=case.language,
            title=change(case.title) if case.title else None,
            published=case.published,
        )
        for case in cases
    ]


def read_all(all_articles: Sequence[Article]) -> list[Reading]:
    return list(reader().read_many(Loaded("", article) for article in all_articles))


@cache
def cases_of(language: str) -> tuple[Case, ...]:
    return tuple(load_cases(language))


@cache
def as_they_are(language: str) -> dict[str, Reading]:
    """The readings of the cases as they stand in their files."""
    cases = cases_of(language)
    return {case.where: reading for case, reading in zip(cases, read_all(articles(cases)), strict=True)}


def assert_the_same(language: str, change: Callable[[str], str], least: int) -> None:
    """Every case that the change touches, at least `least` of them, says the same after it."""
    touched = [case for case in cases_of(language) if change(case.text) != case.text]
    assert len(touched) >= least
    before = as_they_are(language)
    after = read_all(articles(touched, change))
    differing = {
        case.where: (change(case.text), said(before[case.where]), said(reading))
        for case, reading in zip(touched, after, strict=True)
        if said(reading) != said(before[case.where])
    }
    assert differing == {}


SINGLE = frozenset("‹›‘’'")
DOUBLE = [style for style, marks in STYLES.items() if not set("".join(marks)) <= SINGLE or marks == ("''", "''")]


def swappable(text: str) -> bool:
    """Whether all double marks of a text are paired and none stands inside another, nor beside an apostrophe."""
    found = quotations(text)
    return (
        all(
            mark.role != "stray" and not set(text[max(0, mark.start - 1) : mark.end + 1]) & SINGLE
            for mark in found.marks
        )
        and all(one.dash or (one.closed and one.depth == 0) for one in found.quotations)
        and bool(found.quotations)
    )


@pytest.mark.parametrize("style", DOUBLE)
@pytest.mark.parametrize("language", codes())
def test_other_quotation_marks_change_nothing(language: str, style: str) -> None:
    def change(text: str) -> str:
        return worn(text, in_marks(style)(text)) if swappable(text) else text

    assert_the_same(language, change, 10)


def test_two_apostrophes_after_an_elision_open() -> None:
    frame = "La télévision a déclaré que l'{}état d'urgence{} prendra fin."
    before, after = read_all([make_article(frame.format(mark, mark), language="fr") for mark in ('"', "''")])
    assert said(after) == said(before)


@pytest.mark.parametrize("space", [NO_BREAK, NARROW, " "], ids=["no-break", "narrow", "ordinary"])
def test_other_spaces_beside_the_marks_change_nothing(space: str) -> None:
    def change(text: str) -> str:
        return re.sub(f"[{SPACES}](?=[»:;!?])|(?<=«)[{SPACES}]", space, text)

    assert_the_same("fr", change, 1 if space == " " else 50)


@pytest.mark.parametrize("language", codes())
def test_other_apostrophes_change_nothing(language: str) -> None:
    def curly(text: str) -> str:
        return re.sub(r"(?<=\w)'(?=\w)", "’", text)

    def straight(text: str) -> str:
        return re.sub(r"(?<=\w)’(?=\w)", "'", text)

    assert_the_same(language, curly, 20)
    assert_the_same(language, straight, 1)


# --- what follows


@pytest.mark.parametrize(
    ("language", "paragraph"),
    [
        ("fr", "Le marché ouvre à huit heures et ferme à midi."),
        ("fr", "À lire demain."),
        ("en", "The market opens at eight and closes at noon."),
        ("en", "Read on tomorrow."),
    ],
)
def test_a_paragraph_without_a_statement_at_the_end_changes_nothing(language: str, paragraph: str) -> None:
    before = as_they_are(language)
    cases = cases_of(language)
    longer = [
        make_article(f"{case.text}\n{paragraph}", language=language, title=case.title, published=case.published)
        for case in cases
    ]
    after = read_all(longer)
    differing = {
        case.where: (said(before[case.where]), said(reading))
        for case, reading in zip(cases, after, strict=True)
        if said(reading) != said(before[case.where]) or reading.sources != before[case.where].sources
    }
    assert differing == {}


@pytest.mark.parametrize("language", codes())
def test_every_case_holds(language: str) -> None:
    readings = as_they_are(language)
    assert {where: found for where, reading in readings.items() if (found := faults(reading))} == {}
