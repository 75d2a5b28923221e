"""Reads one mention: its parts (two sources at once), the name in it, its role words, gender and number.

Uses of a token: word, part of speech, morphology; the parse for coordination and the head of a noun group.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from selon.language import Language
from selon.steps.nouns import Category, category_of, head_of, noun_at
from selon.tokens import Tokens
from selon.types import Gender, Span

Number = Literal["singular", "plural", "unknown"]
_PERSONAL = frozenset(("man", "woman", "person"))


class Description(msgspec.Struct, frozen=True):
    """What a mention says of its source.

    `tokens`: the part of the mention; `name`: the words of a proper name ("" words never), `name_tokens` where they
    stand; `noun`: the head noun in lower case ("ministre"), None for a name alone or a pronoun; `role`: the noun with
    its complements as tokens; `complements`: its content words, lower case, to tell two ministries apart.
    """

    tokens: Span
    pronoun: bool
    name: tuple[str, ...]
    name_tokens: Span | None
    noun: str | None
    role: Span | None
    complements: frozenset[str]
    category: Category | None
    gender: Gender
    number: Number
    definite: bool
    other: bool
    title: bool


def parts_of(tokens: Tokens, mention: Span, language: Language) -> list[Span]:
    """The mention cut into its sources: "le Soudan et Israël" into two."""
    head = head_of(tokens, mention)
    joined = [
        child for child in tokens.children[head] if tokens.dep[child] == "conj" and head < child < mention.end
    ]
    starts = [mention.start]
    for conjunct in joined:
        start = conjunct
        while start - 1 > mention.start and tokens.pos[start - 1] in ("DET", "PROPN", "ADJ", "NUM"):
            start -= 1
        separated = tokens.pos[start - 1] in ("CCONJ", "PUNCT")
        if separated and (tokens.pos[start] in ("DET", "PROPN", "PRON") or tokens.word[start][0].isupper()):
            starts.append(start)
    parts = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else mention.end
        while end > start + 1 and (tokens.pos[end - 1] in ("CCONJ", "PUNCT") and tokens.word[end - 1] not in (")", '"')):
            end -= 1
        parts.append(Span(start, end))
    return parts


def describe(tokens: Tokens, part: Span, language: Language) -> Description:
    """Read one part of a mention."""
    words = language.sources
    first = tokens.lower[part.start]
    if part.end - part.start <= 2 and _is_pronoun(tokens, part, language):
        return _pronoun(tokens, part, language)
    name_tokens = _name_in(tokens, part, language)
    noun = category_of(tokens, part, language)
    noun_index = _noun_index(tokens, part, language) if noun else None
    if noun is not None and noun_index is not None and name_tokens is not None and name_tokens.start <= noun_index < name_tokens.end:
        noun_index = None
    head = noun_index if noun_index is not None else head_of(tokens, part)
    role = _role(tokens, part, head, name_tokens) if noun_index is not None else None
    in_name = set(range(*name_tokens)) if name_tokens else set()
    noun_length = noun.length if noun and noun_index is not None else 1
    complements = frozenset(
        tokens.lower[index]
        for index in range(*(role or part))
        if tokens.pos[index] in ("NOUN", "PROPN", "ADJ") and index not in in_name and not head <= index < head + noun_length
    )
    is_common = tokens.pos[head] in ("NOUN", "ADJ", "NUM") and head not in in_name
    return Description(
        tokens=part,
        pronoun=False,
        name=tuple(tokens.word[index] for index in range(*name_tokens)) if name_tokens else (),
        name_tokens=name_tokens,
        noun=" ".join(tokens.lower[head : head + noun_length]) if noun_index is not None or is_common else None,
        role=role,
        complements=complements,
        category=noun.category if noun else None,
        gender=_gender(tokens, part, head, noun.category if noun else None, language),
        number="plural" if (noun and noun.plural) or _plural(tokens, head, part) else "singular",
        definite=first in words.definite or tokens.pos[part.start] == "PROPN" or first not in words.indefinite,
        other=any(tokens.lower[index] in words.others for index in range(part.start, min(part.start + 2, part.end))),
        title=first in words.titles_men or first in words.titles_women or first in words.titles,
    )


def _is_pronoun(tokens: Tokens, part: Span, language: Language) -> bool:
    words = language.sources
    text = " ".join(tokens.lower[part.start : part.end])
    return text in words.he or text in words.she or text in words.they or text in words.either or text in words.we


def _pronoun(tokens: Tokens, part: Span, language: Language) -> Description:
    words = language.sources
    text = " ".join(tokens.lower[part.start : part.end])
    gender: Gender = "f" if text in words.she or text in words.they_women else "m" if text in words.he else "unknown"
    number: Number = "plural" if text in words.they else "unknown" if text in words.either else "singular"
    return Description(
        tokens=part, pronoun=True, name=(), name_tokens=None, noun=None, role=None, complements=frozenset(),
        category=None, gender=gender, number=number, definite=True, other=False, title=False,
    )  # fmt: skip


def _noun_index(tokens: Tokens, part: Span, language: Language) -> int | None:
    """Where the noun stands that `category_of` goes by."""
    head = head_of(tokens, part)
    for index in (head - 1, head):
        if index >= part.start:
            noun = noun_at(tokens, index, part.end, language)
            if noun is not None and index + noun.length > head:
                return index
    for index in range(part.start, part.end):
        if noun_at(tokens, index, part.end, language) is not None and tokens.pos[index] in ("NOUN", "PROPN"):
            return index
    return None


def _name_in(tokens: Tokens, part: Span, language: Language) -> Span | None:
    """The proper name that is the source itself: no complement after a preposition, role words before it left out."""
    index = part.start
    while index < part.end:
        if not _name_word(tokens, index):
            index += 1
            continue
        end = name_end(tokens, index, part.end, language)
        before = index - 1
        while before >= part.start and tokens.pos[before] == "DET":
            before -= 1
        governed = before >= part.start and tokens.pos[before] == "ADP"
        if not governed:
            start = _past_roles(tokens, index, end, language)
            if start < end:
                return Span(start, end)
        index = end
    return None


def _name_word(tokens: Tokens, index: int) -> bool:
    word = tokens.word[index]
    return word[0].isupper() and (tokens.pos[index] == "PROPN" or (tokens.pos[index] in ("X", "NOUN", "ADJ", "VERB") and index > 0 and tokens.sentence[index - 1] == tokens.sentence[index]))


def name_end(tokens: Tokens, start: int, limit: int, language: Language) -> int:
    """Where a run of name words ends, particles ("de", "van", "ben") and initials inside it."""
    particles = language.sources.particles
    end = start + 1
    while end < limit:
        if _name_word(tokens, end) or tokens.word[end] == "-":
            end += 1
        elif tokens.lower[end] in particles and end + 1 < limit and _name_word(tokens, end + 1) and tokens.pos[end] != "PUNCT" and end - start >= 1 and not _is_complement(tokens, end):
            end += 2
        else:
            break
    while end > start + 1 and tokens.word[end - 1] == "-":
        end -= 1
    return end


def _is_complement(tokens: Tokens, particle: int) -> bool:
    """Whether "de" after a name opens a complement ("la Cour suprême de Sarvie") rather than joining the name."""
    following = tokens.head[particle]
    return tokens.dep[particle] == "case" and following > particle and tokens.dep[following] in ("nmod", "obl")


def _past_roles(tokens: Tokens, start: int, end: int, language: Language) -> int:
    """The name within a capitalised run: after the last role or title word ("President", "M.") in it."""
    words = language.sources
    position = start
    for index in range(start, end):
        noun = noun_at(tokens, index, end, language)
        personal = noun is not None and noun.category in _PERSONAL and not noun.plural
        is_title = tokens.lower[index] in words.titles or tokens.lower[index] in words.titles_men or tokens.lower[index] in words.titles_women
        if (personal and index + (noun.length if noun else 1) < end) or is_title:
            position = index + (noun.length if personal and noun else 1)
    return min(position, end)


def _role(tokens: Tokens, part: Span, noun: int, name: Span | None) -> Span:
    """The role words: the noun with its complements, up to the name or a comma."""
    end = noun + 1
    while end < part.end and tokens.word[end] not in (",", "(", "-", "–", "—") and not (name and name.start <= end < name.end):
        end += 1
    while end > noun + 1 and tokens.pos[end - 1] in ("DET", "ADP", "PUNCT"):
        end -= 1
    start = noun
    while start > part.start and tokens.pos[start - 1] in ("ADJ", "PROPN", "NOUN") and not (name and start - 1 < name.end and start - 1 >= name.start):
        start -= 1
    return Span(start, end)


def _plural(tokens: Tokens, head: int, part: Span) -> bool:
    return "Number=Plur" in tokens.morph[head] or (
        tokens.pos[part.start] == "DET" and "Number=Plur" in tokens.morph[part.start]
    )


def _gender(tokens: Tokens, part: Span, head: int, category: Category | None, language: Language) -> Gender:
    """What the words themselves show: a title, a gendered noun, the article of a person noun."""
    words = language.sources
    for index in range(part.start, part.end):
        if tokens.lower[index] in words.titles_men:
            return "m"
        if tokens.lower[index] in words.titles_women:
            return "f"
        if tokens.pos[index] == "ADP":
            break
    if category in ("man", "woman"):
        return "m" if category == "man" else "f"
    for index in range(part.start, head):
        if tokens.pos[index] == "DET" and "Gender=" in tokens.morph[index] and tokens.lower[index][-1] != "'":
            return "f" if "Gender=Fem" in tokens.morph[index] else "m"
    return "unknown"
