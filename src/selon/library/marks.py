"""What the words of two statements show of their facing one another: a denial, a negation, a number, an opposite.

A mark needs clauses that agree in nearly all else: what only looks like a contradiction is worse than one that is
missed. Clauses that name different people, places, days or years are about different things. A question or a condition
states nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import msgspec

from selon.library.numbers import agree
from selon.library.terms import Clause, Count, Term
from selon.library.voices import Voice, same_side
from selon.librarywords import MarkKind
from selon.types import Span

_LEAST_SHARED = 2
_NEARLY_THE_SAME = 0.6
_MOSTLY = 0.6
_ALMOST_ALL = 0.75
_HALF = 0.5
_MUCH = 0.4
_SOME = 0.25
_FAR_APART = 2
_TOO_FAR = 50  # such numbers count different things
_MANY_SHARED = 4
_NEAR = 12  # code points between a negation and what it negates: an auxiliary or two


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A way in which one statement faces another, with the code points in either text that show it."""

    kind: MarkKind
    one: tuple[Span, ...]
    other: tuple[Span, ...]


Shared = list[tuple[Term, Term]]


def marks(one: Voice, other: Voice) -> list[Mark]:
    """All marks between two statements, the same kind once: of several the first."""
    if "ask" in (one.statement.act, other.statement.act):
        return []
    found: dict[MarkKind, Mark] = {}
    said = () if _denies(one) != _denies(other) else _of_clauses(one, other)  # a denial turns its own words round
    for mark in (*_denials(one, other), *said):
        found.setdefault(mark.kind, mark)
    return list(found.values())


def shared_terms(one: Sequence[Term], other: Sequence[Term], *, same_language: bool) -> Shared:
    """The words that two statements have in common, each once: by stem, or by first letters where one is a name or
    the languages differ."""
    by_key = {term.key: term for term in other} if same_language else {}
    by_prefix = {term.prefix: term for term in other if term.prefix}
    by_name = {term.key: term for term in other if term.name}
    shared: Shared = []
    seen: set[str] = set()
    for term in one:
        match = by_key.get(term.key) or (by_name.get(term.key) if term.name else None)
        if match is None and term.prefix in by_prefix:
            near = by_prefix[term.prefix]
            match = near if not same_language or term.name or near.name else None
        if match is not None and match.key not in seen:
            seen.add(match.key)
            shared.append((term, match))
    return shared


def _of_clauses(one: Voice, other: Voice) -> Iterator[Mark]:
    same = same_side(one, other)
    same_language = one.language == other.language
    for first, second in product(one.clauses, other.clauses):
        if first.open or second.open or not _of_one_thing(first, second) or (first.own and second.own and not same):
            continue
        shared = shared_terms(first.terms, second.terms, same_language=same_language)
        if not shared:
            continue
        yield from _numbers(first, second, shared, same_language=same_language)
        if same_language and len(shared) >= _LEAST_SHARED:
            yield from _negation(first, second, shared)
            yield from _opposites(first, second, shared)


def _of_one_thing(one: Clause, other: Clause) -> bool:
    """Whether nothing shows that two clauses are about different people, places, days or years."""
    names, other_names = ({term.prefix or term.key for term in clause.terms if term.name} for clause in (one, other))
    known = {term.prefix or term.key for term in other.terms}
    other_known = {term.prefix or term.key for term in one.terms}
    years, other_years = ({count.number.low for count in clause.counts if count.number.year} for clause in (one, other))
    differing = (
        bool(names - known) and bool(other_names - other_known),
        bool(one.days) and bool(other.days) and not one.days & other.days,
        bool(years) and bool(other_years) and not years & other_years,
    )
    return not any(differing)


def _distinct(terms: Sequence[Term]) -> int:
    return len({term.key for term in terms})


def _negation(one: Clause, other: Clause, shared: Shared) -> Iterator[Mark]:
    if bool(one.negations) == bool(other.negations) or any(True for _ in _contrary_pairs(one, other)):
        return
    likeness, things = _likeness(one, other, shared), _things(shared)
    if likeness < 1 and (things <= _LEAST_SHARED or likeness < _NEARLY_THE_SAME):
        return
    negated, place = (one, 0) if one.negations else (other, 1)
    if things >= _LEAST_SHARED and _negates(negated, {pair[place].key for pair in shared}):
        yield Mark(kind="negation", one=one.negations or (_said(one),), other=other.negations or (_said(other),))


def _things(shared: Shared) -> int:
    """How many things the shared words name: several words of one name are one."""
    ordered = sorted((pair[0] for pair in shared), key=lambda term: term.start)
    same_name = sum(first.name and second.name and second.start - first.end <= 1 for first, second in pairwise(ordered))
    return len(ordered) - same_name


def _likeness(one: Clause, other: Clause, shared: Shared) -> float:
    """What two clauses share, of all content words of both."""
    return len(shared) / (_distinct(one.terms) + _distinct(other.terms) - len(shared))


def _negates(clause: Clause, shared: set[str]) -> bool:
    """Whether what a negation stands next to, before it and soon after it, is among the shared words, and is not only
    a name: so it is what both say that is negated."""
    for negation in clause.negations:
        before = [term for term in clause.terms if 0 <= negation.start - term.end <= 1]
        after = [term for term in clause.terms if 0 <= term.start - negation.end <= _NEAR][:1]
        focus = [*before, *after]
        if focus and all(term.key in shared for term in focus) and not all(term.name for term in focus):
            return True
    return False


def _opposites(one: Clause, other: Clause, shared: Shared) -> Iterator[Mark]:
    if bool(one.negations) != bool(other.negations):
        return
    for first, second in _contrary_pairs(one, other):
        rest = [pair for pair in shared if pair[0].key != first.key and pair[1].key != second.key]
        smaller = min(_distinct(one.terms), _distinct(other.terms)) - 1
        if len(rest) >= _LEAST_SHARED and len(rest) / smaller >= _MOSTLY:
            yield Mark(kind="opposite", one=(_span(first),), other=(_span(second),))


def _contrary_pairs(one: Clause, other: Clause) -> Iterator[tuple[Term, Term]]:
    """Words of the two clauses of which one is the opposite of the other, where neither clause has both."""
    for first, second in product(one.contraries, other.contraries):
        if first.group == second.group and first.side != second.side:
            sides = [{word.side for word in clause.contraries if word.group == first.group} for clause in (one, other)]
            if all(len(side) == 1 for side in sides):
                yield first.term, second.term


def _numbers(one: Clause, other: Clause, shared: Shared, *, same_language: bool) -> Iterator[Mark]:
    for first, second in product(one.counts, other.counts):
        if not _count_the_same(first, second, same_language=same_language) or not _differ(first, second):
            continue
        if _ratio(first, second) > _TOO_FAR:
            continue
        if _is_answered(first, other.counts, same_language) or _is_answered(second, one.counts, same_language):
            continue
        rest = [pair for pair in shared if first.noun != pair[0].key and second.noun != pair[1].key]
        bare = first.light or second.light or not same_language
        sizes = _without(one, first), _without(other, second)
        whole = sum(sizes) - len(rest)
        if _things(rest) < (_LEAST_SHARED if bare else 1) or len(rest) / min(sizes) < _HALF:
            continue
        light = same_language and (first.light or second.light)
        if len(rest) / whole >= (_ALMOST_ALL if first.lasts or second.lasts else _MUCH if light else _SOME):
            yield Mark(kind="number", one=(_number_span(first),), other=(_number_span(second),))


def _differ(one: Count, other: Count) -> bool:
    """Whether two numbers cannot be the same count, or are bounds so far apart that they tell something else."""
    if not agree(one.number, other.number):
        return True
    if one.number.bound != other.number.bound or one.number.bound not in ("least", "most"):
        return False
    return _ratio(one, other) >= _FAR_APART


def _ratio(one: Count, other: Count) -> float:
    low, high = sorted((one.number.low, other.number.low))
    return high / low if low > 0 else float("inf")


def _without(clause: Clause, count: Count) -> int:
    return len({term.key for term in clause.terms} - {count.noun})


def _count_the_same(one: Count, other: Count, *, same_language: bool) -> bool:
    if one.number.year or other.number.year or one.number.unit != other.number.unit:
        return False
    if one.noun and other.noun:
        return one.noun == other.noun if same_language else bool(one.prefix) and one.prefix == other.prefix
    return bool(one.number.unit) and (one.noun == other.noun or not same_language)


def _is_answered(count: Count, others: Sequence[Count], same_language: bool) -> bool:
    """Whether the other clause has the same number of the same thing besides."""
    return any(
        _count_the_same(count, other, same_language=same_language) and not _differ(count, other) for other in others
    )


def _denials(one: Voice, other: Voice) -> Iterator[Mark]:
    for denying, facing in ((one, other), (other, one)):
        if not _denies(denying) or _denies(facing):
            continue
        shown = _denied_clause(denying, facing)
        if shown is not None:
            cue = denying.statement.cue
            own = Span(cue.start, cue.end) if cue else _said(denying.clauses[0])
            pair = ((own,), (_said(shown),))
            yield Mark(kind="denial", one=pair[denying is other], other=pair[denying is one])


def _denies(voice: Voice) -> bool:
    """Whether a statement is a denial, and not only a belief that is negated."""
    return voice.statement.act == "deny" or (voice.statement.denied and voice.statement.kind != "thought")


def _denied_clause(denying: Voice, facing: Voice) -> Clause | None:
    """The clause of the other statement that the denial is about: most of its words stand there and it is not negated,
    or it accuses the source that denies, of something that the denial names."""
    same_language = denying.language == facing.language
    if not denying.terms:
        return None
    wanted = _distinct(denying.terms)
    accused = facing.statement.act == "accuse" and _is_named(denying, facing)
    found: tuple[int, Clause] | None = None
    for clause in facing.clauses:
        shared = shared_terms(denying.terms, clause.terms, same_language=same_language)
        negated = bool(clause.negations) or any(own.negations for own in denying.clauses)
        things = _things(shared)
        said = denying.terms[0].key in {pair[0].key for pair in shared}
        enough = things >= _MANY_SHARED or (things >= _LEAST_SHARED and said and len(shared) / wanted >= _HALF)
        if not clause.open and not negated and (enough or (accused and shared)) and (not found or things > found[0]):
            found = things, clause
    return found[1] if found else None


def _is_named(denying: Voice, facing: Voice) -> bool:
    """Whether the source that denies is named in what the other says, or is the one told."""
    names = frozenset[str]().union(*(side.name for side in denying.sides if side.named))
    told = facing.statement.addressee.text if facing.statement.addressee else ""
    return any(term.name and term.key in names for term in facing.terms) or any(name in told.lower() for name in names)


def _said(clause: Clause) -> Span:
    """From the first to the last content word of a clause."""
    return Span(clause.terms[0].start, clause.terms[-1].end) if clause.terms else Span(clause.start, clause.end)


def _span(term: Term) -> Span:
    return Span(term.start, term.end)


def _number_span(count: Count) -> Span:
    return Span(count.number.start, count.number.end)
