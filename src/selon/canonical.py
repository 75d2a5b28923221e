"""The text as the parser sees it: one kind of marks, apostrophes and spaces, with the way back to the offsets.

« A », “A”, „A“ and ''A'' all become "A" (the marks hug their content), ’ becomes ', no-break and narrow spaces become
ordinary ones, so that which marks a newspaper prints cannot change what is read. Only what the quotation step took
for a quotation mark is changed, so an apostrophe stays one.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from selon.types import Mark, Span

_SPACES = "\u00a0\u202f\u2009\u2007\u200a\u2002\u2003\t"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’ʼ‘´`", "'"),
        **dict.fromkeys(_SPACES, " "),
        "\u2011": "-",
    }
)


class Canonical(msgspec.Struct, frozen=True):
    """A stretch of text in canonical form: character i of `text` comes from original[starts[i]:ends[i]]."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> Span:
        """The code points of the original behind the canonical range start:end (end > start)."""
        return Span(self.starts[start], self.ends[end - 1])


def canonical(text: str, start: int, end: int, marks: Iterable[Mark]) -> Canonical:
    """text[start:end] in canonical form; `marks` are the quotation marks in that stretch, in order.

    >>> canonical("Il dit : « Oui ».", 0, 17, [Mark(9, 10, "open"), Mark(15, 16, "close")]).text
    'Il dit : "Oui".'
    """
    plain = text[start:end].translate(_PLAIN)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = start

    def copy(until: int) -> None:
        nonlocal position
        if until > position:
            pieces.append(plain[position - start : until - start])
            starts.extend(range(position, until))
            ends.extend(range(position + 1, until + 1))
        position = max(position, until)

    for mark in marks:
        before = mark.start
        if mark.role == "close":
            while before > position and plain[before - 1 - start] == " ":
                before -= 1
        copy(before)
        pieces.append('"')
        starts.append(mark.start)
        ends.append(mark.end)
        position = mark.end
        if mark.role in ("open", "reopen"):
            while position < end and plain[position - start] == " ":
                position += 1
    copy(end)
    return Canonical("".join(pieces), starts, ends)
