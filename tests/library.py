"""Articles of our own for tests of the library, about made-up events, and the readings of them."""

from __future__ import annotations

from functools import cache

from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.reader import Reader
from selon.types import Article, Reading

DAM = (
    "Le barrage de Vernoux sera vidé avant l’été, a annoncé lundi la préfète, Claire Aubanel.\n"
    "« Nous n’attendrons pas une fissure de plus », a-t-elle déclaré. Le maire de Vernoux, Luc Sarrazin, "
    "affirme que personne ne l’a prévenu. Selon l’exploitant, Hydrenne, l’ouvrage reste sûr."
)
DAM_LATER = DAM.replace("avant l’été", "au printemps")
FERRY = (
    "The ferry to Inchmoor will not sail this week, the operator said on Tuesday.\n"
    "“We found a crack in the second engine,” said its director, Helen Marsh. She promised to refund every ticket. "
    "Islanders say that they were told nothing."
)


def article(text: str, *, language: str = "fr", **fields: str | None) -> Article:
    """An article with a title, an outlet, an address and a day, unless told otherwise."""
    given: dict[str, str | None] = {
        "title": "Vernoux : le barrage sera vidé",
        "outlet": "Le Messager de Vernoux",
        "url": "https://messager.example/vernoux",
        "published": "2025-04-07",
    }
    given.update(fields)
    return make_article(text, language=language, byline=("Paule Mercier",), **given)


def read(*articles: Article) -> list[Reading]:
    """Their readings."""
    return list(_reader().read_many(Loaded(one.url or "test", one) for one in articles))


@cache
def dam() -> Reading:
    """The reading of an article in French."""
    return read(article(DAM))[0]


@cache
def dam_later() -> Reading:
    """The reading of another text of the same article."""
    return read(article(DAM_LATER))[0]


@cache
def ferry() -> Reading:
    """The reading of an article in English that has no address."""
    return read(article(FERRY, language="en", title="No ferry to Inchmoor", outlet=None, url=None))[0]


@cache
def _reader() -> Reader:
    return Reader()
