"""How two contents run side by side: what is kept, cut, added or changed, as ranges in both."""

from __future__ import annotations

from typing import Literal

import msgspec
from rapidfuzz.distance import Indel

from selon.library.echoes.matching import Match, Prepared, match, prepare
from selon.library.echoes.said import Saying

Change = Literal["kept", "cut", "added", "changed"]


class Run(msgspec.Struct, frozen=True):
    """One run: `one.content[start:end]` beside `other.content[other_start:other_end]`, code points, half open.

    "cut" has an empty range in the other, "added" an empty one in the first. The runs of an alignment follow each
    other and cover both contents whole.
    """

    kind: Change
    start: int
    end: int
    other_start: int
    other_end: int


def alignment(one: Saying, other: Saying) -> list[Run]:
    """The runs of two contents in order, for showing what became of the first in the second."""
    left, right = prepare(one), prepare(other)
    return align(left, right, match(left, right))


def align(one: Prepared, other: Prepared, matched: Match) -> list[Run]:
    """The runs of two contents in order; what stands between words goes with the word before it."""
    left, right = _signs(one, other, matched)
    pieces: list[tuple[Change, int, int, int, int]] = []
    for piece in Indel.opcodes(left, right):
        kind: Change = {"equal": "kept", "delete": "cut", "insert": "added"}.get(piece.tag, "changed")  # type: ignore[assignment]
        new = (kind, piece.src_start, piece.src_end, piece.dest_start, piece.dest_end)
        if pieces and kind != "kept" and pieces[-1][0] != "kept":
            before = pieces.pop()
            merged = (before[1], new[2], before[3], new[4])
            new = (_kind(*merged), *merged)
        pieces.append(new)
    return _covering(pieces, one, other)


def _signs(one: Prepared, other: Prepared, matched: Match) -> tuple[list[str], list[str]]:
    """For every term a sign, equal where the two sides say the same."""
    across = one.saying.language != other.saying.language
    left = [f"<{place}" if across else term.folded for place, term in enumerate(one.terms)]
    right = [f">{place}" if across else term.folded for place, term in enumerate(other.terms)]
    for place, counterpart, _ in matched.pairs:
        left[place] = right[counterpart] = f"={place}"
    return left, right


def _kind(start: int, end: int, other_start: int, other_end: int) -> Change:
    if start == end:
        return "added"
    return "cut" if other_start == other_end else "changed"


def _covering(pieces: list[tuple[Change, int, int, int, int]], one: Prepared, other: Prepared) -> list[Run]:
    """Runs of terms as ranges of code points without gaps."""
    lengths = len(one.saying.content), len(other.saying.content)
    if not pieces:
        whole = (0, lengths[0], 0, lengths[1])
        return [Run(_kind(*whole), *whole)] if any(lengths) else []
    left = [*(term.start for term in one.terms), lengths[0]]
    right = [*(term.start for term in other.terms), lengths[1]]
    left[0] = right[0] = 0
    runs: list[Run] = []
    for number, (kind, start, end, other_start, other_end) in enumerate(pieces):
        last = number == len(pieces) - 1
        ends = lengths if last else (left[end], right[other_end])
        ranges = left[start], ends[0], right[other_start], ends[1]
        runs.append(Run(kind if kind == "kept" else _kind(*ranges), *ranges))
    return runs
