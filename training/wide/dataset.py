"""PolNeAR as the wide tagger sees it: features and one label a token."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from evaluation.polnear import Attribution, annotated

from selon.language import load
from selon.models.features import TokenFeatures
from selon.models.wide_features import wide_features
from selon.models.wide_tagger import LABELS
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.steps.cues import find_cues
from selon.steps.mended import mended
from selon.steps.statements import statements
from selon.tokens import Tokens

Array = np.ndarray[Any, Any]
_LONGEST = 400


class Example(msgspec.Struct):
    """One article: `labels` has a place in LABELS for each token; `sentences` the first token of each sentence."""

    name: str
    features: TokenFeatures
    labels: Array
    sentences: Array


class Loaded(msgspec.Struct):
    """An article with what the links are learned from besides."""

    example: Example
    tokens: Tokens
    attributions: list[Attribution]


def loaded(folder: Path) -> list[Loaded]:
    """The articles of PolNeAR's train or dev, each as one annotator marked it, in order of their names."""
    return list(_loaded(folder))


def _loaded(folder: Path) -> Iterator[Loaded]:
    articles = annotated(folder)
    language = load("en")
    parsed = parse_texts((text for _, text, _ in articles), load_pipeline("en"))
    for (name, _, attributions), (raw, quotations) in zip(articles, parsed, strict=True):
        tokens = mended(raw, language)
        if not len(tokens):
            continue
        hits = find_cues(tokens, language)
        known = wide_features(tokens, quotations, hits, statements(tokens, quotations, language), language)
        compact = TokenFeatures(
            known.ids.astype(np.int16), known.flags.astype(np.uint8), known.vectors.astype(np.float16)
        )
        starts = np.array([first for first, _ in tokens.sentences], np.int64)
        slim = msgspec.structs.replace(tokens, vectors=[])
        yield Loaded(Example(name, compact, labels_of(tokens, attributions), starts), slim, attributions)


def labels_of(tokens: Tokens, attributions: Sequence[Attribution]) -> Array:
    """For each token its label: the first token of a part begins, the others are inside."""
    labels = np.zeros(len(tokens), np.int64)
    for attribution in attributions:
        for role, parts in attribution.roles():
            for part in parts:
                first, last = tokens.at(part.start), tokens.at(part.end - 1) + 1
                labels[first:last] = LABELS.index(f"I-{role}")
                labels[first : first + 1] = LABELS.index(f"B-{role}")
    return labels


def pieces(example: Example, draw: random.Random, size: int) -> list[tuple[int, int]]:
    """An article cut at beginnings of sentences into ranges of about `size` tokens, elsewhere each time."""
    cuts, wanted = [0], draw.randrange(size // 4, size + 1)
    ends = [*example.sentences[1:].tolist(), len(example.labels)]
    for place, end in enumerate(ends):
        following = ends[place + 1] if place + 1 < len(ends) else end
        if following - cuts[-1] > wanted and end - cuts[-1] > 0:
            cuts.append(end)
            wanted = size
    if cuts[-1] != len(example.labels):
        cuts.append(len(example.labels))
    return [(first, min(last, first + _LONGEST)) for first, last in pairwise(cuts) if last > first]
