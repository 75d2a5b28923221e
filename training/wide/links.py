"""Learns what each fact weighs for passages that may belong together, from PolNeAR's attributions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from evaluation.polnear import Attribution

from selon.models.wide_links import FACTS, Places, facts, joined, near
from selon.models.wide_tagger import Role
from selon.tokens import Tokens
from selon.types import Span
from training.wide.dataset import Loaded

Array = np.ndarray[Any, Any]
Pair = tuple[tuple[float, ...], bool]
_STEPS = 12
_RIDGE = 1.0


def pairs(tokens: Tokens, attributions: Sequence[Attribution]) -> dict[str, list[Pair]]:
    """The facts of all pairs of a cue with a content or source near it, and whether they belong together."""
    marked: list[tuple[Role, Span]] = []
    together: set[tuple[Role, Span, Span]] = set()
    for attribution in attributions:
        spans = {role: [_tokens(tokens, part) for part in parts] for role, parts in attribution.roles()}
        for role in ("source", "cue", "content"):
            marked += [(role, span) for span in spans[role] if span.start < span.end]
        together |= {("source", cue, span) for cue in spans["cue"] for span in spans["source"]}
        together |= {("content", cue, span) for cue in spans["cue"] for span in joined(tokens, spans["content"])}
    contents = joined(tokens, [span for role, span in sorted(set(marked)) if role == "content"])
    others = [(role, span) for role, span in sorted(set(marked)) if role != "content"]
    places = Places([*(("content", span) for span in contents), *others])
    return {
        role: [
            (facts(tokens, cue, other, places), (role, cue, other) in together)
            for cue in places.of["cue"]
            for other in places.of[role]
            if near(cue, other)
        ]
        for role in ("source", "content")
    }


def _tokens(tokens: Tokens, part: Span) -> Span:
    return Span(tokens.at(part.start), tokens.at(part.end - 1) + 1)


def weights(articles: Iterable[Loaded]) -> dict[str, tuple[float, ...]]:
    """What each fact weighs, of contents and of sources."""
    known: dict[str, list[Pair]] = {"source": [], "content": []}
    for article in articles:
        for role, some in pairs(article.tokens, article.attributions).items():
            known[role] += some
    return {role: fitted(some) for role, some in known.items()}


def fitted(examples: Iterable[Pair]) -> tuple[float, ...]:
    """Weights of a logistic regression (Newton's steps, with a ridge)."""
    given = list(examples)
    values, right = np.array([pair[0] for pair in given]), np.array([pair[1] for pair in given], np.float64)
    fit = np.zeros(len(FACTS))
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-values @ fit))
        slope = values.T @ (right - likely) - _RIDGE * fit
        curve = (values * (likely * (1 - likely))[:, None]).T @ values + _RIDGE * np.eye(len(FACTS))
        fit = fit + np.linalg.solve(curve, slope)
    return tuple(round(float(weight), 4) for weight in fit)
