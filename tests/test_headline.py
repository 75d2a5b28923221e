"""Whether what is said in a text carries its headline, on statements written by hand."""

from __future__ import annotations

import pytest

from selon.language import load
from selon.steps.headline import headline_check, stems
from selon.types import Carried, Headline, Passage, Statement
from tests.test_profile import QUAY, statement


def carried(title: str | None, *contents: str, language: str = "fr") -> Headline | None:
    statements = []
    for number, words in enumerate(contents, 1):
        here = Passage(start=0, end=len(words), text=words)
        base = statement(number, QUAY)
        fields = {name: getattr(base, name) for name in Statement.__struct_fields__}
        statements.append(Statement(**{**fields, "content": (here,)}))
    return headline_check(title, statements, load(language))


@pytest.mark.parametrize(
    ("title", "contents", "expected"),
    [
        ("La digue de Valmont a cédé", ["la digue cède à Valmont"], ("whole", ("1",))),
        ("La digue de Valmont a cédé", ["les pompes tournent", "la digue de Valmont a cédé"], ("whole", ("2",))),
        ("Digue rompue, quai fermé, pompes arrêtées", ["la digue est rompue"], ("part", ("1",))),
        ("Digue rompue, quai fermé", ["la digue est rompue", "le quai a été fermé"], ("whole", ("1", "2"))),
        ("Digue rompue, quai fermé, pompes arrêtées", ["le quai est long"], ("none", ())),
        ("La digue de Valmont a cédé", [], ("none", ())),
        ("Inondation", ["l'inondation recule"], ("whole", ("1",))),
    ],
)
def test_what_carries_the_headline(title: str, contents: list[str], expected: tuple[Carried, tuple[str, ...]]) -> None:
    assert carried(title, *contents) == Headline(carried=expected[0], by=expected[1])


def test_the_english_headline() -> None:
    assert carried("Bridge closes after flooding", "the bridge was closed by the flood", language="en") == Headline(
        carried="whole", by=("1",)
    )


@pytest.mark.parametrize("title", [None, "", "Et pour qui ?", "…"])
def test_a_headline_without_words_is_not_judged(title: str | None) -> None:
    assert carried(title, QUAY) is None


def test_what_the_headline_itself_says_does_not_carry_it() -> None:
    title = "La digue a cédé"
    own = statement(1, title, in_title=True)
    assert headline_check(title, [own], load("fr")) == Headline(carried="none", by=())


def test_stems_are_without_accents_endings_and_small_words() -> None:
    words = load("fr").profile
    assert stems("La digue cède, et les digues cèdent", words) == stems("DIGUE cédé", words) == {"digu", "cede"}
    assert stems("le la les", words) == frozenset()
