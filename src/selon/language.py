"""Loads and checks a language: the word lists of `languages/<code>/*.toml`.

A list that is empty, has the same entry twice, or a key that nobody reads is refused with the file and the key, so
that a slip in a word list is seen when it is made. `docs/languages.md` shows how to add a language.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from selon import librarywords, wordlists
from selon.cuelist import Cues, Grammar, compile_cues, compile_grammar
from selon.echo_words import EchoWords
from selon.interface import Interface
from selon.labels import Labels

Words = TypeVar("Words", bound=wordlists.WordList)


class LanguageError(ValueError):
    """A language that is not there, or a word list of it that cannot be used: says which file and key."""


def _folder() -> Traversable:
    return resources.files("selon") / "languages"


@cache
def codes() -> tuple[str, ...]:
    """The codes of the languages that are there: ("en", "fr")."""
    return tuple(sorted(entry.name for entry in _folder().iterdir() if (entry / "cues.toml").is_file()))


@cache
def load(code: str) -> Language:
    """The language of an ISO 639-1 code. Raises LanguageError for one that is not there or not in order."""
    if code not in codes():
        raise LanguageError(f"there is no language {code!r}; there are: {', '.join(codes())}")
    return Language(code)


class Language:
    """The words of one language, a record for each of its files."""

    def __init__(self, code: str) -> None:
        self.code = code

    def _read(self, name: str, kind: type[Words]) -> Words:
        file = _folder() / self.code / f"{name}.toml"
        return read_words(file.read_bytes(), f"languages/{self.code}/{name}.toml", kind)

    @cached_property
    def general(self) -> wordlists.General:
        """Name of the language and the small words every step may need."""
        return self._read("language", wordlists.General)

    @cached_property
    def cues(self) -> Cues:
        """The words that report a statement."""
        return compile_cues(self._read("cues", wordlists.CueWords), self._read("conjugation", wordlists.Conjugation))

    @cached_property
    def grammar(self) -> Grammar:
        """The small words by which contents and mentions are found."""
        return compile_grammar(
            self._read("grammar", wordlists.GrammarWords), self._read("conjugation", wordlists.Conjugation)
        )

    @cached_property
    def sources(self) -> wordlists.SourceWords:
        """The words that tell what a source is."""
        return self._read("sources", wordlists.SourceWords)

    @cached_property
    def attributes(self) -> wordlists.AttributeWords:
        """The words that tell how something was said."""
        return self._read("attributes", wordlists.AttributeWords)

    @cached_property
    def dates(self) -> wordlists.DateWords:
        """The words of days and parts of days."""
        return self._read("dates", wordlists.DateWords)

    @cached_property
    def pages(self) -> wordlists.PageWords:
        """The words of a page that are not the article's."""
        return self._read("pages", wordlists.PageWords)

    @cached_property
    def profile(self) -> wordlists.ProfileWords:
        """The sentences that say what an article rests on."""
        return self._read("profile", wordlists.ProfileWords)

    @cached_property
    def labels(self) -> Labels:
        """What reports and tables call things."""
        return self._read("labels", Labels)

    @cached_property
    def web(self) -> Interface:
        """What the pages over a library say."""
        return self._read("web", Interface)

    @cached_property
    def sentences(self) -> wordlists.SentenceWords:
        """The words that tokens and sentences depend on."""
        return self._read("sentences", wordlists.SentenceWords)

    @cached_property
    def numbers(self) -> librarywords.NumberWords:
        """Numbers in words, and how digits are written."""
        return self._read("numbers", librarywords.NumberWords)

    @cached_property
    def search(self) -> librarywords.SearchWords:
        """The words and endings that a search goes by."""
        return self._read("search", librarywords.SearchWords)

    @cached_property
    def matters(self) -> librarywords.MatterWords:
        """What shows that two statements are about one matter, or face one another."""
        return self._read("matters", librarywords.MatterWords)

    @cached_property
    def echoes(self) -> EchoWords:
        """The words by which the same statement is known again in other words."""
        return self._read("echoes", EchoWords)


def read_words(data: bytes, name: str, kind: type[Words]) -> Words:
    """Decode one word list; raises LanguageError naming the file and the key."""
    try:
        words = msgspec.toml.decode(data, type=kind)
        _check(msgspec.toml.decode(data), name, "")
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{name}: {error}") from error
    return words


def _check(value: object, name: str, key: str) -> None:
    """Refuse empty and repeating lists anywhere below `value`."""
    if isinstance(value, dict):
        for inner, below in value.items():
            _check(below, name, f"{key}.{inner}" if key else str(inner))
    elif isinstance(value, list):
        if not value:
            raise LanguageError(f"{name}: {key} is empty")
        seen: set[object] = set()
        for entry in value:
            if isinstance(entry, str):
                if entry in seen:
                    raise LanguageError(f"{name}: {key} has {entry!r} twice")
                seen.add(entry)
            else:
                _check(entry, name, key)
