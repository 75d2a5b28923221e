"""How often statements are right where the reader gives them a certain confidence.

A statement is right where it was matched to a marked one (half of the words of both shared, as `found`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from evaluation.readings import ReadArticle

BOUNDS = (0.0, 0.7, 0.8, 0.9, 0.95, 1.01)


def pairs(articles: Iterable[ReadArticle]) -> list[tuple[float, bool]]:
    """The confidence of each statement read in the text, and whether it was right."""
    result = []
    for article in articles:
        right = {read for _, read in article.match.found}
        for place, told in enumerate(article.match.read):
            result.append((article.reading.statements[told.origins[0]].confidence, place in right))
    return result


def table(given: Sequence[tuple[float, bool]]) -> str:
    """One line a range of confidence: how many statements, and how many of a hundred were right.

    >>> print(table([(0.97, True), (0.96, False)]))
    confidence      statements    right
    0.95 to 1.00             2    50.0%
    """
    lines = [f"{'confidence':14s} {'statements':>11s} {'right':>8s}"]
    for low, high in pairwise(BOUNDS):
        chosen = [right for confidence, right in given if low <= confidence < high]
        if chosen:
            share = 100 * sum(chosen) / len(chosen)
            lines.append(f"{low:.2f} to {min(high, 1.0):.2f} {len(chosen):13d} {share:7.1f}%")
    return "\n".join(lines)
