"""The persons, institutions and others of an article, gathered from its names and from how they are described.

A `Register` is filled in one pass over the names and then asked for the one that a mention means. Everything is
looked up by word, so that the cost grows with the text only. Uses of a token: word, part of speech, morphology, and
the parse for participles and predicates that show a gender.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from selon.steps.descriptions import Described, name_kind, title_of
from selon.steps.kinds import (
    Lexicon,
    alike,
    article_gender,
    folded,
    gender_of,
    is_person,
    noun_class,
    word_class,
)
from selon.steps.proper_names import Name
from selon.tokens import Tokens
from selon.types import Gender, SourceKind, Span

_ROLE_REACH = 12
_PRONOUN_REACH = 25
_COPULAS = frozenset(("cop",))
_PREDICATES = frozenset(("VERB", "ADJ", "NOUN"))


class Role(msgspec.Struct, frozen=True):
    """One role of an entity: its words as written, its head noun and the other words, folded."""

    text: str
    head: str
    modifiers: frozenset[str]
    span: Span


class Entity(msgspec.Struct, eq=False):
    """Someone or something of the article, while the article is being read.

    `words`: the fullest name, folded ("" words left out), empty without a name; `text`: that name or the fullest
    description as written; `grammatical`: the gender of its head noun, by which a pronoun can mean it; `votes`: what
    speaks for a man and for a woman; `places`: the mentions, in text or title; `seen`: the token of the last one; `things`: how often
    it stands where a person would not.
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

    def vote(self, gender: Gender, weight: int = 1) -> None:
        """Count a word that shows a gender."""
        if gender == "m":
            self.men += weight
        elif gender == "f":
            self.women += weight


class Register:
    """All entities of an article."""

    def __init__(self, tokens: Tokens, names: Sequence[Name], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.by_word: dict[str, list[Entity]] = {}
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.by_head: dict[str, list[Entity]] = {}
        self.at: dict[int, Entity] = {}
        self._add_names(names)
        self._add_acronyms(names)
        self._join_acronyms(names)

    # --- names

    def _add_names(self, names: Sequence[Name]) -> None:
        """Names of several words first, then the single words that belong to one of them."""
        self._states = frozenset(map(folded, self.lexicon.states))
        self._places = {
            name.words[0] for name in names if len(name.words) == 1 and self._after_place_mark(name)
        }
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
        return self._new_name(name)

    def _new_name(self, name: Name) -> Entity:
        kind = name_kind(self.tokens, name, self.lexicon)
        if title_of(self.tokens, name, self.lexicon) is not None:
            kind = "person"
        entity = Entity(self._text(name), kind, True, name.words, first=name.first, seen=name.first)
        self.by_words[name.words] = entity
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
            and not _conflict(entity.gender, gender_of(title))
            and not (acronym and entity.kind == "person" and len(word) < 4)
            and word not in self._states
            and not (word in self._places and entity.words[-1] != word and entity.kind == "person")
        ]
        fitting = [entity for entity in fitting if word in (entity.words[-1], entity.words[0])] or fitting
        if title is not None:
            fitting = [entity for entity in fitting if entity.kind == "person"]
        if fitting:
            before = [entity for entity in fitting if entity.first <= name.first]
            return max(before, key=lambda entity: entity.seen) if before else fitting[0]
        known = self.by_words.get(name.words)
        return known if known is not None else self._new_name(name)

    def of_words(self, name: Name, title: NounTitle = None) -> Entity | None:
        """The entity of a name that does not stand in the text (one of the headline), None for an unknown one."""
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
        roles = [self._role_before(name), self._role_after(name), self._role_predicated(name)]
        for role in roles:
            if role is not None:
                entity.kind = "person"
                self.add_role(entity, role)
        if entity.kind is None:
            before = name.opening - 1
            if (
                before >= 0
                and self.tokens.lower[before] in self.lexicon.definite
                and not self.lexicon.head_last
            ):
                entity.kind = "institution"
                self._grammatical(entity, name)
        if entity.kind == "person":
            self._predicate_gender(entity, name)
            self._pronoun_gender(entity, name)

    def _grammatical(self, entity: Entity, name: Name) -> None:
        before = name.opening - 1
        if before >= 0 and entity.grammatical == "unknown":
            entity.grammatical = article_gender(self.tokens, before)

    def add_role(self, entity: Entity, role: Span) -> None:
        tokens, lexicon = self.tokens, self.lexicon
        first = role.start
        while first < role.end - 1 and (
            tokens.lower[first] in lexicon.articles or tokens.pos[first] == "DET"
        ):
            entity.vote(article_gender(tokens, first))
            first += 1
        order = range(role.end - 1, first - 1, -1) if lexicon.head_last else range(first, role.end)
        limit = self._core_end(first, role.end)
        head = next((i for i in order if i < limit and self._is_role(i)), None)
        if head is None:
            return
        entity.vote(gender_of(noun_class(tokens, head, lexicon)), 2)
        text = tokens.text[tokens.start[first] : tokens.end[role.end - 1]]
        if any(known.text == text for known in entity.roles):
            return
        modifiers = frozenset(
            folded(tokens.word[i]) for i in range(first, role.end) if i != head and tokens.pos[i] in _CONTENT
        )
        entity.roles = [*entity.roles, Role(text, self.key(head), modifiers, Span(first, role.end))]
        self._known_as(self.key(head), entity)

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

    def key(self, head: int) -> str:
        """What a head noun is indexed by: its form without the plural and without case."""
        word = self.tokens.lower[head]
        for ending in self.lexicon.plural:
            if (
                word not in self.lexicon.nouns
                and word.endswith(ending)
                and word[: -len(ending)] in self.lexicon.nouns
            ):
                return folded(word[: -len(ending)])
        return folded(word)

    def _known_as(self, key: str, entity: Entity) -> None:
        known = self.by_head.setdefault(key, [])
        if entity not in known:
            known.append(entity)

    def _role_before(self, name: Name) -> Span | None:
        """The role before a name: "le ministre de la Santé, X", "la juge X", "Prime Minister X"."""
        tokens, lexicon = self.tokens, self.lexicon
        last = name.opening
        if name.first > name.opening and any(
            is_person(noun_class(tokens, index, lexicon)) for index in range(name.opening, name.first)
        ):
            last = name.first
        comma = last > 0 and tokens.lower[last - 1] == ","
        if not comma and last == name.opening and last > 0:
            if tokens.pos[last - 1] in ("ADP", "DET") or tokens.lower[last - 1] in lexicon.of:
                return None
        end = last - 1 if comma else last
        best: int | None = None
        index = end - 1
        floor = max(0, end - _ROLE_REACH)
        sentence = tokens.sentence[name.first]
        while index >= floor and tokens.sentence[index] == sentence and tokens.pos[index] in _NOMINAL:
            if is_person(noun_class(tokens, index, lexicon)) and tokens.pos[index] != "ADJ":
                plural = "Number=Plur" in tokens.morph[index] and tokens.lower[index] not in lexicon.nouns
                if plural:
                    return None
                best = index
                if not comma and (lexicon.head_last or index == end - 1):
                    break
            elif tokens.lower[index] in lexicon.genitives:
                break
            index -= 1
        if best is None:
            return None
        first = best
        while first > floor and tokens.pos[first - 1] in ("ADJ", "NOUN", "PROPN") and lexicon.head_last:
            if tokens.sentence[first - 1] != sentence:
                break
            first -= 1
        if first > 0 and tokens.lower[first - 1] in lexicon.articles:
            first -= 1
        return Span(first, end) if end > first else None

    def _role_after(self, name: Name) -> Span | None:
        """The apposition after a name: "X, maire de Y", "X, 24, the chief executive of Y"."""
        tokens, lexicon = self.tokens, self.lexicon
        count = len(tokens)
        index = name.last
        sentence = tokens.sentence[name.first]
        if index < count and tokens.lower[index] == "(":
            while index < count and tokens.lower[index] != ")" and index - name.last < 6:
                index += 1
            index += 1
        if index >= count or tokens.lower[index] != "," or tokens.sentence[index] != sentence:
            return None
        index += 1
        if index + 1 < count and tokens.pos[index] == "NUM":
            while index < count and tokens.lower[index] != "," and index - name.last < 6:
                index += 1
            index += 1
        first = index
        while index < count and index - first < 6 and tokens.sentence[index] == sentence:
            if is_person(noun_class(tokens, index, lexicon)) and tokens.pos[index] != "VERB":
                if (
                    lexicon.head_last
                    and index + 1 < count
                    and is_person(noun_class(tokens, index + 1, lexicon))
                ):
                    index += 1
                return Span(first, self._role_end(index, sentence))
            if tokens.pos[index] not in _BEFORE_ROLE or tokens.lower[index] in lexicon.of:
                return None
            index += 1
        return None

    def _role_end(self, index: int, sentence: int) -> int:
        tokens = self.tokens
        last = index + 1
        while last < len(tokens) and tokens.sentence[last] == sentence and tokens.pos[last] in _ROLE_WORDS:
            last += 1
        while last > index + 1 and tokens.pos[last - 1] in ("ADP", "DET", "CCONJ"):
            last -= 1
        return last

    def _role_predicated(self, name: Name) -> Span | None:
        """The role in "X est le maire de Y": the name is the subject of a noun with a copula."""
        tokens = self.tokens
        for index in range(name.first, name.last):
            head = tokens.head[index]
            if (
                tokens.dep[index] == "nsubj"
                and name.last <= head < name.last + 8
                and tokens.pos[head] == "NOUN"
            ):
                if is_person(noun_class(tokens, head, self.lexicon)):
                    first = head
                    while first > name.last and tokens.pos[first - 1] in ("DET", "ADJ"):
                        first -= 1
                    return Span(first, self._role_end(head, tokens.sentence[head]))
        return None

    def _predicate_gender(self, entity: Entity, name: Name) -> None:
        """What participles and adjectives that agree with the name show ("X est arrivée", "née à")."""
        tokens = self.tokens
        for index in range(name.first, name.last):
            head = tokens.head[index]
            if tokens.dep[index] in ("nsubj", "nsubj:pass") and not name.first <= head < name.last:
                agreed = tokens.dep[index] == "nsubj:pass" or any(
                    tokens.dep[child] == "cop" for child in tokens.children[head]
                )
                if agreed and tokens.pos[head] in _PREDICATES and "Number=Plur" not in tokens.morph[head]:
                    entity.vote(_shown(tokens.morph[head]))
            for child in tokens.children[index]:
                if (
                    child >= name.last
                    and tokens.dep[child] in ("acl", "amod")
                    and tokens.pos[child] in ("VERB", "ADJ")
                ):
                    entity.vote(_shown(tokens.morph[child]))

    def _pronoun_gender(self, entity: Entity, name: Name) -> None:
        """What a pronoun right after the name shows, if no other name stands between ("X said she")."""
        tokens, lexicon = self.tokens, self.lexicon
        limit = min(len(tokens), name.last + _PRONOUN_REACH)
        sentence = tokens.sentence[name.first]
        for index in range(name.last, limit):
            if index in self.at or tokens.word[index] == '"' or tokens.sentence[index] > sentence + 1:
                return
            if tokens.sentence[index] != sentence and index and tokens.sentence[index - 1] != sentence:
                return
            if tokens.dep[index].startswith("expl"):
                continue
            if tokens.lower[index] in lexicon.he:
                entity.vote("m")
                return
            if tokens.lower[index] in lexicon.she:
                entity.vote("f")
                return

    # --- acronyms

    def _add_acronyms(self, names: Sequence[Name]) -> None:
        """Join an acronym in brackets to the full name before it: "Organisation mondiale de la santé (OMS)"."""
        tokens = self.tokens
        for name in names:
            first = name.first
            bracketed = first > 1 and tokens.word[first - 1] == "(" and len(name.words) == 1
            if not bracketed or not tokens.word[first].isupper() or len(tokens.word[first]) < 2:
                continue
            begin = self._long_form(tokens.word[first], first - 1)
            if begin is None:
                continue
            entity = self.at[first]
            entity.text = tokens.text[tokens.start[begin] : tokens.end[first - 2]]
            entity.kind = "outlet" if entity.kind == "outlet" else "institution"
            entity.named = True
            words = tuple(
                folded(tokens.word[index])
                for index in range(begin, first - 1)
                if tokens.pos[index] in _CONTENT
            )
            for index in range(begin, first - 1):
                if index in self.at:
                    self.at[index] = entity
            self.by_words[words] = entity
            self._known_as(self.key(begin), entity)
            entity.head, entity.modifiers = self.key(begin), frozenset(words[1:])
            if begin > 0:
                entity.grammatical = article_gender(tokens, begin - 1)

    def _join_acronyms(self, names: Sequence[Name]) -> None:
        """Join an acronym to the one institution of the article whose initials it has."""
        long_forms: dict[str, Span] = {}
        for name in names:
            if not self.tokens.word[name.first].isupper():
                self._initials(name, long_forms)
        for name in names:
            acronym = self.tokens.word[name.first]
            entity = self.at[name.first]
            if len(name.words) > 1 or not acronym.isupper() or len(acronym) < 3 or entity.text != acronym:
                continue
            span = long_forms.get(folded(acronym))
            if span is None or entity.kind == "outlet":
                continue
            entity.text = self.tokens.text[self.tokens.start[span.start] : self.tokens.end[span.end - 1]]
            entity.kind = "institution"
            for index in range(span.start, span.end):
                if index in self.at:
                    self.at[index] = entity

    def _initials(self, name: Name, long_forms: dict[str, Span]) -> None:
        """Enter what begins with an institution's name under its initials, three letters or more."""
        tokens, lexicon = self.tokens, self.lexicon
        if word_class(tokens.lower[name.first], lexicon) != "institution" and len(name.words) < 3:
            return
        letters = ""
        limit = min(len(tokens), name.first + 10)
        for index in range(name.first, limit):
            if tokens.sentence[index] != tokens.sentence[name.first] or not tokens.word[index][0].isalnum():
                return
            if tokens.pos[index] in _CONTENT and tokens.lower[index] not in lexicon.particles:
                letters += folded(tokens.word[index])[0]
                if len(letters) > 2 and index + 1 >= name.last:
                    long_forms.setdefault(letters, Span(name.first, index + 1))
            elif tokens.pos[index] not in ("ADP", "DET", "CCONJ"):
                return

    def _long_form(self, acronym: str, bracket: int) -> int | None:
        """Where the name begins whose initials the acronym has, or else the noun group before the bracket."""
        tokens = self.tokens
        letters = [folded(letter) for letter in acronym if letter.isalpha()]
        index = bracket
        floor = max(0, bracket - 2 * len(letters) - 3)
        begin: int | None = None
        while index > floor and letters and tokens.sentence[index - 1] == tokens.sentence[bracket]:
            index -= 1
            if folded(tokens.word[index])[:1] == letters[-1]:
                letters.pop()
                begin = index
        if not letters:
            return begin
        capitals = [
            i
            for i in range(floor, bracket)
            if tokens.word[i][0].isupper()
            and tokens.sentence[i] == tokens.sentence[bracket]
            and tokens.lower[i] not in self.lexicon.articles
        ]
        return capitals[0] if capitals and bracket - capitals[0] > 1 else None

    # --- descriptions

    def described(self, described: Described, position: int) -> Entity | None:
        """The entity that a description means: one with the same head noun whose other words do not contradict it."""
        key = self.key(described.head)
        best: Entity | None = None
        best_score = 0.0
        for entity in reversed(self.by_head.get(key, ())[-_MANY:]):
            score = self._fits(entity, key, described, position)
            if score > best_score:
                best, best_score = entity, score
        return best

    def _fits(self, entity: Entity, key: str, described: Described, position: int) -> float:
        if _conflict(entity.gender, described.gender) or (
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

    def add(self, entity: Entity, key: str) -> Entity:
        """Enter a described entity under its head noun."""
        self._known_as(key, entity)
        return entity


NounTitle = str | None
_MANY = 40
_CONTENT = frozenset(("NOUN", "ADJ", "PROPN", "NUM", "VERB", "X"))
_NOMINAL = frozenset(("NOUN", "ADJ", "PROPN", "ADP", "DET", "NUM", "CCONJ", "PART", "X", "SYM"))
_BEFORE_ROLE = frozenset(("DET", "ADJ", "NOUN", "PROPN", "ADV", "NUM", "PART", "PRON"))
_ROLE_WORDS = frozenset(("NOUN", "ADJ", "PROPN", "ADP", "DET", "NUM", "X"))


def _shown(morph: str) -> Gender:
    if "Gender=Fem" in morph:
        return "f"
    return "m" if "Gender=Masc" in morph else "unknown"


def _conflict(one: Gender, other: Gender) -> bool:
    return {one, other} == {"f", "m"}


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words of one name are all in the other in order, with the same last word."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter or shorter[-1] != longer[-1]:
        return False
    rest = iter(longer)
    return all(any(word == candidate or (len(word.rstrip(".")) == 1 and candidate[0] == word[0]) for candidate in rest)
               for word in shorter)  # fmt: skip


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    """How many words of the one have a word with the same stem in the other."""
    return sum(any(alike(word, candidate) for candidate in other) for word in one)
