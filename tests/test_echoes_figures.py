"""What the echoes reach on the made-up library beside the project, weights held out by event."""

from __future__ import annotations

import pytest
from evaluation.echo_gold import Named, Placed, closure, overlaps
from evaluation.echoes import measured

from selon.library.echoes.facts import FACTS, shipped_weights
from tests.data import needs_data
from tests.echoes import saying

FLOORS = {
    ("marked", "within"): (95.5, 93.0),
    ("marked", "across"): (97.0, 88.0),
    ("read", "within"): (94.5, 86.5),
    ("read", "across"): (96.0, 77.5),
}


@needs_data
@pytest.mark.data
@pytest.mark.parametrize(("kind", "where"), FLOORS)
def test_precision_and_recall_of_the_marked_pairs(kind: str, where: str) -> None:
    figures = getattr(measured(kind), where)
    precision, recall = FLOORS[kind, where]
    assert figures.precision >= precision
    assert figures.recall >= recall
    assert figures.closed_precision >= precision - 10
    assert figures.closed_recall >= recall - 6


@needs_data
@pytest.mark.data
@pytest.mark.parametrize(("kind", "least"), [("marked", 22), ("read", 21)])
def test_misquotations_are_told_as_such(kind: str, least: int) -> None:
    found, told, total = measured(kind).misquoted
    assert total == 26
    assert told >= least
    assert told >= 0.9 * found
    right, claimed = measured(kind).misquoted_claims
    assert right >= 0.8 * claimed


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("kind", ["marked", "read"])
def test_all_wire_copies_are_found_and_no_others(kind: str) -> None:
    assert measured(kind).copies == (17, 17, 17)


def test_the_weights_are_those_of_the_facts() -> None:
    weights = shipped_weights()
    assert set(weights.within) == set(weights.across) == set(FACTS)


def test_a_saying_stands_for_a_passage_that_it_mostly_covers() -> None:
    placed = Placed(saying(1, "x", article=0), ((10, 20), (30, 40)))
    assert overlaps(Named(0, 12, 22), placed)
    assert overlaps(Named(0, 0, 35), placed)
    assert not overlaps(Named(0, 18, 28), placed)
    assert not overlaps(Named(1, 12, 22), placed)
    assert not overlaps(Named(0, 10, 40), Placed(saying(1, "x"), ()))


def test_pairs_are_closed() -> None:
    one, two, three, four, five = (Named(number, 0, 1) for number in range(5))
    roots = closure([(one, two), (two, three), (four, five)])
    assert roots[one] == roots[two] == roots[three] != roots[four]
    assert roots[four] == roots[five]
