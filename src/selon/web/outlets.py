"""What outlets rest on, compared: the profiles of their articles summed, with plots."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from selon.language import Language
from selon.library.listing import languages_held
from selon.library.profiles import By, Summed, most_quoted, summed
from selon.library.search import Filters
from selon.outputs.shown import percent
from selon.types import SourceKind
from selon.web.paging import offset, paging
from selon.web.parameters import PageNumber, Which
from selon.web.plots import kinds_bar, meter, range_meter
from selon.web.site import PAGE_LENGTH, Opened, language_of, page
from selon.web.sources import time_name

router = APIRouter(include_in_schema=False)


class Grouped(msgspec.Struct, frozen=True):
    """By what articles are summed together, and of which section."""

    by: By
    section: str | None


def grouping(
    by: Annotated[By, Query(description="What is summed together.")] = "outlet",
    section: Annotated[str | None, Query(max_length=300, description="Only of this section.")] = None,
) -> Grouped:
    """What is to be compared."""
    return Grouped(by, section)


Grouping = Annotated[Grouped, Depends(grouping)]


@router.get("/outlets")
def outlets(request: Request, library: Opened, which: Which, grouped: Grouping, number: PageNumber = 1) -> HTMLResponse:
    """Outlets compared (or sections, months, languages), and whom they quote most."""
    language = language_of(request)
    filters = chosen_profiles(which, grouped)
    groups = summed(library.connection, grouped.by, filters)
    asked = {**msgspec.structs.asdict(which), **msgspec.structs.asdict(grouped)}
    kinds = list[SourceKind](dict.fromkeys(kind for group in groups for kind in group.by_kind))
    return page(
        request,
        "outlets.jinja",
        here="outlets",
        groups=groups[offset(number) : offset(number) + PAGE_LENGTH],
        paging=paging("/outlets", len(groups), number, **asked),
        kinds=kinds,
        quoted=most_quoted(library.connection, filters, limit=12),
        which=which,
        grouped=grouped,
        languages=languages_held(library.connection),
        meter=meter,
        range_meter=range_meter,
        kinds_bar=kinds_bar,
        group_kinds=_kinds,
        group_told=lambda group, most=None: _told(group, language, most),
        time_name=lambda time: time_name(time, language),
    )


def _kinds(group: Summed) -> list[tuple[SourceKind, float]]:
    """The kinds of sources with what each carries of all that is attributed to a source of some kind."""
    return [(kind, part.share) for kind, part in group.by_kind.items() if part.share]


def _told(group: Summed, language: Language, most: int | None = None) -> str:
    """The same in words, most first; so many at most."""
    labels = language.labels
    shares = sorted(_kinds(group), key=lambda pair: -pair[1])
    return ", ".join(f"{labels.source_kinds[kind]} {percent(share, labels)}" for kind, share in shares[:most])


def chosen_profiles(which: Which, grouped: Grouped) -> Filters:
    """The articles whose profiles are summed, as the search chooses them."""
    return Filters(
        outlet=which.outlet, language=which.language, since=which.since, until=which.until, section=grouped.section
    )
