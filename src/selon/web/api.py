"""The API under /api: the same as the pages, as the records themselves in JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from selon.library.compared import facing_in_library
from selon.library.echo_views import EchoSummary, EchoView, echo_of
from selon.library.facing import Matter
from selon.library.listing import ArticleList, Overview, list_articles, overview
from selon.library.profiles import Quoted, Summed, most_quoted, summed
from selon.library.search import Facets, FilterError, QueryError, Results, facets, search
from selon.library.search.hits import hits
from selon.library.speakers import SourceList, SourceRecord, list_sources, said_by, source_record
from selon.types import Reading, Record
from selon.web.article import chosen
from selon.web.echoes import AskedEchoes, count_echoes, list_echoes
from selon.web.facing import MOST_ARTICLES, Articles, AskedFacing, in_articles
from selon.web.failures import API, there
from selon.web.openapi import described, endpoints, openapi
from selon.web.outlets import Grouping, chosen_profiles
from selon.web.parameters import Limit, Number, Offset, OneOutlet, VersionNumber, Which
from selon.web.search import Asked
from selon.web.site import Opened, page
from selon.web.sources import WhichSources


class Compared(Record, frozen=True, kw_only=True):
    """An article that was compared; `article` of a statement counts these."""

    article: int
    version: int


class EchoesRecord(Record, frozen=True, kw_only=True):
    """Some of the echoes, and how many there are."""

    total: int
    echoes: tuple[EchoSummary, ...]


class FacingRecord(Record, frozen=True, kw_only=True):
    """What is said on one matter; `more` says that more articles were found than were compared."""

    articles: tuple[Compared, ...]
    matters: tuple[Matter, ...]
    more: bool


class ProfilesRecord(Record, frozen=True, kw_only=True):
    """The summed profiles, those of most articles first, and the sources that carry most words in them."""

    groups: tuple[Summed, ...]
    most_quoted: tuple[Quoted, ...]


RECORDS = (
    Overview, ArticleList, Reading, Results, Facets, SourceList, SourceRecord, EchoesRecord, EchoView, FacingRecord,
    ProfilesRecord,
)  # fmt: skip

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
    """The record of an article: the same as selon read gives."""
    return reply(library.reading(chosen(library.versions(article), version).id))


@router.get("/statements", **described(Results))
def get_statements(library: Opened, asked: Asked, limit: Limit = 50, offset: Offset = 0) -> Response:
    """What was said, found by its words and by who said it, where and when; or whole texts."""
    try:
        return reply(search(library.connection, msgspec.structs.replace(asked, limit=limit, offset=offset)))
    except (QueryError, FilterError) as error:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error


@router.get("/statements/facets", **described(Facets))
def get_facets(library: Opened, asked: Asked) -> Response:
    """How what is found spreads over outlets, sources, months and languages."""
    try:
        return reply(facets(library.connection, asked))
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


@router.get("/echoes", **described(EchoesRecord))
def get_echoes(library: Opened, which: AskedEchoes, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The statements that stand in more than one article, those of most outlets first, or the newest."""
    found = list_echoes(library.connection, which, limit=limit, offset=offset)
    return reply(EchoesRecord(total=count_echoes(library.connection, which), echoes=tuple(found)))


@router.get("/echoes/{echo}", **described(EchoView))
def get_echo(library: Opened, echo: Number) -> Response:
    """One echo, by the row of any of its statements: its variants, and what was changed on the way."""
    return reply(there(echo_of(library.connection, echo)))


@router.get("/facing", **described(FacingRecord))
def get_facing(library: Opened, asked: AskedFacing, article: Articles = []) -> Response:  # noqa: B006 - FastAPI copies it
    """What different sources say on one matter: in articles by their numbers, or in those that a search finds."""
    try:
        compared = in_articles(library, article) if article else facing_in_library(library, asked, most=MOST_ARTICLES)
    except (QueryError, FilterError) as error:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
    articles = tuple(Compared(article=version.article, version=version.id) for version in compared.versions)
    return reply(FacingRecord(articles=articles, matters=compared.matters, more=compared.more))


@router.get("/profiles", **described(ProfilesRecord))
def get_profiles(library: Opened, which: Which, grouped: Grouping, limit: Limit = 50) -> Response:
    """What articles rest on, summed by outlet, section, month or language; and the sources that carry most words."""
    filters = chosen_profiles(which, grouped)
    groups = summed(library.connection, grouped.by, filters)
    quoted = most_quoted(library.connection, filters, limit=limit)
    return reply(ProfilesRecord(groups=tuple(groups), most_quoted=tuple(quoted)))
