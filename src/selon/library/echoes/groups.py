"""Echoes brought together: all places where one statement stands, where it was first, and how it travelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from selon.library.echoes.relate import Echo, Relation
from selon.library.echoes.said import Saying, moment_of

DENSITY = 0.5
STRONG = 0.9


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of a group. `origin` is the earlier one it most likely goes back to, None for the first seen.

    `relation` and `score` are those to the origin. `copy_of` is the article of which its own is a whole wire copy.
    """

    saying: int
    article: int
    published: str | None
    origin: int | None
    relation: Relation | None
    score: float
    copy_of: int | None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """One statement over all its articles, in order of publication; `sources` counts articles that are no copies."""

    members: tuple[Member, ...]
    independent: int

    @property
    def first(self) -> int:
        """The saying that was seen first."""
        return self.members[0].saying


def groups_of(
    echoes: Iterable[Echo], sayings: Mapping[int, Saying], copies: Mapping[int, int] | None = None
) -> list[Group]:
    """The groups that echoes make, each in order of publication, those seen first coming first.

    Two groups grow together where an echo between them is nearly sure, or else only where enough of their members are
    echoes of each other, so that one short general statement does not chain what has nothing to do with each other.
    `sayings` has to hold those of the echoes; `copies` gives for an article the one of which it is a wire copy
    (`originals`).
    """
    known = sorted(echoes, key=lambda echo: (-echo.score, echo.earlier, echo.later))
    by_pair = {(echo.earlier, echo.later): echo for echo in known}
    groups = [_group(members, by_pair, sayings, copies or {}) for members in _joined(known, by_pair)]
    return sorted(groups, key=lambda group: _order(sayings[group.first]))


def _joined(echoes: Sequence[Echo], by_pair: Mapping[tuple[int, int], Echo]) -> list[list[int]]:
    """The members of each group, surest echoes joined first."""
    group_of: dict[int, list[int]] = {}
    for echo in echoes:
        one, other = (group_of.setdefault(number, [number]) for number in (echo.earlier, echo.later))
        if one is other:
            continue
        links = sum((left, right) in by_pair or (right, left) in by_pair for left in one for right in other)
        if echo.score >= STRONG or links >= DENSITY * len(one) * len(other):
            one.extend(other)
            for number in other:
                group_of[number] = one
    unique = {id(members): members for members in group_of.values() if len(members) > 1}
    return list(unique.values())


def _group(
    numbers: Sequence[int], by_pair: Mapping[tuple[int, int], Echo], sayings: Mapping[int, Saying],
    copies: Mapping[int, int],
) -> Group:  # fmt: skip
    ordered = sorted(numbers, key=lambda number: _order(sayings[number]))
    links: dict[int, list[Echo]] = defaultdict(list)
    inside = set(numbers)
    for number in ordered:
        for other in ordered:
            echo = by_pair.get((number, other))
            if echo is not None and echo.later in inside:
                links[echo.later].append(echo)
    members = tuple(_member(number, links[number], sayings, copies, ordered[0]) for number in ordered)
    articles = {member.article for member in members}
    independent = len({copies.get(article, article) for article in articles})
    return Group(members=members, independent=independent)


def _member(
    number: int, links: Sequence[Echo], sayings: Mapping[int, Saying], copies: Mapping[int, int], first: int
) -> Member:
    saying = sayings[number]
    # Of several origins the most similar one, and the earliest of those: a copy of a copy goes back to the first.
    origin = min(links, key=lambda echo: (-echo.score, _order(sayings[echo.earlier])), default=None)
    earlier = origin.earlier if origin else None
    return Member(
        saying=number,
        article=saying.article,
        published=saying.published,
        origin=earlier if earlier is not None or number == first else first,
        relation=origin.relation if origin else None,
        score=origin.score if origin else 0.0,
        copy_of=copies.get(saying.article),
    )


def _order(saying: Saying) -> tuple[bool, float, int]:
    moment = moment_of(saying.published)
    return (moment is None, moment.timestamp() if moment else 0.0, saying.id)
