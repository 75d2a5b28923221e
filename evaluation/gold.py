"""The marked corpora beside the project, as articles and gold statements."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from selon.articles.article import make_article
from selon.language import load
from selon.steps.dates import find_times
from selon.types import Article

ROOT = Path(__file__).resolve().parent.parent
DEV_SETS = {"fr-news-dev": "fr", "fr-press-dev": "fr", "en-news-dev": "en"}
TRAIN_SETS = {"fr-news-train": "fr", "fr-press-train": "fr", "en-news-train": "en"}


def shared_folder() -> Path | None:
    """The data beside the project, or the folder SELON_DATA names; None where there is none."""
    folder = Path(os.environ.get("SELON_DATA", ROOT.parent / "shared"))
    return folder if (folder / "corpora").is_dir() else None


class NoDataError(FileNotFoundError):
    """Data beside the project that is not there; says what, in words for a reader of the measurements."""


def corpus(name: str) -> Path:
    """The folder of one set of articles. Raises NoDataError."""
    shared = shared_folder()
    if shared is None:
        raise NoDataError("no data beside the project: SELON_DATA names the folder that holds corpora/")
    folder = shared / "corpora" / name
    if not folder.is_dir():
        raise NoDataError(f"the data beside the project has no {name}")
    return folder


class Marked(msgspec.Struct, frozen=True):
    """A marked article: the statements as the corpora have them."""

    article: Article
    statements: list[dict[str, Any]]


def marked(name: str) -> list[Marked]:
    """The articles of a marked set. Raises NoDataError."""
    return list(_marked(name))


def _marked(name: str) -> Iterator[Marked]:
    default = {**DEV_SETS, **TRAIN_SETS}.get(name, "fr")
    with (corpus(name) / "articles.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            language = row.get("language", default)
            yield Marked(
                make_article(
                    row["text"],
                    language=language,
                    title=row.get("headline") or None,
                    url=row.get("url"),
                    published=row.get("date") or _first_date(row["text"], language),
                ),
                row["statements"],
            )


def _first_date(text: str, language: str) -> str | None:
    """The date line that some articles begin with."""
    first = re.match(r"[^\n]*", text)
    if first is None or len(first.group()) > 60:
        return None
    return next((time.date for time in find_times(text, 0, first.end(), load(language), None) if time.date), None)
