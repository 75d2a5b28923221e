"""Five figures for attributed statements against marked ones, and how sure they are.

Tokens are runs of letters and digits. For statements of many articles together, each as precision, recall and F1:

    content   tokens that stand inside any content
    found     statements: matched one to one, best overlap first, intersection over union of their tokens >= 1/2
    strict    likewise with >= 9/10
    mention   found, and the words naming the source overlap by >= 1/2 (none on both sides is right)
    speaker   found, and the resolved name is the marked one

Two names are one where, without accents, capitals and articles, the last word is the same or half of all the words
of both are shared; nobody is nobody. A statement without a cue that follows within 60 characters on one of the same
speaker (or has no speaker) is joined to it first, on both sides. Intervals come from drawing articles anew.
The figures are those of the reference scorer beside the data; tests/test_score.py holds them to it.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar

import msgspec

from selon.types import Passage, Reading, Span

Figure = Literal["content", "found", "strict", "mention", "speaker"]
FIGURES: tuple[Figure, ...] = ("content", "found", "strict", "mention", "speaker")
RESAMPLES = 1000
Kind = TypeVar("Kind", bound=str)

_WORD = re.compile(r"\w+")
_NAME_WORD = re.compile(r"[a-z0-9]+")
_ARTICLES = frozenset((
    "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "et", "the", "a", "an", "of", "m", "mme", "mr", "mrs",
    "ms", "dr",
))  # fmt: skip
_AND = {"fr": " et ", "en": " and "}
_NOBODY = ("anonyme", "anonymous")
_FOLLOWS_ON = 60
_ENOUGH = 0.5
_STRICT = 0.9


class Told(msgspec.Struct, frozen=True):
    """A statement as it is scored, marked or read. `speaker` is "" or "anonymous" where nobody is named.

    `origins`: the places of what was joined to it, in the list it came from, its own first.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None
    speaker: str = ""
    form: str = ""
    inside: bool = False
    origins: tuple[int, ...] = ()


class Tally(msgspec.Struct, frozen=True):
    """What is right, what was read and what is marked, for one figure; tallies of articles add up."""

    right: int = 0
    read: int = 0
    marked: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.read + other.read, self.marked + other.marked)

    @property
    def precision(self) -> float:
        """In percent; 0 where nothing was read."""
        return 100 * self.right / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """In percent; 0 where nothing is marked."""
        return 100 * self.right / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """In percent: twice what is right over all that was read and all that is marked."""
        both = self.read + self.marked
        return 200 * self.right / both if both else 0.0


Tallies = dict[Figure, Tally]


class Match(msgspec.Struct, frozen=True):
    """The statements of one article, joined, and which belong together: pairs of places in `gold` and `read`."""

    words: tuple[Span, ...]
    gold: tuple[Told, ...]
    read: tuple[Told, ...]
    found: tuple[tuple[int, int], ...]
    strict: tuple[tuple[int, int], ...]


class Interval(msgspec.Struct, frozen=True):
    """A figure in percent, the bounds within which 95 of 100 draws of articles lie, and its standard error."""

    value: float
    low: float
    high: float
    error: float


# --- from marks and readings to what is scored


def told_of_marks(statements: Iterable[Mapping[str, Any]]) -> list[Told]:
    """The statements of a marked article."""

    def span(passage: Mapping[str, Any] | None) -> Span | None:
        return Span(passage["start"], passage["end"]) if passage else None

    return [
        Told(
            content=tuple(Span(part["start"], part["end"]) for part in statement["content"]),
            cue=span(statement["cue"]),
            mention=span(statement["mention"]),
            speaker=statement["speaker"],
            form=statement["form"],
            inside=bool(statement["inside"]),
            origins=(number,),
        )
        for number, statement in enumerate(statements)
    ]


def told_of_reading(reading: Reading) -> list[Told]:
    """The statements of a reading that stand in the text: the marks leave headlines out.

    `origins` are places in `reading.statements`. Several sources have their names in one, as the marks have them.
    """

    def span(passage: Passage | None) -> Span | None:
        return Span(passage.start, passage.end) if passage else None

    names = {source.id: source.name for source in reading.sources}
    return [
        Told(
            content=tuple(Span(part.start, part.end) for part in statement.content),
            cue=span(statement.cue),
            mention=span(statement.mention),
            speaker=names_together((names[source] for source in statement.sources), reading.article.language),
            form=statement.form,
            inside=statement.inside is not None,
            origins=(number,),
        )
        for number, statement in enumerate(reading.statements)
        if statement.content[0].where != "title"
    ]


# --- names


def names_together(names: Iterable[str], language: str) -> str:
    """Several names as one, the way the marks have them: "A et B"."""
    return _AND.get(language, ", ").join(names)


def name_words(name: str) -> list[str]:
    """The words by which a name is compared; none for nobody."""
    if name.strip().lower() in _NOBODY:
        return []
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [word for word in _NAME_WORD.findall(letters) if word not in _ARTICLES]


def same_speaker(one: str, other: str) -> bool:
    """Whether two names are one speaker's.

    >>> same_speaker("le Kremlin", "Kremlin"), same_speaker("Anne Roux", "anonymous")
    (True, False)
    """
    first, second = name_words(one), name_words(other)
    if not first or not second:
        return first == second
    return first[-1] == second[-1] or _overlap(set(first), set(second)) >= _ENOUGH


# --- matching


def words_of(text: str) -> tuple[Span, ...]:
    """The runs of letters and digits of a text."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


def covered(words: Sequence[Span], spans: Iterable[Span]) -> frozenset[int]:
    """The places of the words that lie wholly inside one of the ranges."""
    ranges = tuple(spans)
    return frozenset(
        place
        for place, (start, end) in enumerate(words)
        if any(first <= start and end <= last for first, last in ranges)
    )


def joined(statements: Iterable[Told]) -> list[Told]:
    """The statements in order of their beginning, follow-on quotations joined to what they follow."""
    result: list[Told] = []
    for this in sorted((one for one in statements if one.content), key=lambda one: one.content[0].start):
        before = result[-1] if result else None
        if before is not None and _follows_on(before, this):
            result[-1] = msgspec.structs.replace(
                before, content=before.content + this.content, origins=before.origins + this.origins
            )
        else:
            result.append(this)
    return result


def _follows_on(before: Told, this: Told) -> bool:
    near = 0 <= this.content[0].start - before.content[-1].end <= _FOLLOWS_ON
    nobody_else = not this.speaker or same_speaker(this.speaker, before.speaker)
    return this.cue is None and not this.inside and near and nobody_else


def same_passage(words: Sequence[Span], one: Span | None, other: Span | None) -> bool:
    """Whether two passages share half of their words; none and none are the same."""
    if one is None or other is None:
        return one is other
    return _overlap(covered(words, [one]), covered(words, [other])) >= _ENOUGH


def match(text: str, gold: Iterable[Told], read: Iterable[Told]) -> Match:
    """Match the statements of one article."""
    words = words_of(text)
    marked, found = joined(gold), joined(read)
    overlaps = _overlaps(words, marked, found)
    return Match(words, tuple(marked), tuple(found), _best(overlaps, _ENOUGH), _best(overlaps, _STRICT))


def _overlaps(words: Sequence[Span], gold: Sequence[Told], read: Sequence[Told]) -> list[tuple[float, int, int]]:
    """The pairs that share a word, best overlap first; of equal ones those that stand last, as in the reference."""
    golds = [covered(words, one.content) for one in gold]
    reads = [covered(words, one.content) for one in read]
    return sorted(
        ((_overlap(a, b), i, j) for i, a in enumerate(golds) for j, b in enumerate(reads) if a & b), reverse=True
    )


def _best(overlaps: Iterable[tuple[float, int, int]], threshold: float) -> tuple[tuple[int, int], ...]:
    taken_gold: set[int] = set()
    taken_read: set[int] = set()
    pairs = []
    for overlap, i, j in overlaps:
        if overlap >= threshold and i not in taken_gold and j not in taken_read:
            taken_gold.add(i)
            taken_read.add(j)
            pairs.append((i, j))
    return tuple(pairs)


def _overlap(one: set[Any] | frozenset[Any], other: set[Any] | frozenset[Any]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


# --- figures


def tally(matched: Match) -> Tallies:
    """The five figures of one article."""
    words, gold, read = matched.words, matched.gold, matched.read
    marked_words = covered(words, [span for one in gold for span in one.content])
    read_words = covered(words, [span for one in read for span in one.content])
    mentions = sum(same_passage(words, gold[i].mention, read[j].mention) for i, j in matched.found)
    speakers = sum(same_speaker(gold[i].speaker, read[j].speaker) for i, j in matched.found)

    def of_statements(right: int) -> Tally:
        return Tally(right, len(read), len(gold))

    return {
        "content": Tally(len(marked_words & read_words), len(read_words), len(marked_words)),
        "found": of_statements(len(matched.found)),
        "strict": of_statements(len(matched.strict)),
        "mention": of_statements(mentions),
        "speaker": of_statements(speakers),
    }


def total(articles: Iterable[Tallies]) -> Tallies:
    """The figures of many articles together."""
    result: Tallies = {figure: Tally() for figure in FIGURES}
    for one in articles:
        for figure in FIGURES:
            result[figure] += one[figure]
    return result


def intervals(articles: Sequence[Tallies], *, resamples: int = RESAMPLES, seed: int = 1) -> dict[Figure, Interval]:
    """F1 of each figure with its percentile bootstrap interval (Efron 1979), articles drawn with replacement."""
    return bootstrap(articles, FIGURES, resamples=resamples, seed=seed)


def bootstrap(
    articles: Sequence[Mapping[Kind, Tally]], kinds: Sequence[Kind], *, resamples: int = RESAMPLES, seed: int = 1
) -> dict[Kind, Interval]:
    """F1 of each kind of tally with its percentile bootstrap interval, articles drawn with replacement."""

    def f1(some: Sequence[Mapping[Kind, Tally]], kind: Kind) -> float:
        return sum((article[kind] for article in some), start=Tally()).f1

    draw = random.Random(seed)
    draws: dict[Kind, list[float]] = {kind: [] for kind in kinds}
    for _ in range(resamples if articles else 0):
        drawn = draw.choices(articles, k=len(articles))
        for kind in kinds:
            draws[kind].append(f1(drawn, kind))
    return {kind: _interval(f1(articles, kind), sorted(draws[kind])) for kind in kinds}


def _interval(value: float, draws: Sequence[float]) -> Interval:
    if len(draws) < 2:
        return Interval(value, value, value, 0.0)
    mean = sum(draws) / len(draws)
    error = (sum((draw - mean) ** 2 for draw in draws) / (len(draws) - 1)) ** 0.5
    low, high = draws[int(0.025 * len(draws))], draws[min(len(draws) - 1, int(0.975 * len(draws)))]
    return Interval(value, low, high, error)
