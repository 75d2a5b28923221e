"""Readings made by hand for tests of sources over articles: who speaks in an article, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from selon.articles.article import make_article
from selon.types import Engine, GenderCount, Passage, Profile, Reading, Source, SourceKind, Statement

SAID = "Rien de neuf au port"


class Speaker(NamedTuple):
    """A source as an article has it: its name, what it is, its role, and the words of its mentions."""

    name: str
    kind: SourceKind = "person"
    role: str = ""
    mentions: tuple[str, ...] = ()


def told(number: int, speakers: Iterable[Speaker], *, day: str | None = None, language: str = "fr") -> Reading:
    """The reading of an article of that number in which each speaker says one thing."""
    given = list(speakers)
    lines = [f"{SAID}, dit {', '.join(_mentions(one))} ({number}.{row})." for row, one in enumerate(given)]
    article = make_article(
        "\n".join(lines), language=language, title=f"Le port, {number}", url=f"https://port.example/{number}",
        outlet="Le Quai", published=day,
    )  # fmt: skip
    sources = tuple(_source(article.text, row, one) for row, one in enumerate(given))
    statements = tuple(_statement(article.text, lines, row) for row in range(len(given)))
    return Reading(
        input=f"{number}.txt",
        article=article,
        sources=sources,
        statements=statements,
        profile=_profile(),
        warnings=(),
        engine=Engine(version="0", models=()),
    )


def _mentions(speaker: Speaker) -> tuple[str, ...]:
    return speaker.mentions or (speaker.name,)


def _source(text: str, row: int, speaker: Speaker) -> Source:
    begin = sum(len(line) + 1 for line in text.split("\n")[:row])
    mentions = []
    for words in _mentions(speaker):
        start = text.index(words, begin)
        mentions.append(Passage(start=start, end=start + len(words), text=words))
    return Source(
        id=f"s{row + 1}",
        name=speaker.name,
        kind=speaker.kind,
        named=True,
        gender="unknown" if speaker.kind == "person" else "none",
        roles=(speaker.role,) if speaker.role else (),
        speaks_for=None,
        mentions=tuple(mentions),
    )


def _statement(text: str, lines: list[str], row: int) -> Statement:
    start = sum(len(line) + 1 for line in lines[:row])
    end = start + len(SAID)
    return Statement(
        id=str(row + 1), form="indirect", kind="speech", content=(Passage(start=start, end=end, text=text[start:end]),),
        cue=None, mention=None, sources=(f"s{row + 1}",), act="say", addressee=None, medium=None, when=None,
        inside=None, hedged_by=None, denied=False, confidence=1.0, why="test",
    )  # fmt: skip


def _profile() -> Profile:
    return Profile(
        words=9, attributed_words=5, attributed_share=0.56, statements=1, by_source=(), top_share=1.0, by_kind={},
        unnamed_share=0.0, anonymous_share=0.0, single_source=True, second_hand=0, speaks_for={}, hearsay=(),
        gender=GenderCount(f=0, m=0, unknown=1), headline=None, line="Une source dit tout.",
    )  # fmt: skip
