"""`selon profile`: what the articles of a library rest on, summed by outlet, section, month or language."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
import typer
from rich.table import Table

from selon.cli.console import LIBRARY, LibraryFile, complain, library_in, terminal
from selon.library.profiles import By, Proportion, Quoted, Summed, most_quoted, summed
from selon.library.search import FilterError, Filters
from selon.library.search.filters import unknown_names
from selon.outputs.shown import without_controls
from selon.outputs.spreadsheet import Cell, guarded, lines

Format = Literal["table", "json", "csv"]

COLUMNS = (
    "name", "articles", "words", "attributed_words", "attributed_share", "statements", "top_share", "unnamed_share",
    "anonymous_share", "second_hand", "second_hand_share", "hearsay", "single_source", "single_source_of",
    "single_source_share", "single_source_low", "single_source_high", "headline_none", "headline_of",
    "headline_none_share", "headline_none_low", "headline_none_high", "person_share", "institution_share",
    "group_share", "document_share", "outlet_share", "anonymous_kind_share", "women", "men", "gender_unknown",
)  # fmt: skip


def profile(
    *,
    by: Annotated[By, typer.Option("--by", help="What is summed together.")] = "total",
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only of this outlet.")] = None,
    section: Annotated[str | None, typer.Option("--section", metavar="NAME", help="Only of this section.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="fr|en", help="Only in this language.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="From a day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to a day, month or year.")] = None,
    top: Annotated[int, typer.Option("--top", min=0, help="So many of the most quoted sources.")] = 10,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = "table",
    library: LibraryFile = LIBRARY,
) -> None:
    """What articles rest on: who carries the words reported, how much has no name, how often one source is all.

    In brackets stands the interval in which a share of articles lies, 95 times of 100.
    """
    filters = Filters(outlet=outlet, section=section, language=language, since=since, until=until)
    with library_in(library, read_only=True) as kept:
        try:
            groups = summed(kept.connection, by, filters)
            for line in unknown_names(kept.connection, filters):
                complain(line)
            sources = most_quoted(kept.connection, filters, top) if top else []
        except FilterError as error:
            complain(str(error))
            raise typer.Exit(2) from error
    if format == "table":
        _print(groups, sources, by)
        return
    data = _csv(groups) if format == "csv" else _json(groups, sources)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _json(groups: Sequence[Summed], sources: Sequence[Quoted]) -> bytes:
    return msgspec.json.format(msgspec.json.encode({"groups": groups, "most_quoted": sources}), indent=2) + b"\n"


def _csv(groups: Sequence[Summed]) -> bytes:
    return b"\xef\xbb\xbf" + lines([COLUMNS, *(tuple(map(guarded, _row(group))) for group in groups)])


def _row(group: Summed) -> tuple[Cell, ...]:
    single, none, gender = group.single_source, group.headline_none, group.gender
    cells = (
        group.name, group.articles, group.words, group.attributed_words, group.attributed_share, group.statements,
        group.top_share, group.unnamed_share, group.anonymous_share, group.second_hand, group.second_hand_share,
        group.hearsay, single.count, single.of, single.share, single.low, single.high, none.count, none.of, none.share,
        none.low, none.high, *(kind.share for kind in group.by_kind.values()), gender.women, gender.men, gender.unknown,
    )  # fmt: skip
    return tuple("" if cell is None else cell for cell in cells)


def _print(groups: Sequence[Summed], sources: Sequence[Quoted], by: By) -> None:
    console = terminal()
    if not groups:
        console.print("There is no article.")
        return
    table = Table("" if by == "total" else by.capitalize(), *(group_name(group, by) for group in groups), box=None,
                  header_style="bold") if len(groups) <= 4 else None  # fmt: skip
    rows = [(name, [value(group) for group in groups]) for name, value in _FIGURES]
    if table is not None:
        for name, values in rows:
            table.add_row(name, *values)
        console.print(table)
    else:
        for number, group in enumerate(groups):
            console.print(without_controls(group_name(group, by)), style="bold", markup=False)
            for name, values in rows:
                console.print(f"  {name}: {values[number]}", markup=False, highlight=False)
    if sources:
        console.print("\nMost quoted", style="bold")
        most = Table("Source", "Kind", "Articles", "Statements", "Words", "Share", box=None, header_style="dim")
        for one in sources:
            most.add_row(without_controls(one.name), one.kind, str(one.articles), str(one.statements), str(one.words),
                         _percent(one.share))  # fmt: skip
        console.print(most)


def group_name(group: Summed, by: By) -> str:
    """What a group is called; for what is not known a dash."""
    return "all" if by == "total" else without_controls(group.name or "–")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%" if share >= 0.1 or not share else f"{100 * share:.1f}%"


def _interval(part: Proportion) -> str:
    if part.low is None or part.high is None:
        return "–"
    return f"{part.count} of {part.of}, {_percent(part.share)} [{100 * part.low:.0f} to {100 * part.high:.0f}]"


def _kinds(group: Summed) -> str:
    told = sorted(((part.share or 0, kind) for kind, part in group.by_kind.items() if part.words), reverse=True)
    return ", ".join(f"{kind} {_percent(share)}" for share, kind in told) or "–"


def _gender(group: Summed) -> str:
    gender = group.gender
    return (
        f"{gender.women} by women, {gender.men} by men, {gender.unknown} not shown ({_percent(gender.unknown_share)})"
    )


_FIGURES = (
    ("Articles", lambda group: str(group.articles)),
    ("Statements", lambda group: str(group.statements)),
    ("Words reported", lambda group: _percent(group.attributed_share)),
    ("Of these, by kind of source", _kinds),
    ("Each article's most quoted source", lambda group: _percent(group.top_share)),
    ("Sources without a name", lambda group: _percent(group.unnamed_share)),
    ("Kept or left anonymous", lambda group: _percent(group.anonymous_share)),
    ("Second-hand statements", lambda group: f"{group.second_hand}, {_percent(group.second_hand_share)}"),
    ("Hearsay without a source", lambda group: str(group.hearsay)),
    ("Articles with one source", lambda group: _interval(group.single_source)),
    ("Headlines that nothing said carries", lambda group: _interval(group.headline_none)),
    ("Statements of persons", _gender),
)
