"""All measurements in one table: `make bench`.

python -m evaluation.bench                          everything: some minutes, most of them for the speed
python -m evaluation.bench accuracy attributes      only these parts
python -m evaluation.bench speed --sample 100       speed on some of the articles
python -m evaluation.bench library --copies 100000  a large library too, made of copies: some minutes more
python -m evaluation.bench accuracy --write-floors  raise the floors to what is measured
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from evaluation import attributes, coats, coverage, echoes, floors, library, pages, reliability, speed, wide
from evaluation.gold import DEV_SETS, TRAIN_SETS, NoDataError, corpus
from evaluation.readings import read_set
from evaluation.score import FIGURES, intervals, tally, total

PARTS = ("accuracy", "learned", "wide", "coats", "attributes", "coverage", "pages", "echoes", "speed", "library")


def accuracy(names: Sequence[str], *, learned: bool = False) -> str:
    """The five figures of each set, F1 with its 95 % interval over articles; then how far confidence holds."""
    lines = [f"{'':26s} {'precision':>10s} {'recall':>8s} {'F1':>8s}   95 % interval"]
    for name in names:
        articles = [tally(article.match) for article in read_set(name, learned=learned)]
        values, bounds = total(articles), intervals(articles)
        for figure in FIGURES:
            one, bound = values[figure], bounds[figure]
            lines.append(
                f"{name:16s} {figure:9s} {one.precision:10.1f} {one.recall:8.1f} {one.f1:8.1f}"
                f"   {bound.low:5.1f} to {bound.high:5.1f}"
            )
        found = values["found"]
        lines.append(f"{'':16s} {found.marked} statements marked, {found.read} read, in {len(articles)} articles\n")
    read = [article for name in names for article in read_set(name, learned=learned)]
    return "\n".join([*lines, reliability.table(reliability.pairs(read))])


def of_sets(names: Sequence[str], table: Callable[[list[str]], str]) -> str:
    """The table of the sets that are there, and a line for each that is not."""
    there, skipped = [], []
    for name in names:
        try:
            corpus(name)
        except NoDataError as error:
            skipped.append(f"{name:16s} skipped: {error}")
        else:
            there.append(name)
    return "\n".join([*([table(there)] if there else []), *skipped])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the chosen parts, all by default."""
    options = argparse.ArgumentParser(prog="python -m evaluation.bench", description="All measurements in one table.")
    options.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    options.add_argument("--sets", nargs="+", default=list(DEV_SETS), help="marked sets for accuracy and attributes")
    options.add_argument("--sample", type=int, help="so many articles a language for the speed, not all")
    options.add_argument("--copies", type=int, help="a library of so many articles too, made of copies")
    options.add_argument("--verbose", action="store_true", help="the commonest cues that no list has")
    options.add_argument("--write-floors", action="store_true", help="raise the floors to what is measured")
    given = options.parse_args(arguments)
    if unknown := [part for part in given.parts if part not in PARTS]:
        options.error(f"there is no part {unknown[0]!r}; there are: {', '.join(PARTS)}")
    parts: dict[str, Callable[[], str]] = {
        "accuracy": lambda: of_sets(given.sets, accuracy),
        "learned": lambda: of_sets(given.sets, lambda names: accuracy(names, learned=True)),
        "wide": wide.table,
        "coats": lambda: of_sets(given.sets, coats.table),
        "attributes": lambda: of_sets(given.sets, attributes.table),
        "coverage": lambda: of_sets(list(TRAIN_SETS), lambda names: coverage.table(names, verbose=given.verbose)),
        "pages": pages.table,
        "echoes": echoes.table,
        "speed": lambda: speed.table(given.sample),
        "library": lambda: library.table(given.copies, verbose=given.verbose),
        "floors": lambda: "\n".join(floors.raise_floors()),
    }
    for part in [*(given.parts or PARTS), *(["floors"] if given.write_floors else [])]:
        print(f"== {part}")
        try:
            print(parts[part](), end="\n\n", flush=True)
        except NoDataError as error:
            print(f"skipped: {error}", end="\n\n")


if __name__ == "__main__":
    main()
