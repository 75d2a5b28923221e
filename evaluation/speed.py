"""Words a second of the whole reading, and of the fixed spaCy pipeline alone over the same text.

    python -m evaluation.speed --sample 100      without a sample: every article

One core, one thread, measured in seconds of processor time (of all threads, so that a second one would not go
unseen), which leaves out what else the machine does. Both go over the same articles in the same run, by turns, a
portion at a time; models are loaded and warmed before. The reading covers text and headline with attributes, sources
and profile; the pipeline (`evaluation.yardstick`) runs over the texts alone, in batches of 64. Articles come from
`news-fr` and `wikinews-en` beside the project.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from spacy.language import Language as Pipeline

from evaluation.gold import NoDataError, corpus
from evaluation.yardstick import YardstickError, load_yardstick
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.reader import Reader

_WORD = re.compile(r"\w+")
_BATCH = 64
_SETS = {"news-fr": "fr", "wikinews-en": "en"}


class Speed(msgspec.Struct, frozen=True):
    """Articles and words gone over, and the seconds of processor time that the reading and the pipeline took."""

    articles: int
    words: int
    reading: float
    pipeline: float

    @property
    def ratio(self) -> float:
        """What a reading costs where the pipeline alone costs one."""
        return self.reading / self.pipeline


def articles_of(name: str) -> Iterator[Loaded]:
    """The articles of a set without marks."""
    for path in sorted(corpus(name).iterdir()):
        for row in _rows(path):
            article = make_article(
                row["text"], language=_SETS[name], title=row["title"] or None, url=row["url"], published=row.get("date")
            )
            yield Loaded(row["url"], article)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            yield from map(json.loads, file)
        elif path.suffix == ".csv":
            yield from csv.DictReader(file)


def measure(articles: Sequence[Loaded], reader: Reader, pipeline: Pipeline) -> Speed:
    """Go over the articles by turns, in portions of one batch."""
    seconds = {"reading": 0.0, "pipeline": 0.0}
    portions = [articles[first : first + _BATCH] for first in range(0, len(articles), _BATCH)]
    _read(reader, portions[0][:4])
    _pipe(pipeline, portions[0][:4])
    for number, portion in enumerate(portions):
        turns = (("reading", "pipeline"), ("pipeline", "reading"))[number % 2]
        for turn in turns:
            began = time.process_time()
            if turn == "reading":
                _read(reader, portion)
            else:
                _pipe(pipeline, portion)
            seconds[turn] += time.process_time() - began
    words = sum(len(_WORD.findall(item.article.text)) for item in articles)
    return Speed(len(articles), words, seconds["reading"], seconds["pipeline"])


def _read(reader: Reader, portion: Sequence[Loaded]) -> None:
    for _ in reader.read_many(portion):
        pass


def _pipe(pipeline: Pipeline, portion: Sequence[Loaded]) -> None:
    for _ in pipeline.pipe((item.article.text for item in portion), batch_size=_BATCH):
        pass


def one_core() -> None:
    """Hold this process to one core, where the system lets it: the work may use no other."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def table(sample: int | None) -> str:
    """One line a set, over all its articles or `sample` of them, evenly spread; says what was skipped, and why."""
    one_core()
    lines = [f"{'':14s} {'articles':>9s} {'words':>9s} {'reading':>10s} {'pipeline':>10s}   words a second    ratio"]
    for name, language in _SETS.items():
        try:
            articles, pipeline = list(articles_of(name)), load_yardstick(language)
        except (NoDataError, YardstickError) as error:
            lines.append(f"{name:14s} skipped: {error}")
            continue
        if sample is not None:
            articles = articles[:: max(1, len(articles) // sample)][:sample]
        speed = measure(articles, Reader(), pipeline)
        lines.append(
            f"{name:14s} {speed.articles:9d} {speed.words:9d} {speed.words / speed.reading:10.0f} "
            f"{speed.words / speed.pipeline:10.0f} {'':18s} {speed.ratio:7.2f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evaluation.speed")
    options.add_argument("--sample", type=int)
    print(table(options.parse_args().sample))
