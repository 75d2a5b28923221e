"""Times in words against the day of publication."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.language import load
from selon.steps.dates import find_times

TUESDAY = "2024-03-12"


def found(text: str, code: str, published: str | None = TUESDAY) -> list[tuple[str, str | None]]:
    """The times in a text: their words and their dates."""
    times = find_times(text, 0, len(text), load(code), published)
    return [(text[time.span.start : time.span.end], time.date) for time in times]


@pytest.mark.parametrize(
    ("text", "time", "date"),
    [
        ("Il l’a dit dimanche soir.", "dimanche soir", "2024-03-10"),
        ("Il l’a dit ce mardi.", "ce mardi", "2024-03-12"),
        ("Il l’a dit mardi dernier.", "mardi dernier", "2024-03-05"),
        ("Elle viendra lundi prochain.", "lundi prochain", "2024-03-18"),
        ("Elle l’a dit hier soir.", "hier soir", "2024-03-11"),
        ("Aujourd’hui, elle se tait.", "Aujourd’hui", "2024-03-12"),
        ("Il l’avait dit la veille.", "la veille", None),
        ("Il l’a dit il y a trois jours.", "il y a trois jours", "2024-03-09"),
        ("Il l’a dit il y a 2 semaines.", "il y a 2 semaines", "2024-02-27"),
        ("Il l’a dit le 1er mars.", "le 1er mars", "2024-03-01"),
        ("Il l’a dit lundi 4 mars.", "lundi 4 mars", "2024-03-04"),
        ("Il l’avait dit le 28 décembre.", "le 28 décembre", "2023-12-28"),
        ("Il l’a dit le 30 février.", "le 30 février", None),
        ("Il l’a dit en janvier 2023.", "en janvier 2023", None),
        ("Il l’a dit le dimanche\u00a010\u202fmars.", "le dimanche\u00a010\u202fmars", "2024-03-10"),
    ],
)
def test_french_times(text: str, time: str, date: str | None) -> None:
    assert found(text, "fr") == [(time, date)]


@pytest.mark.parametrize(
    ("text", "time", "date"),
    [
        ("She said so on Thursday.", "on Thursday", "2024-03-07"),
        ("She said so last Tuesday.", "last Tuesday", "2024-03-05"),
        ("She said so this  past Tuesday.", "this  past Tuesday", "2024-03-05"),
        ("She will say so next Friday.", "next Friday", "2024-03-15"),
        ("She said so yesterday.", "yesterday", "2024-03-11"),
        ("She said so two days ago.", "two days ago", "2024-03-10"),
        ("She said so on March 3.", "on March 3", "2024-03-03"),
        ("She said so on 3rd March 2021.", "on 3rd March 2021", "2021-03-03"),
        ("She said so on Sunday, March 3, 2024.", "on Sunday, March 3, 2024", "2024-03-03"),
        ("She said so last week.", "last week", None),
    ],
)
def test_english_times(text: str, time: str, date: str | None) -> None:
    assert found(text, "en") == [(time, date)]


def test_without_a_day_of_publication_only_full_dates_are_told() -> None:
    assert found("Il l’a dit lundi.", "fr", None) == [("lundi", None)]
    assert found("Il l’a dit le 4 mars.", "fr", None) == [("le 4 mars", None)]
    assert found("Il l’a dit le 4 mars 2024.", "fr", None) == [("le 4 mars 2024", "2024-03-04")]
    assert found("Il l’a dit lundi.", "fr", "bientôt") == [("lundi", None)]


@pytest.mark.parametrize(
    ("text", "code", "published"),
    [
        ("Il l’a dit mardi.", "fr", "0001-01-01"),
        ("Il l’a dit hier.", "fr", "0001-01-01"),
        ("Il viendra demain.", "fr", "9999-12-31"),
        ("Il viendra samedi prochain.", "fr", "9999-12-31"),
        ("Il l’a dit il y a 9999 semaines.", "fr", "0100-01-01"),
        (f"Il l’a dit il y a {'9' * 5000} jours.", "fr", TUESDAY),
        (f"It was said {'9' * 5000} days ago.", "en", TUESDAY),
        ("Il l’a dit le 30 novembre.", "fr", "0001-02-01"),
        ("Il l’a dit le 29 février 0000.", "fr", TUESDAY),
    ],
)
def test_a_day_outside_the_calendar_is_not_told(text: str, code: str, published: str) -> None:
    assert all(date is None for _, date in found(text, code, published))


@pytest.mark.parametrize("text", ["lundı", "ſunday", "mardı 3 maı", "4 ſeptember", "dıx jours", "aujourd’huı"])
def test_letters_that_only_look_alike_in_a_pattern_do_not_raise(text: str) -> None:
    for code in ("fr", "en"):
        assert all(date is None or len(date) == 10 for _, date in found(text, code))


def _pieces() -> st.SearchStrategy[str]:
    """Words of the lists, numbers and odd letters, in any order."""
    words: set[str] = set()
    for code in ("fr", "en"):
        dates = load(code).dates
        words |= {*dates.days, *dates.months, *dates.leads, *dates.parts, *dates.last, *dates.next, *dates.in_month}
        words |= {*dates.undated, *dates.ago_before, *dates.ago_after, *dates.offsets, *dates.units, *dates.numbers}
    numbers = st.integers(min_value=0, max_value=10**30).map(str)
    piece = st.one_of(st.sampled_from(sorted(words)), numbers, st.text(max_size=3))
    return st.lists(piece, max_size=8).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(
    text=_pieces(),
    code=st.sampled_from(("fr", "en")),
    published=st.one_of(st.none(), st.dates().map(str), st.datetimes().map(str), st.text(max_size=12)),
)
def test_nothing_raises_and_times_lie_in_the_text(text: str, code: str, published: str | None) -> None:
    end = 0
    for time in find_times(text, 0, len(text), load(code), published):
        assert end <= time.span.start < time.span.end <= len(text)
        end = time.span.end
