"""Who says what over all articles: the sources that a library has, and all that is known of one of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from selon.library.database import LibraryError
from selon.library.search.filters import sources_named
from selon.types import Record, SourceKind

_PORTION = 500


class NoSourceError(LibraryError):
    """There is no source of that number."""


class Speaker(Record, frozen=True, kw_only=True):
    """Who says a statement; `source` is its number over all articles, none where it has no name."""

    name: str
    kind: SourceKind
    source: int | None


class ListedSource(Record, frozen=True, kw_only=True):
    """A source over all articles, as a list shows it."""

    id: int
    name: str
    kind: SourceKind
    articles: int
    statements: int


class SourceList(Record, frozen=True, kw_only=True):
    """Some of the sources, those of most articles first, and how many there are."""

    total: int
    sources: tuple[ListedSource, ...]


class Quoting(Record, frozen=True, kw_only=True):
    """How often an outlet reports a source; `direct` are the statements in quotation marks."""

    outlet: str | None
    articles: int
    statements: int
    direct: int


class DayCount(Record, frozen=True, kw_only=True):
    """The statements of articles published on a day, an ISO date."""

    day: str
    statements: int


class SourceRecord(Record, frozen=True, kw_only=True):
    """All that a library has of a source: by which outlets it was quoted, and when. Articles without a day are not in
    `days`."""

    id: int
    name: str
    kind: SourceKind
    names: tuple[str, ...]
    articles: int
    statements: int
    outlets: tuple[Quoting, ...]
    days: tuple[DayCount, ...]


class SourceFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which sources: whose name has these words, or begins of them; of a kind."""

    name: str | None = None
    kind: SourceKind | None = None


def speakers(connection: sqlite3.Connection, statements: Sequence[int]) -> dict[int, tuple[Speaker, ...]]:
    """Who says these statements (by their rows), in the order of the article's sources."""
    found: dict[int, list[Speaker]] = {}
    for first in range(0, len(statements), _PORTION):
        portion = statements[first : first + _PORTION]
        rows = connection.execute(
            "SELECT said.statement, coalesce(source.name, own.name), own.kind, own.source FROM said "
            "JOIN article_source AS own ON own.id = said.article_source LEFT JOIN source ON source.id = own.source "
            f"WHERE said.statement IN ({', '.join('?' * len(portion))}) ORDER BY own.id",
            portion,
        )
        for statement, name, kind, source in rows:
            found.setdefault(statement, []).append(Speaker(name=name, kind=kind, source=source))
    return {statement: tuple(who) for statement, who in found.items()}


def sources_of(connection: sqlite3.Connection, version: int) -> dict[str, int]:
    """The numbers over all articles of a version's sources, by their ids in its reading."""
    query = "SELECT number, source FROM article_source WHERE version = ? AND source IS NOT NULL"
    return dict(connection.execute(query, (version,)).fetchall())


def list_sources(connection: sqlite3.Connection, which: SourceFilter, *, limit: int, offset: int = 0) -> SourceList:
    """The sources that are asked for, those that speak in most articles first."""
    conditions, values = ["source IS NOT NULL"], list[int | str]()
    if which.name is not None:
        named = sources_named(connection, which.name)
        conditions.append(f"source IN ({', '.join(map(str, named))})")
    if which.kind is not None:
        conditions.append("source IN (SELECT id FROM source WHERE kind = ?)")
        values.append(which.kind)
    counted = (
        f"SELECT source, count(*) AS articles FROM article_source WHERE {' AND '.join(conditions)} GROUP BY source"
    )
    total = connection.execute(f"SELECT count(*) FROM ({counted})", values).fetchone()[0]
    rows = connection.execute(
        f"SELECT source.id, source.name, source.kind, articles FROM ({counted}) AS counted "
        "JOIN source ON source.id = counted.source ORDER BY articles DESC, source.name, source.id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    listed = (
        ListedSource(id=id, name=name, kind=kind, articles=articles, statements=_statements(connection, id))
        for id, name, kind, articles in rows
    )
    return SourceList(total=total, sources=tuple(listed))


def source_record(connection: sqlite3.Connection, source: int) -> SourceRecord:
    """All that is known of a source. Raises NoSourceError where there is none of that number."""
    row = connection.execute("SELECT name, kind FROM source WHERE id = ?", (source,)).fetchone()
    if row is None:
        raise NoSourceError(f"there is no source {source}")
    names = connection.execute(
        "SELECT name, count(*) AS times FROM article_source WHERE source = ? GROUP BY name ORDER BY times DESC, name",
        (source,),
    )
    by_outlet, days = Counter[str | None](), Counter[str]()
    direct, articles = Counter[str | None](), Counter[str | None]()
    for outlet, day, statements, quoted in _by_article(connection, source):
        by_outlet[outlet] += statements
        direct[outlet] += quoted
        articles[outlet] += 1
        if day is not None:
            days[day] += statements
    outlets = (
        Quoting(outlet=outlet, articles=articles[outlet], statements=count, direct=direct[outlet])
        for outlet, count in sorted(by_outlet.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    )
    return SourceRecord(
        id=source,
        name=row[0],
        kind=row[1],
        names=tuple(name for name, _ in names),
        articles=articles.total(),
        statements=by_outlet.total(),
        outlets=tuple(outlets),
        days=tuple(DayCount(day=day, statements=count) for day, count in sorted(days.items())),
    )


def said_by(
    connection: sqlite3.Connection, source: int, *, outlet: str | None = None, limit: int, offset: int = 0
) -> list[int]:
    """The rows of a source's statements, of the newest articles first, as they stand in them."""
    rows = connection.execute(
        "SELECT DISTINCT statement.id FROM article_source AS own JOIN said ON said.article_source = own.id "
        "JOIN statement ON statement.id = said.statement JOIN version ON version.id = statement.version "
        "WHERE own.source = :source AND (:outlet IS NULL OR version.shown_outlet = :outlet) "
        "ORDER BY version.day DESC, version.id DESC, statement.place DESC, statement.first LIMIT :limit OFFSET :offset",
        {"source": source, "outlet": outlet, "limit": limit, "offset": offset},
    )
    return [row for (row,) in rows]


def _statements(connection: sqlite3.Connection, source: int) -> int:
    query = (
        "SELECT count(DISTINCT statement) FROM article_source AS own "
        "JOIN said ON said.article_source = own.id WHERE own.source = ?"
    )
    return int(connection.execute(query, (source,)).fetchone()[0])


def _by_article(connection: sqlite3.Connection, source: int) -> Iterable[tuple[str | None, str | None, int, int]]:
    """Of each article in which a source speaks: outlet, day, its statements, those in quotation marks."""
    return connection.execute(
        "SELECT shown_outlet, day, count(DISTINCT statement.id), "
        "count(DISTINCT CASE statement.form WHEN 'direct' THEN statement.id END) "
        "FROM article_source AS own JOIN said ON said.article_source = own.id "
        "JOIN statement ON statement.id = said.statement JOIN version ON version.id = own.version "
        "WHERE own.source = ? GROUP BY version.id",
        (source,),
    )
