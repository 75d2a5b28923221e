"""The word lists that only a library reads: for searching, for numbers, and for statements that face one another."""

from __future__ import annotations

from typing import Literal

import msgspec

from selon.wordlists import WordList

MarkKind = Literal["denial", "negation", "number", "opposite"]


class SearchWords(WordList, frozen=True, kw_only=True):
    """`search.toml`: which words a search takes for one. `snowball` names the stemmer; `prefixes` says
    that it takes beginnings of words away too. `common` words stand in nearly
    every text and are not looked for alone. `accented`: how an ending that was typed without accents may have to be
    read, since the stemmer goes by them ("negocie" as "négocié"). `alike`: endings of stems, and what is put in their
    place, where the stemmer leaves apart what belongs together ("décis" and "décid"); `dropped`: those that fall away
    from long stems ("demandon"). The words by which a search says and, or and not stand in capitals."""

    snowball: str
    prefixes: bool = False
    common: tuple[str, ...]
    accented: dict[str, str] = msgspec.field(default_factory=dict)
    alike: dict[str, str] = msgspec.field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    and_: tuple[str, ...] = msgspec.field(name="and")
    or_: tuple[str, ...] = msgspec.field(name="or")
    not_: tuple[str, ...] = msgspec.field(name="not")


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


class Opposites(WordList, frozen=True, kw_only=True):
    """Words of which any of `one` says the contrary of any of `other`; they are compared by their stems."""

    one: tuple[str, ...]
    other: tuple[str, ...]


class MatterWords(WordList, frozen=True, kw_only=True):
    """`matters.toml`: what shows that two statements are about one matter, or face one another.

    `light` words tell no matter, and no more do `units`, in which anything is measured. `durations`: what follows a
    number that is a length of time. `noun_links` may stand between a number and what it counts ("millions d'euros").
    `negations` negate by themselves, `negations_with_particle` only beside one of `negation_particles` ("ne … plus");
    `idle_negations` hold one and negate nothing, or not the whole ("pas seulement"). `marks`: what each kind of
    facing is called, `changed` what one source says otherwise elsewhere.
    """

    light: tuple[str, ...]
    units: tuple[str, ...]
    durations: tuple[str, ...]
    noun_links: tuple[str, ...] = ()
    negations: tuple[str, ...]
    negation_particles: tuple[str, ...] = ()
    negations_with_particle: tuple[str, ...] = ()
    idle_negations: tuple[str, ...]
    opposites: tuple[Opposites, ...]
    changed: str
    marks: dict[MarkKind, str]
