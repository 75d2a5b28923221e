"""Which table of antecedents ships: the one from open texts, if it is within three points on every dev figure.

    python -m training.choice

Learns both and reads the dev sets with each. The other models are open (the pipelines), or are only loaded where they
are asked for (the learned reader, the wide tagger).
"""

from __future__ import annotations

from collections.abc import Mapping
from unittest.mock import patch

from evaluation.gold import DEV_SETS
from evaluation.readings import read_set
from evaluation.score import FIGURES, Figure, tally, total

from selon.steps import antecedents
from selon.steps.antecedent_weights import Weights
from training.sources import FULL, OPEN, gathered, learned

WITHIN = 3.0
Figures = dict[str, dict[Figure, float]]


def measured(tables: dict[str, dict[str, float]]) -> Figures:
    """F1 of each figure of each dev set with a table."""
    read_set.cache_clear()
    with patch.object(antecedents, "antecedent_weights", return_value=Weights(tables)):
        values = {name: total(tally(article.match) for article in read_set(name)) for name in DEV_SETS}
    read_set.cache_clear()
    return {name: {figure: one[figure].f1 for figure in FIGURES} for name, one in values.items()}


def ships_open(of_open: Mapping[str, Mapping[Figure, float]], of_full: Mapping[str, Mapping[Figure, float]]) -> bool:
    """Whether the open table is near enough on every figure.

    >>> ships_open({"one": {"speaker": 68.8}}, {"one": {"speaker": 71.4}})
    True
    """
    return all(
        of_open[name][figure] >= value - WITHIN
        for name, figures in of_full.items()
        for figure, value in figures.items()
    )


def main() -> None:
    """Print the figures with both tables as Markdown, and which one ships."""
    both = {label: measured(learned(gathered(sets))) for label, sets in (("open", OPEN), ("full", FULL))}
    print(f"| set | table | {' | '.join(FIGURES)} |\n|---|---|{'---|' * len(FIGURES)}")
    for name in DEV_SETS:
        for label, figures in both.items():
            print(f"| {name} | {label} | {' | '.join(f'{figures[name][figure]:.1f}' for figure in FIGURES)} |")
    print(f"the {'open' if ships_open(both['open'], both['full']) else 'full'} table ships")


if __name__ == "__main__":
    main()
