"""Cuts a text with overlapping layers into runs, so that marking it up always gives well-formed markup."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape


class Layer(NamedTuple):
    """Something to be shown over text[start:end]: the tag and attributes that open it.

    `rank` orders layers of the same extent, the outer one first.
    """

    start: int
    end: int
    tag: str
    attributes: Markup
    rank: int = 0


class Point(NamedTuple):
    """Markup without text of its own that stands at an offset, after what ends there."""

    offset: int
    html: Markup


class Run(NamedTuple):
    """text[start:end], over which the same layers lie, outermost first."""

    start: int
    end: int
    layers: tuple[Layer, ...]


def segments(start: int, end: int, layers: Iterable[Layer], cuts: Iterable[int] = ()) -> list[Run]:
    """The runs of start:end between the boundaries of layers and at `cuts`; layers end where the range does.

    >>> [run[:2] for run in segments(0, 9, [Layer(0, 6, "b", Markup()), Layer(4, 9, "i", Markup())])]
    [(0, 4), (4, 6), (6, 9)]
    """
    inside = [layer for layer in layers if layer.start < end and layer.end > start and layer.start < layer.end]
    inside.sort(key=lambda layer: (layer.start, -layer.end, layer.rank))
    bounds = {start, end}
    for layer in inside:
        bounds.update((max(start, layer.start), min(end, layer.end)))
    bounds.update(cut for cut in cuts if start < cut < end)
    runs: list[Run] = []
    waiting = deque(inside)
    over: list[Layer] = []
    for left, right in pairwise(sorted(bounds)):
        over = [layer for layer in over if layer.end > left]
        while waiting and waiting[0].start <= left:
            over.append(waiting.popleft())
        runs.append(Run(left, right, tuple(over)))
    return runs


def marked_up(text: str, start: int, end: int, layers: Iterable[Layer], points: Sequence[Point] = ()) -> Markup:
    """text[start:end] escaped and with its layers as nested elements; one that overlaps another is split.

    A point stands at the end of the run before it, so those at `start` are left to the range that ends there.
    """
    pieces: list[str] = []
    opened: tuple[Layer, ...] = ()
    standing: defaultdict[int, list[str]] = defaultdict(list)
    for point in points:
        standing[point.offset].append(str(point.html))
    for run in segments(start, end, layers, (point.offset for point in points)):
        shared = _shared(opened, run.layers)
        pieces.extend(f"</{layer.tag}>" for layer in reversed(opened[shared:]))
        pieces.extend(f"<{layer.tag}{layer.attributes}>" for layer in run.layers[shared:])
        pieces.append(str(escape(text[run.start : run.end])))
        opened = run.layers
        if here := standing.get(run.end):
            still = [layer for layer in opened if layer.end > run.end]
            kept = _shared(opened, tuple(still))
            pieces.extend(f"</{layer.tag}>" for layer in reversed(opened[kept:]))
            pieces.extend(here)
            opened = opened[:kept]
    pieces.extend(f"</{layer.tag}>" for layer in reversed(opened))
    return Markup("".join(pieces))


def _shared(opened: tuple[Layer, ...], wanted: tuple[Layer, ...]) -> int:
    """How many layers, from the outermost on, stay open."""
    count = 0
    for left, right in zip(opened, wanted, strict=False):
        if left is not right:
            break
        count += 1
    return count
