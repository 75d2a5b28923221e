"""`selon correct`: what a person knows better than a reading, kept beside it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from selon.cli.console import LIBRARY, LibraryFile, library_in, terminal
from selon.library import Library, LibraryError
from selon.library.corrections import Correction, relocated
from selon.library.naming import passage_named, statement_named
from selon.outputs.shown import joined, without_controls
from selon.types import Passage, Reading, SourceKind, StatementKind

Of = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its number in the library, its URL or its id.")]
Which = Annotated[
    str, typer.Argument(metavar="STATEMENT", help="Its number in the reading, words of it, or START-END.")
]  # fmt: skip
Note = Annotated[str, typer.Option("--note", help="Why, for whoever reads the correction later.")]
Kind = Annotated[SourceKind, typer.Option("--source-kind", help="What a source is that the article did not have yet.")]

app = typer.Typer(help="Say what a reading has wrong. A correction wins over every reading.", no_args_is_help=True)


def none(article: Of, statement: Which, *, note: Note = "", library: LibraryFile = LIBRARY) -> None:
    """A statement is none."""
    with library_in(library) as kept:
        number, reading = _article(kept, article)
        this = statement_named(reading, statement)
        _keep(kept, number, Correction(action="none", statement=this.content, note=note))


def source(
    article: Of,
    statement: Which,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="None: nobody is named.")] = None,
    *,
    source_kind: Kind = "person",
    note: Note = "",
    library: LibraryFile = LIBRARY,
) -> None:
    """A statement is somebody else's."""
    with library_in(library) as kept:
        number, reading = _article(kept, article)
        this = statement_named(reading, statement)
        _keep(
            kept,
            number,
            Correction(
                action="source", statement=this.content, sources=tuple(names or ()), source_kind=source_kind, note=note
            ),
        )


def bounds(
    article: Of,
    statement: Which,
    content: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Each passage of it: words, or START-END.")],
    *,
    note: Note = "",
    library: LibraryFile = LIBRARY,
) -> None:
    """A statement begins or ends elsewhere."""
    with library_in(library) as kept:
        number, reading = _article(kept, article)
        this = statement_named(reading, statement)
        parts = _passages(reading, content)
        _keep(kept, number, Correction(action="bounds", statement=this.content, content=parts, note=note))


def missed(
    article: Of,
    content: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Each passage of it: words, or START-END.")],
    *,
    names: Annotated[list[str] | None, typer.Option("--source", metavar="NAME", help="Whose it is.")] = None,
    source_kind: Kind = "person",
    cue: Annotated[str | None, typer.Option("--cue", help="The words that report it, or START-END.")] = None,
    mention: Annotated[str | None, typer.Option("--mention", help="The words that name who says it.")] = None,
    kind: Annotated[StatementKind, typer.Option("--kind", help="Said, only held, or a document's.")] = "speech",
    note: Note = "",
    library: LibraryFile = LIBRARY,
) -> None:
    """A statement was missed."""
    with library_in(library) as kept:
        number, reading = _article(kept, article)
        correction = Correction(
            action="missed",
            statement=_passages(reading, content),
            sources=tuple(names or ()),
            source_kind=source_kind,
            cue=passage_named(reading.article, cue) if cue else None,
            mention=passage_named(reading.article, mention) if mention else None,
            kind=kind,
            note=note,
        )
        _keep(kept, number, correction)


def listed(
    article: Annotated[str | None, typer.Argument(metavar="[ARTICLE]", help="Only those of one article.")] = None,
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """List the corrections that were made."""
    with library_in(library, read_only=True) as kept:
        found = kept.corrections(kept.find_article(article) if article else None)
        if not found:
            typer.echo("There is no correction.")
            return
        table = Table("Nº", "Article", "What", "Statement", "Corrected to", "Note", box=None, header_style="bold")
        for one in found:
            this = one.correction
            current = kept.current(one.article)
            lost = current is not None and relocated(this, current.content) is None
            to = joined(this.content) or "; ".join(this.sources)
            cells = (str(one.number), str(one.article), this.action, joined(this.statement), to)
            note = f"{this.note} [its words are not in the newest text]" if lost else this.note
            table.add_row(*map(without_controls, (*cells, note.strip())))
        terminal().print(table)


def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As selon correct list gives it.")],
    *,
    library: LibraryFile = LIBRARY,
) -> None:
    """Take a correction back."""
    with library_in(library) as kept:
        kept.undo_correction(number)
        typer.echo(f"{library}: correction {number} is taken back.")


def _article(library: Library, name: str) -> tuple[int, Reading]:
    """The number of an article and the reading of its newest version."""
    article = library.find_article(name)
    current = library.current(article)
    if current is None:
        raise LibraryError(f"{name}: the article has no version")
    return article, library.reading(current.id)


def _passages(reading: Reading, names: list[str]) -> tuple[Passage, ...]:
    return tuple(sorted((passage_named(reading.article, name) for name in names), key=lambda one: one.start))


def _keep(library: Library, article: int, correction: Correction) -> None:
    (number,) = library.correct([(article, correction)])
    typer.echo(f"{library.path}: correction {number} of article {article} is kept.")


app.command()(none)
app.command()(missed)
app.command()(source)
app.command()(bounds)
app.command("list")(listed)
app.command()(undo)
