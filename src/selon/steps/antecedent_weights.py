"""The learned table by which antecedents are chosen: for each sort of question what each fact weighs.

`selon/models/antecedents.toml` is written by `python -m training.sources` and read once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec


class Weights(msgspec.Struct, frozen=True):
    """Tables by sort of question ("he", "they" ...): fact to weight. Facts without a weight count nothing."""

    tables: dict[str, dict[str, float]]

    def of(self, sort: str, facts: Iterable[str]) -> float:
        """What the facts weigh together."""
        table = self.tables.get(sort, {})
        return sum([table.get(fact, 0.0) for fact in facts])


@cache
def antecedent_weights() -> Weights:
    """The shipped table."""
    path = resources.files("selon") / "models" / "antecedents.toml"
    return Weights(msgspec.toml.decode(path.read_bytes(), type=dict[str, dict[str, float]]))
