"""Tells whether what stands behind a comma belongs to the name or role before it: "Awa Sow, | ingénieure à Nérac".

Uses of a token: word, part of speech, morphology; the parse only for the head of a group.
"""

from __future__ import annotations

from selon.language import Language
from selon.steps.nouns import Category, category_of, named_directly, noun_at
from selon.steps.verbs import STOPS, is_finite
from selon.tokens import Tokens
from selon.types import Span

_LONGEST = 25
_SHORT = 14
_PERSONS: frozenset[Category] = frozenset(("person", "man", "woman"))
_BEGINS = frozenset(("DET", "NOUN", "ADJ", "PROPN", "X", "ADV", "NUM"))
_CLOSING = STOPS | {",", ")", '"', "-", "–", "—"}


def with_appositions(tokens: Tokens, group: Span, ceiling: int, language: Language) -> Span:
    """A group with what stands between commas behind it and tells who or what it is; it stays before `ceiling`."""
    while group.end + 1 < ceiling and tokens.word[group.end] == ",":
        after = Span(group.end + 1, _segment_end(tokens, group.end + 1, ceiling))
        if not apposes(tokens, group, after, language):
            break
        group = Span(group.start, after.end)
    opened = tokens.word[group.start : group.end].count("(") > tokens.word[group.start : group.end].count(")")
    closes = opened and tokens.word[group.end : group.end + 1] == [")"] and group.end < ceiling
    return Span(group.start, group.end + closes)


def _segment_end(tokens: Tokens, first: int, ceiling: int) -> int:
    """Where the words end that begin at `first`: at the next comma, stop or mark."""
    last = first
    while last < min(ceiling, first + _LONGEST) and (tokens.word[last] not in _CLOSING or _in_date(tokens, last)):
        last += 1
    return last


def ends_segment(tokens: Tokens, index: int) -> bool:
    """Whether a token is a comma, and not the one of a date."""
    return tokens.word[index] == "," and not _in_date(tokens, index)


def _in_date(tokens: Tokens, comma: int) -> bool:
    """Whether a comma stands in a date: "a March 14, 2019 press release"."""
    around = tokens.word[comma - 1 : comma + 2]
    return len(around) == 3 and around[0].isdigit() and around[2].isdigit() and around[1] == ","


def apposes(tokens: Tokens, before: Span, after: Span, language: Language) -> bool:
    """Whether what stands behind a comma says who or what is named before it: a name a role, a role a name, a person
    where he or she belongs."""
    closed = after.end >= len(tokens) or tokens.word[after.end] in _CLOSING
    if not closed or after.end <= after.start or _has_clause(tokens, after, language):
        return False
    named = named_directly(tokens, before)
    if tokens.lower[after.start] in language.grammar.possessive_marks:
        return named and after.end - after.start < _SHORT and tokens.pos[before.end - 1] == "PROPN"
    if tokens.pos[after.start] not in _BEGINS and noun_at(tokens, after.start, after.end, language) is None:
        return False
    if tokens.pos[after.start] in ("ADP", "PRON"):
        return False
    names = all(tokens.pos[index] in ("PROPN", "X") for index in range(*after))
    if names or not named:
        return _is_named(tokens, before, after, language, names=names)
    return _tells_role(tokens, before, after, language)


def _has_clause(tokens: Tokens, after: Span, language: Language) -> bool:
    """Whether a finite verb stands behind the comma, besides that of one relative clause."""
    grammar = language.grammar
    relative = any(
        tokens.lower[index] in grammar.relatives
        or (tokens.lower[index] in grammar.complementizers and tokens.pos[index - 1] in ("NOUN", "PROPN"))
        for index in range(after.start + 1, after.end)
    )
    return sum(is_finite(tokens, index) for index in range(*after)) > relative


def _is_named(tokens: Tokens, before: Span, after: Span, language: Language, *, names: bool) -> bool:
    """Whether a name behind a comma is that of the role before it: "le ministre, | le général Paul Rey"."""
    noun = category_of(tokens, before, language)
    if names and tokens.pos[before.end - 1] != "PROPN" and _ends_with_person(tokens, before, language):
        return True  # "les explications du ministre de la Mer, | Paul Rey"
    if noun is not None and (noun.plural or noun.category in ("document", "outlet")):
        return False
    if names:
        return not named_directly(tokens, before) or tokens.pos[before.end - 1] != "PROPN" or noun is not None
    titled = any(tokens.pos[index] == "PROPN" for index in range(*after)) and not any(
        tokens.pos[index] == "ADP" for index in range(*after)
    )
    bare = tokens.pos[after.start] in ("NOUN", "ADJ") or tokens.lower[after.start] in language.sources.indefinite
    told = _noun(tokens, after, language)
    return titled or (bare and noun is not None and told == noun.category)


def _ends_with_person(tokens: Tokens, group: Span, language: Language) -> bool:
    """Whether the last noun of the lists in a group is that of one person."""
    for index in range(group.end - 1, group.start - 1, -1):
        noun = noun_at(tokens, index, group.end, language) if tokens.pos[index] == "NOUN" else None
        if noun is not None:
            return noun.category in _PERSONS and not noun.plural
    return False


def _tells_role(tokens: Tokens, before: Span, after: Span, language: Language) -> bool:
    """Whether a noun of the lists behind a name tells who or what it is: "Gavi, | une organisation"."""
    told = _noun(tokens, after, language)
    names = sum(tokens.pos[index] == "PROPN" for index in range(*before))
    if told is None and not language.sources.head_last and names > 1:
        return tokens.pos[after.start] == "NOUN" and "Number=Sing" in tokens.morph[after.start]  # ", doyenne de"
    if told is None or told in ("state", "unnamed"):
        return False
    definite = tokens.lower[after.start] in language.sources.definite
    acronym = tokens.word[before.end - 1].isupper()
    return told not in _PERSONS or (not acronym and (names > 1 or not definite))


def _noun(tokens: Tokens, group: Span, language: Language) -> Category | None:
    """The category of the first noun of a group; in a language with the head last, of the last before a preposition."""
    found: Category | None = None
    for index in range(*group):
        if tokens.pos[index] in ("ADP", "PRON", "VERB") and index > group.start:
            break
        noun = noun_at(tokens, index, group.end, language)
        if noun is not None:
            found = noun.category
        if found is not None and not language.sources.head_last:
            break
        if tokens.pos[index] == "NOUN" and not language.sources.head_last:
            break
    return found
