"""The made-up library of echoes beside the project: its articles, marked statements, pairs and wire copies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from evaluation.gold import NoDataError, corpus, shared_folder
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.library.echoes.copies import CopyText
from selon.library.echoes.said import Saying, day_of, sayings_of, topic_of
from selon.reader import Reader
from selon.types import Article, Form, Reading, SourceKind

_OVERLAP = 0.5
_NOBODY = ("", "anonyme", "anonymous")


class Named(msgspec.Struct, frozen=True):
    """A statement as the pairs name it: the article's number in the library and a passage of its text."""

    article: int
    start: int
    end: int


class Pair(msgspec.Struct, frozen=True):
    """A marked pair; `relation` is "not" where the two must not be joined."""

    one: Named
    other: Named
    relation: str


class EchoSet(msgspec.Struct, frozen=True):
    """The library: articles in order of publication, their short names, pairs, and copies as pairs of articles."""

    names: list[str]
    articles: list[Article]
    pairs: list[Pair]
    copies: list[tuple[int, int]]


class Placed(msgspec.Struct, frozen=True):
    """A saying and where its content stands in its article's text: ranges of code points (none for the title)."""

    saying: Saying
    ranges: tuple[tuple[int, int], ...]


def echo_set() -> EchoSet:
    """The library beside the project. Raises NoDataError."""
    rows = [json.loads(line) for line in (_folder() / "articles.jsonl").read_text("utf-8").splitlines()]
    names = [row["id"] for row in rows]
    articles = [
        make_article(
            row["text"], language=row["language"], title=row["title"], byline=[row["byline"]], section=row["section"],
            outlet=row["outlet"], url=row["url"], published=row["published"],
        )
        for row in rows
    ]  # fmt: skip
    lines = [json.loads(line) for line in (_folder() / "pairs.jsonl").read_text("utf-8").splitlines()]
    number = {name: place for place, name in enumerate(names)}

    def named(side: dict[str, str]) -> Named:
        place = number[side["article"]]
        return Named(place, *_found(articles[place].text, side["text"]))

    pairs = [Pair(named(line["a"]), named(line["b"]), line["relation"]) for line in lines if "relation" in line]
    copies = [(number[one], number[other]) for line in lines for one, other in line.get("copies", ())]
    return EchoSet(names, articles, pairs, copies)


def _folder() -> Path:
    shared = shared_folder()
    if shared is None or not (shared / "echoes").is_dir():
        raise NoDataError("the data beside the project has no echoes")
    return shared / "echoes"


def _found(text: str, passage: str) -> tuple[int, int]:
    """Where a pair's text stands; whole, or else from its first words to its last, where a cue was left out."""
    start = text.find(passage)
    if start >= 0:
        return start, start + len(passage)
    words = passage.split()
    for size in range(min(4, len(words)), 0, -1):
        first, last = " ".join(words[:size]), " ".join(words[-size:])
        start = text.find(first)
        end = text.find(last, start)
        if start >= 0 and end >= 0:
            return start, end + len(last)
    raise ValueError(f"a pair's text stands nowhere in its article: {passage!r}")


def marked_sayings(library: EchoSet) -> list[Placed]:
    """The sayings as they are marked in made-train, so that errors of reading are left out. Raises NoDataError."""
    lines = (corpus("made-train") / "articles.jsonl").read_text("utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    placed: list[Placed] = []
    for place, name in enumerate(library.names):
        article = library.articles[place]
        topic = topic_of(article)
        for row in rows[name]["statements"]:
            placed.append(Placed(_marked(row, len(placed), place, article, topic), _ranges(row["content"])))
    return placed


def _marked(row: dict[str, Any], number: int, place: int, article: Article, topic: tuple[str, ...]) -> Saying:
    speaker: str = row["speaker"] or ""
    form: Form = row["form"]
    return Saying(
        id=number, article=place, language=article.language, content=" ".join(part["text"] for part in row["content"]),
        outlet=article.outlet, day=day_of(article.published), published=article.published, form=form,
        sources=(speaker,) if speaker not in _NOBODY else (), source_kind=_kind(speaker), topic=topic,
    )  # fmt: skip


def _kind(speaker: str) -> SourceKind:
    """The corpus does not mark kinds here: a name of capitals alone is taken for a person."""
    words = speaker.split()
    return "person" if len(words) > 1 and all(word[0].isupper() for word in words) else "institution"


def _ranges(content: Iterable[dict[str, Any]]) -> tuple[tuple[int, int], ...]:
    return tuple((part["start"], part["end"]) for part in content)


def read_library(library: EchoSet, *, learned: bool = False) -> list[Reading]:
    """The library as Selon's own reader reads it."""
    loaded = [Loaded(name, article) for name, article in zip(library.names, library.articles, strict=True)]
    return list(Reader(learned=learned).read_many(loaded))


def read_sayings(readings: Sequence[Reading]) -> list[Placed]:
    """The sayings of Selon's own readings."""
    placed: list[Placed] = []
    for place, reading in enumerate(readings):
        numbers = range(len(placed), len(placed) + len(reading.statements))
        for saying, statement in zip(sayings_of(reading, article=place, ids=numbers), reading.statements, strict=True):
            inside = [part for part in statement.content if part.where is msgspec.UNSET]
            placed.append(Placed(saying, tuple((part.start, part.end) for part in inside)))
    return placed


def copy_texts(library: EchoSet) -> list[CopyText]:
    """The articles as the search for copies takes them."""
    return [
        CopyText(article=place, language=article.language, published=article.published, text=article.text)
        for place, article in enumerate(library.articles)
    ]


def overlaps(named: Named, placed: Placed) -> bool:
    """Whether a saying stands where a pair names one: in common is at least half of the shorter."""
    size = sum(end - start for start, end in placed.ranges)
    common = sum(max(0, min(end, named.end) - max(start, named.start)) for start, end in placed.ranges)
    shorter = min(size, named.end - named.start)
    return placed.saying.article == named.article and shorter > 0 and common >= _OVERLAP * shorter


def closure(pairs: Iterable[tuple[Named, Named]]) -> dict[Named, Named]:
    """For each passage of the pairs, one that all share who are joined by pairs."""
    above: dict[Named, Named] = {}

    def root(member: Named) -> Named:
        while above.setdefault(member, member) != member:
            member = above[member]
        return member

    for one, other in pairs:
        above[root(one)] = root(other)
    return {member: root(member) for member in list(above)}
