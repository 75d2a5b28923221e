"""`selon search`: what was said, by its words and by who said it, where and when."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from selon.cli.console import LIBRARY, LibraryFile, complain, library_in, terminal
from selon.library.search import FilterError, Filters, Hit, Order, Part, Query, QueryError, Results
from selon.library.search import search as find
from selon.library.search.filters import unknown_names
from selon.outputs.shown import without_controls
from selon.outputs.spreadsheet import Cell, guarded, lines
from selon.types import Act, Form, SourceKind

Format = Literal["table", "json", "csv"]

COLUMNS = (
    "article", "version", "statement", "day", "outlet", "title", "url", "language", "form", "act", "sources", "words",
    "in", "start", "end",
)  # fmt: skip
_MARKED = "bold reverse"
_GAP = " […] "


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help='Words that all must be there, whatever their endings and accents; "a phrase", begin*, OR, NOT, ( ), '
            "and -word inside quotation marks of the shell.",
        ),
    ] = None,
    *,
    text: Annotated[bool, typer.Option("--text", help="In whole texts and titles, not in what was said.")] = False,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Who says it: words of the name.")
    ] = None,
    source_kind: Annotated[SourceKind | None, typer.Option("--source-kind", help="What says it.")] = None,
    form: Annotated[Form | None, typer.Option("--form", help="In which form it is reported.")] = None,
    act: Annotated[Act | None, typer.Option("--act", help="What is done by saying it.")] = None,
    denied: Annotated[
        bool | None, typer.Option("--denied/--not-denied", help="Only what a source denies, or only the rest.")
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="In which outlet.")] = None,
    section: Annotated[str | None, typer.Option("--section", metavar="NAME", help="In which section.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="fr|en", help="In which language.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="From a day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to a day, month or year.")] = None,
    order: Annotated[Order, typer.Option("--order", help="Which come first: the best or the newest.")] = "relevance",
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many before them.")] = 0,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = "table",
    library: LibraryFile = LIBRARY,
) -> None:
    """Search what was said in the articles of a library, or list all that a source said."""
    filters = Filters(
        source=source, source_kind=source_kind, form=form, act=act, denied=denied, outlet=outlet, section=section,
        language=language, since=since, until=until,
    )  # fmt: skip
    query = Query(words=" ".join(words or ()), text=text, filters=filters, order=order, limit=limit, offset=offset)
    with library_in(library, read_only=True) as kept:
        try:
            results = find(kept.connection, query)
            for line in unknown_names(kept.connection, filters):
                complain(line)
        except (QueryError, FilterError) as error:
            complain(str(error))
            raise typer.Exit(2) from error
    if format == "table":
        _print(results, query)
    else:
        write = _json if format == "json" else _csv
        sys.stdout.buffer.write(write(results))
        sys.stdout.buffer.flush()


def _print(results: Results, query: Query) -> None:
    """A table of the hits, and a line that says how many there are."""
    console = terminal()
    if results.hits:
        table = Table(
            "Nº", "Day", "Outlet", "Who" if not query.text else "Title", "What", box=None, header_style="bold"
        )
        for hit in results.hits:
            table.add_row(
                str(hit.article), hit.day or "", _plain(hit.outlet), _who(hit, colour=console.is_terminal),
                _what(hit.parts, colour=console.is_terminal),
            )  # fmt: skip
        console.print(table)
    typer.echo(_count(results, query))


def _count(results: Results, query: Query) -> str:
    if not results.total:
        return "Nothing found."
    total = f"more than {results.total:,}" if results.more else f"{results.total:,}"
    if not results.hits:
        return f"{total} found; none after the first {query.offset}."
    last = query.offset + len(results.hits)
    further = f": --offset {last} goes on." if results.more or last < results.total else "."
    return f"{query.offset + 1} to {last} of {total}{further}"


def _plain(text: str | None) -> str:
    return without_controls(text or "")


def _who(hit: Hit, *, colour: bool) -> Text:
    """Who says it; where whole texts are searched, the title with its marks."""
    if hit.statement is None:
        return _marked(hit.title or "", hit.title_marks, colour=colour)
    return Text(_plain(" + ".join(hit.sources)))


def _what(parts: tuple[Part, ...], *, colour: bool) -> Text:
    return Text(_GAP).join(_marked(part.text, part.marks, colour=colour) for part in parts)


def _marked(text: str, marks: tuple[tuple[int, int], ...], *, colour: bool) -> Text:
    """The words looked for in another style, or between asterisks where there are no styles."""
    shown = Text()
    place = 0
    for start, end in marks:
        shown.append(_plain(text[place:start]))
        found = _plain(text[start:end])
        shown.append(found, style=_MARKED) if colour else shown.append(f"*{found}*")
        place = end
    return shown.append(_plain(text[place:]))


def _json(results: Results) -> bytes:
    return msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n"


def _csv(results: Results) -> bytes:
    return b"\xef\xbb\xbf" + lines([COLUMNS, *(tuple(map(guarded, _row(hit))) for hit in results.hits)])


def _row(hit: Hit) -> tuple[Cell, ...]:
    return (
        hit.article, hit.version, hit.number or "", hit.day or "", hit.outlet or "", hit.title or "", hit.url or "",
        hit.language, hit.form or "", hit.act or "", "; ".join(hit.sources), _GAP.join(part.text for part in hit.parts),
        hit.parts[0].where, hit.parts[0].start, hit.parts[-1].end,
    )  # fmt: skip
