"""Floors of accuracy: the measured figure less one standard error. They only rise.

A floor is lowered by hand alone, with a line in CHANGELOG.md that says why.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from evaluation.gold import DEV_SETS
from evaluation.readings import read_set
from evaluation.score import intervals, tally

PATH = Path(__file__).resolve().parent / "floors.json"
Floors = dict[str, dict[str, float]]


def kept_floors() -> Floors:
    """The floors as kept: set -> figure -> F1 in percent; empty where none were ever written."""
    if not PATH.is_file():
        return {}
    floors: Floors = json.loads(PATH.read_text(encoding="utf-8"))
    return floors


def measured(name: str) -> dict[str, tuple[float, float]]:
    """F1 of each figure of a dev set, in percent, and its standard error over articles."""
    bounds = intervals([tally(article.match) for article in read_set(name)])
    return {figure: (bound.value, bound.error) for figure, bound in bounds.items()}


def raised(kept: Floors, name: str, figures: dict[str, tuple[float, float]]) -> Floors:
    """The floors with those of one set raised to its figures less one standard error; none is lowered."""
    old = kept.get(name, {})
    new = {
        figure: max(old.get(figure, 0.0), math.floor(10 * (value - error)) / 10)
        for figure, (value, error) in figures.items()
    }
    return {**kept, name: {**old, **new}}


def raise_floors() -> list[str]:
    """Measure the dev sets, raise the floors and write them; a line for each that rose. Raises NoDataError."""
    floors = before = kept_floors()
    for name in DEV_SETS:
        floors = raised(floors, name, measured(name))
    PATH.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    return [
        f"floor raised: {name} {figure} {before.get(name, {}).get(figure, 0.0)} -> {value}"
        for name, figures in floors.items()
        for figure, value in figures.items()
        if value != before.get(name, {}).get(figure)
    ] or ["no floor rose"]
