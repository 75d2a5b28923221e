"""Numbers as they are written: figures, words, magnitudes, parts of an hour, clock times, as values to be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from selon.library.echoes.lexicon import Lexicon, fold_word

_HOUR = 60
_HALF_DAY = 720
_JOINING = frozenset(("", " ", "-", "\u00a0", "\u202f", "‑"))
_MAGNITUDE = 1000
_LONGEST = 15  # digits; what is longer is no quantity


class Token(NamedTuple):
    """A run of letters or of figures: `text[start:end]`, and the text between it and the one before."""

    start: int
    end: int
    text: str
    folded: str
    gap: str


class Number(NamedTuple):
    """A number over the tokens from `first` to `last` (excluded). `minutes`: the time it measures, where it does."""

    first: int
    last: int
    value: float
    minutes: float | None
    percent: bool


_TOKENS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+|%")


def tokens_of(text: str) -> list[Token]:
    """The runs of letters and of figures, a figure with its marks being one."""
    found: list[Token] = []
    before = 0
    for match in _TOKENS.finditer(text):
        start, end = match.span()
        surface = match.group()
        found.append(Token(start, end, surface, fold_word(surface), text[before:start]))
        before = end
    return found


def figure(text: str, lexicon: Lexicon) -> float | None:
    """The value of figures as the language writes them: "4.200" is 4200 in French, "1,8" is 1.8."""
    mark = lexicon.decimal_mark
    plain = re.sub(r"[\u00a0\u202f ]", "", text)
    other = "," if mark == "." else "."
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain)
    if grouped and (mark not in plain or plain.count(mark) > 1):
        plain = re.sub(r"[.,]", "", plain)
    else:
        plain = plain.replace(mark, "\0").replace(other, "." if "\0" not in plain else "")
        plain = plain.replace("\0", ".")
    digits = plain.replace(".", "")
    if len(digits) > _LONGEST or plain.count(".") > 1 or not digits.isascii() or not digits.isdecimal():
        return None
    return float(plain)


def numbers_of(tokens: Sequence[Token], lexicon: Lexicon) -> list[Number]:
    """The numbers among the tokens, from left to right, none overlapping."""
    found: list[Number] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        numeral = token.folded in lexicon.numerals or token.text[0].isdecimal()
        number = _number_at(tokens, index, lexicon) if numeral else None
        if number is None:
            index += 1
        else:
            found.append(number)
            index = number.last
    return found


def _number_at(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> Number | None:
    token = tokens[index]
    if token.text[0].isdecimal():
        read = figure(token.text, lexicon)
        if read is None:
            return None
        value, last = _magnified(tokens, index + 1, read, lexicon)
    elif token.folded in lexicon.number_words or token.folded in lexicon.magnitudes or _is_one(tokens, index, lexicon):
        spelt = _spelt(tokens, index, lexicon)
        if spelt is None:
            return None
        value, last = spelt
    else:
        return None
    return _measured(tokens, index, last, value, lexicon)


def _is_one(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether "un", "a" counts: right before a magnitude or a unit of time."""
    if tokens[index].folded not in lexicon.ones or index + 1 >= len(tokens):
        return False
    follows = tokens[index + 1]
    return follows.gap in _JOINING and (follows.folded in lexicon.magnitudes or follows.folded in lexicon.durations)


def _magnified(tokens: Sequence[Token], index: int, value: float, lexicon: Lexicon) -> tuple[float, int]:
    """Figures with the magnitudes behind them: "1,8 million", "12m"; a magnitude of one letter has to touch."""
    while index < len(tokens):
        token = tokens[index]
        known = lexicon.magnitudes.get(token.folded)
        touching = token.gap == "" or (len(token.folded) > 2 and token.gap in _JOINING)
        if known is None or not touching:
            break
        value, index = value * known, index + 1
    return value, index


def _spelt(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """Number words that stand together, added and multiplied; None where they make no number."""
    total, current, at = 0.0, 0.0, index
    while at < len(tokens):
        token = tokens[at]
        if at > index and token.gap not in _JOINING:
            break
        word = token.folded
        if word in lexicon.magnitudes and (len(word) > 2 or at == index):
            scale = lexicon.magnitudes[word]
            if scale >= _MAGNITUDE:
                total, current = total + (current or 1) * scale, 0.0
            else:
                current = (current or 1) * scale
        elif word in lexicon.number_words:
            joined = _joined(current, lexicon.number_words[word])
            if joined is None:
                break
            current = joined
        elif word in lexicon.ones:
            if current >= 20 and current % 10 == 0 and (token.gap == "-" or tokens[at - 1].folded in lexicon.links):
                current += 1
            elif at == index:
                current = 1.0
            else:
                break
        elif not _links(tokens, at, current, lexicon):
            break
        at += 1
    return (total + current, at) if total + current > 0 else None


def _joined(current: float, value: float) -> float | None:
    """A number word behind a number: "quatre vingt", "soixante dix", "cent dix"; None where it begins a new one."""
    rest = current % 100
    if current == 0:
        return value
    if rest == 4 and value == 20:
        return current + 76
    if (
        (rest == 0 and value < 100)
        or (rest >= 20 and rest % 10 == 0 and value < 20)
        or (rest == 10 and 7 <= value < 10)
    ):
        return current + value
    return None


def _links(tokens: Sequence[Token], at: int, current: float, lexicon: Lexicon) -> bool:
    """Whether "et", "and" joins two number words here."""
    if tokens[at].folded not in lexicon.links or current < 20 or at + 1 >= len(tokens):
        return False
    follows = tokens[at + 1].folded
    if follows in lexicon.ones:
        return current % 10 == 0 and tokens[at + 1].gap in _JOINING
    value = lexicon.number_words.get(follows)
    return value is not None and _joined(current, value) is not None


def _measured(tokens: Sequence[Token], first: int, last: int, value: float, lexicon: Lexicon) -> Number:
    """The number with what stands behind it: a percent sign, minutes, a clock time, quarters of an hour."""
    after = [token.folded for token in tokens[last : last + 5]]
    for phrase in lexicon.percents:
        if tuple(after[: len(phrase)]) == phrase:
            return Number(first, last + len(phrase), value, None, True)
    clock = _clock(tokens, first, last, value, lexicon)
    if clock is not None:
        return clock
    if after and after[0] in lexicon.quarters:
        hour = next((place for place, word in enumerate(after[1:4], 1) if lexicon.durations.get(word) == _HOUR), None)
        if hour is not None:
            return Number(first, last + hour, value * _HOUR / 4, value * _HOUR / 4, False)
    unit = lexicon.durations.get(after[0]) if after else None
    if unit is None:
        return Number(first, last, value, None, False)
    half = unit / 2 if any(word in lexicon.halves for word in after[1:4]) and after[1] in lexicon.links else 0.0
    return Number(first, last, value, value * unit + half, False)


def _clock(tokens: Sequence[Token], first: int, last: int, value: float, lexicon: Lexicon) -> Number | None:
    """A time of the day: "1 h 12", "20h00", "1.12am", "8 pm". Its value is the hour."""
    if last >= len(tokens) or last != first + 1 or tokens[last].folded not in lexicon.clock_marks or value >= 25:
        return None
    hours, minutes = int(value), round((value - int(value)) * 100)
    mark = tokens[last].folded
    end = last + 1
    behind = tokens[end] if end < len(tokens) else None
    if behind is not None and behind.gap.strip() == "" and behind.text.isdecimal() and len(behind.text) == 2:
        minutes, end = int(behind.text), end + 1
    elif lexicon.durations.get(mark) is not None and minutes == 0:
        return None
    since = hours * _HOUR + minutes + (_HALF_DAY if mark in lexicon.afternoon and hours < 12 else 0)
    return Number(first, end, float(hours), float(since), False)


def agree(one: Number, other: Number) -> bool:
    """Whether two numbers say the same: by value, by the time they measure, or by the half of the day left out."""
    if one.percent == other.percent and one.value == other.value:
        return one.minutes is None or other.minutes is None or one.minutes == other.minutes
    if one.minutes is not None and other.minutes is not None:
        return one.minutes == other.minutes or (
            max(one.value, other.value) <= 24 and (one.minutes - other.minutes) % _HALF_DAY == 0
        )
    return abs(one.value - other.value) == 12 and max(one.value, other.value) <= 24 and _HOUR in (
        _per(one), _per(other)
    )  # fmt: skip


def _per(number: Number) -> float:
    return number.minutes / number.value if number.minutes and number.value else 0.0
