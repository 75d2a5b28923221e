"""What a library holds, counted and listed."""

from __future__ import annotations

import sqlite3

import msgspec

from selon.library.packed import unpack_line
from selon.library.store import Library
from selon.types import Record

_COLUMNS = (
    "id", "version", "language", "title", "section", "outlet", "url", "published", "statements", "sources",
)  # fmt: skip


class Holding(Record, frozen=True, kw_only=True):
    """How many articles there are of an outlet or in a language; no name where an article has neither outlet nor
    address."""

    name: str | None
    articles: int


class Overview(Record, frozen=True, kw_only=True):
    """All that a library holds, in numbers. `sources` are those with a name; days are ISO dates."""

    articles: int
    versions: int
    statements: int
    sources: int
    languages: tuple[Holding, ...]
    outlets: tuple[Holding, ...]
    first_day: str | None
    last_day: str | None


class ListedArticle(Record, frozen=True, kw_only=True):
    """An article as a list shows it: how many outermost statements it has, and how many sources that say something.
    `line` is its profile in a sentence, in its language."""

    id: int
    version: int
    language: str
    title: str | None
    section: str | None
    outlet: str | None
    url: str | None
    published: str | None
    statements: int
    sources: int
    line: str


class ArticleFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which articles: of an outlet, in a language, published between two days (ISO dates, both included)."""

    outlet: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None


class ArticleList(Record, frozen=True, kw_only=True):
    """Some of the articles, the newest first, and how many there are."""

    total: int
    articles: tuple[ListedArticle, ...]


def overview(connection: sqlite3.Connection) -> Overview:
    """The library in numbers; the outlets and languages with most articles first."""
    articles, versions, statements, sources, first, last = connection.execute(
        "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version), (SELECT count(*) FROM statement), "
        "(SELECT count(*) FROM source), (SELECT min(day) FROM version WHERE current), "
        "(SELECT max(day) FROM version WHERE current)"
    ).fetchone()
    return Overview(
        articles=articles,
        versions=versions,
        statements=statements,
        sources=sources,
        languages=languages_held(connection),
        outlets=outlets_held(connection),
        first_day=first,
        last_day=last,
    )


def languages_held(connection: sqlite3.Connection) -> tuple[Holding, ...]:
    """The languages, those with most articles first."""
    return _holdings(connection, "SELECT language AS name, count(*) AS articles FROM profile")


def outlets_held(connection: sqlite3.Connection) -> tuple[Holding, ...]:
    """The outlets, those with most articles first."""
    return _holdings(connection, "SELECT shown_outlet AS name, count(*) AS articles FROM version WHERE current")


def list_articles(library: Library, which: ArticleFilter, *, limit: int, offset: int = 0) -> ArticleList:
    """The articles that are asked for, the newest first.

    They are counted and chosen in `profile`, which has a short row for every current version.
    """
    condition, values = _condition(which)
    total = library.connection.execute(f"SELECT count(*) FROM profile{condition}", values).fetchone()[0]
    rows = library.connection.execute(
        "SELECT article, version.id, version.language, title, version.section, shown_outlet, url, published, "
        "chosen.statements, (SELECT count(DISTINCT own.id) FROM article_source AS own "
        "JOIN said ON said.article_source = own.id WHERE own.version = version.id), packed, "
        "EXISTS (SELECT 1 FROM correction WHERE correction.article = version.article) "
        f"FROM (SELECT version AS id, statements FROM profile{condition} ORDER BY day DESC, version DESC LIMIT :limit "
        "OFFSET :offset) AS chosen JOIN version ON version.id = chosen.id JOIN reading ON reading.version = version.id "
        "ORDER BY version.day DESC, version.id DESC",
        {**values, "limit": limit, "offset": offset},
    )
    listed = (
        ListedArticle(
            **dict(zip(_COLUMNS, columns, strict=True)),
            line=library.reading(columns[1]).profile.line if corrected else unpack_line(packed),
        )
        for *columns, packed, corrected in rows
    )
    return ArticleList(total=total, articles=tuple(listed))


def _condition(which: ArticleFilter) -> tuple[str, dict[str, str]]:
    asked = {
        "outlet": ("outlet = :outlet", which.outlet),
        "language": ("language = :language", which.language),
        "since": ("day >= :since", which.since),
        "until": ("day <= :until", which.until),
    }
    values = {name: value for name, (_, value) in asked.items() if value is not None}
    conditions = " AND ".join(asked[name][0] for name in values)
    return f" WHERE {conditions}" if conditions else "", values


def _holdings(connection: sqlite3.Connection, counted: str) -> tuple[Holding, ...]:
    rows = connection.execute(f"{counted} GROUP BY name ORDER BY articles DESC, name")
    return tuple(Holding(name=name, articles=articles) for name, articles in rows)
