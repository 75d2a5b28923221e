"""Whole wire copies: articles whose texts agree for the most part, also shortened or under another headline.

A copy is no new source: what it hands on has been said once. Candidates share some of the smallest hashes of their
runs of words (a bottom-k sketch, Broder 1997, which finds a text that is contained in another too); the texts
themselves then decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate
from zlib import crc32

import msgspec

from selon.library.echoes.keys import hashed
from selon.library.echoes.lexicon import fold
from selon.library.echoes.said import moment_of

KEYS = 8
_RUN = 4
_COPIED = 0.5
_LEAST_RUNS = 30
_WORDS = re.compile(r"\w+")


class CopyText(msgspec.Struct, frozen=True, kw_only=True):
    """An article as far as copies need it: the caller's number, language, time of publication and text."""

    article: int
    language: str
    published: str | None
    text: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """An article that repeats an earlier one. `shared` is the share of the shorter text that stands in both, 0 to 1."""

    original: int
    copy: int
    shared: float


def copy_keys(text: CopyText) -> tuple[int, ...]:
    """The keys under which an article is kept: KEYS signed 64-bit numbers, fewer for a very short text."""
    return tuple(sorted(hashed(f"copy|{text.language}|{run}") for run in sorted(runs_of(text.text))[:KEYS]))


@lru_cache(maxsize=512)
def runs_of(text: str) -> frozenset[int]:
    """The runs of four words of a text, folded, each as a checksum of 32 bits."""
    words = [word.encode("utf-8", "surrogatepass") for word in _WORDS.findall(fold(text))]
    data = b" ".join(words)
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    return frozenset(crc32(data[starts[at] : starts[at + _RUN] - 1]) for at in range(len(words) - _RUN + 1))


def copies_between(new: CopyText, candidates: Iterable[CopyText]) -> list[Copy]:
    """Which candidates an article is a copy of, or the original of; the earlier one of each two is the original."""
    runs = runs_of(new.text)
    found: list[Copy] = []
    for candidate in candidates:
        if candidate.article == new.article or candidate.language != new.language:
            continue
        others = runs_of(candidate.text)
        shorter = min(len(runs), len(others))
        shared = len(runs & others) / shorter if shorter else 0.0
        if shorter >= _LEAST_RUNS and shared >= _COPIED:
            first, second = sorted((new, candidate), key=_order)
            found.append(Copy(original=first.article, copy=second.article, shared=round(shared, 3)))
    return sorted(found, key=lambda copy: (copy.original, copy.copy))


def originals(copies: Sequence[Copy]) -> dict[int, int]:
    """For each article that is a copy, the earliest article it goes back to, over all links in between."""
    first: dict[int, int] = {}

    def root(article: int) -> int:
        while article in first:
            article = first[article]
        return article

    for copy in copies:
        original, repeated = root(copy.original), root(copy.copy)
        if original != repeated:
            first[repeated] = original
    return {article: root(article) for article in first}


def _order(text: CopyText) -> tuple[bool, float, int]:
    moment = moment_of(text.published)
    return (moment is None, moment.timestamp() if moment else 0.0, text.article)
