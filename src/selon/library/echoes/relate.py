"""Whether a statement is an echo of another, and of which kind: the same, shortened, reworded, misquoted ..."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from selon.library.echoes.align import Run, align
from selon.library.echoes.differences import Difference, differences
from selon.library.echoes.facts import Compared, Weights, compare, scores
from selon.library.echoes.matching import Prepared, prepare
from selon.library.echoes.said import Saying, moment_of
from selon.library.echoes.speakers import agreement

Relation = Literal["same", "indirect", "shortened", "reworded", "translated", "misquoted", "misattributed"]
ACCEPTED = 0.35
_SAME_EVENT = 3
_THIRD, _HALF, _MOST = 0.33, 0.5, 0.7
_SOME, _TELLING = 1.5, 2.5
_ALIKE, _LONG_RUN, _WEIGHTY = 0.85, 2.0, 5.0  # the run as the logarithm that the facts have: eight words
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
    """Whether two sayings can be echoes at all: of one event, or of one source, or of nearly the same words."""
    if one.saying.article == other.saying.article or not one.heavy or not other.heavy:
        return False
    shared = _shared_names(one, other)
    if shared >= _SAME_EVENT and one.day is not None and other.day is not None:
        return True
    agreed = agreement(one.speaker, other.speaker)
    if agreed == "same" or (agreed == "alike" and shared >= _SAME_EVENT):
        return True
    fewer = min(len(one.stems), len(other.stems))
    return one.saying.language == other.saying.language and len(one.stems & other.stems) >= _MOST * fewer


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


def relation_of(one: Saying, other: Saying) -> Echo:
    """How two sayings that are known to be echoes of each other are related; the score is that of their words alone."""
    first, second = sorted((one, other), key=_order)
    pair = compare(prepare(first), prepare(second))
    return described(pair, min(1.0, pair.closeness))


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
    """Whether the circumstances bear an echo out, whatever the words score.

    One source speaking of one event at a known time asks for no more, and one source elsewhere for a good part of
    the words. Another source, or an unclear one, asks for the same event at a known time and for more than a few
    general words. Without all that only a long quotation word for word will do.
    """
    shared = _shared_names(pair.one, pair.other)
    covered, weight = pair.facts["covered_of_shorter"], min(pair.one.weight, pair.other.weight)
    if covered >= _ALIKE and weight >= _WEIGHTY and pair.facts["longest_run"] >= _LONG_RUN:
        return True
    dated = pair.one.day is not None and pair.other.day is not None
    if pair.facts["same_source"] and (shared >= _SAME_EVENT or not pair.facts["alike_source"]):
        event = dated and shared >= _SAME_EVENT
        whole = shared > 0 and pair.facts["covered_of_longer"] >= _ALIKE
        enough = _HALF if shared > 0 or weight >= _WEIGHTY else _ALIKE
        return event or whole or (covered >= enough and weight >= _TELLING)
    least = _TELLING if pair.facts["other_source"] else _SOME
    if not dated or shared < _SAME_EVENT or weight < least:
        return False
    across = pair.one.saying.language != pair.other.saying.language
    return across or covered >= (_HALF if pair.facts["other_source"] else _THIRD)


def _shared_names(one: Prepared, other: Prepared) -> int:
    """How many names two articles share, which tells whether it is one event; a source of both does not count."""
    return len((one.topic & other.topic) - (one.speaker.names & other.speaker.names))


def _order(saying: Saying) -> tuple[bool, float, int]:
    """By the moment of publication, undated ones last, then by number."""
    moment = moment_of(saying.published)
    return (moment is None, moment.timestamp() if moment else 0.0, saying.id)
