"""`selon articles` and `selon show`: what a library has, and one article of it as it was read."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from selon.cli.console import LIBRARY, LibraryFile, library_in, terminal
from selon.library import LibraryError
from selon.outputs.records import record
from selon.outputs.shown import without_controls
from selon.outputs.table import table_text


def articles(
    *,
    library: LibraryFile = LIBRARY,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many, the newest first.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many before them.")] = 0,
) -> None:
    """List the articles of a library, the newest first."""
    with library_in(library, read_only=True) as kept:
        table = Table("Nº", "Day", "Outlet", "Title", box=None, header_style="bold")
        for version in kept.newest(limit, offset):
            content = version.content
            cells = (str(version.article), (content.published or "")[:10], version.shown_outlet or "",
                     content.title or content.text[:80])  # fmt: skip
            table.add_row(*map(without_controls, cells))
        terminal().print(table)
        total = kept.count()
        if offset + limit < total:
            typer.echo(f"{offset + 1} to {offset + limit} of {total}: --offset {offset + limit} goes on.")


def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its number, its URL or its id.")],
    *,
    library: LibraryFile = LIBRARY,
    number: Annotated[int | None, typer.Option("--version", help="An older version, by its number.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The record instead of the table.")] = False,
) -> None:
    """Show what was read in an article of a library, with its corrections."""
    with library_in(library, read_only=True) as kept:
        versions = kept.versions(kept.find_article(article))
        wanted = next((one for one in versions if number in (None, one.number)), None)
        if wanted is None:
            there = ", ".join(str(one.number) for one in versions)
            raise LibraryError(f"{article}: there is no version {number}; there are: {there}")
        reading = kept.reading(wanted.id)
        typer.echo(record(reading).decode() if as_json else table_text(reading, terminal()), nl=False)
        older = [one.number for one in versions if one.number != wanted.number]
        if older and not as_json:
            typer.echo(f"Other versions: {', '.join(map(str, older))}")
