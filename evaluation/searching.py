"""How long a search takes in a library.

Searches are drawn from the library itself, the same ones each time: words, phrases and beginnings of words that stand
in its statements, with and without filters, over statements and over whole texts. Each is timed from the words to the
page of twenty hits.
"""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence

import msgspec

from selon.library.search import Filters, Query, QueryError, search

_SEED = 20261125
_WORD = re.compile(r"[^\W_]{3,}")
_EACH = 25


class Timed(msgspec.Struct, frozen=True):
    """One search, what kind it is, and the seconds it took."""

    kind: str
    query: Query
    seconds: float


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
