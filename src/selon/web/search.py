"""The page on which the library is searched."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from selon.language import Language
from selon.library.listing import languages_held, outlets_held
from selon.library.search import Facets, FilterError, Filters, QueryError, facets, search
from selon.library.search import Query as Search
from selon.types import Act, Form, SourceKind
from selon.web.paging import offset, paging
from selon.web.parameters import PageNumber
from selon.web.saying import sayings
from selon.web.site import PAGE_LENGTH, Opened, address, language_name, language_of, page
from selon.web.sources import time_name

MOST_WAYS = 8

Where = Literal["said", "text"]
Day = Annotated[
    str | None, Query(max_length=10, description="An ISO day, month or year (2025-03-13, 2025-03, 2025), included.")
]


class Narrowing(msgspec.Struct, frozen=True):
    """One way to narrow a search down: each value in words, how many hits it leaves, and where it leads."""

    heading: str
    ways: tuple[tuple[str, int, str], ...]


router = APIRouter(include_in_schema=False)


def asked_for(
    *,
    q: Annotated[str, Query(max_length=1000, description='Words, "a phrase", begin*, OR, NOT, -word, ( ).')] = "",
    where: Annotated[Where, Query(alias="in", description="In what was said, or in whole texts.")] = "said",
    source: Annotated[str | None, Query(max_length=200, description="Who says it: words of the name.")] = None,
    kind: Annotated[SourceKind | None, Query(description="What says it.")] = None,
    form: Annotated[Form | None, Query(description="In which form it is reported.")] = None,
    act: Annotated[Act | None, Query(description="What is done by saying it.")] = None,
    denied: Annotated[bool | None, Query(description="Only what a source denies, or only the rest.")] = None,
    outlet: Annotated[str | None, Query(max_length=300, description="In which outlet.")] = None,
    section: Annotated[str | None, Query(max_length=300, description="In which section.")] = None,
    language: Annotated[str | None, Query(max_length=10, description="In which language: fr or en.")] = None,
    since: Day = None,
    until: Day = None,
    order: Annotated[
        Literal["relevance", "date"], Query(description="Which come first: the best or the newest.")
    ] = "relevance",
) -> Search:
    """What is looked for."""
    filters = Filters(
        source=source, source_kind=kind, form=form, act=act, denied=denied, outlet=outlet, section=section,
        language=language, since=since, until=until,
    )  # fmt: skip
    return Search(words=q, text=where == "text", filters=filters, order=order)


Asked = Annotated[Search, Depends(asked_for)]


@router.get("/search")
def search_page(request: Request, library: Opened, asked: Asked, number: PageNumber = 1) -> HTMLResponse:
    """What was found, with the words looked for marked; without any words all that the filters leave."""
    nothing, language = asked == Search(), language_of(request)
    status, found, fault, misread = HTTPStatus.OK, None, None, None
    spread: Facets | None = None
    try:
        if not nothing:
            found = search(library.connection, msgspec.structs.replace(asked, limit=PAGE_LENGTH, offset=offset(number)))
            spread = facets(library.connection, asked) if found.total > 1 else None
    except QueryError as error:
        status, fault = HTTPStatus.UNPROCESSABLE_ENTITY, asked.words[error.at :]
    except FilterError:
        status, misread = HTTPStatus.UNPROCESSABLE_ENTITY, (asked.filters.since, asked.filters.until)
    return page(
        request,
        "search.jinja",
        status=status,
        here="search",
        asked=asked,
        narrowed=msgspec.structs.replace(asked, words="") != Search(),
        found=found,
        sayings=sayings(library.connection, found.hits) if found is not None else (),
        ways=_ways(asked, spread, language) if spread is not None else (),
        fault=fault,
        misread=misread,
        outlets=outlets_held(library.connection),
        languages=languages_held(library.connection),
        paging=paging("/search", found.total, number, **told(asked)) if found is not None else None,
    )


def _ways(asked: Search, spread: Facets, language: Language) -> list[Narrowing]:
    """What narrows a search down, with how much each leaves; what it is narrowed by already is left out."""
    words, filters = language.web.search, asked.filters
    by_month = {month: time_name(month, language) for month, _ in spread.months}
    by_language = {code: language_name(code) for code, _ in spread.languages}
    ways: tuple[tuple[str, str, tuple[tuple[str, int], ...], dict[str, str], str | None], ...] = (
        (words.outlet, "outlet", spread.outlets, {}, filters.outlet),
        (words.who, "source", spread.sources, {}, filters.source),
        (words.month, "month", spread.months, by_month, filters.since or filters.until),
        (words.language, "language", spread.languages, by_language, filters.language),
    )
    return [
        Narrowing(
            heading=heading,
            ways=tuple(
                (names.get(value, value), count, address("/search", **{**told(asked), **_narrowed(field, value)}))
                for value, count in counts[:MOST_WAYS]
            ),
        )
        for heading, field, counts, names, given in ways
        if given is None and len(counts) > 1
    ]


def _narrowed(field: str, value: str) -> dict[str, str]:
    return {"since": value, "until": value} if field == "month" else {field: value}


def told(asked: Search) -> dict[str, object]:
    """A search as the parameters of its address."""
    filters = msgspec.structs.asdict(asked.filters)
    return {
        "q": asked.words,
        "in": "text" if asked.text else None,
        "kind": filters.pop("source_kind"),
        **filters,
        "denied": str(asked.filters.denied).lower() if asked.filters.denied is not None else None,
        "order": asked.order if asked.order != "relevance" else None,
    }
