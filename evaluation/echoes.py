"""How well echoes are found: `python -m evaluation.echoes`, and a part of `make bench`.

On the made-up library beside the project: precision and recall of its marked pairs, and of their closure over all
statements (whatever else is joined counts as false), within a language and across; misquotations told as such; wire
copies. Once on the marked statements, once on Selon's own reading of the articles. The learned weights are held out:
for the pairs of each event they are fitted on the others. Then what is found in the real French articles.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

import msgspec
from training.echoes import events, examples, fit

from evaluation.echo_gold import (
    EchoSet,
    Named,
    Placed,
    closure,
    copy_texts,
    echo_set,
    marked_sayings,
    overlaps,
    read_library,
    read_sayings,
)
from evaluation.gold import NoDataError, corpus
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.library.echoes.copies import originals
from selon.library.echoes.facts import Weights
from selon.library.echoes.finder import EchoLibrary
from selon.library.echoes.groups import groups_of
from selon.library.echoes.relate import Relation, relation_of
from selon.reader import Reader

Joined = dict[tuple[int, int], Relation]


class Figures(msgspec.Struct, frozen=True):
    """Precision and recall in percent, of the marked pairs and of their closure."""

    precision: float
    recall: float
    closed_precision: float
    closed_recall: float


class Measured(msgspec.Struct, frozen=True):
    """All that is measured on one set of statements. `misquoted`: found, told as misquotations, and all."""

    within: Figures
    across: Figures
    misquoted: tuple[int, int, int]
    misquoted_claims: tuple[int, int]
    relations: dict[str, tuple[int, int]]
    copies: tuple[int, int, int]
    seconds: float


@cache
def measured(kind: str) -> Measured:
    """The figures of "marked" statements or of "read" ones, weights held out by event. Raises NoDataError."""
    library, placed, weights = _inputs()
    return measure(library, placed[kind], weights)


@cache
def _inputs() -> tuple[EchoSet, dict[str, list[Placed]], dict[str, Weights]]:
    library = echo_set()
    placed = {"marked": marked_sayings(library), "read": read_sayings(read_library(library))}
    rows = [row for one in placed.values() for row in examples(library, one)]
    weights = {event: fit([row for row in rows if row[0] != event]) for event in events(library)}
    return library, placed, weights


def measure(library: EchoSet, placed: Sequence[Placed], weights: Mapping[str, Weights | None]) -> Measured:
    """Run the library once for each event's weights, and count its pairs."""
    joined: Joined = {}
    began = time.process_time()
    for event, own in weights.items():
        run = filled(library, placed, own)
        joined |= {pair: relation for pair, relation in _joined(run).items() if _of_event(library, run, pair, event)}
    seconds = (time.process_time() - began) / len(weights) / len(library.articles)
    named = _named(library, placed)
    return Measured(
        within=_figures(library, placed, joined, named, across=False),
        across=_figures(library, placed, joined, named, across=True),
        misquoted=_misquoted(library, joined, named),
        misquoted_claims=_claims(library, joined, named),
        relations=_by_relation(library, joined, named),
        copies=_copies(library, run),
        seconds=seconds,
    )


def filled(library: EchoSet, placed: Sequence[Placed], weights: Weights | None = None) -> EchoLibrary:
    """A library in memory with all articles added in their order."""
    run = EchoLibrary(weights)
    by_article: dict[int, list[Placed]] = defaultdict(list)
    for one in placed:
        by_article[one.saying.article].append(one)
    for text in copy_texts(library):
        run.add_sayings([one.saying for one in by_article[text.article]], text)
    return run


def _joined(run: EchoLibrary) -> Joined:
    """Pairs of sayings of two articles that stand in one group, with the relation where they are an echo themselves."""
    direct = {(echo.earlier, echo.later): echo.relation for echo in run.echoes}
    pairs: Joined = {}
    for group in groups_of(run.echoes, run.sayings, originals(run.copies)):
        for one, other in combinations([member.saying for member in group.members], 2):
            if run.sayings[one].article != run.sayings[other].article:
                pairs[one, other] = direct.get((one, other)) or direct.get((other, one)) or _related(run, one, other)
    return pairs


def _related(run: EchoLibrary, one: int, other: int) -> Relation:
    return relation_of(run.sayings[one], run.sayings[other]).relation


def _of_event(library: EchoSet, run: EchoLibrary, pair: tuple[int, int], event: str) -> bool:
    return any(library.names[run.sayings[number].article].split("-")[0] == event for number in pair)


def _named(library: EchoSet, placed: Sequence[Placed]) -> dict[Named, set[int]]:
    """For each passage that a pair names, the sayings that overlap with it by at least half of the shorter."""
    by_article: dict[int, list[Placed]] = defaultdict(list)
    for one in placed:
        by_article[one.saying.article].append(one)
    passages = {named for pair in library.pairs for named in (pair.one, pair.other)}
    return {named: {one.saying.id for one in by_article[named.article] if overlaps(named, one)} for named in passages}


def _is_joined(joined: Joined, named: Mapping[Named, set[int]], one: Named, other: Named) -> list[Relation]:
    """The relations by which sayings of two passages are joined; empty where they are not."""
    return [
        joined[pair]
        for left in named[one]
        for right in named[other]
        for pair in ((left, right), (right, left))
        if pair in joined
    ]


def _across(library: EchoSet, one: int, other: int) -> bool:
    return library.articles[one].language != library.articles[other].language


def _figures(
    library: EchoSet, placed: Sequence[Placed], joined: Joined, named: Mapping[Named, set[int]], *, across: bool
) -> Figures:
    pairs = [pair for pair in library.pairs if _across(library, pair.one.article, pair.other.article) == across]
    found = [pair for pair in pairs if _is_joined(joined, named, pair.one, pair.other)]
    right = sum(pair.relation != "not" for pair in found)
    marked = sum(pair.relation != "not" for pair in pairs)
    groups = closure([(pair.one, pair.other) for pair in library.pairs if pair.relation != "not"])
    closed = [
        (one, other)
        for one, other in combinations(sorted(groups, key=_place), 2)
        if groups[one] == groups[other] and one.article != other.article
        and _across(library, one.article, other.article) == across
    ]  # fmt: skip
    reached = sum(bool(_is_joined(joined, named, one, other)) for one, other in closed)
    true = {tuple(sorted((left, right))) for one, other in closed for left in named[one] for right in named[other]}
    article = {one.saying.id: one.saying.article for one in placed}
    own = {tuple(sorted(pair)) for pair in joined if _across(library, article[pair[0]], article[pair[1]]) == across}
    return Figures(
        _percent(right, len(found)), _percent(right, marked), _percent(len(own & true), len(own)),
        _percent(reached, len(closed)),
    )  # fmt: skip


def _place(named: Named) -> tuple[int, int, int]:
    return named.article, named.start, named.end


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _misquoted(library: EchoSet, joined: Joined, named: Mapping[Named, set[int]]) -> tuple[int, int, int]:
    """Of the pairs marked as misquotations: found as echoes, told as misquotations, and all."""
    marked = [pair for pair in library.pairs if pair.relation == "misquoted"]
    relations = [_is_joined(joined, named, pair.one, pair.other) for pair in marked]
    return sum(map(bool, relations)), sum("misquoted" in found for found in relations), len(marked)


def _claims(library: EchoSet, joined: Joined, named: Mapping[Named, set[int]]) -> tuple[int, int]:
    """Of the marked pairs told as misquotations: those marked so, and all."""
    told = [pair for pair in library.pairs if "misquoted" in _is_joined(joined, named, pair.one, pair.other)]
    return sum(pair.relation == "misquoted" for pair in told), len(told)


def _by_relation(library: EchoSet, joined: Joined, named: Mapping[Named, set[int]]) -> dict[str, tuple[int, int]]:
    """For each relation: marked pairs that are joined, and all."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pair in library.pairs:
        counts[pair.relation][0] += bool(_is_joined(joined, named, pair.one, pair.other))
        counts[pair.relation][1] += 1
    return {relation: (found, total) for relation, (found, total) in sorted(counts.items())}


def _copies(library: EchoSet, run: EchoLibrary) -> tuple[int, int, int]:
    """Wire copies found and marked, found in all, and marked in all."""
    found = {frozenset((copy.original, copy.copy)) for copy in run.copies}
    marked = {frozenset(pair) for pair in library.copies}
    return len(found & marked), len(found), len(marked)


def table() -> str:
    """All figures as lines of text. Raises NoDataError."""
    lines = [f"{'':10s} {'':8s} {'precision':>10s} {'recall':>8s}   of the closure"]
    for kind in ("marked", "read"):
        result = measured(kind)
        for name, one in (("within", result.within), ("across", result.across)):
            lines.append(
                f"{kind:10s} {name:8s} {one.precision:10.1f} {one.recall:8.1f}"
                f"   {one.closed_precision:8.1f} {one.closed_recall:8.1f}"
            )
        found, told, total = result.misquoted
        right, claimed = result.misquoted_claims
        copied, copies, all_copies = result.copies
        lines += [
            f"{'':10s} misquoted: {found} of {total} found, {told} told as such, "
            f"as are {claimed - right} that are not so marked",
            f"{'':10s} joined: " + ", ".join(f"{name} {n}/{m}" for name, (n, m) in result.relations.items()),
            f"{'':10s} wire copies: {copied} of {all_copies}, {copies - copied} others; "
            f"{result.seconds * 1000:.1f} ms an article",
        ]
    return "\n".join([*lines, *_real()])


def _real() -> list[str]:
    """What is found in the real French articles."""
    try:
        file = corpus("news-fr") / "articles.jsonl"
    except NoDataError as error:
        return [f"news-fr    skipped: {error}"]
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    articles = [make_article(row["text"], language="fr", title=row["title"], url=row["url"]) for row in rows]
    readings = list(Reader().read_many(Loaded(article.url or "", article) for article in articles))
    run = EchoLibrary()
    began = time.process_time()
    for reading in readings:
        run.add(reading)
    seconds = time.process_time() - began
    groups = groups_of(run.echoes, run.sayings, originals(run.copies))
    relations = Counter(echo.relation for echo in run.echoes)
    return [
        f"news-fr    {len(articles)} articles, {len(run.sayings)} statements: {len(run.echoes)} echoes in "
        f"{len(groups)} groups, {len(run.copies)} copies of whole articles",
        f"{'':10s} " + ", ".join(f"{name} {count}" for name, count in relations.most_common()),
        f"{'':10s} {sum(group.independent > 1 for group in groups)} groups over articles that are no copies; "
        f"{seconds / len(articles) * 1000:.1f} ms an article",
    ]


if __name__ == "__main__":
    print(table())
