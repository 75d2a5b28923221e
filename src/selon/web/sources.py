"""The sources of a library, and a source with everything it said, over time and by outlet."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from selon.language import Language
from selon.library.echo_views import echo_list
from selon.library.speakers import SourceFilter, list_sources, said_by, source_record
from selon.outputs.shown import counted
from selon.types import SourceKind
from selon.web.failures import there
from selon.web.paging import offset, paging
from selon.web.parameters import Number, OneOutlet, PageNumber
from selon.web.plots import Stretch, stretches, timeline
from selon.web.saying import sayings_of
from selon.web.site import PAGE_LENGTH, Opened, language_of, page

_ENTITY = re.compile(r"Q[1-9][0-9]{0,11}")

router = APIRouter(include_in_schema=False)


def source_filter(
    name: Annotated[str | None, Query(max_length=200, description="Words of the name, or their beginnings.")] = None,
    kind: Annotated[SourceKind | None, Query(description="Only of this kind.")] = None,
) -> SourceFilter:
    """Which sources are asked for."""
    return SourceFilter(name=name, kind=kind)


WhichSources = Annotated[SourceFilter, Depends(source_filter)]


@router.get("/sources")
def sources(request: Request, library: Opened, which: WhichSources, number: PageNumber = 1) -> HTMLResponse:
    """All sources with a name, those of most articles first."""
    found = list_sources(library.connection, which, limit=PAGE_LENGTH, offset=offset(number))
    return page(
        request,
        "sources.jinja",
        here="sources",
        found=found,
        which=which,
        paging=paging("/sources", found.total, number, **msgspec.structs.asdict(which)),
    )


@router.get("/source/{source}")
def source_page(
    request: Request,
    library: Opened,
    source: Number,
    outlet: OneOutlet = None,
    number: PageNumber = 1,
) -> HTMLResponse:
    """A source: everything it said, or what one outlet reports of it; when; and who quoted it."""
    this = there(source_record(library.connection, source))
    rows = said_by(library.connection, source, outlet=outlet, limit=PAGE_LENGTH, offset=offset(number))
    here = [quoting for quoting in this.outlets if outlet in (None, quoting.outlet)]
    language = language_of(request)
    over = stretches((day.day, day.statements) for day in this.days)
    return page(
        request,
        "source.jinja",
        here="sources",
        this=this,
        outlet=outlet,
        entity=wikidata_address(this.wikidata),
        echoed=bool(echo_list(library.connection, sources=[source], limit=1)),
        over=over,
        timeline=timeline(over, language.web.sources.over_time, told_stretches(over, language)) if over else None,
        time_name=lambda time: time_name(time, language),
        sayings=sayings_of(library.connection, rows),
        total=sum(quoting.statements for quoting in here),
        paging=paging(f"/source/{source}", sum(quoting.statements for quoting in here), number, outlet=outlet),
    )


def told_stretches(over: list[Stretch], language: Language) -> list[str]:
    """For each stretch of time its name and its count in words."""
    labels = language.labels
    return [
        f"{time_name(stretch.time, language)}{labels.colon}"
        f"{counted(stretch.count, labels.statement_one, labels.statement_many)}"
        for stretch in over
    ]


def wikidata_address(entity: str | None) -> str | None:
    """The page of a source in Wikidata, where the authority file has its number.

    >>> wikidata_address("Q42"), wikidata_address("javascript:")
    ('https://www.wikidata.org/wiki/Q42', None)
    """
    return f"https://www.wikidata.org/wiki/{entity}" if entity and _ENTITY.fullmatch(entity) else None


def time_name(time: str, language: Language) -> str:
    """A day, a month or a year as people write it."""
    year, _, rest = time.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = language.dates.months[int(month) - 1]
    return language.labels.date.format(day=int(day), month=name, year=year) if day else f"{name} {year}"
