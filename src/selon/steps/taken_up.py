"""Finds whom a definite description takes up: "the company" just named, "the 41-year-old", "the study".

Uses of a token: word, sentence, and what the antecedents use.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.steps.antecedent_features import Sort, Wanted
from selon.steps.descriptions import Described
from selon.steps.entities import Entity, conflict
from selon.steps.kinds import is_person
from selon.steps.new_sources import NewSources
from selon.types import Found, SourceKind, Span

_SORTS: dict[SourceKind, Sort] = {
    "person": "person",
    "institution": "institution",
    "document": "document",
}


_TWO = 2
_TWO_BACK = 3
_OTHER_WORDS = 2


class TakenUp:
    """Resolves the descriptions of one article that no source of the same noun answers to."""

    def __init__(self, found: Sequence[Found], new: NewSources) -> None:
        self.found = found
        self.new = new
        self.reader = new.reader
        self.tokens = new.tokens
        self.register = new.register
        self.referents = new.referents
        self.speakers = new.speakers

    def meant(self, described: Described, known: Entity | None, own: Span) -> Entity | None:
        """Whom a definite description means, None for somebody new; `known`: a source of the same noun;
        `own`: tokens of what it says."""
        if described.kind is None or described.kind not in _SORTS or described.issuer is not None:
            return None
        if self.tokens.lower[described.span.start] in self.register.lexicon.possessives:
            return None
        if described.kind == "institution" and self.register.key(described.word) not in self.register.anaphors:
            return None
        if described.kind == "document" and (described.modifiers or described.complement is not None):
            return None
        issued = self._issued_before(described, known)
        if issued is not None:
            return issued
        wanted = Wanted(
            described.gender,
            False,
            described.kind == "person",
            described.kind == "institution",
            described.kind in ("person", "institution"),
            _SORTS[described.kind],
            described,
            owner=self._owner(described),
            known=known,
        )
        entity = self.referents.find(described.head, wanted, own, self.speakers, self.new.antecedent)
        if entity is None or described.kind != "document" or entity.kind in ("document", "outlet"):
            return entity
        if entity.members:
            return known
        document = known or self.new.make(described, self.reader)
        document.issuer = entity
        document.named = entity.named
        return document

    def _issued_before(self, described: Described, known: Entity | None) -> Entity | None:
        """A document of which the text has said before who issued it: "X published a study … The study found"."""
        if described.kind != "document" or (known is not None and known.issuer is not None):
            return None
        issuer = self.new.issued_before(described)
        if issuer is None:
            return None
        document = known or self.new.make(described, self.reader)
        if document.issuer is None:
            self.new.issue(document, issuer)
        return document if document.issuer is not None else None

    def _owner(self, described: Described) -> str:
        """Whose the noun is, if it is told by somebody ("la tante de Dupont"): the kind, "" for nobody."""
        complement = described.complement
        if complement is None:
            return ""
        if complement.end <= complement.start:
            return "something"
        owner = self.reader.read(complement)
        if owner.name is not None:
            known = self.register.at.get(owner.name.first)
            return f"named {known.kind if known is not None else None}"
        return str(owner.kind)

    def last_two(self, described: Described) -> Entity | None:
        """The two of one sentence before whom a plural with "two" takes up: "les deux entreprises", "the two men"."""
        span, lexicon, tokens = described.span, self.register.lexicon, self.tokens
        counted = any(tokens.lower[index] in lexicon.two for index in range(span.start, described.head))
        definite = tokens.lower[span.start] in lexicon.definite and len(described.modifiers) < _OTHER_WORDS
        if not (counted and definite and described.kind in ("institution", "group")):
            return None
        found: dict[int, list[Entity]] = {}
        for referent in reversed(self.referents.before(span.start)):
            entity, sentence = referent.entity, tokens.sentence[referent.token]
            if tokens.sentence[span.start] - sentence > _TWO_BACK:
                break
            inside = found.setdefault(sentence, [])
            before = referent.token - 1
            placed = (
                before >= 0 and tokens.pos[before] == "ADP" and tokens.lower[before] not in lexicon.of | lexicon.issuers
            )
            if entity is not None and entity not in inside and not placed and self._counts(entity, described):
                inside.append(entity)
        named = next((entities for entities in found.values() if entities), [])
        if len(named) != _TWO:
            return None
        return Entity("", "group", False, plural=True, members=tuple(reversed(named)))

    def _counts(self, entity: Entity, described: Described) -> bool:
        """Whether an entity can be one of the two: a person for a noun of persons, else a body."""
        if is_person(described.noun):
            return entity.kind == "person"
        body = entity.kind == "institution" or (entity.kind is None and not entity.men and not entity.women)
        return body and not entity.things

    def named_next(self, number: int, described: Described) -> Entity | None:
        """Who is named right after a role alone, without a role of his own: news names whom it has just
        described."""
        if described.kind != "person" or described.plural:
            return None
        if number + 1 >= len(self.found) or self.found[number].inside is not None:
            return None
        following = self.found[number + 1]
        if following.mention is None or following.in_title or following.inside is not None:
            return None
        span = self.tokens.covered(following.mention)
        if span.end <= span.start or span.start <= described.head:
            return None
        if self.tokens.sentence[span.start] - self.tokens.sentence[described.head] > 1:
            return None
        named = self.reader.read(span)
        if named.name is None or named.kind != "person":
            return None
        entity = self.register.at.get(named.name.first)
        if entity is None or entity.first < described.head or entity.roles:
            return None
        return None if conflict(entity.gender, described.gender) else entity
