"""Facing statements of a library: of chosen articles, or of those that a search finds.

A comparison takes time that grows with the square of the statements, so no more than the first articles of a search are
compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from selon.library.facing import Matter, facing
from selon.library.search import Query, search
from selon.library.store import Library, Version
from selon.types import Reading

MOST_ARTICLES = 40
_MOST_HITS = 200


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The articles that were compared, their readings in the same order, and what is said in them on one matter.

    `Said.article` counts `versions`. `more`: the search found further articles, which were not compared.
    """

    versions: tuple[Version, ...]
    readings: tuple[Reading, ...]
    matters: tuple[Matter, ...]
    more: bool = False


def facing_in_articles(library: Library, articles: Sequence[int]) -> Compared:
    """The matters of articles by their numbers. Raises LibraryError where there is no such article."""
    versions = [library.versions(library.find_article(str(article)))[0] for article in dict.fromkeys(articles)]
    readings = [library.reading(version.id) for version in versions]
    return Compared(versions=tuple(versions), readings=tuple(readings), matters=facing(readings))


def facing_in_library(library: Library, query: Query, *, most: int = MOST_ARTICLES) -> Compared:
    """The matters on which statements that a search finds face others of the articles it finds.

    Words, a source, an outlet, days: whatever `query` asks for; its own limit and offset count for nothing here. Raises
    QueryError and FilterError as the search does.
    """
    wanted = msgspec.structs.replace(query, text=False, limit=_MOST_HITS, offset=0)
    results = search(library.connection, wanted)
    found = list(dict.fromkeys(hit.version for hit in results.hits))
    chosen = found[:most]
    hits = {(hit.version, hit.number) for hit in results.hits}
    versions = [library.version(version) for version in chosen]
    readings = [library.reading(version) for version in chosen]
    kept = tuple(
        matter
        for matter in facing(readings)
        if any((chosen[said.article], said.statement.id) in hits for said in matter.statements)
    )
    more = len(found) > most or results.more or results.total > len(results.hits)
    return Compared(versions=tuple(versions), readings=tuple(readings), matters=kept, more=more)
