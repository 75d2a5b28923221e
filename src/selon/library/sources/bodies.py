"""Names of institutions: those the world has one of, the organs of states, and the ones that only their article tells.

Two names are one institution where they have the same words, articles and small words aside, or where the lists of
institutions.toml know both, or where each is an organ of a state and nothing else ("le ministère russe de la Défense",
"Russia's defence ministry").
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from selon.language import codes, load
from selon.library.sources.folding import folded
from selon.library.sources.wordlists import institution_words

_DOTTED = re.compile(r"\b(\w)\.(?=\w(?:\b|\.))")
_WORD = re.compile(r"[^\W_]+")
_IZE = re.compile(r"is(?=ation)")
_LONGEST_STATE = 4
_LONGEST_ENDING = 5
_LONGEST_ACRONYM = 8


class BodyForm(NamedTuple):
    """The group of an institution's name within its family; `known`: the lists have it."""

    key: str
    shape: Literal["body", "acronym", "generic"]
    acronym: str = ""
    known: bool = False


class _Tables(NamedTuple):
    small: frozenset[str]
    spellings: dict[str, str]
    bodies: dict[tuple[str, ...], str]
    organs: dict[tuple[str, ...], str]
    states: dict[tuple[str, ...], str]
    adjectives: dict[str, str]
    nouns: frozenset[str]


@lru_cache(maxsize=65536)
def body_form(name: str) -> BodyForm:
    """The form of an institution's name.

    >>> body_form("le ministère russe de la Défense").key == body_form("Russian Ministry of Defence").key
    True
    """
    tables = _tables()
    words = _words(name)
    known = tables.bodies.get(words) or tables.states.get(words)
    if known is not None:
        return BodyForm(f"@{known}", "body", known=True)
    key = " ".join(words) or folded(name)
    organ = _organ(words)
    if organ is not None:
        return BodyForm(f"@{organ}", "body", known=True)
    if words and (tuple(sorted(words)) in tables.organs or all(word in tables.nouns for word in words)):
        return BodyForm(key, "generic")
    if len(words) == 1 and 2 <= len(key) <= _LONGEST_ACRONYM and key.isalpha():
        return BodyForm(key, "acronym", key)
    return BodyForm(key, "body")


@lru_cache(maxsize=16384)
def abbreviates(acronym: str, name: str) -> bool:
    """Whether capitals are the initials of a longer name's words in their order, small words or not.

    >>> abbreviates("OMV", "Office des marées de Valmont")
    True
    """
    letters = folded(acronym).replace(".", "")
    words = [word for word in _WORD.findall(folded(name)) if word not in _tables().small]
    if len(words) < 2 or not 2 <= len(letters) <= len(words):
        return False
    initials = "".join(word[0] for word in words)
    return letters == initials or (len(letters) > 2 and letters[0] == initials[0] and _in_order(letters, initials))


def _in_order(letters: str, initials: str) -> bool:
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _organ(words: tuple[str, ...]) -> str | None:
    """The organ of a state that the words name, all of them: "russia/defence"."""
    tables = _tables()
    for begin in range(len(words)):
        for end in range(begin + 1, min(len(words), begin + _LONGEST_STATE) + 1):
            state = tables.states.get(words[begin:end])
            if state is None and end == begin + 1:
                state = _adjective(words[begin])
            if state is None:
                continue
            organ = tables.organs.get(tuple(sorted(words[:begin] + words[end:])))
            if organ is not None:
                return f"{state}/{organ}"
    return None


def _adjective(word: str) -> str | None:
    """The state whose adjective a word is: the longest beginning that is listed, with an ending of a few letters."""
    for length in range(len(word), max(2, len(word) - _LONGEST_ENDING) - 1, -1):
        state = _tables().adjectives.get(word[:length])
        if state is not None:
            return state
    return None


def _words(name: str) -> tuple[str, ...]:
    """The words of a name that count, folded, with one spelling each."""
    plain = _DOTTED.sub(r"\1", folded(name))
    small, spellings = _spelling()
    kept = [word for word in _WORD.findall(plain) if word not in small]
    return tuple(spellings.get(word, _IZE.sub("iz", word)) for word in kept)


@cache
def _spelling() -> tuple[frozenset[str], dict[str, str]]:
    """The small words and the spellings alone, for reading the lists themselves."""
    words = institution_words()
    return frozenset(words.small_words), words.spellings


@cache
def _tables() -> _Tables:
    words = institution_words()
    small, spellings = _spelling()
    bodies = {_words(name): body.id for body in words.bodies for name in body.names}
    nouns = {folded(noun) for code in codes() for noun in load(code).sources.institutions if " " not in noun}
    return _Tables(
        small=small,
        spellings=spellings,
        bodies=bodies,
        organs={tuple(sorted(_words(name))): organ.id for organ in words.organs for name in organ.names},
        states={_words(name): state.id for state in words.states for name in state.names},
        adjectives={stem: state.id for state in words.states for stem in state.adjectives},
        nouns=frozenset(noun for noun in nouns if (noun,) not in bodies),
    )
