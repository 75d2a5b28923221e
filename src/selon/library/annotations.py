"""Statements as W3C Web Annotations (Recommendation of 23 February 2017), for tools that show them on the page.

Each statement is an annotation: its target the passages of its content in the article, by position and by quotation
with some words around, its body what is known of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from selon.types import Passage, Reading, Source, Statement

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32


def annotation_page(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The parts of one JSON document, an AnnotationPage with an annotation for each statement, in UTF-8."""
    yield b'{"@context":"' + _CONTEXT.encode() + b'","type":"AnnotationPage","items":['
    before = b"\n"
    for reading in readings:
        for statement in reading.statements:
            yield before + msgspec.json.encode(annotation(reading, statement))
            before = b",\n"
    yield b"\n]}\n"


def annotation(reading: Reading, statement: Statement) -> dict[str, Any]:
    """One statement as an annotation, its id a URN of the article and the statement's place."""
    article, sources = reading.article, {source.id: source for source in reading.sources}
    first, last = statement.content[0], statement.content[-1]
    where = "title" if first.where == "title" else "text"
    return {
        "id": f"urn:selon:{article.id}:{where}:{first.start}-{last.end}:{statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": f"Selon {reading.engine.version}"},
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": article.language,
             "value": _described(statement, [sources[one] for one in statement.sources])},
            *(_identified(sources[one]) for one in statement.sources),
        ],
        "target": [_target(reading, part) for part in statement.content],
    }  # fmt: skip


def _described(statement: Statement, sources: list[Source]) -> str:
    """Who says it and how, in a line: "Anne Roux: a annoncé (direct speech, announce)"."""
    who = ", ".join(source.name for source in sources) or "?"
    cue = f": {statement.cue.text}" if statement.cue else ""
    return f"{who}{cue} ({statement.form} {statement.kind}, {statement.act})"


def _identified(source: Source) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "identifying", "value": source.name, "selon:kind": source.kind}


def _target(reading: Reading, part: Passage) -> dict[str, Any]:
    article = reading.article
    text = (article.title or "") if part.where == "title" else article.text
    return {
        "source": article.url or f"urn:selon:{article.id}",
        "selector": [
            {"type": "TextQuoteSelector", "exact": part.text,
             "prefix": text[max(0, part.start - _AROUND) : part.start], "suffix": text[part.end : part.end + _AROUND]},
            {"type": "TextPositionSelector", "start": part.start, "end": part.end},
        ],
    }  # fmt: skip
