"""Numbers in digits and in words, how far each is meant, and whether two can be the same count."""

from __future__ import annotations

import pytest

from selon.library.numbers import agree, numbers

VALUES = [
    ("fr", "4.200 habitants, 4 200 habitants et 4 200 habitants", [4200, 4200, 4200]),
    ("fr", "12 345,5 tonnes", [12345.5]),
    ("fr", "quatre-vingt-dix-sept, soixante et onze, vingt-et-un et trente deux", [97, 71, 21, 32]),
    ("fr", "deux cent mille, mille neuf cent quatre-vingt-quatre, trois cents", [200000, 1984, 300]),
    ("fr", "3,5 millions de doses et plus d'un million de reçus", [3500000, 1000000]),
    ("fr", "Un homme et une femme, l'un et l'autre, des millions de gens", []),
    ("fr", "le 127e régiment, à 14h30, un F-16, le 04/03/2025, battus 3-1", []),
    ("fr", "dix pour cent, 5 %", [10, 5]),
    ("fr", "deux ans et demi", [2]),
    ("en", "forty-two, two hundred and five, a hundred, twenty-one, nineteen hundred", [42, 205, 100, 21, 1900]),
    ("en", "1,200 jobs, a 2,500-strong crowd and a 20-year-old", [1200, 2500, 20]),
    ("en", "£2m, $2.5bn, £2 million and 5 million €", [2e6, 2.5e9, 2e6, 5e6]),
    ("en", "50m away, the 21st, at 10:30, Covid-19, millions of people, no one", []),
    ("en", "five and a half tonnes, two dozen trees", [5.5, 24]),
]


@pytest.mark.parametrize(("language", "text", "values"), VALUES)
def test_values(language: str, text: str, values: list[float]) -> None:
    found = numbers(text, language)
    assert [number.low for number in found] == values
    assert all(number.low == number.high for number in found)


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("fr", "plus de trois cents poissons", "least"),
        ("fr", "plus d’une centaine de foyers", "about"),
        ("fr", "300 emplois au moins", "least"),
        ("fr", "jusqu’à 40 foyers", "most"),
        ("fr", "environ quarante foyers", "about"),
        ("fr", "les quarante foyers", "exact"),
        ("en", "at least 40 homes", "least"),
        ("en", "more than £40m", "least"),
        ("en", "40 homes or more", "least"),
        ("en", "up to 40 homes", "most"),
        ("en", "nearly 40 homes", "about"),
        ("en", "the 40 homes", "exact"),
    ],
)
def test_how_far_a_number_is_meant(language: str, text: str, bound: str) -> None:
    assert [number.bound for number in numbers(text, language)] == [bound]


@pytest.mark.parametrize(
    ("language", "text", "ends"),
    [
        ("fr", "entre 20 et 30 foyers", (20, 30)),
        ("fr", "deux ou trois foyers", (2, 3)),
        ("fr", "de 20 à 30 %", (20, 30)),
        ("en", "between 20 and 30 homes", (20, 30)),
        ("en", "three to five homes", (3, 5)),
    ],
)
def test_a_range_is_one_number(language: str, text: str, ends: tuple[int, int]) -> None:
    [number] = numbers(text, language)
    assert (number.low, number.high) == ends


def test_two_numbers_side_by_side_are_no_range() -> None:
    assert [number.low for number in numbers("20 hommes et 30 femmes", "fr")] == [20, 30]


def test_units_and_years() -> None:
    found = numbers("En 1998, 30 % des 2 M€ et 1998 arbres plantés pour $50", "fr")
    assert [(number.unit, number.year) for number in found] == [
        ("", True), ("%", False), ("€", False), ("", True), ("$", False),
    ]  # fmt: skip


def test_a_number_stands_where_it_says() -> None:
    text = "Il reste « quatre-vingt-trois » arbres."
    [number] = numbers(text, "fr")
    assert text[number.start : number.end] == "quatre-vingt-trois"


@pytest.mark.parametrize(
    ("one", "other", "agreeing"),
    [
        ("40 foyers", "quarante foyers", True),
        ("40 foyers", "50 foyers", False),
        ("plus de 300 foyers", "350 foyers", True),
        ("plus de 300 foyers", "250 foyers", False),
        ("moins de 300 foyers", "plus de 400 foyers", False),
        ("environ 40 foyers", "42 foyers", True),
        ("environ 40 foyers", "60 foyers", False),
        ("entre 20 et 30 foyers", "25 foyers", True),
        ("entre 20 et 30 foyers", "35 foyers", False),
    ],
)
def test_agreement(one: str, other: str, agreeing: bool) -> None:
    [first], [second] = numbers(one, "fr"), numbers(other, "fr")
    assert agree(first, second) is agree(second, first) is agreeing
