"""Reads one mention: the name in it, its head noun, role, number, gender, and on whose behalf it speaks.

Uses of a token: word, part of speech and morphology; no dependencies, so that a mention that the parse cut
badly is still read.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from selon.steps.kinds import (
    NounClass,
    article_gender,
    folded,
    gender_by_ending,
    gender_of,
    is_national,
    is_person,
    is_plural,
    kind_of,
    listed_class,
    noun_class,
    office_at,
)
from selon.steps.mention_names import PUNCTUATION, NamesOfMentions
from selon.steps.proper_names import Name, name_kind, title_of
from selon.types import Gender, SourceKind, Span

Shape = Literal["pronoun", "impersonal", "first person", "name", "description"]

_BREAKS = frozenset(("ADP", "SCONJ", "AUX"))
_OFFICIAL = 2


class Described(msgspec.Struct, frozen=True):
    """What one mention says of its source. Ranges are tokens.

    `head`, `word`: the noun that says what it is, and its lower-case form; `modifiers`: the other words of
    the description, folded; `named`: the description itself identifies (a proper noun or a state in it);
    `role`: the words that say what a person is; `issuer`: the name of whoever issues a document or owns what
    is named; `principal`: whom a spokesman speaks for; `complement`: the first complement of the head ("du
    gouvernement"), without its preposition.
    """

    span: Span
    shape: Shape
    kind: SourceKind | None
    head: int
    word: str
    plural: bool
    definite: bool
    other: bool
    gender: Gender
    named: bool
    name: Name | None = None
    noun: NounClass | None = None
    modifiers: frozenset[str] = frozenset()
    role: Span | None = None
    issuer: Name | None = None
    principal: Span | None = None
    complement: Span | None = None


class Reader(NamesOfMentions):
    """Reads the mentions of one text whose names are known."""

    def parts(self, span: Span) -> list[Span]:
        """The coordinated sources in a mention: two in "A et B", one in "the ministers of A and B"."""
        tokens, lexicon = self.tokens, self.lexicon
        if tokens.lower[span.start] in lexicon.coordinators and span.end - span.start > 1:
            span = Span(span.start + 1, span.end)  # "ni la mairie ni la préfecture"
        cuts = [
            index
            for index in range(span.start + 1, span.end - 1)
            if tokens.lower[index] in lexicon.coordinators and not self._within_name(span, index)
        ]
        if not cuts:
            return [span]
        joint = cuts[-1]
        pieces = [Span(joint + 1, span.end)]
        last = joint
        for index in range(joint - 1, span.start, -1):
            if tokens.lower[index] == "," and self._stands_alone(Span(index + 1, last)):
                pieces.append(Span(index + 1, last))
                last = index
        pieces.append(Span(span.start, last))
        pieces.reverse()
        if lexicon.head_last and self._counts_together(pieces[-1]):
            return [span]
        return pieces if all(self._stands_alone(piece) for piece in pieces) else [span]

    def _counts_together(self, piece: Span) -> bool:
        """Whether a plural without an article ends a coordination of what it belongs to: "Hull and | Ely officials"."""
        described = self.read(piece)
        bare = self.tokens.lower[piece.start] not in self.lexicon.articles
        return described.shape == "description" and described.plural and bare and piece.end - piece.start > 1

    def _within_name(self, span: Span, joint: int) -> bool:
        """Whether a coordinator stands in brackets, or within an official name that is a complement: "head of the
        Department of Health | and | Public Safety"."""
        words = self.tokens.word[span.start : joint]
        if words.count("(") > words.count(")"):
            return True
        before = next((name for name in self.names_in(span) if name.last == joint), None)
        after = next((name for name in self.names_in(span) if name.opening == joint + 1), None)
        if before is None or after is None or not self._in_complement(before, span):
            return False
        kind, following = (name_kind(self.tokens, name, self.lexicon) for name in (before, after))
        official = kind == "institution" and (len(before.words) > _OFFICIAL or following == kind)
        one = len(after.words) == 1 and following != "outlet"
        return (official or one) and self._title(after) is None

    def _stands_alone(self, piece: Span) -> bool:
        """Whether a piece of a coordination is a source of its own: with a name, or an article and a known noun."""
        if piece.end <= piece.start:
            return False
        tokens, lexicon = self.tokens, self.lexicon
        first = piece.start
        while first < piece.end - 1 and tokens.lower[first] in lexicon.articles:
            if tokens.pos[first] == "ADP" and tokens.lower[first] in lexicon.of:
                return False
            first += 1
        if tokens.pos[first] == "ADP":
            return False
        described = self.read(piece)
        if described.name is not None:
            return described.kind in ("person", "institution", "outlet", None)
        return described.definite and first > piece.start and described.kind in ("person", "institution", "outlet")

    def read(self, span: Span) -> Described:
        """What the mention over the tokens of `span` says."""
        pronoun = self._pronoun(span)
        if pronoun is not None:
            return pronoun
        main = self.main_name(span)
        company = self._company(span, main)
        if company is not None:
            return company
        core = self._core(span, main)
        head = self._head(core, main)
        described = self._description(span, core, head)
        return self._named(described, main) if main is not None else described

    def _company(self, span: Span, main: Name | None) -> Described | None:
        """Somebody named together with others ("Dupont et ses collègues"): a group that goes by that name."""
        tokens, lexicon = self.tokens, self.lexicon
        if main is None or main.last + 1 >= span.end or tokens.lower[main.last] not in lexicon.coordinators:
            return None
        following = tokens.lower[main.last + 1]
        if (
            following not in lexicon.possessives
            and following not in lexicon.others
            and tokens.pos[main.last + 1] != "NOUN"
        ):
            return None
        head = main.first
        return Described(span, "description", "group", head, tokens.lower[head], True, False, False, "unknown", True)

    def _pronoun(self, span: Span) -> Described | None:
        tokens, lexicon = self.tokens, self.lexicon
        words = " ".join(tokens.lower[span.start : span.end]).strip("-, ")
        word = words if span.end - span.start > 1 else tokens.lower[span.start]
        plain = word.removeprefix("-t-").removeprefix("-")

        def has(words: frozenset[str]) -> bool:
            return word in words or plain in words

        shape: Shape = "pronoun"
        gender: Gender = "unknown"
        plural = False
        if has(self._impersonal) or has(lexicon.anonymous):
            shape = "impersonal"
        elif has(lexicon.we):
            shape = "first person"
        elif has(lexicon.he):
            gender = "m"
        elif has(lexicon.she):
            gender = "f"
        elif has(lexicon.they):
            plural = True
            gender = "f" if has(lexicon.they_women) else "unknown"
        elif not (has(lexicon.either) or has(lexicon.possessives)):
            return None
        return Described(span, shape, None, span.start, word, plural, True, False, gender, False)

    def _core(self, span: Span, main: Name | None) -> Span:
        """The noun group up to its first complement, apposition or relative clause."""
        tokens, lexicon = self.tokens, self.lexicon
        first = self._after_owner(span)
        while first < span.end - 1 and (
            tokens.lower[first] in lexicon.articles
            or tokens.lower[first] in lexicon.possessives
            or self.after_of(first)
        ):
            first += 1
        if main is not None and main.opening <= first < main.last:
            return Span(first, main.last)
        last = first + 1
        while last < span.end:
            lower = tokens.lower[last]
            if (
                lower in PUNCTUATION
                or tokens.pos[last] in _BREAKS
                or (self.after_of(last) and tokens.pos[last] != "NOUN")
            ):
                break
            if tokens.pos[last] in ("VERB", "PRON") and not (main and main.first <= last < main.last):
                break
            last += 1
        return Span(first, last)

    def _after_owner(self, span: Span) -> int:
        """Where the noun group of a mention begins behind its owner ("Johnson's critics")."""
        for index in range(span.start, span.end - 1):
            if self.tokens.lower[index] in PUNCTUATION:
                break
            if self.tokens.lower[index] in self.lexicon.genitives:
                return index + 1
        return span.start

    def _head(self, core: Span, main: Name | None) -> int:
        """The noun that says what the core is: the known one nearest to its head's side, else the first or
        last."""
        order = range(core.end - 1, core.start - 1, -1) if self.lexicon.head_last else range(core.start, core.end)
        tokens = self.tokens
        fallback: int | None = None
        for index in order:
            if main is not None and main.first <= index < main.last:
                continue
            if tokens.pos[index] in ("NOUN", "PROPN", "VERB", "ADV") and self._known(index):
                return index
            if fallback is None and self._known(index) and tokens.pos[index] not in ("DET", "ADP"):
                fallback = index
            if fallback is None and tokens.pos[index] in ("NOUN", "PROPN", "PRON"):
                fallback = index
        if fallback is not None:
            return fallback
        return main.last - 1 if main is not None else core.start

    def _known(self, index: int) -> bool:
        return noun_class(self.tokens, index, self.lexicon) is not None

    def _description(self, span: Span, core: Span, head: int) -> Described:
        tokens, lexicon = self.tokens, self.lexicon
        noun = noun_class(tokens, head, lexicon)
        plural = is_plural(tokens, head, lexicon)
        first = tokens.lower[span.start]
        inner = range(span.start, span.end)
        kind = kind_of(noun, plural=plural)
        if noun is None and not plural and self._is_national_noun(span, head):
            kind = "person"
        if any(tokens.lower[index] in lexicon.nameless for index in inner) or self._kept_unnamed(span, noun):
            kind = "anonymous"
        office = office_at(tokens, head, lexicon)
        last = head + office.length - 1 if office is not None else head
        words = [
            index
            for index in inner
            if not head <= index <= last and tokens.pos[index] in ("NOUN", "ADJ", "PROPN", "NUM")
        ]
        official = kind in ("institution", "outlet")
        people = is_national(tokens.lower[head], lexicon) and noun is None
        named = (official or (kind is None and not people)) and any(
            (official and is_national(tokens.lower[index], lexicon))
            or (index > span.start and tokens.word[index][0].isupper())
            for index in (*words, head)
        )
        gender: Gender = "unknown"
        if kind in ("person", "anonymous", None) and not plural:
            gender = gender_of(noun)
            if gender == "unknown" and is_person(noun):
                gender = self._article_gender(span, core)
            shown = gender_by_ending(tokens.lower[head], lexicon)
            if gender == "unknown" and (kind == "person" or (kind is None and shown == "f")):
                gender = shown
        return Described(
            span,
            "description",
            kind,
            head,
            office.noun if office is not None else tokens.lower[head],
            plural,
            first in lexicon.definite or (first not in lexicon.indefinite and first not in lexicon.articles),
            any(tokens.lower[index] in lexicon.others for index in range(span.start, min(head, span.start + 3))),
            gender,
            named,
            noun=noun,
            modifiers=frozenset(folded(tokens.word[index]) for index in words)
            | (office.modifiers if office else set()),
            role=self._role(span, core) if is_person(noun) and not plural else None,
            issuer=self._issuer(span, head) if kind in ("document", "outlet", "institution", None) else None,
            principal=self.principal(core, span),
            complement=self._complement(span, last),
        )

    def _is_national_noun(self, span: Span, head: int) -> bool:
        """Whether a noun is one of a people, and so names one person with a definite article: "le Russe"."""
        tokens, lexicon = self.tokens, self.lexicon
        capital = head > span.start and tokens.word[head][0].isupper() and tokens.lower[span.start] in lexicon.definite
        return capital and is_national(tokens.lower[head], lexicon) and tokens.lower[head] not in lexicon.states

    def _kept_unnamed(self, span: Span, noun: NounClass | None) -> bool:
        """Whether the sentence says that whoever is described does not want to be named."""
        sentence = self.tokens.sentences[self.tokens.sentence[span.start]]
        unnamed = self.tokens.lower[span.start] in self.lexicon.indefinite and (is_person(noun) or noun is None)
        return unnamed and any(self.tokens.lower[index] in self.lexicon.nameless for index in range(*sentence))

    def _complement(self, span: Span, head: int) -> Span | None:
        """What follows the head after a preposition, up to the next comma."""
        tokens = self.tokens
        for first in range(head + 1, span.end - 1):
            if tokens.lower[first] in PUNCTUATION:
                return None
            if tokens.pos[first] == "ADP" or self.after_of(first) or tokens.lower[first] in self.lexicon.issuers:
                last = first + 1
                while last < span.end and tokens.lower[last] not in PUNCTUATION:
                    last += 1
                return Span(first + 1, last) if tokens.lower[first] in self.lexicon.issuers else Span(last, last)
        return None

    def _article_gender(self, span: Span, core: Span) -> Gender:
        for index in range(span.start, core.start):
            shown = article_gender(self.tokens, index)
            if shown != "unknown":
                return shown
        return "unknown"

    def _noun_gender(self, described: Described) -> Gender:
        """The gender of a person's noun: by the article before it, else by how nouns of women and men end."""
        shown = self._article_gender(described.span, Span(described.head, described.head + 1))
        if shown != "unknown" or described.noun in ("man", "woman"):
            return shown
        return gender_by_ending(described.word, self.lexicon)

    def _role(self, span: Span, core: Span) -> Span:
        """The words of a role without its article: up to the next comma."""
        last = core.end
        while last < span.end and self.tokens.lower[last] not in PUNCTUATION:
            last += 1
        return Span(core.start, last)

    def _issuer(self, span: Span, head: int) -> Name | None:
        """The name of whoever issues what is named: "un rapport de l'ONU", "a UN report", "Trump's
        statement"."""
        tokens, lexicon = self.tokens, self.lexicon
        owner: Name | None = None
        for name in self.names_in(span):
            common = len(name.words) == 1 and not tokens.word[name.first].isupper()
            if name.first <= head < name.last or (
                common and listed_class(tokens.lower[name.first], lexicon) is not None
            ):
                continue
            if name.last <= head:
                if not lexicon.head_last:
                    return None
                owner = owner or name
                continue
            before = name.opening - 1
            while (
                before > head
                and tokens.lower[before] in lexicon.definite
                and tokens.lower[before] not in lexicon.issuers
            ):
                before -= 1
            if before > head and tokens.lower[before] in lexicon.issuers:
                return owner if owner is not None and tokens.lower[before] in lexicon.of else name
        return owner

    def _named(self, described: Described, main: Name) -> Described:
        """The description of a mention that has a name: what the name itself tells goes first."""
        kind = name_kind(self.tokens, main, self.lexicon)
        by_noun = described.kind if described.noun is not None else None
        gender = described.gender
        titled = self._title(main)
        if titled is not None:
            kind, gender = "person", gender_of(titled) if gender_of(titled) != "unknown" else gender
        elif (is_person(described.noun) and not described.plural) or self._called(main):
            kind = "person"
        elif by_noun in ("institution", "outlet", "document") and kind in ("person", "institution", None):
            kind = by_noun
        if kind == "person" and gender == "unknown" and not main.first <= described.head < main.last:
            gender = self._noun_gender(described)
        role = described.role if kind == "person" and described.role is not None else None
        if role is not None and role.end > main.first >= role.start:
            role = Span(role.start, main.first) if main.first > role.start else None
        return msgspec.structs.replace(
            described, shape="name", kind=kind, named=True, name=main, gender=gender, role=role, issuer=None,
            plural=False if kind == "person" else described.plural,
        )  # fmt: skip

    def _called(self, main: Name) -> bool:
        """Whether a person's noun stands right before a name of several words ("the port official | Ivo Dahl")."""
        before = main.opening - 1
        return before >= 0 and len(main.words) > 1 and is_person(noun_class(self.tokens, before, self.lexicon))

    def _title(self, name: Name) -> NounClass | None:
        return title_of(self.tokens, name, self.lexicon)
