"""Who says what over all articles: the sources that a library has, and all that is known of one of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from selon.library.sources import catalogue
from selon.library.sources.catalogue import SourcePage
from selon.types import Record, SourceKind

_PORTION = 500


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
    wikidata: str | None


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


class SourceRecord(SourcePage, frozen=True, kw_only=True):
    """All that a library has of a source: also by which outlets it was quoted, and when. Articles without a day are not
    in `days`."""

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
    lines = catalogue.listed(connection, query=which.name or "", kind=which.kind, limit=limit, offset=offset)
    listed = (
        ListedSource(
            id=line.id, name=line.name, kind=msgspec.convert(line.kind, SourceKind), articles=line.articles,
            statements=_statements(connection, line.id), wikidata=line.wikidata,
        )
        for line in lines
    )  # fmt: skip
    return SourceList(total=_total(connection, which), sources=tuple(listed))


def _total(connection: sqlite3.Connection, which: SourceFilter) -> int:
    """How many sources there are of those that are asked for."""
    conditions, values = ["articles > 0"], list[str]()
    if which.name is not None and which.name.strip():
        named = catalogue.named(connection, which.name)
        conditions.append(f"id IN ({', '.join(map(str, named))})")
    if which.kind is not None:
        conditions.append("kind = ?")
        values.append(which.kind)
    return int(
        connection.execute(f"SELECT count(*) FROM source WHERE {' AND '.join(conditions)}", values).fetchone()[0]
    )


def source_record(connection: sqlite3.Connection, source: int) -> SourceRecord | None:
    """All that is known of a source; None where there is none of that number."""
    if connection.execute("SELECT 1 FROM source WHERE id = ?", (source,)).fetchone() is None:
        return None
    page = catalogue.page(connection, source)
    statements, days = Counter[str | None](), Counter[str]()
    direct, articles = Counter[str | None](), Counter[str | None]()
    for outlet, day, count, quoted in _by_article(connection, source):
        statements[outlet] += count
        direct[outlet] += quoted
        articles[outlet] += 1
        if day is not None:
            days[day] += count
    outlets = (
        Quoting(outlet=outlet, articles=articles[outlet], statements=count, direct=direct[outlet])
        for outlet, count in sorted(statements.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    )
    return SourceRecord(
        **msgspec.structs.asdict(page),
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
