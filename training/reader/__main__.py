"""Train the learned reader and write it where the package looks for it.

python -m training.reader               full: all marked training sets
python -m training.reader --open        without what is non-commercial or without a licence
python -m training.reader --folds 0     the final network only; calibration and threshold stay those of the folds before
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from evaluation.gold import ROOT, marked, shared_folder
from evaluation.score import Tallies, told_of_marks, total

from selon.language import load
from selon.models.decoding import Judged, Thresholds
from selon.models.features import version
from selon.models.session import Config, fingerprint
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from training.reader.card import card
from training.reader.coats import other_coat
from training.reader.dataset import Example, example
from training.reader.export import export
from training.reader.fit import Settings, fit
from training.reader.folds import Article, figures, isotonic, out_of_fold, read, reliability
from training.reader.polnear import polnear_examples

OUTPUT = ROOT / "src" / "selon" / "models" / "reader"
FULL = ("fr-news-train", "fr-press-train", "made-train", "en-news-train")
OPEN = ("fr-press-train", "made-train", "en-news-train")
_THRESHOLDS = tuple(Thresholds(kept, added) for kept in (0.1, 0.2, 0.3, 0.4) for added in (0.5, 0.6, 0.7, 0.8))
_POLNEAR = 320
_NAME = "selon_reader"


def articles(names: Sequence[str], seed: int) -> list[Article]:
    """The marked articles of some sets, in both coats, with what the rules find in them now."""
    draw = random.Random(seed)
    found: list[Article] = []
    for name in names:
        of_set = marked(name)
        for code in sorted({one.article.language for one in of_set}):
            chosen = [one for one in of_set if one.article.language == code]
            texts = [text for one in chosen for text in (one.article.text, other_coat(one.article.text, draw))]
            parsed = parse_texts(texts, load_pipeline(code))
            for one in chosen:
                told = told_of_marks(one.statements)
                plain, coat = (example(*next(parsed), load(code), told, name=name) for _ in range(2))
                found.append(Article(name, plain, coat))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Train by the options given."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description="Train the learned reader.")
    parser.add_argument("--open", action="store_true", help="only data that may be used for anything")
    parser.add_argument("--folds", type=int, default=5, help="parts of the cross-validation, 0 for none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args(arguments)
    shared = shared_folder()
    if shared is None:
        raise SystemExit("no data: set SELON_DATA to the folder that holds corpora/")
    settings = Settings(seed=given.seed)
    train = articles(OPEN if given.open else FULL, given.seed)
    folder = shared / "corpora" / "polnear" / "train"
    extra = polnear_examples(folder, _POLNEAR, given.seed) if settings.polnear and not given.open else []
    thresholds, calibration, table = _calibrated(train, settings, extra, given.folds, given.output)
    write(train, settings, extra, given.output, Outcome(thresholds, calibration, table), is_open=given.open)


class Outcome(msgspec.Struct, frozen=True):
    """What the folds gave: thresholds, calibration, and the lines of the card's table."""

    thresholds: Thresholds
    calibration: tuple[tuple[float, float], ...]
    table: str


def write(
    train: Sequence[Article],
    settings: Settings,
    extra: Sequence[Example],
    output: Path,
    outcome: Outcome,
    *,
    is_open: bool,
) -> None:
    """Fit the members to everything and write graphs, config and card."""
    transitions = []
    for number in range(settings.members):
        seeded = msgspec.structs.replace(settings, seed=settings.seed + number)
        network = fit([one.plain for one in train], seeded, extra, [one.coat for one in train], log=True)
        export(network, output, number + 1)
        transitions.append(tuple(tuple(row) for row in network.heads[0].transitions.tolist()))
    config = Config(
        name=f"{_NAME}_{'open' if is_open else 'full'}",
        version="0.1.0",
        features=version(),
        encoders={code: fingerprint(load_pipeline(code)) for code in sorted({one.plain.language for one in train})},
        parse=settings.parse,
        transitions=tuple(transitions),
        floor=outcome.thresholds.added,
        thresholds=outcome.thresholds,
        calibration=outcome.calibration,
    )
    (output / "config.json").write_bytes(msgspec.json.format(msgspec.json.encode(config)) + b"\n")
    (output / "MODEL_CARD.md").write_text(card(config, settings, train, outcome.table), encoding="utf-8")


def _calibrated(
    train: Sequence[Article], settings: Settings, extra: Sequence[Example], count: int, output: Path
) -> tuple[Thresholds, tuple[tuple[float, float], ...], str]:
    """Thresholds and calibration from the folds, and the figures as lines of a table."""
    if not count:
        before = msgspec.json.decode((output / "config.json").read_bytes(), type=Config)
        return before.thresholds, before.calibration, ""
    return calibrate(train, out_of_fold(train, settings, extra, count))


def calibrate(
    train: Sequence[Article], judged: Mapping[int, list[Judged]]
) -> tuple[Thresholds, tuple[tuple[float, float], ...], str]:
    """The thresholds under which found and strict are best, the calibration there, and the figures of each set."""

    def figured(thresholds: Thresholds, of: str = "") -> Tallies:
        return total(
            figures(train[place].plain, read(train[place].plain, one, thresholds)[0])
            for place, one in judged.items()
            if of in ("", train[place].of)
        )

    def value(thresholds: Thresholds) -> float:
        figured_here = figured(thresholds)
        return figured_here["found"].f1 + figured_here["strict"].f1

    best = max(_THRESHOLDS, key=value)
    lines = []
    for name in sorted({train[place].of for place in judged}):
        rules = total(
            figures(train[place].plain, train[place].plain.found) for place in judged if train[place].of == name
        )
        for label, values in (("rules", rules), ("with the reader", figured(best, name))):
            cells = " | ".join(f"{values[figure].f1:.1f}" for figure in ("content", "found", "strict", "mention"))
            lines.append(f"| {name} | {label} | {cells} |")
    return best, tuple(isotonic(reliability(train, judged, best))), "\n".join(lines)


if __name__ == "__main__":
    main()
