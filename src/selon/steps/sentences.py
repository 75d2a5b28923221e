"""Decides where sentences begin, from words and quotation marks alone.

A sentence ends at . ! ? … with the closing marks after it, except inside abbreviations, between a quotation and its
cue, and at a mark inside a quotation that is embedded in a clause. White space with a line break always ends one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from selon.steps.quotations import Quotations
from selon.types import Quotation

_TERMINAL = frozenset((".", "!", "?", "…", "...", "?!", "!!", "!?", "??", "....", ".."))
_CLOSING = frozenset((")", "]", "}", "»", "”", "’", "›", "“", '"', "''"))
_CUE_REACH = 9
_STRONG = frozenset((".", "!", "?"))


def sentence_starts(
    words: Sequence[str],
    offsets: Sequence[int],
    marked: Quotations,
    cue_forms: Collection[str],
    abbreviations: Collection[str],
) -> list[bool]:
    """For each token whether a sentence begins there.

    `offsets`: code point of each token in the text that `marked` was found in. `cue_forms`: lower-case verb forms
    that report; `abbreviations`: tokens with a dot after which no sentence ends.
    """
    starts = [False] * len(words)
    if not words:
        return starts
    starts[0] = True
    closers = {mark.start for mark in marked.marks if mark.role == "close"}
    openers = {mark.start for mark in marked.marks if mark.role in ("open", "reopen")}
    around = _around(offsets, marked.quotations)
    embedded = _embedded(words, offsets, around)
    index = 0
    while index < len(words) - 1:
        word = words[index]
        if "\n" in word:
            starts[index + 1] = True
        elif word in _TERMINAL and word not in abbreviations:
            following = _past_closing(words, offsets, index + 1, closers, openers)
            if following < len(words) and _begins(words, index, following, around, embedded, cue_forms):
                starts[following] = True
            index = following - 1
        index += 1
    return starts


def _around(offsets: Sequence[int], quotations: Sequence[Quotation]) -> list[Quotation | None]:
    """The outermost quotation around each token, its marks included."""
    around: list[Quotation | None] = [None] * len(offsets)
    outermost = [quotation for quotation in quotations if not quotation.depth and not quotation.dash]
    number = 0
    for index, offset in enumerate(offsets):
        while number < len(outermost) and outermost[number].outer.end <= offset:
            number += 1
        if number < len(outermost) and outermost[number].outer.start <= offset:
            around[index] = outermost[number]
    return around


def _embedded(words: Sequence[str], offsets: Sequence[int], around: Sequence[Quotation | None]) -> set[int]:
    """The quotations (by the offset of their mark) that stand in the middle of a clause."""
    embedded: set[int] = set()
    for index in range(1, len(words)):
        quotation = around[index]
        if quotation is None or quotation is around[index - 1] or "\n" in words[index - 1]:
            continue
        if words[index - 1][-1].isalnum() or words[index - 1][-1] in "'’":
            embedded.add(quotation.outer.start)
    return embedded


def _past_closing(
    words: Sequence[str], offsets: Sequence[int], index: int, closers: Collection[int], openers: Collection[int]
) -> int:
    """The first token after a terminal mark that is no further terminal, closing mark or bracket."""
    while index < len(words):
        word = words[index]
        is_closing = word in _CLOSING and offsets[index] not in openers
        if not (word in _TERMINAL or offsets[index] in closers or is_closing or word in ")]}"):
            break
        index += 1
    return index


def _begins(
    words: Sequence[str],
    terminal: int,
    following: int,
    around: Sequence[Quotation | None],
    embedded: Collection[int],
    cue_forms: Collection[str],
) -> bool:
    """Whether the token after a terminal mark (and closing marks) begins a sentence."""
    word = words[following]
    if "\n" in word or word.isspace():
        return False
    if word[0].islower() or word in (",", ";", ":", "-", "–", "—", ")"):
        return False
    quotation = around[terminal]
    if quotation is None:
        return True
    if around[following] is quotation:
        return not (words[terminal] != "." and quotation.outer.start in embedded)
    return not _cue_follows(words, following, around, cue_forms)


def _cue_follows(
    words: Sequence[str], first: int, around: Sequence[Quotation | None], cue_forms: Collection[str]
) -> bool:
    """Whether what follows a closed quotation is its cue: a subject, a reporting verb, and no content of its own."""
    for index in range(first, min(first + _CUE_REACH, len(words))):
        word = words[index]
        if word in _STRONG or "\n" in word or around[index] is not None or word in (":", ";"):
            return False
        if word.lower() in cue_forms and index > first:
            return _ends_without_content(words, index + 1, around)
        if not (word[0].isupper() or word in (",", "-", "'s", "’s") or index - first < _CUE_REACH // 2):
            return False
    return False


def _ends_without_content(words: Sequence[str], first: int, around: Sequence[Quotation | None]) -> bool:
    """Whether a sentence goes on to its end with few words and neither colon nor quotation."""
    for index in range(first, min(first + 2 * _CUE_REACH, len(words))):
        if words[index] in _STRONG or "\n" in words[index]:
            return True
        if words[index] in (":",) or around[index] is not None or words[index].lower() in ("que", "qu'", "that"):
            return False
    return len(words) - first < 2 * _CUE_REACH
