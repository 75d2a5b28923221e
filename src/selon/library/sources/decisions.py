"""What people decide on sources, and what that and the authority file come to.

A decision is kept by the names it was made on (and the article, where only one is meant), never by rows, so that it
holds after everything is read again. Decisions are gone through in their order, the later one holds; an entry of the
authority file holds against all of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import msgspec

from selon.library.database import LibraryError, transaction
from selon.library.sources import rows
from selon.library.sources.folding import folded
from selon.library.sources.forms import Family, family_of, form_of
from selon.library.sources.linking import Linker

ENTRY = "entry|"
_FAMILIES: tuple[Family, ...] = ("person", "body", "document")


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person decided. merge: `name` is another name of `other`; split: `name` is not `other`, in one
    article (its key) or in all, and is called `label` if that is given."""

    id: int
    made: str
    verb: Literal["merge", "split"]
    family: Family
    name: str
    other_family: Family
    other: str
    article: str | None
    label: str | None
    note: str | None


class Anchor(NamedTuple):
    """A name by which a decision knows a source."""

    family: Family
    name: str


class _Claimed(NamedTuple):
    written: str
    target: str
    alone: bool
    reason: str


_Key = tuple[Family, str, str]
_COLUMNS = ", ".join(Decision.__struct_fields__)


def merge(
    connection: sqlite3.Connection, name: str, other: str, *, kind: str | None = None, note: str | None = None
) -> Decision:
    """Decide that `name` is another name of `other`. Raises LibraryError where either is not there or not clear."""
    with transaction(connection):
        one, into = anchor(connection, name, kind), anchor(connection, other, kind)
        entries = {_entry(connection, place) for place in (one, into)} - {None}
        if len(entries) > 1:
            raise LibraryError(f"{one.name} and {into.name} are two entries of the authority file, which holds")
        if (one.family, folded(one.name)) == (into.family, folded(into.name)):
            raise LibraryError(f"{one.name} and {into.name} are one name")
        return _keep(connection, "merge", one, into, note=note)


def split(
    connection: sqlite3.Connection, name: str, source: str, *, article: str | None = None, label: str | None = None,
    kind: str | None = None, note: str | None = None,
) -> Decision:  # fmt: skip
    """Decide that `name` is not `source`, in the article of that key or everywhere, and what it is called then.

    Raises LibraryError where the two are not one source now, or the authority file says that they are.
    """
    with transaction(connection):
        one, left = anchor(connection, name, kind), anchor(connection, source, kind)
        if _entry(connection, one) is not None:
            raise LibraryError(f"{one.name} stands in the authority file, which holds: change it there")
        if article is None and label is None and folded(one.name) == folded(left.name):
            raise LibraryError(f"{one.name} is its own name: say in which --article it is somebody else's")
        if not _sources_of(connection, one, article) & _sources_of(connection, left, None):
            where = " in that article" if article else ""
            raise LibraryError(f"{one.name} is not {left.name}{where} as it is")
        return _keep(connection, "split", one, left, article=article, label=label, note=note)


def undo(connection: sqlite3.Connection, decision: int) -> Decision:
    """Take a decision back. Raises LibraryError where there is none of that number."""
    with transaction(connection):
        found = next((one for one in decisions(connection) if one.id == decision), None)
        if found is None:
            raise LibraryError(f"there is no decision {decision}; selon sources decisions lists them")
        connection.execute("DELETE FROM source_decision WHERE id = ?", (decision,))
        apply(connection)
        return found


def decisions(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions in their order."""
    found = connection.execute(f"SELECT {_COLUMNS} FROM source_decision ORDER BY id")
    return [msgspec.convert(dict(zip(Decision.__struct_fields__, row, strict=True)), Decision) for row in found]


class UnknownNameError(LibraryError):
    """A name that no source has."""

    def __init__(self, name: str, kind: str | None) -> None:
        super().__init__(f"{name}: there is no source of that name" + (f" among the {kind}s" if kind else ""))
        self.name = name


def anchor(connection: sqlite3.Connection, name: str, kind: str | None = None) -> Anchor:
    """The name that a person means: a name of articles or of the authority file, or #12 for a source by its number.

    Raises LibraryError where it is nobody's, or a person's and an institution's at once and `kind` does not say which.
    """
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        row = connection.execute("SELECT name, kind FROM source WHERE id = ?", (int(name[1:]),)).fetchone()
        if row is None:
            raise LibraryError(f"there is no source {name}")
        return Anchor(family_of(row[1]), row[0])
    plain = folded(name)
    found = [family for family in _FAMILIES if _is_known(connection, family, plain)]
    if kind is not None:
        found = [family for family in found if family == family_of(kind)]
    if not found:
        raise UnknownNameError(name, kind)
    if len(found) > 1:
        raise LibraryError(f"{name} is the name of several kinds of source ({', '.join(found)}): say which with --kind")
    return Anchor(found[0], name)


def _is_known(connection: sqlite3.Connection, family: Family, plain: str) -> bool:
    return connection.execute(
        "SELECT 1 FROM source_name WHERE folded = ?1 AND family = ?2 "
        "UNION ALL SELECT 1 FROM source_claim WHERE folded = ?1 AND family = ?2 LIMIT 1",
        (plain, family),
    ).fetchone() is not None  # fmt: skip


def _entry(connection: sqlite3.Connection, place: Anchor) -> str | None:
    """The entry of the authority file that a name belongs to now, by itself or by a merge."""
    row = connection.execute(
        "SELECT target FROM source_claim WHERE family = ? AND folded = ? AND article = '' AND target LIKE 'entry|%'",
        (place.family, folded(place.name)),
    ).fetchone()
    return row[0] if row else None


def _sources_of(connection: sqlite3.Connection, place: Anchor, article: str | None) -> set[int]:
    """The sources that a name is now, in one article or in all."""
    query = (
        "SELECT DISTINCT s.source FROM source_name n JOIN source_link l ON l.name = n.id "
        "JOIN article_source s ON s.id = l.article_source "
    )
    where, values = "WHERE n.family = ? AND n.folded = ?", [place.family, folded(place.name)]
    if article is not None:
        query += "JOIN version v ON v.id = s.version JOIN article a ON a.id = v.article "
        where, values = where + " AND a.key = ?", [*values, article]
    named = {row[0] for row in connection.execute(query + where, values)}
    if article is None:
        same = (
            "SELECT s.id FROM source_claim c JOIN source s ON s.key = c.target "
            "WHERE c.family = ? AND c.folded = ? AND c.article = ''"
        )
        named |= {row[0] for row in connection.execute(same, (place.family, folded(place.name)))}
    return named


def _keep(
    connection: sqlite3.Connection, verb: str, one: Anchor, other: Anchor, *, article: str | None = None,
    label: str | None = None, note: str | None = None,
) -> Decision:  # fmt: skip
    cursor = connection.execute(
        "INSERT INTO source_decision (made, verb, family, name, other_family, other, article, label, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (datetime.now(UTC).isoformat(timespec="seconds"), verb, *one, *other, article, label, note),
    )
    apply(connection)
    return next(decision for decision in decisions(connection) if decision.id == cursor.lastrowid)


def insert(connection: sqlite3.Connection, new: Iterable[Decision]) -> None:
    """Put decisions of another library in, under numbers of this one, within a transaction; `apply` has to follow."""
    columns = [name for name in Decision.__struct_fields__ if name != "id"]
    connection.executemany(
        f"INSERT INTO source_decision ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        [tuple(getattr(one, name) for name in columns) for one in new],
    )


# --- what decisions and entries come to


def apply(connection: sqlite3.Connection) -> None:
    """Work out anew whose each name is by entries and decisions, and put in their places the names this concerns."""
    wanted = _claims(connection)
    columns = "family, folded, article, cluster, target, shown, alone, reason, written"
    there = {row[:3]: row for row in connection.execute(f"SELECT {columns} FROM source_claim")}
    changed = [key for key in wanted.keys() | there.keys() if wanted.get(key) != there.get(key)]
    connection.executemany("DELETE FROM source_claim WHERE family = ? AND folded = ? AND article = ?", changed)
    connection.executemany(
        f"INSERT INTO source_claim ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [wanted[key] for key in changed if key in wanted],
    )
    linker = Linker(connection)
    for key in changed:
        for row in (there.get(key), wanted.get(key)):
            if row is not None:
                _look_again(connection, linker, key, row)
    linker.settle()


def _look_again(connection: sqlite3.Connection, linker: Linker, key: _Key, row: tuple[object, ...]) -> None:
    family, plain, article = key
    if article:
        linker.decide(family, plain, article)
    linker.look_again(rows.name_rows(connection, "cluster = ?", (row[3],)))
    source = rows.source_of_key(connection, str(row[4]))
    if source is not None:
        linker.rename(source)


def _claims(connection: sqlite3.Connection) -> dict[_Key, tuple[object, ...]]:
    """The claims that entries and decisions come to, in their order: a row of source_claim for each name."""
    work = _Work()
    entries = connection.execute(
        "SELECT n.family, n.folded, n.written, e.id, e.name FROM source_entry_name n JOIN source_entry e "
        "ON e.id = n.entry"
    )
    for family, plain, written, entry, name in entries:
        work.claim((family, plain, ""), _Claimed(written, ENTRY + entry, False, "entry"), name)
    for decision in decisions(connection):
        if decision.verb == "merge":
            work.merge(decision)
        else:
            work.split(decision)
    return work.rows()


class _Work:
    """Decisions gone through one by one: whose each name is, and which sources are one by a merge."""

    def __init__(self) -> None:
        self._claims: dict[_Key, _Claimed] = {}
        self._shown: dict[str, str] = {}
        self._into: dict[str, str] = {}

    def claim(self, key: _Key, claimed: _Claimed, shown: str) -> None:
        self._claims[key] = claimed
        self._shown.setdefault(claimed.target, shown)

    def merge(self, decision: Decision) -> None:
        one = self._claimed(decision.family, decision.name)
        other = self._claimed(decision.other_family, decision.other)
        if one == other or (one.startswith(ENTRY) and other.startswith(ENTRY)):
            return
        if one.startswith(ENTRY):
            one, other = other, one
        self._into[one] = other

    def split(self, decision: Decision) -> None:
        key: _Key = (decision.family, folded(decision.name), decision.article or "")
        held = self._claims.get((key[0], key[1], ""))
        if held is not None and held.target.startswith(ENTRY):
            return
        shown = decision.label or decision.name
        if decision.label is not None and folded(decision.label) != key[1]:
            target = self._claimed(decision.family, decision.label, verb="split")
        else:
            target = f"split|{decision.family}|{folded(shown)}|{key[2]}"
        self.claim(key, _Claimed(decision.name, target, True, "split"), shown)

    def rows(self) -> dict[_Key, tuple[object, ...]]:
        found: dict[_Key, tuple[object, ...]] = {}
        for (family, plain, article), claimed in self._claims.items():
            target = self._root(claimed.target)
            cluster = form_of(claimed.written, family).group
            found[family, plain, article] = (
                family, plain, article, cluster, target, self._shown[target], int(claimed.alone), claimed.reason,
                claimed.written,
            )  # fmt: skip
        return found

    def _claimed(self, family: Family, name: str, verb: str = "merged") -> str:
        """The source that a name is by what was decided before; one of its own where nothing was."""
        key: _Key = (family, folded(name), "")
        if key not in self._claims:
            self.claim(key, _Claimed(name, f"{verb}|{family}|{folded(name)}", False, verb), name)
        return self._root(self._claims[key].target)

    def _root(self, target: str) -> str:
        while target in self._into:
            target = self._into[target]
        return target


def claimed_names(connection: sqlite3.Connection, source: int) -> Iterable[str]:
    """The names that decisions and entries give a source, also those that no article has."""
    query = "SELECT c.written FROM source s JOIN source_claim c ON c.target = s.key WHERE s.id = ? ORDER BY c.written"
    return [row[0] for row in connection.execute(query, (source,))]
