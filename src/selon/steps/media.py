"""Tells through what something was said: "dans un communiqué", "at a press conference".

Uses of a token: word and part of speech.
"""

from __future__ import annotations

from functools import cache

from selon.language import Language
from selon.steps.nouns import category_of, noun_at
from selon.tokens import Tokens
from selon.types import Span
from selon.wordlists import AttributeWords


@cache
def _marks(entries: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word -> the entries that begin with it, longest first."""
    marks: dict[str, tuple[tuple[str, ...], ...]] = {}
    for entry in sorted((tuple(entry.replace("'", "' ").split()) for entry in entries), key=len, reverse=True):
        marks[entry[0]] = (*marks.get(entry[0], ()), entry)
    return marks


def marked_at(tokens: Tokens, index: int, entries: tuple[str, ...]) -> int:
    """How many tokens a preposition of the list takes at a place (0: none is there)."""
    lower = tokens.lower
    if not 0 <= index < len(lower):
        return 0
    for words in _marks(entries).get(lower[index], ()):
        if tuple(lower[index : index + len(words)]) == words:
            return len(words)
    return 0


@cache
def _media(entries: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    known = [tuple(entry.split()) for entry in entries]
    return frozenset((*known, *((*entry[:-1], entry[-1] + "s") for entry in known)))


def is_medium(tokens: Tokens, group: Span, words: AttributeWords) -> bool:
    """Whether the first noun of a group (with the nouns it is made of) is a medium."""
    known = _media(words.media)
    for index in range(group.start, group.end):
        for length in (3, 2, 1):
            if index + length <= group.end and tuple(tokens.lower[index : index + length]) in known:
                return True
        if tokens.pos[index] == "ADP" or (
            tokens.pos[index] == "NOUN" and index + 1 < group.end and tokens.pos[index + 1] == "ADP"
        ):
            return False
    return False


def is_outlet(tokens: Tokens, group: Span, language: Language) -> bool:
    """Whether a group names a newspaper, channel or agency."""
    noun = category_of(tokens, group, language)
    if noun is not None and noun.category == "outlet":
        return True
    words = language.sources.outlet_names
    return any(tokens.pos[i] == "PROPN" and tokens.lower[i] in words for i in range(*group)) or any(
        (found := noun_at(tokens, index, group.end, language)) is not None and found.category == "outlet"
        for index in range(*group)
        if tokens.pos[index] == "PROPN"
    )


def without_medium(tokens: Tokens, group: Span, language: Language) -> Span:
    """A group that names somebody, without the medium at its end: "the minister | in a statement"."""
    words = language.attributes
    noun = category_of(tokens, group, language)
    if noun is not None and noun.category in ("document", "outlet"):
        return group
    for index in range(group.start + 1, group.end):
        if tokens.pos[index] in ("VERB", "ADJ"):
            return group  # "a priest present on the site"
        length = marked_at(tokens, index, words.medium_marks)
        if length and is_medium(tokens, Span(index + length, group.end), words):
            return Span(group.start, index)
    return group


def without_addressee(tokens: Tokens, group: Span, language: Language) -> Span:
    """A group behind its verb, without the outlet it is said to at its end: "a promis Mme Sow | à la BBC"."""
    firsts = _marks(language.attributes.addressee_marks)
    for index in range(group.start + 1, group.end):
        comma = tokens.word[index] == ","
        if not comma and tokens.lower[index] not in firsts:
            continue
        length = marked_at(tokens, index + comma, language.attributes.addressee_marks)
        if comma and not length:
            return group
        first = index + comma + length
        while length and first < group.end and tokens.pos[first] == "DET":
            first += 1
        if length and first < group.end and is_outlet(tokens, Span(first, group.end), language):
            return Span(group.start, index)
    return group
