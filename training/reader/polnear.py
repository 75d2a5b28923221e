"""PolNeAR (train) as further examples: attributions in US political news, in a wider sense and with other bounds.

The files are in brat's standoff format; only texts marked once are taken once. Offsets are code points.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from evaluation.score import Told

from selon.language import load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.types import Span
from training.reader.dataset import Example, example

HEAD = 1
_LONGEST = 1500
_LONGEST_CUE = 60
_MARKED_BY = re.compile(r"_[0-9a-f]{4}$")


def polnear_examples(folder: Path, count: int, seed: int) -> list[Example]:
    """Some of the articles, drawn anew for each seed."""
    articles = sorted(_articles(folder))
    random.Random(seed).shuffle(articles)
    articles = articles[:count]
    language = load("en")
    parsed = parse_texts([text for _, text, _ in articles], load_pipeline("en"))
    examples = [
        example(tokens, quotations, language, told, name=name, head=HEAD)
        for (name, _, told), (tokens, quotations) in zip(articles, parsed, strict=True)
    ]
    return [one for one in examples if 0 < len(one.tokens) < _LONGEST]


def _articles(folder: Path) -> Iterator[tuple[str, str, list[Told]]]:
    seen = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = _MARKED_BY.sub("", path.stem)
        text = folder / "text" / f"{name}.txt"
        if name not in seen and text.is_file():
            seen.add(name)
            yield name, text.read_bytes().decode("utf-8"), attributions(path.read_bytes().decode("utf-8"))


def attributions(standoff: str) -> list[Told]:
    """The attributions of one file: events whose arguments are spans.

    >>> attributions("T1\\tCue 4 8\\tsaid\\nT2\\tContent 9 13\\tso\\nE1\\tAttribution:T1 Cue:T1 Content:T2")[0].cue
    Span(start=4, end=8)
    """
    spans: dict[str, list[Span]] = {}
    told = []
    for line in standoff.split("\n"):
        fields = line.split("\t")
        if len(fields) < 2:
            continue
        if fields[0].startswith("T"):
            _, _, places = fields[1].partition(" ")
            spans[fields[0]] = sorted(Span(*map(int, part.split())) for part in places.split(";"))
        elif fields[0].startswith("E"):
            roles: dict[str, list[Span]] = {}
            for argument in fields[1].split():
                role, _, target = argument.partition(":")
                roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(target, []))
            if roles.get("Content"):
                told.append(_told(roles))
    return told


def _told(roles: dict[str, list[Span]]) -> Told:
    cue, source = sorted(roles.get("Cue", [])), sorted(roles.get("Source", []))
    whole = Span(cue[0].start, cue[-1].end) if cue else None
    if whole is not None and whole.end - whole.start > _LONGEST_CUE:
        whole = cue[0]
    return Told(content=tuple(sorted(roles["Content"])), cue=whole, mention=source[0] if source else None)
