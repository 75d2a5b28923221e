"""What is shown of what a search found: the passages with the places of the words, who says them, where and when."""

from __future__ import annotations

import sqlite3
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from selon.library.search.index import passages
from selon.library.search.matching import Held, Match, Range

_EXCERPT = 240
_BEFORE = 70
_PORTION = 500


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that was found: `start` and `end` are code points of the article's text, or of its title where `in` is
    "title". `marks` are the words looked for, as code points of `text` itself."""

    start: int
    end: int
    text: str
    where: str = msgspec.field(name="in")
    marks: tuple[tuple[int, int], ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that was found, or a text: then `statement`, `form` and `act` are None, `sources` is empty and
    `parts` has an excerpt. `number` is the statement's id in the reading."""

    article: int
    version: int
    title: str | None
    outlet: str | None
    url: str | None
    day: str | None
    language: str
    statement: int | None
    number: str | None
    form: str | None
    act: str | None
    sources: tuple[str, ...]
    title_marks: tuple[tuple[int, int], ...]
    parts: tuple[Part, ...]


class _Said(NamedTuple):
    """A statement's own row with the words it is made of."""

    version: int
    number: str
    form: str
    act: str
    place: str
    language: str
    parts: list[tuple[int, str]]  # where each passage begins, and its words


def hits(connection: sqlite3.Connection, rows: Sequence[int], match: Match | None, *, text: bool) -> list[Hit]:
    """What is shown of the statements, or of the versions, of these rows, in their order."""
    return _of_texts(connection, rows, match) if text else _of_statements(connection, rows, match)


def held_by(connection: sqlite3.Connection, rows: Sequence[int], match: Match, *, text: bool) -> list[int]:
    """Those of the rows in which what is looked for really stands."""
    helds: dict[str, Held] = {}

    def held(language: str) -> Held:
        return helds.setdefault(language, Held(match.node, language))

    if text:
        return [row for row, language, title, whole in _texts(connection, rows) if held(language).holds(title, whole)]
    said = _statements(connection, rows)
    return [row for row in rows if row in said and held(said[row].language).holds(_joined(said[row]))]


def _of_statements(connection: sqlite3.Connection, rows: Sequence[int], match: Match | None) -> list[Hit]:
    said = _statements(connection, rows)
    heads = _heads(connection, {one.version for one in said.values()})
    names = _names(connection, rows)
    found = []
    for row in rows:
        one = said[row]
        head = heads[one.version]
        found.append(
            Hit(
                article=head.article,
                version=one.version,
                title=head.title,
                outlet=head.outlet,
                url=head.url,
                day=head.day,
                language=one.language,
                statement=row,
                number=one.number,
                form=one.form,
                act=one.act,
                sources=tuple(names.get(row, ())),
                title_marks=(),
                parts=_marked(one, match),
            )
        )
    return found


def _of_texts(connection: sqlite3.Connection, rows: Sequence[int], match: Match | None) -> list[Hit]:
    heads = _heads(connection, rows)
    found = []
    for row, language, title, whole in _texts(connection, rows):
        head = heads[row]
        in_title, in_text = [], []
        if match is not None:
            held = Held(match.node, language)
            in_title, in_text = held.ranges(title), held.ranges(whole)
        found.append(
            Hit(
                article=head.article,
                version=row,
                title=head.title,
                outlet=head.outlet,
                url=head.url,
                day=head.day,
                language=language,
                statement=None,
                number=None,
                form=None,
                act=None,
                sources=(),
                title_marks=tuple((one.start, one.end) for one in in_title),
                parts=(_excerpt(whole, in_text),),
            )
        )
    return found


class _Head(NamedTuple):
    article: int
    title: str | None
    outlet: str | None
    url: str | None
    day: str | None


def _heads(connection: sqlite3.Connection, versions: Iterable[int]) -> dict[int, _Head]:
    query = "SELECT id, article, title, shown_outlet, url, day FROM version WHERE id IN ({})"
    return {row: _Head(*head) for row, *head in _in_portions(connection, query, versions)}


def _texts(connection: sqlite3.Connection, versions: Sequence[int]) -> Iterator[tuple[int, str, str, str]]:
    """Version, language, title and text of each, in the order given."""
    query = "SELECT id, language, coalesce(title, ''), text FROM version WHERE id IN ({})"
    found = {row[0]: row for row in _in_portions(connection, query, versions)}
    yield from (found[version] for version in versions if version in found)


def _names(connection: sqlite3.Connection, statements: Iterable[int]) -> dict[int, list[str]]:
    query = (
        "SELECT said.statement, coalesce(source.name, article_source.name) FROM said "
        "JOIN article_source ON article_source.id = said.article_source "
        "LEFT JOIN source ON source.id = article_source.source WHERE said.statement IN ({}) ORDER BY article_source.id"
    )
    names: dict[int, list[str]] = {}
    for row, name in _in_portions(connection, query, statements):
        names.setdefault(row, []).append(name)
    return names


def _statements(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, _Said]:
    """The statements with the words of their passages, without the whole texts they stand in."""
    several = passages(connection, rows)
    query = (
        "SELECT s.id, s.version, s.number, s.form, s.act, s.place, v.language, s.first, s.last, "
        "substr(CASE s.place WHEN 'title' THEN v.title ELSE v.text END, s.first + 1, s.last - s.first) "
        "FROM statement AS s JOIN version AS v ON v.id = s.version WHERE s.id IN ({})"
    )
    found: dict[int, _Said] = {}
    for row, version, number, form, act, place, language, first, last, words in _in_portions(connection, query, rows):
        parts = [(start, words[start - first : end - first]) for start, end in several.get(row, [(first, last)])]
        found[row] = _Said(version, number, form, act, place, language, parts)
    return found


def _in_portions(connection: sqlite3.Connection, query: str, rows: Iterable[int]) -> Iterator[tuple]:  # type: ignore[type-arg]
    wanted = list(rows)
    for first in range(0, len(wanted), _PORTION):
        portion = wanted[first : first + _PORTION]
        yield from connection.execute(query.format(", ".join("?" * len(portion))), portion)


def _joined(said: _Said) -> str:
    """All passages as one text, since a phrase may go on after the cue."""
    return " ".join(words for _, words in said.parts)


def _marked(said: _Said, match: Match | None) -> tuple[Part, ...]:
    ranges = Held(match.node, said.language).ranges(_joined(said)) if match is not None else []
    found, place = [], 0
    for start, words in said.parts:
        end = place + len(words)
        marks = _within(ranges, place, end)
        found.append(Part(start=start, end=start + len(words), text=words, where=said.place, marks=marks))
        place = end + 1
    return tuple(found)


def _within(ranges: Iterable[Range], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """What of the ranges lies in a passage, counted from its start."""
    cut = ((max(one.start, start) - start, min(one.end, end) - start) for one in ranges)
    return tuple((first, last) for first, last in cut if first < last)


def _excerpt(text: str, ranges: Sequence[Range]) -> Part:
    """The stretch of a text with most of the marked words, whole words only."""
    starts = [one.start for one in ranges]
    reach = _EXCERPT - _BEFORE
    best = max(
        ranges, key=lambda one: bisect(starts, one.start + reach) - bisect(starts, one.start), default=Range(0, 0)
    )
    start = max(0, best.start - _BEFORE)
    if start > 0:
        start = next((place + 1 for place in range(start, best.start) if text[place].isspace()), best.start)
    end = min(len(text), max(start + _EXCERPT, best.end))
    if end < len(text):
        end = next((place for place in range(end, max(best.end, start), -1) if text[place].isspace()), end)
    return Part(start=start, end=end, text=text[start:end], where="text", marks=_within(ranges, start, end))
