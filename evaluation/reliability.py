"""How often statements are right where the reader gives them a certain confidence.

A statement is right where it was matched to a marked one (half of the words of both shared, as `found`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from evaluation.readings import ReadArticle

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
Given = Sequence[tuple[float, bool]]


def pairs(articles: Iterable[ReadArticle]) -> list[tuple[float, bool]]:
    """The confidence of each statement read in the text, and whether it was right."""
    result = []
    for article in articles:
        right = {read for _, read in article.match.found}
        for place, told in enumerate(article.match.read):
            result.append((article.reading.statements[told.origins[0]].confidence, place in right))
    return result


def ranges(given: Given) -> list[tuple[float, float, list[tuple[float, bool]]]]:
    """What was given by range of confidence: bounds, and the statements between them; empty ranges are left out."""
    parts = [(low, high, [one for one in given if low <= one[0] < high]) for low, high in pairwise(BOUNDS)]
    return [part for part in parts if part[2]]


def brier(given: Given) -> float:
    """Mean square of what confidence is off by, 0 at best: Brier (1950). Always the share of right ones, where there
    is no telling them apart, gives that share times what it lacks to 1."""
    return sum((confidence - right) ** 2 for confidence, right in given) / len(given) if given else 0.0


def calibration_error(given: Given) -> float:
    """By how much the mean confidence of a range is off the share that is right, weighed by the statements in it: the
    expected calibration error of Naeini, Cooper and Hauskrecht (2015)."""
    off = 0.0
    for _, _, chosen in ranges(given):
        off += abs(sum(confidence - right for confidence, right in chosen))
    return off / len(given) if given else 0.0


def table(given: Given) -> str:
    """One line a range of confidence: how many statements, their mean confidence and how many of a hundred were right;
    then how far off it all is.

    >>> print(table([(0.97, True), (0.96, False)]))
    confidence      statements     mean    right
    0.95 to 1.00             2    96.5%    50.0%
    Brier score 0.461, expected calibration error 0.465
    """
    lines = [f"{'confidence':14s} {'statements':>11s} {'mean':>8s} {'right':>8s}"]
    for low, high, chosen in ranges(given):
        mean = 100 * sum(confidence for confidence, _ in chosen) / len(chosen)
        share = 100 * sum(right for _, right in chosen) / len(chosen)
        lines.append(f"{low:.2f} to {min(high, 1.0):.2f} {len(chosen):13d} {mean:7.1f}% {share:7.1f}%")
    off = f"Brier score {brier(given):.3f}, expected calibration error {calibration_error(given):.3f}"
    return "\n".join([*lines, off])
