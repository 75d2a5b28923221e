"""From text to `Tokens`: quotation marks first, then the canonical text of each paragraph through spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language as Pipeline

from selon.canonical import Canonical, canonical
from selon.quick import parse_docs
from selon.steps.quotations import Quotations, quotations
from selon.tokens import Tokens, tokens_of

_PARAGRAPH = re.compile(r"[^\n]+")
_TEXTS = 64  # looked at together
_CHARACTERS = 10_000  # through the pipeline together: what fits the processor's cache is sooner done than more


def parse_text(text: str, pipeline: Pipeline) -> tuple[Tokens, Quotations]:
    """One text, parsed: its tokens and its quotations."""
    return next(parse_texts([text], pipeline))


def parse_texts(texts: Iterable[str], pipeline: Pipeline) -> Iterator[tuple[Tokens, Quotations]]:
    """Many texts, parsed in batches of paragraphs; results come in the order of the texts."""
    for batch in _batches(texts):
        marked = [quotations(text) for text in batch]
        paragraphs = [paragraphs_of(text, found) for text, found in zip(batch, marked, strict=True)]
        batches = batches_of([paragraph.text for of_text in paragraphs for paragraph in of_text])
        docs = (doc for some in batches for doc in parse_docs(some, pipeline))
        for text, found, of_text in zip(batch, marked, paragraphs, strict=True):
            yield tokens_of(text, [(paragraph, next(docs)) for paragraph in of_text]), found


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _TEXTS:
            yield batch
            batch = []
    if batch:
        yield batch


def batches_of(paragraphs: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many paragraphs at a time as go through the pipeline together."""
    first = 0
    while first < len(paragraphs):
        last, size = first + 1, len(paragraphs[first])
        while last < len(paragraphs) and size + len(paragraphs[last]) <= _CHARACTERS:
            size += len(paragraphs[last])
            last += 1
        yield paragraphs[first:last]
        first = last


def paragraphs_of(text: str, found: Quotations) -> list[Canonical]:
    """The canonical paragraphs of a text, empty ones left out."""
    paragraphs: list[Canonical] = []
    number = 0
    marks = found.marks
    for match in _PARAGRAPH.finditer(text):
        first = number
        while number < len(marks) and marks[number].start < match.end():
            number += 1
        if not match.group().isspace():
            paragraphs.append(canonical(text, match.start(), match.end(), marks[first:number]))
    return paragraphs
