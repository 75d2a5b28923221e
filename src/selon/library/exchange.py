"""A library as lines of JSON, and back: each version of an article a line, then what is kept over all articles.

A line is the record that `selon read` gives, corrected, with a field `library` beside it: the article's key, the
version's number, when it was added and, where there are corrections, these and what the engine had read. So a line is
of use to whoever knows the record alone, and nothing is lost on the way through.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from selon.library.corrections import Correction
from selon.library.database import LibraryError
from selon.library.store import Added, Library, Times, Version
from selon.types import Passage, Reading, Record


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


class Line(Reading, frozen=True, kw_only=True):
    """A record with what the library knows of it; without, for a record that `selon read` gave."""

    library: Kept | None = None


def lines(library: Library) -> Iterator[bytes]:
    """Every version of every article, the oldest first, a line each, in UTF-8."""
    for article in library.articles():
        for version in reversed(library.versions(article)):
            yield msgspec.json.encode(_line(library, version)) + b"\n"


def read_line(line: bytes) -> Line:
    """A line that was exported, or one of `selon read --format jsonl`. Raises LibraryError for anything else."""
    try:
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
