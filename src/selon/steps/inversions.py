"""Finds the subject behind its verb: "…", déclare hier à Lyon la maire; "…", said Ann Lee.

Uses of a token: word, part of speech, morphology, and noun groups from the parse.
"""

from __future__ import annotations

from functools import cache

from selon.language import Language
from selon.steps.cues import CueHit
from selon.steps.dates import find_times
from selon.steps.media import is_outlet
from selon.steps.noun_groups import noun_group
from selon.steps.nouns import noun_at
from selon.steps.verbs import is_finite
from selon.tokens import Tokens
from selon.types import Span

_SEAMS = frozenset((",", '"', "-", "–", "—", "?", "!"))
_STOPS = frozenset((".", "!", "?", "…", ","))
_NOUNS = ("NOUN", "PROPN")
_INVERTED = 6
_SUBJECT = 2
_ASIDE = 4


def bounds_of(tokens: Tokens, index: int) -> Span:
    """The range of the sentence of a token."""
    return tokens.sentences[tokens.sentence[index]]


def owner_of(tokens: Tokens, index: int, end: int) -> int:
    """The noun that a noun before it belongs to: "the government's lawyer"."""
    while index < tokens.head[index] < end and tokens.dep[index] in ("nmod:poss", "compound", "nmod", "amod", "nummod"):
        index = tokens.head[index]
    return index


def is_time(tokens: Tokens, index: int, language: Language) -> bool:
    """Whether a noun alone is a day or ends a time: "a signalé lundi", "hier matin"."""
    if tokens.pos[index] not in _NOUNS:
        return False
    start, end = tokens.span(index, index + 1)
    first = tokens.start[max(bounds_of(tokens, index).start, index - 2)]
    times = find_times(tokens.text, first, end, language, None)
    return any(time.span.start <= start < time.span.end for time in times)


@cache
def _by_first(asides: frozenset[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for words in asides:
        known.setdefault(words[0], []).append(words)
    return known


def aside_at(tokens: Tokens, index: int, language: Language) -> int:
    """How many tokens an aside takes that begins here ("pour sa part"), 0 where none does."""
    asides = _by_first(language.grammar.asides).get(tokens.lower[index]) if index < len(tokens) else None
    if asides is None:
        return 0
    lengths = [len(words) for words in asides if tuple(tokens.lower[index : index + len(words)]) == words]
    return max(lengths, default=0)


def in_aside(tokens: Tokens, index: int, language: Language) -> bool:
    """Whether a token stands in an aside."""
    return any(aside_at(tokens, index - back, language) > back for back in range(min(_ASIDE, index + 1)))


class Inversion:
    """Looks for the subject behind one verb cue that follows a comma or a quotation."""

    def __init__(self, tokens: Tokens, hit: CueHit, language: Language, bounds: Span) -> None:
        """`bounds`: the sentence of the cue, without a heading before it."""
        self.tokens = tokens
        self.hit = hit
        self.language = language
        self.bounds = bounds

    def find(self) -> Span | None:
        """The noun group behind the cue, None where the cue stands elsewhere or its subject before it."""
        tokens, hit = self.tokens, self.hit
        mark = hit.first - 1
        while mark > 0 and tokens.lower[mark] in self.language.grammar.object_pronouns:
            mark -= 1
        if hit.first <= self.bounds.start or tokens.word[mark] not in _SEAMS:
            return None
        after = self._past_adjuncts(hit.last)
        if after >= self.bounds.end or tokens.pos[after] not in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
            return None
        if is_time(tokens, after, self.language):
            return None
        for index in range(after, min(after + _INVERTED, self.bounds.end)):
            if tokens.pos[index] in ("NOUN", "PROPN", "PRON"):
                group = noun_group(tokens, owner_of(tokens, index, self.bounds.end), after, self.bounds.end)
                said = self._said_before(mark) or self._interrupts(mark, group.end)
                return Span(after, group.end) if said and not self._is_object(after, group.end) else None
        return self._adjectives(after) if self._said_before(mark) else None

    def _is_object(self, start: int, end: int) -> bool:
        """Whether a group goes on with a quotation, as an object does ("a qualifié | le texte de « … »"), or with a
        verb, as the subject of what is said ("said | the port would close")."""
        if self.language.grammar.bare_clauses and end < self.bounds.end and is_finite(self.tokens, end):
            return True
        return any(
            self.tokens.word[index] == '"' and self.tokens.pos[index - 1] in ("ADP", "SCONJ")
            for index in range(start + 1, min(end + 2, self.bounds.end))
        )

    def _adjectives(self, after: int) -> Span | None:
        """A determiner and what the tagger takes for adjectives, up to a mark: "réplique l'ancien comptable.",
        "replied the accused."."""
        tokens = self.tokens
        last = after + 1
        while last < self.bounds.end and (tokens.pos[last] == "ADJ" or "VerbForm=Part" in tokens.morph[last]):
            last += 1
        whole = tokens.pos[after] == "DET" and last > after + 1
        closed = last == self.bounds.end or tokens.pos[last] == "PUNCT"
        return Span(after, last) if whole and closed else None

    def _interrupts(self, mark: int, end: int) -> bool:
        """Whether cue and subject stand between commas in a sentence: "Le pont, assure la maire, tient"."""
        tokens = self.tokens
        if any(tokens.word[index] == "," for index in range(self.bounds.start, mark)):
            return False
        return tokens.word[end : end + 1] == [","] and any(
            is_finite(tokens, index) for index in range(end + 1, self.bounds.end)
        )

    def _said_before(self, mark: int) -> bool:
        """Whether something is said before the cue: else a comma closes an apposition ("X, chef du parti, annonce")."""
        tokens, start = self.tokens, self.bounds.start
        if tokens.word[mark] != ",":
            return True
        quotation = next((index for index in range(mark - 1, start - 1, -1) if tokens.word[index] == '"'), None)
        if quotation is not None and self._closes_apposition(quotation, mark):
            return False
        return (
            quotation is not None
            or any(is_finite(tokens, index) and not self._is_relative(index) for index in range(start, mark))
            or (mark - start <= 1 and tokens.word[start - 1 : start] == ['"'])
        )

    def _closes_apposition(self, quotation: int, mark: int) -> bool:
        """Whether a whole subject stands between a quotation that runs on and the comma before the cue:
        "…," Ann Lee, the engineer, said."""
        tokens = self.tokens
        first = quotation + 1
        runs_on = tokens.word[quotation - 1] in _STOPS or tokens.word[first] == ","
        first += tokens.word[first] == ","
        words = range(first, mark)
        if not runs_on or len(words) < _SUBJECT or tokens.pos[first] not in ("DET", "PROPN", "NOUN"):
            return False
        comma = any(tokens.word[index] == "," for index in words)
        return comma and not any(is_finite(tokens, index) and not self._is_relative(index) for index in words)

    def _is_relative(self, verb: int) -> bool:
        """Whether a verb stands in a relative clause set off by a comma: "X, qui préside le club, annonce"."""
        for index in range(verb - 1, self.bounds.start, -1):
            if self.tokens.word[index] == ",":
                return self.tokens.lower[index + 1] in self.language.grammar.relatives
        return False

    # --- what may stand between verb and subject

    def _past_adjuncts(self, start: int) -> int:
        """Past asides, times and whom it is said to ("pour sa part", "hier", "à la presse") if a subject follows."""
        start = self._past_aside(self._past_time(self._past_aside(start)))
        after = self._past_phrase(start)
        return self._past_time(after) if after > start else start

    def _past_aside(self, start: int) -> int:
        """Past an aside of the language, or "tout" with an adjective ("tout fier")."""
        tokens = self.tokens
        length = aside_at(tokens, start, self.language)
        pair = range(start, min(start + 2, self.bounds.end))
        if not length and [tokens.pos[index] for index in pair] == ["ADV", "ADJ"]:
            length = 2
        return start + length

    def _past_phrase(self, start: int) -> int:
        """Past a phrase with a preposition if a noun group follows, after a comma or a name; else `start`."""
        tokens, end = self.tokens, self.bounds.end
        if start >= end or tokens.pos[start] != "ADP":
            return start
        index = start + 1
        while index < end and tokens.pos[index] in ("DET", "ADJ", "NUM", "ADP") and index - start < _INVERTED:
            index += 1
        noun = index
        while index < end and tokens.pos[index] in _NOUNS:
            index += 1
        if index == noun:
            return start
        if index < end and (tokens.pos[index] == "DET" or (tokens.word[index] == "," and self._begins(index + 1))):
            return index + (tokens.word[index] == ",")
        return self._after_outlet(start, noun, index)

    def _begins(self, index: int) -> bool:
        return index < self.bounds.end and self.tokens.pos[index] in ("DET", "PROPN")

    def _after_outlet(self, start: int, noun: int, end: int) -> int:
        """Where a name begins right behind the outlet it is said to: "à la BBC | Awa Sow"; else `start`."""
        tokens = self.tokens
        for cut in range(end - 1, noun, -1):
            name = all(tokens.word[index][0].isupper() and tokens.pos[index] == "PROPN" for index in range(cut, end))
            last = noun_at(tokens, cut - 1, cut, self.language)
            listed = last is not None and last.category == "outlet"
            named = end - cut >= _SUBJECT and is_outlet(tokens, Span(noun, cut), self.language)
            ends = listed or tokens.lower[cut - 1] in self.language.sources.outlet_names or tokens.pos[noun] == "NOUN"
            if name and (listed or (named and ends)):
                return cut
        return start

    def _past_time(self, start: int) -> int:
        """Past a time that begins here if a noun group or a preposition follows it; else `start`."""
        tokens = self.tokens
        if start >= self.bounds.end:
            return start
        for time in find_times(tokens.text, tokens.start[start], tokens.end[self.bounds.end - 1], self.language, None):
            end = tokens.at(time.span.end - 1) + 1
            if time.span.start == tokens.start[start] and end < self.bounds.end:
                return end if tokens.pos[end] in ("DET", "PROPN", "ADP", "NOUN") else start
        return start
