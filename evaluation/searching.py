"""How long a search takes in a library, and how large the library's file is against the text in it.

    python -m evaluation.searching --articles 100000      a library of copies besides the small one

Searches are drawn from the library itself, the same ones each time: words, phrases and beginnings of words that stand
in its statements, with and without filters, over statements and over whole texts. Each is timed from the words to the
page of twenty hits. The small library has the articles of `news-fr`, `wikinews-en` and `echoes` beside the project.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from evaluation.gold import NoDataError, shared_folder
from evaluation.library_copies import grow
from evaluation.speed import articles_of
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.library import Library
from selon.library.search import Filters, Query, QueryError, index, search
from selon.reader import Reader

_SETS = ("news-fr", "wikinews-en")
_SEED = 20261125
_WORD = re.compile(r"[^\W_]{3,}")
_BATCH = 64
_EACH = 25


class Timed(msgspec.Struct, frozen=True):
    """One search, what kind it is, and the seconds it took."""

    kind: str
    query: Query
    seconds: float


def small_library(path: Path) -> int:
    """Read the articles beside the project into a new library; gives how many. Raises NoDataError."""
    loaded = [item for name in _SETS for item in articles_of(name)] + list(_echoes())
    readings = Reader().read_many(loaded)
    with Library.open(path, create=True) as library:
        batch = []
        for reading in readings:
            batch.append(reading)
            if len(batch) == _BATCH:
                library.add(batch)
                batch = []
        library.add(batch)
        index.tidy(library.connection)
        library.connection.execute("VACUUM")
        library.connection.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    return len(loaded)


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


def queries(connection: sqlite3.Connection, each: int = _EACH) -> list[tuple[str, Query]]:
    """Searches of every kind, so many of each, drawn from what the library has."""
    draw = random.Random(_SEED)
    made: list[tuple[str, Query]] = []
    while len(made) < each * 11:
        drawn = _drawn(connection, draw)
        if drawn is not None:
            words, source, outlet, day, language = drawn
            made.extend(_of_kinds(words, Filters(source=source), Filters(outlet=outlet, since=day[:4]),
                                  Filters(language=language, since=day[:7], until=day[:4])))  # fmt: skip
    return made


def _of_kinds(words: list[str], who: Filters, where: Filters, when: Filters) -> Iterator[tuple[str, Query]]:
    first, second, third, phrase = words
    yield "a word", Query(words=first)
    yield "a word, newest first", Query(words=first, order="date")
    yield "two words", Query(words=f"{first} {second}")
    yield "any of three", Query(words=f"{first} OR {second} OR {third}")
    yield "one without another", Query(words=f"{first} -{second}")
    yield "a phrase", Query(words='"' + phrase.replace('"', " ") + '"')
    yield "a beginning", Query(words=f"{first[:4]}*")
    yield "a word of a source", Query(words=first, filters=who)
    yield "a source alone", Query(filters=who)
    yield "a word in an outlet", Query(words=first, filters=where)
    yield "two words in texts", Query(words=f"{first} {second}", text=True, filters=when)


def _drawn(connection: sqlite3.Connection, draw: random.Random) -> tuple[list[str], str, str, str, str] | None:
    """Three words that follow one another in a statement and the phrase of the first two; its source, outlet, day and
    language; None where it has too few words."""
    last = connection.execute("SELECT max(id) FROM statement").fetchone()[0]
    row = connection.execute(
        "SELECT substr(text, first + 1, last - first), a.name, shown_outlet, day, language FROM statement AS s "
        "JOIN version AS v ON v.id = s.version JOIN said ON said.statement = s.id "
        "JOIN article_source AS a ON a.id = said.article_source WHERE s.id >= ? AND place = 'text' AND a.named LIMIT 1",
        (draw.randint(1, last),),
    ).fetchone()
    words = list(_WORD.finditer(row[0])) if row else []
    if len(words) < 3:
        return None
    one, two, three = words[(first := draw.randint(0, len(words) - 3)) : first + 3]
    phrase = row[0][one.start() : two.end()]
    return [one[0], two[0], three[0], phrase], row[1], row[2] or "", row[3] or "2020-01-01", row[4]


def timed(connection: sqlite3.Connection, each: int = _EACH) -> list[Timed]:
    """Each search once, after one that brings the file's first pages in."""
    search(connection, Query(words="Selon"))
    found: list[Timed] = []
    for kind, query in queries(connection, each):
        began = time.perf_counter()
        try:
            search(connection, query)
        except QueryError:
            continue  # common words alone, or too short a beginning: nothing was looked for
        found.append(Timed(kind, query, time.perf_counter() - began))
    return found


def percentile(seconds: Sequence[float], share: float) -> float:
    """The time that a share of the searches stays within, in milliseconds."""
    return 1000 * sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]


def sizes(connection: sqlite3.Connection) -> tuple[int, dict[str, int]]:
    """Bytes of the current articles' texts in UTF-8, and of each table or index in the file, the largest first."""
    text = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM version WHERE current").fetchone()[0]
    try:
        rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    except sqlite3.OperationalError:  # an SQLite without dbstat: the whole only
        pages = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
        rows = [("the file", pages[0])]
    return int(text), dict(rows)


def _report(path: Path, name: str, *, verbose: bool) -> list[str]:
    with Library.open(path) as library:
        found = timed(library.connection)
        text, tables = sizes(library.connection)
    lines = []
    kinds = dict.fromkeys(one.kind for one in found)
    for kind in [*(kinds if verbose else ()), "all"]:
        seconds = [one.seconds for one in found if kind in ("all", one.kind)]
        lines.append(f"{name:12s} {kind:22s} {len(seconds):5d} searches   p50 {percentile(seconds, 0.5):6.1f} ms"
                     f"   p95 {percentile(seconds, 0.95):6.1f} ms")  # fmt: skip
    lines.append(f"{name:12s} file {sum(tables.values()) / text:.2f} times the text: " + ", ".join(
        f"{table} {size / text:.2f}" for table, size in tables.items() if size / text >= 0.01))  # fmt: skip
    return lines


def table(articles: int | None = None, *, verbose: bool = False) -> str:
    """The small library, and one with so many articles, made of copies. Raises NoDataError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        count = small_library(path)
        lines = _report(path, f"{count:,}", verbose=verbose)
        if articles is not None:
            grow(path, articles)
            lines.extend(_report(path, f"{articles:,}", verbose=verbose))
    return "\n".join(lines)


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="python -m evaluation.searching")
    options.add_argument("--articles", type=int, help="a library of so many articles too, made of copies")
    given = options.parse_args()
    print(table(given.articles, verbose=True))
