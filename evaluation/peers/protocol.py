"""How an extractor is asked, whatever environment it lives in: articles in, statements out, one JSON object a line.

A peer's script reads articles on standard input and writes an `Answer` for each, in their order, then `Took`. What
an extractor prints itself goes to standard error. Only its work is timed, reading included, in seconds of processor
time; loading is not: the first articles are gone over once before.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

import msgspec
from spacy.tokens import Doc

from evaluation.score import Told
from selon.pipeline import load_pipeline

# What a library raises when an article is too much for it; anything else ends the peer, and is told.
FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_BATCH = 64
_WARM = 2


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article as an extractor gets it; most have no use for the headline and the date."""

    text: str
    language: str
    title: str | None = None
    published: str | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an extractor finds in one article, or what it raised there, in words."""

    statements: tuple[Told, ...] = ()
    raised: str | None = None


class Took(msgspec.Struct, frozen=True):
    """Seconds of processor time for all articles of a call."""

    seconds: float


Answering = Callable[[Sequence[Asked]], list[Answer]]


def guarded(find: Callable[[], Sequence[Told]]) -> Answer:
    """What is found; an extractor that raises finds nothing, and what it raised is kept."""
    try:
        return Answer(tuple(find()))
    except FAILURES as error:
        return Answer(raised=f"{type(error).__name__}: {error}")


def parsed(articles: Sequence[Asked]) -> Iterator[Doc]:
    """The articles as the shipped pipeline of their language parses them, in batches."""
    for language, group in groupby(articles, key=lambda article: article.language):
        yield from load_pipeline(language).pipe((article.text for article in group), batch_size=_BATCH)


def over_pipeline(find: Callable[[Doc], Sequence[Told]]) -> Answering:
    """An extractor of parsed texts as one of articles."""

    def answer(articles: Sequence[Asked]) -> list[Answer]:
        return [guarded(lambda doc=doc: find(doc)) for doc in parsed(articles)]  # type: ignore[misc]

    return answer


def serve(answer: Answering) -> None:
    """Answer the articles on standard input."""
    articles = [msgspec.json.decode(line, type=Asked) for line in sys.stdin.buffer]
    with contextlib.redirect_stdout(sys.stderr):
        answer(articles[:_WARM])
        began = time.process_time()
        answers = answer(articles)
        took = Took(time.process_time() - began)
    for line in (*answers, took):
        sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()
