"""The API under /api: the same as the pages, as the records themselves in JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from selon.library.listing import ArticleList, Overview, list_articles, overview
from selon.library.search import FilterError, QueryError, Results, search
from selon.library.search.hits import hits
from selon.library.speakers import SourceList, SourceRecord, list_sources, said_by, source_record
from selon.types import Reading
from selon.web.article import chosen
from selon.web.failures import API, there
from selon.web.openapi import described, endpoints, openapi
from selon.web.parameters import Limit, Number, Offset, OneOutlet, VersionNumber, Which
from selon.web.search import Asked
from selon.web.site import Opened, page
from selon.web.sources import WhichSources

RECORDS = (Overview, ArticleList, Reading, Results, SourceList, SourceRecord)

router = APIRouter(prefix=API)


def reply(record: msgspec.Struct | dict[str, Any]) -> Response:
    """A record as JSON."""
    return Response(msgspec.json.encode(record), media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.get("", include_in_schema=False)
def listed(request: Request) -> HTMLResponse:
    """A page that lists what the API gives."""
    return page(request, "api.jinja", here="about", endpoints=endpoints(openapi(router, RECORDS)))


@router.get("/openapi.json", include_in_schema=False)
def schema() -> Response:
    """The description of the API, OpenAPI 3.1."""
    return reply(openapi(router, RECORDS))


@router.get("/overview", **described(Overview))
def get_overview(library: Opened) -> Response:
    """What the library holds, in numbers."""
    return reply(overview(library.connection))


@router.get("/articles", **described(ArticleList))
def get_articles(library: Opened, which: Which, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The articles, the newest first."""
    return reply(list_articles(library, which, limit=limit, offset=offset))


@router.get("/articles/{article}", **described(Reading))
def get_article(library: Opened, article: Number, version: VersionNumber = None) -> Response:
    """The record of an article: the same as `selon read` gives."""
    return reply(library.reading(chosen(library.versions(article), version).id))


@router.get("/statements", **described(Results))
def get_statements(library: Opened, asked: Asked, limit: Limit = 50, offset: Offset = 0) -> Response:
    """What was said, found by its words and by who said it, where and when; or whole texts."""
    try:
        return reply(search(library.connection, msgspec.structs.replace(asked, limit=limit, offset=offset)))
    except (QueryError, FilterError) as error:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


@router.get("/sources", **described(SourceList))
def get_sources(library: Opened, which: WhichSources, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The sources over all articles, those of most articles first."""
    return reply(list_sources(library.connection, which, limit=limit, offset=offset))


@router.get("/sources/{source}", **described(SourceRecord))
def get_source(library: Opened, source: Number) -> Response:
    """A source: its names, by which outlets it was quoted, and when."""
    return reply(there(source_record(library.connection, source)))


@router.get("/sources/{source}/statements", **described(Results))
def get_said_by(
    *, library: Opened, source: Number, outlet: OneOutlet = None, limit: Limit = 50, offset: Offset = 0
) -> Response:
    """Everything that a source said, of the newest articles first."""
    this = there(source_record(library.connection, source))
    rows = said_by(library.connection, source, outlet=outlet, limit=limit, offset=offset)
    total = sum(quoting.statements for quoting in this.outlets if outlet in (None, quoting.outlet))
    return reply(Results(hits=tuple(hits(library.connection, rows, None, text=False)), total=total, more=False))
