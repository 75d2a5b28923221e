"""Decides where sentences begin, from words and quotation marks alone.

A sentence ends at . ! ? … with the closing marks after it, except inside abbreviations, between a quotation
and its cue, and at a mark inside a quotation that is embedded in a clause. White space with a line break
always ends one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from selon.steps.quotations import Quotations
from selon.types import Quotation

_TERMINAL = frozenset((".", "!", "?", "…", "...", "?!", "!!", "!?", "??", "....", ".."))
_CLOSING = frozenset((")", "]", "}", "»", "”", "’", "›", "“", '"', "''"))
_CUE_REACH = 9
_DATELINE = 16
_STRONG = frozenset((".", "!", "?"))
_DASHES = frozenset(("-", "–", "—"))


class SentenceRules(msgspec.Struct, frozen=True):
    """The words of a language that decide on sentences; all but openers and abbreviations in lower case.

    `cue_forms`: verb forms that report. After one of `abbreviations` no sentence ends, after one of
    `closing_abbreviations` one ends where an opener follows; one of `sure_openers` begins one without a mark
    before. No verb comes after one of `determiners`; `complementizers` open a clause that is content.
    """

    cue_forms: Collection[str]
    abbreviations: Collection[str]
    closing_abbreviations: Collection[str]
    openers: Collection[str]
    sure_openers: Collection[str]
    determiners: Collection[str]
    complementizers: Collection[str]


def sentence_starts(
    words: Sequence[str],
    offsets: Sequence[int],
    marked: Quotations,
    rules: SentenceRules,
) -> list[bool]:
    """For each token whether a sentence begins there.

    `offsets`: code point of each token in the text that `marked` was found in.
    """
    kept = [index for index, word in enumerate(words) if "\n" in word or not word.isspace()]
    found = _starts([words[index] for index in kept], [offsets[index] for index in kept], marked, rules)
    starts = [False] * len(words)
    starts[:1] = [True] * len(words[:1])
    for index, start in zip(kept, found, strict=True):
        starts[index] = starts[index] or start
    return starts


def _starts(words: Sequence[str], offsets: Sequence[int], marked: Quotations, rules: SentenceRules) -> list[bool]:
    """The same over tokens none of which is white space within a line."""
    starts = [False] * len(words)
    starts[:1] = [True] * len(words[:1])
    closers = {mark.start for mark in marked.marks if mark.role == "close"}
    openers = {mark.start for mark in marked.marks if mark.role in ("open", "reopen")}
    around = _around(offsets, marked.quotations)
    embedded = _embedded(words, offsets, around)
    index = 0
    while index < len(words) - 1:
        word = words[index]
        following = index + 1
        if "\n" in word:
            starts[following] = True
        elif word in rules.closing_abbreviations:
            starts[following] = words[following] in rules.openers
        elif word in _TERMINAL and word not in rules.abbreviations and not _is_list_number(words, starts, index):
            following = _past_closing(words, offsets, following, closers, openers)
            if following < len(words) and _begins(words, index, following, around, embedded, rules=rules):
                starts[following] = True
        elif word in _DASHES:
            starts[following] = _is_capital(words, following) and _ends_dateline(words, starts, index)
        elif words[following] in rules.sure_openers and _ends_heading(words, index):
            starts[following] = True
        index = following
    return starts


def _ends_dateline(words: Sequence[str], starts: Sequence[bool], dash: int) -> bool:
    """Whether the place and the agency that a report begins with end at a dash: "MONTBRAC (Agence Aurore) - | Le
    pont". The place is in capitals, what else stands there in brackets."""
    first = dash - 1
    while first > 0 and not starts[first] and dash - first < _DATELINE:
        first -= 1
    place = words[first : words.index("(", first, dash)] if "(" in words[first:dash] else words[first:dash]
    bracketed = len(place) == dash - first or words[dash - 1] == ")"
    letters = [word for word in place if word[0].isalpha()]
    capitals = all(word.isupper() and len(word) > 1 for word in letters)
    return starts[first] and bool(letters) and capitals and bracketed


def _ends_heading(words: Sequence[str], index: int) -> bool:
    """Whether a heading that lost its line end stops here: a plain word, and a capital and a small word after it
    ("Un long hiver | Il a neigé")."""
    following = words[index + 2] if index + 2 < len(words) else ""
    return words[index].isalpha() and words[index].islower() and following[:1].islower()


def _is_list_number(words: Sequence[str], starts: Sequence[bool], index: int) -> bool:
    """Whether the dot at `index` stands after a number or letter that begins its sentence ("1. Name")."""
    return (
        words[index] == "."
        and index > 0
        and starts[index - 1]
        and (words[index - 1].isdigit() or len(words[index - 1]) == 1)
    )


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
    words: Sequence[str],
    offsets: Sequence[int],
    index: int,
    closers: Collection[int],
    openers: Collection[int],
) -> int:
    """The first token after a terminal mark that is no further terminal, closing mark or bracket."""
    while index < len(words):
        word = words[index]
        is_closing = word in _CLOSING and offsets[index] not in openers
        if _is_note(words, index):
            index += 2
        elif not (word in _TERMINAL or offsets[index] in closers or is_closing):
            break
        index += 1
    return index


def _is_note(words: Sequence[str], index: int) -> bool:
    """Whether the number of a note stands here: "[12]"."""
    return (
        words[index] == "["
        and words[index + 1 : index + 2] != []
        and words[index + 1].isdigit()
        and (words[index + 2 : index + 3] == ["]"])
    )


def _begins(
    words: Sequence[str],
    terminal: int,
    following: int,
    around: Sequence[Quotation | None],
    embedded: Collection[int],
    *,
    rules: SentenceRules,
) -> bool:
    """Whether the token after a terminal mark (and closing marks) begins a sentence."""
    word = words[following]
    if "\n" in word or word.isspace():
        return False
    quotation = around[terminal]
    if word in _DASHES and quotation is None:
        return _is_capital(words, following + 1)
    if word[0].islower() or word in (",", ";", ":", ")") or word in _DASHES:
        return False
    if quotation is None:
        return True
    if around[following] is quotation:
        return not (words[terminal] != "." and quotation.outer.start in embedded)
    if quotation.outer.start in embedded and words[terminal] == ".":
        return True  # its cue stands before it: X called it "a disgrace." Y left
    return not _cue_follows(words, following, around, rules)


def _is_capital(words: Sequence[str], index: int) -> bool:
    return index < len(words) and words[index][0].isupper()


def _cue_follows(words: Sequence[str], first: int, around: Sequence[Quotation | None], rules: SentenceRules) -> bool:
    """Whether the cue of a closed quotation follows: a subject, a reporting verb, no content of its own."""
    for index in range(first, min(first + _CUE_REACH, len(words))):
        word = words[index]
        if word in _STRONG or "\n" in word or around[index] is not None or word in (":", ";"):
            return False
        is_verb = index > first and words[index - 1].lower() not in rules.determiners
        if is_verb and word.lower() in rules.cue_forms:
            return _ends_without_content(words, index + 1, around, rules)
        if not (word[0].isupper() or word in (",", "-", "'s", "’s") or index - first < _CUE_REACH // 2):
            return False
    return False


def _ends_without_content(
    words: Sequence[str], first: int, around: Sequence[Quotation | None], rules: SentenceRules
) -> bool:
    """Whether a sentence goes on to its end with few words and neither colon nor quotation."""
    for index in range(first, min(first + 2 * _CUE_REACH, len(words))):
        if words[index] in _STRONG or "\n" in words[index]:
            return True
        word = words[index].lower()
        if word == ":" or around[index] is not None or word in rules.complementizers:
            return False
    return len(words) - first < 2 * _CUE_REACH
