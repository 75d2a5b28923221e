"""The word lists that only a library reads: numbers, and what shows that two statements face one another."""

from __future__ import annotations

import msgspec

from selon.wordlists import WordList


class NumberWords(WordList, frozen=True, kw_only=True):
    """`numbers.toml`: numbers in words, how digits are written, and the words that make a number a bound.

    `words` are below 100 (and may have a hyphen), `scales` multiply what stands before them, `abouts` are nouns of a
    rough number ("dizaine"). `singles` mean one only together with a scale or a ten ("un million", "vingt et un"):
    alone they are articles. `money`: a scale right after the digits of a sum ("$2m"). `least`, `most`, `about` stand
    before a number, `least_after` after it or its noun ("300 morts au moins"); `between` opens a range whose numbers
    one of `between_joints` joins, and `range_joints` make one alone ("20 à 30").
    """

    thousands: tuple[str, ...]
    decimal: str
    singles: tuple[str, ...]
    joiners: tuple[str, ...]
    halves: tuple[str, ...] = ()
    percent: tuple[str, ...]
    currencies: tuple[str, ...]
    least: tuple[str, ...]
    most: tuple[str, ...]
    about: tuple[str, ...]
    least_after: tuple[str, ...] = ()
    between: tuple[str, ...]
    between_joints: tuple[str, ...]
    range_joints: tuple[str, ...]
    words: dict[str, int]
    scales: dict[str, int]
    abouts: dict[str, int] = msgspec.field(default_factory=dict)
    money: dict[str, int] = msgspec.field(default_factory=dict)
