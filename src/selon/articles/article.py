"""Puts an article together; its id is a hash of language, url, title and text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from selon.types import Article


def make_article(
    text: str,
    *,
    language: str,
    title: str | None = None,
    byline: Sequence[str] = (),
    section: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
) -> Article:
    """An article with its id: the first 16 hexadecimal digits of a SHA-256."""
    parts = "\x00".join((language, url or "", title or "", text))
    digest = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Article(
        id=digest, language=language, title=title, byline=tuple(byline), section=section, outlet=outlet, url=url,
        published=published, text=text,
    )  # fmt: skip
