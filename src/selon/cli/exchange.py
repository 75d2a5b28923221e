"""`selon export` and `selon import`: a library as other programs want it, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from selon.cli.console import LIBRARY, LibraryFile, complain, complain_of, counted, library_in, opened
from selon.library import Library, LibraryError
from selon.library.annotations import annotation_page
from selon.library.correction_table import read_corrections
from selon.library.exchange import Decided, lines, read_line, restore, restore_decided
from selon.library.marked import marked_line
from selon.library.parquet import NoParquetError, write_parquet
from selon.outputs.spreadsheet import spreadsheet
from selon.types import Reading

_TOLD = 5  # so many lines of a file that are no records are told one by one


class ExportFormat(StrEnum):
    """What a library can be exported as."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    ANNOTATION = "annotation"


def export(
    *,
    library: LibraryFile = LIBRARY,
    format: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            help="jsonl: all of it, for selon import; csv, parquet: a statement a row; annotation: W3C Web Annotation.",
        ),
    ] = ExportFormat.JSONL,
    corrections: Annotated[
        bool, typer.Option("--corrections", help="Only corrected articles, in the form of the marked corpora.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, whole or not at all.")
    ] = None,
) -> None:
    """Write out what a library has."""
    with library_in(library, read_only=True) as kept:
        write = _marked if corrections else _WRITERS[format]
        try:
            with opened(out) as stream:
                write(kept, stream)
        except NoParquetError as error:
            complain(str(error))
            raise typer.Exit(1) from error


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="What selon export or selon read wrote as jsonl, or a .csv of corrections."
        ),
    ],
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """Take in what another library exported, records of selon read, or a table of corrections."""
    failures = 0
    if not library.exists() and not any(file.exists() for file in files):
        complain(f"{files[0]}: there is no such file")
        raise typer.Exit(1)
    with library_in(library, create=True) as kept:
        for file in files:
            try:
                failures += (
                    _import_corrections(kept, file) if file.suffix.lower() == ".csv" else _import_lines(kept, file)
                )
            except OSError as error:
                complain_of(error, file)
                failures += 1
    if failures:
        raise typer.Exit(1)


def _import_lines(library: Library, file: Path) -> int:
    """Each line on its own: one that is no record is told and left out. Gives how many were."""
    counts = Counter[str]()
    with file.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                read = read_line(line)
                if isinstance(read, Decided):
                    counts["decided"] += restore_decided(library, read)
                else:
                    counts[restore(library, read).outcome] += 1
            except LibraryError as error:
                counts["failed"] += 1
                if counts["failed"] <= _TOLD:
                    complain(f"{file}:{number}: {error}")
    if counts["failed"] > _TOLD:
        complain(f"{file}: {counts['failed'] - _TOLD} more lines are no records")
    decided = f", {counted(counts['decided'], 'decision')} on sources" if counts["decided"] else ""
    taken = counts["new"] + counts["changed"]
    typer.echo(f"{library.path}: {counted(taken, 'text')}{decided} taken in, {counts['known']} there already.")
    return counts["failed"]


def _import_corrections(library: Library, file: Path) -> int:
    """All the corrections of a table, or, where a row cannot be read, none. Gives the number of rows that cannot."""
    corrections, failures = read_corrections(library, file.read_bytes())
    for failure in failures:
        complain(f"{file}:{failure.row}: {failure.reason}")
    if failures:
        complain(f"{file}: no correction was kept, as not all rows can be")
        return len(failures)
    kept = len(library.correct(corrections))
    typer.echo(f"{library.path}: {counted(kept, 'correction')} kept.")
    return 0


def _current(library: Library) -> Iterator[Reading]:
    """The corrected readings of what is current."""
    for article in library.articles():
        current = library.current(article)
        if current is not None:
            yield library.reading(current.id)


def _lines(library: Library, stream: BinaryIO) -> None:
    stream.writelines(lines(library))


def _spreadsheet(library: Library, stream: BinaryIO) -> None:
    stream.writelines(spreadsheet(_current(library)))


def _annotations(library: Library, stream: BinaryIO) -> None:
    stream.writelines(annotation_page(_current(library)))


def _parquet(library: Library, stream: BinaryIO) -> None:
    write_parquet(_current(library), stream)


def _marked(library: Library, stream: BinaryIO) -> None:
    for article in dict.fromkeys(one.article for one in library.corrections()):
        current = library.current(article)
        if current is not None:
            stream.write(marked_line(library.reading(current.id)))


_WRITERS: dict[ExportFormat, Callable[[Library, BinaryIO], None]] = {
    ExportFormat.JSONL: _lines,
    ExportFormat.CSV: _spreadsheet,
    ExportFormat.PARQUET: _parquet,
    ExportFormat.ANNOTATION: _annotations,
}
