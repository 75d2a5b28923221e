"""What the commands that read articles are given: the inputs, how to read them, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated

import typer

from selon.articles.inputs import InputFailure, Loaded
from selon.cli.console import complain
from selon.language import LanguageError
from selon.pipeline import load_pipeline

_SURROGATES = re.compile(r"[\ud800-\udfff]")

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="A file (.html, .html.gz, .txt, .jsonl), a folder, a URL, or -."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Take the text as it stands: nothing is cleaned away.")]
LanguageCode = Annotated[
    str | None, typer.Option("--language", metavar="fr|en", help="The language, where Selon cannot tell it.")
]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="Another installed spaCy pipeline.")]
Learned = Annotated[
    bool, typer.Option("--learned", help="Let the learned reader mend what the rules find: more is found, slower.")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch URLs whose host is not public too.")
]  # fmt: skip


class Failures:
    """Says on standard error which inputs could not be read, as they come, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def leave_out(self, items: Iterable[Loaded | InputFailure]) -> Iterator[Loaded]:
        """The articles without the failures."""
        for item in items:
            if isinstance(item, InputFailure):
                self.count += 1
                complain(f"{item.input}: {item.reason}")
            else:
                # The name of a file need not be UTF-8; what is written is.
                yield item._replace(input=_SURROGATES.sub("\ufffd", item.input))


def with_pipeline(items: Iterable[Loaded], model: str | None) -> Iterator[Loaded | InputFailure]:
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


def some(items: Iterator[Loaded], failures: Failures) -> Iterator[Loaded]:
    """The articles, of which there must be one: otherwise the program ends, and nothing is written."""
    first = next(items, None)
    if first is None:
        if not failures.count:
            complain("there is no article in what was given")
        raise typer.Exit(1)
    return chain([first], items)
