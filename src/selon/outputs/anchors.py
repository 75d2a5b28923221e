"""The names under which the statements of an article can be linked to, in its text and in the list of them all."""

from __future__ import annotations

from collections import Counter

import msgspec

from selon.types import Reading, Statement


class Anchors(msgspec.Struct, frozen=True):
    """The ids of one article on a page: `number` tells it from the others there, the others go by statement."""

    number: int
    in_text: dict[str, str]
    in_list: dict[str, str]


def by_number(reading: Reading, number: int) -> Anchors:
    """Ids by the numbers of the article and of its statements, for a page that is made once."""
    ids = [statement.id for statement in reading.statements]
    return Anchors(number, {id: f"a{number}-t{id}" for id in ids}, {id: f"a{number}-s{id}" for id in ids})


def by_passage(reading: Reading) -> Anchors:
    """Ids by where the statements stand, so that a link stays right when the article is read anew."""
    in_text: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for statement in reading.statements:
        name = passage_anchor(statement)
        taken[name] += 1
        in_text[statement.id] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return Anchors(1, in_text, {id: f"s-{name}" for id, name in in_text.items()})


def passage_anchor(statement: Statement) -> str:
    """Where a statement stands, as an id: "t120-180" in the text, "h0-40" in the headline."""
    first, last = statement.content[0], statement.content[-1]
    return anchor("title" if first.where == "title" else "text", first.start, last.end)


def anchor(place: str, start: int, end: int) -> str:
    """The id of a passage of the text or the title.

    >>> anchor("text", 120, 180), anchor("title", 0, 40)
    ('t120-180', 'h0-40')
    """
    return f"{'h' if place == 'title' else 't'}{start}-{end}"
