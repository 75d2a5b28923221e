"""Which terms of two contents say the same: by word, meaning, name, number or cognate, within and across languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from selon.library.echoes.lexicon import Lexicon, lexicon_of
from selon.library.echoes.numbers import agree
from selon.library.echoes.said import Saying, number_of_day
from selon.library.echoes.speakers import Speaker, speaker_of
from selon.library.echoes.terms import Term, terms_of

SAME_WORD, SAME_MEANING, SAME_ROOT = 1.0, 0.85, 0.7
_ROOT = 4
_ROOT_LIKENESS = 0.6


class Prepared(NamedTuple):
    """A saying with its terms: what is compared.

    `weight` is that of all its terms, `heavy` the places of those that have some, `stems` theirs; `day` in days since
    the year 1; `topic` the names that tell of which event, so no countries.
    """

    saying: Saying
    terms: list[Term]
    lexicon: Lexicon
    weight: float
    day: int | None
    topic: frozenset[str]
    heavy: tuple[int, ...]
    stems: frozenset[str]
    speaker: Speaker


class Match(NamedTuple):
    """Pairs of places in the two lists of terms with how alike they are, 0 to 1, and the weight they carry."""

    pairs: list[tuple[int, int, float]]
    weight: float


@lru_cache(maxsize=4096)
def prepare(saying: Saying) -> Prepared:
    """Read the terms of a saying. Raises LanguageError for a language that is not there."""
    lexicon = lexicon_of(saying.language)
    terms = terms_of(saying.content, lexicon)
    heavy = tuple(place for place, term in enumerate(terms) if term.weight > 0)
    return Prepared(
        saying,
        terms,
        lexicon,
        sum(term.weight for term in terms),
        number_of_day(saying.day),
        frozenset(saying.topic) - lexicon.states,
        heavy,
        frozenset(terms[place].stem for place in heavy),
        speaker_of(saying, lexicon),
    )


def match(one: Prepared, other: Prepared) -> Match:
    """The terms of weight that say the same, each used once, surest first."""
    free_left, free_right = list(one.heavy), list(other.heavy)
    pairs: list[tuple[int, int, float]] = []
    same_language = one.saying.language == other.saying.language
    left, right = one.terms, other.terms

    def take(keys_left: list[tuple[Hashable, int]], keys_right: list[tuple[Hashable, int]], strength: float) -> None:
        taken = _paired(keys_left, keys_right, len(left), len(right))
        if taken:
            pairs.extend((i, j, strength) for i, j in taken)
            used_left, used_right = {i for i, _ in taken}, {j for _, j in taken}
            free_left[:] = [place for place in free_left if place not in used_left]
            free_right[:] = [place for place in free_right if place not in used_right]

    if same_language:
        take([(left[i].stem, i) for i in free_left], [(right[j].stem, j) for j in free_right], SAME_WORD)
    else:
        take(_plain(left, free_left), _plain(right, free_right), SAME_WORD)
    for i, j in _numbers(left, free_left, right, free_right):
        pairs.append((i, j, SAME_WORD))
        free_left.remove(i)
        free_right.remove(j)
    take(_meanings(left, free_left), _meanings(right, free_right), SAME_MEANING)
    for i, j in _roots(left, free_left, right, free_right):
        pairs.append((i, j, SAME_ROOT))
    weight = sum(strength * min(left[i].weight, right[j].weight) for i, j, strength in pairs)
    return Match(pairs, weight)


def _plain(terms: Sequence[Term], places: Iterable[int]) -> list[tuple[Hashable, int]]:
    """What two languages write alike: names, months and days."""
    return [
        (terms[place].calendar or terms[place].folded, place)
        for place in places
        if terms[place].calendar or terms[place].name
    ]


def _meanings(terms: Sequence[Term], places: Iterable[int]) -> list[tuple[Hashable, int]]:
    return [(meaning, place) for place in places for meaning in terms[place].meanings]


def _paired(
    left: list[tuple[Hashable, int]], right: list[tuple[Hashable, int]], size_left: int, size_right: int
) -> list[tuple[int, int]]:
    """Places with a key in common, one to one; of several, those that stand at the most similar place."""
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for key, place in right:
        by_key[key].append(place)
    taken: list[tuple[int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for key, place in left:
        if place in used_left or key not in by_key:
            continue
        free = [other for other in by_key[key] if other not in used_right]
        if free:
            best = min(free, key=lambda other: abs(other / size_right - place / size_left))
            taken.append((place, best))
            used_left.add(place)
            used_right.add(best)
    return taken


def _numbers(
    left: Sequence[Term], free_left: Iterable[int], right: Sequence[Term], free_right: Iterable[int]
) -> list[tuple[int, int]]:
    others = [place for place in free_right if right[place].number]
    found: list[tuple[int, int]] = []
    for place in free_left:
        number = left[place].number
        if number is None:
            continue
        for other in others:
            counterpart = right[other].number
            if counterpart is not None and agree(number, counterpart):
                found.append((place, other))
                others.remove(other)
                break
    return found


def _roots(
    left: Sequence[Term], free_left: Iterable[int], right: Sequence[Term], free_right: Iterable[int]
) -> list[tuple[int, int]]:
    """Words that begin alike and differ little: cognates across languages, derivations within one."""
    by_root: dict[str, list[int]] = defaultdict(list)
    for place in free_right:
        if len(right[place].skeleton) >= _ROOT and right[place].number is None:
            by_root[right[place].skeleton[:_ROOT]].append(place)
    found: list[tuple[int, int]] = []
    for place in free_left:
        term = left[place]
        if len(term.skeleton) < _ROOT:
            continue
        others = by_root.get(term.skeleton[:_ROOT])
        if not others:
            continue
        best = max(others, key=lambda other: _likeness(term.skeleton, right[other].skeleton))
        if _likeness(term.skeleton, right[best].skeleton) >= _ROOT_LIKENESS:
            found.append((place, best))
            others.remove(best)
    return found


def _likeness(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity(one, other)
