"""By what a search is narrowed, as conditions of SQL over `statement AS s` and `searched AS v`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from selon.library.search.index import traits_of
from selon.library.search.words import folded
from selon.library.sources.catalogue import named

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NEVER = "0"
_FEW = 5


class FilterError(ValueError):
    """A filter that cannot be read."""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """By what a search is narrowed; nothing where a field is None. Names go without accents and capitals, and the
    beginnings of their words are enough for a source. `since` and `until` are ISO days, months or years, both included.
    """

    source: str | None = None
    source_kind: str | None = None
    form: str | None = None
    act: str | None = None
    denied: bool | None = None
    outlet: str | None = None
    section: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None


class Conditions(msgspec.Struct, frozen=True):
    """Conditions that all must hold, with their values. `said` are those of statements and who says them, of which
    `traits` stand in the index too, and `beyond` do not; `article` are those of the article. `chosen` says that a
    source leads to what is left."""

    said: tuple[str, ...]
    said_values: tuple[str, ...]
    traits: tuple[str, ...]
    beyond: tuple[str, ...]
    beyond_values: tuple[str, ...]
    article: tuple[str, ...]
    article_values: tuple[str, ...]
    chosen: bool


def conditions(connection: sqlite3.Connection, filters: Filters) -> Conditions:
    """What the filters ask of a library. Raises FilterError for days that are none."""
    beyond: list[str] = []
    beyond_values: list[str] = []
    if filters.denied is False:
        beyond.append("NOT s.denied")
    if filters.source is not None:
        chosen = ", ".join(map(str, named(connection, filters.source)))
        kind = " AND a.kind = ?" if filters.source_kind is not None else ""
        beyond.append(
            "s.id IN (SELECT said.statement FROM article_source AS a "
            f"CROSS JOIN said ON said.article_source = a.id WHERE a.source IN ({chosen}){kind})"
        )
        beyond_values.extend([filters.source_kind] if filters.source_kind is not None else [])
    said, said_values = _of_statement(filters)
    article, article_values = _of_article(connection, filters)
    kinds = [filters.source_kind] if filters.source_kind is not None else []
    return Conditions(
        said=(*said, *beyond), said_values=(*said_values, *beyond_values),
        traits=tuple(traits_of(filters.form, filters.act, filters.denied, kinds)),
        beyond=tuple(beyond), beyond_values=tuple(beyond_values),
        article=tuple(article), article_values=tuple(article_values), chosen=filters.source is not None,
    )  # fmt: skip


def _of_statement(filters: Filters) -> tuple[list[str], list[str]]:
    """What the traits of a statement say, as conditions of SQL."""
    said: list[str] = []
    values: list[str] = []
    for column in ("form", "act"):
        value = getattr(filters, column)
        if value is not None:
            said.append(f"s.{column} = ?")
            values.append(value)
    if filters.denied:
        said.append("s.denied")
    if filters.source_kind is not None and filters.source is None:
        said.append(
            "EXISTS (SELECT 1 FROM said JOIN article_source AS a ON a.id = said.article_source "
            "WHERE said.statement = s.id AND a.kind = ?)"
        )
        values.append(filters.source_kind)
    return said, values


def _of_article(connection: sqlite3.Connection, filters: Filters) -> tuple[list[str], list[str]]:
    parts: list[str] = []
    values: list[str] = []
    for column in ("outlet", "section"):
        asked = getattr(filters, column)
        if asked is not None:
            names = [name for name in _all(connection, column) if folded(name) == folded(asked)]
            parts.append(f"v.{column} IN ({', '.join('?' * len(names))})" if names else _NEVER)
            values.extend(names)
    if filters.language is not None:
        parts.append("v.language = ?")
        values.append(filters.language)
    for asked, compare, bound in ((filters.since, ">=", _first), (filters.until, "<=", _last)):
        if asked is not None:
            parts.append(f"v.day {compare} ?")
            values.append(_checked(asked, bound))
    return parts, values


def unknown_names(connection: sqlite3.Connection, filters: Filters) -> list[str]:
    """A line on each outlet or section that is asked for and is nowhere in the library, with those named alike."""
    told: list[str] = []
    for column in ("outlet", "section"):
        asked = getattr(filters, column)
        names = {folded(name): name for name in _all(connection, column)} if asked is not None else {}
        if asked is not None and folded(asked) not in names:
            near = [name for plain, name in names.items() if folded(asked) in plain][:_FEW]
            told.append(f"{asked}: there is no such {column}" + (f"; there is {', '.join(near)}" if near else ""))
    return told


def _all(connection: sqlite3.Connection, column: str) -> Iterable[str]:
    """All outlets, or all sections, of the library."""
    rows = connection.execute(f"SELECT DISTINCT {column} FROM searched WHERE {column} IS NOT NULL")
    return [row[0] for row in rows]


def _checked(day: str, bound: Callable[[str], str]) -> str:
    if not day.isascii() or not _DAY.fullmatch(day):
        raise FilterError(f"{day}: a day is written 2025-03-13, a month 2025-03, a year 2025")
    try:
        date.fromisoformat(f"{day}{'0000-01-01'[len(day) :]}")
    except ValueError as error:
        raise FilterError(f"{day}: there is no such day in the calendar") from error
    return bound(day)


def _first(day: str) -> str:
    """A year or month sorts before all its days."""
    return day


def _last(day: str) -> str:
    """After all days of a year or month."""
    return day if len(day) == len("2025-03-13") else f"{day}-~"
