"""The command line of Selon: each command is a function of a module here, and this is the list of them."""

from __future__ import annotations

from typing import Annotated

import typer

from selon import __version__
from selon.cli import correct, sources
from selon.cli.compare import compare
from selon.cli.console import Commands
from selon.cli.echoes import echoes
from selon.cli.exchange import export, import_
from selon.cli.keeping import add, remove, reread
from selon.cli.profile import profile
from selon.cli.reading import read
from selon.cli.search import search
from selon.cli.serving import serve
from selon.cli.showing import articles, show

app = typer.Typer(
    name="selon",
    cls=Commands,
    help="Who says so? Reads news and shows what it rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"selon {__version__}")
        raise typer.Exit


@app.callback()
def selon(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Who says so? Reads news and shows what it rests on."""


app.command()(read)
app.command()(add)
app.command()(reread)
app.command()(remove)
app.command()(echoes)
app.command()(articles)
app.command()(show)
app.command()(search)
app.command()(compare)
app.command()(profile)
app.command()(export)
app.command("import")(import_)
app.command()(serve)
app.add_typer(correct.app, name="correct")
app.add_typer(sources.app, name="sources")
