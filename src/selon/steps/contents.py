"""Brings cues, quotations and clauses together: which content belongs to which cue, in one visible order.

Offsets in results are tokens (`Draft`); `statements` makes code points of them.
"""

from __future__ import annotations

from selon.language import Language
from selon.steps.board import Board, Draft
from selon.steps.clause_contents import clauses_after_cues
from selon.steps.cues import CueHit
from selon.steps.dialogue import dialogue
from selon.steps.inner_quotations import inner_quotations
from selon.steps.inserted_contents import parenthetical_cues, source_phrases
from selon.steps.marked_contents import (
    quotations_after_cues,
    quotations_as_objects,
    quotations_before_cues,
    quotations_without_cues,
)
from selon.tokens import Tokens
from selon.types import Quotation


def contents(tokens: Tokens, quotations: tuple[Quotation, ...], hits: list[CueHit], language: Language) -> list[Draft]:
    """All statements, in no particular order. What comes first takes its cue and its quotation from what follows."""
    board = Board(tokens, quotations, hits, language)
    outside = [hit for hit in hits if board.around[hit.head] is None]
    spoken = [hit for hit in outside if hit.shape in ("verb", "participle")]
    dialogue(board)
    quotations_before_cues(board, spoken)
    quotations_after_cues(board, outside)
    clauses_after_cues(board, [hit for hit in hits if hit.shape != "noun"])
    clauses_after_cues(board, [hit for hit in hits if hit.shape == "noun"])
    quotations_as_objects(board, spoken)
    inner_quotations(board)
    parenthetical_cues(board)
    source_phrases(board)
    quotations_without_cues(board)
    return board.drafts
