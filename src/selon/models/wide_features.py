"""What the wide tagger sees of a text: the columns of the learned reader, and columns of its own.

Its own are for scope: words by two hashes each, so that few of them share a row with others; lemmas; and for each token
the verb above it and the cue above it, each with the relation by which the token's branch hangs on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from zlib import adler32, crc32

import numpy as np

from selon.language import Language
from selon.models import features
from selon.models.features import ACTS, RELATIONS, TokenFeatures, token_features
from selon.steps.cues import CueHit
from selon.steps.quotations import Quotations
from selon.tokens import Tokens
from selon.types import Found

Array = np.ndarray[Any, Any]

WORDS, LEMMAS, ENDS, GOVERNORS = 12288, 6144, 3072, 2048
_VERBAL = frozenset(("VERB", "AUX"))
_DEEPEST = 64
# The columns of `ids` after those of the learned reader, with the number of values of each.
OWN_COLUMNS = (
    ("word once", WORDS), ("word twice", WORDS), ("lemma", LEMMAS), ("four last letters", ENDS),
    ("verb above", GOVERNORS), ("branch of the verb", RELATIONS), ("branch of the cue", RELATIONS + 1),
    ("act of the cue", len(ACTS) + 1),
)  # fmt: skip
COLUMNS = (*features.COLUMNS, *OWN_COLUMNS)
WORD_TABLE = len(features.COLUMNS)  # the first of the two columns that share a table of words
# Columns that know a word by its form: what is hidden of a word that is dropped in training.
WORD_COLUMNS = (0, 1, 2, *(len(features.COLUMNS) + number for number in range(4)))


def wide_features(
    tokens: Tokens, quotations: Quotations, hits: Sequence[CueHit], found: Sequence[Found], language: Language
) -> TokenFeatures:
    """The features of all tokens of a text: `ids` n × len(COLUMNS), `flags` and `vectors` as the learned reader's."""
    known = token_features(tokens, quotations, hits, found, language)
    own = np.zeros((len(tokens), len(OWN_COLUMNS)), np.int64)
    acts = {hit.head: 1 + ACTS.index(hit.entry.act) for hit in hits}
    for index, word in enumerate(tokens.word):
        own[index, :2] = _word_ids(word)
        own[index, 2] = _hash(tokens.lemma[index].lower(), LEMMAS)
        own[index, 3] = _hash(tokens.lower[index][-4:], ENDS)
        verb, branch = _above(tokens, index, None)
        if verb is not None:
            own[index, 4] = _hash(tokens.lemma[verb], GOVERNORS)
            own[index, 5] = _relation(branch)
        cue, branch = _above(tokens, index, acts)
        if cue is not None:
            own[index, 6] = 1 + _relation(branch)
            own[index, 7] = acts[cue]
        if index in acts:
            own[index, 6] = 1
    return known._replace(ids=np.concatenate((known.ids, own), 1))


def _above(tokens: Tokens, index: int, wanted: dict[int, int] | None) -> tuple[int | None, str]:
    """The nearest token above one that is wanted (a verb where `wanted` is None), and the relation by which the branch
    with the token hangs on it."""
    place = index
    for _ in range(_DEEPEST):
        head = tokens.head[place]
        if head == place:
            break
        if head in wanted if wanted is not None else tokens.pos[head] in _VERBAL:
            return head, tokens.dep[place]
        place = head
    return None, ""


def _hash(word: str, size: int) -> int:
    return 1 + crc32(word.encode()) % (size - 1)


@cache
def _relation(dep: str) -> int:
    return _hash(dep, RELATIONS)


@cache
def _word_ids(word: str) -> tuple[int, int]:
    lower = "".join("0" if letter.isdigit() else letter for letter in word.lower())
    return _hash(lower, WORDS), _hash(f"{lower} {adler32(lower.encode())}", WORDS)


def version() -> int:
    """A number that changes when the columns do, so that a tagger is never run on other features than its own."""
    return crc32(repr((features.version(), COLUMNS)).encode())
