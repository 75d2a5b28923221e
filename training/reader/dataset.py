"""The marked sets as the learned reader sees them: features, anchors, and what of them is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from evaluation.score import Told

from selon.language import Language
from selon.models.anchors import Anchor, anchors
from selon.models.features import WINDOW, TokenFeatures, Windows, token_features, windows
from selon.steps.cues import find_cues
from selon.steps.quotations import Quotations
from selon.steps.statements import statements
from selon.tokens import Tokens
from selon.types import Found, Span

Array = np.ndarray[Any, Any]
CONTENT, MENTION = 1, 2


class Example(msgspec.Struct):
    """One article. `gold`: for each anchor the place of its marked statement or -1; `labels`: a × w; `tags`: n × 3."""

    name: str
    language: str
    head: int
    tokens: Tokens
    quotations: Quotations
    found: list[Found]
    anchors: list[Anchor]
    features: TokenFeatures
    windows: Windows
    told: list[Told]
    gold: Array
    labels: Array
    tags: Array


def example(
    tokens: Tokens, quotations: Quotations, language: Language, told: Sequence[Told], *, name: str, head: int = 0
) -> Example:
    """One article with what is marked in it."""
    hits = find_cues(tokens, language)
    found = statements(tokens, quotations, language)
    places = anchors(tokens, quotations, hits, found)
    gold = align(tokens, places, told)
    around = windows(tokens, quotations, found, places)
    labels = np.zeros((len(places), WINDOW), np.int64)
    for row, number in enumerate(gold):
        if number >= 0:
            _label(tokens, told[number], int(around.first[row]), labels[row])
    return Example(
        name, language.code, head, tokens, quotations, found, places,
        token_features(tokens, quotations, hits, found, language), around, list(told), gold, labels,
        _tags(tokens, told),
    )  # fmt: skip


def align(tokens: Tokens, places: Sequence[Anchor], told: Sequence[Told]) -> Array:
    """For each anchor the marked statement that hangs on it, or -1: by its cue, else by the quotation it begins in."""
    gold = np.full(len(places), -1, np.int64)
    for number, statement in enumerate(told):
        best: int | None = None
        for row, anchor in enumerate(places):
            if gold[row] >= 0 or anchor.hit is None or statement.cue is None:
                continue
            start, end = tokens.start[anchor.first], tokens.end[anchor.last - 1]
            if start < statement.cue.end and statement.cue.start < end:
                holds = statement.cue.start <= tokens.start[anchor.head] < statement.cue.end
                if holds or best is None:
                    best = row
        if best is None:
            begin = statement.content[0].start
            best = next(
                (
                    row
                    for row, anchor in enumerate(places)
                    if anchor.hit is None
                    and gold[row] < 0
                    and tokens.start[anchor.first] <= begin < tokens.end[anchor.last - 1]
                ),
                None,
            )
        if best is not None:
            gold[best] = number
    return gold


def _label(tokens: Tokens, statement: Told, first: int, row: Array) -> None:
    spans = [(part, CONTENT) for part in statement.content]
    if statement.mention is not None:
        spans.append((statement.mention, MENTION))
    for span, label in spans:
        begin, end = _overlapping(tokens, span)
        row[max(0, begin - first) : max(0, end - first)] = label


def _overlapping(tokens: Tokens, span: Span) -> Span:
    """The tokens that share a letter with a range of code points."""
    return Span(tokens.at(span.start), tokens.at(span.end - 1) + (1 if span.end > span.start else 0))


def _tags(tokens: Tokens, told: Sequence[Told]) -> Array:
    tags = np.zeros((len(tokens), 3), np.float32)
    for statement in told:
        spans = [(part, 0) for part in statement.content]
        spans += [(span, tag) for span, tag in ((statement.cue, 1), (statement.mention, 2)) if span is not None]
        for span, tag in spans:
            begin, end = _overlapping(tokens, span)
            tags[begin:end, tag] = 1
    return tags
