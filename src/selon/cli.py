"""The command line: `selon read INPUT...`."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console

from selon import __version__
from selon.articles.inputs import InputFailure, InputOptions, Loaded, read_inputs
from selon.language import LanguageError, load
from selon.outputs.records import record, record_line
from selon.outputs.report import report
from selon.outputs.shown import without_controls
from selon.outputs.spreadsheet import spreadsheet
from selon.outputs.table import table_text
from selon.pipeline import load_pipeline
from selon.reader import Reader
from selon.types import Reading

_WIDTH = 100
_SURROGATES = re.compile(r"[\ud800-\udfff]")

app = typer.Typer(
    name="selon",
    help="Who says so? Reads news and shows what it rests on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """The outputs of a reading."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


Writer = Callable[[Iterator[Reading], BinaryIO], None]


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


@app.command()
def read(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="A file (.html, .html.gz, .txt, .jsonl), a folder, a URL, or -."),
    ],
    *,
    plain: Annotated[
        bool, typer.Option("--plain", help="Take the text as it stands: nothing is cleaned away.")
    ] = False,
    wide: Annotated[
        bool, typer.Option("--wide", help="Attitudes and bare noun contents too, in PolNeAR's boundaries (English).")
    ] = False,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="fr|en", help="The language, where Selon cannot tell it."),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.TABLE,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, whole or not at all.")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help="Another installed spaCy pipeline.")
    ] = None,
    learned: Annotated[
        bool, typer.Option("--learned", help="Let the learned reader mend what the rules find: more is found, slower.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch URLs whose host is not public too.")
    ] = False,
) -> None:
    """Read articles and show who says what in them, and what they rest on."""
    failures = Failures()
    loaded = failures.leave_out(read_inputs(inputs, InputOptions(plain, language, allow_private)))
    items = failures.leave_out(_with_pipeline(loaded, model))
    try:
        if language is not None:
            load(language)
        items = _some(items, failures)
        if format is Format.JSON:
            items = _only(items)
        with _opened(out) as stream:
            _WRITERS[format](Reader(model, learned=learned, wide=wide).read_many(items), stream)
    except LanguageError as error:
        _complain(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        _complain(f"{out or 'standard output'}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(1) from error
    if failures.count:
        raise typer.Exit(1)


class Failures:
    """Says on standard error which inputs could not be read, as they come, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def leave_out(self, items: Iterable[Loaded | InputFailure]) -> Iterator[Loaded]:
        """The articles without the failures."""
        for item in items:
            if isinstance(item, InputFailure):
                self.count += 1
                _complain(f"{item.input}: {item.reason}")
            else:
                # The name of a file need not be UTF-8; what is written is.
                yield item._replace(input=_SURROGATES.sub("\ufffd", item.input))


def _with_pipeline(items: Iterable[Loaded], model: str | None) -> Iterator[Loaded | InputFailure]:
    """The articles whose language has its shipped pipeline; a failure for each of the others. A pipeline that is
    named is another matter: where it is not there nothing can be read."""
    for item in items:
        try:
            load_pipeline(item.article.language, model)
        except LanguageError as error:
            if model is not None:
                raise
            yield InputFailure(item.input, str(error))
        else:
            yield item


def _complain(message: str) -> None:
    typer.echo(f"selon: {without_controls(message)}", err=True)


def _some(items: Iterator[Loaded], failures: Failures) -> Iterator[Loaded]:
    """The articles, of which there must be one: otherwise the program ends, and nothing is written."""
    first = next(items, None)
    if first is None:
        if not failures.count:
            _complain("there is no article in what was given")
        raise typer.Exit(1)
    return chain([first], items)


def _only(items: Iterator[Loaded]) -> Iterator[Loaded]:
    """The one article that json prints; another one ends the program."""
    first = next(items)
    if next(items, None) is not None:
        _complain("json prints one record, and there is more than one article: take --format jsonl")
        raise typer.Exit(2)
    return iter([first])


@contextmanager
def _opened(out: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when everything is in it."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
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


def _write_tables(readings: Iterator[Reading], stream: BinaryIO) -> None:
    for reading in readings:
        stream.write(table_text(reading, _console(stream)).encode("utf-8"))
        stream.flush()


def _console(stream: BinaryIO) -> Console:
    """Colours and the width of the terminal where it is one; plain text 100 columns wide otherwise."""
    if stream is sys.stdout.buffer and stream.isatty():
        return Console()
    width = os.environ.get("COLUMNS", "")
    return Console(width=int(width) if width.isdigit() and int(width) else _WIDTH, force_terminal=False, no_color=True)


def _write_records(readings: Iterator[Reading], stream: BinaryIO) -> None:
    for reading in readings:
        stream.write(record(reading))


def _write_record_lines(readings: Iterator[Reading], stream: BinaryIO) -> None:
    for reading in readings:
        stream.write(record_line(reading))
        stream.flush()


def _write_spreadsheet(readings: Iterator[Reading], stream: BinaryIO) -> None:
    for lines in spreadsheet(readings):
        stream.write(lines)


def _write_report(readings: Iterator[Reading], stream: BinaryIO) -> None:
    stream.write(report(list(readings)).encode("utf-8"))


_WRITERS: dict[Format, Writer] = {
    Format.TABLE: _write_tables,
    Format.JSON: _write_records,
    Format.JSONL: _write_record_lines,
    Format.CSV: _write_spreadsheet,
    Format.HTML: _write_report,
}
