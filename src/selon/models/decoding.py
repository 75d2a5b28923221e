"""From what the learned reader says of anchors to statements, with the rules' own ones kept, mended or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from selon.language import Language
from selon.models.anchors import Anchor
from selon.steps.mentions import mention_of
from selon.steps.nouns import category_of
from selon.steps.quotations import Quotations
from selon.steps.statements import without_hyphen
from selon.steps.subjects import Mention
from selon.tokens import Tokens
from selon.types import Form, Found, Quotation, Span, StatementKind

Array = np.ndarray[Any, Any]
CONTENT, MENTION = 1, 2
_SAME = 0.5
_REPEATED = 0.8
_TRIMMED = frozenset((",", ";", "-", "–", "—", ":"))


class Judged(msgspec.Struct, frozen=True):
    """What is said of one anchor: the chance that it reports, and the labels of its window from token `first` on."""

    anchor: Anchor
    chance: float
    first: int
    labels: Array


class Candidate(msgspec.Struct, frozen=True):
    """A statement that may be given, how likely it is, whether the rules found it, and whether it is kept however
    unlikely."""

    statement: Found
    chance: float
    known: bool
    guarded: bool


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How likely a statement must be: one that the rules found to be `kept`, one that they did not to be `added`."""

    kept: float
    added: float


def best_paths(scores: Array, transitions: Array) -> Array:
    """The best label path of each window (Viterbi). `scores`: a × w × labels; the result: a × w."""
    count, width, kinds = scores.shape
    best = scores[:, 0]
    back = np.zeros((count, width, kinds), np.int64)
    for place in range(1, width):
        ways = best[:, :, None] + transitions[None]
        back[:, place] = ways.argmax(1)
        best = ways.max(1) + scores[:, place]
    paths = np.zeros((count, width), np.int64)
    if not count:
        return paths
    paths[:, -1] = best.argmax(1)
    rows = np.arange(count)
    for place in range(width - 1, 0, -1):
        paths[:, place - 1] = back[rows, place, paths[:, place]]
    return paths


def runs(labels: Array, first: int, kind: int, count: int) -> list[Span]:
    """The runs of one label in a window, as token ranges of the text."""
    found = []
    start = None
    for place, label in enumerate([*labels.tolist(), -1]):
        if label == kind and start is None:
            start = place
        elif label != kind and start is not None:
            found.append(Span(max(0, first + start), min(count, first + place)))
            start = None
    return [span for span in found if span.start < span.end]


def content_of(tokens: Tokens, quotations: Quotations, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Token ranges as contents in code points: trimmed, whole quotations without their marks, cut at paragraphs."""
    parts: list[Span] = []
    for span in spans:
        trimmed = _trimmed(tokens, span)
        if trimmed is None:
            continue
        whole = _whole_quotation(tokens, quotations, trimmed)
        if whole is not None:
            parts.extend(whole.parts)
        else:
            parts.append(tokens.span(trimmed.start, trimmed.end))
    return tuple(sorted(set(parts)))


def _trimmed(tokens: Tokens, span: Span) -> Span | None:
    start, end = span
    while start < end and tokens.word[start] in _TRIMMED:
        start += 1
    while start < end and tokens.word[end - 1] in _TRIMMED:
        end -= 1
    return Span(start, end) if start < end else None


def _whole_quotation(tokens: Tokens, quotations: Quotations, span: Span) -> Quotation | None:
    """The outermost quotation of which a range is the greater part, with or without its marks and a final stop."""
    for quotation in quotations.quotations:
        if quotation.depth or quotation.dash or not quotation.closed:
            continue
        first, last = tokens.at(quotation.outer.start), tokens.at(quotation.outer.end - 1) + 1
        if first <= span.start and span.end <= last + 1 and span.start < last:
            covered = min(span.end, last) - span.start
            if covered >= _SAME * (last - first - 2):
                return quotation
    return None


def form_of(quotations: Quotations, parts: Sequence[Span]) -> Form:
    """direct where all parts stand inside quotations, mixed where a quotation is in one, else indirect."""
    outer = [quotation.outer for quotation in quotations.quotations if not quotation.depth]
    within = [any(one.start <= part.start and part.end <= one.end for one in outer) for part in parts]
    if all(within):
        return "direct"
    touched = any(one.start < part.end and part.start < one.end for one in outer for part in parts)
    return "mixed" if touched else "indirect"


def kind_of(
    tokens: Tokens, anchor: Anchor, mention: Span | None, rule: Found | None, language: Language
) -> StatementKind:
    """Document where the source is one, else what the rules or the cue's entry say."""
    noun = category_of(tokens, mention, language) if mention else None
    if noun is not None and noun.category in ("document", "outlet"):
        return "document"
    kind = anchor.hit.entry.kind if anchor.hit else rule.kind if rule else "speech"
    return "speech" if kind == "document" and mention is not None else kind


def statement_of(
    tokens: Tokens, quotations: Quotations, judged: Judged, found: Sequence[Found], language: Language
) -> Candidate | None:
    """The statement that an anchor makes, its content and mention as the reader labels them; None without content."""
    anchor = judged.anchor
    rule = found[anchor.rule] if anchor.rule is not None else None
    content = content_of(tokens, quotations, runs(judged.labels, judged.first, CONTENT, len(tokens)))
    if rule is not None and (not content or rule.form == "direct" or anchor.shape == "noun"):
        content = rule.content  # marks know best where a quotation ends; contents of nouns are too few to be learned
    if not content:
        return None
    words, unexpressed = _mention(tokens, judged, rule, language)
    mention = _around(tokens, words) if words else None
    hit = anchor.hit
    statement = Found(
        form=form_of(quotations, content),
        kind=kind_of(tokens, anchor, mention, rule, language),
        content=content,
        cue=tokens.span(anchor.first, anchor.last) if hit else None,
        entry=hit.entry.lemma if hit else "",
        mention=words,
        act=hit.entry.act if hit else "say",
        unexpressed=unexpressed,
        inside=None,
        confidence=round(judged.chance, 2),
        why=_why(rule, content, words),
    )
    return Candidate(statement, judged.chance, rule is not None, rule is not None and _is_guarded(rule, quotations))


def _why(rule: Found | None, content: tuple[Span, ...], mention: Span | None) -> str:
    """Who found it: the model alone, the rule alone, or the rule with bounds or mention mended by the model."""
    if rule is None:
        return "model"
    return rule.why if content == rule.content and mention == rule.mention else f"{rule.why}; mended by the model"


def _is_guarded(rule: Found, quotations: Quotations) -> bool:
    """Whether the rules gave a cue to an even quotation: that is never lost."""
    if rule.cue is None or rule.form != "direct":
        return False
    parts = set(rule.content)
    return any(one.closed and not one.dash and set(one.parts) <= parts for one in quotations.quotations)


def _around(tokens: Tokens, span: Span) -> Span:
    """The tokens that share a letter with a range of code points."""
    return Span(tokens.at(span.start), tokens.at(span.end - 1) + 1)


def _without_cue(tokens: Tokens, anchor: Anchor, span: Span) -> Span:
    """A mention without words of its cue ("aux yeux de" before a name) and without a preposition before it."""
    start, end = span
    if anchor.hit is not None and anchor.first <= start < anchor.last < end:
        start = anchor.last
    while start + 1 < end and tokens.pos[start] == "ADP":
        start += 1
    return Span(start, end)


def _mention(tokens: Tokens, judged: Judged, rule: Found | None, language: Language) -> tuple[Span | None, bool]:
    """The mention in code points, and whether the cue leaves the source out on purpose. Of the labelled ones it is that
    nearest to the anchor."""
    named = runs(judged.labels, judged.first, MENTION, len(tokens))
    head = judged.anchor.head
    known = rule.mention if rule is not None else None
    if named:
        nearest = min(named, key=lambda span: min(abs(span.start - head), abs(span.end - 1 - head)))
        words = tokens.span(*_without_cue(tokens, judged.anchor, nearest))
        return without_hyphen(tokens.text, words), False
    if known is not None:
        return known, False
    if rule is not None:
        return None, rule.unexpressed
    expected = mention_of(tokens, judged.anchor.hit, language) if judged.anchor.hit else Mention(None, False)
    return None, expected.unexpressed


def chosen(candidates: Sequence[Candidate], thresholds: Thresholds, tokens: Tokens) -> list[Found]:
    """The statements that are likely enough or guarded, each passage once: what the rules found before what they did
    not, then the likeliest."""
    kept: list[tuple[Found, frozenset[int]]] = []
    for candidate in sorted(candidates, key=lambda one: (not one.guarded, not one.known, -one.chance)):
        if candidate.chance < (thresholds.kept if candidate.known else thresholds.added) and not candidate.guarded:
            continue
        places = _places(tokens, candidate.statement)
        if places and not any(len(places & others) > _REPEATED * len(places | others) for _, others in kept):
            kept.append((candidate.statement, places))
    return [statement for statement, _ in kept]


def _places(tokens: Tokens, statement: Found) -> frozenset[int]:
    return frozenset(
        index for part in statement.content for index in range(*tokens.covered(part)) if tokens.word[index][0].isalnum()
    )
