"""How well pages are read: title, authors, day and text on the pages of `../shared/pages/news`.

    python -m evaluation.pages

Title: word F1 of at least .8; byline: every author's surname in it; day: the same; text: mean word F1. The same is
measured of Trafilatura alone.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import trafilatura
from trafilatura.settings import Document

from evaluation.gold import NoDataError, shared_folder
from selon.articles.html import UnreadablePageError, article_from_html

_WORD = re.compile(r"\w+")
_TITLE = 0.8


class PageReading(msgspec.Struct, frozen=True):
    """What a reader of pages found."""

    title: str
    byline: str
    day: str
    text: str


def word_f1(gold: str, found: str) -> float:
    """F1 over the words of two texts, as bags."""
    one, other = Counter(_WORD.findall(gold.lower())), Counter(_WORD.findall(found.lower()))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values())) if shared else 0.0


def by_selon(data: bytes) -> PageReading:
    """A page as Selon reads it."""
    try:
        article = article_from_html(data)
    except UnreadablePageError:
        return PageReading("", "", "", "")
    return PageReading(article.title or "", " ; ".join(article.byline), (article.published or "")[:10], article.text)


def by_trafilatura(data: bytes) -> PageReading:
    """A page as Trafilatura alone reads it."""
    document = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
    if not isinstance(document, Document):
        return PageReading("", "", "", "")
    return PageReading(document.title or "", document.author or "", document.date or "", document.text or "")


def measure(folder: Path, read: Callable[[bytes], PageReading]) -> dict[str, float]:
    """The four figures, in percent, over the pages of a folder with its metadata.jsonl."""
    rows = [json.loads(line) for line in (folder / "metadata.jsonl").read_text(encoding="utf-8").splitlines()]
    totals = {"title": 0.0, "byline": 0.0, "day": 0.0, "text": 0.0}
    for row in rows:
        found = read(gzip.decompress((folder / row["page"]).read_bytes()))
        totals["title"] += word_f1(row["title"] or "", found.title) >= _TITLE
        surnames = [author.split()[-1].lower() for author in row["authors"] if author.split()]
        totals["byline"] += all(surname in found.byline.lower() for surname in surnames)
        totals["day"] += str(row["published"])[:10] == found.day
        totals["text"] += word_f1(row["text"], found.text)
    return {name: round(100 * value / len(rows), 1) for name, value in totals.items()}


def news_folder() -> Path:
    """The pages of news beside the project. Raises NoDataError."""
    shared = shared_folder()
    if shared is None or not (shared / "pages" / "news").is_dir():
        raise NoDataError("no pages of news beside the project: SELON_DATA names the folder that holds pages/")
    return shared / "pages" / "news"


def table() -> str:
    """The figures of both readers as a small table. Raises NoDataError."""
    folder = news_folder()
    lines = [f"{'':12s} {'title':>6s} {'byline':>7s} {'day':>6s} {'text':>6s}"]
    for name, read in (("Trafilatura", by_trafilatura), ("Selon", by_selon)):
        figures = measure(folder, read)
        lines.append(
            f"{name:12s} {figures['title']:6.1f} {figures['byline']:7.1f} {figures['day']:6.1f} {figures['text']:6.1f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
