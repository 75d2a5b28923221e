"""A search over a library: what was said, or whole texts, ranked, with the words marked.

Ranking is FTS5's BM25 (Robertson and Zaragoza 2009). It costs a look at every text found, so where more than
`_MOST_RANKED` are found, those added last are ranked and the others left out; the total then says "more than".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
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
_MOST_TEXTS_READ = 200
_FEW = 20_000
_TITLE_COUNTS = 4.0
_MOST_VALUES = 50
_OF_STATEMENT = "CROSS JOIN searched AS v ON v.version = s.version"


class _Tables(NamedTuple):
    """The table with the words, what is joined to it in this order, and by what its rows are ranked."""

    words: str
    joined: str
    rank: str


_STATEMENTS = _Tables(
    "said_words",
    f"CROSS JOIN statement AS s ON s.id = said_words.rowid {_OF_STATEMENT}",
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


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the hits there are by outlet, source, month (2025-03) and language, most first."""

    outlets: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]


_Where = tuple[str, tuple[str, ...]]


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


def facets(connection: sqlite3.Connection, query: Query) -> Facets:
    """How what is found spreads, over as much of it as is counted. Raises what `search` raises."""
    rows = found_by(connection, query, _match(connection, query)).rows[:COUNTED]
    given = msgspec.json.encode(rows).decode()
    found = "json_each(?) AS found"
    if query.text:
        versions = f"{found} CROSS JOIN searched AS v ON v.version = found.value"
        own = "IN (SELECT id FROM statement WHERE version = found.value)"
    else:
        versions = f"{found} CROSS JOIN statement AS s ON s.id = found.value {_OF_STATEMENT}"
        own = "= found.value"
    sources = (
        f"{found} JOIN said ON said.statement {own} JOIN article_source AS a ON a.id = said.article_source "
        "JOIN source ON source.id = a.source"
    )
    return Facets(
        outlets=_counted(connection, "v.outlet", versions, given),
        sources=_counted(connection, "source.name", sources, given),
        months=_counted(connection, "substr(v.day, 1, 7)", versions, given),
        languages=_counted(connection, "v.language", versions, given),
    )


def _counted(connection: sqlite3.Connection, what: str, tables: str, given: str) -> tuple[tuple[str, int], ...]:
    query = (
        f"SELECT {what}, count(DISTINCT found.value) FROM {tables} WHERE {what} IS NOT NULL "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST_VALUES}"
    )
    return tuple(connection.execute(query, (given,)))


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
    read = _MOST_TEXTS_READ if query.text else _MOST_READ
    if match is None:
        rows = _listed(connection, query, chosen, needed)
    else:
        rows = _ranked(connection, query, match, chosen, needed if match.exact else read + 1)
    if match is None or match.exact:
        return _Found(rows, len(rows) >= needed)
    return _Found(held_by(connection, rows[:read], match, text=query.text), len(rows) > read)


def _ranked(connection: sqlite3.Connection, query: Query, match: Match, chosen: Conditions, needed: int) -> list[int]:
    """The rows that hold the words, best first; of equally good ones the newest."""
    tables = _TEXTS if query.text else _STATEMENTS
    if query.text:
        expression, (where, values) = match.expression, _of_texts(connection, chosen)
    else:
        expression = _with(chosen.traits, match.expression)
        where, values = _where(chosen.beyond, chosen.beyond_values)
    article, article_values = _where(chosen.article, chosen.article_values)
    by_date = query.order == "date"
    columns = f"{tables.words}.rowid AS row, v.day AS day, {'0' if by_date else tables.rank} AS rank"
    inner = f"SELECT {columns} FROM {tables.words} {tables.joined} WHERE {tables.words} MATCH ?{where}{article}"
    if not by_date:
        inner = f"{inner} ORDER BY {tables.words}.rowid DESC LIMIT {_MOST_RANKED}"
    order = "day DESC, row" if by_date else "rank, day DESC, row"
    sql = f"SELECT row FROM ({inner}) ORDER BY {order} LIMIT {needed}"
    return [row for (row,) in connection.execute(sql, (expression, *values, *article_values))]


def _listed(connection: sqlite3.Connection, query: Query, chosen: Conditions, needed: int) -> list[int]:
    """All rows that the filters leave, the newest first: by their days, or from the few that have the traits."""
    row, said = "s.id", _where(chosen.said, chosen.said_values)
    if query.text:
        tables, row, said = "searched AS v", "v.version", _of_texts(connection, chosen)
    elif chosen.chosen:
        tables = "statement AS s CROSS JOIN searched AS v ON v.version = s.version"
    elif _few(connection, chosen.traits):
        tables = f"said_words {_STATEMENTS.joined}"
        beyond, values = _where(chosen.beyond, chosen.beyond_values)
        said = f" AND said_words MATCH ?{beyond}", (_with(chosen.traits), *values)
    else:
        tables = "searched AS v CROSS JOIN statement AS s ON s.version = v.version"
    article, article_values = _where(chosen.article, chosen.article_values)
    where = f"WHERE 1{said[0]}{article}"
    sql = f"SELECT {row} FROM {tables} {where} ORDER BY v.day DESC, v.version DESC, {row} LIMIT {needed}"
    return [found for (found,) in connection.execute(sql, (*said[1], *article_values))]


def _of_texts(connection: sqlite3.Connection, chosen: Conditions) -> _Where:
    """A text is kept where one of its statements is what the filters ask for."""
    if not chosen.said:
        return "", ()
    said, values = _where(chosen.said, chosen.said_values)
    if chosen.chosen:
        return f" AND v.version IN (SELECT s.version FROM statement AS s WHERE 1{said})", values
    if _few(connection, chosen.traits):
        beyond, values = _where(chosen.beyond, chosen.beyond_values)
        with_traits = "said_words CROSS JOIN statement AS s ON s.id = said_words.rowid WHERE said_words MATCH ?"
        return (
            f" AND v.version IN (SELECT s.version FROM {with_traits}{beyond})",
            (_with(chosen.traits), *values),
        )
    return f" AND EXISTS (SELECT 1 FROM statement AS s WHERE s.version = v.version{said})", values


def _few(connection: sqlite3.Connection, traits: Sequence[str]) -> bool:
    """Whether so few statements have the traits that it is best to begin with these."""
    if not traits:
        return False
    counted = f"SELECT count(*) FROM (SELECT 1 FROM said_words WHERE said_words MATCH ? LIMIT {_FEW + 1})"
    return bool(connection.execute(counted, (_with(traits),)).fetchone()[0] <= _FEW)


def _with(traits: Sequence[str], expression: str | None = None) -> str:
    """An expression of FTS5 for statements that have all the traits and, where it is given, what another asks for."""
    quoted = [f'"{trait}"' for trait in traits]
    return " AND ".join(quoted if expression is None else [f"({expression})", *quoted])


def _where(parts: Sequence[str], values: tuple[str, ...]) -> _Where:
    return "".join(f" AND {part}" for part in parts), values
