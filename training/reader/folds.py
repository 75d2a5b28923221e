"""Cross-validation over articles: what of each article is read by a network that has not seen it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from evaluation.score import Tallies, Told, match, tally

from selon.language import load
from selon.models.decoding import Candidate, Judged, Thresholds, chosen
from selon.models.learned import candidates_of, ordered
from selon.types import Found
from training.reader.dataset import Example
from training.reader.fit import Settings, fit, judge


class Article(msgspec.Struct, frozen=True):
    """A marked article: the set it is of, as it is and in its other coat."""

    of: str
    plain: Example
    coat: Example


def folds(articles: Sequence[Article], count: int, seed: int) -> list[list[int]]:
    """Places of articles in `count` parts, each set spread evenly."""
    by_set: dict[str, list[int]] = defaultdict(list)
    for place, article in enumerate(articles):
        by_set[article.of].append(place)
    parts: list[list[int]] = [[] for _ in range(count)]
    draw = random.Random(seed)
    for places in by_set.values():
        draw.shuffle(places)
        for number, place in enumerate(places):
            parts[number % count].append(place)
    return parts


def out_of_fold(
    articles: Sequence[Article], settings: Settings, extra: Sequence[Example], count: int
) -> dict[int, list[Judged]]:
    """What networks that have not seen an article say of its anchors."""
    judged: dict[int, list[Judged]] = {}
    for part in folds(articles, count, settings.seed + 6):
        held = set(part)
        rest = [article for place, article in enumerate(articles) if place not in held]
        network = fit([one.plain for one in rest], settings, extra, [one.coat for one in rest])
        judged.update(zip(part, judge(network, [articles[place].plain for place in part], settings), strict=True))
        print(f"{len(judged)} of {len(articles)} articles read out of fold", flush=True)
    return judged


def read(example: Example, judged: Sequence[Judged], thresholds: Thresholds) -> tuple[list[Found], list[Candidate]]:
    """The statements of one article at some thresholds, and all candidates."""
    candidates = candidates_of(example.tokens, example.quotations, example.found, judged, load(example.language))
    untouched = set(range(len(example.found))) - {one.anchor.rule for one in judged}
    given = chosen(candidates, thresholds, example.tokens)
    return ordered([*given, *(example.found[number] for number in untouched)]), candidates


def told_of_found(found: Iterable[Found]) -> list[Told]:
    """Statements as they are scored, without speakers: sources are resolved elsewhere."""
    return [
        Told(one.content, one.cue, one.mention, form=one.form, inside=one.inside is not None, origins=(number,))
        for number, one in enumerate(found)
    ]


def figures(example: Example, found: Sequence[Found]) -> Tallies:
    """The figures of one article; the speaker's is not meant here."""
    return tally(match(example.tokens.text, example.told, told_of_found(found)))


def reliability(
    articles: Sequence[Article], judged: Mapping[int, list[Judged]], thresholds: Thresholds
) -> list[tuple[float, bool]]:
    """For each statement given out of fold the network's chance and whether it is found among the marked ones."""
    pairs: list[tuple[float, bool]] = []
    for place, one in judged.items():
        example = articles[place].plain
        found, candidates = read(example, one, thresholds)
        chance = {candidate.statement.content: candidate.chance for candidate in candidates}
        matched = match(example.tokens.text, example.told, told_of_found(found))
        right = {origin for _, number in matched.found for origin in matched.read[number].origins}
        pairs += [
            (chance[statement.content], number in right)
            for number, statement in enumerate(found)
            if statement.content in chance
        ]
    return pairs


def isotonic(pairs: Iterable[tuple[float, bool]], smallest: int = 30) -> list[tuple[float, float]]:
    """Rising shares of right ones over the chance, as points (pool adjacent violators, Ayer et al. 1955).

    >>> isotonic([(0.2, False), (0.4, True), (0.6, False), (0.9, True)], smallest=1)
    [(0.2, 0.0), (0.5, 0.5), (0.9, 1.0)]
    """
    blocks: list[list[float]] = []  # sum of chances, right ones, size
    for chance, right in sorted(pairs):
        blocks.append([chance, float(right), 1.0])
        while len(blocks) > 1 and (
            blocks[-2][1] * blocks[-1][2] > blocks[-1][1] * blocks[-2][2] or blocks[-2][2] < smallest
        ):
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    return [(round(total / size, 4), round(right / size, 4)) for total, right, size in blocks]
