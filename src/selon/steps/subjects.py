"""Finds the subject of a verb cue: in the verb group, behind it, in the parse, or right before it.

Uses of a token: word, part of speech, and the parse, with a look at the neighbouring words where it has no subject.
"""

from __future__ import annotations

import msgspec

from selon.language import Language
from selon.steps.cues import CueHit
from selon.steps.inversions import Inversion, bounds_of, in_aside, is_time
from selon.steps.noun_groups import NOMINAL, noun_group
from selon.steps.nouns import may_speak, named_directly
from selon.steps.verbs import is_finite, is_participle
from selon.tokens import Tokens
from selon.types import Span

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl", "expl:subj")
_ABOVE = ("conj", "advcl", "xcomp", "acl", "parataxis", "ccomp", "obl", "dep")
_BREAKS = frozenset((";", ":", '"'))
_NOUNS = ("NOUN", "PROPN")
_IN_GROUP = frozenset(("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"))
_IN_WHOLE = _IN_GROUP | {"ADP"}
_CLIMB = 6
_RELATIVE = 8
_CONJUNCT = 5


class Mention(msgspec.Struct, frozen=True):
    """The mention as a token range (half open) or None, and whether the cue leaves the source out on purpose."""

    tokens: Span | None
    unexpressed: bool


class Subject:
    """Looks for the subject of one verb cue."""

    def __init__(self, tokens: Tokens, hit: CueHit, language: Language) -> None:
        self.tokens = tokens
        self.hit = hit
        self.language = language
        self.grammar = language.grammar
        self.bounds = self._clause(bounds_of(tokens, hit.head))

    def _clause(self, sentence: Span) -> Span:
        """The sentence from where a heading before it ends: at a colon, or before an article with a capital ("Lire
        aussi : | Anne Rey dit", "Un nouveau vaccin | Le professeur dit")."""
        tokens = self.tokens
        if self.hit.shape != "verb" or tokens.pos[self.hit.first - 1] == "CCONJ":
            return sentence
        for index in range(self.hit.first - 1, sentence.start, -1):
            if tokens.word[index] == '"':
                return sentence
            if tokens.word[index] == ":":
                return Span(index + 1, sentence.end)
            if self._begins_anew(index):
                return Span(index, sentence.end)
        return sentence

    def _begins_anew(self, index: int) -> bool:
        """Whether an article has a capital though no mark stands before it, and a word without one behind it."""
        tokens = self.tokens
        article = tokens.pos[index] == "DET" and tokens.word[index][0].isupper()
        return article and tokens.pos[index - 1] in ("NOUN", "ADJ", "PROPN") and tokens.word[index + 1][0].islower()

    def find(self) -> Mention:
        """A clitic of the cue, an inverted noun group, the subject in the parse, or a neighbour."""
        clitic = self._clitic()
        if clitic is not None:
            return clitic
        inversion = Inversion(self.tokens, self.hit, self.language, self.bounds)
        inverted = inversion.find() if self.hit.shape == "verb" else None
        subject = self._subject_of(self.hit.subject_of)
        if inverted is not None and not self._told(subject) and (subject or -1) < self.hit.head:
            return Mention(inverted, False)
        near = self._near() if subject is None and self.hit.shape == "verb" else None
        near = near or self._cut_off(self.bounds.start if subject is None else subject)
        return near or self._parsed() or self._before()

    def _cut_off(self, subject: int) -> Mention | None:
        """The noun group right before a verb, where the parse has that of a clause before for its subject: "Dix
        personnes sont mortes et | l'hôpital | affirme"."""
        tokens, last = self.tokens, self.hit.first - 1
        if self.hit.shape != "verb" or last <= subject or tokens.pos[last] not in _NOUNS or self._is_adjunct(last):
            return None
        first = last
        while first > subject and tokens.pos[first - 1] in _IN_WHOLE:
            first -= 1
        joined = first - 1 > subject and tokens.pos[first - 1] in ("CCONJ", "SCONJ")
        begins = tokens.pos[first] in ("DET", "PROPN", "NUM")
        clause = any(
            is_finite(tokens, index) and tokens.dep[index] != "acl:relcl" and not self._after_relative(index)
            for index in range(subject, first)
        )
        return Mention(Span(first, last + 1), False) if joined and begins and clause else None

    def _after_relative(self, verb: int) -> bool:
        """Whether a relative pronoun stands before a verb with no mark between."""
        for index in range(verb - 1, max(self.bounds.start, verb - _RELATIVE), -1):
            if self.tokens.pos[index] == "PUNCT":
                return False
            if self.tokens.lower[index] in self.grammar.relatives:
                return True
        return False

    def _near(self) -> Mention | None:
        """The noun group right before a verb that has no subject in the parse: surer than that of a verb above."""
        tokens = self.tokens
        last = self.hit.first - 1
        if last < self.bounds.start or tokens.pos[last] not in ("NOUN", "PROPN") or self._is_adjunct(last):
            return None
        first = last
        while (
            first > self.bounds.start
            and not self._determines(first)
            and not is_time(self.tokens, first - 1, self.language)
        ):
            if tokens.pos[first - 1] not in _IN_GROUP and not self._determines(first - 1):
                break
            first -= 1
        start = first == self.bounds.start or is_time(self.tokens, first - 1, self.language)
        ends = tokens.pos[first - 1] in ("PUNCT", "CCONJ", "SCONJ", "VERB") and tokens.word[first - 1] != "-"
        if ends and tokens.pos[first - 1] == "CCONJ":
            first = self._named_before(first)
        return Mention(Span(first, last + 1), False) if start or ends else None

    def _named_before(self, first: int) -> int:
        """Where a name begins that a conjunction joins to the group at `first`: ", | Ann Lee and her colleagues"."""
        name = first - 1
        while name > self.bounds.start and self.tokens.pos[name - 1] == "PROPN":
            name -= 1
        opens = name == self.bounds.start or self.tokens.pos[name - 1] == "PUNCT"
        return name if opens and name < first - 1 else first

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
        quoted = self._quoted_as()
        if quoted is not None:
            return quoted
        apart = self.hit.shape == "participle" and tokens.word[self.hit.first - 1 : self.hit.first] == [","]
        found: Mention | None = None
        for _ in range(_CLIMB):
            subject = self._subject_of(verb)
            if subject is not None and self._across(subject):
                return found
            if subject is not None:
                named = self._named(subject, verb)
                if not apart or not self._is_thing(named):
                    return named
                found = found or named
            above = tokens.head[verb]
            if above == verb:
                return found
            nominal = tokens.dep[verb] in ("acl", "acl:relcl") and tokens.pos[above] in NOMINAL and above < verb
            if nominal and not apart:
                return Mention(noun_group(tokens, above, self.bounds.start, self._ceiling()), False)
            if tokens.dep[verb] not in _ABOVE and not apart:
                return found
            verb = above
        return found

    def _quoted_as(self) -> Mention | None:
        """Whom somebody quotes with this participle: "cited | the police chief | as saying"."""
        tokens, mark = self.tokens, self.hit.first - 1
        if self.hit.shape != "participle" or tokens.lower[mark] not in self.grammar.quoting_marks:
            return None
        if mark - 1 <= self.bounds.start or tokens.pos[mark - 1] not in ("NOUN", "PROPN", "PRON"):
            return None  # "was quoted as saying"
        head = mark - 1
        while self.bounds.start <= tokens.head[head] < mark and tokens.pos[tokens.head[head]] in ("NOUN", "PROPN"):
            head = tokens.head[head]
        return Mention(noun_group(tokens, head, self.bounds.start, mark), False)

    def _across(self, subject: int) -> bool:
        """Whether a quotation ends between a subject and the cue: it is that of what is said."""
        marks = sum(word == '"' for word in self.tokens.word[subject : self.hit.first])
        return subject < self.hit.first and marks % 2 == 1

    def _is_thing(self, found: Mention) -> bool:
        """Whether a subject is nothing that speaks: the clause above has the source ("told how the roof fell,
        saying")."""
        group = found.tokens
        return group is not None and not (
            named_directly(self.tokens, group) or may_speak(self.tokens, group, self.language)
        )

    def _subject_of(self, verb: int) -> int | None:
        for child in self._dependents(verb):
            lower = self.tokens.lower[child]
            objects = self.grammar.object_pronouns | self.grammar.reflexive_pronouns
            is_object = lower in objects and lower not in self.grammar.subject_pronouns
            inside = self.hit.first <= child < self.hit.last
            before = child < self.bounds.start
            if (
                self.tokens.dep[child] in _SUBJECTS
                and not before
                and not inside
                and not is_object
                and not self._is_adjunct(child)
            ):
                return child
        return None

    def _is_adjunct(self, index: int) -> bool:
        """Whether the parse takes a time or an aside for the subject: "a signalé lundi", "a pour sa part annoncé"."""
        aside = in_aside(self.tokens, index, self.language) and index - self.bounds.start > 1
        opens = index == self.bounds.start and is_participle(self.tokens, index)  # "Speaking to the press, …"
        return aside or opens or is_time(self.tokens, index, self.language)

    def _dependents(self, verb: int) -> list[int]:
        """What hangs on a verb; of a cue of several words ("fait valoir") what hangs on any of them."""
        if not self.hit.entry.rest or verb != self.hit.subject_of:
            return self.tokens.children[verb]
        return [child for word in range(self.hit.first, self.hit.last) for child in self.tokens.children[word]]

    def _named(self, subject: int, verb: int) -> Mention:
        tokens, hit = self.tokens, self.hit
        lower = tokens.lower[subject]
        rel = "PronType=Rel" in tokens.morph[subject] and lower in self.grammar.subject_pronouns
        relative = lower in self.grammar.relatives or rel
        if relative and subject > self.bounds.start:
            return self._antecedent(subject, verb)
        if lower in self.grammar.impersonal and tokens.lower[subject + 1] not in self.grammar.possessive_marks:
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
        if not (tokens.dep[verb].startswith("acl") and above < relative and tokens.pos[above] in NOMINAL):
            above = relative - 1
            while above > self.bounds.start and tokens.pos[above] == "PUNCT":
                above -= 1
        if tokens.pos[above] not in NOMINAL:
            return Mention(Span(relative, relative + 1), False)
        return Mention(noun_group(tokens, above, self.bounds.start, relative), False)

    def _edge(self) -> int:
        """Where the verb group of the cue begins, with the pronouns and negations before it: "| lui avait reproché"."""
        small = self.grammar.object_pronouns | self.grammar.negations_before
        edge = self._ceiling()
        while edge > self.bounds.start and self.tokens.lower[edge - 1] in small:
            edge -= 1
        return edge

    def _before(self) -> Mention:
        """Without a subject in the parse: the noun group right before the cue, or before the apposition before it."""
        tokens = self.tokens
        edge = self._edge()
        before = edge - 1
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
        return Mention(noun_group(tokens, head, self.bounds.start, edge), False)

    def _before_apposition(self, comma: int) -> int:
        """The last token before the comma that opens what `comma` closes: an apposition whose verbs all stand in
        relative clauses, or such a clause; -1 where it is neither."""
        finite = relatives = 0
        for index in range(comma - 1, self.bounds.start, -1):
            if self.tokens.word[index] == '"':
                return -1
            finite += is_finite(self.tokens, index)
            relatives += self.tokens.lower[index] in self.grammar.relatives
            if self.tokens.word[index] == ",":
                return index - 1 if finite <= relatives else -1
        return -1

    def _may_be_subject(self, index: int) -> bool:
        tokens = self.tokens
        if tokens.pos[index] in ("NOUN", "PROPN", "PRON", "X"):
            return (
                not is_time(self.tokens, index, self.language)
                and tokens.lower[index] not in self.grammar.object_pronouns
            )
        counted = tokens.pos[index] == "ADJ" and tokens.pos[index - 1] in ("NUM", "DET")  # "quarante recrues"
        return counted or tokens.lower[index] in self.language.sources.groups
