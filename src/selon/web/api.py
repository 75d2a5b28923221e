"""The API under /api: the same as the pages, as the records themselves in JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from selon.library.listing import ArticleList, Overview, list_articles, overview
from selon.types import Reading, Record
from selon.web.article import chosen
from selon.web.failures import API
from selon.web.openapi import described, endpoints, openapi
from selon.web.parameters import Limit, Number, Offset, VersionNumber, Which
from selon.web.site import Opened, page

RECORDS = (Overview, ArticleList, Reading)

router = APIRouter(prefix=API)


def reply(record: Record | dict[str, Any]) -> Response:
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
