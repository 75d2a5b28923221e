"""What a library costs: the speed of adding, the size of its file, how long searches and pages take.

    python -m evaluation.bench library                      the small library
    python -m evaluation.bench library --copies 100000      and a large one, made of copies: some minutes more

The small library has the articles of `news-fr`, `wikinews-en` and `echoes` beside the project. Reading and adding are
measured in seconds of processor time in one run, a portion of articles after the other; searches and pages by the
clock.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from evaluation import searching, serving
from evaluation.gold import NoDataError, shared_folder
from evaluation.library_copies import grow
from evaluation.speed import articles_of
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.library import Library
from selon.reader import Reader

_SETS = ("news-fr", "wikinews-en")
_PORTION = 32
_TARGET = 0.85


class Built(NamedTuple):
    """How many articles a library was made of, and the seconds of processor time that reading and adding took."""

    articles: int
    reading: float
    adding: float

    @property
    def speed(self) -> float:
        """The speed of adding where that of plain reading is 1."""
        return self.reading / (self.reading + self.adding)


def small_library(path: Path) -> Built:
    """Read the articles beside the project into a new library, as `selon add` does. Raises NoDataError."""
    loaded = [item for name in _SETS for item in articles_of(name)] + list(_echoes())
    reader = Reader()
    list(reader.read_many(loaded[:4]))
    seconds = {"reading": 0.0, "adding": 0.0}
    items = iter(loaded)
    with Library.open(path, create=True) as library:
        while portion := list(islice(items, _PORTION)):
            began = time.process_time()
            readings = list(reader.read_many(portion))
            read = time.process_time()
            library.add(readings)
            seconds["reading"] += read - began
            seconds["adding"] += time.process_time() - read
        library.connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    return Built(len(loaded), seconds["reading"], seconds["adding"])


def _echoes() -> Iterator[Loaded]:
    folder = shared_folder()
    path = folder / "echoes" / "articles.jsonl" if folder is not None else None
    if path is None or not path.is_file():
        raise NoDataError("the data beside the project has no echoes")
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        article = make_article(
            row["text"], language=row["language"], title=row["title"], section=row["section"], outlet=row["outlet"],
            url=row["url"], published=row["published"],
        )  # fmt: skip
        yield Loaded(row["id"], article)


def sizes(connection: sqlite3.Connection) -> tuple[int, dict[str, int]]:
    """Bytes of the current articles' texts in UTF-8, and of each table or index in the file, the largest first."""
    text = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM version WHERE current").fetchone()[0]
    try:
        rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    except sqlite3.OperationalError:  # an SQLite without dbstat: the whole only
        pages = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
        rows = [("the file", pages[0])]
    return int(text), dict(rows)


def report(path: Path, name: str, *, verbose: bool) -> list[str]:
    """The lines on a library: searches, pages, and what each table takes of the file."""
    with Library.open(path, read_only=True) as library:
        searches = searching.timed(library.connection)
        text, tables = sizes(library.connection)
    kinds = dict.fromkeys(one.kind for one in searches) if verbose else ()
    lines = [_line(name, kind, [one.seconds for one in searches if one.kind == kind]) for kind in kinds]
    lines.append(_line(name, "all searches", [one.seconds for one in searches]))
    pages = serving.timed(path)
    lines += [_line(name, kind, seconds) for kind, seconds in (pages.items() if verbose else ())]
    lines.append(_line(name, "all pages", [one for seconds in pages.values() for one in seconds]))
    shares = {table: size / text for table, size in tables.items()}
    told = ", ".join(f"{table} {share:.2f}" for table, share in shares.items() if share >= 0.02)
    return [*lines, f"{name:>8s} file {sum(shares.values()):.2f} times the text: {told}"]


def _line(name: str, kind: str, seconds: list[float]) -> str:
    half, most = searching.percentile(seconds, 0.5), searching.percentile(seconds, 0.95)
    return f"{name:>8s} {kind:22s} {len(seconds):5d} times   p50 {half:6.1f} ms   p95 {most:6.1f} ms"


def table(copies: int | None = None, *, verbose: bool = False) -> str:
    """The small library, and one with so many articles, made of copies. Raises NoDataError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        built = small_library(path)
        lines = [
            f"{built.articles:8,d} articles read in {built.reading:.1f} s, added in {built.adding:.1f} s more: "
            f"{built.speed:.0%} of the speed of reading (wanted: {_TARGET:.0%})"
        ]
        lines += report(path, f"{built.articles:,}", verbose=verbose)
        if copies is not None:
            grow(path, copies)
            lines += report(path, f"{copies:,}", verbose=verbose)
    return "\n".join(lines)
