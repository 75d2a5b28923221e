"""Finds what people name in an article: a statement by its number or its words, a passage by its words or offsets."""

from __future__ import annotations

import re

import msgspec

from selon.library.corrections import match
from selon.library.database import LibraryError
from selon.types import Article, Passage, Reading, Statement

_RANGE = re.compile(r"(\d+)-(\d+)")
_SPACES = re.compile(r"\s+")


def statement_named(reading: Reading, name: str) -> Statement:
    """A statement by its number in the reading, by words of its content, or by START-END.

    Raises LibraryError where none is meant, or more than one.
    """
    by_number = next((one for one in reading.statements if one.id == name), None)
    if by_number is not None:
        return by_number
    if _RANGE.fullmatch(name):
        found = match(reading, (passage_named(reading.article, name),))
        meant = [found] if found else []
    else:
        wanted = _loosely(name)
        meant = [one for one in reading.statements if wanted.search(" ".join(part.text for part in one.content))]
    if len(meant) != 1:
        there = ", ".join(one.id for one in meant)
        raise LibraryError(
            f"{name!r}: there is no such statement in the article" if not meant
            else f"{name!r}: the words are in several statements ({there}): give more of them, or the number"
        )  # fmt: skip
    return meant[0]


def passage_named(article: Article, name: str) -> Passage:
    """A passage by its words, whatever its spaces, in the text or else in the title, or by START-END in the text.

    Raises LibraryError where the words are not there, or are there more than once.
    """
    offsets = _RANGE.fullmatch(name)
    if offsets:
        start, end = int(offsets.group(1)), int(offsets.group(2))
        if not 0 <= start < end <= len(article.text):
            raise LibraryError(f"{name}: the text has the offsets 0 to {len(article.text)}")
        return Passage(start=start, end=end, text=article.text[start:end])
    for text, where in ((article.text, msgspec.UNSET), (article.title or "", "title")):
        found = list(_loosely(name).finditer(text))
        if len(found) > 1:
            places = ", ".join(f"{one.start()}-{one.end()}" for one in found[:4])
            raise LibraryError(f"{name!r}: the words are there more than once: give START-END, such as {places}")
        if found:
            return Passage(start=found[0].start(), end=found[0].end(), text=found[0].group(), where=where)  # type: ignore[arg-type]
    raise LibraryError(f"{name!r}: these words are not in the article")


def _loosely(words: str) -> re.Pattern[str]:
    """The words with any spaces between them, and either apostrophe."""
    parts = [re.escape(part) for part in _SPACES.split(words.strip()) if part]
    if not parts:
        raise LibraryError("no words are given")
    return re.compile(re.sub("['’]", "['’]", r"\s+".join(parts)))
