"""Links the sources of articles to sources over all articles, and keeps the links right as articles come and go.

An article brings names; each is looked up by itself, and only where a name, a gender or a month is new are the few
names looked at again that it can make doubtful. What comes out is the same whatever the order in which articles came.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from selon.language import codes, load
from selon.library.sources import judging, rows
from selon.library.sources.bodies import abbreviates
from selon.library.sources.forms import Form, family_of, form_of
from selon.library.sources.genders import shown_gender
from selon.library.sources.grouping import contradictory
from selon.library.sources.reasons import Reason
from selon.library.sources.rows import NameRow
from selon.types import Reading, Source

_WORD = re.compile(r"[^\W_]+")

Counts = dict[int, int]
"""How many sources of articles had each name before an article was taken away: by the name's row."""


class Linker:
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

    # --- an article comes or goes

    def add(self, version: int, reading: Reading) -> None:
        """Link the named sources of a version whose rows are there."""
        query = "SELECT a.key, v.day FROM version v JOIN article a ON a.id = v.article WHERE v.id = ?"
        key, day = self._connection.execute(query, (version,)).fetchone()
        ids = dict(self._connection.execute("SELECT number, id FROM article_source WHERE version = ?", (version,)))
        decided = {
            (row[0], row[1]): (row[2], row[3])
            for row in self._connection.execute(
                "SELECT family, folded, target, shown FROM source_claim WHERE article = ? AND article <> ''", (key,)
            )
        }
        for source in reading.sources:
            if source.named:
                form = form_of(source.name, family_of(source.kind))
                name = self._count(form, source, reading, (day or "")[:7])
                target = decided.get((form.family, form.folded))
                self._link(ids[source.id], name, target, key)
                if form.shape == "body" and form.family == "body":
                    self._note_acronyms(ids[source.id], form, source)

    def remove(self, version: int) -> Counts:
        """Take the names of a version out of the counts, while its rows are still there."""
        before: Counts = {}
        linked = self._connection.execute(
            "SELECT l.name, s.source, v.day FROM article_source s JOIN source_link l ON l.article_source = s.id "
            "JOIN version v ON v.id = s.version WHERE s.version = ?",
            (version,),
        ).fetchall()
        for name, source, day in linked:
            row = rows.name_rows(self._connection, "id = ?", (name,))[0]
            before.setdefault(name, row.articles)
            self._connection.execute("UPDATE source_name SET articles = articles - 1 WHERE id = ?", (name,))
            if row.shape in ("full", "initial"):
                self._present(row, (day or "")[:7], -1)
            if source is not None:
                self._sources.add(source)
        noted = self._connection.execute(
            "SELECT a.acronym FROM source_acronym a JOIN article_source s ON s.id = a.article_source "
            "WHERE s.version = ?",
            (version,),
        )
        self._acronyms.update(row[0] for row in noted)
        return before

    def forget_unused(self, before: Counts) -> None:
        """After the rows are gone: look again at the names that fewer articles have, and drop those that none has."""
        for name, count in before.items():
            for row in rows.name_rows(self._connection, "id = ?", (name,)):
                if row.articles == count:
                    continue
                self._again(row)
                if row.source is not None:
                    self._renamed.add(row.source)
                if row.block:
                    self._whole_blocks.add(row.block)
                if row.articles == 0:
                    self._connection.execute("DELETE FROM source_presence WHERE name = ?", (name,))
                    self._connection.execute("DELETE FROM source_name WHERE id = ?", (name,))
                    self._connection.execute(
                        "DELETE FROM source_word WHERE word IN (SELECT value FROM json_each(?)) AND folded = ? "
                        "AND NOT EXISTS (SELECT 1 FROM source_name n WHERE n.folded = source_word.folded)",
                        (json.dumps(words_of(row.folded)), row.folded),
                    )
                    if row.shape == "full":
                        self._given_names(row.given, 1)

    def decide(self, family: str, folded: str, article: str) -> None:
        """Follow what is decided, or is no more, on one name in one article."""
        claim = self._connection.execute(
            "SELECT target, shown FROM source_claim WHERE family = ? AND folded = ? AND article = ?",
            (family, folded, article),
        ).fetchone()
        linked = self._connection.execute(
            "SELECT s.id, s.source, l.name FROM article a JOIN version v ON v.article = a.id AND v.current "
            "JOIN article_source s ON s.version = v.id JOIN source_link l ON l.article_source = s.id "
            "JOIN source_name n ON n.id = l.name WHERE a.key = ? AND n.family = ? AND n.folded = ?",
            (article, family, folded),
        ).fetchall()
        for article_source, source, name in linked:
            row = rows.name_rows(self._connection, "id = ?", (name,))[0]
            if claim is not None:
                where = rows.source_of_key(self._connection, claim[0]) or rows.make_source(
                    self._connection, claim[0], claim[1], row.kind
                )
            else:
                where = row.source or self._own(row, article)
            self._sources.update(one for one in (source, where) if one is not None)
            self._connection.execute(
                "UPDATE source_link SET decided = ? WHERE article_source = ?", (claim is not None, article_source)
            )
            self._connection.execute("UPDATE article_source SET source = ? WHERE id = ?", (where, article_source))

    def look_again(self, names: Iterable[NameRow]) -> None:
        """Names whose place a decision may have changed."""
        for row in names:
            self._again(row)
            if row.source is not None:
                self._renamed.add(row.source)

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

    # --- one name

    def _count(self, form: Form, source: Source, reading: Reading, month: str) -> NameRow:
        """The row of a name with one article more, and what that makes doubtful marked for another look."""
        language = reading.article.language
        gender = shown_gender(source, load(language)) if language in codes() else ""
        bare = month if form.shape == "bare" else ""
        row = rows.name_row(self._connection, source.name, source.kind, gender, bare)
        if row is None:
            row = rows.make_name(self._connection, form, source, gender=gender, month=bare)
            words = [(word, form.folded) for word in words_of(form.folded)]
            self._connection.executemany("INSERT OR IGNORE INTO source_word VALUES (?, ?)", words)
            self._again(row)
            if form.shape == "full":
                self._given_names(row.given, 0)
        else:
            turned = form.family == "person" and self._turns(row)
            self._connection.execute("UPDATE source_name SET articles = articles + 1 WHERE id = ?", (row.id,))
            if turned:
                self._again(row)
                if row.block:
                    self._whole_blocks.add(row.block)
            self._perhaps_rename(row)
        if form.shape in ("full", "initial"):
            self._present(row, month, 1)
        return row

    def _given_names(self, given: str, less: int) -> None:
        """After a full name came (less: 0) or went (1): judge its given name alone again where that may now be one."""
        query = "SELECT DISTINCT cluster, block FROM source_name WHERE given = ? AND shape = 'bare'"
        for cluster, block in self._connection.execute(query, (given,)).fetchall():
            have = judging.bearers(self._connection, "given", given, judging.MANY + 1)
            if have + less in (1, judging.bearers(self._connection, "block", block)):
                self._clusters.add(cluster)

    def _turns(self, row: NameRow) -> bool:
        """Whether one article more changes what the articles show of the gender of a group."""
        counts = Counter(judging.genders(self._connection, row.cluster))
        before = _verdict(counts)
        counts[row.gender] += 1
        return _verdict(counts) != before

    def _perhaps_rename(self, row: NameRow) -> None:
        """Mark a source for a new name or kind where another one than it has may be in more articles now."""
        if row.source is None or row.shape == "bare":
            return
        name, kind = self._connection.execute("SELECT name, kind FROM source WHERE id = ?", (row.source,)).fetchone()
        if (name, kind) == (row.written, row.kind):
            return
        ahead = self._connection.execute(
            "SELECT SUM(CASE written WHEN ?1 THEN articles WHEN ?2 THEN -articles END) >= 0 AND ?1 <> ?2 "
            "OR SUM(CASE kind WHEN ?3 THEN articles WHEN ?4 THEN -articles END) >= 0 AND ?3 <> ?4 "
            "FROM source_name WHERE source = ?5",
            (row.written, name, row.kind, kind, row.source),
        ).fetchone()
        if ahead[0]:
            self._renamed.add(row.source)

    def _link(self, article_source: int, name: NameRow, target: tuple[str, str] | None, article: str) -> None:
        """Link a source of an article; to its name's source, to its own, or to the one that a decision names."""
        self._connection.execute(
            "INSERT INTO source_link VALUES (?, ?, ?)", (article_source, name.id, target is not None)
        )
        source = name.source
        if target is not None:
            source = rows.source_of_key(self._connection, target[0])
            if source is None:
                source = rows.make_source(self._connection, target[0], target[1], name.kind)
        elif source is None and name.reason:
            source = self._own(name, article)
        if source is not None:
            self._connection.execute("UPDATE article_source SET source = ? WHERE id = ?", (source, article_source))
            self._connection.execute("UPDATE source SET articles = articles + 1 WHERE id = ?", (source,))

    def _present(self, row: NameRow, month: str, more: int) -> None:
        """Count a full name in its month; where it is the first there, or the last is gone, surnames are doubtful."""
        where = (row.block, month, row.id)
        there = self._connection.execute(
            "SELECT articles FROM source_presence WHERE block = ? AND month = ? AND name = ?", where
        ).fetchone()
        articles = (there[0] if there else 0) + more
        if articles == 0:
            self._connection.execute("DELETE FROM source_presence WHERE block = ? AND month = ? AND name = ?", where)
        else:
            self._connection.execute("INSERT OR REPLACE INTO source_presence VALUES (?, ?, ?, ?)", (*where, articles))
        if there is None or articles == 0:
            self._blocks[row.block].update(judging.near(month) if month else ("",))

    def _note_acronyms(self, article_source: int, form: Form, source: Source) -> None:
        """Keep the acronyms that the article itself uses for an institution whose name it has in full."""
        words = {word for mention in source.mentions for word in _capitals(mention.text)}
        for acronym in sorted(words):
            if abbreviates(acronym, source.name):
                key = form_of(acronym, "body").block or acronym.casefold()
                self._connection.execute(
                    "INSERT OR IGNORE INTO source_acronym VALUES (?, ?, ?)", (article_source, key, form.group)
                )
                self._acronyms.add(key)

    def _again(self, row: NameRow) -> None:
        self._clusters.add(row.cluster)

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
        for key in sorted(by_key, key=lambda key: (-sum(row.articles for row in by_key[key]), key)):
            source = rows.source_of_key(self._connection, key) or rows.adopted(self._connection, key, by_key[key])
            if source is None:
                first = by_key[key][0]
                source = rows.make_source(self._connection, key, first.written, first.kind)
            sources[key] = source
        changed = False
        for row, (key, reason) in zip(names, judged, strict=True):
            changed |= self._move(row, None if key is None else sources[key], reason)
        return changed

    def _reconsider(self, block: str) -> None:
        """Judge again the initials and the surnames alone that full names of a block can make doubtful.

        A new person can touch the initials with the same letter, and the surnames alone that nobody has around their
        time; a new month of somebody known, those around it; everything else is judged again as a whole.
        """
        whole = block in self._whole_blocks or self._is_surname_now(block)
        initials, alone = [("", "")] if whole else [], ["1"] if whole else ["month = ''"]
        if block in self._grown:
            initials += [(letter, letter + "\U0010ffff") for letter in sorted(self._grown[block])]
            alone.append("reason = 'alone'")
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


def words_of(plain: str) -> list[str]:
    """The words of a folded name by whose beginnings it can be found."""
    return sorted(set(_WORD.findall(plain)))


def _verdict(counts: Counter[str]) -> str:
    """What the articles show of the gender of a group: f, m, both or nothing."""
    men, women = counts["m"], counts["f"]
    if contradictory(men, women, counts.total()):
        return "both"
    return "m" if men > women else "f" if women > men else ""


def _capitals(mention: str) -> list[str]:
    """The words of a mention that are acronyms by their looks."""
    words = (word.strip("()«»“”\"'’,.;:") for word in mention.replace("’", "'").replace("'", " ").split())
    return [word for word in words if 2 <= len(word) <= 8 and word.isupper() and word.isalpha()]
