"""A statement as lists show it: its words, who says them, and the way to its place in the article."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from selon.library.search.hits import Hit, hits
from selon.library.speakers import Speaker, speakers
from selon.outputs.anchors import anchor

GAP = Markup(" […] ")


class Saying(msgspec.Struct, frozen=True):
    """What is shown of a statement, or of a text that was found. `title` is the article's, with its marked words."""

    hit: Hit
    words: Markup
    title: Markup | None
    speakers: tuple[Speaker, ...]
    href: str


def sayings(connection: sqlite3.Connection, found: Sequence[Hit]) -> list[Saying]:
    """What is shown of hits, in their order."""
    who = speakers(connection, [hit.statement for hit in found if hit.statement is not None])
    return [
        Saying(
            hit=hit,
            words=GAP.join(marked(part.text, part.marks) for part in hit.parts),
            title=marked(hit.title, hit.title_marks) if hit.title else None,
            speakers=who.get(hit.statement, ()) if hit.statement is not None else (),
            href=_href(hit),
        )
        for hit in found
    ]


def sayings_of(connection: sqlite3.Connection, statements: Sequence[int]) -> list[Saying]:
    """What is shown of statements by their rows, in their order."""
    return sayings(connection, hits(connection, statements, None, text=False))


def marked(text: str, marks: Sequence[tuple[int, int]]) -> Markup:
    """A text with its marked ranges, which do not overlap.

    >>> marked("a <b> c", [(2, 5)])
    Markup('a <mark>&lt;b&gt;</mark> c')
    """
    pieces, place = [], 0
    for start, end in marks:
        pieces += [Markup("{}").format(text[place:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        place = end
    return Markup("").join([*pieces, text[place:]])


def _href(hit: Hit) -> str:
    """The article, at the statement where one was found."""
    page = f"/article/{hit.article}"
    if hit.statement is None:
        return page
    return f"{page}#{anchor(hit.parts[0].where, hit.parts[0].start, hit.parts[-1].end)}"
