"""Learns how likely a statement of the rules is right, from marked articles.

    python -m training.confidence                 # writes src/selon/models/confidence.toml, from open texts alone
    python -m training.confidence --full          # from all sets, also those for non-commercial use
    python -m training.confidence --folds         # instead: learns from four fifths of the articles, looks at the rest

A logistic regression with a penalty on the squares of its weights, by Newton's method: same articles, same weights.
Right is what `evaluation/reliability.py` counts as right: found, half of the words of both shared. Statements of
headlines are not marked and teach nothing. Made-up articles are easier than real ones: in learning they have a weight
of their own, which is then left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from evaluation import reliability
from evaluation.gold import Marked, NoDataError, corpus, marked
from evaluation.score import match, told_of_marks, told_of_reading

from selon.articles.inputs import Loaded
from selon.language import load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.reader import Parsed, Reader, read_parsed
from selon.steps.confidence import Facts, Weights, read_weights
from selon.steps.mended import mended
from selon.steps.statements import with_facts

OPEN = ("made-train", "en-news-train", "fr-press-train")
FULL = (*OPEN, "fr-news-train")
MADE = frozenset(("made-train",))
WEIGHTS = Path(__file__).resolve().parent.parent / "src" / "selon" / "models" / "confidence.toml"
HEAD = """# What each fact of a statement weighs for its being right, in log odds: learned, not written by hand.
# Made by `python -m training.confidence` from {sets}; read by selon/steps/confidence.py.
"""
PENALTY = 5.0
SEEN = 3
ROUNDS = 50
FOLDS = 5


class Example(msgspec.Struct, frozen=True):
    """A statement as read: its facts, whether it was right, the article it is from, whether that is a made-up one."""

    facts: Facts
    right: bool
    article: str
    made: bool


def examples_of(name: str) -> list[Example]:
    """The statements read in the articles of a marked set. Raises NoDataError."""
    examples: list[Example] = []
    by_language: dict[str, list[Marked]] = {}
    for one in marked(name):
        by_language.setdefault(one.article.language, []).append(one)
    for code, articles in sorted(by_language.items()):
        texts = (text for one in articles for text in (one.article.text, one.article.title or ""))
        parsed = parse_texts(texts, load_pipeline(code))
        for one in articles:
            examples += of_article(one, next(parsed), next(parsed), name)
    return examples


def of_article(one: Marked, text: Parsed, title: Parsed, name: str) -> list[Example]:
    """The statements of one article, joined as the score joins them: what follows on does not count again."""
    language = load(one.article.language)
    reading = read_parsed(Loaded("", one.article, ()), text, title, language, Reader().engine(language.code))
    found = with_facts(mended(text[0], language), text[1], language)
    matched = match(one.article.text, told_of_marks(one.statements), told_of_reading(reading))
    right = {read for _, read in matched.found}
    return [
        Example(found[told.origins[0]][1], place in right, f"{name} {one.article.id}", name in MADE)
        for place, told in enumerate(matched.read)
    ]


def learned(examples: Sequence[Example]) -> Weights:
    """The weights that fit the examples best, two digits. Values of facts seen fewer than `SEEN` times have none."""
    seen = Counter(pair for example in examples for pair in zip(Facts._fields, example.facts, strict=True))
    columns = {
        pair: number for number, pair in enumerate(sorted(pair for pair, count in seen.items() if count >= SEEN))
    }
    matrix: Any = np.zeros((len(examples), len(columns) + 2))
    for row, example in enumerate(examples):
        places = [columns[pair] for pair in zip(Facts._fields, example.facts, strict=True) if pair in columns]
        matrix[row, places] = 1.0
        matrix[row, -2:] = example.made, 1.0
    penalties = np.array([*[PENALTY] * len(columns), 0.01, 0.0001])
    fitted = _fitted(matrix, np.array([example.right for example in examples], float), penalties)
    tables: dict[str, Any] = {name: {} for name in Facts._fields}
    for (name, value), column in columns.items():
        tables[name][value] = round(float(fitted[column]), 2)
    return msgspec.convert({"base": round(float(fitted[-1]), 2), **tables}, Weights)


def _fitted(matrix: Any, right: Any, penalties: Any) -> Any:
    """Weights (one a column of `matrix`, which has a row an example) of a penalised logistic regression."""
    weights: Any = np.zeros(len(penalties))
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (chance - right) + penalties * weights
        bend = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalties)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def written(weights: Weights, sets: Iterable[str]) -> str:
    """The weights as TOML; `sets`: what they are learned from."""
    parts = [f"{HEAD.format(sets=', '.join(sets))}\nbase = {weights.base}\n"]
    for name in Facts._fields:
        table: dict[str, float] = getattr(weights, name)
        parts.append(f"[{name}]\n" + "".join(f'"{value}" = {weight}\n' for value, weight in sorted(table.items())))
    return "\n".join(parts)


def in_folds(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Each statement's confidence by weights that its article had no part in, and whether it was right."""
    articles = {name: number for number, name in enumerate(dict.fromkeys(example.article for example in examples))}
    given: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = learned([one for one in examples if articles[one.article] % FOLDS != fold])
        left = [one for one in examples if articles[one.article] % FOLDS == fold and not one.made]
        given += [(weights.confidence(one.facts), one.right) for one in left]
    return given


def measured(examples: Sequence[Example]) -> str:
    """How far confidence holds on real articles that it was not learned from: in folds, and on the set left out."""
    lines = [f"in {FOLDS} folds, real articles", reliability.table(in_folds(examples))]
    known = {example.article.split()[0] for example in examples}
    weights = learned(examples)
    for name in [name for name in FULL if name not in known]:
        others = examples_of(name)
        given = [(weights.confidence(one.facts), one.right) for one in others]
        lines += [f"\n{name}, of which nothing was learned", reliability.table(given)]
    return "\n".join(lines)


def main() -> None:
    """Write the weights, or say how far they hold on articles that they are not learned from."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true", help="measure, write nothing")
    parser.add_argument("--full", action="store_true", help="texts for non-commercial use too")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    sets = FULL if options.full else OPEN
    try:
        for name in FULL if options.folds else sets:
            corpus(name)
    except NoDataError as error:
        parser.error(str(error))
    examples = [example for name in sets for example in examples_of(name)]
    if options.folds:
        print(measured(examples))
        return
    text = written(learned(examples), sets)
    read_weights(text.encode())
    options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
