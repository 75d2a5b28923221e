"""The marked sets as the reader reads them: each article once, for all figures of a run."""

from __future__ import annotations

from functools import cache

import msgspec

from evaluation.gold import Marked, marked
from evaluation.score import Match, match, told_of_marks, told_of_reading
from selon.articles.inputs import Loaded
from selon.reader import Reader
from selon.types import Reading


class ReadArticle(msgspec.Struct, frozen=True):
    """A marked article, its reading, and which of their statements belong together."""

    marked: Marked
    reading: Reading
    match: Match


@cache
def read_set(name: str, *, learned: bool = False) -> tuple[ReadArticle, ...]:
    """All articles of a marked set, read by the rules, or with the learned reader too. Raises NoDataError."""
    articles = marked(name)
    reader = Reader(learned=learned)
    readings = reader.read_many(Loaded(one.article.url or one.article.id, one.article) for one in articles)
    return tuple(
        ReadArticle(one, reading, match(one.article.text, told_of_marks(one.statements), told_of_reading(reading)))
        for one, reading in zip(articles, readings, strict=True)
    )
