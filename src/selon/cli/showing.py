"""`selon articles` and `selon show`: what a library has, and one article of it as it was read."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table

from selon.cli.console import LIBRARY, LibraryFile, library_in, terminal
from selon.library import LibraryError
from selon.library.store import Version
from selon.outputs.records import record
from selon.outputs.shown import without_controls
from selon.outputs.spreadsheet import guarded, lines
from selon.outputs.table import table_text

COLUMNS = ("article", "version", "published", "outlet", "section", "title", "language", "url")


def articles(
    *,
    library: LibraryFile = LIBRARY,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many, the newest first.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many before them.")] = 0,
    format: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="What to write.")] = "table",
) -> None:
    """List the articles of a library, the newest first."""
    with library_in(library, read_only=True) as kept:
        found, total = kept.newest(limit, offset), kept.count()
    if format == "table":
        _print(found, total, offset)
        return
    rows = [_row(version) for version in found]
    if format == "json":
        data = msgspec.json.format(msgspec.json.encode([dict(zip(COLUMNS, row, strict=True)) for row in rows])) + b"\n"
    else:
        data = b"\xef\xbb\xbf" + lines([COLUMNS, *(tuple(guarded(cell or "") for cell in row) for row in rows)])
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _print(found: list[Version], total: int, offset: int) -> None:
    if not found:
        typer.echo(f"{total} articles; none after the first {offset}." if total else "There is no article.")
        return
    table = Table("Nº", "Day", "Outlet", "Title", box=None, header_style="bold")
    for version in found:
        content = version.content
        cells = (str(version.article), (content.published or "")[:10], version.shown_outlet or "",
                 content.title or content.text[:80])  # fmt: skip
        table.add_row(*map(without_controls, cells))
    terminal().print(table)
    last = offset + len(found)
    if last < total:
        typer.echo(f"{offset + 1} to {last} of {total}: --offset {last} goes on.")


def _row(version: Version) -> tuple[int | str | None, ...]:
    content = version.content
    return (version.article, version.number, content.published, version.shown_outlet, content.section, content.title,
            content.language, content.url)  # fmt: skip


def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its number, its URL or its id.")],
    *,
    library: LibraryFile = LIBRARY,
    number: Annotated[int | None, typer.Option("--version", help="An older version, by its number.")] = None,
    format: Annotated[
        Literal["table", "json"], typer.Option("--format", help="The table, or the record that selon read gives.")
    ] = "table",
) -> None:
    """Show what was read in an article of a library, with its corrections."""
    with library_in(library, read_only=True) as kept:
        versions = kept.versions(kept.find_article(article))
        wanted = next((one for one in versions if number in (None, one.number)), None)
        if wanted is None:
            there = ", ".join(str(one.number) for one in versions)
            raise LibraryError(f"{article}: there is no version {number}; there are: {there}")
        reading = kept.reading(wanted.id)
        typer.echo(record(reading).decode() if format == "json" else table_text(reading, terminal()), nl=False)
        older = [one.number for one in versions if one.number != wanted.number]
        if older and format == "table":
            typer.echo(f"Other versions: {', '.join(map(str, older))}")
