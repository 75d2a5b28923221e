"""What the words around a person's name say of the person: a role before or after it, and a gender.

Uses of a token: word, part of speech, morphology, and the parse for predicates and participles.
"""

from __future__ import annotations

from collections.abc import Container

from selon.steps.kinds import Lexicon, is_person, is_plural, kind_of, noun_class
from selon.steps.proper_names import Name
from selon.tokens import Tokens
from selon.types import Gender, SourceKind, Span

_ROLE_REACH = 12
_BRACKET_REACH = 6
_PRONOUN_REACH = 25
_COPULA_REACH = 8
_PREDICATES = frozenset(("VERB", "ADJ", "NOUN"))
_NOMINAL = frozenset(("NOUN", "ADJ", "PROPN", "ADP", "DET", "NUM", "CCONJ", "PART", "X", "SYM"))
_BEFORE_ROLE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "ADV", "NUM", "PART", "PRON"))
_ROLE_WORDS = frozenset(("NOUN", "ADJ", "PROPN", "ADP", "DET", "NUM", "X"))


def role_before(tokens: Tokens, name: Name, lexicon: Lexicon) -> Span | None:
    """The role before a name: "le ministre de la Santé, X", "la juge X", "Prime Minister X"."""
    last = name.opening
    if name.first > name.opening and any(
        is_person(noun_class(tokens, index, lexicon)) for index in range(name.opening, name.first)
    ):
        last = name.first
    comma = last > 0 and tokens.lower[last - 1] == ","
    alone = not comma and last == name.opening and last > 0
    if alone and (tokens.pos[last - 1] in ("ADP", "DET") or tokens.lower[last - 1] in lexicon.of):
        return None
    end = last - 1 if comma else last
    if alone and len(name.words) == 1 and noun_class(tokens, end - 1, lexicon) in ("institution", "outlet"):
        return None  # "le directeur à l'agence | Lumen"
    best: int | None = None
    index = end - 1
    floor = max(0, end - _ROLE_REACH)
    sentence = tokens.sentence[name.first]
    while index >= floor and tokens.sentence[index] == sentence and tokens.pos[index] in _NOMINAL:
        if is_person(noun_class(tokens, index, lexicon)) and tokens.pos[index] != "ADJ":
            if "Number=Plur" in tokens.morph[index] and tokens.lower[index] not in lexicon.nouns:
                return None
            best = index
            if not comma and (lexicon.head_last or index == end - 1):
                break
        elif tokens.lower[index] in lexicon.genitives:
            break
        index -= 1
    if best is None or (best == end - 1 and _inverts(tokens, best, lexicon)):
        return None
    return _role_from(tokens, best, end, lexicon)


def _inverts(tokens: Tokens, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun alone behind a comma or a quotation is a verb with its subject: "…", juge Anne Roux."""
    return not lexicon.head_last and noun > 0 and tokens.word[noun - 1] in (",", '"')


def _role_from(tokens: Tokens, noun: int, end: int, lexicon: Lexicon) -> Span | None:
    """The role whose noun is known, from its article or first modifier to `end`."""
    first = noun
    floor = max(0, end - _ROLE_REACH)
    sentence = tokens.sentence[noun]
    while first > floor and tokens.pos[first - 1] in ("ADJ", "NOUN", "PROPN") and lexicon.head_last:
        if tokens.sentence[first - 1] != sentence:
            break
        first -= 1
    if first > 0 and tokens.lower[first - 1] in lexicon.articles:
        first -= 1
    return Span(first, end) if end > first else None


def role_after(tokens: Tokens, name: Name, lexicon: Lexicon) -> Span | None:
    """The apposition after a name: "X, maire de Y", "X, 24, the chief executive of Y"."""
    count = len(tokens)
    sentence = tokens.sentence[name.first]
    first = _apposition(tokens, name)
    if first is None:
        return None
    index = first
    while index < count and index - first < 6 and tokens.sentence[index] == sentence:
        if is_person(noun_class(tokens, index, lexicon)) and tokens.pos[index] != "VERB":
            if lexicon.head_last and index + 1 < count and is_person(noun_class(tokens, index + 1, lexicon)):
                index += 1
            role = Span(first, _role_end(tokens, index, sentence))
            return None if _begins_clause(tokens, name, role, lexicon) else role
        if tokens.pos[index] not in _BEFORE_ROLE or tokens.lower[index] in lexicon.of:
            return None
        index += 1
    return None


def _begins_clause(tokens: Tokens, name: Name, role: Span, lexicon: Lexicon) -> bool:
    """Whether the role behind a place and a comma is the subject of what follows: "À Nérac, | le ministre a promis"."""
    place = name.opening > 0 and tokens.pos[name.opening - 1] == "ADP"
    closed = role.end >= len(tokens) or not tokens.word[role.end][0].isalnum()
    return place and tokens.lower[role.start] in lexicon.definite and not closed


def _apposition(tokens: Tokens, name: Name) -> int | None:
    """Where an apposition after a name begins, behind brackets and the age in them or between commas."""
    count = len(tokens)
    index = name.last
    if index < count and tokens.lower[index] == "(":
        while index < count and tokens.lower[index] != ")" and index - name.last < _BRACKET_REACH:
            index += 1
        index += 1
    if index >= count or tokens.lower[index] != "," or tokens.sentence[index] != tokens.sentence[name.first]:
        return None
    index += 1
    if index + 1 < count and tokens.pos[index] == "NUM":
        while index < count and tokens.lower[index] != "," and index - name.last < _BRACKET_REACH:
            index += 1
        index += 1
    return index


def _role_end(tokens: Tokens, index: int, sentence: int) -> int:
    """Where the role whose noun stands at `index` ends, without a dangling preposition."""
    last = index + 1
    while last < len(tokens) and tokens.sentence[last] == sentence and tokens.pos[last] in _ROLE_WORDS:
        last += 1
    while last > index + 1 and tokens.pos[last - 1] in ("ADP", "DET", "CCONJ"):
        last -= 1
    return last


def role_predicated(tokens: Tokens, name: Name, lexicon: Lexicon) -> Span | None:
    """The role in "X est le maire de Y": the name is the subject of a noun with a copula."""
    for index in range(name.first, name.last):
        head = tokens.head[index]
        close = tokens.dep[index] == "nsubj" and name.last <= head < name.last + _COPULA_REACH
        if close and tokens.pos[head] == "NOUN" and is_person(noun_class(tokens, head, lexicon)):
            first = head
            while first > name.last and tokens.pos[first - 1] in ("DET", "ADJ"):
                first -= 1
            return Span(first, _role_end(tokens, head, tokens.sentence[head]))
    return None


def predicate_genders(tokens: Tokens, name: Name) -> list[Gender]:
    """What participles and adjectives that agree with the name show ("X est arrivée", "née à")."""
    shown: list[Gender] = []
    for index in range(name.first, name.last):
        head = tokens.head[index]
        if tokens.dep[index] in ("nsubj", "nsubj:pass") and not name.first <= head < name.last:
            agreed = tokens.dep[index] == "nsubj:pass" or any(
                tokens.dep[child] == "cop" for child in tokens.children[head]
            )
            if agreed and tokens.pos[head] in _PREDICATES and "Number=Plur" not in tokens.morph[head]:
                shown.append(_shown(tokens.morph[head]))
        for child in tokens.children[index]:
            close = child >= name.last and tokens.dep[child] in ("acl", "amod")
            if close and tokens.pos[child] in ("VERB", "ADJ"):
                shown.append(_shown(tokens.morph[child]))
    return shown


def pronoun_gender(tokens: Tokens, name: Name, names: Container[int], lexicon: Lexicon) -> Gender:
    """What a pronoun right after the name shows, if no other of the `names` stands between ("X said she")."""
    sentence = tokens.sentence[name.first]
    for index in range(name.last, min(len(tokens), name.last + _PRONOUN_REACH)):
        begun = tokens.sentence[index] != sentence and tokens.sentence[index - 1] != sentence
        if tokens.word[index] == '"':
            return _gender_behind(tokens, index, lexicon)
        if index in names or begun:
            break
        if tokens.dep[index].startswith("expl"):
            continue
        if tokens.lower[index] in lexicon.he:
            return "m"
        if tokens.lower[index] in lexicon.she:
            return "f"
    return "unknown"


def _gender_behind(tokens: Tokens, mark: int, lexicon: Lexicon) -> Gender:
    """What the first word behind a quotation shows of whoever is named before it: "X said: « … » | He then left"."""
    last = next((index for index in range(mark + 1, len(tokens)) if tokens.word[index] == '"'), len(tokens))
    if last + 1 >= len(tokens) or tokens.word[last - 1] not in (".", "!", "?", "…"):
        return "unknown"
    if tokens.lower[last + 1] in lexicon.he:
        return "m"
    return "f" if tokens.lower[last + 1] in lexicon.she else "unknown"


def _shown(morph: str) -> Gender:
    if "Gender=Fem" in morph:
        return "f"
    return "m" if "Gender=Masc" in morph else "unknown"


def body_before(tokens: Tokens, name: Name, lexicon: Lexicon) -> SourceKind | None:
    """What the noun right before a name says it is: "l'agence de presse | Lumen", "the company | Tollbase"."""
    before = name.opening - 1
    if before > 0 and tokens.pos[before] == "DET" and tokens.word[before].istitle():
        before -= 1  # "le quotidien | Le Phare"
    if before < 1 or tokens.pos[before] != "NOUN" or tokens.word[before][0].isupper():
        return None
    noun = noun_class(tokens, before, lexicon)
    plural = is_plural(tokens, before, lexicon)
    return kind_of(noun, plural=False) if noun in ("institution", "outlet") and not plural else None


def aged(tokens: Tokens, name: Name) -> bool:
    """Whether an age stands behind a name: "Lina, 15 ans," or "Lina, 15,"."""
    after = name.last
    if tokens.word[after : after + 1] != [","] or tokens.pos[after + 1 : after + 2] != ["NUM"]:
        return False
    return tokens.pos[after + 2 : after + 3] in (["NOUN"], ["PUNCT"])
