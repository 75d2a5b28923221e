"""A library as lines of JSON, and back: each version of an article a line, then what was decided on sources.

A line is the record that `selon read` gives, corrected, with a field `library` beside it: the article's key, the
version's number, when it was added and, where there are corrections, these and what the engine had read. So a line is
of use to whoever knows the record alone, and nothing is lost on the way through.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from selon.library.corrections import Correction
from selon.library.database import LibraryError, transaction
from selon.library.sources.authority import Entry, entries
from selon.library.sources.authority import insert as insert_entries
from selon.library.sources.decisions import Decision, apply, decisions
from selon.library.sources.decisions import insert as insert_decisions
from selon.library.sources.folding import folded
from selon.library.sources.forms import family_of
from selon.library.store import Added, Library, Times, Version
from selon.types import Passage, Reading, Record

_DECIDED = b'{"decided":'


class Made(Record, frozen=True, kw_only=True):
    """A correction and when it was made."""

    correction: Correction
    made: str


class Kept(Record, frozen=True, kw_only=True):
    """What the library knows of a version beside its reading. `uncorrected` is there where there are corrections."""

    article: str
    number: int
    current: bool
    article_added: str
    added: str
    read: str
    corrections: tuple[Made, ...] = ()
    uncorrected: Reading | None = None


class Decided(Record, frozen=True, kw_only=True):
    """What people decided on sources over all articles, and the authority file: the last line, where there is any."""

    decided: tuple[Decision, ...]
    entries: tuple[Entry, ...]


class Line(Reading, frozen=True, kw_only=True):
    """A record with what the library knows of it; without, for a record that `selon read` gave."""

    library: Kept | None = None


def lines(library: Library) -> Iterator[bytes]:
    """Every version of every article, the oldest first, a line each, in UTF-8."""
    for article in library.articles():
        for version in reversed(library.versions(article)):
            yield msgspec.json.encode(_line(library, version)) + b"\n"
    decided = Decided(decided=tuple(decisions(library.connection)), entries=tuple(entries(library.connection)))
    if decided.decided or decided.entries:
        yield msgspec.json.encode(decided) + b"\n"


def read_line(line: bytes) -> Line | Decided:
    """A line that was exported, or one of `selon read --format jsonl`. Raises LibraryError for anything else."""
    try:
        if line.startswith(_DECIDED):
            return msgspec.json.decode(line, type=Decided)
        read = msgspec.json.decode(line, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LibraryError(f"this line is no record of Selon's: {error}") from error
    for passage in _passages(read):
        text = (read.article.title or "") if passage.where == "title" else read.article.text
        if text[passage.start : passage.end] != passage.text:
            raise LibraryError(f"this record does not hold together: {passage.text!r} is not at {passage.start}")
    return read


def restore(library: Library, line: Line) -> Added:
    """Keep what a line has, if it is not there yet."""
    bare = Reading(**{name: getattr(line, name) for name in Reading.__struct_fields__})
    kept = line.library
    if kept is None:
        return library.add([bare])[0]
    return library.restore(
        kept.uncorrected or bare,
        Times(kept.article_added, kept.added, kept.read),
        [(one.correction, one.made) for one in kept.corrections],
    )


def restore_decided(library: Library, decided: Decided) -> int:
    """Keep what was decided elsewhere and is not there yet; gives how much that is. An entry of the authority file
    that has the id or a name of one that is there is left out: what this library has holds."""
    connection = library.connection
    with transaction(connection):
        there = {msgspec.structs.replace(one, id=0) for one in decisions(connection)}
        new = [one for one in decided.decided if msgspec.structs.replace(one, id=0) not in there]
        known = {key for entry in entries(connection) for key in _keys(entry)}
        added = [entry for entry in decided.entries if not known & _keys(entry)]
        insert_decisions(connection, new)
        insert_entries(connection, added)
        if new or added:
            apply(connection)
    return len(new) + len(added)


def _keys(entry: Entry) -> set[str]:
    """By what an entry is known: its id, and each of its names within its kind."""
    return {f"id|{entry.id}", *(f"{family_of(entry.kind)}|{folded(name)}" for name in (entry.name, *entry.aliases))}


def _line(library: Library, version: Version) -> Line:
    reading, times = library.reading(version.id), library.times(version.id)
    corrections = library.corrections(version.article)
    kept = Kept(
        article=library.key(version.article),
        number=version.number,
        current=version.current,
        article_added=times.article,
        added=times.version,
        read=times.reading,
        corrections=tuple(Made(correction=one.correction, made=one.made) for one in corrections),
        uncorrected=library.uncorrected(version.id) if corrections else None,
    )
    return Line(**{name: getattr(reading, name) for name in Reading.__struct_fields__}, library=kept)


def _passages(reading: Reading) -> Iterator[Passage]:
    for source in reading.sources:
        yield from source.mentions
    for one in reading.statements:
        yield from one.content
        yield from (part for part in (one.cue, one.mention, one.addressee, one.medium, one.when) if part is not None)
    yield from reading.profile.hearsay
