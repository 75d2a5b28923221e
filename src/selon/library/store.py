"""A library: articles, their versions and readings, kept in one SQLite file and found again.

An article is known by its address, or by its text where it has none. Its versions are the texts it had; each has the
reading that the last engine made of it. Whatever is kept is kept in one transaction with all that follows from it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self
from urllib.parse import urldefrag, urlsplit

import msgspec

from selon.library import derived
from selon.library.corrections import Correction, corrected
from selon.library.database import LibraryError, connect, newest, transaction
from selon.library.packed import pack, unpack
from selon.types import Article, Engine, Reading

Outcome = Literal["new", "changed", "known"]

_VERSION = (
    "id, article, number, current, hash, language, title, byline, section, outlet, shown_outlet, url, published, "
    "text, added"
)


_NUMBER = re.compile("[0-9]{1,18}")  # SQLite's numbers end after 18 digits


class Added(NamedTuple):
    """What came of adding a reading: `changed` is a new version of an article that was there, `known` nothing new."""

    outcome: Outcome
    article: int
    version: int


class Times(NamedTuple):
    """When an article was first added, a version of it, and when its reading was made: UTC, ISO 8601."""

    article: str
    version: str
    reading: str


class KeptCorrection(NamedTuple):
    """A correction as the library has it, with its number, its article and when it was made."""

    number: int
    article: int
    correction: Correction
    made: str


class ReadBy(NamedTuple):
    """A version, its language, and what made its reading."""

    version: int
    language: str
    engine: Engine


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an article as the library has it. `shown_outlet` is the outlet, or the host of its address."""

    id: int
    article: int
    number: int
    current: bool
    shown_outlet: str | None
    added: str
    content: Article


class Library:
    """The library in one file.

    >>> with Library.open(path, create=True) as library:
    ...     library.add([reading])[0].outcome
    'new'
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False) -> Self:
        """The library in a file. Raises LibraryError where that is none, or there is none (unless `create`)."""
        library = cls(path, connect(path, create=create, read_only=read_only))
        if not read_only:
            library._bring_rows_up_to_date()
        return library

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- keeping

    def knows(self, article: Article) -> bool:
        """Whether this very text of the article is in the library, as its newest version or an older one."""
        return self._version_of(article.id) is not None

    def add(self, readings: Sequence[Reading]) -> list[Added]:
        """Keep readings, all of them or, where anything is raised, none."""
        now = _now()
        with transaction(self.connection):
            return [self._add(reading, Times(now, now, now)) for reading in readings]

    def restore(self, reading: Reading, times: Times, corrections: Iterable[tuple[Correction, str]]) -> Added:
        """Keep what another library had: a reading, when it came to be, and the corrections that are not here yet."""
        with transaction(self.connection):
            added = self._add(reading, times)
            there = {(one.correction, one.made) for one in self.corrections(added.article)}
            new = [one for one in corrections if one not in there]
            for correction, made in new:
                self._keep_correction(added.article, correction, made)
            if new:
                self._rebuild_article(added.article)
            return added

    def replace(self, readings: Iterable[tuple[int, Reading]]) -> None:
        """Put newer readings of versions in the place of those that are there: all of them or none."""
        with transaction(self.connection):
            for version, reading in readings:
                self._keep_reading(version, reading, _now())
                self._rebuild(version, reading)

    def remove(self, article: int) -> None:
        """Take an article out, with its versions, their readings and all that was made of them."""
        with transaction(self.connection):
            for version in self.versions(article):
                derived.forget(self.connection, version.id)
            self.connection.execute("DELETE FROM article WHERE id = ?", (article,))

    def _add(self, reading: Reading, times: Times) -> Added:
        known = self._version_of(reading.article.id)
        if known is not None:
            return Added("known", known[0], known[1])
        article, number = self._article_for(reading.article, times.article)
        version = self._insert_version(article, number, reading.article, times.version)
        self._keep_reading(version, reading, times.reading)
        self._rebuild(version, reading)
        return Added("new" if number == 1 else "changed", article, version)

    def _article_for(self, article: Article, added: str) -> tuple[int, int]:
        """The article that a text belongs to, made if it is not there, and the number of its next version."""
        key = article_key(article)
        row = self.connection.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()
        if row is None:
            cursor = self.connection.execute("INSERT INTO article (key, added) VALUES (?, ?)", (key, added))
            return int(cursor.lastrowid or 0), 1
        last = self.versions(row[0])[0]
        derived.forget(self.connection, last.id)
        self.connection.execute("UPDATE version SET current = 0 WHERE id = ?", (last.id,))
        return last.article, last.number + 1

    def _insert_version(self, article: int, number: int, content: Article, added: str) -> int:
        cursor = self.connection.execute(
            "INSERT INTO version (article, number, current, hash, language, title, byline, section, outlet, "
            "shown_outlet, url, published, day, text, added) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (article, number, content.id, content.language, content.title,
             msgspec.json.encode(content.byline).decode(), content.section, content.outlet, shown_outlet(content),
             content.url, content.published, (content.published or "")[:10] or None, content.text, added),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def _keep_reading(self, version: int, reading: Reading, made: str) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO reading (version, engine, models, packed, made) VALUES (?, ?, ?, ?, ?)",
            (
                version,
                reading.engine.version,
                msgspec.json.encode(reading.engine.models).decode(),
                pack(reading),
                made,
            ),
        )

    def _rebuild(self, version: int, reading: Reading) -> None:
        """The rows of a version made anew from its reading, if it is its article's current one."""
        if self.connection.execute("SELECT current FROM version WHERE id = ?", (version,)).fetchone()[0]:
            corrections = [kept.correction for kept in self.corrections_of(version)]
            derived.rebuild(self.connection, version, corrected(reading, corrections))

    # --- correcting

    def correct(self, corrections: Iterable[tuple[int, Correction]]) -> list[int]:
        """Keep corrections of articles, all of them or none; gives each its number."""
        with transaction(self.connection):
            given = list(corrections)
            numbers = [self._keep_correction(article, correction, _now()) for article, correction in given]
            for article in dict.fromkeys(article for article, _ in given):
                self._rebuild_article(article)
            return numbers

    def undo_correction(self, number: int) -> None:
        """Take a correction back. Raises LibraryError where there is none of that number."""
        with transaction(self.connection):
            row = self.connection.execute("DELETE FROM correction WHERE id = ? RETURNING article", (number,)).fetchone()
            if row is None:
                raise LibraryError(f"{self.path}: there is no correction {number}")
            self._rebuild_article(row[0])

    def corrections(self, article: int | None = None) -> list[KeptCorrection]:
        """The corrections of an article, or all of them, in the order they were made."""
        rows = self.connection.execute(
            "SELECT id, article, record, made FROM correction WHERE ?1 IS NULL OR article = ?1 ORDER BY id", (article,)
        )
        return [
            KeptCorrection(number, of, msgspec.json.decode(record, type=Correction), made)
            for number, of, record, made in rows
        ]

    def corrections_of(self, version: int) -> list[KeptCorrection]:
        """The corrections of the article that a version is of."""
        row = self.connection.execute("SELECT article FROM version WHERE id = ?", (version,)).fetchone()
        return self.corrections(row[0]) if row else []

    def _keep_correction(self, article: int, correction: Correction, made: str) -> int:
        cursor = self.connection.execute(
            "INSERT INTO correction (article, record, made) VALUES (?, ?, ?)",
            (article, msgspec.json.encode(correction).decode(), made),
        )
        return int(cursor.lastrowid or 0)

    def _bring_rows_up_to_date(self) -> None:
        """Make the rows of all current versions anew where a migration came between; all in one transaction."""
        made = self.connection.execute("SELECT schema FROM rows_made").fetchone()
        if made == (newest(),):
            return
        with transaction(self.connection):
            for article in self.articles():
                self._rebuild_article(article)
            self.connection.execute("DELETE FROM rows_made")
            self.connection.execute("INSERT INTO rows_made VALUES (?)", (newest(),))

    def _rebuild_article(self, article: int) -> None:
        current = self.current(article)
        if current is not None:
            self._rebuild(current.id, self.uncorrected(current.id))

    # --- finding

    def reading(self, version: int) -> Reading:
        """The reading of a version, with its corrections. Raises LibraryError where there is no such version."""
        return corrected(self.uncorrected(version), [kept.correction for kept in self.corrections_of(version)])

    def uncorrected(self, version: int) -> Reading:
        """The reading of a version as the engine made it. Raises LibraryError where there is no such version."""
        row = self.connection.execute("SELECT packed FROM reading WHERE version = ?", (version,)).fetchone()
        if row is None:
            raise LibraryError(f"{self.path}: there is no version {version}")
        return unpack(row[0], self.version(version).content)

    def version(self, version: int) -> Version:
        """A version by its row. Raises LibraryError where there is none."""
        row = self.connection.execute(f"SELECT {_VERSION} FROM version WHERE id = ?", (version,)).fetchone()
        if row is None:
            raise LibraryError(f"{self.path}: there is no version {version}")
        return _version(row)

    def versions(self, article: int) -> list[Version]:
        """The versions of an article, the newest first; none where there is no such article."""
        query = f"SELECT {_VERSION} FROM version WHERE article = ? ORDER BY number DESC"
        return [_version(row) for row in self.connection.execute(query, (article,))]

    def current(self, article: int) -> Version | None:
        """The newest version of an article, if there is such an article."""
        query = f"SELECT {_VERSION} FROM version WHERE article = ? AND current"
        row = self.connection.execute(query, (article,)).fetchone()
        return _version(row) if row else None

    def find_article(self, name: str) -> int:
        """An article by its number here, its address, or the id of one of its texts. Raises LibraryError for none."""
        found = self.connection.execute(
            "SELECT id FROM article WHERE key = ? OR id = ? UNION SELECT article FROM version WHERE hash = ?",
            (_address(name), int(name) if _NUMBER.fullmatch(name) else None, name),
        ).fetchone()
        if found is None:
            raise LibraryError(f"{name}: there is no such article in {self.path}")
        return int(found[0])

    def readings_by(self) -> list[ReadBy]:
        """Every version with the engine that read it, in the order they were added."""
        rows = self.connection.execute(
            "SELECT version, language, engine, models FROM reading JOIN version ON version.id = reading.version "
            "ORDER BY version"
        )
        return [
            ReadBy(version, language, Engine(version=name, models=tuple(msgspec.json.decode(models))))
            for version, language, name, models in rows
        ]

    def input(self, version: int) -> str:
        """What a version was read from, as its reading says."""
        return self.reading(version).input

    def articles(self) -> Iterable[int]:
        """The numbers of all articles, in the order they were added."""
        return [row[0] for row in self.connection.execute("SELECT id FROM article ORDER BY id")]

    def newest(self, limit: int, offset: int = 0) -> list[Version]:
        """Current versions, the latest day first, those of no day last."""
        query = f"SELECT {_VERSION} FROM version WHERE current ORDER BY day DESC, id DESC LIMIT ? OFFSET ?"
        return [_version(row) for row in self.connection.execute(query, (limit, offset))]

    def count(self) -> int:
        """How many articles there are."""
        return int(self.connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def key(self, article: int) -> str:
        """By what an article is known: its address, or 'text:' and the id of its text."""
        return str(self.connection.execute("SELECT key FROM article WHERE id = ?", (article,)).fetchone()[0])

    def times(self, version: int) -> Times:
        """When a version's article, it itself and its reading came to be."""
        row = self.connection.execute(
            "SELECT article.added, version.added, made FROM version JOIN article ON article.id = version.article "
            "JOIN reading ON reading.version = version.id WHERE version.id = ?",
            (version,),
        ).fetchone()
        return Times(*row)

    def _version_of(self, digest: str) -> tuple[int, int] | None:
        row = self.connection.execute("SELECT article, id FROM version WHERE hash = ?", (digest,)).fetchone()
        return (int(row[0]), int(row[1])) if row else None


def article_key(article: Article) -> str:
    """By what an article is known: its address without a fragment, or its text where it has none."""
    return _address(article.url) if article.url else f"text:{article.id}"


def shown_outlet(article: Article) -> str | None:
    """The outlet, or the host of the address without its www, where there is either."""
    if article.outlet:
        return article.outlet
    try:
        host = urlsplit(article.url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _address(url: str) -> str:
    try:
        return urldefrag(url).url
    except ValueError:
        return url


def _version(row: Sequence[object]) -> Version:
    of = dict(zip(_VERSION.split(", "), row, strict=True))
    content = {name: of[name] for name in Article.__struct_fields__ if name in of}
    article = {**content, "id": of["hash"], "byline": msgspec.json.decode(str(of["byline"]))}
    return Version(
        id=int(str(of["id"])), article=int(str(of["article"])), number=int(str(of["number"])),
        current=bool(of["current"]), shown_outlet=msgspec.convert(of["shown_outlet"], str | None),
        added=str(of["added"]), content=msgspec.convert(article, Article),
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
