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
    """All times in text[start:end], in order."""
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
    return "|".join(
        re.escape(entry).replace("'", "['’]").replace("\\ ", r"\s+") for entry in sorted(entries, key=len, reverse=True)
    )


@cache
def _pattern(words: DateWords) -> re.Pattern[str]:
    days, months = _either(words.days), _either(words.months)
    leads = _either((*words.leads, *words.leads_last, *words.leads_next))
    number = rf"\d{{1,2}}(?:{words.ordinal})?"
    dated = (
        rf"(?P<month_a>{months})\.?\s+(?P<number_a>{number})(?:,?\s+(?P<year_a>\d{{4}}))?|(?P<number_b>{number})\s+(?P<month_b>{months})(?:\s+(?P<year_b>\d{{4}}))?"
        if words.month_first
        else rf"(?P<number_a>{number})\s+(?P<month_a>{months})(?:\s+(?P<year_a>\d{{4}}))?"
    )
    after = _either((*words.last, *words.next))
    after = rf"(?:\s+(?P<after>{after}))?" if after else ""
    part = rf"(?:\s+(?:{_either(words.parts)}))?"
    numbers = _either(tuple(words.numbers))
    units = _either(tuple(words.units))
    ago = []
    if words.ago_before:
        ago.append(rf"(?:{_either(words.ago_before)})\s+(?P<count_a>\d+|{numbers})\s+(?P<unit_a>{units})")
    if words.ago_after:
        ago.append(rf"(?P<count_b>\d+|{numbers})\s+(?P<unit_b>{units})\s+(?:{_either(words.ago_after)})")
    pieces = [
        rf"(?:(?P<lead>{leads})\s+)?(?P<day>{days}){after}{part}(?:,?\s+(?:{dated.replace('_a>', '_c>').replace('_b>', '_d>')}))?{part}",
        rf"(?:(?:{leads})\s+)?(?:{dated}){part}",
        rf"(?P<relative>{_either(tuple(words.offsets))}){part}",
        *ago,
        rf"(?P<undated>{_either(words.undated)})",
        rf"(?:{_either(words.in_month)})[\s-]+(?:(?:{months})(?:\s+\d{{4}})?|\d{{4}})(?!\w)",
    ]
    return re.compile(r"(?<![\w-])(?:" + "|".join(f"(?:{piece})" for piece in pieces) + r")(?![\w-])", re.IGNORECASE)


def _date_of(match: re.Match[str], words: DateWords, day: date | None) -> str | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    calendar = next(
        (
            (groups[f"number_{key}"], groups[f"month_{key}"], groups.get(f"year_{key}"))
            for key in "abcd"
            if f"number_{key}" in groups
        ),
        None,
    )
    if calendar is not None:
        return _calendar_date(*calendar, words, day)
    if day is None:
        return None
    if "day" in groups:
        return _week_date(groups, words, day).isoformat()
    if "relative" in groups:
        wanted = " ".join(groups["relative"].lower().replace("’", "'").split())
        return (day + timedelta(days=words.offsets[wanted])).isoformat()
    for key in "ab":
        if f"count_{key}" in groups:
            return _ago(groups[f"count_{key}"], groups[f"unit_{key}"], words, day)
    return None


def _calendar_date(number: str, month: str, year: str | None, words: DateWords, day: date | None) -> str | None:
    months = [name.lower() for name in words.months]
    digits = int("".join(character for character in number if character.isdigit()))
    if year is None and day is None:
        return None
    try:
        found = date(int(year) if year else (day or date.min).year, months.index(month.lower()) + 1, digits)
        if year is None and day is not None and (found - day).days > 180:
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found.isoformat()


def _week_date(groups: dict[str, str], words: DateWords, day: date) -> date:
    wanted = [name.lower() for name in words.days].index(groups["day"].lower())
    lead, after = groups.get("lead", "").lower(), groups.get("after", "").lower()
    back = (day.weekday() - wanted) % 7
    if lead in words.leads_next or after in words.next:
        return day + timedelta(days=7 - back)
    if (lead in words.leads_last or after in words.last) and back == 0:
        back = 7
    return day - timedelta(days=back)


def _ago(count: str, unit: str, words: DateWords, day: date) -> str | None:
    number = int(count) if count.isdigit() else words.numbers[count.lower()]
    try:
        return (day - timedelta(days=number * words.units[unit.lower()])).isoformat()
    except OverflowError:
        return None
