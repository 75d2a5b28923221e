"""Finds the name that a mention is about, among all names in it: "le maire de Lyon, Marc Dupont" is about
Dupont. Also whom a spokesman in it speaks for.

Uses of a token: word and part of speech; no dependencies.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from selon.language import Language
from selon.steps.kinds import is_person, lexicon_of, noun_class, word_class
from selon.steps.proper_names import Name, name_kind
from selon.tokens import Tokens
from selon.types import Span

_BODIES = frozenset(("institution", "outlet"))
PUNCTUATION = frozenset((",", "(", ")", "-", "–", "—", ";", ":"))


class NamesOfMentions:
    """The names of one text, and which of them a mention is about."""

    def __init__(self, tokens: Tokens, names: Sequence[Name], language: Language) -> None:
        self.tokens = tokens
        self.names = names
        self.lexicon = lexicon_of(language)
        self._firsts = [name.last for name in names]
        self._impersonal = frozenset(language.grammar.impersonal)

    def names_in(self, span: Span) -> list[Name]:
        """The names that overlap with a range of tokens, cut to none of it."""
        begin = bisect_left(self._firsts, span.start + 1)
        found: list[Name] = []
        for name in self.names[begin:]:
            if name.first >= span.end:
                break
            found.append(name)
        return found

    def main_name(self, span: Span) -> Name | None:
        """The name that the mention is about: not a complement ("maire de Lyon"), not a modifier ("a BBC
        report")."""
        tokens, lexicon = self.tokens, self.lexicon
        inside: Name | None = None
        for name in self.names_in(span):
            if self._in_complement(name, span):
                if inside is None and self._after_complement(name, span):
                    inside = name
                continue
            after = name.last
            if after < span.end and tokens.lower[after] in lexicon.genitives:
                continue
            if self._modifies(name, span) or self._taken_up(name, span) or self._in_brackets(name, span):
                continue
            if self._begins_description(name, span):
                return None
            return name
        return inside

    def _in_complement(self, name: Name, span: Span) -> bool:
        """Whether a preposition stands before the name in its part of the mention ("directrice de la firme
        X")."""
        tokens = self.tokens
        if name.first > name.opening and self.after_of(name.first - 1):
            return True
        inside = {
            index
            for other in self.names_in(span)
            if other.last <= name.opening
            for index in range(other.first, other.last)
        }
        for index in range(name.opening - 1, span.start - 1, -1):
            if index in inside:
                continue
            if tokens.word[index] == ")":
                return False
            if tokens.lower[index] in PUNCTUATION and tokens.start[index] > tokens.end[index - 1] - (
                tokens.lower[index] == ","
            ):
                return False
            if tokens.pos[index] == "ADP" or self.after_of(index):
                return True
        return False

    def _after_complement(self, name: Name, span: Span) -> bool:
        """Whether a person's name follows the whole of a role with its complement ("maire de Lyon Marc
        Dupont")."""
        tokens, before = self.tokens, name.opening - 1
        bare = before > span.start and tokens.pos[before] == "NOUN" and tokens.pos[before - 1] == "ADP"
        if bare and any(noun_class(tokens, index, self.lexicon) in _BODIES for index in range(span.start, before)):
            return True  # "l'agence de presse | Lumen"
        if name_kind(tokens, name, self.lexicon) != "person":
            return False
        if before < span.start or tokens.pos[before] in ("ADP", "DET") or self.after_of(before):
            return name.first > name.opening
        known = noun_class(tokens, before, self.lexicon)
        role = any(is_person(noun_class(tokens, index, self.lexicon)) for index in range(span.start, before))
        return known is None or is_person(known) or role

    def after_of(self, index: int) -> bool:
        """Whether the word joins a noun and whose it is."""
        return self.tokens.lower[index] in self.lexicon.of

    def _modifies(self, name: Name, span: Span) -> bool:
        after = name.last
        return (
            self.lexicon.head_last
            and after < span.end
            and self.tokens.pos[after] in ("NOUN", "ADJ")
            and not self.tokens.word[after][0].isupper()
        )

    def _in_brackets(self, name: Name, span: Span) -> bool:
        """Whether a bracket explains with a name what stands before it: "the union (National Union of Miners)"."""
        before = self.tokens.word[span.start : name.opening]
        return before.count("(") > before.count(")")

    def _taken_up(self, name: Name, span: Span) -> bool:
        """Whether a capital noun alone takes up a name ("the Department") or stands for one of many ("a
        Democrat")."""
        tokens, lexicon = self.tokens, self.lexicon
        before = name.opening - 1
        if len(name.words) > 1 or name.last - name.first > 1 or before < span.start:
            return False
        if tokens.lower[before] not in lexicon.articles or before != span.start:
            return False
        if tokens.lower[before] in lexicon.indefinite:
            return lexicon.head_last
        return tokens.lower[name.first] in lexicon.anaphors and name.last == span.end

    def _begins_description(self, name: Name, span: Span) -> bool:
        """Whether the name is only the capital of an official name ("Organisation mondiale de la santé")."""
        tokens, lexicon = self.tokens, self.lexicon
        noun = word_class(tokens.lower[name.last - 1], lexicon)
        if noun not in ("institution", "document", "outlet") or name.last >= span.end:
            return False
        return tokens.pos[name.last] in ("ADJ", "NOUN", "ADP") or tokens.lower[name.last] in lexicon.of

    # --- whom spokesmen speak for

    def principal(self, core: Span, span: Span | None = None) -> Span | None:
        """Whom the spokesman in a role speaks for, as tokens; None for other roles."""
        tokens, lexicon = self.tokens, self.lexicon
        span = span or core
        for index in range(span.start, span.end):
            if tokens.lower[index] in lexicon.spokesmen:
                return self._after(index, span) or self._before(index, core)
        return None

    def _after(self, index: int, span: Span) -> Span | None:
        tokens, lexicon = self.tokens, self.lexicon
        first = index + 1
        while first < span.end and tokens.pos[first] == "ADJ":
            first += 1
        if first >= span.end or tokens.lower[first] not in lexicon.of:
            return None
        first += 1
        while first < span.end and tokens.lower[first] in lexicon.articles:
            first += 1
        last = first
        while last < span.end and tokens.lower[last] not in PUNCTUATION:
            if (
                last > first
                and any(name.first == last and len(name.words) > 1 for name in self.names_in(span))
                and (tokens.pos[last - 1] not in ("ADP", "DET"))
            ):
                break
            last += 1
        return Span(first, last) if last > first else None

    def _before(self, index: int, core: Span) -> Span | None:
        """In "Treasury spokesman", "the company's spokeswoman": what stands before the noun."""
        last = index
        while last > core.start and self.tokens.lower[last - 1] in self.lexicon.genitives:
            last -= 1
        return Span(core.start, last) if self.lexicon.head_last and last > core.start else None
