"""A page to an article: Trafilatura for the text, the page's own data where it knows better.

Trafilatura finds the text with its paragraphs and guesses the rest; JSON-LD and meta tags, which the outlet wrote for
machines, go before its guesses for title, authors, day, section and outlet.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
import trafilatura
from lxml import etree
from trafilatura.settings import Document

from selon.articles.article import make_article
from selon.articles.languages import detect_language
from selon.articles.lines import HEADER_LINES, body_lines, breadcrumb, header_of, is_sentence
from selon.articles.metadata import PageData, byline, first_words, one_line, outlet_among, page_data
from selon.articles.published import iso_date
from selon.language import Language, codes, load
from selon.types import Article

_WORD = re.compile(r"\w+")
_NO_LETTERS = re.compile(r"\W")
_CONSENT = re.compile(r"cookie|consent|gdpr|rgpd|didomi|onetrust", re.IGNORECASE)
_LONGEST_STANDFIRST = 1_500  # characters, line ends and indents included
_TEMPLATE = "{{"
_BULLET = re.compile(r"^- (?=\S)")


class UnreadablePageError(ValueError):
    """A page in which no text was found: says what was looked for."""


class _Found(msgspec.Struct, frozen=True):
    """What Trafilatura finds in a page."""

    text: str = ""
    title: str | None = None
    author: str | None = None
    sitename: str | None = None
    date: str | None = None
    categories: tuple[str, ...] = ()


def article_from_html(data: bytes | str, *, url: str | None = None, language: str | None = None) -> Article:
    """The article in a page. Raises UnreadablePageError where there is no text in it."""
    tree = _tree(data)
    if tree is None:
        raise UnreadablePageError("there is no HTML in it")
    told = page_data(tree)
    headings = [one_line(element.text_content()) for element in tree.iter("h1")]
    standfirst = _standfirst(tree, told)
    dialogs = _dialogs(tree)
    found = _extracted(tree, url)
    code = language or _language(told, found.text)
    known = load(code)
    title = _title(told, found.title, headings, known)
    names = byline(told.authors, known) or byline((found.author or "").split(";"), known)
    text = "\n".join(line for line in found.text.split("\n") if not _bare(line) or _bare(line) not in dialogs)
    lines, header_names = _article_lines(text, title, names, known)
    if not lines:
        raise UnreadablePageError("no article text was found in the page")
    if standfirst and standfirst != title and standfirst not in "\n".join(lines):
        lines.insert(0, standfirst)
    dates = (iso_date(value, known) for value in (*told.dates, found.date or ""))
    return make_article(
        "\n".join(lines),
        language=code,
        title=title,
        byline=names or header_names,
        section=first_words([*told.sections, *found.categories]),
        outlet=outlet_among([*told.outlets, *told.site_names, found.sitename]),
        url=url or first_words(told.urls),
        published=next((date for date in dates if date), None),
    )


def _tree(data: bytes | str) -> Any:
    """The parsed page, or None. What is nested deeper than 256 tags is left out."""
    if not data or not (data.strip() if isinstance(data, str) else data.strip(b" \t\r\n\x00")):
        return None
    try:
        return trafilatura.load_html(data)
    except (ValueError, etree.ParserError):
        return None


def _dialogs(tree: Any) -> str:
    """The words of the dialogs on cookies, which are known by the names of their elements.

    They are taken off the text, not off the page: without them Trafilatura may take another part for the article.
    """
    whole = len(tree.text_content())
    found = []
    for element in tree.iter("div", "section", "aside", "form", "dialog"):
        if _CONSENT.search(f"{element.get('id', '')} {element.get('class', '')}"):
            words = element.text_content()
            if 2 * len(words) < whole:
                found.append(_bare(words))
    return " ".join(found)


def _extracted(tree: Any, url: str | None) -> _Found:
    """What Trafilatura finds. Raises UnreadablePageError where it finds no text."""
    document = trafilatura.bare_extraction(
        etree.tostring(tree, encoding="unicode", method="html"),
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
    )
    if not isinstance(document, Document) or not (document.text or "").strip():
        raise UnreadablePageError("no article text was found in the page")
    return _Found(
        text=document.text or "",
        title=document.title,
        author=document.author,
        sitename=document.sitename,
        date=document.date,
        categories=tuple(document.categories or ()),
    )


def _standfirst(tree: Any, told: PageData) -> str | None:
    """The paragraph between title and text, which Trafilatura leaves out: the page's description, where it is shown."""
    wanted = {_bare(one_line(value)) for value in told.descriptions if len(value.split()) >= 8}
    if not wanted:
        return None
    for element in tree.iter("p", "h2", "h3", "div"):
        shown = _short_text(element)
        if shown and _bare(shown) in wanted:
            return shown
    return None


def _short_text(element: Any) -> str:
    """The words of an element; none where they are too many for a standfirst, so that a page is not read again and
    again for each of its nested parts."""
    words: list[str] = []
    left = _LONGEST_STANDFIRST
    for piece in element.itertext():
        left -= len(piece)
        if left < 0:
            return ""
        words.append(piece)
    return one_line("".join(words))


def _bare(words: str) -> str:
    return _NO_LETTERS.sub("", words).lower()


def _article_lines(
    text: str, title: str | None, names: tuple[str, ...], language: Language
) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs without what a page repeats above them, and the names of a byline among that.

    Trafilatura sets "- " before the items of a list; it is taken off, for in a text it would open a dialogue.
    """
    lines = [_BULLET.sub("", " ".join(line.split())) for line in text.split("\n")]
    lines = [line for line in lines if line]
    rendered = [line for line in lines if _TEMPLATE not in line]
    if len(rendered) < len(lines) and not any(is_sentence(line) for line in rendered):
        return [], ()
    kept: list[str] = []
    found: tuple[str, ...] = ()
    for place, line in enumerate(rendered):
        header = header_of(line, language)
        if place < HEADER_LINES and (line == title or header is not None or breadcrumb(line, language.pages)):
            found = found or (header.names if header is not None else ())
        elif header is None or not header.names or not set(header.names) <= set(names):
            kept.append(line)
    return body_lines(kept, language.pages) or kept, found


# --- title and language


def _title(told: PageData, guessed: str | None, headings: list[str], language: Language) -> str | None:
    """The headline in the page's own words; the outlet's name at its end is taken off."""
    candidates = [_plain_title(title, told, language) for title in (*told.titles, guessed or "", *headings) if title]
    candidates = [title for title in candidates if len(title.split()) > 1]
    if not candidates:
        return first_words([guessed])
    visible = (
        heading for heading in headings if any(_alike(heading, title) for title in candidates if title != heading)
    )
    return next(visible, candidates[0])


def _alike(one: str, other: str) -> bool:
    first, second = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return bool(first and second) and len(first & second) >= 0.6 * min(len(first), len(second)) and len(first) > 2


def _plain_title(title: str, told: PageData, language: Language) -> str:
    title = one_line(title)
    outlets = [_bare(outlet) for outlet in (*told.outlets, *told.site_names) if _bare(outlet)]
    for separator in language.pages.outlet_separators:
        head, _, tail = title.rpartition(separator)
        plain = _bare(tail)
        if plain and len(head.split()) >= 3 and any(plain in outlet or outlet in plain for outlet in outlets):
            title = head.strip()
    return title


def _language(told: PageData, text: str) -> str:
    """The text's own language before what the page claims, which is often its template's."""
    detected, certain = detect_language(text)
    if certain:
        return detected
    claimed = [language.lower()[:2] for language in told.languages]
    return next((language for language in claimed if language in codes()), detected)
