"""The first page, the list of articles, and what the program is."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from selon.library.echo_views import echo_list
from selon.library.listing import ArticleFilter, languages_held, list_articles, outlets_held, overview
from selon.web.paging import offset, paging
from selon.web.parameters import PageNumber, Which
from selon.web.site import PAGE_LENGTH, Opened, page

NEWEST = 6
MOST_REPEATED = 4

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, library: Opened) -> HTMLResponse:
    """What the library holds, and its newest articles."""
    newest = list_articles(library, ArticleFilter(), limit=NEWEST)
    return page(
        request,
        "home.jinja",
        here="home",
        overview=overview(library.connection),
        newest=newest.articles,
        repeated=echo_list(library.connection, limit=MOST_REPEATED),
    )


@router.get("/articles")
def articles(request: Request, library: Opened, which: Which, number: PageNumber = 1) -> HTMLResponse:
    """All articles, or those of an outlet, a language, a time; the newest first."""
    found = list_articles(library, which, limit=PAGE_LENGTH, offset=offset(number))
    return page(
        request,
        "articles.jinja",
        here="articles",
        found=found,
        which=which,
        outlets=outlets_held(library.connection),
        languages=languages_held(library.connection),
        paging=paging("/articles", found.total, number, **msgspec.structs.asdict(which)),
    )


@router.get("/about")
def about(request: Request) -> HTMLResponse:
    """What Selon is, how its pages are to be read, and that it errs."""
    return page(request, "about.jinja", here="about")
