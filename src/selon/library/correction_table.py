"""Corrections from a table: a row each, with the columns that `COLUMNS` names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from selon.library.corrections import Correction
from selon.library.database import LibraryError
from selon.library.naming import passage_named, statement_named
from selon.library.store import Library
from selon.types import Passage, Reading

COLUMNS = (
    "article", "action", "statement", "content", "sources", "source_kind", "cue", "mention", "kind", "note",
)  # fmt: skip
_NEEDED = ("article", "action")
_JOINT = "|"


class RowFailure(NamedTuple):
    """A row of a table that cannot be kept, counted from 1 with the head, and why."""

    row: int
    reason: str


def read_corrections(library: Library, data: bytes) -> tuple[list[tuple[int, Correction]], list[RowFailure]]:
    """The corrections of a CSV table in UTF-8, each with its article, and the rows that are none.

    `statement`: its number, words of it, or START-END. `content`: the same for each passage, `|` between them; of a
    missed statement its passages. `sources`: names, `|` between them.
    """
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        names = table.fieldnames or []
        if unknown := [name for name in names if name not in COLUMNS]:
            raise LibraryError(f"there is no column {unknown[0]!r}; there are: {', '.join(COLUMNS)}")
        if missing := [name for name in _NEEDED if name not in names]:
            raise LibraryError(f"the column {missing[0]!r} is missing")
        rows = list(table)
    except (UnicodeDecodeError, csv.Error, LibraryError) as error:
        return [], [RowFailure(1, str(error))]
    corrections: list[tuple[int, Correction]] = []
    failures: list[RowFailure] = []
    for number, row in enumerate(rows, start=2):
        try:
            corrections.append(_correction(library, {name: (row.get(name) or "").strip() for name in COLUMNS}))
        except (LibraryError, msgspec.ValidationError) as error:
            failures.append(RowFailure(number, str(error)))
    return corrections, failures


def _correction(library: Library, cells: dict[str, str]) -> tuple[int, Correction]:
    article = library.find_article(cells["article"])
    current = library.current(article)
    if current is None:
        raise LibraryError(f"{cells['article']}: the article has no version")
    if cells["action"] not in _FIELDS:
        raise LibraryError(f"there is no action {cells['action']!r}; there are: {', '.join(_FIELDS)}")
    reading = library.reading(current.id)
    fields = {"action": cells["action"], "note": cells["note"], **_FIELDS[cells["action"]](reading, cells)}
    return article, msgspec.convert(fields, Correction)


def _none(reading: Reading, cells: dict[str, str]) -> dict[str, object]:
    return {"statement": _built(statement_named(reading, cells["statement"]).content)}


def _source(reading: Reading, cells: dict[str, str]) -> dict[str, object]:
    return {**_none(reading, cells), "sources": _parts(cells["sources"]), **_given(cells, "source_kind")}


def _bounds(reading: Reading, cells: dict[str, str]) -> dict[str, object]:
    return {**_none(reading, cells), "content": _passages(reading, cells["content"])}


def _missed(reading: Reading, cells: dict[str, str]) -> dict[str, object]:
    named = {name: _passages(reading, cells[name])[0] for name in ("cue", "mention") if cells[name]}
    return {
        "statement": _passages(reading, cells["content"]),
        "sources": _parts(cells["sources"]),
        **_given(cells, "source_kind", "kind"),
        **named,
    }


_FIELDS: dict[str, Callable[[Reading, dict[str, str]], dict[str, object]]] = {
    "none": _none,
    "missed": _missed,
    "source": _source,
    "bounds": _bounds,
}


def _passages(reading: Reading, names: str) -> list[object]:
    passages = [passage_named(reading.article, name) for name in _parts(names)]
    if not passages:
        raise LibraryError("no words are given")
    return _built(tuple(sorted(passages, key=lambda one: one.start)))


def _built(passages: tuple[Passage, ...]) -> list[object]:
    return [msgspec.to_builtins(passage) for passage in passages]


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(_JOINT) if part.strip()]


def _given(cells: dict[str, str], *names: str) -> dict[str, object]:
    return {name: cells[name] for name in names if cells[name]}
