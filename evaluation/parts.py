"""Where the seconds of a reading go, part by part, and those of the plain pipeline beside them.

    python -m evaluation.parts --sample 60

One core, processor time, models loaded and warmed before, as in `evaluation.speed`. The paragraphs go through in the
batches of a reading; the yardstick goes over the whole texts, 64 together.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from spacy.tokens import Doc

from evaluation.gold import NoDataError
from evaluation.speed import articles_of, one_core
from evaluation.yardstick import YardstickError, load_yardstick
from selon.articles.inputs import Loaded
from selon.encoder import encoder_of
from selon.language import load
from selon.parse import batches_of, paragraphs_of, parse_texts
from selon.pipeline import load_pipeline
from selon.quick import joined, parse_sentences, sentences_of
from selon.reader import Reader, read_parsed
from selon.steps.attributes import attributes
from selon.steps.quotations import quotations
from selon.steps.sources import resolve
from selon.steps.statements import statements
from selon.tokens import ParsedDoc, tokens_of

_WARM = 4
_SETS = {"news-fr": "fr", "wikinews-en": "en"}
_BATCH = 64


class Parts(dict[str, float]):
    """Part -> seconds of processor time."""

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Add what runs inside to a part."""
        began = time.process_time()
        yield
        self[part] = self.get(part, 0.0) + time.process_time() - began


def of_pipeline(pipeline: Any, texts: Sequence[str]) -> Parts:
    """The parts of the plain pipeline over whole texts."""
    parts = Parts()
    for first in range(0, len(texts), _BATCH):
        with parts.timed("tokens"):
            docs = [pipeline.make_doc(text) for text in texts[first : first + _BATCH]]
        for name, component in pipeline.pipeline:
            with parts.timed(name):
                docs = _through(component, docs)
    return parts


def _through(component: Any, docs: list[Doc]) -> list[Doc]:
    if hasattr(component, "pipe"):
        return list(component.pipe(docs, batch_size=len(docs)))
    return [component(doc) for doc in docs]


def of_parsing(language: str, texts: Iterable[str]) -> Parts:
    """The parts of a reading before its first step after the parse."""
    parts, pipeline = Parts(), load_pipeline(language)
    for text in texts:
        with parts.timed("marks, canonical text"):
            paragraphs = paragraphs_of(text, quotations(text))
        parsed: list[ParsedDoc] = []
        for batch in batches_of([paragraph.text for paragraph in paragraphs]):
            parsed += _batch(pipeline, batch, parts)
        with parts.timed("columns"):
            tokens_of(text, zip(paragraphs, parsed, strict=True))
    return parts


def _batch(pipeline: Any, batch: Sequence[str], parts: Parts) -> list[ParsedDoc]:
    encoder = encoder_of(pipeline)
    if encoder is None:
        raise YardstickError("the pipeline is not of the kind that is shipped")
    with parts.timed("tokens"):
        docs = [pipeline.make_doc(text) for text in batch]
    with parts.timed("tok2vec"):
        encoder.encode(docs)
    for name, component in pipeline.pipeline:
        if name not in ("tok2vec", "parser"):
            with parts.timed(name):
                docs = _through(component, docs)
    with parts.timed("sentences apart, and together again"):
        cut = [sentences_of(doc) for doc in docs]
    with parts.timed("parser"):
        parse_sentences([sentence for sentences in cut for sentence in sentences], pipeline)
    with parts.timed("sentences apart, and together again"):
        return [joined(doc, sentences) for doc, sentences in zip(docs, cut, strict=True)]


def of_steps(code: str, articles: Sequence[Loaded]) -> Parts:
    """The parts after the parse; those named are worked out once more to be timed alone."""
    parts, language, engine = Parts(), load(code), Reader().engine(code)
    texts = [text for item in articles for text in (item.article.text, item.article.title or "")]
    parsed = iter(list(parse_texts(texts, load_pipeline(code))))
    for item in articles:
        text, title = next(parsed), next(parsed)
        with parts.timed("all steps"):
            read_parsed(item, text, title, language, engine)
        with parts.timed("of these: statements"):
            found = [*statements(*text, language), *statements(*title, language, in_title=True)]
        with parts.timed("of these: sources"):
            resolve(text[0], title[0], found, language, item.article.byline)
        with parts.timed("of these: attributes"):
            attributes(text[0], title[0], found, language, item.article.published)
    return parts


def _lines(title: str, parts: Parts) -> list[str]:
    return [title, *(f"    {part:38s}{spent:6.2f}" for part, spent in parts.items())]


def table(sample: int) -> str:
    """The parts of each set, over `sample` articles evenly spread; says what was skipped, and why."""
    one_core()
    lines = []
    for name, code in _SETS.items():
        try:
            articles, pipeline = list(articles_of(name)), load_yardstick(code)
        except (NoDataError, YardstickError) as error:
            lines.append(f"{name}: skipped: {error}")
            continue
        articles = articles[:: max(1, len(articles) // sample)][:sample]
        texts = [item.article.text for item in articles]
        of_pipeline(pipeline, texts[:_WARM])
        lines += _lines(f"{name}, plain pipeline", of_pipeline(pipeline, texts))
        of_parsing(code, texts[:_WARM])
        lines += _lines(f"{name}, reading, to the parse", of_parsing(code, texts))
        of_steps(code, articles[:_WARM])
        lines += _lines(f"{name}, reading, after it", of_steps(code, articles))
    return "\n".join(lines)


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evaluation.parts")
    options.add_argument("--sample", type=int, default=60)
    print(table(options.parse_args().sample))
