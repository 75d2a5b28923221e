"""Echoes as they are shown: a list of those a library has, and one with its variants and how they differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from selon.library.echo_store import echoes_among, members, sayings, wire_copies
from selon.library.echoes import Difference, Echo, Member, Run, Saying, alignment, groups_of, relation_of

EchoOrder = Literal["outlets", "newest"]
_ORDERS: dict[EchoOrder, str] = {
    "outlets": "independent DESC, articles DESC, lead",
    "newest": "last_day DESC, independent DESC, lead",
}


class EchoSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One echo of a list: the statement as it was first seen, and how far it went.

    `echo` is the row of that statement. `independent` counts articles without those that are wire copies of others,
    `misquoted` the members that say it otherwise or give it to somebody else.
    """

    echo: int
    article: int
    text: str
    sources: tuple[str, ...]
    language: str
    outlet: str | None
    day: str | None
    last_day: str | None
    articles: int
    independent: int
    languages: int
    misquoted: int


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One place where an echo stands. `origin` is the statement it most likely goes back to, None for the first seen;
    `relation`, `score`, `differences` and `runs` are those to the origin. The runs are code points of the origin's
    `text` and of its own. `copy_of` is the article of which its own is a whole wire copy. `start` and `end` are code
    points of the article's text."""

    statement: int
    article: int
    version: int
    start: int
    end: int
    text: str
    form: str
    denied: bool
    sources: tuple[str, ...]
    language: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    origin: int | None
    relation: str | None
    score: float
    differences: tuple[Difference, ...]
    runs: tuple[Run, ...]
    copy_of: int | None


class EchoView(msgspec.Struct, frozen=True, kw_only=True):
    """One echo with all its variants, in order of publication: the first is where it was seen first."""

    echo: int
    independent: int
    variants: tuple[Variant, ...]


def echo_list(
    connection: sqlite3.Connection,
    *,
    sources: Sequence[int] | None = None,
    misquoted: bool = False,
    order: EchoOrder = "outlets",
    limit: int = 20,
    offset: int = 0,
) -> list[EchoSummary]:
    """The echoes of a library that stand in more than one article that is no copy, or all of given sources."""
    rows = connection.execute(
        f"SELECT * FROM echo_group WHERE {_which(sources, misquoted=misquoted)} "
        f"ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    known = {saying.id: saying for saying in sayings(connection, [row[0] for row in rows])}
    articles = _articles(connection, {saying.article for saying in known.values()})
    return [_summary(row, known[row[0]], articles) for row in rows]


def echo_count(connection: sqlite3.Connection, *, sources: Sequence[int] | None = None, misquoted: bool = False) -> int:
    """How many echoes `echo_list` has for the same question."""
    query = f"SELECT count(*) FROM echo_group WHERE {_which(sources, misquoted=misquoted)}"
    return int(connection.execute(query).fetchone()[0])


def _which(sources: Sequence[int] | None, *, misquoted: bool) -> str:
    """The condition in SQL."""
    conditions = ["articles > 1" if sources is not None or misquoted else "independent > 1"]
    if sources is not None:
        conditions.append(
            f"lead IN (SELECT echo_member.lead FROM article_source AS own JOIN said ON said.article_source = own.id "
            f"JOIN echo_member ON echo_member.statement = said.statement "
            f"WHERE own.source IN ({', '.join(map(str, sources))}))"
        )
    if misquoted:
        conditions.append("misquoted > 0")
    return " AND ".join(conditions)


def echo_of(connection: sqlite3.Connection, statement: int) -> EchoView | None:
    """The echo that a statement is one variant of; None where it stands nowhere else."""
    numbers = members(connection, statement)
    known = {saying.id: saying for saying in sayings(connection, numbers)}
    copied = wire_copies(connection, {saying.article for saying in known.values()})
    links = [echo for echo in echoes_among(connection, numbers) if echo.later in known]
    groups = groups_of(links, known, copied)
    group = next((one for one in groups if statement in {member.saying for member in one.members}), None)
    if group is None:
        return None
    of_pair = {(echo.earlier, echo.later): echo for echo in links}
    places = _places(connection, [member.saying for member in group.members])
    articles = _articles(connection, {saying.article for saying in known.values()})
    variants = [_variant(member, known, places[member.saying], articles, of_pair) for member in group.members]
    return EchoView(echo=group.first, independent=group.independent, variants=tuple(variants))


def echoes_in(connection: sqlite3.Connection, version: int) -> dict[int, int]:
    """For each statement of a version that stands in another article too, the echo it is a variant of."""
    rows = connection.execute(
        "SELECT statement.id, lead FROM statement JOIN echo_member ON echo_member.statement = statement.id "
        "WHERE version = ?",
        (version,),
    )
    return dict(rows.fetchall())


def echo_links(connection: sqlite3.Connection, version: int) -> dict[str, tuple[int, int]]:
    """For each statement of a version (by its id in the reading) that stands in another article too: its row, by which
    its echo is found, and in how many articles that stands."""
    rows = connection.execute(
        "SELECT number, statement.id, articles FROM statement JOIN echo_member ON echo_member.statement = statement.id "
        "JOIN echo_group ON echo_group.lead = echo_member.lead WHERE version = ? AND articles > 1",
        (version,),
    )
    return {number: (statement, articles) for number, statement, articles in rows}


class _Article(msgspec.Struct, frozen=True):
    number: int
    outlet: str | None
    title: str | None
    url: str | None


def _articles(connection: sqlite3.Connection, versions: set[int]) -> dict[int, _Article]:
    """What is shown of articles, by their current versions."""
    query = "SELECT article, shown_outlet, title, url FROM version WHERE id = ?"
    return {version: _Article(*connection.execute(query, (version,)).fetchone()) for version in versions}


def _places(connection: sqlite3.Connection, statements: Sequence[int]) -> dict[int, tuple[int, int]]:
    query = "SELECT first, last FROM statement WHERE id = ?"
    return {statement: connection.execute(query, (statement,)).fetchone() for statement in statements}


def _summary(row: tuple[Any, ...], first: Saying, articles: dict[int, _Article]) -> EchoSummary:
    lead, _, count, independent, languages, misquoted, last_day = row
    return EchoSummary(
        echo=lead,
        article=articles[first.article].number,
        text=first.content,
        sources=first.sources,
        language=first.language,
        outlet=articles[first.article].outlet,
        day=first.day,
        last_day=last_day,
        articles=count,
        independent=independent,
        languages=languages,
        misquoted=misquoted,
    )


def _variant(
    member: Member,
    known: dict[int, Saying],
    place: tuple[int, int],
    articles: dict[int, _Article],
    links: dict[tuple[int, int], Echo],
) -> Variant:
    saying, article = known[member.saying], articles[known[member.saying].article]
    origin = known.get(member.origin) if member.origin is not None else None
    link = links.get((origin.id, saying.id)) or relation_of(origin, saying) if origin else None
    return Variant(
        statement=saying.id,
        article=article.number,
        version=saying.article,
        start=place[0],
        end=place[1],
        text=saying.content,
        form=saying.form,
        denied=saying.denied,
        sources=saying.sources,
        language=saying.language,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=saying.published,
        origin=member.origin,
        relation=link.relation if link else None,
        score=link.score if link else 0.0,
        differences=link.differences if link else (),
        runs=tuple(alignment(origin, saying)) if origin else (),
        copy_of=articles[member.copy_of].number if member.copy_of is not None else None,
    )
