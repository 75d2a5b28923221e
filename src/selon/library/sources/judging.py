"""Where a name belongs, as the rows of a library stand: each judge gives a source, or the key of one, and the reason.

None for a source means that it is another one in each article: what cannot be told stays apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Literal, cast

from selon.library.sources import rows
from selon.library.sources.forms import Family, form_of
from selon.library.sources.grouping import Member, compatible, contradictory, places
from selon.library.sources.persons import untitled
from selon.library.sources.reasons import Reason
from selon.library.sources.rows import Claim, NameRow

Judged = tuple[int | str | None, Reason]
MANY = 20  # names that have a given name: where there are so many, it is one
_ENOUGH = 50  # candidates looked at: where so many have the surname, one more changes nothing


def near(month: str) -> tuple[str, str, str]:
    """A month of the form 2024-11 and its neighbours.

    >>> near("2024-01")
    ('2023-12', '2024-01', '2024-02')
    """
    year, number = int(month[:4]), int(month[5:7])
    before = f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"
    after = f"{year + 1:04}-01" if number == 12 else f"{year:04}-{number + 1:02}"
    return before, month, after


def genders(connection: sqlite3.Connection, cluster: str) -> dict[str, int]:
    """How many articles show a man, a woman and neither ('') in a group."""
    query = "SELECT gender, SUM(articles) FROM source_name WHERE cluster = ? GROUP BY gender"
    return dict(connection.execute(query, (cluster,)))


def group(connection: sqlite3.Connection, names: list[NameRow]) -> list[tuple[str | None, Reason]]:
    """The keys of all names of a group of full names or of institutions, decisions and entries before all."""
    claims = rows.claims_of(connection, names[0].cluster)
    judged = _persons(names, claims) if names[0].shape == "full" else _bodies(names, claims)
    return [
        (claims[row.folded].target, cast("Reason", claims[row.folded].reason)) if row.folded in claims else place
        for row, place in zip(names, judged, strict=True)
    ]


def _persons(names: list[NameRow], claims: dict[str, Claim]) -> list[tuple[str | None, Reason]]:
    family = cast("Family", names[0].family)
    following = [row for row in names if not (row.folded in claims and claims[row.folded].alone)]
    there = {row.folded for row in names}
    absent = [claim for claim in claims.values() if not claim.alone and claim.folded not in there]
    members = [Member(form_of(row.written, family), row.gender, row.articles) for row in following]
    members += [Member(form_of(claim.written, family), "", 0) for claim in absent]
    placed = places(members)
    targets: dict[str, set[str]] = {}
    for member, place in zip(members, placed, strict=True):
        if member.form.folded in claims:
            targets.setdefault(place.key, set()).add(claims[member.form.folded].target)
    found: dict[int, tuple[str | None, Reason]] = {}
    for row, place in zip(following, placed[: len(following)], strict=True):
        claimed = targets.get(place.key, set())
        found[row.id] = (next(iter(claimed)) if len(claimed) == 1 else place.key, place.reason)
    return [found.get(row.id, (row.cluster, "name")) for row in names]


def _bodies(names: list[NameRow], claims: dict[str, Claim]) -> list[tuple[str | None, Reason]]:
    if names[0].shape == "generic":
        return [(None, "generic")] * len(names)
    targets = {claim.target for claim in claims.values() if not claim.alone}
    key = next(iter(targets)) if len(targets) == 1 else names[0].cluster
    leader = min(row.folded for row in names)
    known: Reason = "spelling"
    if "|@" in names[0].cluster:
        known = "organ" if "/" in names[0].cluster else "known"
    return [(key, "name" if row.folded == leader else known) for row in names]


def initial(connection: sqlite3.Connection, row: NameRow) -> Judged:
    """An initial and a surname go with the one person of that surname whose given name begins so."""
    claim = rows.claims_of(connection, row.cluster).get(row.folded)
    if claim is not None:
        return claim.target, cast("Reason", claim.reason)
    query = (
        "SELECT source, written, given FROM source_name WHERE block = ? AND shape = 'full' AND given >= ? "
        "AND given < ? AND source IS NOT NULL ORDER BY id LIMIT ?"
    )
    letter, generation = row.given[:1], row.given.partition("+")[2]
    middles = form_of(row.written, "person").middles
    found = {
        source
        for source, written, given in connection.execute(query, (row.block, letter, letter + "\U0010ffff", _ENOUGH))
        if given.partition("+")[2] == generation and _middles_fit(middles, form_of(written, "person").middles)
    }
    fitting = _of_gender(connection, sorted(found), row.gender)
    if len(fitting) == 1:
        return fitting[0], "initial"
    return (None, "several") if fitting else (row.cluster, "name")


def _middles_fit(initials: tuple[str, ...], middles: tuple[str, ...]) -> bool:
    """Whether a full name has all the further initials that a short one has ("J.-P." is not "Jules")."""
    return len(middles) >= len(initials) and compatible(initials, middles)


def bare(connection: sqlite3.Connection, row: NameRow) -> Judged:
    """A surname alone goes with the one person who has it around that time; with several, it stays in its article."""
    claim = rows.claims_of(connection, row.cluster).get(row.folded)
    if claim is not None:
        return claim.target, cast("Reason", claim.reason)
    nearby = _of_gender(connection, _around(connection, row), row.gender)
    if len(nearby) > 1 or _is_given_name(connection, row):
        return None, "several"
    if nearby:
        return nearby[0], "surname"
    if row.month and len(_of_gender(connection, _with_surname(connection, row.block), row.gender)) > 1:
        return None, "several"
    counts = genders(connection, row.cluster)
    both = contradictory(counts.get("m", 0), counts.get("f", 0), sum(counts.values()))
    return row.cluster + (f"/{row.gender or '?'}" if both else ""), "alone"


def _is_given_name(connection: sqlite3.Connection, row: NameRow) -> bool:
    """Whether as many names of a library have the word for a given name as for a surname, and no title goes before."""
    if len(untitled(row.written)) < len(row.written.split()):
        return False
    given = bearers(connection, "given", row.given)
    return given > 0 and given >= bearers(connection, "block", row.block)


def bearers(connection: sqlite3.Connection, column: Literal["given", "block"], key: str, most: int = MANY) -> int:
    """How many full names have a given name, or a surname (block); no more than `most`."""
    query = f"SELECT DISTINCT folded FROM source_name WHERE {column} = ? AND shape = 'full' LIMIT ?"
    return len(connection.execute(query, (key, most)).fetchall())


def acronym(connection: sqlite3.Connection, row: NameRow) -> Judged:
    """An acronym goes with the one institution to which articles of the library give it."""
    claims = rows.claims_of(connection, row.cluster)
    if row.folded in claims:
        return claims[row.folded].target, cast("Reason", claims[row.folded].reason)
    query = (
        "SELECT DISTINCT n.source FROM source_acronym a JOIN source_name n ON n.cluster = a.cluster "
        "WHERE a.acronym = ? AND n.source IS NOT NULL LIMIT 2"
    )
    found = [one[0] for one in connection.execute(query, (row.block,))]
    return (found[0], "acronym") if len(found) == 1 else (row.cluster, "name")


def _around(connection: sqlite3.Connection, row: NameRow) -> list[int]:
    """The sources that have a surname around the time of a name; in all the library where it has no date."""
    if not row.month:
        return _with_surname(connection, row.block)
    query = (
        "SELECT DISTINCT n.source FROM source_presence p JOIN source_name n ON n.id = p.name "
        "WHERE p.block = ? AND p.month IN (?, ?, ?) AND n.source IS NOT NULL LIMIT ?"
    )
    return [one[0] for one in connection.execute(query, (row.block, *near(row.month), _ENOUGH))]


def _with_surname(connection: sqlite3.Connection, block: str) -> list[int]:
    query = (
        "SELECT DISTINCT source FROM source_name WHERE block = ? AND shape IN ('full', 'initial') "
        "AND source IS NOT NULL LIMIT ?"
    )
    return [one[0] for one in connection.execute(query, (block, _ENOUGH))]


def _of_gender(connection: sqlite3.Connection, sources: list[int], gender: str) -> list[int]:
    """The sources that are not shown to be of the other gender."""
    if not gender or not sources:
        return sources
    marks = ", ".join("?" * len(sources))
    counts: dict[int, int] = dict.fromkeys(sources, 0)
    for source, shown, articles in connection.execute(
        f"SELECT source, gender, SUM(articles) FROM source_name WHERE source IN ({marks}) AND gender <> '' "
        "AND shape = 'full' GROUP BY source, gender",
        sources,
    ):
        counts[source] += articles if shown == gender else -articles
    return [source for source in sources if counts[source] >= 0]


JUDGES: dict[str, Callable[[sqlite3.Connection, NameRow], Judged]] = {"initial": initial, "bare": bare}
