"""Plain text, as it comes from copying or scraping a page, to an article.

What is around the article is taken off by its place and its words (`pages.toml`): the breadcrumb gives the section,
the first line the title, a line "par …" the byline, a date line the day; one-word captions, links to other articles
and notices leave the text. With `plain` nothing leaves.
"""

from __future__ import annotations

import re

import msgspec

from selon.articles.article import make_article
from selon.articles.languages import detect_language
from selon.articles.lines import HEADER_LINES, body_lines, breadcrumb, header_of, is_sentence
from selon.language import Language, load
from selon.types import Article

_BREAKS = re.compile(r"\r\n|[\r\u2028\u2029\u0085\x0b\x0c]")
_NO_TITLE_END = (".", "…", ":", ";", ",", ".»", ".”", '."', ". »")
_QUOTATION = ("«", "“", '"', "„", "—", "–")
_TITLE_LENGTH = 250
_WRAP = range(50, 100)  # characters of a line in wrapped text


class _Page(msgspec.Struct):
    """The lines of a page and what is taken from them."""

    lines: list[str]
    title: str | None = None
    section: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None


def clean_breaks(text: str) -> str:
    """One kind of line end, and no byte order mark."""
    return _BREAKS.sub("\n", text).removeprefix("\ufeff")


def article_from_text(
    text: str, *, plain: bool = False, language: str | None = None, url: str | None = None, published: str | None = None
) -> Article:
    """The article in a plain text; `plain`: the text as it stands, with every offset the input's own."""
    code = language or detect_language(text)[0]
    if plain:
        return make_article(text, language=code, url=url, published=published)
    known = load(code)
    page = _Page([line.strip() for line in clean_breaks(text).split("\n")])
    _unwrap(page)
    _breadcrumb(page, known)
    _title(page, known)
    _header(page, known)
    kept = body_lines(page.lines, known.pages) or [line for line in page.lines if line]
    return make_article(
        "\n".join(kept),
        language=code,
        title=page.title,
        byline=page.byline,
        section=page.section,
        url=url,
        published=published or page.published,
    )


def _unwrap(page: _Page) -> None:
    """Join the lines of text that was wrapped at a fixed width, where blank lines part the paragraphs."""
    full = [line for line in page.lines if line]
    if len(full) < 8 or "" not in page.lines:
        return
    lengths = sorted(len(line) for line in full)
    wrapped = sum(len(line) in _WRAP and not line.endswith((".", "!", "?", "»", "”", '"')) for line in full)
    if lengths[-1] >= _WRAP.stop or wrapped < 0.5 * len(full):
        return
    joined: list[str] = []
    for line in page.lines:
        if joined and line and joined[-1]:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    page.lines = joined


def _breadcrumb(page: _Page, language: Language) -> None:
    """The section, and the title where the breadcrumb has one too."""
    first = next((index for index, line in enumerate(page.lines) if line), None)
    crumbs = breadcrumb(page.lines[first], language.pages) if first is not None else []
    if first is None or not crumbs:
        return
    if len(crumbs) > 1 or len(crumbs[0].split()) <= 3:
        page.section = crumbs[0]
    if len(crumbs) > 1:
        page.title = crumbs[-1]
    del page.lines[: first + 1]


def _title(page: _Page, language: Language) -> None:
    """The first line, if it repeats the breadcrumb or itself, or looks like a title before a longer text.

    A single word before it is the section's name.
    """
    full = [index for index, line in enumerate(page.lines) if line]
    for place, index in enumerate(full[:2]):
        line = page.lines[index]
        after = [page.lines[other] for other in full[place + 1 :]]
        repeated = line == page.title or line in after[:2]
        if repeated or (page.title is None and _looks_like_title(line, after, language)):
            page.title = line
            page.lines = [other for number, other in enumerate(page.lines) if number > index and other != line]
            return
        if len(line.split()) > 1 or is_sentence(line):
            return


def _looks_like_title(line: str, after: list[str], language: Language) -> bool:
    """Whether a line is no sentence and stands before a longer one; a question only before byline or date."""
    if len(line) > _TITLE_LENGTH or len(line.split()) < 2 or line.endswith(_NO_TITLE_END):
        return False
    if max((len(other) for other in after), default=0) <= len(line) or header_of(line, language) is not None:
        return False
    if is_sentence(line):
        return header_of(after[0], language) is not None
    return not line.startswith(_QUOTATION)


def _header(page: _Page, language: Language) -> None:
    """The byline and the date, within the first lines under the title."""
    kept: list[str] = []
    seen = 0
    for line in page.lines:
        seen += bool(line)
        header = header_of(line, language) if line and seen <= HEADER_LINES else None
        if header is None:
            kept.append(line)
            continue
        page.byline = page.byline or header.names
        page.published = page.published or header.date
    page.lines = kept
