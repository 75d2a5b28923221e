"""The word lists of this folder and of all languages, ready for looking up names."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from selon.language import Words, codes, load, read_words
from selon.library.sources.folding import folded, given_key, surname_key
from selon.wordlists import SourceWords, WordList


class NameWords(WordList, frozen=True, kw_only=True):
    """`names.toml`: what the spelling of persons' names does not show by itself."""

    given_names: tuple[tuple[str, ...], ...]
    surnames: tuple[tuple[str, ...], ...]
    whole_names: tuple[tuple[str, ...], ...]
    family_first: tuple[str, ...]
    particles: tuple[str, ...]
    joined_particles: tuple[str, ...]
    one_particle: dict[str, str]
    particles_or_given: tuple[str, ...]
    generations: tuple[str, ...]


class State(WordList, frozen=True, kw_only=True):
    """A state: its names and how its adjectives begin, in all languages; adjectives in full where they are short."""

    id: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()


class Body(WordList, frozen=True, kw_only=True):
    """An institution that is one in the world: its names and acronyms in all languages."""

    id: str
    names: tuple[str, ...]


class InstitutionWords(WordList, frozen=True, kw_only=True):
    """`institutions.toml`. `bodies`: one in the world; `organs`: what each state has one of, by its names in all
    languages; `spellings`: words with two spellings; `small_words`: those that do not count."""

    small_words: tuple[str, ...]
    spellings: dict[str, str]
    bodies: tuple[Body, ...]
    organs: tuple[Body, ...]
    states: tuple[State, ...]


class Names(msgspec.Struct, frozen=True):
    """What persons' names are looked up in; all keys folded, those of `given`, `surnames` as in folding.py."""

    given: dict[str, str]
    surnames: dict[str, str]
    whole: dict[str, str]
    family_first: frozenset[str]
    particles: frozenset[str]
    joined: frozenset[str]
    one_particle: dict[str, str]
    particles_or_given: frozenset[str]
    generations: frozenset[str]
    titles: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]


@cache
def names() -> Names:
    """The lists of persons' names, made once."""
    words = _read("names", NameWords)
    languages = [load(code).sources for code in codes()]
    titles = frozenset(folded(title) for one in languages for title in _titles(one))
    return Names(
        given={given_key(one): given_key(group[0]) for group in words.given_names for one in group},
        surnames={surname_key(one): surname_key(group[0]) for group in words.surnames for one in group},
        whole={folded(one): folded(group[0]) for group in words.whole_names for one in group},
        family_first=frozenset(words.family_first),
        particles=frozenset(words.particles),
        joined=frozenset(words.joined_particles),
        one_particle=words.one_particle,
        particles_or_given=frozenset(words.particles_or_given),
        generations=frozenset(words.generations),
        titles=titles,
        men=frozenset(folded(title) for one in languages for title in one.titles_men),
        women=frozenset(folded(title) for one in languages for title in one.titles_women),
    )


def institution_words() -> InstitutionWords:
    """The lists of institutions and states as they are written."""
    return _read("institutions", InstitutionWords)


def _titles(words: SourceWords) -> tuple[str, ...]:
    return (*words.titles, *words.titles_men, *words.titles_women)


def _read(name: str, kind: type[Words]) -> Words:
    file = resources.files("selon.library.sources") / f"{name}.toml"
    return read_words(file.read_bytes(), f"library/sources/{name}.toml", kind)
