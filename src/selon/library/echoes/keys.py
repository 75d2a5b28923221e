"""Keys under which a saying is kept, so that a new one finds the few it may echo without looking at all.

Three families, together about thirteen 64-bit numbers a saying, all computed from the saying alone:

- by wording: the smallest hashes of runs of three words within a language (a bottom-k sketch, Broder 1997: a
  shortened quotation keeps a good part of the smallest hashes of the whole one);
- by source: surname or name with the week and the one after, so that whatever somebody says twice within a week
  meets, in any words and any language; a source without a name by its role and the article's topic,
  a saying without a day not at all;
- by topic: the article's most frequent proper names, each with the smallest hashes of what the saying's words mean
  (meanings, numbers, names, dates, roots that cognates share), which a translation or a wrong source keeps.

A key that very many share (a head of state's week) tells little and would cost quadratic time: FREQUENT says from how
many on a key is passed over. What only such keys would find is not found.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from zlib import crc32

from selon.library.echoes.matching import Prepared
from selon.library.echoes.terms import Term

FREQUENT = 120
_TOPICS, _SIGNS, _RUNS = 3, 3, 2
_ROLE_TOPICS, _ROLE_SIGNS = 2, 2
_RUN = 3
_ROOT = 4
_WEEK = 7
_SOURCES = 2
_LEAST_WEIGHT = 0.5


def keys_of(prepared: Prepared) -> tuple[int, ...]:
    """The keys of a saying: signed 64-bit numbers, sorted, none twice."""
    names = {*_source_keys(prepared), *_topic_keys(prepared), *_wording_keys(prepared)}
    return tuple(sorted({hashed(name) for name in names}))


def hashed(text: str) -> int:
    """A signed 64-bit number that is the same in every run and on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def quick(text: str) -> tuple[int, str]:
    """A fast order of texts that has nothing to do with what they say; the text itself settles a tie."""
    return crc32(text.encode("utf-8", "surrogatepass")), text


def smallest(count: int, texts: Iterable[str]) -> list[str]:
    """The first so many of the texts in that order."""
    return [text for _, text in sorted(map(quick, texts))[:count]]


def _source_keys(prepared: Prepared) -> set[str]:
    speaker = prepared.speaker
    if not speaker.surnames and not speaker.names:
        signs = smallest(_ROLE_SIGNS, speaker.signs)
        return {f"role|{name}|{sign}" for name in prepared.saying.topic[:_ROLE_TOPICS] for sign in signs}
    if prepared.day is None:
        return set()
    week = prepared.day // _WEEK
    return {
        f"source|{name}|{number}"
        for name in sorted(speaker.surnames or speaker.names)[:_SOURCES]
        for number in (week, week + 1)
    }


def _topic_keys(prepared: Prepared) -> set[str]:
    told = smallest(_SIGNS, {sign for term in prepared.terms if (sign := _sign(term))})
    return {f"topic|{name}|{sign}" for name in prepared.saying.topic[:_TOPICS] for sign in told}


def _wording_keys(prepared: Prepared) -> set[str]:
    words = [term.folded for term in prepared.terms]
    runs = {f"words|{' '.join(words[at : at + _RUN])}" for at in range(len(words) - _RUN + 1)}
    return set(smallest(_RUNS, runs))


def _sign(term: Term) -> str:
    """What a term of weight says in any language; "" for others."""
    if term.weight < _LEAST_WEIGHT:
        return ""
    if term.calendar or term.number or term.name:
        return term.calendar or term.folded
    return f"={min(term.meanings)}" if term.meanings else term.skeleton[:_ROOT] or term.folded
