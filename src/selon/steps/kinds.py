"""Tells what kind of source a noun names: person, institution, group, document, outlet, or nobody in
particular.

Uses of a token: word, lemma, part of speech and morphology (gender and number); no dependencies.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

import msgspec

from selon.language import Language
from selon.tokens import Tokens
from selon.types import Gender, SourceKind

NounClass = Literal["man", "woman", "person", "group", "institution", "document", "outlet", "source"]

_PERSONS: frozenset[NounClass | None] = frozenset(("man", "woman", "person"))
_KINDS: dict[NounClass, SourceKind] = {
    "group": "group",
    "institution": "institution",
    "document": "document",
    "outlet": "outlet",
    "source": "anonymous",
}
_LEAST_STEM = 4
_LEAST_LIKE = 5


class Lexicon(msgspec.Struct, frozen=True):
    """The words of `sources.toml` ready for looking up; nouns by class, the rest as sets of words."""

    nouns: dict[str, NounClass]
    plural: tuple[str, ...]
    states: frozenset[str]
    outlets: frozenset[str]
    institutions: frozenset[str]
    titles: dict[str, NounClass]
    spokesmen: frozenset[str]
    anonymous: frozenset[str]
    nameless: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    they_women: frozenset[str]
    either: frozenset[str]
    we: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    others: frozenset[str]
    possessives: frozenset[str]
    of: frozenset[str]
    coordinators: frozenset[str]
    particles: frozenset[str]
    nationalities: tuple[str, ...]
    genitives: frozenset[str]
    issuers: frozenset[str]
    anaphors: frozenset[str]
    messages: frozenset[str]
    place_marks: frozenset[str]
    institution_names: frozenset[str]
    outlet_names: frozenset[str]
    person_endings: tuple[str, ...]
    women_endings: tuple[str, ...]
    men_endings: tuple[str, ...]
    calendar: frozenset[str]
    small: frozenset[str]
    head_last: bool
    owned: str
    offices: dict[tuple[str, ...], tuple[str, ...]]
    general_nouns: frozenset[str]
    two: frozenset[str]


@cache
def lexicon_of(language: Language) -> Lexicon:
    """The compiled word list of a language (made once)."""
    words = language.sources
    nouns: dict[str, NounClass] = {}
    classes: tuple[tuple[NounClass, tuple[str, ...]], ...] = (
        ("group", words.groups),
        ("institution", words.institutions),
        ("document", words.documents),
        ("outlet", words.outlets),
        ("man", words.men),
        ("woman", words.women),
        ("person", words.persons),
        ("source", words.unnamed_sources),
    )
    for noun_class, entries in classes:
        nouns.update(dict.fromkeys(entries, noun_class))
    titles: dict[str, NounClass] = dict.fromkeys(words.titles, "person")
    titles.update(dict.fromkeys(words.titles_men, "man"))
    titles.update(dict.fromkeys(words.titles_women, "woman"))
    given = {name: frozenset(_also_plain(getattr(words, name))) for name in _SETS}
    return Lexicon(
        nouns={written: noun for word, noun in nouns.items() for written in _also_plain([word])},
        plural=words.plural,
        titles=titles,
        nationalities=words.nationalities,
        person_endings=words.person_endings,
        women_endings=words.women_endings,
        men_endings=words.men_endings,
        head_last=words.head_last,
        owned=words.owned,
        small=_small_words(language),
        offices={
            _folded_words(office): _folded_words(noun)
            for office, _, noun in (entry.partition(" = ") for entry in words.same_offices)
        },
        **given,
    )


def _also_plain(words: Iterable[str]) -> list[str]:
    """Words, and those with an accent on their first letter also without it: capitals often go without ("Etat")."""
    return [written for word in words for written in {word, folded(word[:1]) + word[1:]}]


def _small_words(language: Language) -> frozenset[str]:
    """Words that begin no name though they may have a capital: question words, conjunctions, cue phrases."""
    grammar = language.grammar
    return frozenset(language.cues.phrases).union(
        grammar.question_words,
        grammar.relatives,
        grammar.coordinators,
        grammar.complementizers,
        grammar.agent_marks,
        grammar.negations_before,
        grammar.negations_after,
        grammar.comparatives,
        grammar.subject_pronouns,
    )


_SETS = (
    "states", "outlets", "institutions", "spokesmen", "anonymous", "nameless", "he", "she", "they",
    "they_women", "either", "we", "articles", "definite", "indefinite", "others", "possessives", "of",
    "coordinators", "particles", "genitives", "issuers", "anaphors", "messages", "place_marks",
    "institution_names", "outlet_names", "calendar", "general_nouns",
    "two",
)  # fmt: skip


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word without case and accents, so that spellings of one name meet."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _folded_words(entry: str) -> tuple[str, ...]:
    """The words of an entry as the tokens of a text are folded."""
    return tuple(map(folded, entry.replace("'", "' ").split()))


class Office(msgspec.Struct, frozen=True):
    """The noun of an office and its other words, folded, and how many tokens of the text name it."""

    noun: str
    modifiers: frozenset[str]
    length: int


def office_at(tokens: Tokens, index: int, lexicon: Lexicon) -> Office | None:
    """The office that is told in several words at `index` ("chef | de l'État"), by the noun that names it too."""
    found: Office | None = None
    for words, names in lexicon.offices.items():
        if tokens.lower[index] != words[0] or (found is not None and len(words) <= found.length):
            continue
        if tuple(map(folded, tokens.lower[index : index + len(words)])) == words:
            found = Office(names[-1], frozenset(names[:-1]), len(words))
    return found


def noun_class(tokens: Tokens, index: int, lexicon: Lexicon) -> NounClass | None:
    """The class of the noun at `index`, also in the plural or after "ex-" and the like; None for an unknown
    one."""
    word = tokens.lower[index]
    found = word_class(word, lexicon)
    if index and found is not None:
        found = lexicon.nouns.get(f"{tokens.lower[index - 1]} {word}", found)
    if found is None:
        found = lexicon.nouns.get(tokens.lemma[index].lower())
    return lexicon.nouns.get(" ".join(tokens.lower[index : index + 3]), found)


def listed_class(word: str, lexicon: Lexicon) -> NounClass | None:
    """The class of a noun that the lists have, in the singular or plural, by its lower-case form."""
    found = lexicon.nouns.get(word)
    if found is not None:
        return found
    for ending in lexicon.plural:
        if word.endswith(ending) and word[: -len(ending)] in lexicon.nouns:
            return lexicon.nouns[word[: -len(ending)]]
    return None


def word_class(word: str, lexicon: Lexicon) -> NounClass | None:
    """The class of a noun by its lower-case form: from the lists, or by how nouns of professions end."""
    found = listed_class(word, lexicon)
    if found is not None:
        return found
    if "-" in word:
        _, _, rest = word.partition("-")
        return word_class(rest, lexicon)
    singular = next((word[: -len(ending)] for ending in lexicon.plural if word.endswith(ending)), word)
    return "person" if word.endswith(lexicon.person_endings) or singular.endswith(lexicon.person_endings) else None


def is_person(noun: NounClass | None) -> bool:
    """Whether a noun of that class names one person."""
    return noun in _PERSONS


def is_plural(tokens: Tokens, index: int, lexicon: Lexicon) -> bool:
    """Whether the noun at `index` is a plural, by its form where the list knows the singular, else by
    morphology."""
    word = tokens.lower[index]
    if word in lexicon.nouns:
        return "Number=Plur" in tokens.morph[index] and tokens.lemma[index].lower() != word
    if any(word.endswith(ending) and word[: -len(ending)] in lexicon.nouns for ending in lexicon.plural):
        return True
    if word.endswith(lexicon.person_endings):
        return False
    if any(
        word.endswith(ending) and word[: -len(ending)].endswith(lexicon.person_endings) for ending in lexicon.plural
    ):
        return True
    return "Number=Plur" in tokens.morph[index]


def is_national(word: str, lexicon: Lexicon) -> bool:
    """Whether a lower-case word is a state or the adjective of one ("islandaises", "Islande")."""
    return word in lexicon.states or word.startswith(lexicon.nationalities)


def kind_of(noun: NounClass | None, *, plural: bool) -> SourceKind | None:
    """The kind of source that a noun of that class names."""
    if noun is None:
        return None
    if noun in _PERSONS:
        return "group" if plural else "person"
    return _KINDS[noun]


def gender_of(noun: NounClass | None) -> Gender:
    """The gender that a noun itself shows."""
    if noun == "man":
        return "m"
    return "f" if noun == "woman" else "unknown"


def gender_by_ending(word: str, lexicon: Lexicon) -> Gender:
    """The gender that the ending of a person's noun shows ("directrice"), unknown for most."""
    if word.endswith(lexicon.women_endings):
        return "f"
    return "m" if word.endswith(lexicon.men_endings) else "unknown"


def article_gender(tokens: Tokens, index: int) -> Gender:
    """The gender that a determiner shows by its morphology ("la ministre"), unknown without one."""
    morph = tokens.morph[index]
    if tokens.pos[index] not in ("DET", "ADP") or "Number=Plur" in morph:
        return "unknown"
    if "Gender=Fem" in morph:
        return "f"
    return "m" if "Gender=Masc" in morph else "unknown"


def nearly_same(one: str, other: str) -> bool:
    """Whether two longer words differ by at most one letter that is wrong, missing or changes places.

    >>> nearly_same("kowalsky", "kowalski"), nearly_same("marchand", "machrand"), nearly_same("rey", "roy")
    (True, False, False)
    """
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LEAST_LIKE or len(longer) - len(shorter) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest = longer[first + 1 :]
    swapped = shorter[first : first + 2] == longer[first : first + 2][::-1] and shorter[first + 2 :] == rest[1:]
    return rest in (shorter[first:], shorter[first + 1 :]) or swapped


def alike(one: str, other: str) -> bool:
    """Whether two words have a stem in common ("islandais", "Islande"): at least four letters, or all of a
    shorter."""
    stem = min(len(one), len(other), _LEAST_STEM)
    return one[:stem] == other[:stem]
