"""Brings an acronym and the full name of an institution together.

The full name stands before the acronym in brackets, or anywhere in the article with its initials (after
Schwartz and Hearst 2003, A Simple Algorithm for Identifying Abbreviation Definitions). Uses of a token: word,
part of speech.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.steps.entities import Register
from selon.steps.kinds import article_gender, folded, is_national, word_class
from selon.steps.proper_names import Name
from selon.types import Span

_CONTENT = frozenset(("NOUN", "ADJ", "PROPN", "NUM", "VERB", "X"))


def join_bracketed(register: Register, names: Sequence[Name]) -> None:
    """Join an acronym in brackets to the full name before it: "Organisation mondiale de la santé (OMS)"."""
    tokens = register.tokens
    for name in names:
        first = name.first
        bracketed = first > 1 and tokens.word[first - 1] == "(" and len(name.words) == 1
        if not bracketed or not tokens.word[first].isupper() or len(tokens.word[first]) < 2:
            continue
        begin = _long_form(register, tokens.word[first], first - 1)
        if begin is None:
            continue
        entity = register.at[first]
        entity.text = tokens.text[tokens.start[begin] : tokens.end[first - 2]]
        entity.kind = "outlet" if entity.kind == "outlet" else "institution"
        entity.named = True
        words = tuple(folded(tokens.word[index]) for index in range(begin, first - 1) if tokens.pos[index] in _CONTENT)
        for index in range(begin, first - 1):
            if index in register.at:
                register.at[index] = entity
        register.by_words[words] = entity
        register.known_as(register.key(tokens.lower[begin]), entity)
        entity.head, entity.modifiers = register.key(tokens.lower[begin]), frozenset(words[1:])
        if begin > 0:
            entity.grammatical = article_gender(tokens, begin - 1)


def join_initials(register: Register, names: Sequence[Name]) -> None:
    """Join an acronym to the one institution of the article whose initials it has."""
    long_forms: dict[str, Span] = {}
    for name in names:
        if not register.tokens.word[name.first].isupper():
            _initials(register, name, long_forms)
    for name in names:
        acronym = register.tokens.word[name.first]
        entity = register.at[name.first]
        if len(name.words) > 1 or not acronym.isupper() or len(acronym) < 3 or entity.text != acronym:
            continue
        span = long_forms.get(folded(acronym))
        if span is None or entity.kind == "outlet":
            continue
        entity.text = register.tokens.text[register.tokens.start[span.start] : register.tokens.end[span.end - 1]]
        entity.kind = "institution"
        for index in range(span.start, span.end):
            if index in register.at:
                register.at[index] = entity


def _initials(register: Register, name: Name, long_forms: dict[str, Span]) -> None:
    """Enter what begins with an institution's name under its initials, three letters or more."""
    tokens, lexicon = register.tokens, register.lexicon
    bodies = (word_class(lower, lexicon) == "institution" for lower in tokens.lower[name.first : name.last])
    if len(name.words) < 3 and not any(bodies):
        return
    _enter_initials(register, name, name.first, long_forms)
    for index in range(name.first + 1, name.last):  # "United States | Commission on Presidential Debates"
        if word_class(tokens.lower[index], lexicon) == "institution" and tokens.word[index][0].isupper():
            _enter_initials(register, name, index, long_forms)


def _enter_initials(register: Register, name: Name, first: int, long_forms: dict[str, Span]) -> None:
    tokens, lexicon = register.tokens, register.lexicon
    letters = ""
    limit = min(len(tokens), first + 10)
    for index in range(first, limit):
        if tokens.sentence[index] != tokens.sentence[name.first] or not tokens.word[index][0].isalnum():
            return
        if tokens.pos[index] in _CONTENT and tokens.lower[index] not in lexicon.particles:
            letters += folded(tokens.word[index])[0]
            rest = range(index + 1, name.last)
            if len(letters) > 2 and all(is_national(tokens.lower[word], lexicon) for word in rest):
                long_forms.setdefault(letters, Span(name.first, max(index + 1, name.last)))
        elif tokens.pos[index] not in ("ADP", "DET", "CCONJ"):
            return


def _long_form(register: Register, acronym: str, bracket: int) -> int | None:
    """Where the name begins whose initials the acronym has, or else the noun group before the bracket."""
    tokens = register.tokens
    letters = [folded(letter) for letter in acronym if letter.isalpha()]
    index = bracket
    floor = max(0, bracket - 2 * len(letters) - 3)
    begin: int | None = None
    while index > floor and letters and tokens.sentence[index - 1] == tokens.sentence[bracket]:
        index -= 1
        if folded(tokens.word[index])[:1] == letters[-1]:
            letters.pop()
            begin = index
    if not letters and begin is not None and tokens.pos[begin] not in ("AUX", "VERB", "PRON"):
        return begin
    floor = max([floor, *(i + 1 for i in range(floor, bracket) if not tokens.word[i][0].isalnum())])
    capitals = [
        i
        for i in range(floor, bracket)
        if tokens.word[i][0].isupper()
        and tokens.sentence[i] == tokens.sentence[bracket]
        and tokens.pos[i] in _CONTENT
        and tokens.lower[i] not in register.lexicon.articles
    ]
    return capitals[0] if capitals and bracket - capitals[0] > 1 else None
