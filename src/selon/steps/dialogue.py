"""Reads paragraphs that begin with a dash as what somebody says: "— Vous partez ? demande Anne.".

Uses of a token: word, part of speech, morphology; the parse through `mentions`.
"""

from __future__ import annotations

from collections.abc import Iterator

from selon.steps.board import ENDS, Board, Draft, Quoted
from selon.steps.inserted_contents import around_hole, hole_of
from selon.steps.subjects import Mention

_LEAST = 2


def dialogue(board: Board) -> None:
    """Give each paragraph of a dialogue to its cue; one without a cue speaks where one beside it has one."""
    for run in _runs(board):
        spoken = [_with_cue(board, turn) for turn in run]
        if not any(spoken) and not (len(run) >= _LEAST and all(_asks_or_ends(board, turn) for turn in run)):
            continue
        for turn, has_cue in zip(run, spoken, strict=True):
            if not has_cue and len(run) >= _LEAST and turn.last - turn.first > _LEAST:
                content = board.stripped(turn.first + 1, turn.last, quoted=True)
                if content is not None:
                    board.drafts.append(
                        Draft(None, Mention(None, False), [content], [], "dialogue without a cue", within=turn)
                    )


def _runs(board: Board) -> Iterator[list[Quoted]]:
    """The dash paragraphs that follow directly on one another; those with quotation marks are left out."""
    run: list[Quoted] = []
    for turn in board.dashes:
        marked = any(board.around[index] is not None for index in range(turn.first, turn.last))
        if run and (marked or run[-1].last != turn.first):
            yield run
            run = []
        if not marked:
            run.append(turn)
    if run:
        yield run


def _with_cue(board: Board, turn: Quoted) -> bool:
    """Add the statement of a turn that has an inverted cue; whether it has."""
    for hit in board.hits:
        if hit.shape != "verb" or hit.passive or hit.head in board.used or not turn.first < hit.head < turn.last:
            continue
        hole = hole_of(board, hit, inverted_only=True)
        parts = around_hole(board, hole, board.inside(turn), quoted=True) if hole is not None else []
        if parts:
            board.add(hit, parts, [], "dialogue with its cue").within = turn
            return True
    return False


def _asks_or_ends(board: Board, turn: Quoted) -> bool:
    """Whether a turn is a sentence rather than an entry of a list."""
    return board.tokens.word[turn.last - 1] in ENDS and board.finite_between(turn.first, turn.last)
