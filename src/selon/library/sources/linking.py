"""Links the sources of articles to sources over all articles, and keeps the links right as articles come and go.

An article brings names; each is looked up by itself, and only where a name, a gender or a month is new are the few
names looked at again that it can make doubtful. What comes out is the same whatever the order in which articles came.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

from selon.language import codes, load
from selon.library.sources import judging, rows
from selon.library.sources.bodies import abbreviates
from selon.library.sources.forms import Form, family_of, form_of
from selon.library.sources.genders import shown_gender
from selon.library.sources.grouping import contradictory
from selon.library.sources.review import Review
from selon.library.sources.rows import NameRow
from selon.types import Reading, Source

_WORD = re.compile(r"[^\W_]+")

Counts = dict[int, int]
"""How many sources of articles had each name before an article was taken away: by the name's row."""


class Linker(Review):
    """Brings the names of articles in and out, and follows decisions; `settle` then puts all in their places."""

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
