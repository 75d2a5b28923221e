"""Finds a content that stands after its cue without que/that: "said it would", "l'a trouvé difficile".

Uses of a token: word, part of speech, morphology; the parse first, and the order of the words where it has no clause
and the language allows one.
"""

from __future__ import annotations

from selon.cuelist import Grammar
from selon.steps.cues import CueHit
from selon.steps.verbs import STOPS, VERBAL, ancestors, is_finite, is_participle, sentence_end
from selon.tokens import Tokens

_NOUN_STARTS = frozenset(("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"))
_NOUNS = frozenset(("NOUN", "PROPN", "NUM"))


def bare_clause(tokens: Tokens, hit: CueHit, grammar: Grammar) -> int | None:
    """The first token of the clause, or None."""
    parsed = _parsed(tokens, hit)
    if parsed is None and grammar.bare_clauses:
        return _by_words(tokens, hit)
    return parsed


def _parsed(tokens: Tokens, hit: CueHit) -> int | None:
    """The clause that the parse hangs on the cue, after it and with a subject of its own."""
    for child in tokens.children[hit.head]:
        if tokens.dep[child] != "ccomp" or child < hit.last:
            continue
        inner = [tokens.dep[grandchild] for grandchild in tokens.children[child]]
        if "mark" in inner or not any(dep.startswith(("nsubj", "csubj", "expl")) for dep in inner):
            continue
        start = max(tokens.edges[child].start, hit.last)
        while start < child and tokens.pos[start] == "PUNCT" and tokens.word[start] != '"':
            start += 1
        between = tokens.word[hit.last : start]
        if ":" not in between and ";" not in between:
            return start
    return None


def _by_words(tokens: Tokens, hit: CueHit) -> int | None:
    """The noun group after a cue that a finite verb follows before any stop, past a time or place ("on Friday")."""
    end = sentence_end(tokens, hit.head)
    start = _past_adjunct(tokens, hit.last, end)
    if start is None or start >= end:
        return None
    if tokens.pos[start] not in _NOUN_STARTS and not is_participle(tokens, start):
        return None
    for index in range(start + 1, end):
        if tokens.word[index] in STOPS or tokens.pos[index] in ("CCONJ", "SCONJ"):
            return None
        if tokens.word[index] == '"' and not (index + 1 < end and is_finite(tokens, index + 1)):
            return None
        if "PronType=Rel" in tokens.morph[index] and tokens.word[index - 1] != ",":
            return None
        if is_finite(tokens, index) and not _in_relative_clause(tokens, index, start):
            above = ancestors(tokens, hit.head)
            relative = tokens.dep[hit.head] == "acl:relcl" and tokens.head[index] in above
            return None if index in above or relative else start
    return None


def _past_adjunct(tokens: Tokens, start: int, end: int) -> int | None:
    """Past adverbs and one phrase with a preposition after a cue; None where the phrase has no plain noun."""
    while start < end and tokens.pos[start] == "ADV":
        start += 1
    if start >= end or tokens.pos[start] != "ADP":
        return start
    while start < end and tokens.pos[start] not in _NOUNS:
        if tokens.pos[start] in VERBAL or tokens.pos[start] in ("PUNCT", "PRON"):
            return None
        start += 1
    while start < end and (tokens.pos[start] in _NOUNS or tokens.word[start] == ","):
        start += 1
    return start


def _in_relative_clause(tokens: Tokens, index: int, start: int) -> bool:
    """Whether a verb or its governor (from `start` on) is that of a relative clause."""
    verb = index
    while tokens.head[verb] > verb and tokens.dep[verb].startswith(("aux", "cop")):
        verb = tokens.head[verb]
    return tokens.dep[verb] in ("acl:relcl", "acl") and tokens.head[verb] >= start
