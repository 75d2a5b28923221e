"""What a library knows of a source: its names and why they are its, what it said, where and when.

All of it is looked up by index and paged, and only read. `Profile`s of single articles are another matter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Literal

import msgspec

from selon.library.database import LibraryError
from selon.library.packed import unpack_roles
from selon.library.sources.decisions import ENTRY, UnknownNameError, anchor, claimed_names
from selon.library.sources.folding import folded
from selon.library.sources.linking import words_of
from selon.library.sources.reasons import Reason, reason_text

_ROLES_OF = 30  # roles are read from the newest articles only
_MOST_NAMES = 2000
Gender = Literal["f", "m", "unknown", "none"]


class SourceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A source in a list. `articles` counts the sources of articles that are this one."""

    id: int
    name: str
    kind: str
    articles: int
    wikidata: str | None


class SeenName(msgspec.Struct, frozen=True, kw_only=True):
    """A name under which articles have a source, in how many, and why it is taken for it."""

    name: str
    kind: str
    articles: int
    reason: Reason
    why: str


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """A role that articles give a source, and how many of its newest articles do."""

    role: str
    articles: int


class SourcePage(msgspec.Struct, frozen=True, kw_only=True):
    """All that a page about a source begins with. `genders`: articles by what they show; `entry`: its id in the
    authority file; `claimed`: the names that file and decisions give it; `statements`: how many it made."""

    id: int
    name: str
    kind: str
    articles: int
    statements: int
    genders: dict[str, int]
    entry: str | None
    wikidata: str | None
    names: tuple[SeenName, ...]
    claimed: tuple[str, ...]
    roles: tuple[Role, ...]
    first_day: str | None
    last_day: str | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a source, and where it stands: `text` reaches from its first passage to its last."""

    statement: int
    number: str
    article: int
    version: int
    title: str | None
    outlet: str | None
    day: str | None
    url: str | None
    name: str
    form: str
    kind: str
    act: str
    words: int
    place: str
    start: int
    end: int
    text: str


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """Articles and statements of a source under one outlet or in one month; none where articles do not tell."""

    key: str | None
    articles: int
    statements: int


_LINE = (
    "SELECT s.id, s.name, s.kind, s.articles, e.wikidata FROM source s "
    f"LEFT JOIN source_entry e ON s.key = '{ENTRY}' || e.id "
)


def listed(
    connection: sqlite3.Connection, *, query: str = "", kind: str | None = None, limit: int = 50, offset: int = 0
) -> list[SourceLine]:
    """Sources, those with most articles first; with `query`, those of which a name has words that begin so.

    >>> [line.name for line in listed(connection, query="aub")]
    ['Claire Aubanel']
    """
    if query.strip():
        sources = named(connection, query)
        where = f"WHERE s.id IN ({', '.join('?' * len(sources))}) AND s.articles > 0 "
        values: list[object] = [*sources]
    else:
        where, values = "WHERE s.articles > 0 ", []
    if kind is not None:
        where, values = where + "AND s.kind = ? ", [*values, kind]
    order = "ORDER BY s.articles DESC, s.id LIMIT ? OFFSET ?"
    found = connection.execute(_LINE + where + order, (*values, limit, offset))
    return [SourceLine(**dict(zip(SourceLine.__struct_fields__, row, strict=True))) for row in found]


def named(connection: sqlite3.Connection, query: str) -> list[int]:
    """The sources of which one name has, for each word of the query, a word that begins so."""
    words = words_of(folded(query))
    if not words:
        return []
    longest = max(words, key=len)
    found = connection.execute(
        "SELECT DISTINCT folded FROM source_word WHERE word >= ? AND word < ? LIMIT ?",
        (longest, longest + "\U0010ffff", _MOST_NAMES),
    )
    fitting = [name for (name,) in found if _begins(words_of(name), words)]
    sources: set[int] = set()
    for first in range(0, len(fitting), 500):
        part = fitting[first : first + 500]
        sources.update(_sources_of_names(connection, part))
    return sorted(sources)[:_MOST_NAMES]


def _begins(name: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(one.startswith(word) for one in name) for word in words)


def _sources_of_names(connection: sqlite3.Connection, names: Sequence[str]) -> set[int]:
    marks = ", ".join("?" * len(names))
    together = connection.execute(
        f"SELECT DISTINCT source FROM source_name WHERE folded IN ({marks}) AND source IS NOT NULL", names
    )
    apart = connection.execute(
        "SELECT DISTINCT s.source FROM source_name n JOIN source_link l ON l.name = n.id "
        f"JOIN article_source s ON s.id = l.article_source WHERE n.folded IN ({marks}) AND "
        "(n.source IS NULL OR l.decided)",
        names,
    )
    return {row[0] for row in (*together, *apart) if row[0] is not None}


def find(connection: sqlite3.Connection, name: str, kind: str | None = None) -> list[SourceLine]:
    """The sources that have exactly this name, or the one of #number; raises LibraryError for none."""
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        where, values = "WHERE s.id = ?", [int(name[1:])]
    else:
        sources = sorted(_sources_of_names(connection, [folded(name)]))
        marks = ", ".join("?" * len(sources))
        where, values = f"WHERE s.id IN ({marks})", sources
        if not sources:
            anchor(connection, name, kind)
            where, values = "WHERE s.key IN (SELECT target FROM source_claim WHERE folded = ?)", [folded(name)]  # type: ignore[list-item]
    found = [
        SourceLine(**dict(zip(SourceLine.__struct_fields__, row, strict=True)))
        for row in connection.execute(_LINE + where + " ORDER BY s.articles DESC, s.id", values)
    ]
    kept = [line for line in found if kind in (None, line.kind)]
    if not kept:
        raise UnknownNameError(name, kind)
    return kept


def page(connection: sqlite3.Connection, source: int) -> SourcePage:
    """A source by its number. Raises LibraryError where there is none."""
    row = connection.execute(_LINE.replace("e.wikidata", "e.wikidata, e.id") + "WHERE s.id = ?", (source,)).fetchone()
    if row is None:
        raise LibraryError(f"there is no source #{source}")
    genders = dict(
        connection.execute("SELECT gender, COUNT(*) FROM article_source WHERE source = ? GROUP BY gender", (source,))
    )
    said, first, last = connection.execute(
        "SELECT (SELECT COUNT(*) FROM article_source a JOIN said ON said.article_source = a.id WHERE a.source = ?1), "
        "MIN(v.day), MAX(v.day) FROM article_source a JOIN version v ON v.id = a.version WHERE a.source = ?1",
        (source,),
    ).fetchone()
    return SourcePage(
        id=row[0], name=row[1], kind=row[2], articles=row[3], wikidata=row[4], entry=row[5], statements=said,
        genders=genders, names=_seen(connection, source), claimed=tuple(claimed_names(connection, source)),
        roles=_roles(connection, source), first_day=first, last_day=last,
    )  # fmt: skip


def _seen(connection: sqlite3.Connection, source: int) -> tuple[SeenName, ...]:
    """The names of a source, the most frequent first, each with the reason that holds for most articles."""
    found = connection.execute(
        "SELECT n.written, n.kind, COUNT(*), CASE WHEN l.decided THEN 'split' ELSE n.reason END AS why "
        "FROM article_source a JOIN source_link l ON l.article_source = a.id JOIN source_name n ON n.id = l.name "
        "WHERE a.source = ? GROUP BY n.written, n.kind, why ORDER BY 3 DESC, 1, 2",
        (source,),
    )
    return tuple(
        SeenName(name=name, kind=kind, articles=articles, reason=reason, why=reason_text(reason))
        for name, kind, articles, reason in found
    )


def _roles(connection: sqlite3.Connection, source: int) -> tuple[Role, ...]:
    """The roles that the newest articles of a source give it, as they are read (not as they are corrected)."""
    counts: dict[str, int] = {}
    found = connection.execute(
        "SELECT a.number, r.packed FROM article_source a JOIN version v ON v.id = a.version "
        "JOIN reading r ON r.version = v.id WHERE a.source = ? ORDER BY v.day DESC, v.id DESC LIMIT ?",
        (source, _ROLES_OF),
    )
    for number, packed in found:
        for role in dict.fromkeys(unpack_roles(packed).get(number, ())):
            counts[role] = counts.get(role, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Role(role=role, articles=articles) for role, articles in ordered)


def statements(connection: sqlite3.Connection, source: int, *, limit: int = 50, offset: int = 0) -> list[Said]:
    """What a source said, the newest articles first, in the order of the text."""
    found = connection.execute(
        "SELECT t.id, t.number, v.article, v.id, v.title, v.shown_outlet, v.day, v.url, a.name, t.form, t.kind, t.act, "
        "t.words, t.place, t.first, t.last, "
        "substr(CASE t.place WHEN 'title' THEN v.title ELSE v.text END, t.first + 1, t.last - t.first) "
        "FROM article_source a JOIN said ON said.article_source = a.id JOIN statement t ON t.id = said.statement "
        "JOIN version v ON v.id = a.version WHERE a.source = ? "
        "ORDER BY v.day DESC, v.id DESC, t.place, t.first, t.id LIMIT ? OFFSET ?",
        (source, limit, offset),
    )
    return [Said(**dict(zip(Said.__struct_fields__, row, strict=True))) for row in found]


def by_outlet(connection: sqlite3.Connection, source: int) -> list[Count]:
    """How much of what a source said each outlet has, the most first."""
    return _counts(connection, source, "v.shown_outlet", "3 DESC, 2 DESC, 1")


def by_month(connection: sqlite3.Connection, source: int) -> list[Count]:
    """How much a source said in each month (2024-11), in their order; the articles without a day first."""
    return _counts(connection, source, "substr(v.day, 1, 7)", "1")


def _counts(connection: sqlite3.Connection, source: int, column: str, order: str) -> list[Count]:
    found = connection.execute(
        f"SELECT {column}, COUNT(DISTINCT v.article), COUNT(said.statement) FROM article_source a "
        "JOIN version v ON v.id = a.version LEFT JOIN said ON said.article_source = a.id "
        f"WHERE a.source = ? GROUP BY 1 ORDER BY {order}",
        (source,),
    )
    return [Count(key=key, articles=articles, statements=said) for key, articles, said in found]
