"""Whether an article's own words show a man or a woman: titles, nouns of roles, and the article before them.

What a pronoun shows is left to the reading: it is often another person's, and would keep one person apart from herself.
"""

from __future__ import annotations

from typing import Literal

from selon.language import Language
from selon.library.sources.folding import folded
from selon.library.sources.persons import titled
from selon.steps.kinds import lexicon_of
from selon.types import Source

_VOTES: dict[str | None, Literal["f", "m"]] = {"woman": "f", "man": "m"}


def shown_gender(source: Source, language: Language) -> Literal["f", "m", ""]:
    """The gender of a person that most of the words about him or her show; '' where none do, or as many as others."""
    if source.kind != "person":
        return ""
    votes = [titled(mention.text) for mention in source.mentions]
    votes += [_article(mention.text, language) for mention in source.mentions]
    votes += [_role(role, language) for role in source.roles]
    women, men = votes.count("f"), votes.count("m")
    return "f" if women > men else "m" if men > women else ""


def _article(mention: str, language: Language) -> Literal["f", "m", ""]:
    """What the article before a noun shows: "la ministre"; nothing where all articles are the same."""
    articles = language.profile.articles
    feminine, masculine = folded(articles.f), folded(articles.m)
    first, _, rest = mention.partition(" ")
    if feminine == masculine or not rest[:1].islower():
        return ""
    return "f" if folded(first) == feminine else "m" if folded(first) == masculine else ""


def _role(role: str, language: Language) -> Literal["f", "m", ""]:
    """What the noun of a role shows: "directrice", "spokeswoman"."""
    lexicon = lexicon_of(language)
    words = role.casefold().split()
    nouns = (lexicon.nouns.get(role.casefold()), *(lexicon.nouns.get(word) for word in words[:1] + words[-1:]))
    return next((_VOTES[noun] for noun in nouns if noun in _VOTES), "")
