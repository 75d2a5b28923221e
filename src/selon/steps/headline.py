"""Does anything said in the text carry the headline?

The content words of the headline, stemmed lightly by the language's suffixes, are looked for in what each statement
says. A statement carries the headline if it has at least two of them and a quarter of all; the headline is carried
whole if the carrying statements together have four fifths of its words, else in part. It is a comparison of words: it
says where to look, not what is true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from selon.language import Language
from selon.types import Headline, Statement
from selon.wordlists import ProfileWords

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_STEM = 4
_LEAST_WORDS = 2
_LEAST_SHARE = 0.25
_WHOLE_SHARE = 0.8
_STEMS = 20_000  # kept: most words of a text come again


def headline_check(title: str | None, statements: Sequence[Statement], language: Language) -> Headline | None:
    """Whether the statements of the text carry the title, and which do; None without a title."""
    if not title:
        return None
    words = language.profile
    wanted = stems(title, words)
    if not wanted:
        return None
    carried: set[str] = set()
    by: list[str] = []
    for statement in statements:
        if any(part.where is not msgspec.UNSET for part in statement.content):
            continue
        shared = wanted & stems(" ".join(part.text for part in statement.content), words)
        if len(shared) >= min(_LEAST_WORDS, len(wanted)) and len(shared) >= _LEAST_SHARE * len(wanted):
            carried |= shared
            by.append(statement.id)
    if not by:
        return Headline(carried="none", by=())
    whole = len(carried) >= _WHOLE_SHARE * len(wanted)
    return Headline(carried="whole" if whole else "part", by=tuple(by))


def stems(text: str, words: ProfileWords) -> frozenset[str]:
    """The stems of the content words of a text: lower case, without accents and the longest suffix of the list."""
    found = set()
    for match in _WORD.finditer(text.lower()):
        word = match.group()
        if word not in words.stopwords:
            found.add(_stem(word, words.suffixes))
    return frozenset(found)


@lru_cache(_STEMS)
def _stem(word: str, suffixes: tuple[str, ...]) -> str:
    for suffix in sorted(suffixes, key=len, reverse=True):
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: len(word) - len(suffix)]
            break
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
