"""A page to an article: Trafilatura for the text, the page's own data where it knows better.

Trafilatura finds the text with its paragraphs and guesses the rest; JSON-LD and meta tags, which the outlet wrote for
machines, go before its guesses for title, authors, day, section and outlet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import trafilatura
from lxml import etree
from lxml import html as lxml_html

from selon.articles.article import make_article
from selon.articles.languages import detect_language
from selon.articles.lines import body_lines
from selon.language import codes, load
from selon.types import Article
from selon.wordlists import PageWords

_ARTICLE_TYPES = re.compile(r"(?:News|Blog|Report|Opinion|Analysis|Live|Review|Background)?\w*(?:Article|Posting)$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_SPACES = re.compile(r"\s+")
_DEEPEST = 400


class UnreadablePageError(ValueError):
    """A page in which no text was found: says what was looked for."""


class _Known(msgspec.Struct):
    """What a page says about itself, best first."""

    titles: list[str]
    authors: list[str]
    dates: list[str]
    sections: list[str]
    outlets: list[str]
    languages: list[str]
    urls: list[str]


def article_from_html(data: bytes | str, *, url: str | None = None, language: str | None = None) -> Article:
    """The article in a page. Raises UnreadablePageError where there is no text in it."""
    tree = _tree(data)
    if tree is None:
        raise UnreadablePageError("there is no HTML in it")
    known = _known(tree)
    document = trafilatura.bare_extraction(
        lxml_html.tostring(tree, encoding="unicode"),
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        favor_recall=False,
    )
    text = (document.text or "") if document is not None else ""
    if not text.strip():
        raise UnreadablePageError("no article text was found in the page")
    code = language or _language(known, text)
    words = load(code).pages
    title = _title(known, document.title if document is not None else None, tree, words)
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    lines = body_lines(_without_title(lines, title), words)
    return make_article(
        "\n".join(lines),
        language=code,
        title=title,
        byline=_byline(known, document.author if document is not None else None),
        section=_first([*known.sections, *(document.categories or [] if document is not None else [])]),
        outlet=_first([*known.outlets, document.sitename if document is not None else None]),
        url=url or _first(known.urls),
        published=_date([*known.dates, document.date if document is not None else None]),
    )


def _tree(data: bytes | str) -> Any:
    """The parsed page, or None. Nesting is cut at a depth that no article has."""
    if not data or not (data.strip() if isinstance(data, str) else data.strip(b" \t\r\n\x00")):
        return None
    try:
        tree = trafilatura.load_html(data)
    except (ValueError, etree.ParserError):
        return None
    return tree


def _first(values: list[str | None] | list[str]) -> str | None:
    return next((cleaned for value in values if value and (cleaned := _SPACES.sub(" ", value).strip())), None)


# --- what the page says about itself


def _known(tree: Any) -> _Known:
    known = _Known([], [], [], [], [], [], [])
    for entry in _json_ld(tree):
        _from_json_ld(entry, known)
    meta = _meta(tree)
    for field, names in (
        (known.titles, ("og:title", "twitter:title", "dc.title", "parsely-title", "title")),
        (known.dates, ("article:published_time", "datepublished", "dc.date", "dc.date.issued", "parsely-pub-date", "date", "pubdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime")),
        (known.authors, ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")),
        (known.sections, ("article:section", "parsely-section", "section")),
        (known.outlets, ("og:site_name", "application-name", "twitter:site")),
        (known.urls, ("og:url",)),
        (known.languages, ("og:locale", "language", "content-language")),
    ):  # fmt: skip
        for name in names:
            field.extend(meta.get(name, []))
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        known.languages.insert(0, language)
    known.urls.extend(tree.xpath("//link[@rel='canonical']/@href"))
    known.dates.extend(tree.xpath("//time/@datetime")[:1])
    return known


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.lower(), []).append(content.strip())
    return found


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that are articles; broken scripts are passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(_SPACES.sub(" ", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(value, 0)


def _articles_in(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _articles_in(entry, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if isinstance(kinds, list) and any(isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind) for kind in kinds):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            if key in value:
                yield from _articles_in(value[key], depth + 1)


def _from_json_ld(entry: dict[str, Any], known: _Known) -> None:
    for field, key in (
        (known.titles, "headline"),
        (known.dates, "datePublished"),
        (known.sections, "articleSection"),
        (known.languages, "inLanguage"),
        (known.urls, "url"),
    ):
        field.extend(_strings(entry.get(key)))
    known.authors.extend(_names(entry.get("author")))
    known.outlets.extend(_names(entry.get("publisher")))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [entry.strip() for entry in values if isinstance(entry, str) and entry.strip()]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names: list[str] = []
    for entry in values:
        names.extend(_strings(entry.get("name") if isinstance(entry, dict) else entry))
    return names


# --- title, authors, day, language


def _title(known: _Known, guessed: str | None, tree: Any, words: PageWords) -> str | None:
    """The headline in the page's own words; the outlet's name at its end is taken off."""
    headings = [_SPACES.sub(" ", element.text_content()).strip() for element in tree.iter("h1")]
    candidates = [
        _plain_title(title, known.outlets, words) for title in (*known.titles, guessed or "", *headings) if title
    ]
    candidates = [title for title in candidates if len(title.split()) > 1]
    if not candidates:
        return _first([guessed])
    visible = [
        heading for heading in headings if any(_alike(heading, title) for title in candidates if title != heading)
    ]
    return visible[0] if visible else candidates[0]


def _alike(one: str, other: str) -> bool:
    first, second = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    return bool(first and second) and len(first & second) >= 0.6 * min(len(first), len(second)) and len(first) > 2


def _plain_title(title: str, outlets: list[str], words: PageWords) -> str:
    title = _SPACES.sub(" ", lxml_html.fromstring(f"<p>{title}</p>").text_content() if "&" in title else title).strip()
    for separator in words.outlet_separators:
        head, found, tail = title.rpartition(separator)
        if not found or not head:
            continue
        plain_tail = re.sub(r"\W", "", tail.lower())
        is_outlet = any(
            (plain_tail and plain_tail in re.sub(r"\W", "", outlet.lower()))
            or re.sub(r"\W", "", outlet.lower()) in plain_tail
            for outlet in outlets
            if outlet.strip("@ ")
        )
        if is_outlet and len(head.split()) >= 3:
            title = head.strip()
    return title


def _without_title(lines: list[str], title: str | None) -> list[str]:
    return lines[1:] if lines and title and lines[0] == title else lines


def _byline(known: _Known, guessed: str | None) -> tuple[str, ...]:
    authors = [name for name in known.authors if not name.lower().startswith(("http", "www.", "@"))]
    if not authors and guessed:
        authors = [name.strip() for name in guessed.split(";")]
    names: list[str] = []
    for author in authors:
        for name in re.split(r"\s*(?:;|,|\band\b|\bet\b|&)\s*", author):
            cleaned = _SPACES.sub(" ", name).strip()
            if cleaned and cleaned.lower() not in (known_name.lower() for known_name in names):
                names.append(cleaned)
    return tuple(names)


def _date(values: list[str | None]) -> str | None:
    for value in values:
        match = _DATE.search(value or "")
        if match:
            return match.group().replace(" ", "T")
    return None


def _language(known: _Known, text: str) -> str:
    """The text's own language before what the page claims, which is often its template's."""
    detected, certain = detect_language(text)
    if certain:
        return detected
    claimed = [language.lower()[:2] for language in known.languages]
    return next((language for language in claimed if language in codes()), detected)
