"""`selon compare`: what different sources say on one matter, side by side, with what their words show."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from selon.articles.inputs import InputOptions, read_inputs
from selon.cli.console import LIBRARY, LibraryFile, complain, library_in, terminal
from selon.cli.given import Failures, some, with_pipeline
from selon.language import load
from selon.library import LibraryError
from selon.library.compared import facing_in_library
from selon.library.facing import Facing, Matter, Said, facing
from selon.library.search import FilterError, Filters, Query, QueryError
from selon.outputs.shown import joined, without_controls
from selon.reader import Reader
from selon.types import Passage, Reading

Format = Literal["table", "json"]

_URLS = ("http://", "https://")


def compare(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A [B]]", help="Articles of the library (number, URL or id), or files to read now."),
    ] = None,
    *,
    words: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="In what a search of the library finds.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="In the library: what faces a source's words.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="From a day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to a day, month or year.")] = None,
    marked: Annotated[bool, typer.Option("--marked", help="Only matters in which something is marked.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many matters.")] = 20,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = "table",
    library: LibraryFile = LIBRARY,
) -> None:
    """Set side by side what different sources say on one matter: in an article, in two, or in the library.

    Denials, negations, other numbers and opposite words are marked. Nobody is said to be right.
    """
    of_library = any(asked is not None for asked in (words, source, since, until))
    if bool(articles) == of_library or len(articles or ()) > 2:
        complain("compare takes one article or two, or searches the library with --search, --source, --since, --until")
        raise typer.Exit(2)
    if articles:
        readings: Sequence[Reading] = [reading for name in articles for reading in _readings(name, library)]
        matters = facing(readings)
    else:
        filters = Filters(source=source, since=since, until=until)
        with library_in(library, read_only=True) as kept:
            try:
                compared = facing_in_library(kept, Query(words=words or "", filters=filters))
            except (QueryError, FilterError) as error:
                complain(str(error))
                raise typer.Exit(2) from error
        readings, matters = compared.readings, compared.matters
        if compared.more:
            complain(f"the first {len(readings)} articles are compared; more words or days find fewer")
    chosen = [matter for matter in matters if matter.facing or not marked][:limit]
    if format == "json":
        sys.stdout.buffer.write(as_json(readings, chosen))
        sys.stdout.buffer.flush()
    else:
        _print(readings, chosen, terminal())


def _readings(name: str, library: Path) -> list[Reading]:
    """The articles of an input, read now, or the one of the library."""
    if name != "-" and not Path(name).exists():
        with library_in(library, read_only=True) as kept:
            try:
                return [kept.reading(kept.versions(kept.find_article(name))[0].id)]
            except LibraryError:
                if not name.startswith(_URLS):
                    raise
    failures = Failures()
    loaded = failures.leave_out(read_inputs([name], InputOptions()))
    found = list(Reader().read_many(some(failures.leave_out(with_pipeline(loaded, None)), failures)))
    if failures.count:
        raise typer.Exit(1)
    return found


def as_json(readings: Sequence[Reading], matters: Sequence[Matter]) -> bytes:
    """The articles without their texts, and the matters as they are; `article` counts the articles."""
    heads = [
        {
            "id": article.id, "language": article.language, "title": article.title, "outlet": article.outlet,
            "url": article.url, "published": article.published,
        }
        for article in (reading.article for reading in readings)
    ]  # fmt: skip
    return msgspec.json.format(msgspec.json.encode({"articles": heads, "matters": matters}), indent=2) + b"\n"


def _print(readings: Sequence[Reading], matters: Sequence[Matter], console: Console) -> None:
    if not matters:
        console.print("No matter on which two sources speak.")
        return
    for matter in matters:
        console.print(Text(without_controls(", ".join(matter.words)), style="bold"))
        table = Table("Nº", "Who", "Where", "What", box=None, header_style="dim")
        for number, said in enumerate(matter.statements, start=1):
            table.add_row(str(number), _plain(" + ".join(said.names)), _where(said, readings), _what(said, readings))
        console.print(table)
        for pair in matter.facing:
            for line in _lines(pair, matter, readings):
                console.print(Text(line, style="yellow"))
        console.print()


def _plain(text: str) -> Text:
    return Text(without_controls(text))


def _where(said: Said, readings: Sequence[Reading]) -> Text:
    """Outlet and day, of the copies too."""
    articles = [readings[number].article for number in dict.fromkeys([said.article, *(one for one, _ in said.also)])]
    shown = (
        " ".join(part for part in (article.outlet or article.title, (article.published or "")[:10]) if part)
        for article in articles
    )
    return _plain("; ".join(shown))


def _what(said: Said, readings: Sequence[Reading]) -> Text:
    content = joined(said.statement.content)
    if said.statement.form == "direct":
        labels = load(readings[said.article].article.language).labels
        content = f"{labels.quotation_open}{content}{labels.quotation_close}"
    return _plain(content)


def _lines(pair: Facing, matter: Matter, readings: Sequence[Reading]) -> list[str]:
    """A line for each mark: which two statements, how they face one another, and the words that show it."""
    words = load(readings[matter.statements[pair.one].article].article.language).matters
    changed = f" ({words.changed})" if pair.changed else ""
    return [
        without_controls(
            f"  {pair.one + 1} ↔ {pair.other + 1}  {words.marks[mark.kind]}{changed}: "
            f"{_passages(mark.one)} | {_passages(mark.other)}"
        )
        for mark in pair.marks
    ]


def _passages(passages: Sequence[Passage]) -> str:
    return " … ".join(passage.text for passage in passages)
