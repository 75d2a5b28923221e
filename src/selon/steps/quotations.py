"""Finds the quotations of a text by their marks alone: no words, no parse.

Every mark is first read by its glyph and its neighbours (a straight one opens after a space and closes before one),
then a stack pairs openers with closers. A quotation may run over paragraphs: reopened at each and closed once, or
closed later without reopening. A mark without a partner is stray, or, where it stands at the head of a sentence,
opens a quotation whose end is guessed at the end of the paragraph. Time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from selon.types import Mark, Quotation, Span

_MARK = re.compile(r"(?!(?<=[^\W\d_])''')''|``|[«»“”„‟\"‹›‘’']")  # in "l'''état" the first is an apostrophe
_OPENERS = frozenset("«“„‟‹‘")
_CLOSERS = frozenset("»”›’")
_SINGLE = frozenset("‹›‘’'")
_FAMILY = {
    "«": "angle", "»": "angle", "“": "double", "”": "double", "„": "double", "‟": "double", '"': "double",
    "''": "double", "``": "double", "‹": "single angle", "›": "single angle", "‘": "single", "’": "single",
    "'": "single",
}  # fmt: skip
_DASH = re.compile(r"[—–―][ \u00a0\u202f]*(?=\S)|-[ \u00a0\u202f]+(?=[^\W\d_])")
_BEFORE_OPENER = frozenset("([{-–—/'’=>")
_AFTER_CLOSER = frozenset(".,;:!?…)]}-–—/'’")
_LOOK_AHEAD = 4
_LONG_PARAGRAPH = 600
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")


class Quotations(msgspec.Struct, frozen=True):
    """The quotations of a text in order of their beginning, and all its quotation marks in order."""

    quotations: tuple[Quotation, ...]
    marks: tuple[Mark, ...]


class _Candidate(msgspec.Struct):
    """A mark before it is paired: `opens` and `closes` say what its neighbours allow."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool
    heads: bool  # first thing of its paragraph
    paragraph: int


class _Open(msgspec.Struct):
    """A quotation that is open while the marks are read."""

    mark: _Candidate
    begin: int  # where the part of the current paragraph begins
    parts: list[Span]
    depth: int
    paragraph: int
    reopened: list[_Candidate]


def quotations(text: str) -> Quotations:
    """All quotations of `text`; offsets are code points.

    >>> quotations("Il dit : « Oui. »").quotations[0].parts
    (Span(start=11, end=15),)
    """
    paragraphs = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if not m.group().isspace()]
    return _Pairing(text, paragraphs).run()


class _Pairing:
    """The stack machine over all marks of one text."""

    def __init__(self, text: str, paragraphs: list[Span]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.candidates = list(self._candidates())
        self.stack: list[_Open] = []
        self.done: list[Quotation] = []
        self.roles: dict[int, Mark] = {}

    def run(self) -> Quotations:
        by_paragraph: list[list[int]] = [[] for _ in self.paragraphs]
        for index, candidate in enumerate(self.candidates):
            by_paragraph[candidate.paragraph].append(index)
        for number, paragraph in enumerate(self.paragraphs):
            for index in by_paragraph[number]:
                self._meet(index)
            following = by_paragraph[number + 1] if number + 1 < len(self.paragraphs) else []
            self._end_paragraph(paragraph, self.candidates[following[0]] if following else None)
        self.done.extend(self._dialogue())
        self.done.sort(key=lambda quotation: (quotation.outer.start, -quotation.outer.end))
        return Quotations(tuple(self.done), tuple(self.roles[key] for key in sorted(self.roles)))

    # --- reading one mark by its neighbours

    def _candidates(self) -> Iterator[_Candidate]:
        for number, (start, end) in enumerate(self.paragraphs):
            nothing_before = True
            last_end = start
            for match in _MARK.finditer(self.text, start, end):
                nothing_before = nothing_before and self.text[last_end : match.start()].strip() == ""
                candidate = self._read(match, start, end, number, nothing_before)
                last_end = match.end()
                if candidate is not None:
                    yield candidate

    def _read(self, match: re.Match[str], start: int, end: int, number: int, heads: bool) -> _Candidate | None:
        glyph = match.group()
        before = self.text[match.start() - 1] if match.start() > start else " "
        after = self.text[match.end()] if match.end() < end else " "
        may_open = (before.isspace() or before in _BEFORE_OPENER or before in _OPENERS or before == '"') and not (
            after.isspace() or after in ",;:!?)]}" or (after == "." and not self.text.startswith("..", match.end()))
        )
        may_close = not (before.isspace() or before in "([{") and (
            after.isspace() or after in _AFTER_CLOSER or after in _CLOSERS or after == '"'
        )
        family = _FAMILY[glyph]
        if family == "single":
            # An apostrophe is a mark only where it cannot be anything else.
            opens = may_open and not may_close and glyph != "’" and before != "'"
            closes = may_close and glyph != "‘"
            if not (opens or closes) or (before.isalnum() and after.isalnum()):
                return None
            return _Candidate(match.start(), match.end(), family, opens, closes, heads, number)
        if glyph in _OPENERS:
            opens, closes = True, glyph in "“‟" and may_close and not may_open
        elif glyph in _CLOSERS:
            opens, closes = may_open and not may_close, True
        elif may_open == may_close:
            opens, closes = True, True
        else:
            opens, closes = may_open, may_close
        return _Candidate(match.start(), match.end(), family, opens, closes, heads, number)

    # --- pairing

    def _meet(self, index: int) -> None:
        mark = self.candidates[index]
        top = self._top(mark)
        if mark.heads and self.stack and self.stack[0].paragraph < mark.paragraph and (mark.opens or mark.closes):
            self._reopen(mark)
        elif top is not None and mark.closes:
            self._close(mark, top)
        elif mark.opens and mark.family == "single" and not self._has_partner(index):
            return
        elif mark.opens:
            self._open(index, mark, top)
        elif mark.family != "single":
            self._set(mark, "stray")

    def _top(self, mark: _Candidate) -> int | None:
        """The index in the stack of what a closer would close: the innermost of its family, or the innermost double."""
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].mark.family == mark.family:
                return index
        if self.stack and mark.family in ("angle", "double") and self.stack[-1].mark.family in ("angle", "double"):
            return len(self.stack) - 1
        return None

    def _has_partner(self, index: int) -> bool:
        """Whether a single mark that opens is followed by one that closes, in the same paragraph."""
        mark = self.candidates[index]
        for other in self.candidates[index + 1 : index + 1 + 3 * _LOOK_AHEAD]:
            if other.paragraph != mark.paragraph:
                return self._reopens(mark, other)
            if other.family == "single" and other.closes:
                return True
        return False

    def _reopens(self, mark: _Candidate, other: _Candidate) -> bool:
        """Whether a single mark of the next paragraph, of the same glyph and at its head, reopens a quotation."""
        same = self.text[mark.start : mark.end] == self.text[other.start : other.end]
        return same and other.heads and other.opens and other.paragraph == mark.paragraph + 1

    def _open(self, index: int, mark: _Candidate, top: int | None) -> None:
        if top is not None and self.stack[top].mark.family == mark.family and not self._nests(index):
            self._abandon(top, mark.start)
        self.stack.append(_Open(mark, mark.end, [], len(self.stack), mark.paragraph, []))

    def _nests(self, index: int) -> bool:
        """Whether a second opener of a family is nested in the first: two closers follow before the next opener."""
        mark = self.candidates[index]
        depth = 2
        for other in self.candidates[index + 1 : index + 1 + _LOOK_AHEAD]:
            if other.family != mark.family:
                continue
            if other.paragraph != mark.paragraph:
                break
            if other.closes:
                depth -= 1
                if depth == 0:
                    return True
            elif other.opens:
                return False
        return False

    def _reopen(self, mark: _Candidate) -> None:
        open_ = self.stack[0]
        for inner in self.stack[1:]:
            self._set(inner.mark, "stray")
        del self.stack[1:]
        open_.begin = mark.end
        open_.paragraph = mark.paragraph
        open_.reopened.append(mark)
        self._set(mark, "reopen")

    def _close(self, mark: _Candidate, top: int) -> None:
        for inner in self.stack[top + 1 :]:
            self._set(inner.mark, "stray")
        open_ = self.stack[top]
        del self.stack[top:]
        self._part(open_, mark.start)
        self._set(mark, "close")
        self._finish(open_, mark.end, closed=True)

    def _abandon(self, top: int, before: int) -> None:
        """The quotations from `top` on were never closed: guess the end of the outermost, drop the others."""
        for inner in self.stack[top + 1 :]:
            self._set(inner.mark, "stray")
        open_ = self.stack[top]
        del self.stack[top:]
        if not self._heads_sentence(open_.mark):
            self._set(open_.mark, "stray")
            for mark in open_.reopened:
                self._set(mark, "stray")
            return
        self._part(open_, self._guessed_end(open_.begin, before))
        end = open_.parts[-1].end if open_.parts else open_.mark.end
        self._finish(open_, end, closed=False)

    def _guessed_end(self, begin: int, limit: int) -> int:
        if limit - begin <= _LONG_PARAGRAPH:
            return limit
        end = _SENTENCE_END.search(self.text, begin, limit)
        return end.end() if end else limit

    def _heads_sentence(self, mark: _Candidate) -> bool:
        """Whether an opener stands where a quotation would begin: at the head of a paragraph or sentence, after ':'."""
        begin, before = self.paragraphs[mark.paragraph].start, mark.start - 1
        while before >= begin and self.text[before].isspace():
            before -= 1
        return before < begin or self.text[before] in ":.!?…—–"

    def _end_paragraph(self, paragraph: Span, following: _Candidate | None) -> None:
        if not self.stack:
            return
        runs_on = following is not None and (
            following.heads or (following.closes and not following.opens and self._top(following) == 0)
        )
        outermost = self.stack[0]
        for inner in self.stack[1:]:
            self._set(inner.mark, "stray")
        del self.stack[1:]
        single = outermost.mark.family == "single"
        if runs_on and (not single or (following is not None and self._reopens(outermost.mark, following))):
            self._part(outermost, paragraph.end)
            following_paragraph = self.paragraphs[following.paragraph] if following else paragraph
            outermost.begin = following_paragraph.start
            return
        self._abandon(0, paragraph.end)

    # --- results

    def _part(self, open_: _Open, end: int) -> None:
        words = self.text[open_.begin : end]
        begin = open_.begin + len(words) - len(words.lstrip())
        finish = open_.begin + len(words.rstrip())
        if finish > begin:
            open_.parts.append(Span(begin, finish))

    def _finish(self, open_: _Open, end: int, *, closed: bool) -> None:
        self._set(open_.mark, "open")
        if open_.parts:
            self.done.append(
                Quotation(
                    outer=Span(open_.mark.start, end),
                    parts=tuple(open_.parts),
                    depth=open_.depth,
                    closed=closed,
                )
            )

    def _set(self, mark: _Candidate, role: str) -> None:
        if role == "open":
            self.roles[mark.start] = Mark(mark.start, mark.end, "open")
        elif role == "close":
            self.roles[mark.start] = Mark(mark.start, mark.end, "close")
        elif role == "reopen":
            self.roles[mark.start] = Mark(mark.start, mark.end, "reopen")
        elif mark.family != "single":
            self.roles[mark.start] = Mark(mark.start, mark.end, "stray")

    def _dialogue(self) -> Iterator[Quotation]:
        """Paragraphs that begin with a dash; whether they are speech is decided where the words are known."""
        for start, end in self.paragraphs:
            match = _DASH.match(self.text, start)
            if match:
                finish = start + len(self.text[start:end].rstrip())
                if finish > match.end():
                    yield Quotation(
                        outer=Span(start, finish),
                        parts=(Span(match.end(), finish),),
                        depth=0,
                        closed=False,
                        dash=True,
                    )
