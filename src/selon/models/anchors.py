"""The places of a text where a statement may hang: the hits of the cue lists, and outermost quotations.

An anchor that the rules made a statement of knows that statement. Which anchors report, and what, the learned reader
decides. Uses of a token: offsets, and what `cues` uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from selon.steps.cues import CueHit
from selon.steps.quotations import Quotations
from selon.tokens import Tokens
from selon.types import Found, Span

AnchorShape = Literal["verb", "participle", "noun", "phrase", "quotation"]
SHAPES: tuple[AnchorShape, ...] = ("verb", "participle", "noun", "phrase", "quotation")


class Anchor(msgspec.Struct, frozen=True):
    """A cue or the opening mark of a quotation. `head`, `first`, `last`: tokens, as in `CueHit`; for a quotation `last`
    is the token after its end. `rule`: the statement that the rules made of it, by its place in their list."""

    shape: AnchorShape
    head: int
    first: int
    last: int
    hit: CueHit | None
    rule: int | None


def anchors(tokens: Tokens, quotations: Quotations, hits: Sequence[CueHit], found: Sequence[Found]) -> list[Anchor]:
    """All anchors in order of their head. Statements of the rules that fit none are not touched by what follows."""
    by_cue = {statement.cue: number for number, statement in enumerate(found) if statement.cue is not None}
    result = []
    for hit in hits:
        span = tokens.span(hit.first, hit.last)
        result.append(Anchor(hit.shape, hit.head, hit.first, hit.last, hit, by_cue.get(span)))
    without = [(statement.content[0], number) for number, statement in enumerate(found) if statement.cue is None]
    for quotation in quotations.quotations:
        if quotation.depth or quotation.dash:
            continue
        first, last = tokens.at(quotation.outer.start), tokens.at(quotation.outer.end - 1) + 1
        if first < last <= len(tokens):
            meeting = [
                (abs(part.start - quotation.outer.start), number)
                for part, number in without
                if _meets(part, quotation.outer)
            ]
            rule = min(meeting)[1] if meeting else None
            result.append(Anchor("quotation", first, first, last, None, rule))
    return sorted(result, key=lambda anchor: (anchor.head, anchor.last))


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
