"""Resolves the mentions of an article to its sources.

Mentions are read in the order of the text. A name goes to the source with that name (a surname to the full name), a
role to the last source that had it, a pronoun to the nearest fitting subject outside what others said, and a
quotation without a mention to whoever spoke last.
Uses of a token: word, part of speech, morphology, and the parse for subjects.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from selon.language import Language
from selon.steps.nouns import Category
from selon.steps.names import Description, describe, name_end, parts_of
from selon.tokens import Tokens, passage
from selon.types import Found, Gender, Passage, Resolution, Source, SourceKind, Span

_SENTENCES_BACK = 5
_PREFIX = 4
_KINDS: dict[Category, SourceKind] = {
    "man": "person", "woman": "person", "person": "person", "group": "group", "institution": "institution",
    "state": "institution", "document": "document", "outlet": "outlet", "unnamed": "anonymous",
}  # fmt: skip


class Entity(msgspec.Struct):
    """A source while it is being put together."""

    number: int
    names: list[tuple[str, ...]]
    nouns: set[str]
    complements: set[str]
    roles: list[str]
    descriptions: list[tuple[str, bool]]  # text of a mention, whether its article may be left out
    category: Category | None
    gender: Gender
    plural: bool
    mentions: list[Passage]
    speaks_for: int | None = None
    statements: int = 0


def resolve(
    tokens: Tokens, title: Tokens | None, found: Sequence[Found], language: Language, byline: Sequence[str] = ()
) -> Resolution:
    """The sources of an article and, for each statement, the ids of its sources (none: nobody is expressed)."""
    resolver = _Resolver(tokens, title, found, language)
    return resolver.run()


class _Resolver:
    def __init__(self, tokens: Tokens, title: Tokens | None, found: Sequence[Found], language: Language) -> None:
        self.tokens = tokens
        self.title = title
        self.found = found
        self.language = language
        self.entities: list[Entity] = []
        self.full_names = _full_names(tokens, language)
        self.said = _said(tokens, found)
        self.pronouns: dict[int, int] = {}  # token of a resolved pronoun -> entity
        self.roles = _roles_of_names(tokens, language)

    def run(self) -> Resolution:
        of_statement: list[tuple[int, ...]] = [()] * len(self.found)
        order = sorted(range(len(self.found)), key=lambda index: (self.found[index].in_title, self._place(index)))
        previous: int | None = None
        for index in order:
            of_statement[index] = self._sources_of(index, of_statement, previous)
            if self.found[index].inside is None and not self.found[index].in_title:
                previous = index
        for entity in list(self.entities):
            self._speaks_for(entity)
        return self._resolution(of_statement)

    def _place(self, index: int) -> int:
        statement = self.found[index]
        anchor = statement.mention or statement.cue
        return anchor.start if anchor else statement.content[0].start

    # --- one statement

    def _sources_of(self, index: int, known: list[tuple[int, ...]], previous: int | None) -> tuple[int, ...]:
        statement = self.found[index]
        table = self.title if statement.in_title else self.tokens
        if table is None:
            return ()
        if statement.mention is None:
            if statement.unexpressed or statement.cue is not None:
                return ()
            return self._who_goes_on(index, known, previous)
        mention = table.covered(statement.mention)
        if mention.end <= mention.start:
            return ()
        if table.lower[mention.start] in self.language.sources.anonymous and mention.end - mention.start == 1:
            return ()
        result: list[int] = []
        for part in parts_of(table, mention, self.language):
            description = describe(table, part, self.language)
            entity = self._resolve(description, table, index)
            if entity is None:
                continue
            self._record(entity, description, table, in_title=statement.in_title)
            entity.statements += 1
            if entity.number not in result:
                result.append(entity.number)
        return tuple(result)

    def _who_goes_on(self, index: int, known: list[tuple[int, ...]], previous: int | None) -> tuple[int, ...]:
        """A quotation without a cue: whoever spoke last, if little text lies between."""
        if previous is None or self.found[index].in_title:
            return ()
        start = self.found[index].content[0].start
        before = self.found[previous]
        ends = [before.content[-1].end, *(span.end for span in (before.cue, before.mention) if span)]
        end = max(ends)
        here, there = self.tokens.at(start), self.tokens.at(max(end - 1, 0))
        if here < len(self.tokens) and there < len(self.tokens):
            apart = self.tokens.sentence[here] - self.tokens.sentence[there]
            if apart <= 2:
                return known[previous]
        return ()

    def _resolve(self, description: Description, table: Tokens, index: int) -> Entity | None:
        if description.pronoun:
            return self._of_pronoun(description, table, index)
        if description.name:
            return self._of_name(description)
        return self._of_role(description)

    # --- names

    def _of_name(self, description: Description) -> Entity:
        name = self._fullest(description)
        for entity in self.entities:
            if any(_same_name(name, other) for other in entity.names) and _genders_fit(entity, description):
                if name not in entity.names:
                    entity.names.append(name)
                return entity
        acronym = self._of_acronym(name)
        if acronym is not None:
            acronym.names.append(name)
            return acronym
        role_holder = self._of_role_of(name)
        if role_holder is not None:
            role_holder.names.append(name)
            return role_holder
        return self._new(description, name)

    def _fullest(self, description: Description) -> tuple[str, ...]:
        """The fullest name of the article that ends in the last word of this one."""
        name = description.name
        if len(name) > 1:
            return name
        candidates = self.full_names.get(_plain(name[-1]), [])
        return candidates[0] if candidates and description.category not in ("institution", "state", "outlet") else name

    def _of_acronym(self, name: tuple[str, ...]) -> Entity | None:
        """An acronym and the words whose capitals it is made of."""
        text = "".join(name)
        for entity in self.entities:
            for other in entity.names:
                long, short = (other, text) if len(name) == 1 else (name, "".join(other))
                if (len(other) > 1) != (len(name) > 1) and short.isupper() and len(short) >= 2:
                    capitals = "".join(word[0] for word in long if word[0].isupper())
                    if capitals == short:
                        return entity
        return None

    def _of_role_of(self, name: tuple[str, ...]) -> Entity | None:
        """A source known so far only by a role that the article gives to this name."""
        for noun, complements in self.roles.get(_plain(name[-1]), []):
            for entity in reversed(self.entities):
                if not entity.names and noun in entity.nouns and not entity.plural and _complements_fit(entity.complements, complements):
                    return entity
        return None

    # --- roles and other noun groups

    def _of_role(self, description: Description) -> Entity:
        if description.noun is not None and description.definite and not description.other:
            match = self._same_role(description)
            if match is not None:
                return match
            name = self._name_with_role(description)
            if name is not None:
                return self._with_name(name, description)
        text = _words(self.tokens, description)
        for entity in self.entities:
            if description.definite and any(_plain(known) == _plain(text) for known, _ in entity.descriptions):
                return entity
        return self._new(description, ())

    def _same_role(self, description: Description) -> Entity | None:
        plural = description.number == "plural"
        for entity in reversed(self.entities):
            if description.noun not in entity.nouns or entity.plural != plural:
                continue
            if _genders_fit(entity, description) and _complements_fit(entity.complements, description.complements):
                return entity
        return None

    def _name_with_role(self, description: Description) -> tuple[str, ...] | None:
        """The name to which the article gives this role ("le maire" after "Anne Roux, maire de Valmont")."""
        if description.category not in ("man", "woman", "person") or description.number == "plural":
            return None
        for surname, roles in self.roles.items():
            for noun, complements in roles:
                if noun == description.noun and _complements_fit(set(complements), description.complements):
                    names = self.full_names.get(surname)
                    if names:
                        return names[0]
        return None

    def _with_name(self, name: tuple[str, ...], description: Description) -> Entity:
        for entity in self.entities:
            if any(_same_name(name, other) for other in entity.names):
                return entity
        return self._new(description, name)

    # --- pronouns

    def _of_pronoun(self, description: Description, table: Tokens, index: int) -> Entity | None:
        if table is not self.tokens:
            return None
        token = description.tokens.start
        text = " ".join(self.tokens.lower[description.tokens.start : description.tokens.end])
        if text in self.language.sources.we:
            outer = self.found[index].inside
            return None if outer is None else self._speaker_before(token, description)
        antecedent = self._antecedent(token, description) or self._speaker_before(token, description)
        if antecedent is not None:
            self.pronouns[token] = antecedent.number
            if antecedent.gender == "unknown" and description.gender in ("f", "m") and not antecedent.plural:
                antecedent.gender = description.gender
        return antecedent

    def _antecedent(self, token: int, description: Description) -> Entity | None:
        """The nearest fitting subject before a pronoun, outside what somebody else said."""
        sentence = self.tokens.sentence[token]
        inside = self.said.get(token)
        for back in range(_SENTENCES_BACK):
            number = sentence - back
            if number < 0:
                break
            first, last = self.tokens.sentences[number]
            subjects = [
                index
                for index in range(first, min(last, token))
                if self.tokens.dep[index] in ("nsubj", "nsubj:pass", "obl:agent") and self.said.get(index) in (None, inside)
            ]
            subjects.sort(key=lambda index: (self._is_main(index) if back else 0, index), reverse=True)
            for subject in subjects:
                entity = self._as_entity(subject, description)
                if entity is not None:
                    return entity
        return None

    def _is_main(self, index: int) -> bool:
        return self.tokens.dep[self.tokens.head[index]] in ("ROOT", "conj", "parataxis")

    def _as_entity(self, subject: int, description: Description) -> Entity | None:
        """The source that a subject is, if a pronoun like this can mean it."""
        if subject in self.pronouns:
            entity = self.entities[self.pronouns[subject]]
            return entity if _pronoun_fits(entity, description) else None
        group = self._group(subject)
        candidate = describe(self.tokens, group, self.language)
        if candidate.pronoun or not _may_be(candidate, description, self.tokens, subject):
            return None
        if candidate.name:
            entity = self._of_name(candidate)
        elif candidate.category in ("document", None):
            return None
        else:
            entity = self._of_role(candidate)
        if not _pronoun_fits(entity, description):
            return None
        self._record(entity, candidate, self.tokens, in_title=False)
        return entity

    def _group(self, subject: int) -> Span:
        first, last = self.tokens.edges[subject]
        cut = subject + 1
        while cut < last and self.tokens.word[cut] != "," and self.tokens.dep[cut] not in ("acl:relcl", "acl", "mark"):
            cut += 1
        first = max(first, subject - 6)
        return Span(first, max(cut, subject + 1))

    def _speaker_before(self, token: int, description: Description) -> Entity | None:
        """The last source before a token that a pronoun like this can mean."""
        offset = self.tokens.start[token]
        best: tuple[int, Entity] | None = None
        for entity in self.entities:
            before = [mention.start for mention in entity.mentions if mention.start < offset and mention.where is msgspec.UNSET]
            if before and _pronoun_fits(entity, description) and (best is None or before[-1] > best[0]):
                best = (before[-1], entity)
        return best[1] if best else None

    # --- keeping what is learned

    def _new(self, description: Description, name: tuple[str, ...]) -> Entity:
        entity = Entity(
            number=len(self.entities),
            names=[name] if name else [],
            nouns=set(),
            complements=set(),
            roles=[],
            descriptions=[],
            category=description.category,
            gender=description.gender,
            plural=description.number == "plural",
            mentions=[],
        )
        self.entities.append(entity)
        return entity

    def _record(self, entity: Entity, description: Description, table: Tokens, *, in_title: bool) -> None:
        span = table.span(description.tokens.start, description.tokens.end)
        words = passage(table.text, span, in_title=in_title)
        if words not in entity.mentions:
            entity.mentions.append(words)
        if description.pronoun:
            return
        if description.noun is not None:
            entity.nouns.add(description.noun)
            entity.complements.update(description.complements)
        if description.category is not None and entity.category in (None, "person"):
            entity.category = description.category
        if entity.gender == "unknown":
            entity.gender = description.gender
        if description.role is not None and description.category in ("man", "woman", "person"):
            role = table.text[slice(*table.span(description.role.start, description.role.end))]
            if role not in entity.roles:
                entity.roles.append(role)
        if not description.name:
            entity.descriptions.append((words.text, description.definite))

    def _speaks_for(self, entity: Entity) -> None:
        """A spokesman's institution, from his role ("porte-parole du Kremlin")."""
        words = self.language.sources
        for mention in entity.mentions:
            table = self.title if mention.where == "title" else self.tokens
            if table is None:
                continue
            group = table.covered(Span(mention.start, mention.end))
            for index in range(group.start, group.end - 2):
                if table.lower[index] not in words.spokesmen or table.lower[index + 1] not in words.of:
                    continue
                part = _complement(table, index + 1, group.end)
                if part is None:
                    continue
                description = describe(table, part, self.language)
                if description.pronoun or description.category in ("man", "woman", "person"):
                    continue
                body = self._resolve(description, table, 0)
                if body is not None and body is not entity:
                    self._record(body, description, table, in_title=mention.where == "title")
                    entity.speaks_for = body.number
                    return

    # --- the result

    def _resolution(self, of_statement: list[tuple[int, ...]]) -> Resolution:
        wanted = {number for numbers in of_statement for number in numbers}
        wanted |= {entity.speaks_for for entity in self.entities if entity.number in wanted and entity.speaks_for is not None}
        kept = sorted((entity for entity in self.entities if entity.number in wanted), key=_first_place)
        ids = {entity.number: f"s{place}" for place, entity in enumerate(kept, start=1)}
        sources = tuple(self._source(entity, ids) for entity in kept)
        return Resolution(
            sources=sources, of_statement=tuple(tuple(ids[number] for number in numbers) for numbers in of_statement)
        )

    def _source(self, entity: Entity, ids: dict[int, str]) -> Source:
        kind = self._kind(entity)
        named = self._is_named(entity, kind)
        return Source(
            id=ids[entity.number],
            name=self._name(entity, kind, named=named),
            kind=kind,
            named=named,
            gender=entity.gender if kind == "person" else "none",
            roles=tuple(entity.roles) if kind == "person" else (),
            speaks_for=ids[entity.speaks_for] if entity.speaks_for is not None else None,
            mentions=tuple(sorted(entity.mentions, key=lambda mention: (mention.where == "title", mention.start))),
        )

    def _kind(self, entity: Entity) -> SourceKind:
        if entity.category is not None:
            kind = _KINDS[entity.category]
            return "group" if kind == "person" and entity.plural else kind
        if entity.names:
            return self._kind_of_name(max(entity.names, key=len), entity)
        if entity.plural:
            return "group"
        return "person" if entity.gender in ("f", "m") and not entity.complements else "institution"

    def _kind_of_name(self, name: tuple[str, ...], entity: Entity) -> SourceKind:
        words = self.language.sources
        text = " ".join(name).lower()
        if text in words.outlets:
            return "outlet"
        if text in words.states or text in words.institutions or (len(name) == 1 and name[0].isupper() and len(name[0]) > 1):
            return "institution"
        if any(mention.text.lower().startswith(tuple(f"{word} " for word in words.definite)) or mention.text.lower().startswith(("l'", "l’")) for mention in entity.mentions):
            return "institution"
        return "person"

    def _is_named(self, entity: Entity, kind: SourceKind) -> bool:
        if kind == "anonymous":
            return False
        if entity.names:
            return True
        if kind in ("person", "group"):
            return False
        words = self.language.sources
        texts = {word for noun in entity.nouns for word in noun.split()} | entity.complements
        proper = any(any(word[0].isupper() for word in text.split()[1:]) for text, _ in entity.descriptions)
        prefixes = {state[:_PREFIX] for state in words.states if len(state) > _PREFIX}
        return kind in ("institution", "outlet", "document") and (
            proper or bool(texts & set(words.states)) or any(word[:_PREFIX] in prefixes and len(word) > _PREFIX for word in texts)
        )

    def _name(self, entity: Entity, kind: SourceKind, *, named: bool) -> str:
        if entity.names and kind == "person":
            return " ".join(max(entity.names, key=len)).replace("' ", "'").replace(" - ", "-")
        written = [mention.text for mention in entity.mentions if not self._is_pronoun_text(mention.text)]
        if kind != "person" and entity.names:
            fullest = max(entity.names, key=len)
            text = " ".join(fullest)
            return next((self._bare(known) for known in written if len(known) > len(text)), text) if entity.category else text
        if not written:
            return entity.mentions[0].text if entity.mentions else ""
        longest = max(written, key=len)
        return self._bare(longest) if named else longest

    def _is_pronoun_text(self, text: str) -> bool:
        words = self.language.sources
        plain = text.lower()
        return any(plain in pronouns for pronouns in (words.he, words.she, words.they, words.either, words.we))

    def _bare(self, text: str) -> str:
        """A name without its article."""
        for article in sorted(self.language.sources.articles, key=len, reverse=True):
            for joined in ({article + " "} if article[-1] != "'" else {article, article[:-1] + "’"}):
                if text.lower().startswith(joined) and len(text) > len(joined):
                    return text[len(joined) :].lstrip()
        return text


def _first_place(entity: Entity) -> tuple[bool, int]:
    return min((mention.where == "title", mention.start) for mention in entity.mentions)


def _words(tokens: Tokens, description: Description) -> str:
    return " ".join(tokens.word[description.tokens.start : description.tokens.end])


def _plain(word: str) -> str:
    """Without accents and case, to compare names."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower() or word.lower()


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one: same last word and no first name that differs, or one inside the other."""
    first, second = [_plain(word) for word in one], [_plain(word) for word in other]
    if first == second:
        return True
    if len(first) > 1 and len(second) > 1:
        return first[-1] == second[-1] and (first[0] == second[0] or first[0][0] == second[0][0] and (len(first[0]) <= 2 or len(second[0]) <= 2))
    short, long = sorted((first, second), key=len)
    return short[-1] == long[-1] or (len(short) == 1 and short[0] == long[0] and len(long) == 2 and len(short[0]) > 3)


def _genders_fit(entity: Entity, description: Description) -> bool:
    return "unknown" in (entity.gender, description.gender) or "none" in (entity.gender, description.gender) or entity.gender == description.gender


def _complements_fit(one: set[str], other: frozenset[str] | set[str]) -> bool:
    """Whether two descriptions with one head can mean the same: one says no more, or they share a stem."""
    if not one or not other:
        return True
    stems = {_plain(word)[:_PREFIX + 1] for word in one}
    return any(_plain(word)[:_PREFIX + 1] in stems for word in other)


def _pronoun_fits(entity: Entity, description: Description) -> bool:
    kind = _KINDS.get(entity.category) if entity.category else None
    if description.number == "plural":
        return entity.plural or kind in ("institution", "group", "outlet")
    if description.number == "unknown":
        return True
    if entity.plural:
        return False
    return entity.gender in ("unknown", "none") or description.gender in ("unknown", entity.gender)


def _may_be(candidate: Description, pronoun: Description, tokens: Tokens, subject: int) -> bool:
    """Whether a subject can be what a pronoun means, by number and grammatical gender."""
    if pronoun.number == "plural":
        return candidate.number == "plural" or candidate.category in ("institution", "group", "outlet", "state")
    if pronoun.number == "unknown":
        return True
    if candidate.number == "plural":
        return False
    morph = tokens.morph[subject]
    grammatical = "f" if "Gender=Fem" in morph else "m" if "Gender=Masc" in morph else "unknown"
    gender = candidate.gender if candidate.gender != "unknown" or candidate.name else grammatical
    return "unknown" in (gender, pronoun.gender) or gender == pronoun.gender


def _said(tokens: Tokens, found: Sequence[Found]) -> dict[int, int]:
    """For each token inside a content the number of the innermost statement."""
    said: dict[int, int] = {}
    for number, statement in enumerate(found):
        if statement.in_title:
            continue
        for part in statement.content:
            covered = tokens.covered(part)
            for index in range(covered.start, covered.end):
                said[index] = number
    return said


def _full_names(tokens: Tokens, language: Language) -> dict[str, list[tuple[str, ...]]]:
    """Names of two words and more by their last word, the longest first."""
    names: dict[str, list[tuple[str, ...]]] = {}
    for start, end in _name_runs(tokens, language):
        name = tuple(tokens.word[start:end])
        if 2 <= len(name) <= 6:
            known = names.setdefault(_plain(name[-1]), [])
            if name not in known:
                known.append(name)
    for known in names.values():
        known.sort(key=len, reverse=True)
    return names


def _name_runs(tokens: Tokens, language: Language) -> list[Span]:
    runs = []
    index = 0
    while index < len(tokens):
        if tokens.pos[index] != "PROPN" or not tokens.word[index][0].isupper():
            index += 1
            continue
        last = tokens.sentences[tokens.sentence[index]].end
        end = name_end(tokens, index, last, language)
        description = describe(tokens, Span(index, end), language)
        if description.name_tokens is not None:
            runs.append(description.name_tokens)
        index = end
    return runs


def _roles_of_names(tokens: Tokens, language: Language) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Which roles the article gives to which surname: a role before a name, or in apposition on either side."""
    roles: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for start, end in _name_runs(tokens, language):
        sentence = tokens.sentences[tokens.sentence[start]]
        for first, last in _neighbourhoods(tokens, start, end, sentence):
            description = describe(tokens, Span(first, last), language)
            if description.noun and description.category in ("man", "woman", "person") and description.number == "singular":
                entry = (description.noun, description.complements)
                known = roles.setdefault(_plain(tokens.word[end - 1]), [])
                if entry not in known:
                    known.append(entry)
    return roles


def _neighbourhoods(tokens: Tokens, start: int, end: int, sentence: Span) -> list[Span]:
    """The noun groups right before a name (with or without a comma) and after a comma."""
    found = []
    before = start - 1
    if before >= sentence.start and tokens.word[before] == ",":
        before -= 1
    first = before
    while first >= sentence.start and before - first < 8 and tokens.pos[first] in ("NOUN", "ADJ", "DET", "ADP", "PROPN"):
        first -= 1
    if before > first:
        group_start = first + 1
        while group_start <= before and tokens.pos[group_start] == "ADP":
            group_start += 1
        if group_start <= before:
            found.append(Span(group_start, before + 1))
    if end + 1 < sentence.end and tokens.word[end] == ",":
        last = end + 1
        while last < sentence.end and last - end < 10 and tokens.pos[last] in ("NOUN", "ADJ", "DET", "ADP", "PROPN"):
            last += 1
        if last > end + 1:
            found.append(Span(end + 1, last))
    return found


def _complement(tokens: Tokens, mark: int, limit: int) -> Span | None:
    """The noun group after "de"/"of", article included, up to a comma."""
    start = mark + 1
    end = start
    while end < limit and tokens.word[end] not in (",", "(", ")"):
        end += 1
    return Span(start, end) if end > start else None
