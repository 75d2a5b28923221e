"""The parameters that several pages and the API take; a value that is none of these is refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query

from selon.library.listing import ArticleFilter

MOST_IDS = 2**63 - 1

Number = Annotated[int, Path(ge=1, le=MOST_IDS, description="The number of the entry in the library.")]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000, description="The page of the list, from 1.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many entries at most.")]
Offset = Annotated[int, Query(ge=0, le=MOST_IDS // 1000, description="How many entries are left out before.")]
VersionNumber = Annotated[
    int | None, Query(ge=1, le=MOST_IDS, description="The version of the article, from 1; without it the newest.")
]


OneOutlet = Annotated[str | None, Query(max_length=300, description="Only of this outlet.")]


def article_filter(
    outlet: OneOutlet = None,
    language: Annotated[str | None, Query(max_length=10, description="Only in this language: fr or en.")] = None,
    since: Annotated[date | None, Query(description="Published on this day or later: an ISO date.")] = None,
    until: Annotated[date | None, Query(description="Published on this day or earlier: an ISO date.")] = None,
) -> ArticleFilter:
    """Which articles are asked for."""
    return ArticleFilter(
        outlet=outlet,
        language=language,
        since=since.isoformat() if since is not None else None,
        until=until.isoformat() if until is not None else None,
    )


Which = Annotated[ArticleFilter, Depends(article_filter)]
