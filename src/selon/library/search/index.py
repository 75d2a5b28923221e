"""The index of a library: words of statements and of whole texts, put in and taken out with their version.

SQLite's FTS5 keeps no texts of its own here (contentless tables), so that they are in the file once. What is taken out
must then be given as it was put in: it is worked out again from the version's text, which never changes, and from the
passages that were indexed, which are kept. Where the words of a language changed, all is indexed anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from selon.library.search.words import signature, words_of
from selon.types import Reading

_PORTION = 500
_TRAIT = "§"


class _Row(NamedTuple):
    """A statement as it is indexed: its row, where it stands and its passages there."""

    statement: int
    place: str
    parts: list[tuple[int, int]]
    traits: list[str]


def index(connection: sqlite3.Connection, version: int, reading: Reading) -> None:
    """Put the words of a current version in, whose rows of statements are there, after `forget` for it."""
    rows = dict(connection.execute("SELECT number, id FROM statement WHERE version = ?", (version,)))
    several = [
        (rows[statement.id], msgspec.json.encode([[part.start, part.end] for part in statement.content]).decode())
        for statement in reading.statements
        if len(statement.content) > 1
    ]
    connection.executemany("INSERT OR REPLACE INTO statement_parts VALUES (?, ?)", several)
    connection.execute(
        "INSERT INTO searched SELECT id, day, shown_outlet, section, language FROM version WHERE id = ?", (version,)
    )
    _put(connection, version)


def forget(connection: sqlite3.Connection, version: int) -> None:
    """Take the words of a version out, while its rows of statements are still there; nothing where there are none."""
    _renew_if_changed(connection)
    if not connection.execute("SELECT 1 FROM searched WHERE version = ?", (version,)).fetchone():
        return
    said, text = contents(connection, version)
    connection.executemany("INSERT INTO said_words (said_words, rowid, said) VALUES ('delete', ?, ?)", said)
    connection.execute("INSERT INTO text_words (text_words, rowid, title, text) VALUES ('delete', ?, ?, ?)", text)
    connection.execute(
        "DELETE FROM statement_parts WHERE statement IN (SELECT id FROM statement WHERE version = ?)", (version,)
    )
    connection.execute("DELETE FROM searched WHERE version = ?", (version,))


def renew(connection: sqlite3.Connection) -> None:
    """Index every current version anew, in the transaction that is open."""
    for table in ("said_words", "text_words"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    connection.execute("DELETE FROM searched")
    connection.execute(
        "INSERT INTO searched SELECT id, day, shown_outlet, section, language FROM version "
        "WHERE current AND id IN (SELECT version FROM reading)"
    )
    for (version,) in connection.execute("SELECT version FROM searched ORDER BY version").fetchall():
        _put(connection, version)
    connection.execute("DELETE FROM searched_with")
    connection.execute("INSERT INTO searched_with VALUES (?)", (signature(),))


def tidy(connection: sqlite3.Connection) -> None:
    """Bring the index into its smallest and fastest form: worth it after many articles were added."""
    for table in ("said_words", "text_words"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")


def passages(connection: sqlite3.Connection, statements: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """The passages of those of the statements that have more than one."""
    wanted = list(statements)
    found: dict[int, list[tuple[int, int]]] = {}
    for first in range(0, len(wanted), _PORTION):
        portion = wanted[first : first + _PORTION]
        marks = ", ".join("?" * len(portion))
        query = f"SELECT statement, parts FROM statement_parts WHERE statement IN ({marks})"
        found.update((row, _parts(parts)) for row, parts in connection.execute(query, portion))
    return found


def contents(connection: sqlite3.Connection, version: int) -> tuple[list[tuple[int, str]], tuple[int, str, str]]:
    """What the two tables hold of a version: (statement, keys) for each, and (version, keys, keys)."""
    language, title, text = connection.execute(
        "SELECT language, coalesce(title, ''), text FROM version WHERE id = ?", (version,)
    ).fetchone()
    words = words_of(language)
    said = []
    for row in _statements(connection, version):
        keys = words.keys(" ".join((title if row.place == "title" else text)[a:b] for a, b in row.parts))
        said.append((row.statement, " ".join([keys, *row.traits])))
    return said, (version, words.keys(title), words.keys(text))


def _renew_if_changed(connection: sqlite3.Connection) -> None:
    """All anew where the index was made with other words. A library that is new has no row yet, and nothing to do."""
    row = connection.execute("SELECT signature FROM searched_with").fetchone()
    if row is None or row[0] != signature():
        renew(connection)


def _put(connection: sqlite3.Connection, version: int) -> None:
    said, text = contents(connection, version)
    connection.executemany("INSERT INTO said_words (rowid, said) VALUES (?, ?)", said)
    connection.execute("INSERT INTO text_words (rowid, title, text) VALUES (?, ?, ?)", text)


def _statements(connection: sqlite3.Connection, version: int) -> list[_Row]:
    kinds: dict[int, set[str]] = {}
    rows = connection.execute(
        "SELECT said.statement, a.kind FROM article_source AS a JOIN said ON said.article_source = a.id "
        "WHERE a.version = ?",
        (version,),
    )
    for row, kind in rows:
        kinds.setdefault(row, set()).add(kind)
    rows = connection.execute(
        "SELECT id, place, first, last, parts, form, act, denied FROM statement "
        "LEFT JOIN statement_parts ON statement = id WHERE version = ?",
        (version,),
    )
    return [
        _Row(row, place, _parts(parts) if parts else [(a, b)], traits_of(form, act, denied, kinds.get(row, ())))
        for row, place, a, b, parts, form, act, denied in rows
    ]


def traits_of(form: str | None, act: str | None, denied: bool | None, kinds: Iterable[str]) -> list[str]:
    """By what else a statement is chosen, as words that no search can ask for: no word has such a sign in it."""
    named = [("form", form), ("act", act), *(("kind", kind) for kind in sorted(kinds))]
    found = [f"{_TRAIT}{name}{_TRAIT}{value}" for name, value in named if value is not None]
    return [*found, f"{_TRAIT}denied"] if denied else found


def _parts(encoded: str) -> list[tuple[int, int]]:
    return msgspec.json.decode(encoded, type=list[tuple[int, int]])
