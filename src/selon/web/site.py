"""What every page needs: the library opened for it, its words in the browser's language, and its template filled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import jinja2
import msgspec
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from selon import __version__
from selon.language import Language, codes, load
from selon.library import Library
from selon.library.search.words import words_of
from selon.outputs.section import environment
from selon.outputs.shown import day
from selon.web.accepted import accepted
from selon.web.looks import digest

PAGE_LENGTH = 20


class Site(msgspec.Struct, frozen=True):
    """The library that is served, and the templates of the pages."""

    path: Path
    templates: jinja2.Environment


def make_site(path: Path) -> Site:
    """The site of the library in a file."""
    return Site(path, _templates())


@cache
def _templates() -> jinja2.Environment:
    """The templates, made ready with the words of all languages, so that the first page need not wait for them."""
    templates = environment("selon.web", "templates")
    templates.globals["style"] = f"/static/selon.css?v={digest()}"
    templates.globals["address"] = address
    templates.globals["version"] = __version__
    for name in templates.list_templates(extensions=["jinja"]):
        templates.get_template(name)
    for code in codes():
        language = load(code)
        _ = language.web, language.labels, language.dates, language.matters, language.echoes, words_of(code)
    return templates


def opened(request: Request) -> Iterator[Library]:
    """The library, only to be read and as it is at this moment, for as long as a request takes."""
    with Library.open(site_of(request).path, read_only=True) as library:
        library.connection.execute("BEGIN")
        yield library


Opened = Annotated[Library, Depends(opened)]


def site_of(request: Request) -> Site:
    """The site that a request is made to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def language_of(request: Request) -> Language:
    """The language in which a request is answered."""
    return accepted(request.headers.get("accept-language"))


def page(
    request: Request, template: str, *, status: int = HTTPStatus.OK, here: str = "", **values: Any
) -> HTMLResponse:
    """A page from its template; `here` is the entry of the navigation that it belongs to."""
    language = language_of(request)
    html = (
        site_of(request)
        .templates.get_template(template)
        .render(
            words=language.web,
            labels=language.labels,
            language=language.code,
            here=here,
            date=lambda published: day(published, language),
            language_name=language_name,
            number=lambda count: grouped(count, language.web.thousands),
            **values,
        )
    )
    headers = {"Content-Language": language.code, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
    return HTMLResponse(html, status_code=status, headers=headers)


def language_name(code: str) -> str:
    """A language's own name, or its code where it is none of those that are there."""
    return load(code).general.name if code in codes() else code


def grouped(number: int, separator: str) -> str:
    """A number with its thousands apart.

    >>> grouped(1234567, ",")
    '1,234,567'
    """
    return f"{number:,}".replace(",", separator)


def address(path: str, **parameters: object) -> str:
    """An address on this site with those parameters that have a value.

    >>> address("/articles", outlet="Le Fanal", since=None)
    '/articles?outlet=Le+Fanal'
    """
    told = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{path}?{urlencode(told)}" if told else path
