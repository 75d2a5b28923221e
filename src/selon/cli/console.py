"""What every command does with the terminal and with files: complaints, outputs that are whole or not there."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console
from typer.core import TyperGroup

from selon.library import Library, LibraryError
from selon.outputs.shown import without_controls

_WIDTH = 100
LIBRARY = Path("selon.sqlite")

LibraryFile = Annotated[
    Path,
    typer.Option(
        "--library",
        metavar="FILE",
        envvar="SELON_LIBRARY",
        help="The library; without it the variable SELON_LIBRARY, or selon.sqlite in this folder.",
    ),
]


def terminal(stream: BinaryIO | None = None) -> Console:
    """Colours and the width of the terminal where the output is one; plain text 100 columns wide otherwise."""
    if stream in (None, sys.stdout.buffer) and sys.stdout.isatty():
        return Console()
    width = os.environ.get("COLUMNS", "")
    return Console(width=int(width) if width.isdigit() and int(width) else _WIDTH, force_terminal=False, no_color=True)


def complain(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"selon: {without_controls(message)}", err=True)


class Commands(TyperGroup):
    """The commands, of which each says in one line that its output could not be written."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for. A reader that went away is left to the caller, who ends quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            complain_of(error, error.filename or "standard output")
            raise typer.Exit(1) from error


def counted(number: int, what: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def complain_of(error: OSError, what: object) -> None:
    """One line on standard error on what could not be read or written."""
    complain(f"{what}: {(error.strerror or str(error)).lower()}")


@contextmanager
def library_in(path: Path, *, create: bool = False, read_only: bool = False) -> Iterator[Library]:
    """The library in a file; what goes wrong with it ends the program with one line."""
    try:
        with Library.open(path, create=create, read_only=read_only) as library:
            yield library
    except LibraryError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    except sqlite3.Error as error:
        complain(f"{path}: {error}")
        raise typer.Exit(1) from error
    except OverflowError as error:
        complain(f"{path}: no number in it is that large")
        raise typer.Exit(1) from error


@contextmanager
def opened(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when everything is in it. A device or a pipe is written to
    as it is, and a link stays one. What cannot be written to ends the program with one line."""
    try:
        with _opened(out) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        complain_of(error, out or "standard output")
        raise typer.Exit(1) from error


@contextmanager
def _opened(out: Path | None) -> Iterator[BinaryIO]:
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if out.exists() and not out.is_file() and not out.is_dir():
        with out.open("wb") as file:
            yield file
        return
    out = out.resolve()
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(out)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
