"""Train the wide tagger and write it where the package looks for it.

python -m training.wide                 two members on all of PolNeAR's train part, and the card
python -m training.wide --held          instead: three seeds without every tenth article, measured on those
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import msgspec
import numpy as np
from evaluation.gold import ROOT, NoDataError, corpus
from evaluation.score import Tally

from selon.models.session import fingerprint
from selon.models.wide_features import version
from selon.models.wide_tagger import LABELS, ROLES, Config, Role, spans_of, tagged
from selon.pipeline import load_pipeline
from training.wide.card import card
from training.wide.dataset import Example, Loaded, loaded
from training.wide.export import export
from training.wide.fit import Settings, fit, scores_of
from training.wide.links import weights

OUTPUT = ROOT / "src" / "selon" / "models" / "wide"
SEEDS = (1, 2, 3)
HELD = 10
"""Every tenth article is held out where settings are chosen."""
Array = np.ndarray[Any, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train by the options given."""
    parser = argparse.ArgumentParser(prog="python -m training.wide", description="Train the wide tagger.")
    parser.add_argument("--held", action="store_true", help="measure three seeds on articles held out, write nothing")
    parser.add_argument("--seed", type=int, default=1, help="of the first member")
    parser.add_argument("--members", type=int, default=2, help="networks whose scores are averaged")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args(arguments)
    try:
        articles = loaded(corpus("polnear") / "train")
    except NoDataError as error:
        raise SystemExit(str(error)) from error
    if given.held:
        print(held_out([one.example for one in articles]))
    else:
        write(articles, Settings(seed=given.seed), given.members, given.output)


def write(articles: Sequence[Loaded], settings: Settings, members: int, output: Path) -> None:
    """Fit the members to everything and write graphs, config and card."""
    transitions = []
    for number in range(members):
        seeded = msgspec.structs.replace(settings, seed=settings.seed + number)
        network = fit([one.example for one in articles], seeded, log=True)
        export(network, output / f"tagger-{number + 1}.onnx")
        transitions.append(tuple(tuple(row) for row in network.transitions.tolist()))
    config = Config(
        name="selon_wide_full",
        version="0.1.0",
        features=version(),
        encoders={"en": fingerprint(load_pipeline("en"))},
        transitions=tuple(transitions),
        links=weights(articles),
    )
    (output / "config.json").write_bytes(msgspec.json.format(msgspec.json.encode(config)) + b"\n")
    (output / "MODEL_CARD.md").write_text(card(config, settings, len(articles)), encoding="utf-8")


def held_out(examples: Sequence[Example]) -> str:
    """F1 of three seeds and of their average on the articles held out, exact spans over our own tokens."""
    held, rest = examples[3::HELD], [one for place, one in enumerate(examples) if place % HELD != 3]
    lines, figures, all_scores, all_transitions = [], [], [], []
    for seed in SEEDS:
        network = fit(rest, Settings(seed=seed), log=True)
        scores, transitions = [scores_of(network, one) for one in held], network.transitions.detach().numpy()
        figures.append(f1(held, scores, transitions))
        all_scores.append(scores)
        all_transitions.append(transitions)
        lines.append(f"seed {seed}: {_line(figures[-1])}")
    together = [np.mean(of_article, axis=0) for of_article in zip(*all_scores, strict=True)]
    lines.append(f"together: {_line(f1(held, together, np.mean(all_transitions, axis=0)))}")
    for role in ROLES:
        values = [one[role] for one in figures]
        lines.append(f"{role}: mean {mean(values):.1f}, standard deviation {stdev(values):.1f}")
    return "\n".join(lines)


def f1(examples: Sequence[Example], scores: Sequence[Array], transitions: Array) -> dict[Role, float]:
    """F1 of each role, exact spans; what runs over sentences is cut at their beginnings, as it is marked."""
    counts: Counter[tuple[Role, str]] = Counter()
    for example, of_article in zip(examples, scores, strict=True):
        starts = frozenset(example.sentences.tolist())
        given = cut([(one.role, one.span.start, one.span.end) for one in tagged(of_article, transitions)], starts)
        marked = cut(spans_of([LABELS[label] for label in example.labels]), starts)
        for some, name in ((given & marked, "right"), (given, "read"), (marked, "marked")):
            counts.update((role, name) for role, _, _ in some)
    return {role: Tally(*(counts[role, name] for name in ("right", "read", "marked"))).f1 for role in ROLES}


def cut(spans: Sequence[tuple[Role, int, int]], starts: frozenset[int]) -> set[tuple[Role, int, int]]:
    """Passages cut where a sentence begins."""
    pieces: set[tuple[Role, int, int]] = set()
    for role, first, last in spans:
        edges = [first, *(place for place in range(first + 1, last) if place in starts), last]
        pieces |= {(role, one, other) for one, other in pairwise(edges)}
    return pieces


def _line(figures: dict[Role, float]) -> str:
    return ", ".join(f"{role} {value:.1f}" for role, value in figures.items())


if __name__ == "__main__":
    main()
