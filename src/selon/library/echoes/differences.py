"""In what two statements that are told of as one differ: numbers, negations, names, dates, opposites, single words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from selon.library.echoes.align import Run
from selon.library.echoes.facts import Compared
from selon.library.echoes.matching import Prepared
from selon.library.echoes.terms import Term

DifferenceKind = Literal["number", "negation", "name", "date", "opposite", "word", "source"]
_MOST_EQUAL = 0.4
_WORD_FOR_WORD = 0.8
_WORDS_SWAPPED = 2
_ROUNDING = 0.02
_ROUND_FROM = 100
_NEAR = 3


class Difference(msgspec.Struct, frozen=True):
    """One thing that differs, in the words of both: a number ("trois cents", "three thousand"), a negation, a name."""

    kind: DifferenceKind
    one: str
    other: str


def differences(pair: Compared, runs: Sequence[Run]) -> list[Difference]:
    """All differences of fact between two statements taken for echoes of each other, numbers first; the same words
    are told once."""
    found = [
        *_numbers(pair),
        *_negations(pair, runs),
        *_left_over(pair, "date", lambda term: term.calendar.rstrip("0123456789")),
        *_names(pair),
        *_opposites(pair),
        *_words(pair, runs),
    ]
    return list({(one.one, one.other): one for one in reversed(found)}.values())[::-1]


def _unmatched(pair: Compared, side: int) -> list[int]:
    prepared = pair.other if side else pair.one
    used = {matched[side] for matched in pair.match.pairs}
    return [place for place in prepared.heavy if place not in used]


def _text(prepared: Prepared, place: int) -> str:
    term = prepared.terms[place]
    return prepared.saying.content[term.start : term.end]


def _numbers(pair: Compared) -> Iterator[Difference]:
    """Numbers that stand at the same place: before or after words that agree, or the only ones left on each side."""
    left = [place for place in _unmatched(pair, 0) if pair.one.terms[place].number]
    right = [place for place in _unmatched(pair, 1) if pair.other.terms[place].number]
    single = len(left) == len(right) == 1
    for place in left:
        counterpart = next(
            (other for other in right if _comparable(pair, place, other) and (single or _beside(pair, place, other))),
            None,
        )
        if counterpart is not None:
            right.remove(counterpart)
            yield Difference("number", _text(pair.one, place), _text(pair.other, counterpart))


def _comparable(pair: Compared, place: int, counterpart: int) -> bool:
    """Both are percentages, or both times, or neither; and not the same number rounded."""
    one, other = pair.one.terms[place].number, pair.other.terms[counterpart].number
    if one is None or other is None or one.percent != other.percent or (one.minutes is None) != (other.minutes is None):
        return False
    larger = max(abs(one.value), abs(other.value))
    rounded = any(value >= _ROUND_FROM and value % 10 == 0 for value in (one.value, other.value))
    return not (rounded and abs(one.value - other.value) <= _ROUNDING * larger)


def _beside(pair: Compared, place: int, counterpart: int) -> bool:
    """Whether a word of weight near one and a word near the other are matched with each other."""
    return any(
        right in _neighbours(pair.other, counterpart)
        for left, right, _ in pair.match.pairs
        if left in _neighbours(pair.one, place)
    )


def _neighbours(prepared: Prepared, place: int) -> set[int]:
    at = prepared.heavy.index(place)
    return {*prepared.heavy[max(0, at - 1) : at], *prepared.heavy[at + 1 : at + _NEAR]}


def _negations(pair: Compared, runs: Sequence[Run]) -> Iterator[Difference]:
    """A word that one side denies and the other does not.

    Rewording moves negations about, so within a language all else has to stand word for word. Across languages the
    denied word has to be the very one that the negation stands before, and the other side must deny nothing.
    """
    if pair.one.saying.denied != pair.other.saying.denied:
        return
    across = pair.one.saying.language != pair.other.saying.language
    if not across and (kept_share(pair, runs) < _WORD_FOR_WORD or _negators(pair.one) == _negators(pair.other)):
        return
    if across and (pair.facts["covered_of_shorter"] < _MOST_EQUAL or (_denies(pair.one) and _denies(pair.other))):
        return
    for place, counterpart, _ in pair.match.pairs:
        ranks = pair.one.terms[place].negated, pair.other.terms[counterpart].negated
        if (0 in ranks and 1 in ranks) if across else bool(ranks[0]) != bool(ranks[1]):
            yield Difference("negation", _text(pair.one, place), _text(pair.other, counterpart))
            return


def _negators(prepared: Prepared) -> int:
    lexicon = prepared.lexicon
    return sum(term.folded in lexicon.negations or term.folded in lexicon.particles for term in prepared.terms)


def _denies(prepared: Prepared) -> bool:
    return any(prepared.terms[place].negated for place in prepared.heavy)


def kept_share(pair: Compared, runs: Sequence[Run]) -> float:
    """The share of the shorter side's words that stand in kept runs: the same and in the same order."""
    kept = sum(sum(run.start <= term.start < run.end for term in pair.one.terms) for run in runs if run.kind == "kept")
    return kept / max(1, min(len(pair.one.terms), len(pair.other.terms)))


def _left_over(pair: Compared, kind: DifferenceKind, family: Callable[[Term], str]) -> Iterator[Difference]:
    """Terms of one family (months, days) that each side has left unmatched."""
    right = [place for place in _unmatched(pair, 1) if family(pair.other.terms[place])]
    for place in _unmatched(pair, 0):
        name = family(pair.one.terms[place])
        counterpart = next((other for other in right if name and family(pair.other.terms[other]) == name), None)
        if counterpart is not None:
            yield Difference(kind, _text(pair.one, place), _text(pair.other, counterpart))


def _names(pair: Compared) -> Iterator[Difference]:
    """Another name beside the same words."""
    left = [place for place in _unmatched(pair, 0) if pair.one.terms[place].name]
    right = [place for place in _unmatched(pair, 1) if pair.other.terms[place].name]
    if len(left) == len(right) == 1 and _beside(pair, left[0], right[0]):
        yield Difference("name", _text(pair.one, left[0]), _text(pair.other, right[0]))


def _opposites(pair: Compared) -> Iterator[Difference]:
    known = pair.one.lexicon.opposites | pair.other.lexicon.opposites
    right = [(place, _signs(pair.other.terms[place])) for place in _unmatched(pair, 1)]
    for place in _unmatched(pair, 0):
        term = pair.one.terms[place]
        for counterpart, signs in right:
            contrary = any((sign, other) in known for sign in _signs(term) for other in signs)
            if contrary and term.negated == pair.other.terms[counterpart].negated and _beside(pair, place, counterpart):
                yield Difference("opposite", _text(pair.one, place), _text(pair.other, counterpart))
                return


def _signs(term: Term) -> set[str]:
    return {term.stem, *(f"={meaning}" for meaning in term.meanings)}


def _words(pair: Compared, runs: Sequence[Run]) -> Iterator[Difference]:
    """One or two words of a direct quotation replaced by others, no names, where all else stands word for word."""
    one, other = pair.one.saying, pair.other.saying
    if one.language != other.language or one.form == "indirect" or other.form == "indirect":
        return
    changed = [
        (_heavy(pair.one, run.start, run.end), _heavy(pair.other, run.other_start, run.other_end))
        for run in runs
        if run.kind != "kept"
    ]
    swapped = [(left, right) for left, right in changed if left and right]
    if len(swapped) == 1 and kept_share(pair, runs) >= _WORD_FOR_WORD:
        left, right = swapped[0]
        named = any(pair.one.terms[place].name for place in left) or any(
            pair.other.terms[place].name for place in right
        )
        if named or len(left) != len(right) or len(left) > _WORDS_SWAPPED:
            return
        yield Difference("word", _text(pair.one, left[0]), _text(pair.other, right[0]))


def _heavy(prepared: Prepared, start: int, end: int) -> list[int]:
    return [place for place in prepared.heavy if start <= prepared.terms[place].start < end]
