"""Which lines of a page are the article's: breadcrumb, byline, date, links, notices and captions are told apart.

Used for text copied from a page and, after Trafilatura, for pages. The words are those of `pages.toml`. What is a
sentence stays wherever there is doubt: a caption too many does less harm than a paragraph lost.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from selon.articles.published import iso_date
from selon.language import Language
from selon.steps.dates import find_times
from selon.wordlists import PageWords

HEADER_LINES = 6  # lines under the title in which byline and date are looked for
_CRUMB = re.compile(r"\s*(?:»|>|›|→|/|\|)\s*")
_PIECE = re.compile(r"\s+[|•·–—-]\s+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
_NAME_PART = re.compile(r"[^\s,;/&]+|[,;/&]")
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"\d{1,2}\s?(?:h|:|\.)\s?\d{0,2}(?:\s?[ap]\.?m\b\.?)?|\b[A-Z]{2,5}\b")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_FULL_STOP = re.compile(r"(?:\.|…)[\s\"”»’')\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\s\"”»’')\]]*$")
_HALF_DAY = re.compile(r"[ap]\.m\.$", re.IGNORECASE)
_OPENING = ("—", "–", "-", "«", "“", '"', "„", "‹", "‘", "'", "”")
_CLOSING = ("»", "”", '"', "“", "›", "’", "'", ":", ";", ",", ")")
_BULLETS = "»>›•*-–— \t"
_LONGEST_HEADER = 20  # words
_LONGEST_REST = 5  # words after the names of a byline: "in Paris", "envoyée spéciale à Brest"
_LONGEST_NOTICE = 80
_LONGEST_PHRASE = 12
_LONGEST_LINK = 40
_SURE_SENTENCE = 12


class Header(msgspec.Struct, frozen=True):
    """What a line between title and text tells: the authors, the day of publication, or one of them."""

    names: tuple[str, ...] = ()
    date: str | None = None


def is_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does; quotation marks and brackets may follow the stop."""
    return _SENTENCE_END.search(line) is not None


def breadcrumb(line: str, words: PageWords) -> list[str]:
    """The parts of a line like "Accueil > Politique > Le titre", without the first; empty for any other line."""
    crumbs = [crumb for crumb in _CRUMB.split(line) if crumb]
    return crumbs[1:] if len(crumbs) > 1 and crumbs[0].lower() in words.home else []


def header_of(line: str, language: Language) -> Header | None:
    """What a line tells of the article, if that is all it does.

    >>> from selon.language import load
    >>> header_of("Par Anne Roux et Paul Métivier | Publié le 12 mars 2024", load("fr"))
    Header(names=('Anne Roux', 'Paul Métivier'), date='2024-03-12')
    """
    if len(line.split()) > _LONGEST_HEADER or (is_sentence(line) and not _HALF_DAY.search(line)):
        return None
    names: tuple[str, ...] = ()
    date: str | None = None
    for piece in _PIECE.split(line):
        lead = _lead(piece, language.pages.byline)
        found, rest = names_in(piece[len(lead) :], language) if lead else ((), piece)
        day, is_date = _date_in(rest, language)
        if not is_date and (not found or len(rest.split()) > _LONGEST_REST):
            return None
        names, date = names or found, date or day
    return Header(names, date)


def _lead(piece: str, leads: tuple[str, ...]) -> str:
    """The longest of the leads that the piece begins with, as it stands there; empty if there is none."""
    plain = _plain(piece)
    fitting = [lead for lead in leads if plain.startswith(lead) and not plain[len(lead) : len(lead) + 1].isalnum()]
    return piece[: len(max(fitting, key=len))] if fitting else ""


def names_in(text: str, language: Language) -> tuple[tuple[str, ...], str]:
    """The names that a text begins with, and the rest: "Anne Roux et Paul Métivier à Paris" gives two and "à Paris"."""
    particles, joints = language.sources.particles, language.pages.joined_names
    calendar = {name.lower() for name in (*language.dates.days, *language.dates.months)}
    names: list[list[str]] = [[]]
    end = 0
    for match in _NAME_PART.finditer(text):
        word = match.group()
        if word in ",;/&" or word.lower() in joints:
            if not names[-1]:
                break
            names.append([])
        elif _is_name(word, particles) and word.lower() not in calendar:
            names[-1].append(text[end : match.end()].strip(" ,;/&") if names[-1] else word)
            end = match.end()
        elif not names[-1] or word.lower() not in particles:
            break
    found = [" ".join(" ".join(name).split()).removesuffix(".") for name in names if name]
    return tuple(found), text[end:].strip(" ,;/&")


def _is_name(word: str, particles: tuple[str, ...]) -> bool:
    """Whether a word has a capital, be it after an elided particle ("d'Arc")."""
    elided, apostrophe, rest = word.replace("’", "'").partition("'")
    start = rest if rest and elided + apostrophe in particles else word
    return _NAME.fullmatch(word) is not None and start[0].isupper()


def _date_in(piece: str, language: Language) -> tuple[str | None, bool]:
    """The day of publication that a piece tells, and whether it is nothing but a time."""
    words = language.pages
    leads = (*words.published, *words.updated)
    piece = piece[len(_lead(piece, leads)) :].strip(" :,")
    if not any(character.isdigit() for character in piece):
        return None, False
    times = find_times(piece, 0, len(piece), language, None)
    date = next((time.date for time in times if time.date), None)
    rest = piece
    for time in reversed(times):
        rest = rest[: time.span.start] + rest[time.span.end :]
    year = _YEAR.search(piece)
    if date is None and year is not None and (date := iso_date(piece, language)) is not None:
        rest = piece[year.end() :]
    for lead in sorted(leads, key=len, reverse=True):
        rest = re.sub(rf"\b{re.escape(lead)}(?!\w)", " ", rest, flags=re.IGNORECASE)
    others = _WORD.findall(_CLOCK.sub(" ", rest))
    return date, bool(date or times) and len(others) <= 2


def body_lines(lines: list[str], words: PageWords) -> list[str]:
    """The paragraphs of the article: no captions of a word, no links to other articles, no notices."""
    counts = Counter(line for line in lines if line)
    kept: list[str] = []
    links = notice = False
    for line in lines:
        if not line:
            continue
        plain = _plain(line).strip(_BULLETS)
        heading = plain.strip(" :.…0123456789()")
        if heading in words.closing and any(is_sentence(paragraph) for paragraph in kept):
            break
        if heading in words.related:
            links, notice = True, False
        elif links and not _is_prose(line):
            continue
        else:
            links = False
            notice = _is_notice(line, plain, words, after=notice)
            if not (notice or _is_link(line, plain, words) or _is_caption(line, counts[line])):
                kept.append(line)
    return kept


def _plain(line: str) -> str:
    """A line as the word lists have it: lower case, straight apostrophes, ordinary spaces."""
    return line.lower().translate({0x2019: "'", 0xA0: " ", 0x202F: " "})


def _is_prose(line: str) -> bool:
    """Whether a line among links is a paragraph: titles have no full stop, though some ask or exclaim."""
    length = len(line.split())
    return length > 2 and (_FULL_STOP.search(line) is not None or (length >= _SURE_SENTENCE and is_sentence(line)))


def _is_notice(line: str, plain: str, words: PageWords, *, after: bool) -> bool:
    """Whether a line speaks for the page: by how it begins, by a phrase in what is no sentence or after a notice."""
    length = len(line.split())
    if plain.strip(" :.…") in words.notice_lines:
        return True
    if length <= _LONGEST_NOTICE and plain.startswith(words.notices):
        return True
    if not any(phrase in plain for phrase in words.notice_phrases):
        return False
    return (after and length <= _LONGEST_NOTICE) or (length <= _LONGEST_PHRASE and not is_sentence(line))


def _is_link(line: str, plain: str, words: PageWords) -> bool:
    return plain.startswith(words.related_line) and len(line.split()) <= _LONGEST_LINK


def _is_caption(line: str, count: int) -> bool:
    """Whether a line is a word or two under a picture: one word alone, or a few that come again."""
    if is_sentence(line) or line.endswith(_CLOSING) or line.startswith(_OPENING):
        return False
    length = len(line.split())
    return length == 1 or (count > 1 and length <= 4)
