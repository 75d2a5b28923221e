"""`selon echoes`: statements that stand in several articles, and how each of them changed on its way."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import msgspec
import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from selon.cli.console import LIBRARY, LibraryFile, complain, library_in, terminal
from selon.library.echo_views import EchoOrder, EchoSummary, EchoView, Variant, echo_count, echo_list, echo_of
from selon.library.sources.catalogue import named
from selon.outputs.shown import without_controls

_ADDED, _CUT, _CHANGED = "green", "red strike", "bold yellow"


def echoes(
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="One of them, with all its variants, by its number.")
    ] = None,
    *,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Of what a source said.")] = None,
    misquoted: Annotated[
        bool, typer.Option("--misquoted", help="Only those that somewhere say something else, or name another source.")
    ] = False,
    order: Annotated[EchoOrder, typer.Option("--order", help="The most repeated first, or the newest.")] = "outlets",
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many before them.")] = 0,
    format: Annotated[Literal["table", "json"], typer.Option("--format", help="What to write.")] = "table",
    library: LibraryFile = LIBRARY,
) -> None:
    """Statements that stand in several articles: where they were first, how they travelled, what was changed.

    Articles that copy another one whole do not count as further places.
    """
    found: EchoView | list[EchoSummary] | None
    total = 0
    with library_in(library, read_only=True) as kept:
        if number is not None:
            found = echo_of(kept.connection, number)
            if found is None:
                complain(f"{number}: there is no such echo in {library}; selon echoes lists them")
                raise typer.Exit(1)
        else:
            sources = named(kept.connection, source) if source is not None else None
            found = echo_list(
                kept.connection, sources=sources, misquoted=misquoted, order=order, limit=limit, offset=offset
            )
            total = echo_count(kept.connection, sources=sources, misquoted=misquoted)
    if format == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        sys.stdout.buffer.flush()
    elif isinstance(found, EchoView):
        _print_echo(found, terminal())
    else:
        _print_list(found, total, offset, terminal())


def _print_list(found: list[EchoSummary], total: int, offset: int, console: Console) -> None:
    if not found:
        typer.echo("No echoes found.")
        return
    table = Table("Nº", "First seen", "Who", "What", "Articles", "Altered", box=None, header_style="bold")
    for one in found:
        articles = f"{one.articles}" if one.articles == one.independent else f"{one.articles} ({one.independent} own)"
        table.add_row(
            str(one.echo), _plain(f"{one.day or ''} {one.outlet or ''}"), _plain(" + ".join(one.sources)),
            _plain(one.text), articles, str(one.misquoted or ""),
        )  # fmt: skip
    console.print(table)
    last = offset + len(found)
    typer.echo(f"{offset + 1} to {last} of {total}{f': --offset {last} goes on.' if last < total else '.'}")


def _print_echo(found: EchoView, console: Console) -> None:
    """Each variant with what was cut, added or changed against the one it goes back to."""
    variants = {one.statement: one for one in found.variants}
    for one in found.variants:
        origin = variants.get(one.origin) if one.origin is not None else None
        console.print(_head(one, origin))
        console.print(Padding(_against(one, origin), (0, 0, 0, 4)))
        for difference in one.differences:
            told = f"{difference.kind}: {difference.one or '-'} → {difference.other or '-'}"
            console.print(Padding(Text(_plain(told), style="italic"), (0, 0, 0, 4)))


def _head(this: Variant, origin: Variant | None) -> Text:
    head = Text(_plain(f"{(this.published or '?')[:16]}  {this.outlet or '?'}  "), style="bold")
    head.append(_plain(" + ".join(this.sources) or "?"))
    if origin is None:
        head.append("  first seen", style="dim")
    else:
        place = f" after {origin.outlet}" if origin.outlet else ""
        head.append(_plain(f"  {this.relation or 'echo'}{place}"), style="dim")
    head.append(f"  (article {this.article})", style="dim")
    if this.copy_of is not None:
        head.append("  in a copy of the whole article", style="dim")
    return head


def _against(this: Variant, origin: Variant | None) -> Text:
    """Its words; within a language what was cut of the origin's stands in between."""
    if origin is None or this.language != origin.language:
        return Text(_plain(this.text))
    shown = Text()
    for run in this.runs:
        before, after = origin.text[run.start : run.end].strip(), this.text[run.other_start : run.other_end]
        if run.kind == "kept":
            shown.append(_plain(after))
            continue
        if before:
            _apart(shown).append(f"[-{_plain(before)}-]", style=_CUT)
        if after.strip():
            style = _ADDED if run.kind == "added" else _CHANGED
            _apart(shown).append(f"{{+{_plain(after.strip())}+}}", style=style)
        _apart(shown)
    return shown


def _apart(shown: Text) -> Text:
    """With a space at its end, unless it has one."""
    return shown if not shown.plain or shown.plain[-1].isspace() else shown.append(" ")


def _plain(text: str) -> str:
    return without_controls(text)
