"""What the articles of a library rest on, summed by outlet, section, month or language.

Shares of words are sums of words by sums of words, so that a long article counts for what it is and no rounded share is
averaged. Shares of articles come with Wilson's interval of 95 %, so that an outlet of a few articles is not over-read.
Whether a woman or a man is quoted is known only where the text itself shows it; the rest is counted as unknown.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from selon.library.search import Filters
from selon.library.search.filters import conditions
from selon.steps.profile import Words, is_anonymous, is_unnamed, statements_in_text
from selon.types import Reading, SourceKind

By = Literal["total", "outlet", "section", "month", "language"]

_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
_SUMS = (
    "words", "attributed", "top", "unnamed", "anonymous", "statements", "said", "second_hand", "hearsay",
    "single_source", "women", "men", "gender_unknown",
    *(f"{kind}_{what}" for kind in _KINDS for what in ("sources", "statements", "words")),
)  # fmt: skip
_KEYS: dict[By, str] = {
    "total": "''", "outlet": "v.outlet", "section": "v.section", "month": "substr(v.day, 1, 7)",
    "language": "v.language",
}  # fmt: skip
_NORMAL_95 = 1.959964


class Proportion(msgspec.Struct, frozen=True, kw_only=True):
    """How many of how many articles; share with the ends of its interval of 95 %, 0 to 1; None of none."""

    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class KindSum(msgspec.Struct, frozen=True, kw_only=True):
    """What the sources of one kind carry together; `share` is of the attributed words."""

    sources: int
    statements: int
    words: int
    share: float | None


class GenderSum(msgspec.Struct, frozen=True, kw_only=True):
    """Statements by persons, by what the texts show; shares are of all of them, so the unknown share is always told."""

    women: int
    men: int
    unknown: int
    women_share: float | None
    men_share: float | None
    unknown_share: float | None


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A source over all articles: in how many of the chosen ones it speaks, and what it carries there."""

    source: int
    name: str
    kind: SourceKind
    articles: int
    statements: int
    words: int
    share: float | None


class Summed(msgspec.Struct, frozen=True, kw_only=True):
    """The profile of a group of articles. `name` is the outlet, section, month or language; None where it is not known.

    Shares are 0 to 1, None where there is nothing to share. `top_share`: of the attributed words, those of each
    article's most quoted source. `second_hand_share` is of all statements, `headline_none` of articles with a headline,
    `single_source` of articles with a statement.
    """

    name: str | None
    articles: int
    words: int
    attributed_words: int
    attributed_share: float | None
    statements: int
    by_kind: dict[SourceKind, KindSum]
    top_share: float | None
    unnamed_share: float | None
    anonymous_share: float | None
    second_hand: int
    second_hand_share: float | None
    hearsay: int
    single_source: Proportion
    headline_none: Proportion
    headline_part: Proportion
    gender: GenderSum


def keep(connection: sqlite3.Connection, version: int, reading: Reading) -> None:
    """Put the figures of a current version, whose sources' rows are there, into the table."""
    profile = reading.profile
    of_id = {source.id: source for source in reading.sources}
    in_text = statements_in_text(reading.statements)
    words = Words(reading.article.text, [statement for statement in in_text if statement.inside is None])
    where = connection.execute("SELECT shown_outlet, section, language, day FROM version WHERE id = ?", (version,))
    row: dict[str, int | str | None] = {
        "version": version,
        **dict(zip(("outlet", "section", "language", "day"), where.fetchone(), strict=True)),
        "words": profile.words,
        "attributed": profile.attributed_words,
        "top": profile.by_source[0].words if profile.by_source else 0,
        "unnamed": words.of(lambda one: is_unnamed(one, of_id)),
        "anonymous": words.of(lambda one: is_anonymous(one, of_id)),
        "statements": profile.statements,
        "said": len(in_text),
        "second_hand": profile.second_hand,
        "hearsay": len(profile.hearsay),
        "single_source": profile.single_source,
        "headline": profile.headline.carried if profile.headline else None,
        "women": profile.gender.f,
        "men": profile.gender.m,
        "gender_unknown": profile.gender.unknown,
    }
    for kind in _KINDS:
        carried = profile.by_kind.get(kind)
        for what in ("sources", "statements", "words"):
            row[f"{kind}_{what}"] = getattr(carried, what) if carried else 0
    columns = ", ".join(row)
    connection.execute(f"INSERT INTO profile ({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
    connection.executemany(
        "INSERT INTO quoted SELECT id, source, version, ?, ? FROM article_source WHERE version = ? AND number = ?",
        [(share.words, share.statements, version, share.source) for share in profile.by_source],
    )


def forget(connection: sqlite3.Connection, version: int) -> None:
    """Take away the figures of a version."""
    connection.execute("DELETE FROM profile WHERE version = ?", (version,))
    connection.execute(
        "DELETE FROM quoted WHERE article_source IN (SELECT id FROM article_source WHERE version = ?)", (version,)
    )


def summed(connection: sqlite3.Connection, by: By = "total", filters: Filters | None = None) -> list[Summed]:
    """The profiles of the articles that the filters leave (outlet, section, language, days), in groups.

    Most articles first; months in their order. No group where there is no article. Raises FilterError for days that are
    none.
    """
    where, values = _where(connection, filters)
    counts = ", ".join(
        f"SUM({condition})"
        for condition in ("statements > 0", "headline IS NOT NULL", "headline = 'none'", "headline = 'part'")
    )
    sums = ", ".join(f"SUM({column})" for column in _SUMS)
    rows = connection.execute(
        f"SELECT {_KEYS[by]} AS name, COUNT(*) AS articles, {counts}, {sums} FROM profile AS v{where} "
        "GROUP BY name ORDER BY articles DESC, name",
        values,
    ).fetchall()
    if by == "month":
        rows.sort(key=lambda row: row[0] or "")
    return [_summed(row, named=by != "total") for row in rows if row[1]]


def most_quoted(
    connection: sqlite3.Connection, filters: Filters | None = None, limit: int = 10, offset: int = 0
) -> list[Quoted]:
    """The sources that carry most words in the articles that the filters leave, most words first.

    Only named sources, which are known over all articles. Raises FilterError for days that are none.
    """
    where, values = _where(connection, filters)
    every = f"SELECT COALESCE(SUM(attributed), 0) FROM profile AS v{where}"
    attributed = int(connection.execute(every, values).fetchone()[0])
    joined = f" JOIN profile AS v ON v.version = q.version{where}" if where else ""
    rows = connection.execute(
        "SELECT source.id, source.name, source.kind, most.articles, most.statements, most.words FROM ("
        "SELECT q.source AS source, COUNT(DISTINCT q.version) AS articles, SUM(q.statements) AS statements, "
        f"SUM(q.words) AS words FROM quoted AS q{joined} {'AND' if where else 'WHERE'} q.source IS NOT NULL "
        "GROUP BY q.source ORDER BY words DESC, q.source LIMIT ? OFFSET ?) AS most "
        "JOIN source ON source.id = most.source ORDER BY most.words DESC, source.id",
        [*values, limit, offset],
    )
    return [
        Quoted(source=row, name=name, kind=kind, articles=articles, statements=statements, words=words,
               share=_share(words, attributed))
        for row, name, kind, articles, statements, words in rows
    ]  # fmt: skip


def wilson(count: int, of: int) -> Proportion:
    """A share of articles with its interval of 95 % (E. B. Wilson 1927), which stays between 0 and 1.

    >>> wilson(2, 4).low, wilson(2, 4).high
    (0.15, 0.85)
    """
    if not of:
        return Proportion(count=count, of=of, share=None, low=None, high=None)
    share, square = count / of, _NORMAL_95**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _NORMAL_95 * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low, high = max(0.0, round(middle - half, 4)), min(1.0, round(middle + half, 4))
    return Proportion(count=count, of=of, share=round(share, 4), low=low, high=high)


def _where(connection: sqlite3.Connection, filters: Filters | None) -> tuple[str, tuple[str, ...]]:
    chosen = conditions(connection, filters or Filters())
    return (f" WHERE {' AND '.join(chosen.article)}" if chosen.article else ""), chosen.article_values


def _summed(row: Sequence[int | str | None], *, named: bool) -> Summed:
    name, articles, speaking, titled, none, part = row[:6]
    of = dict(zip(_SUMS, (int(value or 0) for value in row[6:]), strict=True))
    attributed = of["attributed"]
    persons = of["women"] + of["men"] + of["gender_unknown"]
    return Summed(
        name=str(name) if named and name is not None else None,
        articles=int(articles or 0),
        words=of["words"],
        attributed_words=attributed,
        attributed_share=_share(attributed, of["words"]),
        statements=of["statements"],
        by_kind={kind: _kind(of, kind, attributed) for kind in _KINDS},
        top_share=_share(of["top"], attributed),
        unnamed_share=_share(of["unnamed"], attributed),
        anonymous_share=_share(of["anonymous"], attributed),
        second_hand=of["second_hand"],
        second_hand_share=_share(of["second_hand"], of["said"]),
        hearsay=of["hearsay"],
        single_source=wilson(of["single_source"], int(speaking or 0)),
        headline_none=wilson(int(none or 0), int(titled or 0)),
        headline_part=wilson(int(part or 0), int(titled or 0)),
        gender=GenderSum(
            women=of["women"], men=of["men"], unknown=of["gender_unknown"], women_share=_share(of["women"], persons),
            men_share=_share(of["men"], persons), unknown_share=_share(of["gender_unknown"], persons),
        ),
    )  # fmt: skip


def _kind(of: dict[str, int], kind: SourceKind, attributed: int) -> KindSum:
    words = of[f"{kind}_words"]
    return KindSum(
        sources=of[f"{kind}_sources"], statements=of[f"{kind}_statements"], words=words, share=_share(words, attributed)
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
