"""The learned reader beside the rules: what they found is kept, mended or dropped, and what they missed is added.

Without a trained reader, or in a language it was not trained on, the rules' statements stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from selon.language import Language
from selon.models.anchors import anchors
from selon.models.decoding import Candidate, Judged, chosen, statement_of
from selon.models.features import token_features
from selon.models.session import Session
from selon.steps.cues import find_cues
from selon.steps.quotations import Quotations
from selon.steps.statements import nested
from selon.tokens import Tokens
from selon.types import Found


def reread(
    tokens: Tokens, quotations: Quotations, found: Sequence[Found], language: Language, session: Session | None
) -> list[Found]:
    """The statements of a text as rules and learned reader see it together, in order of their content."""
    if session is None or not len(tokens):
        return list(found)
    hits = find_cues(tokens, language)
    places = anchors(tokens, quotations, hits, found)
    features = token_features(tokens, quotations, hits, found, language)
    judged = session.judge(tokens, quotations, features, places, found)
    candidates = [_calibrated(one, session) for one in candidates_of(tokens, quotations, found, judged, language)]
    untouched = set(range(len(found))) - {one.anchor.rule for one in judged}
    return ordered([*chosen(candidates, session.config.thresholds, tokens), *(found[number] for number in untouched)])


def candidates_of(
    tokens: Tokens, quotations: Quotations, found: Sequence[Found], judged: Sequence[Judged], language: Language
) -> list[Candidate]:
    """The statement that each judged anchor makes."""
    made = (statement_of(tokens, quotations, one, found, language) for one in judged)
    return [candidate for candidate in made if candidate is not None]


def ordered(statements: Sequence[Found]) -> list[Found]:
    """Statements in order of their content, nested ones with the index of their outer one."""
    return nested(sorted(statements, key=lambda one: (one.content[0].start, -one.content[-1].end)))


def _calibrated(candidate: Candidate, session: Session) -> Candidate:
    confidence = round(min(1.0, max(0.0, session.confidence(candidate.chance))), 2)
    statement = msgspec.structs.replace(candidate.statement, confidence=confidence)
    return msgspec.structs.replace(candidate, statement=statement)
