"""`selon read INPUT...`: who says what in articles, as a table, records, a spreadsheet or a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.cli.console import complain, opened, terminal
from selon.cli.given import AllowPrivate, Failures, Inputs, LanguageCode, Learned, Model, Plain, some, with_pipeline
from selon.language import LanguageError, load
from selon.outputs.records import record, record_line
from selon.outputs.report import report
from selon.outputs.spreadsheet import spreadsheet
from selon.outputs.table import table_text
from selon.reader import Reader
from selon.types import Reading


class Format(StrEnum):
    """The outputs of a reading."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"


Writer = Callable[[Iterator[Reading], BinaryIO], None]


def read(
    inputs: Inputs,
    *,
    plain: Plain = False,
    wide: Annotated[
        bool, typer.Option("--wide", help="Attitudes and bare noun contents too, in PolNeAR's boundaries (English).")
    ] = False,
    language: LanguageCode = None,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.TABLE,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, whole or not at all.")
    ] = None,
    model: Model = None,
    learned: Learned = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Read articles and show who says what in them, and what they rest on."""
    failures = Failures()
    loaded = failures.leave_out(read_inputs(inputs, InputOptions(plain, language, allow_private)))
    items = failures.leave_out(with_pipeline(loaded, model))
    try:
        if language is not None:
            load(language)
        items = some(items, failures)
        if format is Format.JSON:
            items = _only(items)
        with opened(out) as stream:
            _WRITERS[format](Reader(model, learned=learned, wide=wide).read_many(items), stream)
    except LanguageError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    if failures.count:
        raise typer.Exit(1)


def _only(items: Iterator[Loaded]) -> Iterator[Loaded]:
    """The one article that json prints; another one ends the program."""
    first = next(items)
    if next(items, None) is not None:
        complain("json prints one record, and there is more than one article: take --format jsonl")
        raise typer.Exit(2)
    return iter([first])


def _write_tables(readings: Iterator[Reading], stream: BinaryIO) -> None:
    for reading in readings:
        stream.write(table_text(reading, terminal(stream)).encode("utf-8"))
        stream.flush()


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
