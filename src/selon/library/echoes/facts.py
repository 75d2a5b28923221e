"""Readable facts of a pair of sayings, and the score that they add up to.

The weights are learned by `python -m training.echoes` from the marked pairs beside the project (logistic regression;
held out by event) and kept in `selon/models/echoes.toml`, one table within a language and one across.
"""

from __future__ import annotations

import bisect
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from selon.library.echoes.matching import Match, Prepared, match
from selon.library.echoes.speakers import agreement

_DAYS = 10
_DAYS_UNKNOWN = 0.5
_FEW_PAIRS = 3
_RUN_FROM = 0.3  # what covers less has no run worth the time
RIVAL_SOURCE = 0.3
_AGREED = ("same", "alike")
FACTS = (
    "always", "covered_of_shorter", "covered_of_longer", "shared_weight", "same_source", "alike_source",
    "other_source", "number_agrees", "number_differs", "number_differs_in_little", "in_order", "days_apart",
    "same_outlet", "longest_run", "other_polarity", "ahead_of_rivals", "ahead_of_nearer_rival",
)  # fmt: skip


class Compared(NamedTuple):
    """A pair of sayings with what matches and the facts that need no other pair; `closeness` ranks rivals."""

    one: Prepared
    other: Prepared
    match: Match
    facts: dict[str, float]
    closeness: float


class Claim(NamedTuple):
    """Which words of a saying another one, `saying`, matches, and how close the two are."""

    closeness: float
    places: frozenset[int]
    saying: int


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each fact weighs, within a language and across."""

    within: dict[str, float]
    across: dict[str, float]


@cache
def shipped_weights() -> Weights:
    """The learned weights that come with the package."""
    data = (resources.files("selon") / "models" / "echoes.toml").read_bytes()
    return msgspec.toml.decode(data, type=Weights)


def compare(one: Prepared, other: Prepared) -> Compared:
    """Match two sayings and note the facts, each between 0 and a few units."""
    matched = match(one, other)
    lighter, heavier = sorted((one.weight or 0.1, other.weight or 0.1))
    agreed = agreement(one.speaker, other.speaker)
    across = one.saying.language != other.saying.language
    closeness = matched.weight / math.sqrt(lighter * heavier) + RIVAL_SOURCE * (agreed in _AGREED)
    facts = {
        "always": 1.0,
        "covered_of_shorter": matched.weight / lighter,
        "covered_of_longer": matched.weight / heavier,
        "shared_weight": math.log1p(matched.weight),
        "same_source": float(agreed in _AGREED),
        "alike_source": float(agreed == "alike"),
        "other_source": float(agreed == "other"),
        "number_agrees": float(any(one.terms[left].number for left, _, _ in matched.pairs)),
        "number_differs": float(_left_number(one, matched, 0) and _left_number(other, matched, 1)),
        "number_differs_in_little": 0.0,
        "in_order": _in_order(matched),
        "days_apart": _days_apart(one, other),
        "same_outlet": float(bool(one.saying.outlet) and one.saying.outlet == other.saying.outlet),
        "longest_run": 0.0 if across or matched.weight < _RUN_FROM * lighter else _logged_run(one, other),
        "other_polarity": _other_polarity(one, other, matched),
    }
    facts["number_differs_in_little"] = facts["number_differs"] * (1 - facts["covered_of_shorter"])
    return Compared(one, other, matched, facts, closeness)


def scores(compared: Sequence[Compared], weights: Weights | None = None) -> list[float]:
    """The probability of each pair being an echo, in the order given.

    All candidate pairs of two articles have to be given together: a pair is the less an echo the closer another
    statement of the other article comes to one of its two.
    """
    table = weights or shipped_weights()
    found: list[float] = []
    for pair, facts in zip(compared, all_facts(compared), strict=True):
        across = pair.one.saying.language != pair.other.saying.language
        found.append(probability(facts, table.across if across else table.within))
    return found


def probability(facts: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The logistic of the weighted facts."""
    total = sum(table.get(name, 0.0) * value for name, value in facts.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def all_facts(compared: Sequence[Compared]) -> list[dict[str, float]]:
    """The facts of each pair with those that depend on its rivals between the same two articles."""
    claims: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for pair in compared:
        for key, claim in _claims(pair):
            claims[key].append(claim)
    found: list[dict[str, float]] = []
    for pair in compared:
        ahead = sorted(claim.closeness - _rival(claims[key], claim) for key, claim in _claims(pair))
        found.append({**pair.facts, "ahead_of_rivals": ahead[1], "ahead_of_nearer_rival": ahead[0]})
    return found


def _claims(pair: Compared) -> list[tuple[tuple[int, int], Claim]]:
    """What the pair claims of either saying, under that saying and the article of the other."""
    one, other = pair.one.saying, pair.other.saying
    left = frozenset(place for place, _, _ in pair.match.pairs)
    right = frozenset(place for _, place, _ in pair.match.pairs)
    return [
        ((one.id, other.article), Claim(pair.closeness, left, other.id)),
        ((other.id, one.article), Claim(pair.closeness, right, one.id)),
    ]


def _rival(claims: Sequence[Claim], own: Claim) -> float:
    """The closest of the others that claim the same words, 0 where there is none.

    One long statement may stand in another article as two: these claim different words of it and are no rivals.
    """
    return max(
        (claim.closeness for claim in claims if claim.saying != own.saying and _disputed(claim, own)), default=0.0
    )


def _disputed(claim: Claim, own: Claim) -> bool:
    """Whether half of the fewer words are claimed by both."""
    return 2 * len(claim.places & own.places) >= min(len(claim.places), len(own.places))


def _left_number(prepared: Prepared, matched: Match, side: int) -> bool:
    used = {pair[side] for pair in matched.pairs}
    return any(prepared.terms[place].number is not None for place in prepared.heavy if place not in used)


def _in_order(matched: Match) -> float:
    """The share of matched terms that come in the same order; a half where there are too few to tell."""
    if len(matched.pairs) < _FEW_PAIRS:
        return 0.5
    tails: list[int] = []
    for _, right, _ in sorted(matched.pairs):
        place = bisect.bisect_left(tails, right)
        tails[place : place + 1] = [right]
    return len(tails) / len(matched.pairs)


def _days_apart(one: Prepared, other: Prepared) -> float:
    if one.day is None or other.day is None:
        return _DAYS_UNKNOWN
    return min(abs(one.day - other.day), _DAYS) / _DAYS


def _other_polarity(one: Prepared, other: Prepared, matched: Match) -> float:
    """The share of matched terms that one side denies and the other does not."""
    if not matched.pairs:
        return 0.0
    turned = one.saying.denied != other.saying.denied
    opposed = sum(
        bool(one.terms[left].negated) != (bool(other.terms[right].negated) != turned)
        for left, right, _ in matched.pairs
    )
    return opposed / len(matched.pairs)


def _logged_run(one: Prepared, other: Prepared) -> float:
    return math.log1p(max(0, longest_run(one, other) - 1))


def longest_run(one: Prepared, other: Prepared) -> int:
    """How many words in a row stand in both contents."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, term in enumerate(other.terms):
        places[term.folded].append(place)
    longest = 0
    before: dict[int, int] = {}
    for term in one.terms:
        here = {place: before.get(place - 1, 0) + 1 for place in places.get(term.folded, ())}
        if here:
            longest = max(longest, *here.values())
        before = here
    return longest
