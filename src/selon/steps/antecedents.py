"""Finds whom a pronoun or a description alone means: a name, a noun or a speaker of the article.

Everything before it that could fit is a candidate; what speaks for each and against it (`antecedent_features`) is
weighed by a table learned from marked articles (a mention ranker after Durrett and Klein 2013, Easy Victories and
Uphill Battles in Coreference Resolution). Uses of a token: word, part of speech, morphology, dependency relation,
sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from selon.steps.antecedent_features import (
    Asked,
    Candidate,
    Referent,
    Surroundings,
    Wanted,
    contradicted,
    facts_of,
    refusal_facts,
)
from selon.steps.antecedent_weights import antecedent_weights
from selon.steps.entities import Entity, Register, conflict
from selon.steps.kinds import is_plural, kind_of, noun_class
from selon.tokens import Tokens
from selon.types import Span

_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_APPOSED = frozenset(("flat", "flat:name", "appos", "compound", "flat:foreign", "nmod:appos"))
_SENTENCES_BACK = 12
_LOOK_BACK = 110
_SPEAKERS_BACK = 4

Speaker = tuple[int, Entity]
NOWHERE = Span(0, 0)


class Referents:
    """What the pronouns of one text can mean, in order of the text."""

    def __init__(self, tokens: Tokens, register: Register, quoted: bytearray, spoken: bytearray) -> None:
        """`quoted`, `spoken`: for each token whether it stands in somebody's words, and in the mention of a source."""
        self.tokens = tokens
        self.register = register
        self.all: list[Referent] = []
        self.surroundings = Surroundings(tokens, register, quoted, spoken)
        self._collect()
        self._places = [referent.token for referent in self.all]

    def _collect(self) -> None:
        tokens, at = self.tokens, self.register.at
        covered = -1
        before: Referent | None = None
        for index, dep in enumerate(tokens.dep):
            entity = at.get(index)
            if entity is not None:
                referent = Referent(index, entity, index + len(entity.words))
                self.all.append(referent)
                if before is not None:
                    self._add_pair(before, referent)
                covered, before = index + len(entity.words), referent
            elif index >= covered and tokens.pos[index] == "NOUN":
                self._add_noun(index, dep)

    def _add_noun(self, index: int, dep: str) -> None:
        noun = noun_class(self.tokens, index, self.register.lexicon)
        if noun is None or noun == "source" or self._named_beside(index, dep):
            return
        plural = is_plural(self.tokens, index, self.register.lexicon)
        self.all.append(Referent(index, None, index + 1, noun=noun, kind=kind_of(noun, plural=plural), plural=plural))

    def _named_beside(self, index: int, dep: str) -> bool:
        """Whether a noun only tells what a name beside it is ("le ministre | Marc Dupont")."""
        tokens, at = self.tokens, self.register.at
        if index + 1 in at or (dep in _APPOSED and tokens.head[index] in at):
            return True
        return any(child in at and tokens.dep[child] in _APPOSED for child in tokens.children[index])

    def _add_pair(self, one: Referent, other: Referent) -> None:
        """Two named together ("Anne Rey et Luc Mas"), as one candidate for a plural."""
        if one.entity is None or other.entity is None or one.entity is other.entity:
            return
        between = self.tokens.lower[one.last : other.token]
        if 0 < len(between) < 3 and between[0] in self.register.lexicon.coordinators:
            self.all.append(Referent(other.token, None, other.last, pair=(one.entity, other.entity)))

    def before(self, position: int) -> list[Referent]:
        """What stands before a token and can be meant from there."""
        place = bisect_left(self._places, position)
        return self.all[max(0, place - _LOOK_BACK) : place]

    def find(
        self,
        position: int,
        wanted: Wanted,
        own: Span,
        speakers: list[Speaker],
        entity_of: Callable[[int], Entity],
    ) -> Entity | None:
        """The best antecedent of what stands at token `position`, None where nothing fits.

        `own`: tokens of its own content, which hold no antecedent; `speakers`: token and source of the statements
        before it; `entity_of` makes the entity of a common noun.
        """
        weights = antecedent_weights()
        asked = self.surroundings.asked(position, wanted, own)
        best = weights.of(wanted.sort, refusal_facts(asked, self.register)) if wanted.refusable else -1000.0
        chosen: Candidate | None = None
        for candidate in self.candidates(asked, speakers):
            score = weights.of(wanted.sort, self.facts(candidate, asked))
            if score > best:
                best, chosen = score, candidate
        return self.entity(chosen, entity_of) if chosen is not None else None

    def facts(self, candidate: Candidate, asked: Asked) -> list[str]:
        """What speaks for a candidate and against it."""
        return facts_of(candidate, asked, self.surroundings)

    def entity(self, candidate: Candidate, entity_of: Callable[[int], Entity]) -> Entity:
        """The entity that a candidate stands for."""
        referent = candidate.referent
        if referent.pair:
            return Entity("", "group", False, plural=True, members=referent.pair)
        return referent.entity if referent.entity is not None else entity_of(referent.token)

    def candidates(self, asked: Asked, speakers: list[Speaker]) -> Iterator[Candidate]:
        """All that fit what is asked, the nearest first, then who spoke before."""
        tokens, own = self.tokens, asked.own
        known = self.surroundings.speakers(speakers)
        before = bisect_left(self._places, asked.position)
        nearer: set[object] = set()
        for referent in reversed(self.all[max(0, before - _LOOK_BACK) : before]):
            distance = asked.sentence - tokens.sentence[referent.token]
            if distance > _SENTENCES_BACK:
                break
            if asked.wanted.sort == "follow" and self.surroundings.quoted[referent.token]:
                continue
            if own.start <= referent.token < own.end or not self._fits(referent, asked.wanted):
                continue
            yield Candidate(referent, max(0, distance), len(nearer), known.get(id(referent.entity), ""))
            nearer.add(id(referent.entity) if referent.entity is not None else referent.token)
        for place, (token, speaker) in enumerate(reversed(speakers[-_SPEAKERS_BACK:])):
            if _entity_fits(speaker, asked.wanted) and not contradicted(speaker, asked.wanted, self.register):
                distance = max(0, asked.sentence - tokens.sentence[token])
                pair = speaker.members if speaker.members else ()
                entity = None if pair else speaker
                yield Candidate(Referent(token, entity, token, pair=pair), distance, place, "speaker")

    def _fits(self, referent: Referent, wanted: Wanted) -> bool:
        if referent.pair:
            return wanted.plural and not wanted.named
        if referent.entity is not None:
            if wanted.sort == "person" and not self._may_be_person(referent.entity, referent.token):
                return False
            return _entity_fits(referent.entity, wanted) and not contradicted(referent.entity, wanted, self.register)
        if wanted.named or referent.kind is None:
            return False
        if wanted.sort == "document":
            return referent.kind in ("document", "institution", "group")
        return self._noun_fits(referent, wanted)

    def _may_be_person(self, entity: Entity, token: int) -> bool:
        """Whether anything says that a name is a person's: a role, a gender, that it speaks, or its form where it does
        not stand as a place. A role alone takes up no place: "In New Hull, the mayor said"."""
        if entity.men or entity.women or entity.roles or self.surroundings.speaking[id(entity)]:
            return True
        placed = token > 0 and self.tokens.lower[token - 1] in self.register.lexicon.place_marks
        return entity.kind is not None and not placed

    def _noun_fits(self, referent: Referent, wanted: Wanted) -> bool:
        tokens, kind, plural = self.tokens, referent.kind, referent.plural
        if plural != wanted.plural and not (wanted.plural and kind in ("institution", "group", "outlet")):
            return False
        if wanted.plural:
            return kind != "person"
        if wanted.things:
            return kind != "person"
        morph = tokens.morph[referent.token]
        if referent.noun in {"man", "woman"}:
            return wanted.gender in ("unknown", "m" if referent.noun == "man" else "f")
        shown = "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else "unknown"
        if kind == "person":
            return "unknown" in (shown, wanted.gender) or shown == wanted.gender
        return not wanted.people and shown == wanted.gender


def _entity_fits(entity: Entity, wanted: Wanted) -> bool:
    if wanted.named and not entity.named:
        return False
    if wanted.sort in ("follow", "document"):
        return True
    if wanted.plural:
        return entity.plural or bool(entity.members) or entity.kind in ("institution", "group", "outlet", None)
    if entity.plural or entity.members:
        return False
    if wanted.things and wanted.named:
        return entity.kind == "institution" or (entity.kind is None and not entity.men and not entity.women)
    if entity.kind == "person" or entity.kind is None:
        return not wanted.things and not (conflict(entity.gender, wanted.gender) and entity.sure_of_gender)
    if wanted.things:
        return entity.kind in ("institution", "document", "outlet")
    if wanted.people:
        return entity.kind == "anonymous"
    return "unknown" in (entity.grammatical, wanted.gender) or wanted.gender == entity.grammatical
