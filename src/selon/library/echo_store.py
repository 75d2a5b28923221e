"""The echoes of a library: found when an article is added, kept as rows, brought together into groups.

Keys, scores and groups are those of `selon.library.echoes`, whose numbers for sayings are the rows of statements and
whose numbers for articles are the rows of current versions. Each article is compared with what its own keys find, so
what is added later costs no more than what was added first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from selon.library.echoes import (
    FREQUENT,
    Copy,
    CopyText,
    Echo,
    Group,
    Saying,
    copies_between,
    copy_keys,
    echoes_of,
    groups_of,
    keyed,
    originals,
)
from selon.library.echoes.said import topic_of
from selon.types import Article, SourceKind

_CHUNK = 500
_CUT = 32
_SAYING = """
    SELECT statement.id, statement.version, language, form, denied, first, last, parts, text,
        version.outlet, published, day, topic
    FROM statement JOIN version ON version.id = statement.version JOIN echo_text ON echo_text.version = version.id
    LEFT JOIN statement_parts ON statement_parts.statement = statement.id WHERE statement.id IN ({marks})
"""


class Speaker(NamedTuple):
    """Who says a statement: the name in the article, the kind, the source over all articles, for whom it speaks."""

    name: str
    kind: str
    source: int | None
    principal: str | None


def link(connection: sqlite3.Connection, version: int, article: Article) -> None:
    """Find the echoes of a current version, whose statements are there, and keep them."""
    topic = msgspec.json.encode(topic_of(article)).decode()
    connection.execute("INSERT INTO echo_text VALUES (?, ?)", (version, topic))
    _link_copies(connection, version, article)
    numbers = _column(connection, "SELECT id FROM statement WHERE version = ? AND place = 'text'", version)
    new = sayings(connection, numbers)
    keys = _keys(new)
    found = echoes_of(new, keys, _Holders(connection), lambda wanted: sayings(connection, wanted))
    connection.executemany(
        "INSERT OR REPLACE INTO echo VALUES (?, ?, ?, ?, ?)",
        [(one.earlier, one.later, one.relation, one.score, _json(one.differences)) for one in found],
    )
    connection.executemany("INSERT INTO echo_key VALUES (?, ?)", _pairs(keys))
    regroup(connection, {number for one in found for number in (one.earlier, one.later)})


def forget(connection: sqlite3.Connection, version: int) -> None:
    """Take away what was found for a version, before its statements go; what is left of its groups stays."""
    if not connection.execute("SELECT 1 FROM echo_text WHERE version = ?", (version,)).fetchone():
        return
    numbers = _column(connection, "SELECT id FROM statement WHERE version = ? AND place = 'text'", version)
    connection.executemany(
        "DELETE FROM echo_key WHERE key = ? AND statement = ?", _pairs(_keys(sayings(connection, numbers)))
    )
    texts = _texts(connection, [version])
    connection.executemany(
        "DELETE FROM copy_key WHERE key = ? AND version = ?",
        [(key, version) for text in texts for key in copy_keys(text)],
    )
    connection.execute("DELETE FROM wire_copy WHERE original = ?1 OR copy = ?1", (version,))
    connection.execute("DELETE FROM echo_text WHERE version = ?", (version,))
    left = _together(connection, numbers) - set(numbers)
    for where in ("earlier", "later"):
        connection.executemany(f"DELETE FROM echo WHERE {where} = ?", [(number,) for number in numbers])
    connection.executemany("DELETE FROM echo_member WHERE statement = ?", [(number,) for number in numbers])
    connection.executemany("DELETE FROM echo_group WHERE lead = ?", [(number,) for number in numbers])
    regroup(connection, left)


def regroup(connection: sqlite3.Connection, statements: Collection[int]) -> None:
    """Bring together anew the groups of these statements and of all that echo them."""
    together = _together(connection, statements)
    if not together:
        return
    leads = {
        lead for (lead,) in _chunked(connection, "SELECT lead FROM echo_member WHERE statement IN ({marks})", together)
    }
    connection.executemany("DELETE FROM echo_group WHERE lead = ?", [(lead,) for lead in leads])
    connection.executemany("DELETE FROM echo_member WHERE statement = ?", [(number,) for number in together])
    known = {saying.id: saying for saying in sayings(connection, together)}
    copied = wire_copies(connection, {saying.article for saying in known.values()})
    for group in groups_of(echoes_among(connection, together), known, copied):
        _keep(connection, group, known)


def sayings(connection: sqlite3.Connection, statements: Collection[int]) -> list[Saying]:
    """The sayings of statements, in the order of their rows; those that are not there are left out."""
    rows = list(_chunked(connection, _SAYING, statements))
    speakers = _speakers(connection, [row[0] for row in rows])
    return [_saying(row, speakers.get(row[0], ())) for row in sorted(rows)]


def echoes_among(connection: sqlite3.Connection, statements: Collection[int]) -> list[Echo]:
    """The echoes whose earlier statement is one of these."""
    query = "SELECT earlier, later, relation, score, differences FROM echo WHERE earlier IN ({marks})"
    return [
        msgspec.convert(
            {"earlier": row[0], "later": row[1], "relation": row[2], "score": row[3],
             "differences": msgspec.json.decode(row[4])}, Echo,
        )
        for row in _chunked(connection, query, statements)
    ]  # fmt: skip


def members(connection: sqlite3.Connection, statement: int) -> list[int]:
    """All statements of the echo that a statement is one variant of; none where it stands nowhere else."""
    query = "SELECT statement FROM echo_member WHERE lead = (SELECT lead FROM echo_member WHERE statement = ?)"
    return _column(connection, query, statement)


def wire_copies(connection: sqlite3.Connection, versions: Collection[int]) -> dict[int, int]:
    """For those of these versions that are copies of others among them, the one they go back to."""
    query = "SELECT original, copy, shared FROM wire_copy WHERE copy IN ({marks})"
    rows = [row for row in _chunked(connection, query, versions) if row[0] in versions]
    return originals([Copy(original=row[0], copy=row[1], shared=row[2]) for row in sorted(rows)])


class _Holders:
    """For keys, the statements kept under each, no more than are needed to know that they are too many."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __call__(self, keys: Collection[int]) -> dict[int, list[int]]:
        query = f"SELECT statement FROM echo_key WHERE key = ? LIMIT {FREQUENT + 1}"
        held = {key: [row[0] for row in self._connection.execute(query, (key,))] for key in keys}
        return {key: statements for key, statements in held.items() if statements}


def _link_copies(connection: sqlite3.Connection, version: int, article: Article) -> None:
    text = CopyText(article=version, language=article.language, published=article.published, text=article.text)
    keys = copy_keys(text)
    query = f"SELECT version FROM copy_key WHERE key = ? LIMIT {FREQUENT + 1}"
    held = [[row[0] for row in connection.execute(query, (key,))] for key in keys]
    near = {other for versions in held if len(versions) <= FREQUENT for other in versions}
    connection.executemany(
        "INSERT OR REPLACE INTO wire_copy VALUES (?, ?, ?)",
        [(one.original, one.copy, one.shared) for one in copies_between(text, _texts(connection, near))],
    )
    connection.executemany("INSERT INTO copy_key VALUES (?, ?)", [(key, version) for key in keys])


def _texts(connection: sqlite3.Connection, versions: Collection[int]) -> list[CopyText]:
    query = "SELECT id, language, published, text FROM version WHERE id IN ({marks})"
    return [
        CopyText(article=row[0], language=row[1], published=row[2], text=row[3])
        for row in sorted(_chunked(connection, query, versions))
    ]


def _together(connection: sqlite3.Connection, statements: Collection[int]) -> set[int]:
    """These statements and all that are bound to them by echoes, over any number of steps."""
    reached: set[int] = set()
    edge = set(statements)
    while edge:
        reached |= edge
        forth = _chunked(connection, "SELECT later FROM echo WHERE earlier IN ({marks})", edge)
        back = _chunked(connection, "SELECT earlier FROM echo WHERE later IN ({marks})", edge)
        edge = {row[0] for rows in (forth, back) for row in rows} - reached
    return reached


def _keep(connection: sqlite3.Connection, group: Group, known: dict[int, Saying]) -> None:
    lead = group.first
    versions = {member.article for member in group.members}
    days = [day for member in group.members if (day := known[member.saying].day)]
    connection.execute(
        "INSERT INTO echo_group VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            lead,
            len(group.members),
            len(versions),
            group.independent,
            len({known[member.saying].language for member in group.members}),
            sum(member.relation in ("misquoted", "misattributed") for member in group.members),
            max(days, default=None),
        ),
    )
    connection.executemany("INSERT INTO echo_member VALUES (?, ?)", [(one.saying, lead) for one in group.members])


def _speakers(connection: sqlite3.Connection, statements: Sequence[int]) -> dict[int, list[Speaker]]:
    query = (
        "SELECT said.statement, own.name, own.kind, own.source, head.name FROM said "
        "JOIN article_source AS own ON own.id = said.article_source "
        "LEFT JOIN article_source AS head ON head.version = own.version AND head.number = own.speaks_for "
        "WHERE said.statement IN ({marks}) ORDER BY said.statement, own.id"
    )
    speakers: dict[int, list[Speaker]] = {}
    for statement, *rest in _chunked(connection, query, statements):
        speakers.setdefault(statement, []).append(Speaker(*rest))
    return speakers


def _saying(row: tuple[Any, ...], speakers: Sequence[Speaker]) -> Saying:
    number, version, language, form, denied, first, last, parts, text, outlet, published, day, topic = row
    ranges = msgspec.json.decode(parts) if parts else [(first, last)]
    return Saying(
        id=number,
        article=version,
        language=language,
        content=" ".join(text[start:end] for start, end in ranges),
        outlet=outlet,
        day=day,
        published=published,
        form=form,
        denied=bool(denied),
        sources=tuple(one.name for one in speakers if one.kind != "anonymous"),
        source_kind=msgspec.convert(speakers[0].kind, SourceKind) if speakers else None,
        source_ids=tuple(one.source for one in speakers if one.source is not None),
        speaks_for=speakers[0].principal if speakers else None,
        topic=tuple(msgspec.json.decode(topic)),
    )


def _chunked(connection: sqlite3.Connection, query: str, values: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query over any number of values, for which `{marks}` stands in it."""
    listed = sorted(values)
    for at in range(0, len(listed), _CHUNK):
        portion = listed[at : at + _CHUNK]
        yield from connection.execute(query.format(marks=", ".join("?" * len(portion))), portion)


def _keys(new: Sequence[Saying]) -> dict[int, list[int]]:
    """The keys of sayings, cut to 32 bits: they take half the file, and what meets by chance is told apart by its
    score."""
    return {saying: sorted({key >> _CUT for key in keys}) for saying, keys in keyed(new).items()}


def _pairs(keys: Mapping[int, Sequence[int]]) -> list[tuple[int, int]]:
    return [(key, statement) for statement, own in keys.items() for key in own]


def _column(connection: sqlite3.Connection, query: str, value: int) -> list[int]:
    return [row[0] for row in connection.execute(query, (value,))]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
