"""A search over a library: what was said, or whole texts, ranked, with the words marked.

Ranking is FTS5's BM25 (Robertson and Zaragoza 2009). It costs a look at every text found, so where more than
`_MOST_RANKED` are found, those added last are ranked and the others left out; the total then says "more than".
"""

from __future__ import annotations

import sqlite3
from typing import Literal, NamedTuple

import msgspec

from selon.language import codes
from selon.library.search.filters import Conditions, Filters, conditions
from selon.library.search.hits import Hit, held_by, hits
from selon.library.search.matching import Match, match_of
from selon.library.search.query import parse

Order = Literal["relevance", "date"]

COUNTED = 1_000
_MOST_RANKED = 10_000
_MOST_READ = 500
_TITLE_COUNTS = 4.0


class _Tables(NamedTuple):
    """The table with the words, what is joined to it in this order, and by what its rows are ranked."""

    words: str
    joined: str
    rank: str


_STATEMENTS = _Tables(
    "said_words",
    "CROSS JOIN statement AS s ON s.id = said_words.rowid CROSS JOIN searched AS v ON v.version = s.version",
    "bm25(said_words)",
)
_TEXTS = _Tables(
    "text_words",
    "CROSS JOIN searched AS v ON v.version = text_words.rowid",
    f"bm25(text_words, {_TITLE_COUNTS}, 1.0)",
)


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. `text` searches whole articles and their titles; otherwise what was said. Without words all
    that the filters leave is listed, the newest first."""

    words: str = ""
    text: bool = False
    filters: Filters = Filters()
    order: Order = "relevance"
    limit: int = 20
    offset: int = 0


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits. `total` counts all of them, up to `COUNTED`; `more` says that there are more than it counts."""

    hits: tuple[Hit, ...]
    total: int
    more: bool


class _Found(msgspec.Struct, frozen=True):
    rows: list[int]
    more: bool


def search(connection: sqlite3.Connection, query: Query) -> Results:
    """Look in a library. Raises QueryError for words and FilterError for filters that cannot be read.

    >>> search(library.connection, Query(words='négocier -"sans conditions"')).total
    3
    """
    match = _match(connection, query)
    found = found_by(connection, query, match)
    page = found.rows[query.offset : query.offset + query.limit]
    total = min(len(found.rows), max(COUNTED, query.offset + len(page)))
    return Results(
        hits=tuple(hits(connection, page, match, text=query.text)),
        total=total,
        more=found.more or total < len(found.rows),
    )


def _match(connection: sqlite3.Connection, query: Query) -> Match | None:
    """The words of a search, in its language or in all that the library has."""
    node = parse(query.words)
    if node is None:
        return None
    language = query.filters.language
    if language is not None and language in codes():
        return match_of(node, [language])
    there = [code for code in codes() if _has(connection, code)]
    return match_of(node, there or codes())


def _has(connection: sqlite3.Connection, language: str) -> bool:
    query = "SELECT 1 FROM searched WHERE language = ? LIMIT 1"
    return connection.execute(query, (language,)).fetchone() is not None


def found_by(connection: sqlite3.Connection, query: Query, match: Match | None) -> _Found:
    """The rows of all that is found, best first, one more than is counted."""
    needed = max(COUNTED, query.offset + query.limit) + 1
    chosen = conditions(connection, query.filters)
    if match is None:
        rows = _listed(connection, query, chosen, needed)
    else:
        rows = _ranked(connection, query, match, chosen, needed if match.exact else _MOST_READ + 1)
    if match is None or match.exact:
        return _Found(rows, len(rows) >= needed)
    return _Found(held_by(connection, rows[:_MOST_READ], match, text=query.text), len(rows) > _MOST_READ)


def _ranked(connection: sqlite3.Connection, query: Query, match: Match, chosen: Conditions, needed: int) -> list[int]:
    """The rows that hold the words, best first; of equally good ones the newest."""
    tables = _TEXTS if query.text else _STATEMENTS
    where, values = _where(chosen, text=query.text)
    by_date = query.order == "date"
    columns = f"{tables.words}.rowid AS row, v.day AS day, {'0' if by_date else tables.rank} AS rank"
    inner = f"SELECT {columns} FROM {tables.words} {tables.joined} WHERE {tables.words} MATCH ?{where}"
    if not by_date:
        inner = f"{inner} ORDER BY {tables.words}.rowid DESC LIMIT {_MOST_RANKED}"
    order = "day DESC, row" if by_date else "rank, day DESC, row"
    sql = f"SELECT row FROM ({inner}) ORDER BY {order} LIMIT {needed}"
    return [row for (row,) in connection.execute(sql, (match.expression, *values))]


def _listed(connection: sqlite3.Connection, query: Query, chosen: Conditions, needed: int) -> list[int]:
    """All rows that the filters leave, the newest first."""
    where, values = _where(chosen, text=query.text)
    if query.text:
        tables, row = "searched AS v", "v.version"
    elif chosen.chosen:
        tables, row = "statement AS s CROSS JOIN searched AS v ON v.version = s.version", "s.id"
    else:
        tables, row = "searched AS v CROSS JOIN statement AS s ON s.version = v.version", "s.id"
    sql = f"SELECT {row} FROM {tables} WHERE 1{where} ORDER BY v.day DESC, v.version DESC, {row} LIMIT {needed}"
    return [found for (found,) in connection.execute(sql, values)]


def _where(chosen: Conditions, *, text: bool) -> tuple[str, tuple[str, ...]]:
    """The conditions, and their values. A text is kept where one of its statements is what the filters ask for."""
    article = "".join(f" AND {condition}" for condition in chosen.article)
    said = " AND ".join(chosen.said)
    if said and text:
        said = (
            f"v.version IN (SELECT s.version FROM statement AS s WHERE {said})"
            if chosen.chosen
            else f"EXISTS (SELECT 1 FROM statement AS s WHERE s.version = v.version AND {said})"
        )
    return (f" AND {said}{article}" if said else article), (*chosen.said_values, *chosen.article_values)
