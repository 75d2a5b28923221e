"""When an article was published: an ISO date, or date and time, from however a page or a record writes it."""

from __future__ import annotations

import re
from datetime import date

import dateparser

from selon.language import Language

_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?))?(?!\d)", re.ASCII
)
_YEAR = re.compile(r"\b[12]\d{3}\b", re.ASCII)
_NUMBERS = re.compile(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)", re.ASCII)
_LONGEST = 60  # characters of a date in words, with its time


def iso_date(value: str, language: Language) -> str | None:
    """The date, and the time where it is given, in ISO form; None where the words do not tell a whole day.

    >>> from selon.language import load
    >>> iso_date("mardi 12 mars 2024 à 08:30", load("fr"))
    '2024-03-12T08:30:00'
    """
    value = " ".join(value.split())
    iso = _ISO.search(value)
    if iso is not None:
        return _checked(iso)
    year = _YEAR.search(value)
    if year is None or len(value) > _LONGEST:
        return None
    return _in_words(value, language) or _in_words(value[: year.end()], language)


def _checked(iso: re.Match[str]) -> str | None:
    """The match, unless it is no day of the calendar."""
    try:
        day = date.fromisoformat(iso.group(1)).isoformat()
    except ValueError:
        return None
    return f"{day}T{iso.group(2).replace(' ', '')}" if iso.group(2) else day


def _in_words(value: str, language: Language) -> str | None:
    """By dateparser, which knows the months and their short forms; 3/4/2024 only where its day is certain."""
    orders = ("DMY", "MDY") if language.dates.month_first and _NUMBERS.search(value) else ("DMY",)
    found = set()
    for order in orders:
        settings = {"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True, "DATE_ORDER": order}
        try:
            found.add(dateparser.parse(value, languages=[language.code], settings=settings))
        except (ValueError, OverflowError):
            return None
    when = found.pop() if len(found) == 1 else None
    if when is None:
        return None
    return str(when.date()) if (when.hour, when.minute) == (0, 0) else when.isoformat()
