"""From mentions to sources: who says each statement, resolved over the whole article.

Names, roles, acronyms, descriptions and pronouns are brought together (`entities`, `antecedents`); what a
mention says is read by `descriptions`. Uses of a token: what those steps use.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.language import Language
from selon.steps.acronyms import join_bracketed, join_initials
from selon.steps.antecedent_features import Wanted, stands_open
from selon.steps.antecedents import NOWHERE, Referents, Speaker
from selon.steps.descriptions import Described, Reader
from selon.steps.entities import Entity, Register
from selon.steps.issuers import Issuers
from selon.steps.kinds import folded, lexicon_of
from selon.steps.new_sources import NewSources
from selon.steps.proper_names import names_of
from selon.steps.source_records import resolution_of
from selon.steps.taken_up import TakenUp
from selon.tokens import Tokens
from selon.types import Found, Resolution, Span


def resolve(
    tokens: Tokens,
    title: Tokens | None,
    found: Sequence[Found],
    language: Language,
    byline: Sequence[str] = (),
) -> Resolution:
    """The sources of an article in order of first appearance, and for each statement the ids of its sources.

    A statement whose source is not expressed has none. `byline` are the authors, to whom no follow-on
    quotation is given.
    """
    resolver = Resolver(tokens, title, found, language, byline)
    return resolver.resolution()


class Resolver:
    """The state of one resolution."""

    referents_of = Referents

    def __init__(
        self,
        tokens: Tokens,
        title: Tokens | None,
        found: Sequence[Found],
        language: Language,
        byline: Sequence[str],
    ) -> None:
        self.tokens = tokens
        self.title = title
        self.found = found
        self.lexicon = lexicon_of(language)
        self.authors = frozenset(tuple(folded(word) for word in author.split()) for author in byline) - {()}
        names = names_of(tokens, self.lexicon)
        self.register = Register(tokens, names, self.lexicon)
        join_bracketed(self.register, names)
        join_initials(self.register, names)
        self.reader = Reader(tokens, names, language)
        self.title_reader = Reader(title, names_of(title, self.lexicon), language) if title is not None else self.reader
        self.referents = self.referents_of(tokens, self.register, self._quoted(), self._spoken())
        self.speakers: list[Speaker] = []
        issuers = Issuers(tokens, language)
        self.new = NewSources(self.reader, self.register, self.referents, self.speakers, issuers)
        self.taken = TakenUp(found, self.new)
        self.nobody = Entity(language.sources.nobody, "anonymous", False)

    def _quoted(self) -> bytearray:
        """For each token whether it stands inside somebody's words."""
        quoted = bytearray(len(self.tokens) + 1)
        for statement in self.found:
            if statement.in_title or statement.form == "indirect":
                continue
            for part in statement.content:
                covered = self.tokens.covered(part)
                quoted[covered.start : covered.end] = b"\x01" * (covered.end - covered.start)
        return quoted

    def _spoken(self) -> bytearray:
        """For each token whether it stands in the mention of a source."""
        spoken = bytearray(len(self.tokens) + 1)
        for statement in self.found:
            if statement.mention is not None and not statement.in_title:
                covered = self.tokens.covered(statement.mention)
                spoken[covered.start : covered.end] = b"\x01" * (covered.end - covered.start)
        return spoken

    # --- statements

    def resolution(self) -> Resolution:
        """Resolve all statements, those of the text first: the headline is read in their light."""
        sources: dict[int, tuple[Entity, ...]] = {}
        for in_title in (False, True):
            for number, statement in enumerate(self.found):
                if statement.in_title == in_title:
                    sources[number] = self._statement(number, statement, sources)
        statements = [sources[number] for number in range(len(self.found))]
        return resolution_of(statements, self._principal, self.tokens, self.title)

    def _statement(self, number: int, statement: Found, sources: dict[int, tuple[Entity, ...]]) -> tuple[Entity, ...]:
        if statement.mention is None:
            if statement.unexpressed or statement.in_title:
                return ()
            entities = self._follow_on(statement)
        else:
            entities = self._mentioned(number, statement, sources)
        if statement.inside is None and not statement.in_title and entities:
            place = self.tokens.at(statement.content[-1].end - 1 if statement.content else 0)
            speaker = entities[0] if len(entities) == 1 else self._together(entities)
            if speaker is not self.nobody:
                self.speakers.append((min(place, max(0, len(self.tokens) - 1)), speaker))
        return entities

    def _together(self, entities: tuple[Entity, ...]) -> Entity:
        return Entity("", "group", False, plural=True, members=entities)

    def _mentioned(self, number: int, statement: Found, sources: dict[int, tuple[Entity, ...]]) -> tuple[Entity, ...]:
        reader = self.title_reader if statement.in_title else self.reader
        tokens = reader.tokens
        if statement.mention is None or not len(tokens):
            return ()
        span = tokens.covered(statement.mention)
        if span.end <= span.start:
            index = min(tokens.at(statement.mention.start), len(tokens) - 1)
            span = Span(index, index + 1)
        entities: list[Entity] = []
        for part in reader.parts(span):
            described = reader.read(part)
            entity = self._entity(number, statement, described, reader, sources)
            members = entity.members if entity is not None and entity.members else (entity,)
            for member in members:
                if member is not None and member not in entities:
                    entities.append(member)
                    if member is not self.nobody:
                        member.places.append((statement.in_title, tokens.span(part.start, part.end)))
        return tuple(entities)

    def _entity(
        self,
        number: int,
        statement: Found,
        described: Described,
        reader: Reader,
        sources: dict[int, tuple[Entity, ...]],
    ) -> Entity | None:
        if described.shape == "impersonal":
            return self.nobody
        if described.shape == "first person":
            outer = sources.get(statement.inside) if statement.inside is not None else None
            if outer or statement.in_title:
                return outer[0] if outer else None
            return self.speakers[-1][1] if self.speakers else None
        if described.shape == "pronoun":
            return self._pronoun(statement, described, reader)
        if described.shape == "name":
            return self._name(described, reader, statement)
        outer = sources.get(statement.inside, ()) if statement.inside is not None else ()
        return self._description(number, statement, described, reader, self._quoting(statement, outer))

    def _quoting(self, statement: Found, outer: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Who says the statement around this one, if it is in quotation marks; nobody otherwise."""
        around = self.found[statement.inside] if statement.inside is not None else None
        return outer if around is not None and around.form == "direct" else ()

    def _follow_on(self, statement: Found) -> tuple[Entity, ...]:
        """Who says a quotation that nobody is named for: who spoke before it in this paragraph or the one
        before."""
        tokens = self.tokens
        if not statement.content or not len(tokens):
            return ()
        place = min(tokens.at(statement.content[0].start), max(0, len(tokens) - 1))
        form = "open" if stands_open(tokens, self._own(statement)) else statement.form
        wanted = Wanted("unknown", False, False, False, sort="follow", form=form)
        speaker = self.referents.find(place, wanted, self._own(statement), self.speakers, self.new.antecedent)
        if speaker is None or speaker.words in self.authors:
            return ()
        return speaker.members or (speaker,)

    # --- pronouns

    def _pronoun(self, statement: Found, described: Described, reader: Reader) -> Entity | None:
        if statement.in_title:
            return None
        word = reader.tokens.lower[described.head]
        lexicon = self.lexicon
        either = word in lexicon.either and described.gender == "unknown" and not described.plural
        possessive = word in lexicon.possessives
        things = lexicon.head_last and either
        wanted = Wanted(
            described.gender,
            described.plural,
            lexicon.head_last and described.gender != "unknown",
            things and not (possessive and not lexicon.head_last),
            sort="they" if described.plural else "it" if things else "owner" if possessive else "he",
            form=statement.form,
        )
        entity = self.referents.find(described.head, wanted, self._own(statement), self.speakers, self.new.antecedent)
        for member in entity.members if entity is not None else ():
            member.vote("f" if word in lexicon.they_women else "unknown")
        if entity is not None and entity.kind in ("person", None) and not described.plural:
            entity.vote(described.gender, 3)
        return entity

    def _own(self, statement: Found) -> Span:
        if not statement.content:
            return NOWHERE
        return self.tokens.covered(Span(statement.content[0].start, statement.content[-1].end))

    # --- names and descriptions

    def _name(self, described: Described, reader: Reader, statement: Found | None = None) -> Entity:
        """The entity of a mention that has a name."""
        name = described.name
        if name is None:
            return self.new.make(described, reader)
        in_text = reader.tokens is self.tokens
        entity = self.register.at.get(name.first) if in_text else self.register.of_words(name)
        if entity is not None and _told_by_a_person(described, entity):
            return self._described_by_name(described, reader)
        if entity is None:
            span = reader.tokens.span(name.first, name.last)
            entity = Entity(reader.tokens.text[span.start : span.end], described.kind, True, name.words)
            self.register.by_words[name.words] = entity
        if described.kind is not None and (entity.kind is None or described.kind == "outlet"):
            entity.kind = described.kind
        if entity.kind is None and statement is not None and statement.kind == "document":
            entity.kind = "outlet"
        entity.hint(described.gender)
        entity.seen = max(entity.seen, name.first if reader.tokens is self.tokens else 0)
        return entity

    def _described_by_name(self, described: Described, reader: Reader) -> Entity:
        """An institution that is told by a person's name ("the Smith administration"): no name of its own."""
        if described.head in self.new.of_noun and reader.tokens is self.tokens:
            return self.new.of_noun[described.head]
        entity = self.register.described(described, described.head) or self.new.make(described, reader)
        if reader.tokens is self.tokens:
            self.new.of_noun[described.head] = entity
        return entity

    def _description(
        self, number: int, statement: Found, described: Described, reader: Reader, outer: tuple[Entity, ...]
    ) -> Entity:
        in_text = reader.tokens is self.tokens
        position = described.head if in_text else 0
        if in_text and described.head in self.new.of_noun:
            return self.new.of_noun[described.head]
        entity = self.taken.last_two(described) if in_text and described.definite else None
        if entity is not None:
            return entity
        if described.definite and not described.other:
            if described.issuer is None or described.kind != "document":
                entity = self.register.described(described, position)
            if entity is None and described.kind == "institution" and not described.plural:
                entity = self.register.named_by(described, position)
            if in_text and (entity is None or not entity.named):
                entity = self.taken.named_next(number, described) or (
                    self.taken.meant(described, entity, self._own(statement)) or entity
                )
        if entity is not None and entity in outer:
            entity = None  # inside somebody's words he is "I"
        if entity is None:
            entity = self.new.make(described, reader)
            if described.kind is None and statement.kind == "document" and entity.kind in ("person", "group"):
                entity.kind = "document"
        entity.vote(described.gender)
        entity.seen = max(entity.seen, position)
        if described.role is not None and entity.kind == "person" and in_text:
            self.register.add_role(entity, described.role)
        if in_text:
            self.new.of_noun[described.head] = entity
        return entity

    # --- whom spokesmen speak for

    def _principal(self, entity: Entity) -> Entity | None:
        """Whom a spokesman speaks for, entered as a source if it is none yet."""
        if entity.issuer is not None and entity.kind == "document":
            return entity.issuer
        if entity.kind != "person":
            return None
        for role in entity.roles:
            principal = self.reader.principal(role.span)
            if principal is None or principal.end <= principal.start:
                continue
            described = self.reader.read(principal)
            if described.name is not None:
                return self._name(described, self.reader)
            if described.shape == "description":
                known = self.new.of_noun.get(described.head) or self.register.described(described, described.head)
                return known or self.new.make(described, self.reader)
        return None


def _told_by_a_person(described: Described, entity: Entity) -> bool:
    """Whether an institution is told by the name of somebody who is known for a person."""
    institution = described.noun is not None and described.kind in ("institution", "outlet")
    return institution and entity.kind == "person" and bool(entity.roles or entity.men or entity.women)
