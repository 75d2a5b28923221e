"""Sources over all articles: which sources of single articles are one.

Named sources with the same name and kind are taken for one, whatever their accents and capitals. A source without a
name is nobody outside its article.
"""

from __future__ import annotations

import sqlite3
import unicodedata

from selon.types import Reading


def link(connection: sqlite3.Connection, version: int, reading: Reading) -> None:
    """Give each named source of a version, whose rows are there, the source it is over all articles."""
    for source in reading.sources:
        if source.named:
            connection.execute(
                "UPDATE article_source SET source = ? WHERE version = ? AND number = ?",
                (_source(connection, source.name, source.kind), version, source.id),
            )


def sweep(connection: sqlite3.Connection) -> None:
    """Take away the sources that no article has any more."""
    connection.execute(
        "DELETE FROM source WHERE id NOT IN (SELECT source FROM article_source WHERE source IS NOT NULL)"
    )


def folded(name: str) -> str:
    """A name without accents and capitals."""
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _source(connection: sqlite3.Connection, name: str, kind: str) -> int:
    for row, other in connection.execute("SELECT id, name FROM source WHERE kind = ?", (kind,)):
        if folded(other) == folded(name):
            return int(row)
    return int(connection.execute("INSERT INTO source (name, kind) VALUES (?, ?)", (name, kind)).lastrowid or 0)
