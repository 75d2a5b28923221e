"""The persons, institutions and others of an article, gathered from its names and from how they are
described.

A `Register` is filled in one pass over the names and then asked for the one that a mention means. Everything
is looked up by word, so that the cost grows with the text only. Uses of a token: word, part of speech,
morphology, and the parse for participles and predicates that show a gender.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from selon.steps.descriptions import Described
from selon.steps.kinds import (
    Lexicon,
    alike,
    article_gender,
    folded,
    gender_by_ending,
    gender_of,
    is_person,
    nearly_same,
    noun_class,
    office_at,
)
from selon.steps.proper_names import Name, name_kind, title_of
from selon.steps.roles import (
    aged,
    body_before,
    predicate_genders,
    pronoun_gender,
    role_after,
    role_before,
    role_predicated,
)
from selon.tokens import Tokens
from selon.types import Gender, SourceKind, Span

_MANY = 40
_WEAK = 2
_CONTENT = frozenset(("NOUN", "ADJ", "PROPN", "NUM", "VERB", "X"))


class Role(msgspec.Struct, frozen=True):
    """One role of an entity: its words as written, its head noun and the other words, folded."""

    text: str
    head: str
    modifiers: frozenset[str]
    span: Span


class Entity(msgspec.Struct, eq=False):
    """Someone or something of the article, while the article is being read.

    `words`: the fullest name, folded ("" words left out), empty without a name; `text`: that name or the
    fullest description as written; `grammatical`: the gender of its head noun, by which a pronoun can mean
    it; `votes`: what speaks for a man and for a woman; `places`: the mentions, in text or title; `seen`: the
    token of the last one; `things`: how often it stands where a person would not.
    """

    text: str
    kind: SourceKind | None
    named: bool
    words: tuple[str, ...] = ()
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    plural: bool = False
    grammatical: Gender = "unknown"
    men: int = 0
    women: int = 0
    roles: list[Role] = []
    places: list[tuple[bool, Span]] = []
    first: int = 0
    seen: int = 0
    things: int = 0
    issuer: Entity | None = None
    members: tuple[Entity, ...] = ()

    @property
    def gender(self) -> Gender:
        """What the article's own words show so far."""
        if self.men == self.women:
            return "unknown"
        return "m" if self.men > self.women else "f"

    @property
    def sure_of_gender(self) -> bool:
        """Whether more than one word or a title shows the gender, and nearly none another."""
        return abs(self.men - self.women) > _WEAK

    def vote(self, gender: Gender, weight: int = 1) -> None:
        """Count a word that shows a gender."""
        if gender == "m":
            self.men += weight
        elif gender == "f":
            self.women += weight

    def hint(self, gender: Gender, weight: int = 1) -> None:
        """Count a word of office: one in the masculine can name a woman ("le professeur"), so it counts once."""
        if gender == "f" or not self.men:
            self.vote(gender, 1 if gender == "m" else weight)


class Register:
    """All entities of an article."""

    def __init__(self, tokens: Tokens, names: Sequence[Name], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.by_word: dict[str, list[Entity]] = {}
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.by_letter: dict[str, list[Entity]] = {}
        self.by_head: dict[str, list[Entity]] = {}
        self.at: dict[int, Entity] = {}
        self.anaphors = frozenset(map(folded, lexicon.anaphors))
        self.messages = frozenset(map(folded, lexicon.messages))
        self.general = frozenset(map(folded, lexicon.general_nouns))
        self._add_names(names)

    # --- names

    def _add_names(self, names: Sequence[Name]) -> None:
        """Names of several words first, then the single words that belong to one of them."""
        self._states = frozenset(map(folded, self.lexicon.states))
        self._places = {name.words[0] for name in names if len(name.words) == 1 and self._after_place_mark(name)}
        for name in names:
            if len(name.words) > 1:
                self.at[name.first] = self._long_name(name)
        for name in names:
            if len(name.words) == 1:
                entity = self._short_name(name)
                self.at[name.first] = entity
        for name in names:
            self._learn(self.at[name.first], name)

    def _after_place_mark(self, name: Name) -> bool:
        return name.opening > 0 and self.tokens.lower[name.opening - 1] in self.lexicon.place_marks

    def _long_name(self, name: Name) -> Entity:
        known = self.by_words.get(name.words)
        if known is not None:
            return known
        for entity in self.by_word.get(name.words[-1], ()):
            if _same_name(entity.words, name.words):
                self.by_words[name.words] = entity
                if len(name.words) > len(entity.words):
                    entity.words = name.words
                    entity.text = self._text(name)
                    self._index(entity, name.words)
                return entity
        return self._misspelt(name) or self._new_name(name)

    def _new_name(self, name: Name) -> Entity:
        kind = name_kind(self.tokens, name, self.lexicon)
        if title_of(self.tokens, name, self.lexicon) is not None:
            kind = "person"
        entity = Entity(self._text(name), kind, True, name.words, first=name.first, seen=name.first)
        self.by_words[name.words] = entity
        if len(name.words) > 1:
            self.by_letter.setdefault(name.words[-1][0], []).append(entity)
        self._index(entity, name.words)
        return entity

    def _index(self, entity: Entity, words: Iterable[str]) -> None:
        for word in words:
            known = self.by_word.setdefault(word, [])
            if entity not in known:
                known.append(entity)

    def _text(self, name: Name) -> str:
        return self.tokens.text[self.tokens.start[name.first] : self.tokens.end[name.last - 1]]

    def _short_name(self, name: Name) -> Entity:
        word = name.words[0]
        title = title_of(self.tokens, name, self.lexicon)
        acronym = self.tokens.word[name.first].isupper()
        fitting = [
            entity
            for entity in self.by_word.get(word, ())
            if len(entity.words) > 1
            and (entity.kind == "person" or entity.words[0] == word)
            and not conflict(entity.gender, gender_of(title))
            and not (acronym and entity.kind == "person" and len(word) < 4)
            and word not in self._states
            and not (word in self._places and entity.words[-1] != word and entity.kind == "person")
        ]
        known = self.by_words.get(name.words)
        if known is not None and len(known.words) == 1:
            return known
        fitting = [entity for entity in fitting if word in (entity.words[-1], entity.words[0])] or fitting
        if title is not None:
            fitting = [entity for entity in fitting if entity.words[-1] == word] or fitting
        if title is None:  # a first name alone comes after the whole name; "Lumen" before "Lumen Express" is no person
            fitting = [entity for entity in fitting if entity.first < name.first or entity.words[-1] == word]
        if title is not None:
            fitting = [entity for entity in fitting if entity.kind == "person"]
        if fitting:
            before = [entity for entity in fitting if entity.first <= name.first]
            return max(before, key=lambda entity: entity.seen) if before else fitting[0]
        if known is None and title is not None:
            known = self._misspelt(name)
        return known if known is not None else self._new_name(name)

    def _misspelt(self, name: Name) -> Entity | None:
        """Who is meant by a name that is written a little differently elsewhere ("Choigou", "Shoigou")."""
        count = len(name.words)
        for entity in self.by_letter.get(name.words[-1][0], ())[-_MANY:]:
            if entity.kind == "person" and entity.first < name.first and count in (1, len(entity.words)):
                pairs = zip(entity.words[-count:], name.words, strict=True)
                if all(nearly_same(one, other) for one, other in pairs):
                    return entity
        return None

    def of_words(self, name: Name) -> Entity | None:
        """The entity of a name that does not stand in the text (one of the headline), None for an unknown
        one."""
        known = self.by_words.get(name.words)
        if known is not None:
            return known
        for entity in self.by_word.get(name.words[-1], ()):
            if len(name.words) == 1 or _same_name(entity.words, name.words):
                return entity
        return None

    # --- what surrounds a name

    def _learn(self, entity: Entity, name: Name) -> None:
        """Roles, gender and kind that the words around one occurrence of a name show."""
        entity.seen = name.first
        title = title_of(self.tokens, name, self.lexicon)
        if title is not None:
            entity.kind = "person"
            entity.vote(gender_of(title), 3)
        if entity.kind in ("institution", "outlet", "document"):
            self._grammatical(entity, name)
            return
        if len(name.words) == 1 and self._after_place_mark(name):
            entity.things += 1
        body = body_before(self.tokens, name, self.lexicon) if title is None and not entity.roles else None
        if body is not None and (len(name.words) == 1 or role_before(self.tokens, name, self.lexicon) is None):
            entity.kind = body
            return
        roles = [
            role_before(self.tokens, name, self.lexicon),
            role_after(self.tokens, name, self.lexicon),
            role_predicated(self.tokens, name, self.lexicon),
        ]
        for role in roles:
            if role is not None:
                entity.kind = "person"
                self.add_role(entity, role)
        if entity.kind is None and aged(self.tokens, name):
            entity.kind = "person"
        if entity.kind is None:
            before = name.opening - 1
            if before >= 0 and self.tokens.lower[before] in self.lexicon.definite and not self.lexicon.head_last:
                entity.kind = "institution"
                self._grammatical(entity, name)
        if entity.kind == "person":
            for shown in predicate_genders(self.tokens, name):
                entity.vote(shown)
            entity.vote(pronoun_gender(self.tokens, name, self.at, self.lexicon))

    def _grammatical(self, entity: Entity, name: Name) -> None:
        before = name.opening - 1
        if before >= 0 and entity.grammatical == "unknown":
            entity.grammatical = article_gender(self.tokens, before)

    def add_role(self, entity: Entity, role: Span) -> None:
        tokens, lexicon = self.tokens, self.lexicon
        first = role.start
        while first < role.end - 1 and (tokens.lower[first] in lexicon.articles or tokens.pos[first] == "DET"):
            entity.hint(article_gender(tokens, first))
            first += 1
        order = range(role.end - 1, first - 1, -1) if lexicon.head_last else range(first, role.end)
        limit = self._core_end(first, role.end)
        head = next((i for i in order if i < limit and self._is_role(i)), None)
        if head is None:
            return
        shown = gender_of(noun_class(tokens, head, lexicon))
        shown = shown if shown != "unknown" else gender_by_ending(tokens.lower[head], lexicon)
        entity.hint(shown, 2)
        text = tokens.text[tokens.start[first] : tokens.end[role.end - 1]]
        if any(known.text == text for known in entity.roles):
            return
        office = office_at(tokens, head, lexicon)
        told = range(head, head + (office.length if office is not None else 1))
        modifiers = frozenset(
            folded(tokens.word[i]) for i in range(first, role.end) if i not in told and tokens.pos[i] in _CONTENT
        )
        key = self.key(tokens.lower[head])
        if office is not None:
            key, modifiers = office.noun, modifiers | office.modifiers
        entity.roles = [*entity.roles, Role(text, key, modifiers, Span(first, role.end))]
        self.known_as(key, entity)

    def _is_role(self, index: int) -> bool:
        """Whether the token is a person's role, and no mere title."""
        lower = self.tokens.lower[index]
        mere = lower in self.lexicon.titles and lower not in self.lexicon.nouns
        return not mere and is_person(noun_class(self.tokens, index, self.lexicon))

    def _core_end(self, first: int, last: int) -> int:
        for index in range(first + 1, last):
            if self.tokens.pos[index] == "ADP" or self.tokens.lower[index] in self.lexicon.of:
                return index
        return last

    def key(self, word: str) -> str:
        """What a head noun is indexed by: its form without the plural and without case."""
        for ending in self.lexicon.plural:
            if word not in self.lexicon.nouns and word.endswith(ending) and word[: -len(ending)] in self.lexicon.nouns:
                return folded(word[: -len(ending)])
        return folded(word)

    def known_as(self, key: str, entity: Entity) -> None:
        known = self.by_head.setdefault(key, [])
        if entity not in known:
            known.append(entity)

    # --- descriptions

    def described(self, described: Described, position: int) -> Entity | None:
        """The entity that a description means: one with the same head noun whose other words do not
        contradict it."""
        key = self.key(described.word)
        best: Entity | None = None
        best_score = 0.0
        for entity in reversed(self.by_head.get(key, ())[-_MANY:]):
            score = self._fits(entity, key, described, position)
            if score > best_score:
                best, best_score = entity, score
        return best

    def named_by(self, described: Described, position: int) -> Entity | None:
        """The institution whose name has all words of a description: "the water board" after "Orrin Water Board"."""
        words = {folded(described.word), *described.modifiers}
        known = [
            entity
            for entity in self.by_word.get(folded(described.word), ())
            if entity.kind == "institution"
            and len(entity.words) > len(words)
            and words <= set(entity.words)
            and (len(words) > 1 or entity.words[-1] in words)
        ]
        before = [entity for entity in known if entity.first <= position] or known
        return max(before, key=lambda entity: entity.seen, default=None)

    def _fits(self, entity: Entity, key: str, described: Described, position: int) -> float:
        if conflict(entity.gender, described.gender) or (
            entity.plural != described.plural and (entity.plural or described.plural)
        ):
            return 0.0
        profiles = [role.modifiers for role in entity.roles if role.head == key]
        if entity.head == key:
            profiles.append(entity.modifiers)
        best = 0.0
        for modifiers in profiles:
            shared = _shared(described.modifiers, modifiers)
            fewer = min(len(described.modifiers), len(modifiers))
            if fewer and shared < fewer:
                continue
            best = max(best, 1.0 + shared)
        if not best:
            return 0.0
        return best + (0.5 if entity.first <= position else 0.0) + 0.4 / (1 + abs(position - entity.seen))


def conflict(one: Gender, other: Gender) -> bool:
    """Whether one is a woman and the other a man."""
    return {one, other} == {"f", "m"}


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words of one name are all in the other in order, with the same last word."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter or shorter[-1] != longer[-1]:
        return False
    rest = iter(longer)
    return all(any(_same_word(word, candidate) for candidate in rest) for word in shorter)


def _same_word(word: str, candidate: str) -> bool:
    """Whether a word of a name is another's, or its initial ("J." for "Jean")."""
    return word == candidate or (len(word.rstrip(".")) == 1 and candidate[:1] == word[:1])


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    """How many words of the one have a word with the same stem in the other."""
    return sum(any(alike(word, candidate) for candidate in other) for word in one)
