"""An article's title and paragraphs as HTML in which every content, cue and mention is marked.

Beside each paragraph stand notes: who says what in it, so that nobody has to go by colours alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from markupsafe import Markup

from selon.outputs.anchors import Anchors
from selon.outputs.segments import Layer, Point, marked_up
from selon.outputs.shown import TIGHT_MARKS, Shown, ShownStatement
from selon.types import Passage, Span, Statement

Classes = Callable[[Sequence[int]], str]
_HEARSAY, _CONTENT, _CUE, _MENTION, _TIGHT = range(5)


class Note(msgspec.Struct, frozen=True):
    """Who says the statements of these numbers in a paragraph; `continued` where they began before it."""

    css: str
    names: str
    numbers: tuple[str, ...]
    continued: bool
    inner: bool
    signs: tuple[str, ...]


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph, marked up, and what stands beside it."""

    html: Markup
    notes: tuple[Note, ...]


class Marked(msgspec.Struct, frozen=True):
    """An article's title (None without one) and its paragraphs that are not empty."""

    title: Paragraph | None
    paragraphs: tuple[Paragraph, ...]


def marked(this: Shown, anchors: Anchors, classes: Classes) -> Marked:
    """The marked text of an article whose statements have these ids; `classes` gives colours theirs."""
    article = this.reading.article
    title_layers, title_points = _marks(this, anchors, classes, in_title=True)
    layers, points = _marks(this, anchors, classes, in_title=False)
    title = None
    if article.title:
        whole = Span(0, len(article.title))
        html = _in_range(article.title, whole, title_layers, title_points)
        title = Paragraph(html, _notes(this, whole, classes, in_title=True))
    paragraphs = [
        Paragraph(_in_range(article.text, span, layers, points), _notes(this, span, classes, in_title=False))
        for span in _paragraphs(article.text)
    ]
    return Marked(title, tuple(paragraphs))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _in_range(text: str, span: Span, layers: Sequence[Layer], points: Sequence[Point]) -> Markup:
    tight = [
        Layer(*match.span(), "span", Markup(' class="tight"'), _TIGHT)
        for match in TIGHT_MARKS.finditer(text, span.start, span.end)
    ]
    here = [point for point in points if span.start < point.offset <= span.end]
    return marked_up(text, span.start, span.end, [*layers, *tight], here)


def _marks(this: Shown, anchors: Anchors, classes: Classes, *, in_title: bool) -> tuple[list[Layer], list[Point]]:
    """The layers and numbers of the statements in the title, or of those in the text with its hearsay."""
    entries = [entry for entry in this.statements if entry.in_title == in_title]
    layers = list(dict.fromkeys(layer for entry in entries for layer in _layers(entry, anchors.number, classes)))
    if not in_title:
        layers.extend(
            Layer(passage.start, passage.end, "span", Markup(' class="hearsay"'), _HEARSAY)
            for passage in this.reading.profile.hearsay
        )
    inner_first = sorted(entries, key=lambda entry: -entry.statement.content[0].start)
    return layers, [_number(entry, anchors, classes, this) for entry in inner_first]


def _layers(entry: ShownStatement, number: int, classes: Classes) -> Iterator[Layer]:
    statement = entry.statement
    css = " ".join([classes(entry.colours), *(f"x{number}-{colour}" for colour in entry.colours)])
    inner = " inner" if statement.inside is not None else ""
    said = Markup(' class="said {} {}{}" title="{}"').format(statement.form, css, inner, "; ".join(entry.names))
    for part in statement.content:
        yield Layer(part.start, part.end, "span", said, _CONTENT)
    for passage, tag, name, rank in (
        (statement.cue, "b", "cue", _CUE),
        (statement.mention, "span", "mention", _MENTION),
    ):
        if passage is not None and (passage.where is not msgspec.UNSET) == entry.in_title:
            yield Layer(passage.start, passage.end, tag, Markup(' class="{} {}"').format(name, css), rank)


def _number(entry: ShownStatement, anchors: Anchors, classes: Classes, this: Shown) -> Point:
    """The statement's number at the end of its content; the style sheet draws it, so copied text has none.

    Before the first number of a source stands the place to which its name in the panel leads.
    """
    statement = entry.statement
    names = "; ".join(entry.names) or this.labels.unexpressed
    places = Markup("").join(
        Markup('<span class="place x{a}-{colour}" id="a{a}-x{colour}"></span>').format(a=anchors.number, colour=colour)
        for colour in entry.first_of
    )
    html = Markup(
        '<a class="number {css}" id="{place}" href="#{listed}" data-number="{id}" aria-label="{id}, {names}"></a>'
    ).format(
        css=classes(entry.colours),
        place=anchors.in_text[statement.id],
        listed=anchors.in_list[statement.id],
        id=statement.id,
        names=names,
    )
    return Point(max(part.end for part in statement.content), places + html)


# --- the notes beside a paragraph


def _notes(this: Shown, span: Span, classes: Classes, *, in_title: bool) -> tuple[Note, ...]:
    """Who says what in a paragraph, in the order of the text; neighbours of one source are one note."""
    notes: list[Note] = []
    here = [entry for entry in this.statements if entry.in_title == in_title and _first(entry.statement, span)]
    for entry in sorted(here, key=lambda entry: _first(entry.statement, span) or (0, 0)):
        note = Note(
            css=classes(entry.colours),
            names=" + ".join(entry.names) or this.labels.unexpressed,
            numbers=(entry.statement.id,),
            continued=entry.statement.content[0].start < span.start,
            inner=entry.statement.inside is not None,
            signs=tuple(sign for sign in entry.signs if sign != this.labels.in_title),
        )
        last = notes[-1] if notes else None
        if last is not None and _alike(last, note):
            notes[-1] = msgspec.structs.replace(last, numbers=last.numbers + note.numbers)
        else:
            notes.append(note)
    if not in_title and any(_overlaps(passage, span) for passage in this.reading.profile.hearsay):
        notes.append(Note("heard", this.labels.hearsay_short, (), continued=False, inner=False, signs=()))
    return tuple(notes)


def _first(statement: Statement, span: Span) -> tuple[int, int] | None:
    """Where the content begins in a paragraph, the longer one first; None where none of it is there."""
    parts = [part for part in statement.content if _overlaps(part, span)]
    return (parts[0].start, -parts[-1].end) if parts else None


def _overlaps(passage: Passage, span: Span) -> bool:
    return passage.start < span.end and passage.end > span.start


def _alike(left: Note, right: Note) -> bool:
    return (left.css, left.names, left.continued, left.inner, left.signs) == (
        right.css,
        right.names,
        right.continued,
        right.inner,
        right.signs,
    )
