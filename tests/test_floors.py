"""No figure of a dev set falls below its floor in evaluation/floors.json, and floors only rise.

`python -m evaluation.bench accuracy --write-floors` raises them to what is measured less one standard error.
"""

from __future__ import annotations

import pytest
from evaluation.floors import kept_floors, measured, raised
from evaluation.gold import DEV_SETS
from evaluation.score import FIGURES

from tests.data import needs_data


@pytest.mark.parametrize("name", DEV_SETS)
def test_every_figure_of_every_dev_set_has_its_floor(name: str) -> None:
    floors = kept_floors()
    assert floors, "there is no evaluation/floors.json: python -m evaluation.bench accuracy --write-floors writes it"
    assert set(floors.get(name, {})) == set(FIGURES)
    assert all(0 < floor < 100 for floor in floors[name].values())


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("name", DEV_SETS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    figures = measured(name)
    below = [
        f"{figure}: {figures[figure][0]:.1f} is below {floor}"
        for figure, floor in kept_floors().get(name, {}).items()
        if figures[figure][0] < floor
    ]
    assert below == []


def test_a_floor_is_the_figure_less_one_standard_error_and_never_lowered() -> None:
    kept = {"one": {"found": 70.0, "strict": 65.0}, "other": {"found": 50.0}}
    now = raised(kept, "one", {"found": (80.08, 4.0), "strict": (66.0, 3.0), "mention": (60.0, 0.0)})
    assert now == {"one": {"found": 76.0, "strict": 65.0, "mention": 60.0}, "other": {"found": 50.0}}
    assert kept["one"] == {"found": 70.0, "strict": 65.0}
