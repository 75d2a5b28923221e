"""All measurements in one table: `make bench`.

python -m evaluation.bench                          everything, speed on a sample
python -m evaluation.bench accuracy attributes      only these parts
python -m evaluation.bench speed --all              speed on every article
python -m evaluation.bench accuracy --write-floors  raise the floors to what is measured
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from evaluation import attributes, coverage, floors, pages, speed
from evaluation.gold import DEV_SETS, TRAIN_SETS, shared_folder
from evaluation.readings import read_set
from evaluation.score import FIGURES, intervals, tally, total
from evaluation.yardstick import YardstickError

PARTS = ("accuracy", "attributes", "coverage", "pages", "speed")


def accuracy(names: Sequence[str]) -> str:
    """The five figures of each set, F1 with its 95 % interval over articles."""
    lines = [f"{'':26s} {'precision':>10s} {'recall':>8s} {'F1':>8s}   95 % interval"]
    for name in names:
        articles = [tally(article.match) for article in read_set(name)]
        values, bounds = total(articles), intervals(articles)
        for figure in FIGURES:
            one, bound = values[figure], bounds[figure]
            lines.append(
                f"{name:16s} {figure:9s} {one.precision:10.1f} {one.recall:8.1f} {one.f1:8.1f}"
                f"   {bound.low:5.1f} to {bound.high:5.1f}"
            )
        found = values["found"]
        lines.append(f"{'':16s} {found.marked} statements marked, {found.read} read, in {len(articles)} articles\n")
    return "\n".join(lines).rstrip()


def _pages() -> str:
    shared = shared_folder()
    return pages.table(shared / "pages" / "news") if shared else "skipped: no data"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the chosen parts, all by default."""
    options = argparse.ArgumentParser(prog="python -m evaluation.bench", description="All measurements in one table.")
    options.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    options.add_argument("--sets", nargs="+", default=list(DEV_SETS), help="marked sets for accuracy and attributes")
    options.add_argument("--sample", type=int, default=150, help="articles a language for the speed")
    options.add_argument("--all", action="store_true", help="every article for the speed")
    options.add_argument("--verbose", action="store_true", help="the commonest cues that no list has")
    options.add_argument("--write-floors", action="store_true", help="raise the floors to what is measured")
    given = options.parse_args(arguments)
    if unknown := [part for part in given.parts if part not in PARTS]:
        options.error(f"there is no part {unknown[0]!r}; there are: {', '.join(PARTS)}")
    if shared_folder() is None:
        print("skipped: no data beside the project (SELON_DATA names the folder that holds corpora/)")
        return
    parts: dict[str, Callable[[], str]] = {
        "accuracy": lambda: accuracy(given.sets),
        "attributes": lambda: attributes.table(given.sets),
        "coverage": lambda: coverage.table(list(TRAIN_SETS), verbose=given.verbose),
        "pages": _pages,
        "speed": lambda: speed.table(None if given.all else given.sample),
    }
    for part in given.parts or PARTS:
        print(f"== {part}")
        try:
            print(parts[part](), end="\n\n", flush=True)
        except YardstickError as error:
            print(f"not measured: {error}", end="\n\n")
    if given.write_floors:
        print("\n".join(floors.raise_floors()))


if __name__ == "__main__":
    main()
