"""Finds whom a pronoun means: the nearest fitting name, noun or speaker before it.

Candidates before the pronoun are weighed by distance in sentences, by being a subject, by having spoken last
and by not standing inside somebody's words (after Lappin and Leass 1994, An Algorithm for Pronominal Anaphora
Resolution, with weights for news). Uses of a token: word, part of speech, morphology, dependency relation,
sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

import msgspec

from selon.steps.entities import Entity, Register
from selon.steps.kinds import is_plural, kind_of, noun_class
from selon.tokens import Tokens
from selon.types import Gender, Span

_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_SENTENCES_BACK = 7
_LOOK_BACK = 60
_PAIRS_BACK = 2


class Weights(msgspec.Struct, frozen=True):
    """What speaks for a candidate and against it, set by trial on the training sets.

    `sentence`, `paragraph`: against, for each sentence back and outside the paragraph; `subject`, `named`,
    `last`: for a subject, something with an entity already, who spoke last; `quoted`, `thing`: against what
    stands in somebody's words and what is not known for a person; `unsure`: against a person whom only the form of the
    name shows; `speaker`, `speaker_sentence`: for who
    spoke last, wherever named, and against it for each sentence since; `earlier`: against who spoke before
    that.
    """

    sentence: float = 0.8
    paragraph: float = 2.0
    subject: float = 2.0
    named: float = 1.5
    last: float = 0.5
    quoted: float = 2.5
    thing: float = 1.5
    unsure: float = 1.0
    speaker: float = 3.0
    speaker_sentence: float = 0.8
    earlier: float = 1.5


WEIGHTS = Weights()


class Wanted(msgspec.Struct, frozen=True):
    """What a pronoun asks of its antecedent. `things`: it can be an institution or a document but no person;
    `named`: it must have a name."""

    gender: Gender
    plural: bool
    people: bool
    things: bool
    named: bool = False


Speaker = tuple[int, Entity]
NOWHERE = Span(0, 0)


class Referent(msgspec.Struct, frozen=True):
    """Something that a pronoun can mean: a token, its entity where it has one already, whether it is a
    subject."""

    token: int
    entity: Entity | None
    subject: bool
    quoted: bool


class Referents:
    """What the pronouns of one text can mean, in order of the text."""

    def __init__(self, tokens: Tokens, register: Register, quoted: bytearray) -> None:
        self.tokens = tokens
        self.register = register
        self.all: list[Referent] = []
        self._collect(quoted)
        self._places = [referent.token for referent in self.all]
        self._paragraphs = [paragraph.start for paragraph in tokens.paragraphs]

    def _collect(self, quoted: bytearray) -> None:
        tokens, at = self.tokens, self.register.at
        covered = -1
        for index, dep in enumerate(tokens.dep):
            entity = at.get(index)
            if entity is not None:
                self.all.append(Referent(index, entity, self._subject(index), bool(quoted[index])))
                covered = index + len(entity.words)
            elif dep in _SUBJECTS and tokens.pos[index] == "NOUN" and index >= covered:
                self.all.append(Referent(index, None, True, bool(quoted[index])))

    def _subject(self, index: int) -> bool:
        """Whether the name that begins at `index` is a subject, also in apposition to one."""
        tokens = self.tokens
        for _ in range(4):
            dep = tokens.dep[index]
            if dep in _SUBJECTS:
                return True
            if dep not in ("flat", "flat:name", "appos", "compound", "flat:foreign", "nmod:appos"):
                return False
            index = tokens.head[index]
        return False

    def _paragraph(self, token: int) -> int:
        return bisect_right(self._paragraphs, token)

    def find(
        self,
        position: int,
        wanted: Wanted,
        own: Span,
        speakers: list[Speaker],
        entity_of: Callable[[int], Entity],
    ) -> Entity | None:
        """The best antecedent of a pronoun at token `position`, None where nothing fits.

        `own`: tokens of the pronoun's own content, which hold no antecedent; `speakers`: token and source of
        the statements before it; `entity_of` makes the entity of a common noun.
        """
        best: float = -100.0
        chosen: Referent | None = None
        sentence = self.tokens.sentence[min(position, len(self.tokens) - 1)]
        last = speakers[-1][1] if speakers else None
        before = bisect_left(self._places, position)
        paragraph = self._paragraph(position)
        for referent in reversed(self.all[max(0, before - _LOOK_BACK) : before]):
            distance = sentence - self.tokens.sentence[referent.token]
            if distance > _SENTENCES_BACK:
                break
            if own.start <= referent.token < own.end or not self._fits(referent, wanted):
                continue
            score = self._score(referent, distance, last)
            if self._paragraph(referent.token) != paragraph:
                score -= WEIGHTS.paragraph
            if score > best + 1e-9:
                best, chosen = score, referent
        for token, speaker in speakers[-3:]:
            distance = max(0, sentence - self.tokens.sentence[token])
            if _entity_fits(speaker, wanted):
                score = WEIGHTS.speaker - WEIGHTS.speaker_sentence * distance
                if speaker is not last:
                    score -= WEIGHTS.earlier
                if self._paragraph(token) != paragraph:
                    score -= WEIGHTS.paragraph
                if score > best:
                    best, chosen = score, Referent(token, speaker, True, False)
        if chosen is None:
            return self._together(position, sentence) if wanted.plural else None
        return chosen.entity if chosen.entity is not None else entity_of(chosen.token)

    def _together(self, position: int, sentence: int) -> Entity | None:
        """Two persons named together ("Anne Rey et Luc Mas") in one of the sentences before, as one group."""
        before = bisect_left(self._places, position)
        for number in range(before - 1, max(0, before - _LOOK_BACK), -1):
            one, other = self.all[number - 1], self.all[number]
            if sentence - self.tokens.sentence[other.token] > _PAIRS_BACK:
                return None
            if one.entity is None or other.entity is None or one.entity is other.entity:
                continue
            between = self.tokens.lower[one.token + len(one.entity.words) : other.token]
            persons = {one.entity.kind, other.entity.kind} <= {"person", None}
            if persons and len(between) == 1 and between[0] in self.register.lexicon.coordinators:
                return Entity("", "group", False, plural=True, members=(one.entity, other.entity))
        return None

    def _score(self, referent: Referent, distance: int, last: Entity | None) -> float:
        score = -WEIGHTS.sentence * distance
        if referent.subject:
            score += WEIGHTS.subject
        if referent.quoted:
            score -= WEIGHTS.quoted
        entity = referent.entity
        if entity is not None:
            score += WEIGHTS.named
            if entity is last:
                score += WEIGHTS.last
            if entity.kind != "person":
                score -= WEIGHTS.thing
            elif not (entity.roles or entity.men or entity.women):
                score -= WEIGHTS.unsure
        return score

    def _fits(self, referent: Referent, wanted: Wanted) -> bool:
        if referent.entity is not None:
            return _entity_fits(referent.entity, wanted)
        if wanted.named:
            return False
        tokens, lexicon = self.tokens, self.register.lexicon
        noun = noun_class(tokens, referent.token, lexicon)
        plural = is_plural(tokens, referent.token, lexicon)
        kind = kind_of(noun, plural=plural)
        if kind is None or (plural != wanted.plural and not (wanted.plural and kind in ("institution", "group"))):
            return False
        if wanted.things:
            return kind != "person"
        morph = tokens.morph[referent.token]
        if noun in {"man", "woman"}:
            return wanted.gender in ("unknown", "m" if noun == "man" else "f")
        shown = "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else "unknown"
        if kind == "person":
            return "unknown" in (shown, wanted.gender) or shown == wanted.gender
        return not wanted.people and (wanted.plural or shown == wanted.gender)


def _entity_fits(entity: Entity, wanted: Wanted) -> bool:
    if wanted.named and not entity.named:
        return False
    if wanted.plural:
        return entity.plural or bool(entity.members) or entity.kind in ("institution", "group", "outlet")
    if entity.plural or entity.members:
        return False
    if wanted.things and wanted.named:
        return entity.kind == "institution" or (entity.kind is None and not entity.men and not entity.women)
    if entity.kind == "person" or entity.kind is None:
        return not wanted.things and {entity.gender, wanted.gender} != {"f", "m"}
    if wanted.things:
        return entity.kind in ("institution", "document", "outlet")
    if wanted.people:
        return entity.kind == "anonymous"
    return wanted.gender in (entity.grammatical, "unknown") or entity.kind == "anonymous"
