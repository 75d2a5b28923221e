"""PolNeAR (train) as further examples: attributions in US political news, in a wider sense and with other bounds."""

from __future__ import annotations

import random
from pathlib import Path

from evaluation.polnear import Attribution, annotated
from evaluation.score import Told

from selon.language import load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.types import Span
from training.reader.dataset import Example, example

HEAD = 1
_LONGEST = 1500
_LONGEST_CUE = 60


def polnear_examples(folder: Path, count: int, seed: int) -> list[Example]:
    """Some of the articles, drawn anew for each seed."""
    articles = sorted(annotated(folder), key=lambda article: article[0])
    random.Random(seed).shuffle(articles)
    articles = articles[:count]
    language = load("en")
    parsed = parse_texts([text for _, text, _ in articles], load_pipeline("en"))
    examples = [
        example(tokens, quotations, language, _told(attributions), name=name, head=HEAD)
        for (name, _, attributions), (tokens, quotations) in zip(articles, parsed, strict=True)
    ]
    return [one for one in examples if 0 < len(one.tokens) < _LONGEST]


def _told(attributions: list[Attribution]) -> list[Told]:
    """Attributions as marked statements; a cue in parts is one passage, but for parts far from one another."""
    told = []
    for one in attributions:
        if not one.content:
            continue
        whole = Span(one.cue[0].start, one.cue[-1].end) if one.cue else None
        if whole is not None and whole.end - whole.start > _LONGEST_CUE:
            whole = one.cue[0]
        told.append(Told(content=one.content, cue=whole, mention=one.source[0] if one.source else None))
    return told
