"""What the echoes need of one statement, and how it is made of a reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import msgspec

from selon.library.echoes.lexicon import fold, fold_word, lexicon_of
from selon.library.echoes.numbers import tokens_of
from selon.types import Article, Form, Reading, SourceKind, Statement

TOPIC_NAMES = 12
_TEXT_READ = 6000
_CAPITALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w*(?:[ \u00a0-][A-ZÀ-ÖØ-Þ]\w*)*")
_OPENING = frozenset('.!?…:»«”“"\n')


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of one article, as far as echoes need it.

    `id` and `article` are whole numbers of the caller's choice. `published` is an ISO date or date and time, `day` its
    date. `sources` are the resolved names in the article's own words, `source_ids` what the caller knows them by
    across articles (may be empty), `speaks_for` the name of whom a spokesman speaks for. `topic`: the proper names
    that the article has most often, folded, by which two articles are known to tell of the same event.
    """

    id: int
    article: int
    language: str
    content: str
    outlet: str | None = None
    day: str | None = None
    published: str | None = None
    form: Form = "indirect"
    denied: bool = False
    sources: tuple[str, ...] = ()
    source_kind: SourceKind | None = None
    source_ids: tuple[int, ...] = ()
    speaks_for: str | None = None
    topic: tuple[str, ...] = ()


def sayings_of(
    reading: Reading, *, article: int, ids: Sequence[int], identities: Mapping[str, int] | None = None
) -> list[Saying]:
    """The sayings of a reading, one a statement in the same order.

    `ids` are the numbers of the statements; `identities` maps source ids of the reading ("s1") to numbers across
    articles, as far as known.
    """
    known = identities or {}
    sources = {source.id: source for source in reading.sources}
    topic = topic_of(reading.article)

    def saying(statement: Statement, number: int) -> Saying:
        spoken = [sources[name] for name in statement.sources if name in sources]
        principal = sources.get(spoken[0].speaks_for or "") if spoken else None
        return Saying(
            id=number,
            article=article,
            language=reading.article.language,
            content=" ".join(part.text for part in statement.content),
            outlet=reading.article.outlet,
            day=day_of(reading.article.published),
            published=reading.article.published,
            form=statement.form,
            denied=statement.denied,
            sources=tuple(source.name for source in spoken if source.kind != "anonymous"),
            source_kind=spoken[0].kind if spoken else None,
            source_ids=tuple(known[source.id] for source in spoken if source.id in known),
            speaks_for=principal.name if principal else None,
            topic=topic,
        )

    return [saying(statement, number) for statement, number in zip(reading.statements, ids, strict=True)]


def topic_of(article: Article) -> tuple[str, ...]:
    """The proper names an article has most often, the last word of each, folded, without its own outlet and byline."""
    lexicon = lexicon_of(article.language)
    own = {token.folded for line in (article.outlet, *article.byline) if line for token in tokens_of(line)}
    names: Counter[str] = Counter()
    text = f"{article.title or ''}\n{article.text[:_TEXT_READ]}"
    for match in _CAPITALS.finditer(text):
        words = match.group().replace("-", " ").split()
        name = fold_word(words[-1])
        opens = text[max(0, match.start() - 2) : match.start()].rstrip(" \u00a0")[-1:]
        if len(words) == 1 and (not opens or opens in _OPENING):
            continue
        if len(name) > 1 and not any(name in known for known in (own, lexicon.functions, lexicon.days, lexicon.months)):
            names[name] += 1
    ranked = sorted(names.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, _ in ranked[:TOPIC_NAMES])


def day_of(published: str | None) -> str | None:
    """The date of an ISO date or date and time; None for what is neither."""
    moment = moment_of(published)
    return moment.date().isoformat() if moment else None


def moment_of(published: str | None) -> datetime | None:
    """The moment of an ISO date or date and time, in its own time zone or UTC; None for what is neither."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def number_of_day(day: str | None) -> int | None:
    """Days since the year 1 of an ISO date; None for what is none."""
    if not day:
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def surname(name: str) -> str:
    """The last word of a name, folded, by which a person is known again: "Mme Anne Roux" is "roux"."""
    tokens = tokens_of(name)
    return tokens[-1].folded if tokens else fold(name)
