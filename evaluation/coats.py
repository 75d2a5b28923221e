"""The dev sets in other coats: other quotation marks, other paragraphs, quotations reopened or never closed, dashes.

    python -m evaluation.coats

A newspaper's marks and paragraphs are no part of what it says, so what is marked stays where it is, in the new offsets,
and the figures should not change much. A coat is a list of edits of the text, in order and without overlap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from evaluation.gold import DEV_SETS, Marked, marked
from evaluation.score import FIGURES, match, tally, told_of_marks, told_of_reading, total
from selon.articles.inputs import Loaded
from selon.reader import Reader
from selon.steps.quotations import quotations
from selon.types import Quotation, Span

NO_BREAK, NARROW = "\u00a0", "\u202f"
SPACES = f" {NO_BREAK}{NARROW}"
STYLES = {
    "angle, ordinary spaces": ("« ", " »"),
    "angle, no-break spaces": (f"«{NO_BREAK}", f"{NO_BREAK}»"),
    "angle, narrow spaces": (f"«{NARROW}", f"{NARROW}»"),
    "angle, no spaces": ("«", "»"),
    "curly": ("“", "”"),
    "straight": ('"', '"'),
    "single angle": ("‹", "›"),
    "low": ("„", "“"),
    "single curly": ("‘", "’"),
    "two apostrophes": ("''", "''"),
}
_INNER = {"single curly": "curly", "single angle": "angle, no spaces"}  # the marks of a quotation in such a quotation
_MEASURED = (
    "angle, no-break spaces", "curly", "straight", "single angle", "low", "single curly", "two apostrophes",
)  # fmt: skip
_SENTENCE_END = re.compile(
    rf"(?<=[a-zà-ÿ\d-][a-zà-ÿ\d-][a-zà-ÿ\d%])(?:[.!?…]+[{SPACES}]?[\"»”›’]?|[{SPACES}]?[\"»”›’][.!?…])( )"
    rf"(?=[\"«“„‹‘]?[{SPACES}]?[A-ZÀ-Ý])"
)
_PARAGRAPH_END = re.compile(rf"[.,]?[{SPACES}]*(?:\n|$)")
_BREAK = re.compile(r"\s*\n\s*")


class Edit(NamedTuple):
    """Code points of the text that are replaced; none where something is put in between."""

    start: int
    end: int
    new: str


Coat = Callable[[str], list[Edit]]


def worn(text: str, edits: Iterable[Edit]) -> str:
    """The text after its edits."""
    pieces, position = [], 0
    for start, end, new in edits:
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])


def moved(span: Span, edits: Iterable[Edit]) -> Span:
    """A passage in the new text. A bound inside of what is replaced goes to that side of the new where the passage is.

    >>> moved(Span(2, 4), [Edit(0, 2, "“"), Edit(4, 6, "”")])
    Span(start=1, end=3)
    """
    start, end = span
    shift = new_start = new_end = 0
    for edit in edits:
        after = shift + len(edit.new) - (edit.end - edit.start)
        if edit.start < start < edit.end or edit.start == start == edit.end:
            new_start = edit.end + after - start
        elif edit.end <= start:
            new_start = after
        if edit.start < end < edit.end:
            new_end = edit.start + shift - end
        elif edit.end <= end and not edit.start == end == edit.end:
            new_end = after
        shift = after
    return Span(start + new_start, max(start + new_start, end + new_end))


# --- coats


def in_marks(style: str) -> Coat:
    """All even quotations in other marks; one inside another in marks that differ."""
    outer, inner = STYLES[style], STYLES[_INNER.get(style, "single curly")]

    def edits(text: str) -> list[Edit]:
        found = quotations(text)
        nested = [one.outer for one in found.quotations if one.depth]
        starts, ends = {span.start for span in nested}, {span.end for span in nested}
        made: list[Edit] = []
        for mark in found.marks:
            within = mark.end in ends if mark.role == "close" else mark.start in starts
            opener, closer = inner if within else outer
            if mark.role == "close":
                first = len(text[: mark.start].rstrip(SPACES))
                made.append(Edit(max(first, made[-1].end if made else 0), mark.end, closer))
            elif mark.role != "stray":
                made.append(Edit(mark.start, mark.end + _spaces(text, mark.end), opener))
        return made

    return edits


def merged(text: str) -> list[Edit]:
    """One paragraph; quotations that were reopened go on."""
    reopened = {mark.start: mark.end for mark in quotations(text).marks if mark.role == "reopen"}
    made = []
    for match_ in _BREAK.finditer(text):
        end = reopened.get(match_.end(), match_.end())
        if match_.start() > 0 and end < len(text):
            made.append(Edit(match_.start(), end + (_spaces(text, end) if end != match_.end() else 0), " "))
    return made


def split(text: str) -> list[Edit]:
    """A paragraph each sentence that ends outside of quotations."""
    outers = [one.outer for one in quotations(text).quotations]
    places = (found.start(1) for found in _SENTENCE_END.finditer(text))
    return [Edit(place, place + 1, "\n") for place in places if not any(a < place < b for a, b in outers)]


def reopened(text: str) -> list[Edit]:
    """A paragraph each sentence of a quotation, an opening mark before each, one closing mark at the end."""
    made = []
    for one in _even(text):
        opener = text[one.outer.start : one.parts[0].start]
        within = _SENTENCE_END.finditer(text, one.outer.start, one.outer.end)
        made += [Edit(found.start(1), found.end(1), f"\n{opener}") for found in within]
    return made


def unclosed(text: str) -> list[Edit]:
    """A paragraph each sentence; quotations at the end of one are never closed."""
    breaks = split(text)
    ends = {edit.start for edit in breaks}
    closers = [
        Edit(one.parts[-1].end, one.outer.end, "")
        for one in _even(text)
        if {one.outer.end, one.outer.end + 1} & ends or _PARAGRAPH_END.match(text, one.outer.end)
    ]
    return sorted([*breaks, *closers])


def dashes(text: str) -> list[Edit]:
    """A paragraph each sentence; one that a quotation begins, and that has no other, is a line of dialogue."""
    breaks = split(text)
    starts = sorted({0, *(edit.end for edit in breaks), *(found.end() for found in _BREAK.finditer(text))})
    begun = [one.outer.start for one in quotations(text).quotations]
    made = list(breaks)
    for one in _even(text):
        if one.outer.start not in starts:
            continue
        following = next((start for start in starts if start > one.outer.start), len(text))
        if sum(one.outer.start <= start < following for start in begun) == 1 and one.outer.end <= following:
            made += [Edit(one.outer.start, one.parts[0].start, "— "), Edit(one.parts[-1].end, one.outer.end, "")]
    return sorted(made)


def _even(text: str) -> list[Quotation]:
    """The outermost quotations in marks that are closed and stay in their paragraph."""
    found = quotations(text).quotations
    return [one for one in found if one.closed and not one.depth and not one.dash and len(one.parts) == 1]


def _spaces(text: str, place: int) -> int:
    return len(text[place:]) - len(text[place:].lstrip(SPACES))


COATS: dict[str, Coat] = {
    "as it is": lambda text: [],
    **{STYLES[style][0].strip() + " … " + STYLES[style][1].strip(): in_marks(style) for style in _MEASURED},
    "no paragraphs": merged,
    "each sentence": split,
    "reopened": reopened,
    "never closed": unclosed,
    "dashes": dashes,
}

# --- measured


def dressed(one: Marked, edits: Sequence[Edit]) -> Marked:
    """A marked article in a coat, with its marks where they belong."""

    def passage(given: dict[str, Any] | None) -> dict[str, Any] | None:
        if given is None or given.get("in") == "title":
            return given
        start, end = moved(Span(given["start"], given["end"]), edits)
        return {**given, "start": start, "end": end}

    statements = [
        {
            **statement,
            "content": [passage(part) for part in statement["content"]],
            "cue": passage(statement["cue"]),
            "mention": passage(statement["mention"]),
        }
        for statement in one.statements
    ]
    return Marked(msgspec.structs.replace(one.article, text=worn(one.article.text, edits)), statements)


def table(names: Sequence[str], coats: Iterable[str] = tuple(COATS)) -> str:
    """F1 of the five figures of each set in each coat, and how many places of the set the coat changes."""
    lines = []
    for name in names:
        lines.append(f"{name:16s} {'coat':16s} {'places':>6s} {' '.join(f'{figure:>8s}' for figure in FIGURES)}")
        articles = marked(name)
        for coat in coats:
            edits = [COATS[coat](one.article.text) for one in articles]
            changed = [dressed(one, some) for one, some in zip(articles, edits, strict=True)]
            readings = Reader().read_many(Loaded("", one.article) for one in changed)
            values = total(
                tally(match(one.article.text, told_of_marks(one.statements), told_of_reading(reading)))
                for one, reading in zip(changed, readings, strict=True)
            )
            cells = " ".join(f"{values[figure].f1:8.1f}" for figure in FIGURES)
            lines.append(f"{'':16s} {coat:16s} {sum(map(len, edits)):6d} {cells}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(list(DEV_SETS)))
