"""How statements were said: attributes of the statements that were found, against the marks.

    python -m evaluation.attributes fr-news-dev

Where a statement was joined from several, its first part is taken. Only sets whose marks have attributes can be
measured (`../shared/corpora/ATTRIBUTES.md`). The marks have no dates, so of `when` only the words are measured, and
how many of them were given a date, in articles whose own day is known.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.gold import DEV_SETS
from evaluation.readings import ReadArticle, read_set
from evaluation.resolution import right
from evaluation.score import Tally, same_passage
from selon.types import Passage, Span, Statement

Measured = tuple[float, int]
Pair = tuple[dict[str, Any], Statement, ReadArticle]


def found_pairs(articles: Iterable[ReadArticle]) -> list[Pair]:
    """Mark and reading of each statement that was found, with its article."""
    return [
        (
            article.marked.statements[article.match.gold[i].origins[0]],
            article.reading.statements[article.match.read[j].origins[0]],
            article,
        )
        for article in articles
        for i, j in article.match.found
    ]


def figures(articles: Sequence[ReadArticle]) -> dict[str, Measured]:
    """All figures of a set: percent (accuracy, or F1 where the name says so) and over how many marks.

    Empty for a set without marked attributes.
    """
    pairs = [pair for pair in found_pairs(articles) if "act" in pair[0]]
    if not pairs:
        return {}
    acts = [(gold["act"], read.act) for gold, read, _ in pairs]
    result = {
        "form": _share(gold["form"] == read.form for gold, read, _ in pairs),
        "kind": _share(gold["kind"] == read.kind for gold, read, _ in pairs),
        **_of_sources(pairs),
        "act": _share(one == other for one, other in acts),
        "act, macro F1": (macro_f1(acts), len(acts)),
        "act, macro F1 without say": (macro_f1(acts, leave_out="say"), sum(one != "say" for one, _ in acts)),
        "denied F1": _flags((gold["denied"], read.denied) for gold, read, _ in pairs),
        "hedged F1": _flags((gold["hedged"], read.hedged_by is not None) for gold, read, _ in pairs),
        "inside F1": _flags((gold["inside"], read.inside is not None) for gold, read, _ in pairs),
    }
    for name in ("medium", "addressee", "when"):
        result[f"{name} F1"] = _passages(name, pairs)
    times = [read.when for _, read, article in pairs if read.when is not None and article.reading.article.published]
    result["when given a date"] = _share(time.date is not None for time in times)
    return result


def macro_f1(acts: Sequence[tuple[str, str]], leave_out: str = "") -> float:
    """The mean of the F1 of each act that is marked: (marked, read) pairs in, percent out.

    >>> macro_f1([("say", "say"), ("deny", "say")])
    33.33333333333333
    """
    marked = Counter(one for one, _ in acts)
    read = Counter(other for _, other in acts)
    agreed = Counter(one for one, other in acts if one == other)
    kept = [act for act in marked if act != leave_out]
    return sum(Tally(agreed[act], read[act], marked[act]).f1 for act in kept) / len(kept) if kept else 0.0


def _of_sources(pairs: Iterable[Pair]) -> dict[str, Measured]:
    kinds, named, gender = [], [], []
    for gold, read, article in pairs:
        by_id = {source.id: source for source in article.reading.sources}
        results = right(gold, [by_id[source] for source in read.sources], article.reading.article.language)
        kinds.append(results["kind"])
        named.append(results["named"])
        if gold["source_kind"] == "person":
            gender.append(results["gender"])
    return {"source kind": _share(kinds), "named": _share(named), "gender of persons": _share(gender)}


def _flags(pairs: Iterable[tuple[bool, bool]]) -> Measured:
    """F1 of a property that a statement has or has not: (marked, read)."""
    counts = Counter(pairs)
    both = counts[True, True]
    marked = both + counts[True, False]
    return Tally(both, both + counts[False, True], marked).f1, marked


def _passages(name: str, pairs: Iterable[Pair]) -> Measured:
    """F1 of a passage beside the statement: the same where half of the words are shared."""
    agreed = marked = read = 0
    for gold, statement, article in pairs:
        mark = gold[name]
        passage: Passage | None = getattr(statement, name)
        marked += mark is not None
        read += passage is not None
        if mark is not None and passage is not None:
            one, other = Span(mark["start"], mark["end"]), Span(passage.start, passage.end)
            agreed += same_passage(article.match.words, one, other)
    return Tally(agreed, read, marked).f1, marked


def _share(flags: Iterable[bool]) -> Measured:
    listed = list(flags)
    return (100 * sum(listed) / len(listed) if listed else 0.0), len(listed)


def table(names: Sequence[str]) -> str:
    """One column a set: the figure, and over how many marks; nothing where there are none."""
    columns = [figures(read_set(name)) for name in names]
    lines = ["attributes of statements found" + "".join(f"{name:>20s}" for name in names)]
    for row in next(filter(None, columns), {}):
        cells = (
            f"{column[row][0]:.1f} of {column[row][1]:4d}" if column.get(row, (0, 0))[1] else "" for column in columns
        )
        lines.append(f"{row:30s}" + "".join(f"{cell:>20s}" for cell in cells))
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(sys.argv[1:] or list(DEV_SETS)))
