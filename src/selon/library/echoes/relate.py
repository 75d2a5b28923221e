"""Whether a statement is an echo of another, and which: same, shortened, reworded, misquoted, given to somebody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from selon.library.echoes.align import Run, align
from selon.library.echoes.differences import Difference, differences
from selon.library.echoes.facts import Compared, Weights, compare, scores
from selon.library.echoes.matching import Prepared
from selon.library.echoes.said import Saying, moment_of
from selon.library.echoes.speakers import agreement

Relation = Literal["same", "indirect", "shortened", "reworded", "translated", "misquoted", "misattributed"]
ACCEPTED = 0.5
_SHARED_NAMES = 2
_ALIKE, _LONG_RUN, _WEIGHTY = 0.9, 2.0, 5.0  # the run as the logarithm that the facts have: eight words
_SAME = 0.93
_WITHIN = 0.9


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    """Two statements of two articles that are one. `earlier` was published first (or has the smaller number).

    `score` is a probability, 0 to 1. `differences` say what makes a misquotation, or why it is given to somebody else.
    """

    earlier: int
    later: int
    relation: Relation
    score: float
    differences: tuple[Difference, ...] = ()


def comparable(one: Prepared, other: Prepared) -> bool:
    """Whether two sayings can be echoes: two articles of one event, or one source; or a long quotation as it stands."""
    if one.saying.article == other.saying.article or not one.heavy or not other.heavy:
        return False
    if len(one.topic & other.topic) >= _SHARED_NAMES:
        return True
    return agreement(one.speaker, other.speaker) == "same" or one.saying.language == other.saying.language


def echoes_between(pairs: Iterable[tuple[Prepared, Prepared]], weights: Weights | None = None) -> list[Echo]:
    """The echoes among candidate pairs. All candidates between the same two articles have to be among them."""
    by_articles: dict[tuple[int, int], list[Compared]] = defaultdict(list)
    for one, other in pairs:
        if comparable(one, other):
            first, second = (one, other) if _order(one.saying) <= _order(other.saying) else (other, one)
            by_articles[first.saying.article, second.saying.article].append(compare(first, second))
    found: list[Echo] = []
    for compared in by_articles.values():
        for pair, score in zip(compared, scores(compared, weights), strict=True):
            if score >= ACCEPTED and _credible(pair):
                found.append(described(pair, score))
    return sorted(found, key=lambda echo: (echo.earlier, echo.later))


def described(pair: Compared, score: float) -> Echo:
    """An accepted pair with its relation and its differences; the earlier saying first."""
    runs = align(pair.one, pair.other, pair.match)
    relation, reasons = related(pair, runs)
    return Echo(
        earlier=pair.one.saying.id, later=pair.other.saying.id, relation=relation, score=round(score, 3),
        differences=tuple(reasons),
    )  # fmt: skip


def related(pair: Compared, runs: Sequence[Run]) -> tuple[Relation, list[Difference]]:
    """The relation of two statements that are echoes, with the differences that show it."""
    one, other = pair.one.saying, pair.other.saying
    reasons = differences(pair, runs)
    if reasons:
        return "misquoted", reasons
    if pair.facts["other_source"]:
        return "misattributed", [Difference("source", ", ".join(one.sources), ", ".join(other.sources))]
    if one.language != other.language:
        return "translated", []
    if pair.facts["covered_of_longer"] >= _SAME and _kept(runs, pair) >= _SAME:
        return "same", []
    if pair.facts["covered_of_shorter"] >= _WITHIN and _kept(runs, pair) >= _WITHIN:
        return "shortened", []
    return ("indirect" if (one.form == "direct") != (other.form == "direct") else "reworded"), []


def _kept(runs: Sequence[Run], pair: Compared) -> float:
    """How much of the shorter content is kept word for word, in order."""
    kept = sum(min(run.end - run.start, run.other_end - run.other_start) for run in runs if run.kind == "kept")
    return kept / max(1, min(len(pair.one.saying.content), len(pair.other.saying.content)))


def _credible(pair: Compared) -> bool:
    """Without an event in common only a known source or a long quotation word for word will do."""
    if len(pair.one.topic & pair.other.topic) >= _SHARED_NAMES or pair.facts["same_source"]:
        return True
    return (
        pair.facts["covered_of_shorter"] >= _ALIKE
        and min(pair.one.weight, pair.other.weight) >= _WEIGHTY
        and pair.facts["longest_run"] >= _LONG_RUN
    )


def _order(saying: Saying) -> tuple[bool, float, int]:
    """By the moment of publication, undated ones last, then by number."""
    moment = moment_of(saying.published)
    return (moment is None, moment.timestamp() if moment else 0.0, saying.id)
