"""Finds times in words ("dimanche soir", "on Thursday") and tells their day against the day of publication.

Words and patterns come from the language's `dates.toml`. A day of the week with nothing more is the last one up to
the day of publication, as news means it. Full dates with day and month need no publication if they name the year.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import msgspec

from selon.language import Language
from selon.types import Span
from selon.wordlists import DateWords


class Time(msgspec.Struct, frozen=True):
    """A time in words: its code points in the text, and its ISO date where it can be told."""

    span: Span
    date: str | None


def find_times(text: str, start: int, end: int, language: Language, published: str | None) -> list[Time]:
    """All times in text[start:end], in order; `published` is the article's, an ISO date or None.

    >>> from selon.language import load
    >>> find_times("Il l'a dit dimanche soir.", 0, 25, load("fr"), "2024-03-12")
    [Time(span=Span(start=11, end=24), date='2024-03-10')]
    """
    day = _day(published)
    words = language.dates
    return [
        Time(Span(match.start(), match.end()), _date_of(match, words, day))
        for match in _pattern(words).finditer(text, start, end)
    ]


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _either(entries: tuple[str, ...]) -> str:
    """A pattern of any of the entries, longest first, with either apostrophe and any space between words."""
    return "|".join(
        re.escape(entry).replace("'", "['’]").replace("\\ ", r"\s+") for entry in sorted(entries, key=len, reverse=True)
    )


def _dated(months: str, words: DateWords) -> str:
    """A pattern of a day of a month, with or without its year."""
    number = rf"[0-9]{{1,2}}(?:{words.ordinal})?"
    if not words.month_first:
        return rf"(?P<number_a>{number})\s+(?P<month_a>{months})(?:\s+(?P<year_a>[0-9]{{4}}))?"
    return (
        rf"(?P<month_a>{months})\.?\s+(?P<number_a>{number})(?:,?\s+(?P<year_a>[0-9]{{4}}))?"
        rf"|(?P<number_b>{number})\s+(?P<month_b>{months})(?:\s+(?P<year_b>[0-9]{{4}}))?"
    )


@cache
def _pattern(words: DateWords) -> re.Pattern[str]:
    """One pattern for all times of a language."""
    days, months = _either(words.days), _either(words.months)
    leads = _either((*words.leads, *words.leads_last, *words.leads_next))
    dated = _dated(months, words)
    beside_day = dated.replace("_a>", "_c>").replace("_b>", "_d>")
    after = _either((*words.last, *words.next))
    after = rf"(?:\s+(?P<after>{after}))?" if after else ""
    part = rf"(?:\s+(?:{_either(words.parts)}))?"
    count = rf"[0-9]{{1,4}}|{_either(tuple(words.numbers))}"
    units = _either(tuple(words.units))
    ago = []
    if words.ago_before:
        ago.append(rf"(?:{_either(words.ago_before)})\s+(?P<count_a>{count})\s+(?P<unit_a>{units})")
    if words.ago_after:
        ago.append(rf"(?P<count_b>{count})\s+(?P<unit_b>{units})\s+(?:{_either(words.ago_after)})")
    pieces = [
        rf"(?:(?P<lead>{leads})\s+)?(?P<day>{days}){after}{part}(?:,?\s+(?:{beside_day}))?{part}",
        rf"(?:(?:{leads})\s+)?(?:{dated}){part}",
        rf"(?P<relative>{_either(tuple(words.offsets))}){part}",
        *ago,
        rf"(?P<undated>{_either(words.undated)})",
        rf"(?:{_either(words.in_month)})[\s-]+(?:(?:{months})(?:\s+[0-9]{{4}})?|[0-9]{{4}})(?!\w)",
    ]
    return re.compile(r"(?<![\w-])(?:" + "|".join(f"(?:{piece})" for piece in pieces) + r")(?![\w-])", re.IGNORECASE)


def _date_of(match: re.Match[str], words: DateWords, day: date | None) -> str | None:
    """The ISO date of a match; None where it cannot be told, or lies outside the calendar."""
    groups = {name: _key(value) for name, value in match.groupdict().items() if value is not None}
    try:
        found = _calendar_date(groups, words, day) or (_relative_date(groups, words, day) if day else None)
    except OverflowError:
        return None
    return found.isoformat() if found else None


def _key(words: str) -> str:
    """Matched words as the lists have them, in lower case: the pattern takes any space and either apostrophe."""
    return " ".join(words.casefold().replace("’", "'").split())


def _place(wanted: str, names: tuple[str, ...]) -> int | None:
    """Where a day or a month stands in its list. A letter that only a pattern takes for another ("lundı") has none."""
    return next((index for index, name in enumerate(names) if _key(name) == wanted), None)


def _calendar_date(groups: dict[str, str], words: DateWords, day: date | None) -> date | None:
    """A day of a month. Without its year: the last one, but for the half year after the publication."""
    key = next((key for key in "abcd" if f"number_{key}" in groups), None)
    if key is None:
        return None
    month = _place(groups[f"month_{key}"], words.months)
    year = groups.get(f"year_{key}")
    if month is None or (year is None and day is None):
        return None
    digits = int("".join(character for character in groups[f"number_{key}"] if character.isdigit()))
    try:
        found = date(int(year) if year else (day or date.min).year, month + 1, digits)
        if year is None and day is not None and (found - day).days > 180:
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found


def _relative_date(groups: dict[str, str], words: DateWords, day: date) -> date | None:
    """A day told by its distance from the day of publication. Raises OverflowError outside the calendar."""
    if "day" in groups:
        return None if {"number_c", "number_d"} & groups.keys() else _week_date(groups, words, day)
    if "relative" in groups:
        distance = words.offsets.get(groups["relative"])
        return None if distance is None else day + timedelta(days=distance)
    for key in "ab":
        if f"count_{key}" in groups:
            return _ago(groups[f"count_{key}"], groups[f"unit_{key}"], words, day)
    return None


def _week_date(groups: dict[str, str], words: DateWords, day: date) -> date | None:
    wanted = _place(groups["day"], words.days)
    if wanted is None:
        return None
    lead, after = groups.get("lead", ""), groups.get("after", "")
    back = (day.weekday() - wanted) % 7
    if lead in words.leads_next or after in words.next:
        return day + timedelta(days=7 - back)
    if (lead in words.leads_last or after in words.last) and back == 0:
        back = 7
    return day - timedelta(days=back)


def _ago(count: str, unit: str, words: DateWords, day: date) -> date | None:
    number = int(count) if count.isdigit() else words.numbers.get(count)
    days = words.units.get(unit)
    return None if number is None or days is None else day - timedelta(days=number * days)
