"""`selon add`, `selon reread`, `selon remove`: articles kept in a library, read again, taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, TypeVar

import typer

from selon.articles.counting import expected
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.cli.console import LIBRARY, LibraryFile, complain, counted, library_in
from selon.cli.given import AllowPrivate, Failures, Inputs, LanguageCode, Learned, Model, Plain, some, with_pipeline
from selon.cli.progress import Progress
from selon.language import LanguageError, load
from selon.library import Added, Library, LibraryError
from selon.reader import Reader
from selon.types import Reading

_BATCH = 32
Item = TypeVar("Item")


def add(
    inputs: Inputs,
    *,
    library: LibraryFile = LIBRARY,
    plain: Plain = False,
    language: LanguageCode = None,
    model: Model = None,
    learned: Learned = False,
    allow_private: AllowPrivate = False,
    each: Annotated[bool, typer.Option("--each", help="Print a line for each article, once it is kept.")] = False,
) -> None:
    """Read articles into a library. What is there already is left as it is; a changed text is a new version."""
    failures, counts = Failures(), Counter[str]()
    try:
        if language is not None:
            load(language)
        loaded = failures.leave_out(read_inputs(inputs, InputOptions(plain, language, allow_private)))
        items = some(loaded, failures)
        with library_in(library, create=True) as kept, Progress("Adding", expected(inputs)) as progress:
            unknown = failures.leave_out(with_pipeline(_unknown(items, kept, counts, progress), model))
            for batch in _batches(Reader(model, learned=learned).read_many(unknown)):
                for reading, added in zip(batch, kept.add(batch), strict=True):
                    counts[added.outcome] += 1
                    if each:
                        _tell(reading, added)
                progress.advance(len(batch))
    except LanguageError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        typer.echo(f"Stopped. {_summary(counts)} Adding the same again goes on from here.")
        raise typer.Exit(130) from error
    typer.echo(f"{library}: {_summary(counts)}")
    if failures.count:
        raise typer.Exit(1)


def reread(
    *,
    library: LibraryFile = LIBRARY,
    model: Model = None,
    learned: Learned = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what this very engine has read already.")
    ] = False,
) -> None:  # fmt: skip
    """Read again, with the Selon and the models that are here, what another engine has read."""
    reader, done = Reader(model, learned=learned), 0
    with library_in(library) as kept:
        try:
            stale = [row for row in kept.readings_by() if everything or row.engine != reader.engine(row.language)]
            with Progress("Reading again", len(stale)) as progress:
                for rows in _batches(iter(stale)):
                    items = [Loaded(kept.input(row.version), kept.version(row.version).content) for row in rows]
                    readings = reader.read_many(items)
                    kept.replace([(row.version, reading) for row, reading in zip(rows, readings, strict=True)])
                    done += len(rows)
                    progress.advance(len(rows))
        except LanguageError as error:
            complain(str(error))
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            typer.echo(f"Stopped: {counted(done, 'text')} read again, {len(stale) - done} to go.")
            raise typer.Exit(130) from error
    typer.echo(f"{library}: {counted(done, 'text')} read again.")


def remove(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="Its number in the library, its URL or its id.")
    ],
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """Take articles out of a library, with all their versions and corrections."""
    missing = 0
    with library_in(library) as kept:
        for name in articles:
            try:
                kept.remove(kept.find_article(name))
            except LibraryError as error:
                missing += 1
                complain(str(error))
    typer.echo(f"{library}: {counted(len(articles) - missing, 'article')} removed.")
    if missing:
        raise typer.Exit(1)


def _unknown(
    items: Iterator[Loaded], library: Library, counts: Counter[str], progress: Progress
) -> Iterator[Loaded]:  # fmt: skip
    """The articles that are to be read; the others are counted as known."""
    for item in items:
        if library.knows(item.article):
            counts["known"] += 1
            progress.advance(1)
        else:
            yield item


def _batches(items: Iterator[Item]) -> Iterator[Sequence[Item]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def _tell(reading: Reading, added: Added) -> None:
    typer.echo(f"{added.outcome}\t{added.article}\t{reading.article.url or reading.input}")


def _summary(counts: Counter[str]) -> str:
    said = [counted(counts["new"], "new article")]
    if counts["changed"]:
        said.append(counted(counts["changed"], "new version"))
    if counts["known"]:
        said.append(f"{counts['known']} there already")
    return f"{', '.join(said)}."
