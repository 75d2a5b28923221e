"""The application: every route of the pages and of the API, behind the guard."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import Response
from starlette.types import ASGIApp

from selon import __version__
from selon.web import api, article, echoes, facing, home, looks, outlets, search, sources
from selon.web.failures import answer_failures
from selon.web.guard import Guard
from selon.web.site import make_site

_FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}

static = APIRouter(include_in_schema=False)


@static.get("/static/selon.css")
async def style_sheet() -> Response:
    """The style sheet; its address has its digest, so that it need never be asked for again."""
    return Response(looks.style_sheet(), media_type="text/css", headers=_FOR_GOOD)


@static.get("/static/icon.svg")
async def icon() -> Response:
    """The icon."""
    return Response(looks.icon(), media_type="image/svg+xml", headers=_FOR_A_DAY)


def create_app(library: Path, host: str = "127.0.0.1") -> ASGIApp:
    """The application over the library in a file, for a server that listens at `host`."""
    application = FastAPI(
        title="Selon", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    application.state.site = make_site(library)
    answer_failures(application)
    for pages in (home, search, article, sources, echoes, facing, outlets, api):
        application.include_router(pages.router)
    application.include_router(static)
    return Guard(application, host)
