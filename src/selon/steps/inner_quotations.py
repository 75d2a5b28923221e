"""Gives quotations that stand inside another the cues that report them there: « Il m'a dit : “Partez” ».

Uses of a token: word, part of speech; the parse through `mentions`.
"""

from __future__ import annotations

from selon.steps.board import Board, Quoted
from selon.steps.cues import CueHit
from selon.steps.mentions import mention_of
from selon.steps.verbs import is_finite

_NEAR = 6


def inner_quotations(board: Board) -> None:
    """Others' words inside somebody's words: each inner quotation that a cue of its own stands before or after."""
    for inner in board.inner:
        outer = board.around[inner.first]
        if outer is None or board.is_name(inner):
            continue
        for hit in board.hits:
            if hit.shape != "verb" or hit.passive or hit.head in board.used or "quotation" not in hit.entry.takes:
                continue
            if not outer.first < hit.head < outer.last or not (_before(board, hit, inner) or _after(board, hit, inner)):
                continue
            mention = mention_of(board.tokens, hit, board.language)
            if mention.tokens is not None and board.asserted(hit) and not board.own_voice(mention, inside=True):
                board.add(hit, [], [inner], "quotation inside a quotation", mention)
                break


def _before(board: Board, hit: CueHit, inner: Quoted) -> bool:
    """Whether a cue stands right before an inner quotation, or before its colon."""
    between = range(hit.last, inner.first)
    if hit.last > inner.first or len(between) > _NEAR or any(is_finite(board.tokens, index) for index in between):
        return False
    return not between or board.tokens.word[inner.first - 1] in (":", ",")


def _after(board: Board, hit: CueHit, inner: Quoted) -> bool:
    """Whether a cue stands right after an inner quotation, or after its comma."""
    first = inner.last + (board.tokens.word[inner.last : inner.last + 1] == [","])
    return hit.first == first
