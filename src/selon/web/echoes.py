"""Echoes: statements that stand in several articles, and one of them with its variants and how they differ."""

from __future__ import annotations

import sqlite3
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from selon.interface import EchoWords
from selon.language import Language
from selon.library.echo_views import EchoOrder, EchoSummary, Variant, echo_count, echo_list, echo_of
from selon.library.speakers import Speaker, speakers
from selon.outputs.anchors import anchor
from selon.web.failures import there
from selon.web.paging import offset, paging
from selon.web.parameters import MOST_IDS, Number, PageNumber
from selon.web.plots import stretches, timeline
from selon.web.site import PAGE_LENGTH, Opened, language_of, page
from selon.web.sources import time_name, told_stretches

router = APIRouter(include_in_schema=False)


class WhichEchoes(msgspec.Struct, frozen=True):
    """Which echoes are asked for, and which come first."""

    source: int | None
    misquoted: bool
    order: EchoOrder


class Told(msgspec.Struct, frozen=True):
    """A variant as it is shown: its words against those it goes back to, and how it came to be."""

    variant: Variant
    words: Markup
    speakers: tuple[Speaker, ...]
    href: str
    origin: Variant | None
    copied: int | None


def echo_filter(
    source: Annotated[int | None, Query(ge=1, le=MOST_IDS, description="Of a source, by its number.")] = None,
    *,
    misquoted: Annotated[
        bool, Query(description="Only those that somewhere say something else, or name another source.")
    ] = False,
    order: Annotated[EchoOrder, Query(description="Which come first: the most repeated, or the newest.")] = "outlets",
) -> WhichEchoes:
    """Which echoes are asked for."""
    return WhichEchoes(source, misquoted, order)


AskedEchoes = Annotated[WhichEchoes, Depends(echo_filter)]


@router.get("/echoes")
def echoes(request: Request, library: Opened, which: AskedEchoes, number: PageNumber = 1) -> HTMLResponse:
    """The statements that stand in more than one article."""
    found = list_echoes(library.connection, which, limit=PAGE_LENGTH, offset=offset(number))
    total = count_echoes(library.connection, which)
    name = None
    if which.source is not None:
        row = library.connection.execute("SELECT name FROM source WHERE id = ?", (which.source,)).fetchone()
        name = there(row)[0]
    parameters = {
        "source": which.source,
        "misquoted": "true" if which.misquoted else None,
        "order": which.order if which.order != "outlets" else None,
    }
    return page(
        request,
        "echoes.jinja",
        here="echoes",
        found=found,
        total=total,
        which=which,
        name=name,
        paging=paging("/echoes", total, number, **parameters),
    )


@router.get("/echo/{echo}")
def echo_page(request: Request, library: Opened, echo: Number) -> HTMLResponse:
    """One echo: where it was first, where else, and what was changed on the way."""
    this = there(echo_of(library.connection, echo))
    language = language_of(request)
    days = sorted((variant.published or "")[:10] for variant in this.variants)
    over = stretches((day, 1) for day in days)
    return page(
        request,
        "echo.jinja",
        here="echoes",
        this=this,
        told=_told(this.variants, speakers(library.connection, [variant.statement for variant in this.variants])),
        differences=lambda variant: _differences(variant, language),
        over=over,
        timeline=timeline(over, language.web.echoes.over_time, told_stretches(over, language)) if over else None,
        time_name=lambda time: time_name(time, language),
    )


def count_echoes(connection: sqlite3.Connection, which: WhichEchoes) -> int:
    """How many echoes are asked for."""
    sources = [which.source] if which.source is not None else None
    return echo_count(connection, sources=sources, misquoted=which.misquoted)


def list_echoes(connection: sqlite3.Connection, which: WhichEchoes, *, limit: int, offset: int) -> list[EchoSummary]:
    """The echoes that are asked for, a stretch of them."""
    sources = [which.source] if which.source is not None else None
    return echo_list(
        connection, sources=sources, misquoted=which.misquoted, order=which.order, limit=limit, offset=offset
    )


def _told(variants: tuple[Variant, ...], who: dict[int, tuple[Speaker, ...]]) -> list[Told]:
    by_statement = {variant.statement: variant for variant in variants}
    found = []
    for variant in variants:
        origin = by_statement.get(variant.origin) if variant.origin is not None else None
        found.append(
            Told(
                variant=variant,
                words=against(variant, origin),
                speakers=who.get(variant.statement, ()),
                href=f"/article/{variant.article}#{anchor('text', variant.start, variant.end)}",
                origin=origin,
                copied=variant.copy_of,
            )
        )
    return found


def against(variant: Variant, origin: Variant | None) -> Markup:
    """The words of a variant; those that the one it goes back to has not are marked, and those it lost stand struck out
    between them. Two languages are not compared."""
    if origin is None or origin.language != variant.language or not variant.runs:
        return Markup("{}").format(variant.text)
    pieces: list[Markup] = []
    for run in variant.runs:
        before = origin.text[run.start : run.end].strip()
        after = variant.text[run.other_start : run.other_end]
        if run.kind == "kept":
            pieces.append(Markup("{}").format(after))
            continue
        if before:
            pieces.append(Markup(" <del>{}</del> ").format(before))
        if after.strip():
            space = " " if after[-1].isspace() else ""
            pieces.append(Markup("<ins>{}</ins>{}").format(after.rstrip(), space))
    return Markup("").join(pieces).strip()


def _differences(variant: Variant, language: Language) -> list[tuple[str, str, str]]:
    """What differs in fact: what kind of thing, in the words of the origin and in its own."""
    words: EchoWords = language.web.echoes
    told: dict[tuple[str, str], str] = {}
    for one in variant.differences:  # the first says most: a number is a word too
        told.setdefault((one.one or "–", one.other or "–"), words.differences[one.kind])
    return [(kind, *texts) for texts, kind in told.items()]
