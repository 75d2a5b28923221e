"""Tells what a noun group is: a man, a woman, a person, a group, an institution, a document, an outlet.

Uses of a token: word, lemma, part of speech, morphology; the parse only for the head of the group.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from selon.language import Language
from selon.tokens import Tokens
from selon.types import Span
from selon.wordlists import SourceWords

Category = Literal["man", "woman", "person", "group", "institution", "document", "outlet", "state", "unnamed"]

_NOUNS = frozenset(("NOUN", "PROPN"))
_LONGEST = 3
# Where a noun stands in two lists, the first of these that has it holds.
_ORDER: tuple[tuple[str, Category], ...] = (
    ("unnamed_sources", "unnamed"),
    ("outlets", "outlet"),
    ("men", "man"),
    ("women", "woman"),
    ("persons", "person"),
    ("documents", "document"),
    ("groups", "group"),
    ("institutions", "institution"),
    ("states", "state"),
)


class Noun(msgspec.Struct, frozen=True):
    """A noun of the lists at a place: its category, whether it is a plural, and how many tokens it takes."""

    category: Category
    plural: bool
    length: int


@cache
def _index(words: SourceWords) -> dict[tuple[str, ...], tuple[Category, bool]]:
    index: dict[tuple[str, ...], tuple[Category, bool]] = {}
    for field, category in _ORDER:
        entries: tuple[str, ...] = getattr(words, field)
        for entry in entries:
            parts = tuple(entry.replace("'", "' ").split())
            index.setdefault(parts, (category, False))
            for ending in words.plural:
                for plural in _plurals(parts, ending):
                    index.setdefault(plural, (category, True))
    return index


def _plurals(parts: tuple[str, ...], ending: str) -> list[tuple[str, ...]]:
    """A plural of a noun of one or more words: of its first, of its last, or of all."""
    if len(parts) == 1:
        return [(parts[0] + ending,), *([(parts[0][:-1] + "ies",)] if parts[0].endswith("y") else [])]
    return [
        (parts[0] + ending, *parts[1:]),
        (*parts[:-1], parts[-1] + ending),
        tuple(part + ending for part in parts),
    ]


def noun_at(tokens: Tokens, index: int, last: int, language: Language) -> Noun | None:
    """The longest noun of the lists that begins at a token and ends before `last`."""
    known = _index(language.sources)
    for length in range(min(_LONGEST, last - index), 0, -1):
        found = known.get(tuple(tokens.lower[index : index + length]))
        if found is not None:
            return Noun(found[0], found[1], length)
    endings = language.sources.person_endings
    word = tokens.lower[index]
    singular = next((word[: -len(e)] for e in language.sources.plural if word.endswith(e)), word)
    if index < last and tokens.pos[index] in _NOUNS and singular.endswith(endings):
        return Noun("person", singular != word, 1)
    return None


def head_of(tokens: Tokens, group: Span) -> int:
    """The token of a noun group that the others hang on; its first noun where the parse has none."""
    for index in range(group.start, group.end):
        head = tokens.head[index]
        outside = not group.start <= head < group.end or head == index
        if outside and tokens.pos[index] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
            return index
    for index in range(group.start, group.end):
        if tokens.pos[index] in _NOUNS:
            return index
    return group.start


def category_of(tokens: Tokens, group: Span, language: Language) -> Noun | None:
    """What a noun group is by its words: by its head, or by the first noun of the lists before any comma."""
    head = head_of(tokens, group)
    for index in (head, head - 1):
        if index >= group.start:
            noun = noun_at(tokens, index, group.end, language)
            if noun is not None and index + noun.length > head:
                return noun
    for index in range(group.start, group.end):
        if tokens.word[index] in (",", "(") or tokens.lower[index] in language.grammar.possessive_marks:
            break
        noun = noun_at(tokens, index, group.end, language)
        if noun is None or tokens.pos[index] not in _NOUNS:
            continue
        if not _modifies(tokens, index + noun.length, group, language):
            return noun
    return None


def _modifies(tokens: Tokens, after: int, group: Span, language: Language) -> bool:
    """Whether a noun that ends before `after` only tells of what kind the next is: "a radio | amateur"."""
    return language.sources.head_last and after < group.end and tokens.pos[after] == "NOUN"


def named_directly(tokens: Tokens, group: Span) -> bool:
    """Whether a noun group is or has a name of its own, rather than one of a place or owner behind a preposition."""
    return any(
        tokens.pos[index] == "PROPN" and (index == group.start or tokens.pos[index - 1] != "ADP")
        for index in range(group.start, group.end)
    )


def may_speak(tokens: Tokens, group: Span, language: Language) -> bool:
    """Whether a noun group can be a source at all: a pronoun of persons, a name, or a noun of the lists."""
    words = language.sources
    first = tokens.lower[group.start]
    if group.end - group.start == 1 and tokens.pos[group.start] == "PRON":
        return first in words.he or first in words.she or first in words.they
    noun = category_of(tokens, group, language)
    if noun is not None:
        return True
    head = head_of(tokens, group)
    return tokens.pos[head] == "PROPN"
