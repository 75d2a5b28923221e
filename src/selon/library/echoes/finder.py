"""Echoes of new sayings among those already kept, by their keys; and a library in memory that does the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from selon.library.echoes.copies import Copy, CopyText, copies_between, copy_keys
from selon.library.echoes.facts import Weights
from selon.library.echoes.keys import FREQUENT, keys_of
from selon.library.echoes.matching import Prepared, prepare
from selon.library.echoes.relate import Echo, echoes_between
from selon.library.echoes.said import Saying, sayings_of
from selon.types import Reading

Holders = Callable[[Collection[int]], Mapping[int, Sequence[int]]]
Fetch = Callable[[Collection[int]], Iterable[Saying]]
Keyed = Mapping[int, Sequence[int]]


def keyed(sayings: Iterable[Saying]) -> Keyed:
    """The keys of each saying, by its number: what is kept of it to find it again."""
    return {saying.id: keys_of(prepare(saying)) for saying in sayings}


def candidate_pairs(
    new: Sequence[Saying], keys: Keyed, holders: Holders, fetch: Fetch
) -> list[tuple[Prepared, Prepared]]:
    """The new sayings of one article with those kept under the same keys, without pairs inside the article."""
    held = holders({key for saying in new for key in keys[saying.id]})
    useful = {key: found for key, found in held.items() if len(found) <= FREQUENT}
    wanted = {saying.id: {other for key in keys[saying.id] for other in useful.get(key, ())} for saying in new}
    numbers = set().union(*wanted.values())
    others = {saying.id: prepare(saying) for saying in (fetch(numbers) if numbers else ())}
    return [
        (prepare(saying), others[number])
        for saying in new
        for number in sorted(wanted[saying.id])
        if number in others and others[number].saying.article != saying.article
    ]


def echoes_of(
    new: Sequence[Saying], keys: Keyed, holders: Holders, fetch: Fetch, weights: Weights | None = None
) -> list[Echo]:
    """The echoes between the sayings of one new article, with their `keyed` keys, and those already kept.

    `holders` gives, for keys, the numbers of the sayings kept under each (at most FREQUENT + 1 need be given); `fetch`
    gives sayings by number. Neither has to know the new ones yet; if it does, nothing changes.
    """
    return echoes_between(candidate_pairs(new, keys, holders, fetch), weights)


class EchoLibrary:
    """Articles in memory with their echoes and copies, added one by one.

    >>> library = EchoLibrary()
    >>> for reading in readings: library.add(reading)
    >>> library.echoes
    [Echo(earlier=3, later=17, relation='shortened', ...), ...]
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self.sayings: dict[int, Saying] = {}
        self.echoes: list[Echo] = []
        self.copies: list[Copy] = []
        self._weights = weights
        self._texts: dict[int, CopyText] = {}
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._copy_holders: dict[int, list[int]] = defaultdict(list)

    def add(self, reading: Reading) -> list[Saying]:
        """Add a reading: its statements are numbered on, its article by the count of articles."""
        numbers = range(len(self.sayings), len(self.sayings) + len(reading.statements))
        article = len(self._texts)
        sayings = sayings_of(reading, article=article, ids=numbers)
        text = CopyText(
            article=article, language=reading.article.language, published=reading.article.published,
            text=reading.article.text,
        )  # fmt: skip
        self.add_sayings(sayings, text)
        return sayings

    def add_sayings(self, sayings: Sequence[Saying], text: CopyText) -> None:
        """Add an article's sayings and text under numbers of the caller's choice."""
        self._add_copies(text)
        keys = keyed(sayings)
        self.echoes += echoes_of(sayings, keys, self.holders, self.fetch, self._weights)
        for saying in sayings:
            self.sayings[saying.id] = saying
            for key in keys[saying.id]:
                self._holders[key].append(saying.id)

    def holders(self, keys: Collection[int]) -> dict[int, list[int]]:
        """The sayings kept under each key."""
        return {key: self._holders[key] for key in keys if key in self._holders}

    def fetch(self, numbers: Collection[int]) -> list[Saying]:
        """Sayings by number."""
        return [self.sayings[number] for number in numbers if number in self.sayings]

    def _add_copies(self, text: CopyText) -> None:
        keys = copy_keys(text)
        numbers = {
            number for key in keys if len(self._copy_holders[key]) <= FREQUENT for number in self._copy_holders[key]
        }
        self.copies += copies_between(text, [self._texts[number] for number in sorted(numbers)])
        self._texts[text.article] = text
        for key in keys:
            self._copy_holders[key].append(text.article)
