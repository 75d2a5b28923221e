"""Whether two statements are said by the same source, as far as the names in two articles tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from selon.library.echoes.lexicon import Lexicon
from selon.library.echoes.numbers import Token, tokens_of
from selon.library.echoes.said import Saying

Agreement = Literal["same", "alike", "other", "open"]
_ROOT = 5


class Speaker(NamedTuple):
    """The sources of one saying: surnames of persons, all names with a capital, and what the words mean.

    `signs` are meanings and roots of words without a capital or of an institution's name, which other languages share
    ("préfecture", "prefecture").
    """

    identities: frozenset[int]
    surnames: frozenset[str]
    names: frozenset[str]
    signs: frozenset[str]


def speaker_of(saying: Saying, lexicon: Lexicon) -> Speaker:
    """What is known of the sources of a saying."""
    surnames: set[str] = set()
    names: set[str] = set()
    signs: set[str] = set()
    for name in saying.sources:
        tokens = tokens_of(name)
        capitals = [token for token in tokens if token.text[0].isupper() and token.folded not in lexicon.functions]
        signs |= _signs(tokens, lexicon)
        if saying.source_kind == "person" and capitals:
            if _of_another(tokens, lexicon):
                continue
            if capitals[-1] is tokens[-1]:
                surnames.update(token.folded for token in capitals[-2:] if token is tokens[-1] or tokens[-1].gap == "-")
        names.update(token.folded for token in capitals)
    if saying.speaks_for:
        names.update(token.folded for token in tokens_of(saying.speaks_for) if token.text[0].isupper())
    return Speaker(frozenset(saying.source_ids), frozenset(surnames), frozenset(names), frozenset(signs))


def _of_another(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the name in a person's description is somebody else's: "l'avocat de Lucie Roux"."""
    first = next(place for place, token in enumerate(tokens) if token.text[0].isupper())
    return first > 0 and tokens[first - 1].folded in lexicon.functions and first > 1


def _signs(tokens: Sequence[Token], lexicon: Lexicon) -> set[str]:
    signs: set[str] = set()
    for token in tokens:
        word = lexicon.word(token.text)
        if word.weight > 0:
            signs |= {f"={meaning}" for meaning in word.meanings} or {word.skeleton[:_ROOT] or word.folded}
    return signs


def agreement(one: Speaker, other: Speaker) -> Agreement:
    """What the names tell: "same"; "alike" by roles alone; "other" where both are named and differ; else "open"."""
    if one.identities & other.identities or one.surnames & other.surnames:
        return "same"
    if one.surnames and other.surnames:
        return "other"
    if not one.surnames and not other.surnames:
        if one.names & other.names:
            return "same"
        shared = one.signs & other.signs
        if shared and len(shared) * 2 >= min(len(one.signs), len(other.signs)):
            return "alike"
        if one.names and other.names and not one.names & other.names:
            return "other"
    elif one.names & other.names:
        return "same"
    return "open"
