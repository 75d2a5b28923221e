"""Plain text, as it comes from copying or scraping a page, to an article.

What is around the article is taken off by its place and its words (`pages.toml`): the breadcrumb gives the section,
the first line the title, a line "par …" the byline, a date line the day; one-word captions, links to other articles
and notices leave the text. With `plain` nothing leaves.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from selon.articles.article import make_article
from selon.articles.languages import detect_language
from selon.language import Language, load
from selon.steps.dates import find_times
from selon.types import Article
from selon.wordlists import PageWords

_BREAKS = re.compile(r"\r\n|[\r\u2028\u2029\u0085\x0b\x0c]")
_CRUMB = re.compile(r"\s*(?:»|>|›|→|/|\|)\s*")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+(?:(?:de|du|van|von|el|al|ben|la|le|da|di)\s+)?[^\W\d_][\w.'’-]*){0,3}")
_SENTENCE_END = (".", "!", "?", "…", '"', "”", "»", "’", ":", ";", ",", ")")
_TITLE_LENGTH = 250
_HEADER_LINES = 6
_SHORT_LINE = 20  # words
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
    words = load(code)
    page = _Page([line.strip() for line in clean_breaks(text).split("\n")])
    _unwrap(page)
    _breadcrumb(page, words.pages)
    _title(page)
    _header(page, words)
    page.lines = body_lines(page.lines, words.pages)
    return make_article(
        "\n".join(page.lines),
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


def _breadcrumb(page: _Page, words: PageWords) -> None:
    first = next((index for index, line in enumerate(page.lines) if line), None)
    if first is None:
        return
    crumbs = [crumb for crumb in _CRUMB.split(page.lines[first]) if crumb]
    if len(crumbs) < 2 or crumbs[0].lower() not in words.home:
        return
    if len(crumbs) > 2 or len(crumbs[1].split()) <= 3:
        page.section = crumbs[1]
    if len(crumbs) > 2:
        page.title = crumbs[-1]
    del page.lines[: first + 1]


def _title(page: _Page) -> None:
    """The first line, if it repeats the breadcrumb or itself, or looks like a title before a longer text."""
    full = [index for index, line in enumerate(page.lines) if line]
    if not full:
        return
    first = full[0]
    line = page.lines[first]
    repeated = line == page.title or line in (page.lines[index] for index in full[1:3])
    follows_text = len(full) > 1 and max(len(page.lines[index]) for index in full[1:]) > len(line)
    looks_like = (
        len(line) <= _TITLE_LENGTH and not line.endswith(_SENTENCE_END[:4]) and follows_text and len(line.split()) > 1
    )
    if repeated or (page.title is None and looks_like and not line.startswith(("«", "“", '"', "—"))):
        page.title = line
        page.lines = [other for index, other in enumerate(page.lines) if index > first and other != line]


def _header(page: _Page, language: Language) -> None:
    """The byline and the date, within the first lines under the title."""
    kept: list[str] = []
    seen = 0
    for line in page.lines:
        if line:
            seen += 1
        if seen > _HEADER_LINES or not line or not _takes_header(page, line, language):
            kept.append(line)
    page.lines = kept


def _takes_header(page: _Page, line: str, language: Language) -> bool:
    words = language.pages
    if len(line.split()) > _SHORT_LINE:
        return False
    taken = False
    for piece in re.split(r"\s+[|•·]\s+", line):
        lead = next(
            (lead for lead in sorted(words.byline, key=len, reverse=True) if piece.lower().startswith(lead + " ")), None
        )
        if lead is not None and not page.byline:
            names = names_in(piece[len(lead) :], words)
            if names:
                page.byline = names
                taken = True
                continue
        starts = (*words.published, *words.updated)
        times = find_times(piece, 0, len(piece), language, None)
        dated = next((time for time in times if time.date), None)
        if dated is not None and (
            piece.lower().startswith(starts) or dated.span.end - dated.span.start >= 0.5 * len(piece)
        ):
            page.published = page.published or dated.date
            taken = True
    return taken


def names_in(text: str, words: PageWords) -> tuple[str, ...]:
    """The names of a byline: "Anne Roux et Paul Métivier" -> two; nothing where a word is no name."""
    joints = "|".join(re.escape(f" {word} ") for word in words.joined_names)
    names = [name.strip(" ,.") for name in re.split(rf",|;|/|{joints}", text.strip())]
    names = [name for name in names if name]
    fitting = [name for name in names if _NAME.fullmatch(name) and name[0].isupper()]
    return tuple(fitting) if fitting and fitting[0] == names[0] else ()


def body_lines(lines: list[str], words: PageWords) -> list[str]:
    """The paragraphs of the article: no captions of a word, no links to other articles, no notices."""
    counts = Counter(line for line in lines if line)
    kept: list[str] = []
    in_related = False
    for line in lines:
        if not line:
            continue
        lower = line.lower().replace("’", "'")
        if lower.rstrip(" :.…").strip() in words.related:
            in_related = True
            continue
        if in_related and not _is_prose(line):
            continue
        in_related = False
        if not _is_page(line, lower, counts[line], words):
            kept.append(line)
    return kept


def _is_prose(line: str) -> bool:
    return len(line.split()) >= 12 and line.endswith((".", "!", "?", "…", "»", "”", '"'))


def _is_page(line: str, lower: str, count: int, words: PageWords) -> bool:
    """Whether a line is the page's and not the article's."""
    length = len(line.split())
    ends = line.endswith(_SENTENCE_END)
    if length == 1 and not ends and not line.startswith(("—", "–", "-", "«", "“", '"')):
        return True
    if count > 1 and length <= 4 and not ends:
        return True
    if lower.startswith(words.related_line) and length <= 2 * _SHORT_LINE:
        return True
    return (
        length <= 2 * _SHORT_LINE
        and any(notice in lower for notice in words.notices)
        and _is_notice(lower, length, words)
    )


def _is_notice(lower: str, length: int, words: PageWords) -> bool:
    """A notice begins the line, or the line has two of them, or is very short."""
    hits = sum(notice in lower for notice in words.notices)
    return lower.startswith(words.notices) or hits > 1 or length <= 6
