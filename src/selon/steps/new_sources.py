"""Makes a source of a description that no known one answers to: "un témoin", "his family", "a UN report".

Uses of a token: word and morphology; the parse for the noun group of a pronoun's antecedent.
"""

from __future__ import annotations

from selon.steps.antecedent_features import Wanted
from selon.steps.antecedents import NOWHERE, Referents, Speaker
from selon.steps.descriptions import Described, Reader
from selon.steps.entities import Entity, Register
from selon.steps.issuers import Issuers
from selon.steps.kinds import article_gender
from selon.steps.noun_groups import noun_group
from selon.tokens import Tokens
from selon.types import Gender, SourceKind

_CUTS = frozenset(("(",))


class NewSources:
    """Makes entities of one article. `of_noun`: those of its common nouns, by the token of the noun."""

    def __init__(
        self,
        reader: Reader,
        register: Register,
        referents: Referents,
        speakers: list[Speaker],
        issuers: Issuers,
    ) -> None:
        self.issuers = issuers
        self.reader = reader
        self.tokens = reader.tokens
        self.register = register
        self.referents = referents
        self.speakers = speakers
        self.lexicon = register.lexicon
        self.messages = register.messages
        self.of_noun: dict[int, Entity] = {}

    def antecedent(self, index: int) -> Entity:
        """The entity of the common noun at `index`, which a pronoun means."""
        known = self.of_noun.get(index)
        if known is not None:
            return known
        bounds = self.tokens.sentences[self.tokens.sentence[index]]
        described = self.reader.read(noun_group(self.tokens, index, bounds.start, bounds.end))
        entity = self.register.at.get(described.name.first) if described.name is not None else None
        if entity is None and described.definite:
            entity = self.register.described(described, index)
        if entity is None:
            entity = self.make(described, self.reader)
        self.of_noun[index] = entity
        return entity

    def make(self, described: Described, reader: Reader) -> Entity:
        """A new entity for a description; a document's or possession's goes by its owner's name."""
        kind = _kind(described)
        named = described.named and kind in ("institution", "outlet", "group")
        in_text = reader.tokens is self.tokens
        key = self.register.key(described.word)
        entity = Entity(
            self._text(described, reader.tokens, named),
            kind,
            named,
            head=key,
            modifiers=described.modifiers,
            plural=described.plural,
            grammatical=_grammatical(reader.tokens, described),
            first=described.head if in_text else 0,
            seen=described.head if in_text else 0,
        )
        if reader.tokens.lower[described.span.start] in self.lexicon.possessives:
            if in_text:
                self._owned(entity, described)
        elif kind in ("document", "outlet"):
            self._issued(entity, described, reader)
            if entity.issuer is None and in_text and kind == "document":
                self.issue(entity, self.issuers.of(described.head))
            unsaid = described.complement is None or described.complement.end <= described.complement.start
            if entity.issuer is None and key in self.messages and in_text and unsaid:
                self._sent(entity, described)
        self.register.known_as(key, entity)
        return entity

    def _text(self, described: Described, tokens: Tokens, named: bool) -> str:
        """The description as written; without its article if it has a name's worth."""
        first = described.span.start
        while named and first < described.head and tokens.lower[first] in self.lexicon.articles:
            first += 1
        cut = (i for i in range(described.head + 1, described.span.end) if tokens.word[i] in _CUTS)
        return tokens.text[tokens.start[first] : tokens.end[next(cut, described.span.end) - 1]]

    def _issued(self, entity: Entity, described: Described, reader: Reader) -> None:
        """A document or outlet goes by the name of whoever issues it."""
        name = described.issuer
        if name is None:
            self._issued_by_description(entity, described, reader)
            return
        in_text = reader.tokens is self.tokens
        issuer = self.register.at.get(name.first) if in_text else self.register.of_words(name)
        if issuer is not None:
            entity.issuer = issuer
            entity.named = True

    def issued_before(self, described: Described) -> int | None:
        """Who has issued the last document of the same noun before, as a token."""
        key = self.register.key(described.word)
        for referent in reversed(self.referents.before(described.head)):
            if referent.noun == "document" and self.register.key(self.tokens.lower[referent.token]) == key:
                issuer = self.issuers.of(referent.token)
                if issuer is not None:
                    return issuer
        return None

    def issue(self, entity: Entity, issuer: int | None) -> None:
        """Give a document the issuer whose noun or name stands at a token."""
        if issuer is None:
            return
        named = self.register.at.get(issuer)
        if named is None:
            start = self.tokens.sentences[self.tokens.sentence[issuer]].start
            named = next(
                (
                    self.register.at[i]
                    for i in range(issuer, max(start, issuer - 3), -1)
                    if i in self.register.at and i + len(self.register.at[i].words) > issuer
                ),
                None,
            )
        found = named or self.antecedent(issuer)
        if found is not entity and found.kind not in ("document", "anonymous"):
            entity.issuer = found
            entity.named = found.named

    def _issued_by_description(self, entity: Entity, described: Described, reader: Reader) -> None:
        """The issuer of "un communiqué du gouvernement": an institution without a proper name."""
        complement = described.complement
        if complement is None or complement.end <= complement.start or entity.kind != "document":
            return
        issuer = reader.read(complement)
        if issuer.shape == "description" and issuer.kind in ("institution", "outlet"):
            known = self.register.described(issuer, issuer.head)
            entity.issuer = known or self.make(issuer, reader)
            entity.named = entity.issuer.named

    def _sent(self, entity: Entity, described: Described) -> None:
        """A message without a sender is that of whoever the sentence or the statement before is about."""
        wanted = Wanted("unknown", False, False, False, True, "owner")
        place = described.span.start
        sender = self.referents.find(place, wanted, NOWHERE, self.speakers, self.antecedent)
        if sender is not None:
            entity.issuer = sender
            entity.named = True

    def _owned(self, entity: Entity, described: Described) -> None:
        """What is said of "his family": whose it is."""
        first = described.span.start
        wanted = Wanted("unknown", False, entity.kind in ("person", "group"), False, sort="owner")
        owner = self.referents.find(first, wanted, NOWHERE, self.speakers, self.antecedent)
        if owner is not None and owner.named and entity.kind in ("document", "outlet"):
            entity.issuer = owner
            entity.named = True
        elif owner is not None and owner.named:
            rest = self.tokens.text[self.tokens.start[first + 1] : self.tokens.end[described.span.end - 1]]
            entity.text = self.lexicon.owned.format(owner=owner.text, rest=rest)


def _kind(described: Described) -> SourceKind:
    if described.kind is not None:
        return described.kind
    if described.plural:
        return "group"
    return "institution" if described.named else "person"


def _grammatical(tokens: Tokens, described: Described) -> Gender:
    """The gender of the head noun, by its article before its own morphology."""
    for index in range(described.span.start, described.head):
        shown = article_gender(tokens, index)
        if shown != "unknown":
            return shown
    morph = tokens.morph[described.head]
    return "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else "unknown"
