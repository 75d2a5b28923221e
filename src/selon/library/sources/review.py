"""Looks again at names that something new made doubtful, and puts each in its place.

A review gathers what is to be looked at (groups, surnames, acronyms, sources) and settles it in one order: full names
and institutions first, then the initials, surnames and acronyms that depend on them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from selon.library.sources import judging, rows
from selon.library.sources.reasons import Reason
from selon.library.sources.rows import NameRow


class Review:
    """What is to be looked at again while the names of one article, or of a decision, are put in their places."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._clusters: set[str] = set()
        self._blocks: dict[str, set[str]] = defaultdict(set)
        self._grown: dict[str, set[str]] = defaultdict(set)
        self._whole_blocks: set[str] = set()
        self._acronyms: set[str] = set()
        self._sources: set[int] = set()
        self._renamed: set[int] = set()

    def rename(self, source: int) -> None:
        """A source whose name a decision or an entry may have changed."""
        self._renamed.add(source)

    def settle(self) -> None:
        """Put every name in its place that has to be looked at again, and sweep the sources nobody has any more."""
        while self._clusters:
            self._regroup(self._clusters.pop())
        for block in sorted(self._whole_blocks | set(self._blocks) | set(self._grown)):
            self._reconsider(block)
        while self._acronyms:
            acronym = self._acronyms.pop()
            for row in rows.name_rows(self._connection, "block = ? AND shape = 'acronym'", (acronym,)):
                self._move(row, *judging.acronym(self._connection, row))
        for source in self._renamed | self._sources:
            rows.refresh(self._connection, source)
        rows.sweep(self._connection, self._sources | self._renamed)
        self._whole_blocks.clear()
        self._blocks.clear()
        self._grown.clear()
        self._sources.clear()
        self._renamed.clear()

    def _again(self, row: NameRow) -> None:
        self._clusters.add(row.cluster)

    def _given_names(self, given: str, less: int) -> None:
        """After a full name came (less: 0) or went (1): judge its given name alone again where that may now be one."""
        query = "SELECT DISTINCT cluster, block FROM source_name WHERE given = ? AND shape = 'bare'"
        for cluster, block in self._connection.execute(query, (given,)).fetchall():
            have = judging.bearers(self._connection, "given", given, judging.MANY + 1)
            if have + less in (1, judging.bearers(self._connection, "block", block)):
                self._clusters.add(cluster)

    # --- looking again

    def _regroup(self, cluster: str) -> None:
        """Put the names of a group in their places, and mark what depends on them."""
        names = rows.name_rows(self._connection, "cluster = ?", (cluster,))
        if not names:
            return
        shape, block = names[0].shape, names[0].block
        if shape in ("bare", "initial"):
            for row in names:
                self._move(row, *judging.JUDGES[shape](self._connection, row))
            if shape == "initial":
                self._whole_blocks.add(block)
            return
        if shape == "acronym":
            self._acronyms.add(block)
            return
        changed = self._place(names, judging.group(self._connection, names))
        if block and changed:
            self._mark_block(block, names)
        if changed and names[0].family == "body":
            noted = self._connection.execute("SELECT acronym FROM source_acronym WHERE cluster = ?", (cluster,))
            self._acronyms.update(row[0] for row in noted)

    def _mark_block(self, block: str, names: list[NameRow]) -> None:
        """Mark what depends on the full names of a group, given as they were before some came into another place."""
        if not any(row.reason for row in names):
            self._grown[block].update(row.given[:1] for row in names)
            return
        now = rows.name_rows(self._connection, "cluster = ?", (names[0].cluster,))
        if any(row.reason and row.source != moved.source for row, moved in zip(names, now, strict=True)):
            self._whole_blocks.add(block)
        elif {row.source for row in now} - {row.source for row in names if row.reason}:
            self._grown[block].update(row.given[:1] for row in names)

    def _place(self, names: list[NameRow], judged: list[tuple[str | None, Reason]]) -> bool:
        """Give names the sources of their keys; says whether anything changed."""
        by_key: dict[str, list[NameRow]] = defaultdict(list)
        for row, (key, _) in zip(names, judged, strict=True):
            if key is not None:
                by_key[key].append(row)
        sources: dict[str, int] = {}
        whole: set[int] = set()  # new, with one name: nothing has to be counted
        for key in sorted(by_key, key=lambda key: (-sum(row.articles for row in by_key[key]), key)):
            source = rows.source_of_key(self._connection, key) or rows.adopted(self._connection, key, by_key[key])
            if source is None:
                first = by_key[key][0]
                source = rows.make_source(self._connection, key, first.written, first.kind, first.articles)
                plain = len(by_key[key]) == 1 and key.startswith(first.cluster)
                if plain and not rows.is_claimed(self._connection, first):
                    whole.add(source)
            sources[key] = source
        changed = False
        for row, (key, reason) in zip(names, judged, strict=True):
            changed |= self._move(row, None if key is None else sources[key], reason)
        self._renamed -= whole
        return changed

    def _reconsider(self, block: str) -> None:
        """Judge again the initials and the surnames alone that full names of a block can make doubtful.

        A new person can touch the initials with the same letter, and the surnames alone that nobody has around their
        time; a new month of somebody known, those around it; everything else is judged again as a whole.
        """
        whole = block in self._whole_blocks or self._is_surname_now(block)
        initials, alone = [("", "")] if whole else [], ["1"] if whole else ["0"]
        if block in self._grown:
            initials += [(letter, letter + "\U0010ffff") for letter in sorted(self._grown[block])]
            alone.append("month = '' OR reason = 'alone'")
        months = sorted(self._blocks.get(block, ()))
        alone.append(f"month IN ({', '.join('?' * len(months))})")
        for first, last in initials:
            within = "block = ? AND shape = 'initial' AND given >= ? AND (given < ? OR ? = '')"
            for row in rows.name_rows(self._connection, within, (block, first, last, last)):
                self._move(row, *judging.initial(self._connection, row))
        where = f"block = ? AND shape = 'bare' AND ({' OR '.join(alone)})"
        for row in rows.name_rows(self._connection, where, (block, *months)):
            self._move(row, *judging.bare(self._connection, row))

    def _is_surname_now(self, block: str) -> bool:
        """Whether a new name in a block may just have made the word a surname rather than a given name."""
        if block not in self._grown:
            return False
        query = "SELECT given FROM source_name WHERE block = ? AND shape = 'bare' LIMIT 1"
        given = self._connection.execute(query, (block,)).fetchone()
        if given is None:
            return False
        have = judging.bearers(self._connection, "given", given[0])
        return 0 < have <= judging.bearers(self._connection, "block", block)

    def _move(self, row: NameRow, where: int | str | None, reason: Reason) -> bool:
        """Give a name its source (a row, the key of one, or one of each article's own); says whether it changed."""
        source = where if isinstance(where, int) else None
        if isinstance(where, str):
            source = rows.source_of_key(self._connection, where)
            if source is None:
                source = rows.make_source(self._connection, where, row.written, row.kind)
        if (source, reason) == (row.source, row.reason):
            return False
        if row.source is not None:
            self._sources.add(row.source)
        self._connection.execute("UPDATE source_name SET source = ?, reason = ? WHERE id = ?", (source, reason, row.id))
        if source == row.source and row.reason:
            return False
        if source is not None:
            self._renamed.add(source)
            self._collect(row)
            self._connection.execute(
                "UPDATE article_source SET source = ? WHERE id IN "
                "(SELECT article_source FROM source_link WHERE name = ? AND NOT decided)",
                (source, row.id),
            )
        else:
            self._apart(row)
        return True

    def _collect(self, row: NameRow) -> None:
        """Remember the sources that single articles had for a name: they may be nobody's now."""
        if row.source is None and row.reason:
            found = self._connection.execute(
                "SELECT DISTINCT s.source FROM source_link l JOIN article_source s ON s.id = l.article_source "
                "WHERE l.name = ? AND NOT l.decided AND s.source IS NOT NULL",
                (row.id,),
            )
            self._sources.update(one[0] for one in found.fetchall())

    def _apart(self, row: NameRow) -> None:
        """Give each article that has a name a source of its own for it."""
        linked = self._connection.execute(
            "SELECT l.article_source, a.key FROM source_link l JOIN article_source s ON s.id = l.article_source "
            "JOIN version v ON v.id = s.version JOIN article a ON a.id = v.article WHERE l.name = ? AND NOT l.decided",
            (row.id,),
        ).fetchall()
        for article_source, article in linked:
            own = self._own(row, article)
            self._renamed.add(own)
            self._connection.execute("UPDATE article_source SET source = ? WHERE id = ?", (own, article_source))

    def _own(self, row: NameRow, article: str) -> int:
        key = f"article|{article}|{row.family}|{row.folded}"
        return rows.source_of_key(self._connection, key) or rows.make_source(
            self._connection, key, row.written, row.kind
        )
