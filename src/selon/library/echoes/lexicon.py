"""What the words of a language tell when contents are compared, compiled from `echoes.toml` and looked up by word."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

import Stemmer

from selon.language import Language, load
from selon.librarywords import NumberWords

NAME_WEIGHT = 1.4
NUMBER_WEIGHT = 1.3
COMMON_WEIGHT = 0.35
_DOZEN, _HUNDRED = 12, 100
_CACHE_LIMIT = 60_000
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"}
_LATIN = (0xC0, 0x250)
# How the same Latin or Greek word is spelt in several languages: no language's list, but all of them at once.
_SPELLING = (("ph", "f"), ("qu", "c"), ("k", "c"), ("y", "i"), ("th", "t"), ("ch", "c"))
_DOUBLED = re.compile(r"(.)\1")


class Word(NamedTuple):
    """A word apart from where it stands: without marks and case, its stem, its weight, what it means.

    `skeleton` is the word in a spelling that cognates of several languages share; "" where it is too short for that.
    `calendar` is "month5" or "day2" for a month or a day of the week, else "".
    """

    folded: str
    stem: str
    weight: float
    meanings: frozenset[str]
    skeleton: str
    calendar: str


def _unmarked() -> dict[int, str]:
    """What each Latin letter with a mark is without; the combining marks themselves are nothing."""
    plain = {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in range(*_LATIN)}
    return str.maketrans({**plain, **{chr(code): "" for code in range(0x300, 0x370)}, **_LIGATURES})


_PLAIN = _unmarked()


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """`fold` for single words, which come again and again."""
    return fold(word)


def fold(text: str) -> str:
    """Lower case without accents and ligatures of Latin letters: "Œuvré" is "oeuvre"."""
    lowered = text.lower()
    return lowered if lowered.isascii() else lowered.translate(_PLAIN)


class Lexicon:
    """One language's words for echoes, compiled: asks and answers in folded words."""

    def __init__(self, language: Language) -> None:
        words = language.echoes
        self.words = words
        self._stemmer = Stemmer.Stemmer(language.search.snowball)
        self._lock = threading.Lock()
        self._known: dict[str, Word] = {}
        self.functions = _folded(words.function_words)
        self._common = {self.stem(fold(word)) for word in words.common_words}
        self._meanings: dict[str, set[str]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        self._compile_meanings(words.meanings)
        self.months = {fold(month): number for number, month in enumerate(language.dates.months, 1)}
        self.states = frozenset(re.findall(r"\w+", fold(" ".join(language.sources.states))))
        self.days = {fold(day): number for number, day in enumerate(language.dates.days, 1)}
        self.negations = _folded(word for word in words.negations if " " not in word)
        self.negation_phrases = {tuple(fold(phrase).split()) for phrase in words.negations if " " in phrase}
        self.particles = _folded(words.negation_particles)
        self.negating = self.negations | self.particles | {phrase[0] for phrase in self.negation_phrases}
        self.restrictions = _folded(words.restrictions)
        self.openers = _folded(words.clause_openers)
        self.opposites = self._compile_opposites(words.opposites)
        self._compile_numbers(language.numbers)
        self.quarters, self.halves = _folded(words.quarters), _folded(words.halves)
        self.durations = {fold(word): minutes for word, minutes in words.durations.items()}
        self.clock_marks, self.afternoon = _folded(words.clock_marks), _folded(words.afternoon)

    def _compile_numbers(self, words: NumberWords) -> None:
        """Words that add up, and those that multiply what stands before them: scales, sums of money, and rough numbers
        that are counted themselves ("deux centaines", but not "deux quinzaines")."""
        counted = {word: value for word, value in words.abouts.items() if value <= _DOZEN or value >= _HUNDRED}
        rough = {word: value for word, value in words.abouts.items() if word not in counted}
        self.decimal_mark = words.decimal
        self.number_words = {fold(word): value for word, value in {**words.words, **rough}.items()}
        self.magnitudes = {fold(word): value for word, value in {**words.scales, **counted, **words.money}.items()}
        self.ones, self.links = _folded(words.singles), _folded(words.joiners)
        self.numerals = self.ones | self.number_words.keys() | self.magnitudes.keys()
        self.percents = [tuple(fold(word).split()) for word in words.percent]

    def stem(self, folded: str) -> str:
        """The Snowball stem; the stemmer keeps a state of its own, so one thread at a time."""
        with self._lock:
            return str(self._stemmer.stemWord(folded))

    def word(self, surface: str) -> Word:
        """What is known of a word as it stands in the text."""
        found = self._known.get(surface)
        if found is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
            found = self._known[surface] = self._look_up(surface)
        return found

    def _look_up(self, surface: str) -> Word:
        # Snowball wants the accents of its language; stems are compared without.
        stem = fold(self.stem(surface.lower()))
        folded = fold(surface)
        if folded in self.functions:
            weight = 0.0
        elif stem in self._common or folded in self._common:
            weight = COMMON_WEIGHT
        else:
            weight = 1.0
        meanings = self._meanings.get(folded) or self._meanings.get(stem) or ()
        calendar = ""
        if folded in self.months:
            calendar = f"month{self.months[folded]}"
        elif folded in self.days:
            calendar = f"day{self.days[folded]}"
        return Word(folded, stem, weight, frozenset(meanings), skeleton(folded), calendar)

    def _compile_meanings(self, meanings: dict[str, tuple[str, ...]]) -> None:
        for name, words in meanings.items():
            for word in words:
                if " " in word or "-" in word or "'" in word:
                    parts = tuple(re.findall(r"\w+", fold(word)))
                    self.phrases.setdefault(parts[0], []).append((parts, frozenset((name,))))
                else:
                    self._meanings.setdefault(fold(word), set()).add(name)
                    self._meanings.setdefault(fold(self.stem(word)), set()).add(name)

    def _compile_opposites(self, pairs: Iterable[Sequence[str]]) -> frozenset[tuple[str, str]]:
        """Both ways, by stem and by meaning."""
        known: set[tuple[str, str]] = set()
        for one, other in (pair for words in pairs for pair in combinations(words, 2)):
            for left in self._signs(one):
                for right in self._signs(other):
                    known |= {(left, right), (right, left)}
        return frozenset(known)

    def _signs(self, word: str) -> set[str]:
        known = self._look_up(word)
        return {known.stem, *(f"={meaning}" for meaning in known.meanings)}


def skeleton(word: str) -> str:
    """The spelling that cognates share: "systeme" and "system", "prefet" and "prefect" begin alike.

    >>> skeleton("physique"), skeleton("physical")
    ('fisice', 'fisical')
    """
    if len(word) < 4:
        return ""
    for old, new in _SPELLING:
        if old in word:
            word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", word)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


@cache
def lexicon_of(code: str) -> Lexicon:
    """The lexicon of a language. Raises LanguageError for one that is not there or not in order."""
    return Lexicon(load(code))
