"""What the readings of current versions say, as rows: made from a reading, and made again whenever it changes.

A statement keeps its row's id as long as its passage stays the same, so that what was linked to stays linked.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from selon.library import echo_store, profiles
from selon.library.search import index as search
from selon.library.sources.linking import Linker
from selon.types import Passage, Reading, Statement

_WORD = re.compile(r"[^\W_]+")

Anchor = tuple[str, int, int]
"""Where a statement stands: 'text' or 'title', the start of its first passage and the end of its last one."""


def anchor(statement: Statement) -> Anchor:
    """The place of a statement, by which it is known over all readings of a version."""
    return place(statement.content[0]), statement.content[0].start, statement.content[-1].end


def place(passage: Passage) -> str:
    """'title' or 'text'."""
    return "title" if passage.where == "title" else "text"


def rebuild(connection: sqlite3.Connection, version: int, reading: Reading) -> None:
    """Put the rows of a current version in the place of those that were there."""
    before, following = _ids_by_anchor(connection, version), _next_id(connection)
    linker = Linker(connection)
    names = linker.remove(version)
    _delete(connection, version)
    own = _insert_sources(connection, version, reading)
    for statement in reading.statements:
        kept = before[anchor(statement)]
        row = kept.pop(0) if kept else next(following)
        _insert_statement(connection, version, statement, row)
        connection.executemany("INSERT INTO said VALUES (?, ?)", [(row, own[number]) for number in statement.sources])
    linker.add(version, reading)
    linker.forget_unused(names)
    linker.settle()
    search.index(connection, version, reading)
    profiles.keep(connection, version, reading)
    echo_store.link(connection, version, reading.article)


def forget(connection: sqlite3.Connection, version: int) -> None:
    """Take away the rows of a version: it was removed, or is current no more."""
    linker = Linker(connection)
    names = linker.remove(version)
    _delete(connection, version)
    linker.forget_unused(names)
    linker.settle()


def _delete(connection: sqlite3.Connection, version: int) -> None:
    echo_store.forget(connection, version)
    search.forget(connection, version)
    profiles.forget(connection, version)
    connection.execute("DELETE FROM statement WHERE version = ?", (version,))
    connection.execute("DELETE FROM article_source WHERE version = ?", (version,))


def _ids_by_anchor(connection: sqlite3.Connection, version: int) -> dict[Anchor, list[int]]:
    ids: dict[Anchor, list[int]] = defaultdict(list)
    rows = connection.execute("SELECT id, place, first, last FROM statement WHERE version = ? ORDER BY id", (version,))
    for row, *where in rows:
        ids[where[0], where[1], where[2]].append(row)
    return ids


def _next_id(connection: sqlite3.Connection) -> Iterator[int]:
    """Ids for statements that had none: none that another statement has, or had before its rows are made anew."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM statement").fetchone()
    return count(last + 1)


def _insert_sources(connection: sqlite3.Connection, version: int, reading: Reading) -> dict[str, int]:
    """The sources of the article; gives each its row."""
    rows: dict[str, int] = {}
    for source in reading.sources:
        cursor = connection.execute(
            "INSERT INTO article_source (version, number, name, kind, named, gender, speaks_for) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (version, source.id, source.name, source.kind, source.named, source.gender, source.speaks_for),
        )
        rows[source.id] = int(cursor.lastrowid or 0)
    return rows


def _insert_statement(connection: sqlite3.Connection, version: int, statement: Statement, row: int) -> None:
    where, first, last = anchor(statement)
    words = sum(len(_WORD.findall(part.text)) for part in statement.content)
    connection.execute(
        "INSERT INTO statement (id, version, number, place, first, last, form, kind, act, denied, outermost, words) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (row, version, statement.id, where, first, last, statement.form, statement.kind, statement.act,
         statement.denied, statement.inside is None, words),
    )  # fmt: skip
