"""A large library made of a small one, by copying its articles: for measuring, not for reading.

    python -m evaluation.library_copies small.sqlite large.sqlite --articles 100000

Every copy has ids, an address, a day and an outlet of its own, and the words of its original; all rows that follow
from a reading and the search index are copied with it, by SQL, so that 100,000 articles take minutes and not an hour.
Sources over all articles stay those of the originals.
"""

from __future__ import annotations

import argparse
import sqlite3
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from selon.articles.article import make_article
from selon.library import Library
from selon.library.database import transaction
from selon.library.search import index

_DAYS = 3000
_OUTLETS = 40
# What of a row is another one in a copy; :name is how far the ids of that table are moved for it.
_MOVED = {
    "article": {"id": "id + :article", "key": "moved_address(key, :copy)"},
    "version": {
        "id": "id + :version", "article": "article + :article", "url": "moved_address(url, :copy)",
        "hash": "coalesce(hash_of(language, moved_address(url, :copy), title, text), hash || '-' || :copy)",
        "outlet": "moved_outlet(shown_outlet, id, :copy)", "shown_outlet": "moved_outlet(shown_outlet, id, :copy)",
        "published": "moved_day(id, :copy)", "day": "moved_day(id, :copy)",
    },
    "reading": {"version": "version + :version"},
    "article_source": {"id": "id + :article_source", "version": "version + :version"},
    "statement": {"id": "id + :statement", "version": "version + :version"},
    "said": {
        "statement": "statement + :statement", "article_source": "article_source + :article_source",
    },
    "statement_parts": {"statement": "statement + :statement"},
    "source_link": {"article_source": "article_source + :article_source"},
    "profile": {
        "version": "version + :version", "day": "moved_day(version, :copy)",
        "outlet": "moved_outlet(outlet, version, :copy)",
    },
    "quoted": {"article_source": "article_source + :article_source", "version": "version + :version"},
    "echo_text": {"version": "version + :version"},
    "echo_key": {"statement": "statement + :statement", "key": "key + :copy"},
    "copy_key": {"version": "version + :version", "key": "key + :copy"},
    "wire_copy": {"original": "original + :version", "copy": "copy + :version"},
    "echo": {"earlier": "earlier + :statement", "later": "later + :statement"},
    "echo_group": {"lead": "lead + :statement"},
    "echo_member": {"statement": "statement + :statement", "lead": "lead + :statement"},
    "searched": {
        "version": "version + :version", "day": "moved_day(version, :copy)",
        "outlet": "moved_outlet(outlet, version, :copy)",
    },
}  # fmt: skip


def grow(path: Path, articles: int) -> None:
    """Copy the articles of a library in its own file until it has so many. Older versions are left out."""
    with Library.open(path) as library:
        connection = library.connection
        _make_functions(connection)
        with transaction(connection):
            connection.execute("DELETE FROM version WHERE NOT current")
            limits = {table: _highest(connection, table) for table in _MOVED}
            for table in _MOVED:  # what is copied, apart: the tables themselves grow
                connection.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM main.{table}")
            _keep_keys(connection)
            there = copied = _count(connection)
            copy = 0
            while copied < articles:
                copy += 1
                _copy(connection, limits, copy, min(there, articles - copied))
                copied = _count(connection)
            _count_sources(connection)
        with transaction(connection):
            index.tidy(connection)
        connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")


def _copy(connection: sqlite3.Connection, limits: dict[str, int], copy: int, articles: int) -> None:
    """One more copy of the first so many articles."""
    given = {table: limit * copy for table, limit in limits.items()} | {"copy": copy}
    last = connection.execute("SELECT id FROM article ORDER BY id LIMIT 1 OFFSET ?", (articles - 1,)).fetchone()[0]
    versions = f"(SELECT id FROM first_version WHERE article <= {last})"
    statements = f"(SELECT id FROM first_statement WHERE version IN {versions})"
    own = f"(SELECT id FROM first_article_source WHERE version IN {versions})"
    chosen = {
        "article": f"id <= {last}", "version": f"id IN {versions}", "said": f"statement IN {statements}",
        "statement_parts": f"statement IN {statements}", "source_link": f"article_source IN {own}",
        "echo_key": f"statement IN {statements}", "wire_copy": f"original IN {versions} AND copy IN {versions}",
        "echo": f"earlier IN {statements} AND later IN {statements}", "echo_group": f"lead IN {statements}",
        "echo_member": f"statement IN {statements} AND lead IN {statements}",
    }  # fmt: skip
    for table, moved in _MOVED.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info ({table})")]
        values = ", ".join(moved.get(column, f'"{column}"') for column in columns)
        where = chosen.get(table, f"version IN {versions}")
        connection.execute(f"INSERT INTO {table} SELECT {values} FROM first_{table} WHERE {where}", given)
    connection.execute(
        "INSERT INTO said_words (rowid, said) "
        f"SELECT id + :statement, keys FROM temp.said_keys WHERE id IN {statements}",
        given,
    )
    connection.execute(
        "INSERT INTO text_words (rowid, title, text) "
        f"SELECT id + :version, title, text FROM temp.text_keys WHERE id IN {versions}",
        given,
    )


def _count_sources(connection: sqlite3.Connection) -> None:
    """How many articles have each name and each source now."""
    names = "SELECT count(*) FROM source_link WHERE name = source_name.id"
    connection.execute(f"UPDATE source_name SET articles = ({names})")
    sources = "SELECT count(*) FROM article_source AS own WHERE own.source = source.id"
    connection.execute(f"UPDATE source SET articles = ({sources})")


def _keep_keys(connection: sqlite3.Connection) -> None:
    """What the index has of the originals, for their copies."""
    connection.execute("CREATE TEMP TABLE said_keys (id INTEGER PRIMARY KEY, keys TEXT)")
    connection.execute("CREATE TEMP TABLE text_keys (id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
    for (version,) in connection.execute("SELECT version FROM searched").fetchall():
        said, text = index.contents(connection, version)
        connection.executemany("INSERT INTO said_keys VALUES (?, ?)", said)
        connection.execute("INSERT INTO text_keys VALUES (?, ?, ?)", text)


def _highest(connection: sqlite3.Connection, table: str) -> int:
    column = next(iter(_MOVED[table]))
    return int(connection.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()[0] or 0)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])


def _make_functions(connection: sqlite3.Connection) -> None:
    connection.create_function("moved_address", 2, _moved_address, deterministic=True)
    connection.create_function("hash_of", 4, _hash_of, deterministic=True)
    connection.create_function("moved_day", 2, lambda row, copy: _days()[(row * 7919 + copy * 104729) % _DAYS])
    connection.create_function(
        "moved_outlet", 3, lambda name, row, copy: f"{name or 'Outlet'} {(row + copy) % _OUTLETS + 1}"
    )


def _moved_address(address: str | None, copy: int) -> str | None:
    """The address of a copy, or the key of one without an address, which goes by the id it gets."""
    if address is None or address.startswith("text:"):
        return address and f"{address}-{copy}"
    return f"{address}{'&' if '?' in address else '?'}copy={copy}"


def _hash_of(language: str, url: str | None, title: str | None, text: str) -> str | None:
    """The id of an article with an address; a copy without one is told apart by its number."""
    return make_article(text, language=language, title=title, url=url).id if url else None


@cache
def _days() -> list[str]:
    return [(date(2017, 1, 1) + timedelta(days=number)).isoformat() for number in range(_DAYS)]


def main() -> None:
    """Copy a library and let it grow."""
    options = argparse.ArgumentParser(prog="python -m evaluation.library_copies")
    options.add_argument("small", type=Path)
    options.add_argument("large", type=Path)
    options.add_argument("--articles", type=int, default=100_000)
    given = options.parse_args()
    with Library.open(given.small) as library, sqlite3.connect(given.large) as large:
        library.connection.backup(large)
    grow(given.large, given.articles)


if __name__ == "__main__":
    main()
