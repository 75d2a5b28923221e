"""Which cue, content and source belong together: pairs weighed by a few facts of distance, order and parse.

Each content goes to its likeliest cue, each cue takes its likeliest source; a source may serve several cues, and a cue
that a content surrounds or follows may have several contents. What each fact weighs is learned (logistic regression).
Uses of a token: sentence, and the parse.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import exp, log1p

import msgspec

from selon.models.wide_tagger import ROLES, Role, Tagged
from selon.tokens import Tokens
from selon.types import Span

FACTS = (
    "always", "distance", "distance, before the cue", "before the cue", "beside the cue", "two words away",
    "same sentence", "sentences between", "cues between", "sources between", "contents between", "hangs on the cue",
    "cue hangs on it", "subject of the cue", "under the cue", "only a source between", "before, same sentence",
    "before, only a source between", "before, cues between", "before, contents between", "before, cue hangs on it",
)  # fmt: skip
_FARTHEST = 160
_DEEPEST = 5
_BETWEEN: tuple[Role, ...] = ("cue", "source", "content")
_ENOUGH = 0.2


class Linked(msgspec.Struct, frozen=True):
    """Passages that belong together, as token ranges."""

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None


class Places:
    """The passages of a text by role, in order."""

    def __init__(self, passages: Sequence[tuple[Role, Span]]) -> None:
        self.of: dict[Role, list[Span]] = {
            role: sorted(span for this, span in passages if this == role) for role in ROLES
        }
        self._starts = {role: [span.start for span in spans] for role, spans in self.of.items()}

    def between(self, role: Role, first: int, last: int) -> int:
        """How many passages of a role begin at or after `first` and before `last`."""
        starts = self._starts[role]
        return max(0, bisect_left(starts, last) - bisect_left(starts, first))

    def words(self, role: Role, first: int, last: int) -> int:
        """How many tokens the passages of a role have that begin at or after `first` and before `last`."""
        starts = self._starts[role]
        within = self.of[role][bisect_left(starts, first) : bisect_left(starts, last)]
        return sum(end - start for start, end in within)


def facts(tokens: Tokens, cue: Span, other: Span, places: Places) -> tuple[float, ...]:
    """What speaks for and against a cue and a passage belonging together, in the order of FACTS."""
    before = other.start < cue.start
    first, last = (other.end, cue.start) if before else (cue.end, other.start)
    gap = max(0, last - first)
    away = abs(tokens.sentence[other.end - 1 if before else other.start] - tokens.sentence[cue.start])
    top, cue_top = top_of(tokens, other), top_of(tokens, cue)
    hangs = tokens.head[top] in range(*cue)
    cues, sources, contents = (float(min(3, places.between(role, first, last))) for role in _BETWEEN)
    bare = float(gap - places.words("source", first, last) <= 2 and not cues and not contents)
    cue_hangs = float(tokens.head[cue_top] in range(*other))
    return (
        1.0, log1p(gap), log1p(gap) * before, float(before), float(gap == 0), float(gap <= 2), float(away == 0),
        float(min(3, away)), cues, sources, contents, float(hangs), cue_hangs,
        float(hangs and "subj" in tokens.dep[top]), float(_under(tokens, top, cue)), bare,
        float(before and away == 0), before * bare, before * cues, before * contents, before * cue_hangs,
    )  # fmt: skip


def top_of(tokens: Tokens, span: Span) -> int:
    """The token of a passage that hangs on none of its others."""
    return next((index for index in range(*span) if not span.start <= tokens.head[index] < span.end), span.start)


def _under(tokens: Tokens, index: int, cue: Span) -> bool:
    for _ in range(_DEEPEST):
        index = tokens.head[index]
        if cue.start <= index < cue.end:
            return True
    return False


def joined(tokens: Tokens, spans: Sequence[Span]) -> list[Span]:
    """Contents in order, those joined that go on from sentence to sentence with nothing between."""
    starts = {first for first, _ in tokens.sentences}
    result: list[Span] = []
    for span in sorted(spans):
        if result and result[-1].end == span.start and span.start in starts:
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return result


def chance(weights: Sequence[float], given: Sequence[float]) -> float:
    """How likely a pair with such facts belongs together."""
    score = sum(weight * fact for weight, fact in zip(weights, given, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def linked(tokens: Tokens, found: Sequence[Tagged], weights: Mapping[str, Sequence[float]]) -> list[Linked]:
    """The passages of a text in groups, one a statement. A cue or source to which no content belongs is left out."""
    whole = joined(tokens, [one.span for one in found if one.role == "content"])
    others = [(one.role, one.span) for one in found if one.role != "content"]
    places = Places([*(("content", span) for span in whole), *others])
    contents_of: dict[Span, list[Span]] = {}
    taken: set[Span] = set()
    likely = rated(tokens, "content", places, weights["content"])
    for shared in (False, True):  # each cue its likeliest content first; a further one may share it
        for _, cue, content in likely:
            if content not in taken and (shared or cue not in contents_of):
                contents_of.setdefault(cue, []).append(content)
                taken.add(content)
    sources: dict[Span, Span] = {}
    for _, cue, source in rated(tokens, "source", places, weights["source"]):
        sources.setdefault(cue, source)
    groups = [Linked(tuple(sorted(parts)), cue, sources.get(cue)) for cue, parts in contents_of.items()]
    groups += [Linked((content,), None, None) for content in places.of["content"] if content not in taken]
    return sorted(groups, key=lambda one: (one.contents[0].start, one.contents[-1].end))


def rated(tokens: Tokens, role: Role, places: Places, weights: Sequence[float]) -> list[tuple[float, Span, Span]]:
    """The pairs of a cue and a passage of a role that may well belong together, likeliest first."""
    pairs = [
        (chance(weights, facts(tokens, cue, other, places)), cue, other)
        for cue in places.of["cue"]
        for other in places.of[role]
        if near(cue, other)
    ]
    return sorted((pair for pair in pairs if pair[0] >= _ENOUGH), key=lambda pair: (-pair[0], pair[1], pair[2]))


def near(cue: Span, other: Span) -> bool:
    """Whether a passage begins or ends near enough to a cue to belong to it."""
    return min(abs(other.start - cue.start), abs(other.end - cue.start)) <= _FARTHEST
