"""Sayings and articles for the tests of echoes: a made-up storm at Kerlouan, told by made-up people."""

from __future__ import annotations

from typing import Any

from selon.library.echoes.copies import CopyText
from selon.library.echoes.finder import EchoLibrary
from selon.library.echoes.said import Saying

TOPIC = ("kerlouan", "brenac", "tevenn", "guissenou")


def saying(number: int, content: str, source: str = "Anne Brénac", **more: Any) -> Saying:
    """A saying of an article of its own on the storm: number and article are the same, published on the n-th hour."""
    given = {
        "id": number,
        "article": number,
        "language": "fr",
        "day": "2026-02-03",
        "published": f"2026-02-03T{number % 24:02d}:00:00+00:00",
        "outlet": f"Outlet {number}",
        "form": "direct",
        "sources": (source,) if source else (),
        "source_kind": "person" if source else None,
        "topic": TOPIC,
    }
    return Saying(content=content, **{**given, **more})


def english(number: int, content: str, source: str = "Anne Brénac", **more: Any) -> Saying:
    """The same in an English article."""
    return saying(number, content, source, language="en", **more)


def filled(*sayings: Saying) -> EchoLibrary:
    """A library with each saying's article added in turn."""
    library = EchoLibrary()
    articles = sorted({one.article for one in sayings})
    for article in articles:
        own = [one for one in sayings if one.article == article]
        text = CopyText(article=article, language=own[0].language, published=own[0].published, text="")
        library.add_sayings(own, text)
    return library
