"""What different sources say on one matter, side by side, with what their words show of facing one another.

A matter is a group of statements of at least two sources that share content words, names or numbers which few of the
statements have. Inside it, pairs are marked that deny, negate, count otherwise or say the opposite. Nobody is judged:
a mark points at words. What the same source says otherwise in another article is marked as changed, not as facing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

import msgspec

from selon.library.marks import Mark, marks, shared_terms
from selon.library.terms import Term
from selon.library.voices import Voice, overlaps, same_side, voices
from selon.librarywords import MarkKind
from selon.types import Passage, Reading, Span, Statement

_LEAST_SHARED = 2
_LEAST_LIKENESS = 0.3
_HALF = 0.5
_NAME_WEIGHT = 1.5
_KEY_WORDS = 5
_PREFIX = 6
# Of random pairs of news articles one in a hundred is above the first; of articles about one event nearly all are.
_ONE_SUBJECT = 0.11
_ONE_SUBJECT_ACROSS = 0.055
_ONE_EVENT_DAYS = 14


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a matter: in which of the given readings it stands, who says it, and the statement itself.

    `also`: where else the same source says the same words, each with the reading's number and the statement's id.
    """

    article: int
    names: tuple[str, ...]
    statement: Statement
    also: tuple[tuple[int, str], ...] = ()


class ShownMark(msgspec.Struct, frozen=True, kw_only=True):
    """A way in which one statement faces another, with the passages of either article that show it."""

    kind: MarkKind
    one: tuple[Passage, ...]
    other: tuple[Passage, ...]


class Facing(msgspec.Struct, frozen=True, kw_only=True):
    """Two statements of a matter (by their place in it) that face one another, and the marks that show it.

    `changed`: both are of one source, in two articles.
    """

    one: int
    other: int
    changed: bool
    marks: tuple[ShownMark, ...]


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """What at least two sources speak of: its key words, the statements, and those that face one another."""

    words: tuple[str, ...]
    statements: tuple[Said, ...]
    facing: tuple[Facing, ...]


class Link(msgspec.Struct, frozen=True):
    """Two voices that share words: how alike they are (0 to 1), and the marks between them."""

    one: int
    other: int
    likeness: float
    changed: bool
    marks: tuple[Mark, ...]


def facing(readings: Sequence[Reading]) -> tuple[Matter, ...]:
    """The matters of one or more readings, those with marks first, then those that share most.

    >>> [matter.words for matter in facing([reading])]
    [('pont', 'Arvelle')]
    """
    said = voices(readings)
    alone, copies = _without_copies(said)
    weights = _weights([said[number] for number in alone])
    links = list(_links(said, alone, weights, _apart(said, [_day(reading) for reading in readings])))
    texts = [reading.article.text for reading in readings]
    matters = [_matter(group, said, copies, links, weights=weights, texts=texts) for group in _groups(said, links)]
    kept = [matter for matter in matters if matter is not None]
    return tuple(sorted(kept, key=lambda matter: (-_faced(matter), -len(matter.statements))))


def _faced(matter: Matter) -> int:
    """Pairs that face one another, a change of one source counting less than one of two."""
    return sum(1 if pair.changed else 2 for pair in matter.facing)


def _without_copies(said: Sequence[Voice]) -> tuple[list[int], dict[int, list[int]]]:
    """The voices without those that only repeat one before: the same side, the same words. And who repeats whom."""
    alone: list[int] = []
    copies: dict[int, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, voice in enumerate(said):
        first = next((one for one in by_word[_first_key(voice)] if _repeats(said[one], voice)), None)
        if first is not None:
            copies[first].append(number)
        else:
            alone.append(number)
            by_word[_first_key(voice)].append(number)
    return alone, copies


def _first_key(voice: Voice) -> str:
    return voice.terms[0].key if voice.terms else ""


def _repeats(one: Voice, other: Voice) -> bool:
    if one.article == other.article or one.language != other.language or not same_side(one, other):
        return False
    return _plain(one) == _plain(other)


def _plain(voice: Voice) -> tuple[object, ...]:
    """What is said, without what may differ between two copies of it."""
    counts = [(count.number.low, count.noun) for clause in voice.clauses for count in clause.counts]
    negations = sum(len(clause.negations) for clause in voice.clauses)
    return tuple(term.key for term in voice.terms), tuple(counts), negations


def _keys(voice: Voice) -> set[str]:
    """By what a statement can be linked to others: stems, first letters of names, numbers."""
    numbers = {f"{count.number.low:g}" for clause in voice.clauses for count in clause.counts if not count.number.year}
    return {*(term.key for term in voice.terms), *numbers}


def _weights(said: Sequence[Voice]) -> dict[str, float]:
    """How much each word tells: the logarithm of the statements there are by those that have it."""
    having = Counter(key for voice in said for key in _keys(voice))
    return {key: math.log(1 + len(said) / count) for key, count in having.items()}


def _links(
    said: Sequence[Voice], alone: Sequence[int], weights: dict[str, float], apart: set[tuple[int, int]]
) -> Iterable[Link]:
    """The pairs that share enough, or face one another, of articles not apart; found by the words they share."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for number in alone:
        for term in said[number].terms:
            for key in {term.key, term.prefix} - {""}:
                by_key[key].append(number)
    candidates: Counter[tuple[int, int]] = Counter()
    for numbers in by_key.values():
        candidates.update(combinations(sorted(set(numbers)), 2))
    for (one, other), count in candidates.items():
        if count < _LEAST_SHARED or (said[one].article, said[other].article) in apart:
            continue
        link = _link(one, other, said, weights)
        if link is not None:
            yield link


def _day(reading: Reading) -> date | None:
    """The day of an article, where it is told."""
    try:
        return date.fromisoformat((reading.article.published or "")[:10])
    except ValueError:
        return None


def _apart(said: Sequence[Voice], days: Sequence[date | None]) -> set[tuple[int, int]]:
    """The pairs of articles, the earlier first, that are not about one subject: the cosine of what is said in them, by
    the words' weight, is below what chance gives, or below twice that where more than a fortnight lies between them.
    Two articles alone are taken to be compared on purpose."""
    keys: dict[int, set[str]] = defaultdict(set)
    language = {voice.article: voice.language for voice in said}
    for voice in said:
        keys[voice.article].update(term.prefix or term.key for term in voice.terms)
        keys[voice.article].update(word[:_PREFIX] for side in voice.sides for word in side.name)
    if len(keys) <= 2:
        return set()
    having = Counter(key for own in keys.values() for key in own)
    weight = {key: math.log(1 + len(keys) / count) for key, count in having.items()}
    whole = {article: sum(weight[key] for key in own) for article, own in keys.items()}
    apart = set()
    for one, other in combinations(sorted(keys), 2):
        shared = sum(weight[key] for key in keys[one] & keys[other])
        least = _ONE_SUBJECT if language[one] == language[other] else _ONE_SUBJECT_ACROSS
        day, other_day = days[one], days[other]
        if day and other_day and abs((day - other_day).days) > _ONE_EVENT_DAYS:
            least *= 2
        if shared < least * math.sqrt(whole[one] * whole[other]):
            apart.add((one, other))
    return apart


def _link(one: int, other: int, said: Sequence[Voice], weights: dict[str, float]) -> Link | None:
    first, second = said[one], said[other]
    if overlaps(first, second):
        return None
    same = same_side(first, second)
    if same and first.article == second.article:
        return None
    shared = shared_terms(first.terms, second.terms, same_language=first.language == second.language)
    found = marks(first, second)
    if same:
        found = [mark for mark in found if mark.kind != "denial"]
    likeness = _likeness(first, second, [pair[0] for pair in shared], weights)
    enough = len(shared) >= _LEAST_SHARED and likeness >= _LEAST_LIKENESS
    if not found and (same or not enough):
        return None
    return Link(one, other, likeness, same, tuple(found))


def _likeness(one: Voice, other: Voice, shared: Sequence[Term], weights: dict[str, float]) -> float:
    """The weight of what two statements share, by that of the shorter one."""
    whole = min(sum(weights[key] for key in {term.key for term in voice.terms}) for voice in (one, other))
    part = sum(weights[term.key] * (_NAME_WEIGHT if term.name else 1) for term in shared)
    return min(1.0, part / whole) if whole else 0.0


def _groups(said: Sequence[Voice], links: Sequence[Link]) -> list[list[int]]:
    """Links joined to matters, the surest first; two groups join where they have words in common that half of each
    group's statements have."""
    of: dict[int, list[int]] = {}
    for link in sorted(links, key=lambda link: (not link.marks, -link.likeness)):
        one, other = of.get(link.one, [link.one]), of.get(link.other, [link.other])
        if one is other or (not link.marks and not _coherent(one, other, said)):
            continue
        joined = [*one, *other]
        of.update(dict.fromkeys(joined, joined))
    return list({id(group): sorted(group) for group in of.values()}.values())


def _coherent(one: Sequence[int], other: Sequence[int], said: Sequence[Voice]) -> bool:
    if len(one) == 1 and len(other) == 1:
        return True
    return len(_common(one, said) & _common(other, said)) >= _LEAST_SHARED


def _common(group: Sequence[int], said: Sequence[Voice]) -> set[str]:
    """The words that at least half of a group's statements have."""
    counts = Counter(key for number in group for key in {term.prefix or term.key for term in said[number].terms})
    return {key for key, count in counts.items() if count >= _HALF * len(group)}


def _matter(
    group: Sequence[int],
    said: Sequence[Voice],
    copies: dict[int, list[int]],
    links: Sequence[Link],
    *,
    weights: dict[str, float],
    texts: Sequence[str],
) -> Matter | None:
    """The matter of a group of voices; None where all are of one side and none of them changed."""
    place = {number: index for index, number in enumerate(group)}
    pairs = [link for link in links if link.marks and link.one in place and link.other in place]
    if not pairs and all(same_side(said[one], said[other]) for one, other in combinations(group, 2)):
        return None
    return Matter(
        words=_key_words(group, said, weights),
        statements=tuple(_said(number, said, copies[number]) for number in group),
        facing=tuple(
            Facing(
                one=place[link.one],
                other=place[link.other],
                changed=link.changed,
                marks=tuple(
                    _shown(mark, texts[said[link.one].article], texts[said[link.other].article]) for mark in link.marks
                ),
            )
            for link in pairs
        ),
    )


def _shown(mark: Mark, text: str, other_text: str) -> ShownMark:
    return ShownMark(kind=mark.kind, one=_passages(mark.one, text), other=_passages(mark.other, other_text))


def _passages(spans: Sequence[Span], text: str) -> tuple[Passage, ...]:
    return tuple(Passage(start=start, end=end, text=text[start:end]) for start, end in spans)


def _said(number: int, said: Sequence[Voice], copies: Sequence[int]) -> Said:
    voice = said[number]
    also = tuple((said[copy].article, said[copy].statement.id) for copy in copies)
    return Said(article=voice.article, names=voice.names, statement=voice.statement, also=also)


def _key_words(group: Sequence[int], said: Sequence[Voice], weights: dict[str, float]) -> tuple[str, ...]:
    """The words that most statements of a group share, as they stand there, those that tell most first."""
    having: Counter[str] = Counter()
    telling: dict[str, float] = {}
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for number in group:
        voice = said[number]
        for term in voice.terms:
            key = term.prefix or term.key
            telling[key] = max(telling.get(key, 0.0), weights[term.key] * (_NAME_WEIGHT if term.name else 1))
            forms[key][_form(voice, term)] += 1
        having.update({term.prefix or term.key for term in voice.terms})
    shared = [key for key, count in having.items() if count > 1]
    shared.sort(key=lambda key: -having[key] * telling[key])
    return tuple(forms[key].most_common(1)[0][0] for key in shared[:_KEY_WORDS])


def _form(voice: Voice, term: Term) -> str:
    """A word as it stands in the statement, in lower case unless it is a name."""
    for part in voice.statement.content:
        if part.start <= term.start < part.end:
            word = part.text[term.start - part.start : term.end - part.start]
            return word if term.name else word.lower()
    return term.key
