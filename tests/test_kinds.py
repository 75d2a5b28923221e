"""What a noun says of the kind of a source."""

from __future__ import annotations

import pytest

from selon.language import load
from selon.steps.kinds import (
    NounClass,
    alike,
    folded,
    gender_of,
    is_national,
    kind_of,
    lexicon_of,
    word_class,
)
from selon.types import Gender, SourceKind


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("fr", "préfète", "woman"),
        ("fr", "présidents", "man"),
        ("fr", "ex-maire", "person"),
        ("fr", "hydrologue", "person"),
        ("fr", "ministère", "institution"),
        ("fr", "rapports", "document"),
        ("fr", "hebdomadaire", "outlet"),
        ("fr", "source", "source"),
        ("fr", "fenêtre", None),
        ("en", "spokeswoman", "woman"),
        ("en", "officials", "group"),
        ("en", "hydrologist", "person"),
        ("en", "agency", "institution"),
        ("en", "report", "document"),
        ("en", "newspapers", "outlet"),
        ("en", "window", None),
    ],
)
def test_class_of_a_noun(language: str, word: str, expected: NounClass | None) -> None:
    assert word_class(word, lexicon_of(load(language))) == expected


@pytest.mark.parametrize(
    ("noun", "plural", "expected"),
    [
        ("woman", False, "person"),
        ("man", True, "group"),
        ("institution", True, "institution"),
        ("document", False, "document"),
        ("source", True, "anonymous"),
        (None, False, None),
    ],
)
def test_kind_of_a_class(noun: NounClass | None, plural: bool, expected: SourceKind | None) -> None:
    assert kind_of(noun, plural=plural) == expected


@pytest.mark.parametrize(("noun", "expected"), [("man", "m"), ("woman", "f"), ("person", "unknown"), (None, "unknown")])
def test_gender_is_only_what_the_noun_shows(noun: NounClass | None, expected: Gender) -> None:
    assert gender_of(noun) == expected


def test_adjectives_of_states_go_with_their_state() -> None:
    french = lexicon_of(load("fr"))
    assert is_national("norvégiennes", french)
    assert is_national("norvège", french)
    assert not is_national("norme", french)
    assert alike(folded("norvégien"), folded("Norvège"))
    assert not alike("sante", "sport")
