"""`selon sources`: who speaks in a library, which names are one, and what a person decides on that."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table

from selon.cli.console import LIBRARY, LibraryFile, library_in, opened, terminal
from selon.library import Library, LibraryError
from selon.library.sources import authority, catalogue, decisions
from selon.library.sources.catalogue import SourceLine, SourcePage
from selon.library.sources.decisions import Decision
from selon.outputs.shown import without_controls
from selon.outputs.spreadsheet import Cell, guarded, lines
from selon.types import SourceKind

Format = Literal["table", "json", "csv"]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A name of it, or #12 for its number.")]
Kind = Annotated[SourceKind | None, typer.Option("--kind", help="Of which kind it is.")]
Note = Annotated[str | None, typer.Option("--note", help="Why, for whoever reads the decision later.")]
As = Annotated[Format, typer.Option("--format", help="What to write.")]

app = typer.Typer(help="Who speaks in a library, under which names.", no_args_is_help=True)


def listed(
    *,
    kind: Kind = None,
    query: Annotated[str, typer.Option("--query", metavar="WORDS", help="How words of the name begin.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many before them.")] = 0,
    format: As = "table",
    library: LibraryFile = LIBRARY,
) -> None:
    """List the sources of a library, those with most articles first."""
    with library_in(library, read_only=True) as kept:
        found = catalogue.listed(kept.connection, query=query, kind=kind, limit=limit, offset=offset)
    rows: list[tuple[Cell, ...]] = [
        (line.id, line.name, line.kind, line.articles, line.wikidata or "") for line in found
    ]
    _write(format, ("number", "name", "kind", "articles", "wikidata"), rows, found)


def show(name: Name, *, kind: Kind = None,
         format: Annotated[Literal["table", "json"], typer.Option("--format", help="What to write.")] = "table",
         limit: Annotated[int, typer.Option("--limit", min=0, help="So many statements, the newest first.")] = 10,
         library: LibraryFile = LIBRARY) -> None:  # fmt: skip
    """Show a source: its names and why they are its, its roles, and what it said last."""
    with _sources_in(library, read_only=True) as kept:
        found = catalogue.find(kept.connection, name, kind)
        for line in found if len(found) <= _FEW else ():
            page = catalogue.page(kept.connection, line.id)
            if format == "json":
                typer.echo(msgspec.json.format(msgspec.json.encode(page), indent=2).decode())
            else:
                _show(kept, page, limit)
        if len(found) > _FEW:
            typer.echo(f"{len(found)} sources have that name, each in its article; #NUMBER shows one:")
            _write("table", ("number", "name", "kind", "articles"), [_short(line) for line in found[:50]], found)


_FEW = 5


def merge(
    name: Name,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Whose name stays.")],
    *,
    kind: Kind = None,
    note: Note = None,
    library: LibraryFile = LIBRARY,
) -> None:
    """Decide that two sources are one: NAME is another name of OTHER."""
    with _sources_in(library) as kept:
        _kept(library, decisions.merge(kept.connection, name, other, kind=kind, note=note))


def split(
    name: Name,
    *,
    source: Annotated[str, typer.Option("--from", metavar="SOURCE", help="Whose name it is not.")],
    article: Annotated[
        str | None, typer.Option("--article", metavar="ARTICLE", help="Only there: its number, its URL or its id.")
    ] = None,
    label: Annotated[str | None, typer.Option("--as", metavar="LABEL", help="What to call it from now on.")] = None,
    kind: Kind = None,
    note: Note = None,
    library: LibraryFile = LIBRARY,
) -> None:
    """Decide that a name is not that source, everywhere or in one article."""
    with _sources_in(library) as kept:
        key = None if article is None else kept.key(kept.find_article(article))
        _kept(library, decisions.split(kept.connection, name, source, article=key, label=label, kind=kind, note=note))


def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As selon sources decisions gives it.")],
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """Take a decision back."""
    with library_in(library) as kept:
        decisions.undo(kept.connection, number)
        typer.echo(f"{library}: decision {number} is taken back.")


def decided(*, format: As = "table", library: LibraryFile = LIBRARY) -> None:
    """List the decisions that were made."""
    with library_in(library, read_only=True) as kept:
        found = decisions.decisions(kept.connection)
    rows: list[tuple[Cell, ...]] = [(one.id, one.made[:10], one.verb, *_told(one), one.note or "") for one in found]
    _write(format, ("number", "day", "what", "name", "other", "article", "called", "note"), rows, found)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Columns id, name, aliases, kind, wikidata.")],
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """Take the authority file from a spreadsheet: it holds against all rules and decisions."""
    with library_in(library) as kept:
        done = authority.import_file(kept.connection, file)
    typer.echo(f"{library}: {done.all} entries; {done.new} new, {done.changed} changed, {done.gone} gone.")


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Written whole or not at all.")],
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """Write the authority file as a spreadsheet that can be imported again."""
    with library_in(library, read_only=True) as kept, opened(file) as stream:
        stream.write(authority.export_file(kept.connection))


@contextmanager
def _sources_in(path: Path, *, read_only: bool = False) -> Iterator[Library]:
    """The library in a file; of a name that no source has, the complaint tells names that have its words."""
    with library_in(path, read_only=read_only) as kept:
        try:
            yield kept
        except decisions.UnknownNameError as error:
            near = catalogue.listed(kept.connection, query=error.name, limit=_FEW)
            if near:
                raise LibraryError(f"{error}; there is {', '.join(line.name for line in near)}") from error
            raise


def _show(library: Library, page: SourcePage, limit: int) -> None:
    told = [page.kind, f"#{page.id}", page.wikidata, f"entry {page.entry}" if page.entry else None]
    typer.echo(f"{without_controls(page.name)} ({', '.join(filter(None, told))})")
    days = f", {page.first_day} to {page.last_day}" if page.first_day else ""
    typer.echo(f"{page.articles} articles, {page.statements} statements{days}")
    if page.roles:
        typer.echo(without_controls("Roles: " + ", ".join(role.role for role in page.roles[:8])))
    names = Table("Name", "Articles", "Why", box=None, header_style="bold")
    for seen in page.names:
        names.add_row(without_controls(seen.name), str(seen.articles), seen.why)
    terminal().print(names)
    unseen = sorted(set(page.claimed) - {seen.name for seen in page.names})
    if unseen:
        typer.echo(without_controls(f"Also called: {', '.join(unseen)}"))
    if limit:
        said = Table("Day", "Nº", "Outlet", "What", box=None, header_style="bold")
        for one in catalogue.statements(library.connection, page.id, limit=limit):
            cells = (one.day or "", str(one.article), one.outlet or "", one.text)
            said.add_row(*map(without_controls, cells))
        terminal().print(said)
    typer.echo("")


def _short(line: SourceLine) -> tuple[Cell, ...]:
    return line.id, line.name, line.kind, line.articles


def _told(one: Decision) -> tuple[str, ...]:
    return one.name, one.other, one.article or "", one.label or ""


def _kept(library: Path, decision: Decision) -> None:
    typer.echo(f"{library}: decision {decision.id} is kept.")


def _write(format: Format, head: tuple[str, ...], rows: list[tuple[Cell, ...]], found: object) -> None:
    """A list as a table, as JSON, or as a spreadsheet."""
    if format == "json":
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    elif format == "csv":
        sys.stdout.buffer.write(b"\xef\xbb\xbf" + lines([head, *(tuple(map(guarded, row)) for row in rows)]))
        sys.stdout.buffer.flush()
    elif not rows:
        typer.echo("There is none.")
    else:
        table = Table(*(cell.capitalize() for cell in head), box=None, header_style="bold")
        for row in rows:
            table.add_row(*(without_controls(str(cell)) for cell in row))
        terminal().print(table)


app.command("list")(listed)
app.command()(show)
app.command()(merge)
app.command()(split)
app.command()(undo)
app.command("decisions")(decided)
app.command("import")(import_)
app.command()(export)
