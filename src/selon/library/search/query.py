"""The words of a search, read by a parser of our own: no text of a user's ever reaches SQLite's own query language.

    words that all must stand there      "a phrase"      begin*
    AND OR NOT (and the same words of the other languages), -word, ( )

`AND` binds closer than `OR`, and may be left out. What cannot be read is refused with its place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, NoReturn

import msgspec

from selon.language import codes, load

_MOST_WORDS = 60
_DEEPEST = 20
_OPENING = {'"': '"', "«": "»", "“": "”", "„": "“", "”": "”"}
_LEXEME = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>-*\()
      | (?P<close>\))
      | (?P<phrase>-*["«“„”])
      | (?P<word>[^\s()"«»“„”]+)
      | (?P<stray>»)""",
    re.VERBOSE,
)
_SAYS_SOMETHING = re.compile(r"[^\W_]")


class QueryError(ValueError):
    """A search that cannot be read: says what is wrong; `at` is the place in it, in code points from 0."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Term(msgspec.Struct, frozen=True):
    """A word, the beginning of one (`prefix`), or a phrase, as it was typed; `at` is where it stands."""

    text: str
    at: int
    prefix: bool = False


class Every(msgspec.Struct, frozen=True):
    """All of `parts`, and none of `without`."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


class Any(msgspec.Struct, frozen=True):
    """At least one of `parts`."""

    parts: tuple[Node, ...]


Node = Term | Every | Any


class _Lexeme(NamedTuple):
    kind: str  # open, close, phrase, word, prefix, and, or, not
    text: str
    at: int


def parse(text: str) -> Node | None:
    """What a search asks for; None where it is blank. Raises QueryError.

    >>> parse('paix -guerre')
    Every(parts=(Term(text='paix', at=0, prefix=False),), without=(Term(text='guerre', at=6, prefix=False),))
    """
    if not text.strip():
        return None
    lexemes = _cut(text)
    if not any(lexeme.kind in ("word", "prefix", "phrase") for lexeme in lexemes):
        _refuse("there is no word in this search", 0)
    return _Parser(lexemes, len(text)).whole()


def _cut(text: str) -> list[_Lexeme]:
    lexemes: list[_Lexeme] = []
    place = 0
    while place < len(text):
        match = _LEXEME.match(text, place)
        if match is None:  # pragma: no cover - the alternatives take every character
            _refuse("this cannot be read", place)
        kind, found, place = str(match.lastgroup), match[0], match.end()
        if found.startswith("-") and (kind != "word" or _SAYS_SOMETHING.search(found)):
            lexemes.append(_Lexeme("not", "-", match.start()))
            found = found.lstrip("-")
        start = place - len(found)
        if kind == "phrase":
            end = text.find(_OPENING[found], place)
            if end < 0:
                _refuse(f"the quotation mark at {start + 1} is never closed", start)
            lexemes.extend(_phrase(text[place:end], start))
            place = end + 1
        elif kind == "word":
            lexemes.extend(_word(found, start))
        elif kind in ("open", "close"):
            lexemes.append(_Lexeme(kind, found, start))
    return lexemes


def _phrase(text: str, at: int) -> list[_Lexeme]:
    return [_Lexeme("phrase", text, at)] if _SAYS_SOMETHING.search(text) else []


def _word(text: str, at: int) -> list[_Lexeme]:
    operator = _operators().get(text)
    if operator is not None:
        return [_Lexeme(operator, text, at)]
    if not _SAYS_SOMETHING.search(text):
        return []
    stem = text.rstrip("*")
    return [_Lexeme("prefix" if stem != text and _SAYS_SOMETHING.search(stem[-1]) else "word", stem, at)]


@cache
def _operators() -> dict[str, str]:
    words: dict[str, str] = {}
    for code in codes():
        search = load(code).search
        for kind, listed in (("and", search.and_), ("or", search.or_), ("not", search.not_)):
            words.update(dict.fromkeys(listed, kind))
    return words


class _Parser:
    """Recursive descent: any := every (OR every)*; every := (AND? NOT* one)+; one := term | ( any )."""

    def __init__(self, lexemes: list[_Lexeme], end: int) -> None:
        self._lexemes = lexemes
        self._next = 0
        self._end = end
        self._words = 0

    def whole(self) -> Node:
        node = self._any(0)
        if self._kind() == "close":
            _refuse(f"the parenthesis at {self._at() + 1} was never opened", self._at())
        return node

    def _kind(self) -> str:
        return self._lexemes[self._next].kind if self._next < len(self._lexemes) else "end"

    def _at(self) -> int:
        return self._lexemes[self._next].at if self._next < len(self._lexemes) else self._end

    def _take(self) -> _Lexeme:
        self._next += 1
        return self._lexemes[self._next - 1]

    def _any(self, depth: int) -> Node:
        parts = [self._every(depth)]
        while self._kind() == "or":
            self._take()
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _every(self, depth: int) -> Node:
        began = self._at()
        parts: list[Node] = []
        without: list[Node] = []
        while self._kind() not in ("or", "close", "end"):
            joined = self._kind() == "and"
            if joined:
                if not parts and not without:
                    _refuse(f"there is nothing before {self._lexemes[self._next].text} at {self._at() + 1}", self._at())
                self._take()
            denied = False
            while self._kind() == "not":
                self._take()
                denied = not denied
            (without if denied else parts).append(self._one(depth))
        if not parts:
            what = "only what is to be left out, and nothing to look for" if without else "nothing to look for"
            _refuse(f"there is {what} at {began + 1}", began)
        return parts[0] if len(parts) == 1 and not without else Every(tuple(parts), tuple(without))

    def _one(self, depth: int) -> Node:
        kind = self._kind()
        if kind not in ("word", "prefix", "phrase", "open"):
            where = "the end" if kind == "end" else str(self._at() + 1)
            _refuse(f"a word is missing at {where}", self._at())
        lexeme = self._take()
        if kind == "open":
            return self._inside(lexeme, depth + 1)
        self._words += 1
        if self._words > _MOST_WORDS:
            _refuse(f"a search takes {_MOST_WORDS} words and phrases at most", lexeme.at)
        return Term(lexeme.text, lexeme.at, prefix=kind == "prefix")

    def _inside(self, opened: _Lexeme, depth: int) -> Node:
        if depth > _DEEPEST:
            _refuse(f"parentheses stand within {_DEEPEST} others at most", opened.at)
        node = self._any(depth)
        if self._kind() != "close":
            _refuse(f"the parenthesis at {opened.at + 1} is never closed", opened.at)
        self._take()
        return node


def _refuse(message: str, at: int) -> NoReturn:
    raise QueryError(message, at)
