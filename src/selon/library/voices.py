"""Statements as voices that can be set beside one another: what each says, and whose side it is on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from selon.library.terms import Clause, Term, clauses, folded
from selon.types import Passage, Reading, Source, Statement

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3


class Side(msgspec.Struct, frozen=True):
    """A source by the words of its name, of its roles, and of the names of those it speaks for."""

    name: frozenset[str]
    roles: frozenset[str]
    principal: frozenset[str]
    named: bool
    anonymous: bool


class Voice(msgspec.Struct, frozen=True):
    """A statement with its clauses. `article` counts the readings given; `terms` are those of all clauses."""

    article: int
    language: str
    statement: Statement
    names: tuple[str, ...]
    sides: tuple[Side, ...]
    clauses: tuple[Clause, ...]
    terms: tuple[Term, ...]


def voices(readings: Sequence[Reading]) -> list[Voice]:
    """The statements of the text that have a source, of all readings in order.

    Headlines repeat the text and are left out; what a statement reports of another one belongs to that one alone.
    """
    found: list[Voice] = []
    for number, reading in enumerate(readings):
        of_id = {source.id: source for source in reading.sources}
        for statement in reading.statements:
            if not statement.sources or statement.content[0].where == "title":
                continue
            inner = [part for one in reading.statements if one.inside == statement.id for part in one.content]
            said = tuple(_outside(statement.content, inner, reading.article.language))
            sources = [of_id[source] for source in statement.sources]
            found.append(
                Voice(
                    article=number,
                    language=reading.article.language,
                    statement=statement,
                    names=tuple(source.name for source in sources),
                    sides=tuple(_side(source, of_id) for source in sources),
                    clauses=said,
                    terms=tuple(term for clause in said for term in clause.terms),
                )
            )
    return found


def same_side(one: Voice, other: Voice) -> bool:
    """Whether two voices may be one: a shared source, a spokesman and whom he speaks for, two unnamed ones, or a role
    alone that the other's source has. In doubt they are, so that nobody is set against himself."""
    return any(_may_be_one(first, second) for first in one.sides for second in other.sides)


def overlaps(one: Voice, other: Voice) -> bool:
    """Whether two voices have words of the article in common."""
    return one.article == other.article and any(
        first.start < second.end and second.start < first.end
        for first in one.statement.content
        for second in other.statement.content
    )


def _outside(parts: Sequence[Passage], inner: Sequence[Passage], language: str) -> Iterator[Clause]:
    for part in parts:
        for clause in clauses(part, language):
            if not any(one.start <= clause.start < one.end or clause.start <= one.start < clause.end for one in inner):
                yield clause


def _side(source: Source, of_id: dict[str, Source]) -> Side:
    principal = of_id.get(source.speaks_for or "")
    return Side(
        name=_name_words(source.name),
        roles=frozenset[str]().union(*map(_name_words, source.roles)),
        principal=_name_words(principal.name) if principal else frozenset(),
        named=source.named,
        anonymous=source.kind == "anonymous",
    )


def _name_words(name: str) -> frozenset[str]:
    return frozenset(folded(word) for word in _WORD.findall(name) if len(word) >= _SHORTEST)


def _may_be_one(one: Side, other: Side) -> bool:
    if one.anonymous and other.anonymous:
        return True
    if not one.name or not other.name:
        return True
    if one.name <= other.name or other.name <= one.name:
        return True
    if (not one.named and one.name & other.roles) or (not other.named and other.name & one.roles):
        return True
    principals = [(one.principal, other.name), (other.principal, one.name), (one.principal, other.principal)]
    return any(first and second and (first <= second or second <= first) for first, second in principals)
