"""One statement a row, for a spreadsheet: UTF-8 with a byte order mark, CRLF, quoted as RFC 4180 says.

A cell that a spreadsheet could take for a formula (it begins with = + - @, a tab or a line end) gets an
apostrophe before it, as OWASP advises against CSV injection: an article must not be able to run anything where
it is opened. Programs that need the words as they stand take the json or jsonl output.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from selon.outputs.shown import joined
from selon.types import Passage, Reading, Source, Statement

COLUMNS = (
    "article", "title", "url", "published", "outlet", "statement", "form", "kind", "content", "cue",
    "cue_lemma", "mention", "sources", "source_kinds", "act", "addressee", "medium", "when", "date", "inside",
    "hedged_by", "denied", "confidence", "why", "in", "start", "end",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
Cell = str | int | float


def spreadsheet(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The head line, then the rows of each reading as it comes."""
    yield b"\xef\xbb\xbf" + lines([COLUMNS])
    for reading in readings:
        yield lines(rows(reading))


def rows(reading: Reading) -> list[tuple[Cell, ...]]:
    """The cells of each statement of a reading, in the order of COLUMNS, guarded against formulas."""
    return [tuple(map(guarded, row)) for row in plain_rows(reading)]


def plain_rows(reading: Reading) -> list[tuple[Cell, ...]]:
    """The same as they stand, for a file that no spreadsheet calculates."""
    sources = {source.id: source for source in reading.sources}
    return [_row(reading, statement, sources) for statement in reading.statements]


def _row(reading: Reading, statement: Statement, sources: dict[str, Source]) -> tuple[Cell, ...]:
    article, content, cue, when = reading.article, statement.content, statement.cue, statement.when
    who = [sources[source_id] for source_id in statement.sources]
    return (
        article.id, article.title or "", article.url or "", article.published or "", article.outlet or "",
        statement.id, statement.form, statement.kind, joined(content), _text(cue), cue.lemma if cue else "",
        _text(statement.mention), "; ".join(source.name for source in who),
        "; ".join(source.kind for source in who), statement.act, _text(statement.addressee),
        _text(statement.medium), _text(when), (when.date if when else None) or "",
        statement.inside or "", statement.hedged_by or "", "yes" if statement.denied else "no",
        statement.confidence, statement.why, "title" if content[0].where is not msgspec.UNSET else "text",
        content[0].start, content[-1].end,
    )  # fmt: skip


def _text(passage: Passage | None) -> str:
    return passage.text if passage is not None else ""


def guarded(cell: Cell) -> Cell:
    """The cell, with an apostrophe before what a spreadsheet would calculate."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith(_FORMULA) or cell.lstrip(" \u00a0\u202f").startswith(_FORMULA):
        return "'" + cell
    return cell


def lines(rows: Iterable[tuple[Cell, ...]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
