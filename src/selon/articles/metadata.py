"""What a page says about itself for machines: JSON-LD (https://schema.org/Article), meta tags, its `lang`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from selon.articles.lines import names_in
from selon.language import Language

_ARTICLE_TYPES = re.compile(r"(?:News|Blog|Report|Opinion|Analysis|Live|Review|Background)?\w*(?:Article|Posting)$")
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:https?:|www\.|@|//)", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_DEEPEST = 6  # levels of JSON-LD in which articles are looked for
_META = {
    "titles": ("og:title", "twitter:title", "dc.title", "parsely-title", "title"),
    "dates": (
        *("article:published_time", "datepublished", "dc.date", "dc.date.issued", "parsely-pub-date", "date"),
        *("pubdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime"),
    ),
    "authors": ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"),
    "sections": ("article:section", "parsely-section", "section"),
    "outlets": ("og:site_name", "application-name", "twitter:site"),
    "urls": ("og:url",),
    "languages": ("og:locale", "language", "content-language"),
    "descriptions": ("og:description", "description", "twitter:description"),
}
_JSON_LD = {
    "titles": "headline",
    "dates": "datePublished",
    "authors": "author",
    "sections": "articleSection",
    "outlets": "publisher",
    "urls": "url",
    "languages": "inLanguage",
    "descriptions": "description",
}


class PageData(msgspec.Struct):
    """What a page says about itself, best first.

    `site_names`: of a WebSite or of a publisher described elsewhere (at
    times a slogan), for want of an outlet."""

    titles: list[str] = []
    authors: list[str] = []
    dates: list[str] = []
    sections: list[str] = []
    outlets: list[str] = []
    languages: list[str] = []
    urls: list[str] = []
    descriptions: list[str] = []
    site_names: list[str] = []


def page_data(tree: Any) -> PageData:
    """All that a parsed page says about itself; JSON-LD goes before meta tags."""
    data = PageData()
    entries = list(_json_ld(tree))
    named = {entry["@id"]: entry for entry in entries if isinstance(entry.get("@id"), str) and entry.get("name")}
    for entry in entries:
        if _is_a(entry, _ARTICLE_TYPES):
            for field, key in _JSON_LD.items():
                getattr(data, field).extend(_names(entry.get(key), named if field == "authors" else {}))
            data.site_names.extend(_names(entry.get("publisher"), named))
        elif _is_a(entry, re.compile("WebSite")):
            data.site_names.extend(_names(entry, named))
    authors = authors_among(data.authors)
    meta = _meta(tree)
    for field, names in _META.items():
        if field != "authors" or not authors:
            for name in names:
                getattr(data, field).extend(meta.get(name, []))
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        data.languages.insert(0, language)
    data.urls.extend(tree.xpath("//link[@rel='canonical']/@href"))
    data.dates.extend(tree.xpath("//time/@datetime")[:1])
    return data


def first_words(values: list[str | None] | list[str]) -> str | None:
    """The first value that has words, in one line."""
    return next((cleaned for value in values if value and (cleaned := one_line(value))), None)


def one_line(value: str) -> str:
    """A value of a page without tags, character references and line ends."""
    return _SPACES.sub(" ", _TAG.sub("", html.unescape(value)) if "&" in value or "<" in value else value).strip()


def outlet_among(values: list[str | None]) -> str | None:
    """The first that is a name: no handle, no URL."""
    return first_words([value for value in values if value and not _is_address(value)])


def authors_among(values: list[str]) -> list[str]:
    """Those that can be an author's name: no URL, no handle, no slug, no credit of a picture."""
    return [
        value for value in values if not _is_address(value) and not _SLUG.fullmatch(value) and value[:1] not in "(["
    ]


def byline(values: list[str], language: Language) -> tuple[str, ...]:
    """The authors, each once, without "par"; a longer form of a name stands for its parts ("Roux, Anne")."""
    words = language.pages
    joints = "|".join(re.escape(word) for word in words.joined_names if len(word) < 4)
    lead = re.compile(rf"(?:{'|'.join(re.escape(word) for word in words.byline)})\s+", re.IGNORECASE)
    names: list[str] = []
    for value in authors_among(values):
        for piece in re.split(rf"\s*[;,&]\s*|\s+(?:{joints})\s+", lead.sub("", one_line(value), count=1)):
            if piece and piece.lower() not in (name.lower() for name in names) and not _is_phrase(piece, language):
                names.append(piece)
    parts = [frozenset(name.lower().split()) for name in names]
    return tuple(name for name, own in zip(names, parts, strict=True) if not any(own < other for other in parts))


def _is_phrase(piece: str, language: Language) -> bool:
    """Whether a piece begins with a determiner and is no name: "un documentaire de Jeanne Morin"."""
    first, _, rest = piece.partition(" ")
    return first.lower() in language.pages.no_names and bool(rest) and not names_in(rest, language)[0]


def _is_address(value: str) -> bool:
    return _ADDRESS.match(value) is not None


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.lower(), []).append(content.strip())
    return found


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD; broken scripts are passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(_SPACES.sub(" ", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(value, 0)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _objects(entry, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            if key in value:
                yield from _objects(value[key], depth + 1)


def _is_a(entry: dict[str, Any], wanted: re.Pattern[str]) -> bool:
    kinds = entry.get("@type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and wanted.fullmatch(kind) for kind in kinds)


def _names(value: Any, named: dict[str, dict[str, Any]]) -> list[str]:
    """The words of a value: itself, or the name of an object that stands there or is referred to."""
    names: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        words = _name_of(entry, named) if isinstance(entry, dict) else entry
        names.extend(
            word.strip()
            for word in (words if isinstance(words, list) else [words])
            if isinstance(word, str) and word.strip()
        )
    return names


def _name_of(entry: dict[str, Any], named: dict[str, dict[str, Any]]) -> Any:
    reference = entry.get("@id")
    return entry.get("name") or (named.get(reference, {}).get("name") if isinstance(reference, str) else None)
