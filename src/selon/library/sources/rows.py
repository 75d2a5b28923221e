"""The rows of names and sources that linking reads and writes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from selon.library.sources.forms import Form
from selon.types import Source

_COLUMNS = "id, family, kind, written, gender, month, folded, shape, cluster, block, given, articles, source, reason"
_RANKS = {"bare": 2, "initial": 1}
_MAIN = "shape NOT IN ('bare', 'initial', 'acronym')"


class NameRow(NamedTuple):
    """A row of source_name."""

    id: int
    family: str
    kind: str
    written: str
    gender: str
    month: str
    folded: str
    shape: str
    cluster: str
    block: str
    given: str
    articles: int
    source: int | None
    reason: str


class Claim(NamedTuple):
    """A row of source_claim: whose a name is by a decision or an entry."""

    folded: str
    written: str
    target: str
    shown: str
    alone: bool
    reason: str


def name_row(connection: sqlite3.Connection, written: str, kind: str, gender: str, month: str) -> NameRow | None:
    """The row of a name, if it is there."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM source_name WHERE written = ? AND kind = ? AND gender = ? AND month = ?",
        (written, kind, gender, month),
    ).fetchone()
    return NameRow(*row) if row else None


def make_name(connection: sqlite3.Connection, form: Form, source: Source, *, gender: str, month: str) -> NameRow:
    """A new name that one article has; where it belongs is not judged yet."""
    row = (
        form.family, source.kind, source.name, gender, month, form.folded, form.shape, form.group, form.block,
        form.given, 1, None, "",
    )  # fmt: skip
    marks = ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO source_name ({_COLUMNS}) VALUES (NULL, {marks})", row)
    return NameRow(int(cursor.lastrowid or 0), *row)


def name_rows(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> list[NameRow]:
    """The rows of names under a condition."""
    return [
        NameRow(*row)
        for row in connection.execute(f"SELECT {_COLUMNS} FROM source_name WHERE {where} ORDER BY id", values)
    ]


def claims_of(connection: sqlite3.Connection, cluster: str) -> dict[str, Claim]:
    """The claims on the names of a group, by the folded name."""
    rows = connection.execute(
        "SELECT folded, written, target, shown, alone, reason FROM source_claim WHERE cluster = ? AND article = ''",
        (cluster,),
    )
    return {row[0]: Claim(*row) for row in rows}


def is_claimed(connection: sqlite3.Connection, row: NameRow) -> bool:
    """Whether a decision or an entry is on a name, in one article or in all."""
    query = "SELECT 1 FROM source_claim WHERE family = ? AND folded = ? LIMIT 1"
    return connection.execute(query, (row.family, row.folded)).fetchone() is not None


def source_of_key(connection: sqlite3.Connection, key: str) -> int | None:
    """The source that is known by a key."""
    row = connection.execute("SELECT id FROM source WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def make_source(connection: sqlite3.Connection, key: str, name: str, kind: str, articles: int = 0) -> int:
    """A new source."""
    row = (name, kind, key, articles)
    cursor = connection.execute("INSERT INTO source (name, kind, key, articles) VALUES (?, ?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def adopted(connection: sqlite3.Connection, key: str, names: Sequence[NameRow]) -> int | None:
    """The source that the names of a new key had together, now known by that key; none where others have it too."""
    for row in sorted(names, key=lambda one: (-one.articles, one.id)):
        if row.source is None:
            continue
        marks = ", ".join("?" * len(names))
        others = connection.execute(
            f"SELECT 1 FROM source_name WHERE source = ? AND {_MAIN} AND id NOT IN ({marks}) LIMIT 1",
            (row.source, *(one.id for one in names)),
        ).fetchone()
        if others is None:
            connection.execute("UPDATE source SET key = ? WHERE id = ?", (key, row.source))
            return row.source
    return None


def refresh(connection: sqlite3.Connection, source: int) -> None:
    """Count the articles of a source anew, and give it the name and kind that most of them give it.

    The name that a decision or an entry gives comes before those.
    """
    connection.execute(
        "UPDATE source SET articles = (SELECT COUNT(*) FROM article_source WHERE source = source.id) WHERE id = ?",
        (source,),
    )
    found = connection.execute(
        "SELECT written, kind, shape, SUM(articles) FROM source_name WHERE source = ? GROUP BY written, kind, shape",
        (source,),
    ).fetchall()
    told = connection.execute(
        "SELECT c.shown, e.kind FROM source s JOIN source_claim c ON c.target = s.key "
        "LEFT JOIN source_entry e ON s.key = 'entry|' || e.id WHERE s.id = ? LIMIT 1",
        (source,),
    ).fetchone()
    name, kind = _most_given(found) if found else (None, None)
    if told is not None:
        name, kind = told[0], told[1] or kind
    connection.execute(
        "UPDATE source SET name = COALESCE(?, name), kind = COALESCE(?, kind) WHERE id = ?", (name, kind, source)
    )


def _most_given(found: Sequence[tuple[str, str, str, int]]) -> tuple[str, str]:
    """The name and the kind that most articles give; a full name before an initial, that before a surname alone."""
    by_name: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    for written, kind, _, articles in found:
        by_name[written] += articles
        by_kind[kind] += articles
    ranks = {written: _RANKS.get(shape, 0) for written, _, shape, _ in found}
    return (
        min(by_name, key=lambda one: (ranks[one], -by_name[one], one)),
        min(by_kind, key=lambda one: (-by_kind[one], one)),
    )


def sweep(connection: sqlite3.Connection, sources: Iterable[int]) -> None:
    """Take away those of the sources that no article has any more."""
    connection.executemany(
        "DELETE FROM source WHERE id = ? AND NOT EXISTS (SELECT 1 FROM article_source WHERE source = source.id) "
        "AND NOT EXISTS (SELECT 1 FROM source_name WHERE source = source.id)",
        [(source,) for source in sources],
    )
