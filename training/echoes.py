"""Learns what each fact of a pair of statements weighs for their being one, within a language and across.

python -m training.echoes            prints what is reached on events held out
python -m training.echoes --write    and writes selon/models/echoes.toml

Logistic regression with a quadratic penalty (Newton's method), over the candidate pairs of the made-up library beside
the project; the closure of its marked pairs is the truth. Nothing is drawn by chance.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from evaluation.echo_gold import (
    EchoSet,
    Named,
    Placed,
    closure,
    echo_set,
    marked_sayings,
    overlaps,
    read_library,
    read_sayings,
)

from selon.library.echoes.facts import FACTS, Compared, Weights, all_facts, compare
from selon.library.echoes.finder import candidate_pairs, keyed
from selon.library.echoes.relate import comparable

TARGET = Path(__file__).resolve().parent.parent / "src" / "selon" / "models" / "echoes.toml"
_PENALTY = 1.0
_ROUNDS = 40
Numbers = npt.NDArray[np.float64]
Example = tuple[str, bool, list[float], bool]


def examples(library: EchoSet, placed: Sequence[Placed]) -> list[Example]:
    """All candidate pairs: event ("" for pairs over two), across languages, facts, and whether the two are one."""
    groups = _groups(library, placed)
    found: list[Example] = []
    for compared in _candidates(placed):
        for pair, facts in zip(compared, all_facts(compared), strict=True):
            one, other = pair.one.saying, pair.other.saying
            first, second = (library.names[saying.article].split("-")[0] for saying in (one, other))
            same = bool(groups[one.id] & groups[other.id])
            values = [facts[name] for name in FACTS]
            found.append((first if first == second else "", one.language != other.language, values, same))
    return found


def _groups(library: EchoSet, placed: Sequence[Placed]) -> dict[int, set[Named]]:
    """For each saying the groups of the marked passages that it overlaps with."""
    roots = closure([(pair.one, pair.other) for pair in library.pairs if pair.relation != "not"])
    return {one.saying.id: {root for named, root in roots.items() if overlaps(named, one)} for one in placed}


def _candidates(placed: Sequence[Placed]) -> list[list[Compared]]:
    """Candidate pairs by keys, those of two articles together."""
    holders: dict[int, list[int]] = defaultdict(list)
    sayings = {one.saying.id: one.saying for one in placed}
    by_article: dict[int, list[int]] = defaultdict(list)
    for number, saying in sayings.items():
        by_article[saying.article].append(number)
    lists: list[list[Compared]] = []
    for numbers in by_article.values():
        keys = keyed([sayings[number] for number in numbers])
        pairs = candidate_pairs(
            [sayings[number] for number in numbers],
            keys,
            lambda wanted: {key: holders[key] for key in wanted if key in holders},
            lambda wanted: [sayings[number] for number in wanted],
        )
        together: dict[int, list[Compared]] = defaultdict(list)
        for new, old in pairs:
            if comparable(new, old):
                together[old.saying.article].append(compare(old, new))
        lists += together.values()
        for number in numbers:
            for key in keys[number]:
                holders[key].append(number)
    return lists


def fit(rows: Sequence[Example]) -> Weights:
    """The weights learned from all the examples given."""
    tables = {}
    for across in (False, True):
        chosen = [row for row in rows if row[1] == across]
        facts = np.array([row[2] for row in chosen])
        learned = logistic(facts, np.array([float(row[3]) for row in chosen]))
        tables[across] = {name: round(float(value), 2) for name, value in zip(FACTS, learned, strict=True)}
    return Weights(within=tables[False], across=tables[True])


def logistic(facts: Numbers, truth: Numbers) -> Numbers:
    """Penalised logistic regression; the first fact is the constant and goes unpenalised."""
    weights = np.zeros(facts.shape[1])
    penalty = np.full(facts.shape[1], _PENALTY)
    penalty[0] = 1e-6
    for _ in range(_ROUNDS):
        probability = 1 / (1 + np.exp(-np.clip(facts @ weights, -30, 30)))
        slope = facts.T @ (probability - truth) + penalty * weights
        bend = (facts * (probability * (1 - probability))[:, None]).T @ facts + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights


def events(library: EchoSet) -> list[str]:
    """The events the library tells of: what comes before the first hyphen of its articles' names."""
    return sorted({name.split("-")[0] for name in library.names})


def write(weights: Weights) -> None:
    """Write the weights where the package has them."""
    lines = ["# What each fact of a pair of statements weighs: learned by python -m training.echoes, not by hand."]
    for title, table in (("within", weights.within), ("across", weights.across)):
        lines += ["", f"[{title}]", *(f"{name} = {value}" for name, value in table.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def training_rows(library: EchoSet) -> list[Example]:
    """Examples of the marked statements and of Selon's own reading, which errs at their boundaries."""
    return [
        *examples(library, marked_sayings(library)),
        *examples(library, read_sayings(read_library(library))),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on everything; print the weights, and write them where asked to."""
    options = argparse.ArgumentParser(prog="python -m training.echoes", description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    given = options.parse_args(arguments)
    library = echo_set()
    rows = training_rows(library)
    weights = fit(rows)
    for name in FACTS:
        print(f"{name:24s} {weights.within[name]:8.2f} {weights.across[name]:8.2f}")
    print(f"{len(rows)} candidate pairs, {sum(row[3] for row in rows)} of them echoes")
    if given.write:
        write(weights)


if __name__ == "__main__":
    main()
