"""What a statement is about, by its words: clauses with their content words, negations and numbers.

Words are compared by their stem (Snowball, by PyStemmer) without accents; names, and words of two languages, by their
first letters too, so that "portugais" and "Portugal", "viaduc" and "viaduct" meet. No parse is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import Stemmer

from selon.language import load
from selon.library.numbers import Number, numbers
from selon.types import Passage, Span

_WORD = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[;:!?…()\[\]]|[,.](?=[\s»”\"']|$)|\s[—–-]\s")
_BEGINS = re.compile(r"(?:^|[.!?:…«“\"—–(])[\s«“\"'’]*$")
_APOSTROPHES = str.maketrans("’ʼ", "''")
_PREFIX = 6
_LONGEST_GAP = 3


class Term(NamedTuple):
    """A content word: its code points, its stem, its first letters ("" for a short one), whether it is a name."""

    start: int
    end: int
    key: str
    prefix: str
    name: bool


class Count(NamedTuple):
    """A number (with offsets of the text) and the stem and first letters of what it counts.

    `light`: that is a unit or a word that tells little; `lasts`: it is a length of time.
    """

    number: Number
    noun: str
    prefix: str
    light: bool
    lasts: bool


class Contrary(NamedTuple):
    """A word of the list of opposites: which group, which side of it."""

    group: int
    side: int
    term: Term


class Clause(NamedTuple):
    """A stretch of a statement between two marks. `open`: a question or a condition, which states nothing; `own`: who
    says it speaks of himself."""

    start: int
    end: int
    terms: tuple[Term, ...]
    negations: tuple[Span, ...]
    counts: tuple[Count, ...]
    contraries: tuple[Contrary, ...]
    days: frozenset[str]
    open: bool
    own: bool


def clauses(passage: Passage, language: str) -> Iterator[Clause]:
    """The clauses of a passage that have words. Raises LanguageError where the language is not there."""
    words = _words(language)
    start = 0
    ends = [*((match.start(), match.end()) for match in _CLAUSE_END.finditer(passage.text)), (len(passage.text),) * 2]
    for end, following in ends:
        if passage.text[start:end].strip():
            yield words.clause(passage, start, end, asks=passage.text[end:following] in words.question_ends)
        start = following


def folded(word: str) -> str:
    """A word without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class _Words:
    """The words of one language that tell matters apart."""

    def __init__(self, code: str) -> None:
        language = load(code)
        matters = language.matters
        self.code = code
        self.question_ends = frozenset(language.attributes.question_ends)
        self._conditional = tuple(
            f"{word}{pronoun} "
            for word in language.attributes.conditions
            for pronoun in (language.grammar.subject_pronouns if word.endswith("'") else ("",))
        )
        self._stopwords = frozenset(language.profile.stopwords)
        self._light = frozenset((*matters.light, *matters.units)) | self._stopwords
        self._percent = frozenset(word for phrase in language.numbers.percent for word in _WORD.findall(phrase))
        self._durations = frozenset(matters.durations)
        self._first_person = frozenset(word.strip("-'") for word in language.grammar.first_person)
        self._links = frozenset(matters.noun_links)
        self._stemmer = Stemmer.Stemmer(language.search.snowball)
        self._stems: dict[str, str] = {}
        self._calendar = frozenset(folded(word) for word in (*language.dates.days, *language.dates.months))
        self._contraries = {
            self.stem(word): (number, side)
            for number, group in enumerate(matters.opposites)
            for side, words in enumerate((group.one, group.other))
            for word in words
        }
        self._negation = _pattern(matters.negations)
        self._particle = _pattern(matters.negation_particles)
        self._beside_particle = _pattern(matters.negations_with_particle)
        self._idle = _pattern(matters.idle_negations)

    def stem(self, word: str) -> str:
        """The stem of a word in lower case, without accents."""
        if word not in self._stems:
            self._stems[word] = folded(self._stemmer.stemWord(word))
        return self._stems[word]

    def clause(self, passage: Passage, start: int, end: int, *, asks: bool) -> Clause:
        text = passage.text[start:end].translate(_APOSTROPHES)
        offset = passage.start + start
        counted = numbers(text, self.code)
        tokens = list(_WORD.finditer(text))
        spelled = [range(number.start, number.end) for number in counted]
        terms = tuple(
            self._term(match, offset, begins=bool(_BEGINS.search(passage.text[: start + match.start()])))
            for match in tokens
            if self._is_content(match[0]) and not any(match.start() in span for span in spelled)
        )
        return Clause(
            start=offset,
            end=offset + len(text),
            terms=terms,
            negations=tuple(Span(offset + one, offset + other) for one, other in self._negations(text)),
            counts=tuple(self._count(number, text, offset) for number in counted),
            contraries=tuple(Contrary(*self._contraries[term.key], term) for term in terms
                             if term.key in self._contraries),
            days=frozenset(folded(match[0]) for match in tokens) & self._calendar,
            own=any(match[0].lower() in self._first_person for match in tokens),
            open=asks or text.strip().lower().startswith(self._conditional),
        )  # fmt: skip

    def _is_content(self, word: str) -> bool:
        return len(word) > 1 and not word.isdigit() and word.lower() not in self._light

    def _term(self, match: re.Match[str], offset: int, *, begins: bool) -> Term:
        word = match[0]
        plain = folded(word)
        return Term(
            start=offset + match.start(),
            end=offset + match.end(),
            key=self.stem(word.lower()),
            prefix=plain[:_PREFIX] if len(plain) >= _PREFIX else "",
            name=word[0].isupper() and not begins,
        )

    def _negations(self, text: str) -> Iterator[tuple[int, int]]:
        idle = [range(match.start(), match.end()) for match in self._idle.finditer(text)]
        patterns = [self._negation]
        if self._particle.search(text):
            patterns.append(self._beside_particle)
        for pattern in patterns:
            for match in pattern.finditer(text):
                if not any(match.start() in span for span in idle):
                    yield match.start(), match.end()

    def _count(self, number: Number, text: str, offset: int) -> Count:
        """A number with the noun that it counts: the next word, or the one after "of"."""
        moved = number._replace(start=number.start + offset, end=number.end + offset)
        reached = number.end
        for match in _WORD.finditer(text, number.end):
            word = match[0].lower()
            if match.start() - reached > _LONGEST_GAP or not word.isalpha():
                break
            if word in self._links or (number.unit == "%" and word in self._percent):
                reached = match.end()
                continue
            if word in self._stopwords:
                break
            plain = folded(word)
            prefix = plain[:_PREFIX] if len(plain) >= _PREFIX else ""
            return Count(moved, self.stem(word), prefix, word in self._light, word in self._durations)
        return Count(moved, "", "", True, False)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole; one that begins inside a word ("n't") as it stands."""
    ordered = sorted(words, key=len, reverse=True)
    each = (("" if "'" in word[1:2] else r"(?<!\w)") + re.escape(word) for word in ordered)
    return re.compile(f"(?:{'|'.join(each) or '(?!)'})(?!\\w)", re.IGNORECASE)


@cache
def _words(language: str) -> _Words:
    return _Words(language)
