"""Tells the language of a text by its small words, so that a further language is only a further list."""

from __future__ import annotations

import re

from selon.language import codes, load

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000


def detect_language(text: str) -> tuple[str, bool]:
    """The language whose function words are most frequent, and whether there were any at all."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    scores = dict.fromkeys(codes(), 0)
    for code in scores:
        known = frozenset(load(code).pages.function_words)
        scores[code] = sum(word in known for word in words)
    best = max(sorted(scores), key=lambda code: scores[code])
    return best, scores[best] > 0
