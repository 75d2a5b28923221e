"""Which names of a group are one source: pure, and the same whatever the order in which the names came.

A group holds the spellings of one given name with one surname (see forms.py). They are one person unless titles and
roles show a man and a woman, or middle names contradict; what cannot be told then stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from selon.library.sources.folding import given_key
from selon.library.sources.forms import Form
from selon.library.sources.reasons import Reason

_LEAST_SHARE = 3  # a gender that fewer than one in three articles show is a slip of the reading


class Member(NamedTuple):
    """A name of a group as a library has it. `gender`: f, m or ''; `articles`: how many have it so."""

    form: Form
    gender: str
    articles: int


class Place(NamedTuple):
    """Where a member belongs: the key of its source before any decision, and why."""

    key: str
    reason: Reason


def contradictory(men: int, women: int, articles: int) -> bool:
    """Whether so many articles that show a man, and a woman, among all, mean two persons."""
    return min(men, women) > 0 and _LEAST_SHARE * min(men, women) >= articles


def places(members: Sequence[Member]) -> list[Place]:
    """The place of each member of one group, in their order."""
    men = sum(member.articles for member in members if member.gender == "m")
    women = sum(member.articles for member in members if member.gender == "f")
    if not contradictory(men, women, sum(member.articles for member in members)):
        return _by_middles(members, "")
    found: list[Place | None] = [None] * len(members)
    for gender in ("f", "m"):
        own = [number for number, member in enumerate(members) if member.gender == gender]
        part = _by_middles([members[number] for number in own], f"/{gender}")
        for number, place in zip(own, part, strict=True):
            found[number] = place if place.reason != "name" else Place(place.key, "gender")
    return [place or Place(f"{member.form.group}/?", "gender") for member, place in zip(members, found, strict=True)]


def _by_middles(members: Sequence[Member], suffix: str) -> list[Place]:
    """Members apart where their middle names differ; one with none goes with the only ones there are."""
    given = {(member.form.middles, member.form.bound) for member in members if member.form.middles}
    classes = _classes(sorted(given, key=lambda one: (-len(one[0]), tuple(-len(part) for part in one[0]), one[0])))
    numbers = set(classes.values())
    bound = any(is_bound for _, is_bound in given)
    open_to_all = len(numbers) <= 1 and not bound
    by_key: dict[str, list[Member]] = defaultdict(list)
    keys: list[str] = []
    for member in members:
        key = member.form.group + suffix
        if not open_to_all:
            middles = member.form.middles
            key += f"/{classes[middles, member.form.bound]}" if middles else "/-"
        keys.append(key)
        by_key[key].append(member)
    apart = len(by_key) > 1
    return [Place(key, _reason(member, by_key[key], apart=apart)) for member, key in zip(members, keys, strict=True)]


def _classes(given: Sequence[tuple[tuple[str, ...], bool]]) -> dict[tuple[tuple[str, ...], bool], str]:
    """The class of each combination of middle names, the longest first: one that fits two classes is its own."""
    classes: dict[str, list[tuple[str, ...]]] = {}
    found: dict[tuple[tuple[str, ...], bool], str] = {}
    for one in given:
        fitting = [name for name, others in classes.items() if all(compatible(one[0], other) for other in others)]
        name = fitting[0] if len(fitting) == 1 else " ".join(one[0]) + ("?" if fitting else "")
        classes.setdefault(name, []).append(one[0])
        found[one] = name
    return found


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names are those of one person: the same or their initials as far as both go."""
    return all(
        left == right or (1 in (len(left), len(right)) and left[:1] == right[:1])
        for left, right in zip(one, other, strict=False)
    )


def _reason(member: Member, cluster: Sequence[Member], *, apart: bool) -> Reason:
    """Why a member belongs to its cluster, as compared with the plainest name of it."""
    leader = min(cluster, key=lambda one: (len(one.form.middles), one.form.folded)).form
    form = member.form
    if form.folded == leader.folded:
        return "middles" if apart else "name"
    if form.middles != leader.middles:
        return "middle"
    return "given" if _other_given(form, leader) else "spelling"


def _other_given(one: Form, other: Form) -> bool:
    """Whether two names of one group differ by more of the given name than its spelling shows."""
    return _first(one.folded) != _first(other.folded)


def _first(plain: str) -> str:
    return given_key(plain.split(" ", maxsplit=1)[0])
