"""The page of an article: its statements marked, its sources and profile, and the versions it had."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from selon.language import Language
from selon.library import Library
from selon.library.echo_views import echo_links
from selon.library.speakers import sources_of
from selon.library.store import Version
from selon.outputs.anchors import by_passage
from selon.outputs.section import Link, Links, section
from selon.outputs.shown import counted, shown
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
    language = language_of(request)
    return page(
        request,
        "article.jinja",
        here="articles",
        section=section(shown(reading, language), by_passage(reading), _links(library, this, language)),
        this=this,
        versions=versions,
    )


def _links(library: Library, this: Version, language: Language) -> Links:
    """To the pages of the sources and of echoes; those of an older version are no rows of the library."""
    words = language.web.article
    sources = sources_of(library.connection, this.id)
    echoed = echo_links(library.connection, this.id)
    return Links(
        sources={number: Link(f"/source/{source}", words.all_said) for number, source in sources.items()},
        statements={
            number: (Link(f"/echo/{statement}", counted(articles - 1, words.echo_one, words.echo_many)),)
            for number, (statement, articles) in echoed.items()
        },
    )


def chosen(versions: list[Version], number: int | None) -> Version:
    """The version of a number, or the newest. Raises NotThereError where there is none."""
    for version in versions:
        if number in (None, version.number):
            return version
    raise NotThereError
