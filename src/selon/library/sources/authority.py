"""The authority file: who is who, kept by hand as a spreadsheet (CSV), which holds against rules and decisions.

Columns: id, name, aliases (separated by semicolons), kind, wikidata. What is imported takes the place of all that was
there, whole or not at all; what is exported can be imported again and is the same.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec

from selon.library.database import LibraryError, transaction
from selon.library.sources.decisions import apply
from selon.library.sources.folding import folded
from selon.library.sources.forms import Family, family_of
from selon.outputs.spreadsheet import guarded, lines
from selon.types import SourceKind

COLUMNS = ("id", "name", "aliases", "kind", "wikidata")
_NEEDED = frozenset(("id", "name", "kind"))
_KINDS = tuple(kind for kind in get_args(SourceKind) if kind != "anonymous")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_QUOTED = re.compile(r"'+(?=\W)")
_MARK = "\ufeff"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One source of the authority file."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: SourceKind
    wikidata: str | None


class Imported(NamedTuple):
    """What came of importing: entries that are new, other than before, gone, and all that there are now."""

    new: int
    changed: int
    gone: int
    all: int


def entries(connection: sqlite3.Connection) -> list[Entry]:
    """The entries of the authority file, by their id."""
    names: dict[str, list[str]] = {}
    for entry, written in connection.execute("SELECT entry, written FROM source_entry_name ORDER BY entry, number"):
        names.setdefault(entry, []).append(written)
    found = connection.execute("SELECT id, name, kind, wikidata FROM source_entry ORDER BY id")
    return [
        Entry(id=entry, name=name, aliases=tuple(names[entry][1:]), kind=kind, wikidata=wikidata)
        for entry, name, kind, wikidata in found
    ]


def import_file(connection: sqlite3.Connection, path: Path) -> Imported:
    """Put the entries of a file in the place of those that are there.

    Raises LibraryError with the line where the file is none or contradicts itself; then nothing is changed.
    """
    read = read_entries(path)
    with transaction(connection):
        before = {entry.id: entry for entry in entries(connection)}
        connection.execute("DELETE FROM source_entry_name")
        connection.execute("DELETE FROM source_entry")
        insert(connection, read)
        apply(connection)
        after = {entry.id: entry for entry in entries(connection)}
    common = before.keys() & after.keys()
    return Imported(
        len(after.keys() - before.keys()), sum(before[one] != after[one] for one in common),
        len(before.keys() - after.keys()), len(after),
    )  # fmt: skip


def insert(connection: sqlite3.Connection, new: Iterable[Entry]) -> None:
    """Put further entries in, within a transaction; `apply` has to follow."""
    for entry in new:
        connection.execute(
            "INSERT INTO source_entry VALUES (?, ?, ?, ?)", (entry.id, entry.name, entry.kind, entry.wikidata)
        )
        connection.executemany("INSERT INTO source_entry_name VALUES (?, ?, ?, ?, ?)", _names(entry))


def export_file(connection: sqlite3.Connection) -> bytes:
    """The authority file as CSV: UTF-8 with a byte order mark, guarded against formulas."""
    rows = [
        (entry.id, entry.name, "; ".join(entry.aliases), entry.kind, entry.wikidata or "")
        for entry in entries(connection)
    ]
    return _MARK.encode() + lines([COLUMNS, *(tuple(_guarded(cell) for cell in row) for row in rows)])


def read_entries(path: Path) -> list[Entry]:
    """The entries of a CSV file. Raises LibraryError naming the line of what is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LibraryError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path}: this is no UTF-8: save the spreadsheet as CSV UTF-8") from error
    first = text.split("\n", 1)[0]
    separator = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    checked = _Checked(path)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        checked.head(head)
        for row in reader:
            if any(cell.strip() for cell in row):
                checked.row(reader.line_num, head, row)
    except csv.Error as error:
        raise LibraryError(f"{path}: line {reader.line_num}: {error}") from error
    return checked.entries


class _Checked:
    """Rows taken in one by one; each is held to those before it."""

    def __init__(self, path: Path) -> None:
        self.entries: list[Entry] = []
        self._path = path
        self._ids: dict[str, int] = {}
        self._names: dict[tuple[Family, str], tuple[str, int]] = {}

    def head(self, head: Sequence[str]) -> None:
        unknown = [column for column in head if column not in COLUMNS]
        missing = sorted(_NEEDED - set(head))
        if unknown:
            self._refuse(1, f"there is no column {unknown[0]!r}; there are: {', '.join(COLUMNS)}")
        if missing:
            self._refuse(1, f"the column {missing[0]!r} is missing")
        if len(set(head)) != len(head):
            self._refuse(1, "a column stands there twice")

    def row(self, line: int, head: Sequence[str], row: Sequence[str]) -> None:
        if len(row) > len(head):
            self._refuse(line, f"there are {len(row)} cells for {len(head)} columns")
        cell = dict.fromkeys(COLUMNS, "") | {name: _plain(value) for name, value in zip(head, row, strict=False)}
        entry = self._entry(line, cell)
        if entry.id in self._ids:
            self._refuse(line, f"the id {entry.id!r} stands in line {self._ids[entry.id]} too")
        self._ids[entry.id] = line
        for family, plain, _, name, _ in _names(entry):
            other = self._names.setdefault((family, plain), (entry.id, line))
            if other[0] != entry.id:
                self._refuse(line, f"{name!r} is claimed by {other[0]!r} in line {other[1]} too")
        self.entries.append(entry)

    def _entry(self, line: int, cell: dict[str, str]) -> Entry:
        for column in sorted(_NEEDED):
            if not cell[column]:
                self._refuse(line, f"the {column} is empty")
        if cell["kind"] not in _KINDS:
            self._refuse(line, f"there is no kind {cell['kind']!r}; there are: {', '.join(_KINDS)}")
        if cell["wikidata"] and not _WIKIDATA.fullmatch(cell["wikidata"]):
            self._refuse(line, f"{cell['wikidata']!r} is no Wikidata id, such as Q42")
        if ";" in cell["name"]:
            self._refuse(line, "there is a semicolon in the name")
        seen = {folded(cell["name"])}
        aliases = []
        for alias in (one.strip() for one in cell["aliases"].split(";")):
            if alias and folded(alias) not in seen:
                seen.add(folded(alias))
                aliases.append(alias)
        kind = msgspec.convert(cell["kind"], SourceKind)
        return Entry(id=cell["id"], name=cell["name"], aliases=tuple(aliases), kind=kind,
                     wikidata=cell["wikidata"] or None)  # fmt: skip

    def _refuse(self, line: int, message: str) -> None:
        raise LibraryError(f"{self._path}: line {line}: {message}")


def _names(entry: Entry) -> list[tuple[Family, str, str, str, int]]:
    """The rows of source_entry_name that an entry makes."""
    family = family_of(entry.kind)
    names = (entry.name, *entry.aliases)
    return [(family, folded(name), entry.id, name, number) for number, name in enumerate(names)]


def _guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would calculate, or what would be taken for that guard."""
    return f"'{cell}" if _QUOTED.match(cell) else str(guarded(cell))


def _plain(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return (cell[1:] if _QUOTED.match(cell) else cell).strip()
