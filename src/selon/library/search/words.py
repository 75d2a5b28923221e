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
_WORD = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
_APOSTROPHE = "['’ʼ＇]"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", ".": None})
_LEFT_OF_STEM, _LEFT_OF_LONG_STEM = 3, 5
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


def _initials() -> dict[str, str]:
    """Each letter without accents, and all letters of Latin scripts that are it with one."""
    found: dict[str, str] = {}
    for letter in map(chr, (*range(0x250), *range(0x1E00, 0x1F00), *range(0xFB00, 0xFB07), *range(0xFF10, 0xFF5B))):
        if letter.isalnum():
            first = folded(letter)[:1]
            found[first] = found.get(first, "") + letter
    return found


_INITIALS = _initials()


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
        endings = [(ending, instead, _LEFT_OF_STEM) for ending, instead in words.alike.items()]
        endings.extend((ending, "", _LEFT_OF_LONG_STEM) for ending in words.dropped)
        self._endings = sorted(endings, key=lambda entry: -len(entry[0]))
        elided = "|".join(map(re.escape, language.sentences.elisions)) or "(?!)"
        self._any_initial = words.prefixes
        # Only what is a word has a group: an elided one is passed over.
        self._pattern = rf"(?<![^\W_])(?:(?:{elided}){_APOSTROPHE}|({_WORD}))"
        self._word = re.compile(self._pattern, re.IGNORECASE)
        self._with_initials: dict[frozenset[str], re.Pattern[str]] = {}
        self._known: dict[str, tuple[str, str]] = {}

    def tokens(self, text: str, initials: frozenset[str] | None = None) -> list[Token]:
        """The words of a text in order, without elided ones (l', qu'); only those that begin with one of some letters,
        without accents and capitals, where these are given: that takes a tenth of the time."""
        both = self._both
        words = self._word if initials is None else self._words_with(initials)
        return [Token(match.start(1), match.end(1), *both(match[1])) for match in words.finditer(text) if match[1]]

    def run(self, text: str, start: int, count: int) -> list[Token]:
        """So many words from a place on, fewer where the text ends."""
        both, found = self._both, list[Token]()
        for match in self._word.finditer(text, start):
            if match[1]:
                found.append(Token(match.start(1), match.end(1), *both(match[1])))
                if len(found) == count:
                    break
        return found

    def initials(self, tokens: Iterable[Token]) -> frozenset[str] | None:
        """The letters that all words begin with that have the key of one of the tokens; None where any may."""
        if self._any_initial:
            return None
        found = frozenset(token.folded[0] for token in tokens)
        return found if found <= _INITIALS.keys() else None

    def keys(self, text: str) -> str:
        """What the index takes: the keys of a text, with spaces between."""
        keys = [self._both(word)[1] for word in self._word.findall(text) if word]
        return " ".join(key for key in keys if key)

    def key(self, word: str) -> str:
        """The key of a word without accents and capitals; "" for a common one."""
        if word in self._common:
            return ""
        readings = [word, *(word.removesuffix(bare) + full for bare, full in self._accented if word.endswith(bare))]
        stem = min((folded(one) for one in self._stemmer.stemWords(readings)), key=len)
        for ending, instead, left in self._endings:
            if stem.endswith(ending) and len(stem) >= len(ending) + left:
                return stem.removesuffix(ending) + instead
        return stem

    def _words_with(self, initials: frozenset[str]) -> re.Pattern[str]:
        known = self._with_initials.get(initials)
        if known is None:
            letters = re.escape("".join(_INITIALS[letter] for letter in sorted(initials)))
            known = re.compile(f"(?=[{letters}]){self._pattern}", re.IGNORECASE)
            self._with_initials[initials] = known
        return known

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
    return f"2 {Stemmer.version()} {unicodedata.unidata_version} {sha256(''.join(lists).encode()).hexdigest()[:16]}"
