"""The cases of tests/cases: short passages, each with every statement that stands in it.

`python -m evaluation.cases fr` prints the failing ones by group. A case with an `xfail` is a known failure: it has to
fail, so that the mark goes when the failure does.
"""

from __future__ import annotations

from functools import cache

import pytest
from evaluation.cases import Case, differences, load_cases, misquoted, read_all

from selon.language import codes
from selon.types import Reading

LEAST = {"fr": 150, "en": 120}
LEAST_WITH_NOTHING = 30
ALL_CASES = {code: load_cases(code) for code in codes()}


def parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case.where}-{case.group}",
            marks=[pytest.mark.xfail(strict=True, reason=case.xfail)] if case.xfail else [],
        )
        for cases in ALL_CASES.values()
        for case in cases
    ]


@cache
def readings(language: str) -> dict[str, Reading]:
    """All cases of a language, read at once."""
    cases = ALL_CASES[language]
    return {case.where: reading for case, reading in zip(cases, read_all(cases), strict=True)}


@pytest.mark.parametrize("case", parameters())
def test_case(case: Case) -> None:
    found = differences(case, readings(case.language)[case.where])
    if found:
        pytest.fail("\n".join((f"{case.where} {case.note}".strip(), case.text, *found)), pytrace=False)


@pytest.mark.parametrize("language", LEAST)
def test_there_are_cases_enough_also_with_nothing_to_find(language: str) -> None:
    cases = ALL_CASES[language]
    assert len(cases) >= LEAST[language]
    assert sum(not case.statement for case in cases) >= LEAST_WITH_NOTHING


@pytest.mark.parametrize("language", codes())
def test_at_most_one_case_in_ten_is_a_known_failure(language: str) -> None:
    cases = ALL_CASES[language]
    assert 10 * sum(bool(case.xfail) for case in cases) <= len(cases)


@pytest.mark.parametrize("language", codes())
def test_each_case_has_a_group_and_quotes_its_passage(language: str) -> None:
    cases = ALL_CASES[language]
    assert [case.where for case in cases if not case.group.strip() or not case.text.strip()] == []
    assert {case.where: words for case in cases if (words := misquoted(case))} == {}


@pytest.mark.parametrize("language", codes())
def test_no_passage_stands_there_twice(language: str) -> None:
    seen: dict[str, str] = {}
    twice = [
        (case.where, seen[case.text])
        for case in ALL_CASES[language]
        if seen.setdefault(case.text, case.where) != case.where
    ]
    assert twice == []
