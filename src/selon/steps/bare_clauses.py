"""Finds a content that stands after its cue without que/that: "said it would", "l'a trouvé difficile".

Uses of a token: word, part of speech, morphology; the parse first, and the order of the words where it has no clause
and the language allows one.
"""

from __future__ import annotations

from typing import NamedTuple

from selon.language import Language
from selon.steps.cues import CueHit
from selon.steps.dates import find_times
from selon.steps.verbs import STOPS, VERBAL, ancestors, is_finite, is_participle, sentence_end
from selon.tokens import Tokens

_NOUN_STARTS = frozenset(("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"))
_NOUNS = frozenset(("NOUN", "PROPN", "NUM"))
_HEADS = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_ADJUNCTS = 3
_ADDRESSEE = 7
_QUOTED_WORDS = 6


class BareClause(NamedTuple):
    """The first token of a clause and its first finite verb."""

    start: int
    finite: int


def bare_clause(tokens: Tokens, hit: CueHit, language: Language) -> int | None:
    """The first token of the clause, or None."""
    parsed = _parsed(tokens, hit, language)
    if language.grammar.bare_clauses and hit.entry.lemma in language.attributes.addressee_objects:
        told = _past_addressee(tokens, hit, language)
        if told is not None and (parsed is None or parsed < told):
            return told
    if parsed is not None and language.grammar.bare_clauses:
        return _past_time(tokens, parsed, language)
    if parsed is None and language.grammar.bare_clauses:
        found = words_after(tokens, hit.last, language)
        above = ancestors(tokens, hit.head)
        if found is None or found.finite in above:
            return None
        relative = tokens.dep[hit.head] == "acl:relcl" and tokens.head[found.finite] in above
        return None if relative else found.start
    return parsed


def _past_addressee(tokens: Tokens, hit: CueHit, language: Language) -> int | None:
    """Where the clause begins behind who is told: "told local media | the bridge was shut", "told the tower | he could
    see it"; None where no noun group begins behind another."""
    for index in range(hit.last + 1, min(hit.last + _ADDRESSEE, sentence_end(tokens, hit.head))):
        subject = tokens.pos[index] == "PRON" and tokens.lower[index] in language.grammar.subject_pronouns
        name = tokens.pos[index] == "PROPN" and tokens.pos[index - 1] == "NOUN"
        if tokens.pos[index - 1] in _NOUNS and (tokens.pos[index] == "DET" or subject or name):
            found = words_after(tokens, index, language)
            return found.start if found is not None else None
        if tokens.pos[index] not in (*_NOUN_STARTS, "PART"):
            return None
    return None


def _past_time(tokens: Tokens, start: int, language: Language) -> int:
    """Past the time or adverb that belongs to the cue: "said | publicly | the port would close"."""
    end = sentence_end(tokens, start)
    time = _time_end(tokens, start, end, language)
    first = start + 1 if time is None and tokens.pos[start] == "ADV" else time
    if first is not None and first < end and tokens.word[first] == ",":
        first += 1
    begins = first is not None and first < end and tokens.pos[first] in _NOUN_STARTS and tokens.pos[first] != "NUM"
    return first if first is not None and begins else start


def _parsed(tokens: Tokens, hit: CueHit, language: Language) -> int | None:
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
        if tokens.lower[start] in language.grammar.subordinators | language.grammar.question_words:
            continue
        between = tokens.word[hit.last : start]
        if ":" not in between and ";" not in between:
            return start
    return None


def words_after(tokens: Tokens, after: int, language: Language) -> BareClause | None:
    """The noun group behind a cue that ends at `after` which a finite verb follows before any stop, past a time or
    place ("on Friday", "in an interview with the Herald")."""
    end = sentence_end(tokens, after - 1)
    start = past_adjuncts(tokens, after, end, language)
    if start is None or start >= end:
        return None
    if tokens.pos[start] not in _NOUN_STARTS and not is_participle(tokens, start):
        return None
    finite = _first_finite(tokens, start, end, language)
    if finite is None or not any(tokens.pos[index] in _HEADS for index in range(start, finite)):
        return None
    return BareClause(start, finite)


def _first_finite(tokens: Tokens, start: int, end: int, language: Language) -> int | None:
    """The finite verb whose subject begins at `start`; verbs of relative clauses in that subject are passed. One
    that only the parse takes for such a verb is taken if no other follows."""
    relative = 0
    doubtful: int | None = None
    for index in range(start + 1, end):
        if _stops(tokens, index, end) or tokens.lower[index] in language.grammar.subordinators:
            return doubtful
        relates = "PronType=Rel" in tokens.morph[index]
        if relates and tokens.word[index - 1] != ",":
            return None
        if relates or _begins_relative(tokens, index, language):
            relative += 1
        if is_finite(tokens, index):
            if not relative and not _in_relative_clause(tokens, index, start):
                return index
            if not relative:
                doubtful = doubtful or index
            relative = max(0, relative - 1)
    return doubtful


def _stops(tokens: Tokens, index: int, end: int) -> bool:
    """Whether no verb behind this token can belong to the noun group before it."""
    if tokens.word[index] in STOPS or tokens.pos[index] == "SCONJ":
        return True
    if tokens.word[index] == '"' and not _within_group(tokens, index, end):
        return True
    return tokens.pos[index] == "CCONJ" and not _joins_nouns(tokens, index, end)


def _within_group(tokens: Tokens, mark: int, end: int) -> bool:
    """Whether a quotation mark belongs to words inside the noun group: 'a "significant step" was'."""
    sentence = tokens.sentences[tokens.sentence[mark]]
    opens = tokens.word[sentence.start : mark].count('"') % 2 == 0
    before_verb = mark + 1 < end and is_finite(tokens, mark + 1)
    if opens:
        return before_verb or ('"' in tokens.word[mark + 1 : end] and tokens.pos[mark - 1] in ("DET", "ADJ", "PRON"))
    return before_verb and '"' in tokens.word[mark - _QUOTED_WORDS : mark]


def _joins_nouns(tokens: Tokens, index: int, end: int) -> bool:
    return tokens.pos[index - 1] in _HEADS and index + 1 < end and tokens.pos[index + 1] in _NOUN_STARTS


def _begins_relative(tokens: Tokens, index: int, language: Language) -> bool:
    """Whether a subject right after a noun begins a relative clause: "the wreck | they found", "the man | the king
    met"."""
    is_pronoun = tokens.pos[index] == "PRON" and tokens.lower[index] in language.grammar.subject_pronouns
    return tokens.pos[index - 1] == "NOUN" and (is_pronoun or tokens.pos[index] == "DET")


def past_adjuncts(tokens: Tokens, start: int, end: int, language: Language) -> int | None:
    """Past adverbs, times and phrases with a preposition after a cue; None where a phrase has no plain noun."""
    for _ in range(_ADJUNCTS):
        while start < end and tokens.pos[start] == "ADV":
            if tokens.lower[start] in language.grammar.negations_before:
                return start
            if tokens.lower[start] in language.grammar.question_words:
                return None
            start += 1
        time = _time_end(tokens, start, end, language)
        if time is not None:
            start = time + 1 if time < end and tokens.word[time] == "," else time
            continue
        if start >= end or tokens.pos[start] != "ADP" or "VerbForm=Inf" in "".join(tokens.morph[start + 1 : start + 2]):
            return start
        while start < end and tokens.pos[start] not in _NOUNS:
            capital = tokens.word[start][0].isupper()
            if (tokens.pos[start] in VERBAL and not capital) or tokens.pos[start] in ("PUNCT", "PRON"):
                return None
            start += 1
        while start < end and (tokens.pos[start] in _NOUNS or tokens.word[start] == ","):
            start += 1
    return start


def _time_end(tokens: Tokens, start: int, end: int, language: Language) -> int | None:
    """Where a time that begins at `start` ends."""
    if start >= end:
        return None
    begin, finish = tokens.start[start], tokens.end[min(end, start + 6) - 1]
    for time in find_times(tokens.text, begin, finish, language, None):
        if time.span.start == begin:
            return tokens.at(time.span.end - 1) + 1
    return None


def _in_relative_clause(tokens: Tokens, index: int, start: int) -> bool:
    """Whether a verb or its governor (from `start` on) is that of a relative clause."""
    verb = index
    while tokens.head[verb] > verb and tokens.dep[verb].startswith(("aux", "cop")):
        verb = tokens.head[verb]
    return tokens.dep[verb] in ("acl:relcl", "acl") and tokens.head[verb] >= start
