"""Which two statements are one, and how they are related: a case for each relation, in both languages and across."""

from __future__ import annotations

import pytest

from selon.library.echoes import relation_of
from selon.library.echoes.said import Saying
from tests.echoes import english, filled, saying

WHOLE = "La digue de Tévenn a tenu toute la nuit, et les trois cents habitants du port ont pu rentrer chez eux"
ENGLISH = "The Tévenn sea wall held all night, and the three hundred residents of the harbour were able to go home"


def related(one: Saying, other: Saying) -> str | None:
    """The relation of the only echo that a library of the two has, None where it has none."""
    echoes = filled(one, other).echoes
    assert len(echoes) <= 1
    return echoes[0].relation if echoes else None


CASES = [
    ("same", saying(1, WHOLE), saying(2, WHOLE)),
    ("same", saying(1, "L'eau est montée jusqu'à l’école"), saying(2, "L’eau est montée jusqu’à l'école")),
    ("shortened", saying(1, WHOLE), saying(2, "La digue de Tévenn a tenu toute la nuit (...)")),
    ("shortened", english(1, ENGLISH), english(2, "The Tévenn sea wall held all night")),
    (
        "indirect",
        saying(1, "Nous rouvrirons l'école de Tévenn dès jeudi matin"),
        saying(2, "l'école de Tévenn serait rouverte jeudi", form="indirect"),
    ),
    (
        "reworded",
        saying(1, "La tempête a détruit quarante bateaux dans le port", form="indirect"),
        saying(2, "une quarantaine de navires du port ont été détruits par la tempête", form="indirect"),
    ),
    (
        "reworded",
        english(1, "the storm destroyed forty boats in the harbour", form="indirect"),
        english(2, "some 40 vessels in the harbour had been destroyed in the storm", form="indirect"),
    ),
    ("translated", saying(1, WHOLE), english(2, ENGLISH)),
    (
        "translated",
        english(1, "No one has been injured and the school will reopen on Thursday"),
        saying(2, "personne n'a été blessé et l'école rouvrira jeudi", form="indirect"),
    ),
    ("misattributed", saying(1, WHOLE), saying(2, WHOLE, "Paul Guissénou")),
    ("misattributed", saying(1, WHOLE), english(2, ENGLISH, "Paul Guissénou")),
]


@pytest.mark.parametrize(("relation", "one", "other"), CASES)
def test_the_relation_of_two_statements(relation: str, one: Saying, other: Saying) -> None:
    assert related(one, other) == relation


MISQUOTED = [
    ("number", saying(1, WHOLE), saying(2, WHOLE.replace("trois cents", "trois mille"))),
    ("number", saying(1, WHOLE), english(2, ENGLISH.replace("three hundred", "400"))),
    (
        "number",
        english(1, ENGLISH),
        english(2, "The Tévenn sea wall held, and the 500 residents of the harbour went home"),
    ),
    (
        "negation",
        saying(1, "Le port de Tévenn rouvrira, je ne laisserai pas partir les pêcheurs"),
        saying(2, "Le port de Tévenn ne rouvrira pas, je ne laisserai pas partir les pêcheurs"),
    ),
    (
        "negation",
        saying(1, "Il est trop tard pour évacuer le port de Tévenn"),
        english(2, "It is not too late to evacuate the harbour of Tévenn"),
    ),
    ("name", saying(1, WHOLE), saying(2, WHOLE.replace("Tévenn", "Landéda"))),
    (
        "date",
        saying(1, "L'école de Tévenn rouvrira le 12 mars avec tous ses élèves"),
        english(2, "The Tévenn school will reopen on 12 May with all its pupils"),
    ),
    ("word", saying(1, WHOLE), saying(2, WHOLE.replace("habitants", "touristes"))),
    (
        "opposite",
        saying(1, "le prix du poisson va augmenter dans le port de Tévenn", form="indirect"),
        saying(2, "le prix du poisson va baisser dans le port de Tévenn", form="indirect"),
    ),
]


@pytest.mark.parametrize(("kind", "one", "other"), MISQUOTED)
def test_a_misquotation_is_told_and_says_what_differs(kind: str, one: Saying, other: Saying) -> None:
    (echo,) = filled(one, other).echoes
    assert echo.relation == "misquoted"
    assert kind in [difference.kind for difference in echo.differences]
    for difference in echo.differences:
        assert difference.one in one.content
        assert difference.other in other.content


HONEST = [
    (saying(1, "Il y avait quarante bateaux dans le port"), saying(2, "une quarantaine de bateaux dans le port")),
    (saying(1, "1.200 foyers sont sans courant à Tévenn"), english(2, "1,200 homes in Tévenn are without electricity")),
    (
        saying(1, "La digue a cédé en moins d'une heure, à Tévenn"),
        saying(2, "il a fallu moins de soixante minutes pour que la digue de Tévenn cède", form="indirect"),
    ),
    (
        saying(1, "Aucun pêcheur de Tévenn n'est sorti en mer"),
        english(2, "no fisherman from Tévenn had gone to sea", form="indirect"),
    ),
]


@pytest.mark.parametrize(("one", "other"), HONEST)
def test_other_ways_of_saying_the_same_are_no_misquotations(one: Saying, other: Saying) -> None:
    assert relation_of(one, other).differences == ()


APART = [
    # another event
    (
        saying(1, "Nous prenons cet incident très au sérieux"),
        saying(2, "Nous prenons cette colère très au sérieux", topic=("lannec", "morvane", "oust", "dirou")),
    ),
    # the same person, something else
    (saying(1, WHOLE), saying(2, "Nous avons demandé au préfet une réunion avec les assureurs")),
    (saying(1, WHOLE), english(2, "I have written to the insurers and I am waiting for their answer")),
    # a few general words of somebody else
    (saying(1, "C'est une catastrophe"), saying(2, "C'est une catastrophe", "Paul Guissénou")),
    # new figures on another day
    (
        saying(1, "Quatre personnes sont à l'hôpital"),
        saying(2, "Nous en sommes à trente hospitalisations, dont deux graves", day="2026-02-06"),
    ),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_not_the_same_statement_stays_apart(one: Saying, other: Saying) -> None:
    assert related(one, other) is None


def test_a_statement_does_not_echo_another_of_its_own_article() -> None:
    assert filled(saying(1, WHOLE), saying(2, WHOLE, article=1)).echoes == []


def test_an_undated_quotation_word_for_word_is_found_without_its_source() -> None:
    undated = {"day": None, "published": None, "topic": ()}
    assert related(saying(1, WHOLE, "", **undated), saying(2, WHOLE, "", **undated)) == "same"


def test_the_earlier_one_is_the_one_published_first() -> None:
    (echo,) = filled(saying(9, WHOLE), saying(3, WHOLE)).echoes
    assert (echo.earlier, echo.later) == (3, 9)


def test_a_denied_content_agrees_with_the_negation_it_denies() -> None:
    denied = saying(1, "avoir fermé la digue de Tévenn avant la tempête", form="indirect", denied=True)
    said = saying(2, "Je n'ai jamais fermé la digue de Tévenn avant la tempête")
    assert relation_of(denied, said).differences == ()
