"""The words of a text as a search goes by them: without accents and capitals, and by their stems.

The key of a word depends on its letters without accents alone, so that a word typed without them is found. Stemming is
Snowball's (Porter 2001), mended by the language's `search.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import NamedTuple

import Stemmer

from selon.language import Language, codes, load

# A word: letters and digits with their combining accents, or single letters with full stops between (U.N., O.N.U.).
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_APOSTROPHES = "'’ʼ＇"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", ".": None})
_LEFT_OF_STEM = 3
_REMEMBERED = 300_000


class Token(NamedTuple):
    """A word of a text: where it stands (code points), its letters without accents and capitals, and the key by which
    it is found; no key for words that stand in nearly every text."""

    start: int
    end: int
    folded: str
    key: str


def folded(text: str) -> str:
    """Letters without accents, capitals and ligatures.

    >>> folded("Négociés, Œuvre")
    'negocies, oeuvre'
    """
    text = text.casefold()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class Words:
    """The words of one language: cuts texts into tokens.

    >>> [token.key for token in words_of("fr").tokens("L'élu a négocié : la négociation dure")]
    ['elu', 'negoc', 'negoc', 'dur']
    """

    def __init__(self, language: Language) -> None:
        words = language.search
        self._stemmer = Stemmer.Stemmer(words.snowball)
        self._common = frozenset(map(folded, words.common))
        self._accented = tuple(words.accented.items())
        self._alike = sorted(words.alike.items(), key=lambda pair: -len(pair[0]))
        self._elisions = frozenset(map(folded, language.sentences.elisions))
        self._known: dict[str, tuple[str, str]] = {}

    def tokens(self, text: str) -> list[Token]:
        """The words of a text in order, without elided ones (l', qu')."""
        return [Token(start, end, *self._both(word)) for start, end, word in self._cut(text)]

    def keys(self, text: str) -> str:
        """What the index takes: the keys of a text, with spaces between."""
        keys = [self._both(word)[1] for _, _, word in self._cut(text)]
        return " ".join(key for key in keys if key)

    def key(self, word: str) -> str:
        """The key of a word without accents and capitals; "" for a common one."""
        if word in self._common:
            return ""
        readings = [word, *(word.removesuffix(bare) + full for bare, full in self._accented if word.endswith(bare))]
        stem = min((folded(one) for one in self._stemmer.stemWords(readings)), key=len)
        for ending, instead in self._alike:
            if stem.endswith(ending) and len(stem) >= len(ending) + _LEFT_OF_STEM:
                return stem.removesuffix(ending) + instead
        return stem

    def _cut(self, text: str) -> Iterable[tuple[int, int, str]]:
        for match in _WORD.finditer(text):
            start, end = match.span()
            if text[end : end + 1] in _APOSTROPHES and end < len(text) and match[0].casefold() in self._elisions:
                continue
            yield start, end, match[0]

    def _both(self, word: str) -> tuple[str, str]:
        """A word without accents and capitals, and its key; each is worked out once."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            bare = folded(word).translate(_LIGATURES)
            known = self._known[word] = (bare, self.key(bare))
        return known


@cache
def words_of(code: str) -> Words:
    """The words of a language by its ISO code. Raises LanguageError where there is no such language."""
    return Words(load(code))


@cache
def signature() -> str:
    """By what is known whether an index was made with the words as they are now."""
    lists = [repr(load(code).search) + repr(load(code).sentences.elisions) for code in codes()]
    return f"1 {Stemmer.version()} {unicodedata.unidata_version} {sha256(''.join(lists).encode()).hexdigest()[:16]}"
