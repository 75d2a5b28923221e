"""The numbers in a text, in digits and in words, as values that can be compared.

"4.200", "4 200" and "quatre mille deux cents" are one value. What stands around a number says how far it is meant:
"plus de trois cents" is a lower bound, "environ 40" a rough number, "entre 20 et 30" a range. Two numbers agree where
one and the same count can satisfy both. Ordinals, times of day, dates in figures, scores and names with figures (F-16)
are left out; a bare year is marked as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from selon.language import load
from selon.librarywords import NumberWords

Bound = Literal["exact", "about", "least", "most"]

_SPACE = "[ \u00a0\u202f\u2009]"
_ROUGH = 0.1
_YEARS = range(1900, 2101)
_MILLION = 1_000_000
_LOOK_BACK = 40
_APOSTROPHES = str.maketrans("’ʼ", "''")


class Number(NamedTuple):
    """A number in a text: its range of code points, its least and its greatest value, and what they count in.

    `low` and `high` are equal but for a range ("entre 20 et 30"). `unit` is "%", the sign of a currency, or "".
    `year`: four figures that are rather a year than a count.
    """

    start: int
    end: int
    low: float
    high: float
    bound: Bound
    unit: str
    year: bool


def agree(one: Number, other: Number) -> bool:
    """Whether one count can satisfy both: "plus de 300" and 350 agree, 40 and "environ 42" too, 40 and 50 do not."""
    low, high = _reach(one)
    other_low, other_high = _reach(other)
    return low <= other_high and other_low <= high


def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text in a language, in order. Raises LanguageError where the language is not there.

    >>> [(number.low, number.bound) for number in numbers("plus de trois cents poissons, 4.200 habitants", "fr")]
    [(300.0, 'least'), (4200.0, 'exact')]
    """
    return _finder(language).find(text.translate(_APOSTROPHES))


def _reach(number: Number) -> tuple[float, float]:
    """The values that a number leaves open."""
    match number.bound:
        case "least":
            return number.low, float("inf")
        case "most":
            return float("-inf"), number.high
        case "about":
            return number.low * (1 - _ROUGH), number.high * (1 + _ROUGH)
        case "exact":
            return number.low, number.high


class _Part(NamedTuple):
    """A piece of a number: digits, or a word with what it does ("two", "hundred", "dozen", "one")."""

    start: int
    end: int
    value: float
    role: Literal["digits", "word", "scale", "about", "single"]


class _Sum(NamedTuple):
    """A number as far as it is read: thousands and above that are done, and what is below them."""

    done: float
    open: float
    last: _Part

    @property
    def value(self) -> float:
        return self.done + self.open


class _Finder:
    """Finds the numbers of one language's texts, by patterns made of its word list."""

    def __init__(self, words: NumberWords) -> None:
        self._decimal = words.decimal
        self._words = words.words | dict.fromkeys(words.singles, 1) | words.scales | words.abouts
        self._roles: dict[str, Literal["word", "scale", "about", "single"]] = {
            **dict.fromkeys(words.words, "word"),
            **dict.fromkeys(words.singles, "single"),
            **dict.fromkeys(words.scales, "scale"),
            **dict.fromkeys(words.abouts, "about"),
        }
        self._money = words.money
        money, signs = _any(words.money), "".join(map(re.escape, words.currencies))
        self._part = re.compile(
            f"(?P<digits>{_digits(words, money)})|(?<!\\w)(?P<word>{_any(self._roles)})(?!\\w)", re.I
        )
        self._percent = re.compile(f"(?:{_SPACE}|-)?(?:{_any(words.percent)})(?!\\w)", re.I)
        self._more = re.compile(f"{_SPACE}|-", re.I)
        self._joined = re.compile(f"(?:{_SPACE}|-)(?:{_any(words.joiners)})(?:{_SPACE}|-)", re.I)
        self._half = re.compile(f"{_SPACE}(?:{_any(words.halves)})(?!\\w)", re.I)
        self._sign_before = re.compile(f"([{signs}]){_SPACE}?$")
        self._sum_after = re.compile(f"{_SPACE}?(?:(?P<scale>{money})(?!\\w))?(?:{_SPACE}?(?P<sign>[{signs}]))?")
        bounds: tuple[tuple[Bound, tuple[str, ...]], ...] = (
            ("least", words.least), ("most", words.most), ("about", words.about),
        )  # fmt: skip
        self._before = tuple(
            (bound, re.compile(f"(?<!\\w)(?:{_any(marks)})(?:(?<=')|{_SPACE})$", re.I)) for bound, marks in bounds
        )
        self._after = re.compile(
            f"(?:{_SPACE}[^\\W\\d]+){{0,2}}{_SPACE}(?:{_any(words.least_after)})(?!\\w|{_SPACE}\\d)", re.I
        )
        self._between = re.compile(f"(?<!\\w)(?:{_any(words.between)}){_SPACE}$", re.I)
        unit = f"(?:{_SPACE}?(?:%|[{signs}]))?"
        self._between_joint = re.compile(f"{unit}{_SPACE}(?:{_any(words.between_joints)}){_SPACE}[{signs}]?", re.I)
        self._range_joint = re.compile(f"{unit}{_SPACE}(?:{_any(words.range_joints)}){_SPACE}[{signs}]?", re.I)

    def find(self, text: str) -> tuple[Number, ...]:
        """The numbers of a text with straight apostrophes, ranges put together."""
        found: list[Number] = []
        for number in self._numbers(text):
            if found and self._is_range(text, found[-1], number):
                first = found.pop()
                found.append(first._replace(end=number.end, high=number.high, unit=first.unit or number.unit))
            else:
                found.append(number)
        return tuple(found)

    def _numbers(self, text: str) -> Iterator[Number]:
        run: list[_Part] = []
        total: _Sum | None = None
        for part in (*self._parts(text), None):
            longer = self._add(text, total, part) if total is not None and part is not None else None
            if longer is None and total is not None:
                yield from self._number(text, run, total)
                run = []
            if part is not None:
                run.append(part)
                total = longer or _first(part)

    def _parts(self, text: str) -> Iterator[_Part]:
        percents = {match.end() for match in self._percent.finditer(text)}
        for match in self._part.finditer(text):
            if match.end() in percents:
                continue  # the "cent" of "pour cent"
            if (digits := match["digits"]) is not None:
                whole, _, fraction = digits.partition(self._decimal)
                value = float(re.sub(r"\D", "", whole) + (f".{fraction}" if fraction else ""))
                yield _Part(match.start(), match.end(), value, "digits")
            else:
                word = match["word"].lower()
                yield _Part(match.start(), match.end(), float(self._words[word]), self._roles[word])

    def _add(self, text: str, total: _Sum, part: _Part) -> _Sum | None:
        """The number with one piece more; None where the piece begins another one."""
        gap = text[total.last.end : part.start]
        plain, joined = self._more.fullmatch(gap), self._joined.fullmatch(gap)
        if part.role == "digits" and plain and total.last.role == "scale" and part.value < total.last.value:
            return _Sum(total.done + total.open, part.value, part) if total.last.value >= _MILLION else None
        if part.role == "digits" or not (plain or joined):
            return None
        if part.role in ("scale", "about"):
            return _times(total, part) if plain else None
        if total.last.role not in ("word", "scale"):
            return None
        below = total.open % 100
        room = 100 if below == 0 else 20 if below >= 20 and below % 10 == 0 and gap.strip() else 10
        fits = part.value < room and (below == 0 or (below >= 20 and below % 10 == 0))
        if not fits or (part.role == "single" and not gap.strip()):
            return None
        return _Sum(total.done, total.open + part.value, part)

    def _number(self, text: str, run: list[_Part], total: _Sum) -> Iterator[Number]:
        if len(run) == 1 and (run[0].role == "single" or (run[0].value >= _MILLION and run[0].role == "scale")):
            return
        start, end = run[0].start, run[-1].end
        before = text[max(0, start - _LOOK_BACK) : start]
        if before[-2:-1].isalpha() and before.endswith("-"):
            return  # the end of a compound
        sign = self._sign_before.search(before)
        after = self._sum_after.match(text, end)
        scale, sign_after = (after["scale"], after["sign"]) if after else (None, None)
        if scale and not (sign or sign_after):
            if text[end].isalpha():
                return  # 50m may be metres
            scale = None
        unit = sign[1] if sign else sign_after or ""
        value = total.value * (self._money.get(scale, 1) if scale else 1)
        if half := self._half.match(text, end):
            value, end = value + 0.5, half.end()
        if self._percent.match(text, end):
            unit = "%"
        rough = any(part.role == "about" for part in run)
        bound = self._bound(before[: sign.start()] if sign else before, text, end) if not rough else "about"
        year = len(run) == 1 and text[start:end].isdigit() and end - start == 4 and int(text[start:end]) in _YEARS
        yield Number(start, end, value, value, bound, unit, year and not unit and bound == "exact")

    def _bound(self, before: str, text: str, end: int) -> Bound:
        for bound, pattern in self._before:
            if pattern.search(before):
                return bound
        return "least" if self._after.match(text, end) else "exact"

    def _is_range(self, text: str, one: Number, other: Number) -> bool:
        if one.high >= other.low or one.year != other.year:
            return False
        gap = text[one.end : other.start]
        if self._range_joint.fullmatch(gap):
            return True
        before = text[max(0, one.start - _LOOK_BACK) : one.start]
        return bool(self._between_joint.fullmatch(gap) and self._between.search(before))


def _first(part: _Part) -> _Sum:
    """A number that begins with this piece."""
    thousands = part.role == "scale" and part.value >= 1000
    return _Sum(part.value, 0, part) if thousands else _Sum(0, part.value, part)


def _times(total: _Sum, part: _Part) -> _Sum | None:
    """A number of which "hundred", "thousand" or "dozen" multiplies what is not yet done."""
    if part.value >= 1000:
        if total.done and total.done % (part.value * 1000):
            return None
        return _Sum(total.done + (total.open or 1) * part.value, 0, part)
    if total.last.role == "digits" and part.role == "scale":
        return None  # 50 cents
    return _Sum(total.done, (total.open or 1) * part.value, part) if total.open < 100 else None


def _digits(words: NumberWords, money: str) -> str:
    """Digits as the language writes them, unless they are part of a word, a date, a time, a score or an ordinal."""
    thousands = "|".join(_SPACE if mark == " " else re.escape(mark) for mark in words.thousands)
    decimal = re.escape(words.decimal)
    whole = rf"\d{{1,3}}(?:(?:{thousands})\d{{3}})+(?!\d)|\d+"
    return rf"(?<![\w/:.,–-])(?:{whole})(?:{decimal}\d+)?(?![/:–]|-\d|[.,]\d|(?!(?:{money})(?!\w))\w)"


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; one that fits nothing where there is none."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", _SPACE) for word in ordered) or "(?!)"


@cache
def _finder(language: str) -> _Finder:
    return _Finder(load(language).numbers)
