"""Finds the subject of a verb cue: in the verb group, behind it, in the parse, or right before it.

Uses of a token: word, part of speech, and the parse, with a look at the neighbouring words where it has no subject.
"""

from __future__ import annotations

import msgspec

from selon.language import Language
from selon.steps.cues import CueHit
from selon.steps.dates import find_times
from selon.steps.noun_groups import NOMINAL, noun_group
from selon.steps.verbs import is_finite
from selon.tokens import Tokens
from selon.types import Span

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl", "expl:subj")
_ABOVE = ("conj", "advcl", "xcomp", "acl", "parataxis", "ccomp", "obl", "dep")
_SEAMS = frozenset((",", '"', "-", "–", "—", "?", "!"))
_BREAKS = frozenset((";", ":", '"'))
_NOUNS = ("NOUN", "PROPN")
_IN_GROUP = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"))
_CLIMB = 6
_INVERTED = 6
_CONJUNCT = 5


class Mention(msgspec.Struct, frozen=True):
    """The mention as a token range (half open) or None, and whether the cue leaves the source out on purpose."""

    tokens: Span | None
    unexpressed: bool


def bounds_of(tokens: Tokens, index: int) -> Span:
    """The range of the sentence of a token."""
    return tokens.sentences[tokens.sentence[index]]


def owner_of(tokens: Tokens, index: int, end: int) -> int:
    """The noun that a noun before it belongs to: "the government's lawyer"."""
    while index < tokens.head[index] < end and tokens.dep[index] in ("nmod:poss", "compound", "nmod", "amod", "nummod"):
        index = tokens.head[index]
    return index


class Subject:
    """Looks for the subject of one verb cue."""

    def __init__(self, tokens: Tokens, hit: CueHit, language: Language) -> None:
        self.tokens = tokens
        self.hit = hit
        self.language = language
        self.grammar = language.grammar
        self.bounds = bounds_of(tokens, hit.head)

    def find(self) -> Mention:
        """A clitic of the cue, an inverted noun group, the subject in the parse, or a neighbour."""
        clitic = self._clitic()
        if clitic is not None:
            return clitic
        inverted = self._inverted() if self.hit.shape == "verb" else None
        subject = self._subject_of(self.hit.subject_of)
        if inverted is not None and not self._told(subject) and (subject or -1) < self.hit.head:
            return inverted
        near = self._near() if subject is None and self.hit.shape == "verb" else None
        return near or self._parsed() or self._before()

    def _near(self) -> Mention | None:
        """The noun group right before a verb that has no subject in the parse: surer than that of a verb above."""
        tokens = self.tokens
        last = self.hit.first - 1
        if last < self.bounds.start or tokens.pos[last] not in ("NOUN", "PROPN") or self._is_time(last):
            return None
        first = last
        while first > self.bounds.start and not self._determines(first) and not self._is_time(first - 1):
            if tokens.pos[first - 1] not in _IN_GROUP and not self._determines(first - 1):
                break
            first -= 1
        start = first == self.bounds.start or self._is_time(first - 1)
        ends = tokens.pos[first - 1] in ("PUNCT", "CCONJ", "SCONJ", "VERB") and tokens.word[first - 1] != "-"
        return Mention(Span(first, last + 1), False) if start or ends else None

    def _determines(self, index: int) -> bool:
        """Whether a word begins a noun group: an article, a possessive."""
        return self.tokens.pos[index] == "DET" or self.tokens.lower[index] in self.grammar.possessives

    def _told(self, subject: int | None) -> bool:
        """Whether the noun group after the cue is who is told: "X told | the audience"."""
        return subject is not None and self.hit.entry.lemma in self.language.attributes.addressee_objects

    def _clitic(self) -> Mention | None:
        for index in range(self.hit.first, min(self.hit.last + 1, self.bounds.end)):
            if self.tokens.lower[index] in self.grammar.subject_clitics:
                return Mention(Span(index, index + 1), self.tokens.lower[index] in self.grammar.impersonal)
        return None

    def _parsed(self) -> Mention | None:
        """The subject of the cue or of a verb above it."""
        tokens = self.tokens
        verb = self.hit.subject_of
        apart = self.hit.shape == "participle" and tokens.word[self.hit.first - 1 : self.hit.first] == [","]
        for _ in range(_CLIMB):
            subject = self._subject_of(verb)
            if subject is not None:
                return self._named(subject, verb)
            above = tokens.head[verb]
            if above == verb:
                return None
            nominal = tokens.dep[verb] in ("acl", "acl:relcl") and tokens.pos[above] in NOMINAL and above < verb
            if nominal and not apart:
                return Mention(noun_group(tokens, above, self.bounds.start, self._ceiling()), False)
            if tokens.dep[verb] not in _ABOVE and not apart:
                return None
            verb = above
        return None

    def _subject_of(self, verb: int) -> int | None:
        for child in self._dependents(verb):
            lower = self.tokens.lower[child]
            objects = self.grammar.object_pronouns | self.grammar.reflexive_pronouns
            is_object = lower in objects and lower not in self.grammar.subject_pronouns
            inside = self.hit.first <= child < self.hit.last
            if self.tokens.dep[child] in _SUBJECTS and not inside and not is_object and not self._is_time(child):
                return child
        return None

    def _dependents(self, verb: int) -> list[int]:
        """What hangs on a verb; of a cue of several words ("fait valoir") what hangs on any of them."""
        if not self.hit.entry.rest or verb != self.hit.subject_of:
            return self.tokens.children[verb]
        return [child for word in range(self.hit.first, self.hit.last) for child in self.tokens.children[word]]

    def _is_time(self, index: int) -> bool:
        """Whether a noun alone is a day or ends a time: "a signalé lundi", "hier matin"."""
        if self.tokens.pos[index] not in ("NOUN", "PROPN"):
            return False
        start, end = self.tokens.span(index, index + 1)
        first = self.tokens.start[max(self.bounds.start, index - 2)]
        times = find_times(self.tokens.text, first, end, self.language, None)
        return any(time.span.start <= start < time.span.end for time in times)

    def _named(self, subject: int, verb: int) -> Mention:
        tokens, hit = self.tokens, self.hit
        lower = tokens.lower[subject]
        if lower in self.grammar.relatives and subject > self.bounds.start:
            return self._antecedent(subject, verb)
        if lower in self.grammar.impersonal:
            return Mention(Span(subject, subject + 1), True)
        if subject < hit.first:
            group = noun_group(tokens, subject, self.bounds.start, self._ceiling())
            return Mention(self._with_conjunct(group), False)
        return Mention(noun_group(tokens, subject, hit.head + 1, self.bounds.end), False)

    def _with_conjunct(self, group: Span) -> Span:
        """A subject with the one before it that the parse has cut off: "La Karsavie et | la Morvanie"."""
        tokens, first = self.tokens, self.bounds.start
        joined = group.start - 1 > first and tokens.lower[group.start - 1] in self.grammar.coordinators
        before = range(first, group.start - 1)
        if not joined or len(before) > _CONJUNCT or tokens.pos[group.start - 2] not in ("NOUN", "PROPN", "ADJ"):
            return group
        nominal = all(tokens.pos[index] in (*NOMINAL, "DET") for index in before)
        return Span(first, group.end) if nominal and tokens.pos[first] in ("DET", "PROPN") else group

    def _ceiling(self) -> int:
        """Where a subject before the cue ends; before the mark of an infinitive ("et Anne de conclure")."""
        first = self.hit.first
        marked = first > 0 and self.tokens.lower[first - 1] in self.grammar.infinitive_marks
        return first - 1 if marked and "VerbForm=Inf" in self.tokens.morph[self.hit.head] else first

    def _antecedent(self, relative: int, verb: int) -> Mention:
        """The group that a relative pronoun takes up: what the parse says, or the noun right before it."""
        tokens = self.tokens
        above = tokens.head[verb]
        if not (tokens.dep[verb].startswith("acl") and above < relative):
            above = relative - 1
            while above > self.bounds.start and tokens.pos[above] == "PUNCT":
                above -= 1
        if tokens.pos[above] not in NOMINAL:
            return Mention(Span(relative, relative + 1), False)
        return Mention(noun_group(tokens, above, self.bounds.start, relative), False)

    def _inverted(self) -> Mention | None:
        """The noun group after a cue that follows a comma or a quotation ("…", déclare hier à Lyon la maire)."""
        tokens, hit = self.tokens, self.hit
        mark = hit.first - 1
        while mark > 0 and tokens.lower[mark] in self.grammar.object_pronouns:
            mark -= 1
        if hit.first <= self.bounds.start or tokens.word[mark] not in _SEAMS:
            return None
        after = self._past_adjunct(hit.last)
        if after >= self.bounds.end or tokens.pos[after] not in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
            return None
        if self._is_time(after):
            return None
        for index in range(after, min(after + _INVERTED, self.bounds.end)):
            if tokens.pos[index] in ("NOUN", "PROPN", "PRON"):
                group = noun_group(tokens, owner_of(tokens, index, self.bounds.end), after, self.bounds.end)
                said = self._said_before(mark) or self._interrupts(mark, group.end)
                return Mention(Span(after, group.end), False) if said else None
        return self._adjectives(after) if self._said_before(mark) else None

    def _adjectives(self, after: int) -> Mention | None:
        """A determiner and what the tagger takes for adjectives, up to a mark: "réplique l'ancien comptable.",
        "replied the accused."."""
        tokens = self.tokens
        last = after + 1
        while last < self.bounds.end and (tokens.pos[last] == "ADJ" or "VerbForm=Part" in tokens.morph[last]):
            last += 1
        whole = tokens.pos[after] == "DET" and last > after + 1
        closed = last == self.bounds.end or tokens.pos[last] == "PUNCT"
        return Mention(Span(after, last), False) if whole and closed else None

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
        return (
            self.tokens.word[mark] != ","
            or any(
                self.tokens.word[index] == '"' or (is_finite(self.tokens, index) and not self._is_relative(index))
                for index in range(self.bounds.start, mark)
            )
            or (mark - self.bounds.start <= 1 and self.tokens.word[self.bounds.start - 1 : self.bounds.start] == ['"'])
        )

    def _is_relative(self, verb: int) -> bool:
        """Whether a verb stands in a relative clause set off by a comma: "X, qui préside le club, annonce"."""
        for index in range(verb - 1, self.bounds.start, -1):
            if self.tokens.word[index] == ",":
                return self.tokens.lower[index + 1] in self.grammar.relatives
        return False

    def _past_adjunct(self, start: int) -> int:
        """Past a time and a phrase with a preposition ("hier", "à la presse") if a noun group follows; else `start`."""
        tokens = self.tokens
        start = self._past_time(start)
        if start >= self.bounds.end or tokens.pos[start] != "ADP":
            return start
        index = start + 1
        while index < self.bounds.end and tokens.pos[index] in ("DET", "ADJ", "NUM"):
            index += 1
        noun = index
        while index < self.bounds.end and tokens.pos[index] in ("NOUN", "PROPN"):
            index += 1
        follows = index < self.bounds.end and tokens.pos[index] == "DET"
        return index if index > noun and follows else start

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

    def _before(self) -> Mention:
        """Without a subject in the parse: the noun group right before the cue, or before the apposition before it."""
        tokens = self.tokens
        before = self._ceiling() - 1
        if before > self.bounds.start and tokens.word[before] == ",":
            before = self._before_apposition(before)
        while before > self.bounds.start and tokens.pos[before] == "ADJ" and tokens.pos[before - 1] in _NOUNS:
            before -= 1
        if before < self.bounds.start or not self._may_be_subject(before):
            return Mention(None, False)
        head = before
        while self.bounds.start <= tokens.head[head] < head and tokens.pos[tokens.head[head]] in NOMINAL:
            if any(word in _BREAKS for word in tokens.word[tokens.head[head] : head]):
                break
            head = tokens.head[head]
        return Mention(noun_group(tokens, head, self.bounds.start, self._ceiling()), False)

    def _before_apposition(self, comma: int) -> int:
        """The last token before the comma that opens what `comma` closes: an apposition without a verb, or a relative
        clause; -1 where it is neither."""
        verb = False
        for index in range(comma - 1, self.bounds.start, -1):
            if self.tokens.word[index] == '"':
                return -1
            verb = verb or is_finite(self.tokens, index)
            if self.tokens.word[index] == ",":
                relative = self.tokens.lower[index + 1] in self.grammar.relatives
                return index - 1 if relative or not verb else -1
        return -1

    def _may_be_subject(self, index: int) -> bool:
        tokens = self.tokens
        if tokens.pos[index] in ("NOUN", "PROPN", "PRON", "X"):
            return not self._is_time(index) and tokens.lower[index] not in self.grammar.object_pronouns
        counted = tokens.pos[index] == "ADJ" and tokens.pos[index - 1] in ("NUM", "DET")  # "quarante recrues"
        return counted or tokens.lower[index] in self.language.sources.groups
