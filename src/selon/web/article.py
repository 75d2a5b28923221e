"""The page of an article: its statements marked, its sources and profile, and the versions it had."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from selon.library.store import Version
from selon.outputs.anchors import by_passage
from selon.outputs.section import Links, section
from selon.outputs.shown import shown
from selon.web.failures import NotThereError
from selon.web.parameters import Number, VersionNumber
from selon.web.site import Opened, language_of, page

router = APIRouter(include_in_schema=False)


@router.get("/article/{article}")
def article(request: Request, library: Opened, article: Number, version: VersionNumber = None) -> HTMLResponse:
    """An article as it is now, or in one of its versions."""
    versions = library.versions(article)
    this = chosen(versions, version)
    reading = library.reading(this.id)
    return page(
        request,
        "article.jinja",
        here="articles",
        section=section(shown(reading, language_of(request)), by_passage(reading), Links()),
        this=this,
        versions=versions,
    )


def chosen(versions: list[Version], number: int | None) -> Version:
    """The version of a number, or the newest. Raises NotThereError where there is none."""
    for version in versions:
        if number in (None, version.number):
            return version
    raise NotThereError
