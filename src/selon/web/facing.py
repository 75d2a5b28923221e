"""What different sources say on one matter, side by side: in an article, in several, or in what a search finds."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from selon.language import Language
from selon.library import Library
from selon.library.compared import Compared, facing_in_articles, facing_in_library
from selon.library.facing import Facing, Matter
from selon.library.search import FilterError, Filters, QueryError
from selon.library.search import Query as Search
from selon.library.speakers import Speaker, sources_of
from selon.library.store import Version
from selon.outputs.anchors import passage_anchor
from selon.types import Passage, Statement
from selon.web.failures import NotThereError
from selon.web.parameters import MOST_IDS, Number, OneOutlet
from selon.web.saying import GAP, marked
from selon.web.search import Day
from selon.web.site import Opened, language_of, page

MOST_MATTERS = 30
MOST_ARTICLES = 24

router = APIRouter(include_in_schema=False)


class Side(msgspec.Struct, frozen=True):
    """A statement of a matter as it is shown. `also` counts the other places where its source says the same words."""

    words: Markup
    speakers: tuple[Speaker, ...]
    href: str
    language: str
    version: Version
    statement: Statement
    also: int


class Pair(msgspec.Struct, frozen=True):
    """Two statements that face one another, and how, in words."""

    one: Side
    other: Side
    how: tuple[str, ...]
    changed: bool


class MatterView(msgspec.Struct, frozen=True):
    """A matter as it is shown: what faces what, and what else is said on it."""

    words: tuple[str, ...]
    pairs: tuple[Pair, ...]
    others: tuple[Side, ...]


def asked_facing(
    *,
    q: Annotated[str, Query(max_length=1000, description="Words of what was said, as in a search.")] = "",
    source: Annotated[str | None, Query(max_length=200, description="Who says one side: words of the name.")] = None,
    outlet: OneOutlet = None,
    since: Day = None,
    until: Day = None,
) -> Search:
    """The search whose statements are compared."""
    return Search(words=q, filters=Filters(source=source, outlet=outlet, since=since, until=until))


AskedFacing = Annotated[Search, Depends(asked_facing)]
Articles = Annotated[
    list[Annotated[int, Query(ge=1, le=MOST_IDS)]],
    Query(max_length=10, description="The numbers of the articles to compare; without any the search tells them."),
]


@router.get("/article/{article}/facing")
def of_article(request: Request, library: Opened, article: Number) -> HTMLResponse:
    """The matters of one article."""
    return _page(request, library, asked=Search(), compared=in_articles(library, [article]), article=article)


@router.get("/facing")
def facing_page(
    request: Request,
    library: Opened,
    asked: AskedFacing,
    article: Articles = [],  # noqa: B006 - FastAPI copies it
) -> HTMLResponse:
    """The matters of articles by their numbers, or of those that a search finds."""
    if article:
        return _page(request, library, asked=asked, compared=in_articles(library, article))
    if asked == Search():
        return _page(request, library, asked=asked)
    try:
        return _page(request, library, asked=asked, compared=facing_in_library(library, asked, most=MOST_ARTICLES))
    except QueryError as error:
        return _page(request, library, asked=asked, fault=asked.words[error.at :])
    except FilterError:
        return _page(request, library, asked=asked, misread=True)


def in_articles(library: Library, articles: list[int]) -> Compared:
    """The matters of articles. Raises NotThereError where one of them is not there."""
    if any(library.current(article) is None for article in articles):
        raise NotThereError
    return facing_in_articles(library, articles)


def _page(
    request: Request, library: Library, *, asked: Search, compared: Compared | None = None,
    article: int | None = None, fault: str | None = None, misread: bool = False,
) -> HTMLResponse:  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault is not None or misread else HTTPStatus.OK
    return page(
        request,
        "facing.jinja",
        status=status,
        here="facing",
        asked=asked,
        compared=compared,
        matters=_matters(library, compared, language_of(request)) if compared is not None else (),
        article=library.current(article) if article is not None else None,
        fault=fault,
        misread=misread,
    )


def _matters(library: Library, compared: Compared, language: Language) -> list[MatterView]:
    """The matters as they are shown, so many at most."""
    sources = [sources_of(library.connection, version.id) for version in compared.versions]
    return [_matter(matter, compared, sources, language) for matter in compared.matters[:MOST_MATTERS]]


def _matter(matter: Matter, compared: Compared, sources: list[dict[str, int]], language: Language) -> MatterView:
    def side(number: int, marks: tuple[Passage, ...] = ()) -> Side:
        said = matter.statements[number]
        version, reading = compared.versions[said.article], compared.readings[said.article]
        of_id = {source.id: source for source in reading.sources}
        return Side(
            words=_marked(said.statement, marks),
            speakers=tuple(
                Speaker(name=of_id[id].name, kind=of_id[id].kind, source=sources[said.article].get(id))
                for id in said.statement.sources
            ),
            href=f"/article/{version.article}#{passage_anchor(said.statement)}",
            language=reading.article.language,
            version=version,
            statement=said.statement,
            also=len(said.also),
        )

    def pair(facing: Facing) -> Pair:
        how = tuple(dict.fromkeys(language.matters.marks[mark.kind] for mark in facing.marks))
        one = tuple(passage for mark in facing.marks for passage in mark.one)
        other = tuple(passage for mark in facing.marks for passage in mark.other)
        return Pair(side(facing.one, one), side(facing.other, other), how, facing.changed)

    paired = {number for facing in matter.facing for number in (facing.one, facing.other)}
    others = (side(number) for number in range(len(matter.statements)) if number not in paired)
    return MatterView(matter.words, tuple(map(pair, matter.facing)), tuple(others))


def _marked(statement: Statement, marks: tuple[Passage, ...]) -> Markup:
    """The words of a statement with those that show that it faces another."""
    return GAP.join(marked(part.text, _within(part, marks)) for part in statement.content)


def _within(part: Passage, marks: tuple[Passage, ...]) -> list[tuple[int, int]]:
    """What of the marks lies in a passage, counted from its start; marks that overlap are one."""
    found: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start, end = max(mark.start, part.start) - part.start, min(mark.end, part.end) - part.start
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
