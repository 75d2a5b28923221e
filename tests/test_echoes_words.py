"""What the echoes read in a content: numbers, negations, meanings, cognates; and how two contents match."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selon.language import codes, load
from selon.library.echoes.lexicon import fold, lexicon_of, skeleton
from selon.library.echoes.matching import match, prepare
from selon.library.echoes.numbers import agree, numbers_of, tokens_of
from selon.library.echoes.said import Saying
from selon.library.echoes.terms import TERMS_AT_MOST, terms_of


def values(text: str, language: str) -> list[float]:
    return [number.value for number in numbers_of(tokens_of(text), lexicon_of(language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "quarante cuves", [40]),
        ("fr", "une quarantaine de cuves", [40]),
        ("fr", "trois cents moutons", [300]),
        ("fr", "4.200 habitants, 4 200 habitants, 4 200 habitants", [4200, 4200, 4200]),
        ("en", "4,200 residents", [4200]),
        ("fr", "1,8 million d'euros", [1_800_000]),
        ("en", "£12m and $3bn and 1.8 million", [12_000_000, 3_000_000_000, 1_800_000]),
        ("fr", "quatre-vingt-dix-sept", [97]),
        ("fr", "soixante et onze", [71]),
        ("fr", "dix-sept ou dix-neuf", [17, 19]),
        ("fr", "deux mille trois cent vingt et un", [2321]),
        ("fr", "septante-deux", [72]),
        ("en", "twenty-one", [21]),
        ("en", "three hundred and five", [305]),
        ("en", "two thousand four hundred", [2400]),
        ("en", "a dozen, two dozen", [12, 24]),
        ("fr", "un million", [1_000_000]),
        ("fr", "un homme, une femme", []),
        ("en", "a man on one leg", []),
        ("fr", "deux, trois jours", [2, 3]),
        ("fr", "trois quarts d'heure", [45]),
        ("en", "three quarters of an hour", [45]),
        ("en", "9" * 400, []),
        ("fr", "", []),
    ],
)
def test_numbers_are_read_as_values(language: str, text: str, expected: list[float]) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("fr", "41 %"), ("en", "41 per cent"), True),
        (("fr", "vingt et un pour cent"), ("en", "21%"), True),
        (("fr", "41 % des voix"), ("en", "41 voices"), False),
        (("fr", "à 20h30"), ("en", "at 8.30pm"), True),
        (("fr", "à 1 h 12"), ("en", "at 1.12am"), True),
        (("fr", "à 23 heures"), ("en", "at eleven at night"), True),
        (("fr", "soixante minutes"), ("en", "an hour"), True),
        (("fr", "une heure et demie"), ("en", "90 minutes"), True),
        (("fr", "trois quarts d'heure"), ("en", "45 minutes"), True),
        (("fr", "deux jours"), ("en", "two weeks"), False),
        (("fr", "quatorze blessés"), ("en", "fifteen injured"), False),
    ],
)
def test_numbers_agree_across_ways_of_writing(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    left, right = (numbers_of(tokens_of(text), lexicon_of(language))[0] for language, text in (one, other))
    assert agree(left, right) is same
    assert agree(right, left) is same


def denied(text: str, language: str) -> list[str]:
    return [term.folded for term in terms_of(text, lexicon_of(language)) if term.negated]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "La digue ne cédera pas, elle tiendra", ["cedera"]),
        ("fr", "Ce n'est que la digue", []),
        ("fr", "Aucune digue n'a cédé", ["digue", "cede"]),
        ("en", "The dyke will not break, it will hold", ["break"]),
        ("en", "No dyke broke", ["dyke", "broke"]),
        ("en", "The dyke broke", []),
    ],
)
def test_a_negation_reaches_the_words_of_its_clause(language: str, text: str, expected: list[str]) -> None:
    assert denied(text, language) == expected


def pairs(one: tuple[str, str], other: tuple[str, str]) -> set[tuple[str, str]]:
    left, right = (
        prepare(Saying(id=number, article=number, language=language, content=text))
        for number, (language, text) in enumerate((one, other))
    )
    return {(left.terms[i].folded, right.terms[j].folded) for i, j, _ in match(left, right).pairs}


def test_words_match_by_form_meaning_root_name_and_number() -> None:
    found = pairs(
        ("fr", "Les pompiers de Kerlouan ont évacué trente patients de la clinique, c'est exceptionnel"),
        ("en", "It is exceptional: Kerlouan firefighters evacuated 30 patients from the hospital"),
    )
    assert found == {
        ("pompiers", "firefighters"),
        ("kerlouan", "kerlouan"),
        ("evacue", "evacuated"),
        ("30", "30"),
        ("patients", "patients"),
        ("clinique", "hospital"),
        ("exceptionnel", "exceptional"),
    }


def test_inflected_words_match_within_a_language() -> None:
    assert ("barrages", "barrage") in pairs(("fr", "les barrages fuient"), ("fr", "le barrage a fui"))


def test_names_of_meanings_are_shared_by_all_languages() -> None:
    lists = [set(load(code).echoes.meanings) for code in codes()]
    assert all(names == lists[0] for names in lists)


@given(st.text(max_size=300), st.sampled_from(codes()))
def test_terms_are_in_order_and_in_bounds(text: str, language: str) -> None:
    terms = terms_of(text, lexicon_of(language))
    assert len(terms) <= TERMS_AT_MOST
    places = [(term.start, term.end) for term in terms]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert skeleton("abc") == ""
