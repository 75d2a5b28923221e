"""What the learned reader sees of a text: numbers for each token, and for each token of an anchor's window.

Words count by hashes of their form, beginning, end and shape; the rest are classes: part of speech, relation,
morphology, the language's lists, the quotation marks, and what the rules found. Shapes: n tokens, a anchors, w tokens a
window.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, get_args
from zlib import crc32

import numpy as np

from selon.cuelist import Grammar
from selon.language import Language
from selon.models.anchors import SHAPES, Anchor
from selon.steps.cues import CueHit
from selon.steps.quotations import Quotations
from selon.tokens import Tokens
from selon.types import Act, Found, Mark, Span

Array = np.ndarray[Any, Any]

WORDS, PREFIXES, SUFFIXES, SHAPE_KINDS, RELATIONS, HEADS = 6144, 1024, 2048, 128, 64, 1024
_POS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip
_MORPH = (
    "VerbForm=Fin", "VerbForm=Inf", "VerbForm=Part", "VerbForm=Ger", "Mood=Cnd", "Mood=Sub", "Mood=Imp", "Tense=Past",
    "Tense=Pres", "Tense=Fut", "Tense=Imp", "Number=Plur", "Person=1", "Person=2", "Person=3", "PronType=Rel",
)  # fmt: skip
_CLASSES = (
    "complementizers", "question_words", "infinitive_marks", "relatives", "reflexive_pronouns", "object_pronouns",
    "negations_before", "negations_after", "subject_clitics", "subject_pronouns", "first_person", "second_person",
    "impersonal", "agent_marks", "possessives", "governors", "auxiliaries", "coordinators",
)  # fmt: skip
WHYS = (
    "quotation before its cue", "cue before its quotation", "clause after its cue",
    "quotation as the object of its cue", "parenthetical cue", "phrase that names the source",
    "quotation without a cue", "dialogue with its cue", "dialogue without a cue", "quotation inside a quotation",
)  # fmt: skip
ACTS: tuple[str, ...] = get_args(Act)
_ROLES: dict[str, int] = {"open": 3, "close": 4, "reopen": 5, "stray": 6}

# The columns of `TokenFeatures.ids` with the number of values of each.
COLUMNS = (
    ("word", WORDS), ("prefix", PREFIXES), ("suffix", SUFFIXES), ("shape", SHAPE_KINDS), ("pos", len(_POS) + 1),
    ("relation", RELATIONS), ("head word", HEADS), ("head pos", len(_POS) + 1), ("act", len(ACTS) + 1),
    ("cue shape", 5), ("marks", 7), ("rule content", 2 * len(WHYS) + 3),
)  # fmt: skip
RULE_COLUMN = 11
PARSE_COLUMNS = (5, 6, 7)
_PLACES = 6
_RULE_FLAGS = 3
FLAGS = len(_MORPH) + len(_CLASSES) + _PLACES + _RULE_FLAGS  # the rules' come last

VECTOR = 96
LANGUAGE_FLAG = len(_MORPH) + len(_CLASSES) + 5
BEFORE, AFTER = 64, 96
WINDOW = BEFORE + AFTER
# The columns of `Windows.ids` with the number of values of each.
WINDOW_COLUMNS = (("distance", 34), ("branch", RELATIONS + 2), ("rule role", 5), ("quotation", 4))
WINDOW_RULE_COLUMN = 2
WINDOW_FLAGS = 3
ANCHOR_COLUMNS = (("shape", len(SHAPES)), ("act", len(ACTS) + 1), ("why", len(WHYS) + 2))


class TokenFeatures(NamedTuple):
    """`ids`: n × len(COLUMNS); `flags`: n × FLAGS; `vectors`: n × VECTOR, what the pipeline's encoder made of each
    token, in the columns of its language; zeros where the pipeline has none of that width."""

    ids: Array
    flags: Array
    vectors: Array


class Windows(NamedTuple):
    """`first`: the token each window begins with (may be negative: before the text); `ids`: a × w × columns; `flags`:
    a × w × WINDOW_FLAGS; `inside`: a × w, whether the place is a token; `anchors`: a × len(ANCHOR_COLUMNS)."""

    first: Array
    ids: Array
    flags: Array
    inside: Array
    anchors: Array


# --- tokens


def token_features(
    tokens: Tokens, quotations: Quotations, hits: Sequence[CueHit], found: Sequence[Found], language: Language
) -> TokenFeatures:
    """The features of all tokens of a text."""
    count = len(tokens)
    ids = np.zeros((count, len(COLUMNS)), np.int64)
    flags = np.zeros((count, FLAGS), np.float32)
    for index in range(count):
        head = tokens.head[index]
        ids[index, :4] = _word_ids(tokens.word[index])
        ids[index, 4] = _pos(tokens.pos[index])
        ids[index, 5] = _relation(tokens.dep[index])
        ids[index, 6] = _hash(tokens.lower[head], HEADS)
        ids[index, 7] = _pos(tokens.pos[head])
        flags[index, : len(_MORPH)] = _morph(tokens.morph[index])
        classes = _classes(language, tokens.lower[index])
        flags[index, len(_MORPH) : len(_MORPH) + len(_CLASSES)] = classes
    for hit in hits:
        ids[hit.head, 8] = 1 + ACTS.index(hit.entry.act)
        ids[hit.head, 9] = 1 + SHAPES.index(hit.shape)
    ids[:, 10] = _marks(tokens, quotations)
    _places(tokens, quotations, language, flags[:, len(_MORPH) + len(_CLASSES) :])
    _rules(tokens, found, ids, flags[:, FLAGS - _RULE_FLAGS :])
    return TokenFeatures(ids, flags, _vectors(tokens))


def _vectors(tokens: Tokens) -> Array:
    known = np.concatenate(tokens.vectors) if tokens.vectors else np.zeros((0, 0), np.float32)
    if known.shape != (len(tokens), VECTOR):
        return np.zeros((len(tokens), VECTOR), np.float32)
    return np.asarray(known, np.float32)


def _hash(word: str, size: int) -> int:
    return 1 + crc32(word.encode()) % (size - 1)


@cache
def _word_ids(word: str) -> tuple[int, int, int, int]:
    lower = "".join("0" if letter.isdigit() else letter for letter in word.lower())
    shape = "".join("d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word)
    short = "".join(c for place, c in enumerate(shape[:12]) if shape[max(0, place - 2) : place] != c * 2)
    return (
        _hash(lower, WORDS), _hash(lower[:3], PREFIXES), _hash(lower[-3:], SUFFIXES), _hash(short, SHAPE_KINDS)
    )  # fmt: skip


@cache
def _pos(pos: str) -> int:
    return 1 + _POS.index(pos) if pos in _POS else 0


@cache
def _relation(dep: str) -> int:
    return _hash(dep, RELATIONS)


@cache
def _morph(morph: str) -> Array:
    parts = set(morph.split("|"))
    return np.array([name in parts for name in _MORPH], np.float32)


@cache
def _classes(language: Language, lower: str) -> Array:
    grammar: Grammar = language.grammar
    return np.array([lower in getattr(grammar, name) for name in _CLASSES], np.float32)


def _marks(tokens: Tokens, quotations: Quotations) -> Array:
    """0 outside, 1 inside a quotation, 2 inside a nested one, and the marks themselves by their role."""
    depth = np.zeros(len(tokens), np.int64)
    for quotation in quotations.quotations:
        if not quotation.dash:
            for part in quotation.parts:
                first, last = tokens.covered(part)
                depth[first:last] += 1
    depth = np.minimum(depth, 2)
    marks: Sequence[Mark] = quotations.marks
    for mark in marks:
        place = tokens.at(mark.start)
        if place < len(tokens) and tokens.start[place] <= mark.start:
            depth[place] = _ROLES[mark.role]
    return depth


def _places(tokens: Tokens, quotations: Quotations, language: Language, flags: Array) -> None:
    """Beginnings and ends of sentences and paragraphs, dialogue, and whether clauses may stand bare (English)."""
    for first, last in tokens.sentences:
        flags[first, 0] = 1
        flags[last - 1, 1] = 1
    for first, last in tokens.paragraphs:
        flags[first, 2] = 1
        flags[last - 1, 3] = 1
    for quotation in quotations.quotations:
        if quotation.dash:
            first, last = tokens.covered(quotation.outer)
            flags[first:last, 4] = 1
    flags[:, 5] = float(language.grammar.bare_clauses)


def _rules(tokens: Tokens, found: Sequence[Found], ids: Array, flags: Array) -> None:
    """What the rules found: content with the rule and its beginning, mention, cue, and content in content."""
    for statement in found:
        why = WHYS.index(statement.why) if statement.why in WHYS else 0
        for part in statement.content:
            first, last = tokens.covered(part)
            if first == last:
                continue
            flags[first:last, 2] = ids[first:last, RULE_COLUMN] > 0
            ids[first:last, RULE_COLUMN] = 1 + 2 * why
            ids[first, RULE_COLUMN] += 1
        for place, span in ((0, statement.mention), (1, statement.cue)):
            if span is not None:
                first, last = tokens.covered(span)
                flags[first:last, place] = 1


# --- windows


def windows(tokens: Tokens, quotations: Quotations, found: Sequence[Found], chosen: Sequence[Anchor]) -> Windows:
    """The windows of some anchors of a text."""
    count = len(chosen)
    first = np.array([anchor.head - BEFORE for anchor in chosen], np.int64)
    places = first[:, None] + np.arange(WINDOW)[None, :] if count else np.zeros((0, WINDOW), np.int64)
    inside = (places >= 0) & (places < len(tokens))
    clipped = np.clip(places, 0, max(0, len(tokens) - 1))
    ids = np.zeros((count, WINDOW, len(WINDOW_COLUMNS)), np.int64)
    flags = np.zeros((count, WINDOW, WINDOW_FLAGS), np.float32)
    ids[:, :, 0] = _DISTANCES[None, :]
    sentence, paragraph = _numbers(tokens)
    spans = _quoted(tokens, quotations)
    for row, anchor in enumerate(chosen):
        at = clipped[row]
        flags[row, :, 0] = sentence[at] == sentence[anchor.head]
        flags[row, :, 1] = paragraph[at] == paragraph[anchor.head]
        flags[row, anchor.first - first[row] : min(anchor.last, anchor.first + 8) - first[row], 2] = 1
        _branches(tokens, anchor, int(first[row]), ids[row, :, 1])
        _roles(tokens, found, anchor, int(first[row]), ids[row, :, 2])
        _quotation_of(spans, anchor, int(first[row]), ids[row, :, 3])
    ids[~inside] = 0
    flags[~inside] = 0
    return Windows(first, ids, flags, inside, anchor_columns(chosen, found))


def _distance(offset: int) -> int:
    """A distance in tokens as one of 33 classes: exact up to 8, then coarser and coarser."""
    size = abs(offset)
    grade = size if size <= 8 else min(16, 8 + int(np.log2(size / 8) * 2 + 1))
    return 17 + grade if offset >= 0 else 17 - grade


_DISTANCES = np.array([_distance(place - BEFORE) for place in range(WINDOW)], np.int64)


def _numbers(tokens: Tokens) -> tuple[Array, Array]:
    paragraph = np.zeros(len(tokens), np.int64)
    for number, (start, end) in enumerate(tokens.paragraphs):
        paragraph[start:end] = number
    return np.array(tokens.sentence, np.int64), paragraph


def _branches(tokens: Tokens, anchor: Anchor, first: int, row: Array) -> None:
    """For each token of the anchor's sentence the relation by which its branch hangs on the anchor: of the anchor's
    dependant above it, 1 for the anchor and what stands above it, and 2 for the rest of the tree."""
    head = anchor.head
    if anchor.hit is None:
        return
    start, end = tokens.sentences[tokens.sentence[head]]
    known: dict[int, int] = {head: 1}
    above = head
    while tokens.head[above] != above and above not in (tokens.head[above],):
        above = tokens.head[above]
        if above in known:
            break
        known[above] = 1
    for index in range(max(start, first), min(end, first + WINDOW)):
        path: list[int] = []
        place = index
        while place not in known and tokens.head[place] != place and len(path) < 64:
            path.append(place)
            place = tokens.head[place]
        if place == head and path:
            value = 2 + _relation(tokens.dep[path[-1]])
        elif place in known and place != head:
            value = 2 if path and known[place] == 1 else known[place]
        else:
            value = known.get(place, 2)
        for step in path:
            known[step] = value
        row[index - first] = value


def _roles(tokens: Tokens, found: Sequence[Found], anchor: Anchor, first: int, row: Array) -> None:
    """What the rules made of the tokens for this anchor: 1 nothing, 2 content, 3 mention, 4 cue; all 0 without."""
    if anchor.rule is None:
        return
    statement = found[anchor.rule]
    row[:] = 1
    marked: list[tuple[Span, int]] = [(part, 2) for part in statement.content]
    marked += [(span, value) for span, value in ((statement.cue, 4), (statement.mention, 3)) if span is not None]
    for span, value in marked:
        begin, end = tokens.covered(span)
        row[max(0, begin - first) : max(0, end - first)] = value


def _quoted(tokens: Tokens, quotations: Quotations) -> list[Span]:
    spans = []
    for quotation in quotations.quotations:
        if not quotation.depth and not quotation.dash:
            spans.append(Span(tokens.at(quotation.outer.start), tokens.at(quotation.outer.end - 1) + 1))
    return spans


def _quotation_of(spans: Sequence[Span], anchor: Anchor, first: int, row: Array) -> None:
    """1 in the quotation before the anchor, 2 in the one around it (or its own), 3 in the one after it."""
    before = [span for span in spans if span.end <= anchor.head]
    around = [span for span in spans if span.start <= anchor.head < span.end]
    after = [span for span in spans if span.start > anchor.head]
    for some, value in ((before[-1:], 1), (around[:1], 2), (after[:1], 3)):
        for span in some:
            row[max(0, span.start - first) : max(0, span.end - first)] = value


def anchor_columns(anchors: Sequence[Anchor], found: Sequence[Found]) -> Array:
    """What each anchor is: shape, act of its cue, and the rule that made a statement of it."""
    return np.array([_anchor_ids(anchor, found) for anchor in anchors], np.int64).reshape(-1, len(ANCHOR_COLUMNS))


def _anchor_ids(anchor: Anchor, found: Sequence[Found]) -> tuple[int, int, int]:
    act = 1 + ACTS.index(anchor.hit.entry.act) if anchor.hit else 0
    why = 0
    if anchor.rule is not None:
        name = found[anchor.rule].why
        why = 2 + WHYS.index(name) if name in WHYS else 1
    return SHAPES.index(anchor.shape), act, why


def version() -> int:
    """A number that changes when the columns do, so that a network is never run on other features than its own."""
    layout = repr((COLUMNS, _MORPH, _CLASSES, FLAGS, BEFORE, AFTER, WINDOW_COLUMNS, WINDOW_FLAGS, ANCHOR_COLUMNS))
    return crc32(layout.encode())
