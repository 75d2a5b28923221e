"""Finds proper names in a text: runs of capitalised words with the particles inside them.

No model of names is needed: a capital counts where it is not owed to the start of a sentence, or where the
word has one elsewhere too. Uses of a token: word, part of speech, sentence; no dependencies.
"""

from __future__ import annotations

import msgspec

from selon.steps.kinds import Lexicon, NounClass, folded, is_national, is_person, listed_class, word_class
from selon.tokens import Tokens
from selon.types import SourceKind

_OPENING = frozenset(('"', "(", ":", "-", "–", "—", "•", "...", "…", "?", "!"))
_CLOSED = frozenset(("DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "VERB", "INTJ", "PART", "NUM"))
_SMALL = frozenset(("ADP", "SCONJ", "CCONJ", "PRON", "AUX", "DET"))
_OFFICIAL = frozenset(("institution", "outlet"))
_LONG_RUN = 9
_RUN = 3
_PERSON = 2
_ACRONYM = 2
_HYPHENS = frozenset(("-", "‑"))


class Name(msgspec.Struct, frozen=True):
    """A name as the token range first:last. `opening` is where its title or role in capitals begins
    ("President"), else `first`; `words` are its words without particles, folded."""

    opening: int
    first: int
    last: int
    words: tuple[str, ...]


def names_of(tokens: Tokens, lexicon: Lexicon) -> list[Name]:
    """All names of a text in order."""
    capital = [_capital(word, lexicon) for word in tokens.word]
    sure = _sure_capitals(tokens, capital)
    names: list[Name] = []
    index = 0
    while index < len(capital):
        if capital[index] and _can_begin(tokens, index, capital, sure, lexicon):
            last = _run_end(tokens, index, capital, lexicon)
            last = _body_end(tokens, index, last, lexicon)
            name = _trimmed(tokens, index, last, lexicon)
            if name is not None:
                names.append(name)
            index = last
        else:
            index += 1
    return names


def _capital(word: str, lexicon: Lexicon) -> bool:
    """Whether a word has a name's capital, also after a particle ("el-Abed")."""
    if word[0].isupper():
        return True
    particle, hyphen, rest = word.partition("-")
    return bool(hyphen) and particle in lexicon.particles and rest[:1].isupper()


def _initial(tokens: Tokens, index: int) -> bool:
    return index == 0 or tokens.sentence[index - 1] != tokens.sentence[index] or tokens.word[index - 1] in _OPENING


def _sure_capitals(tokens: Tokens, capital: list[bool]) -> set[str]:
    """Words that have their capital also where no sentence begins."""
    return {
        tokens.lower[index] for index, is_capital in enumerate(capital) if is_capital and not _initial(tokens, index)
    }


def _can_begin(tokens: Tokens, index: int, capital: list[bool], sure: set[str], lexicon: Lexicon) -> bool:
    lower = tokens.lower[index]
    if lower in lexicon.articles or lower in lexicon.we or lower in lexicon.he or lower in lexicon.she:
        return _titled_article(tokens, index, capital, lexicon)
    if tokens.pos[index] == "PRON" or lower in lexicon.they or lower in lexicon.possessives:
        return False
    if lower in lexicon.indefinite or _before_hyphen(tokens, index):
        return False
    if lower in lexicon.calendar or (lower in lexicon.small and not tokens.word[index].isupper()):
        return False
    if not _initial(tokens, index):
        return True
    if tokens.pos[index] == "PROPN" or lower in lexicon.titles:
        return True
    if tokens.pos[index] in _CLOSED and lower not in sure:
        return False
    following = index + 1 < len(capital) and capital[index + 1]
    return lower in sure or lower in lexicon.states or following or word_class(lower, lexicon) == "outlet"


def _before_hyphen(tokens: Tokens, index: int) -> bool:
    """Whether a hyphen and a word without a capital follow directly: "Co-author"."""
    following = tokens.word[index + 1 : index + 3]
    tied = len(following) > 1 and tokens.end[index] == tokens.start[index + 1] and following[0] in _HYPHENS
    return tied and following[1][0].islower() and following[1] not in tokens.word[index]


def _titled_article(tokens: Tokens, index: int, capital: list[bool], lexicon: Lexicon) -> bool:
    """Whether the capital article at `index` belongs to an outlet's name ("Le Monde", "The Times")."""
    if index + 1 >= len(capital) or not capital[index + 1]:
        return False
    return f"{tokens.lower[index]} {tokens.lower[index + 1]}" in lexicon.outlets


def _body_end(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Where a place or body ends that the person it belongs to follows in one run ("le maire de | Lyon | Marc Dupont",
    "a dit à la | BBC Mundo | Awa Sow"); else `last`."""
    lower, word = tokens.lower[first], tokens.word[first]
    before = first - 1 - (first > 1 and tokens.pos[first - 1] == "DET")  # "le maire de | la | CAF"
    told = lower in lexicon.outlets and not lexicon.head_last and tokens.pos[first - 1] in ("DET", "ADP")
    if last - first < _RUN or first == 0 or (tokens.lower[before] not in lexicon.of and not told):
        return last
    body = (word.isupper() and len(word) > 1) or lower in lexicon.states or lower in lexicon.outlets
    if not body and not (lexicon.head_last and listed_class(lower, lexicon) == "institution"):
        return last  # "Secretary of | State | Ann Lee"
    end = first + 1
    while told and end < last - _PERSON and tokens.lower[end] in lexicon.outlet_names:
        end += 1
    rest = range(end, min(end + _PERSON, last))
    person = all(tokens.word[index].istitle() and not _is_official(tokens.lower[index], lexicon) for index in rest)
    return end if person and len(rest) == _PERSON else last


def _run_end(tokens: Tokens, first: int, capital: list[bool], lexicon: Lexicon) -> int:
    """Where the run of capitals that begins at `first` ends (half open)."""
    last = first + 1
    count = len(capital)
    titled = tokens.lower[first] in lexicon.articles  # "La Dépêche du Fleuve"
    official = titled or _is_official(tokens.lower[first], lexicon)
    while last < count and last - first < _LONG_RUN and tokens.sentence[last] == tokens.sentence[first]:
        lower = tokens.lower[last]
        if lower in lexicon.calendar or lower == tokens.lower[last - 1]:
            break
        numbered = tokens.pos[last] == "NUM" and lower.isdigit()  # "the Lost 52 Project"
        if (lower == "&" or numbered) and last + 1 < count and capital[last + 1]:
            last += 2
            continue
        if capital[last] and lower not in lexicon.articles and tokens.pos[last] not in _SMALL:
            official = official or _is_official(lower, lexicon)
            last += 1
            continue
        ahead = _over_hyphen(tokens, last, lexicon)
        if last < ahead < count and capital[ahead]:
            last = ahead + 1
            continue
        ahead = last
        while ahead < count and ahead - last < 3 and tokens.lower[ahead] in lexicon.particles:
            ahead = max(ahead + 1, _over_hyphen(tokens, ahead + 1, lexicon))
        joins = last < ahead < count and capital[ahead] and tokens.sentence[ahead] == tokens.sentence[first]
        loose = tokens.lower[last] in lexicon.of and (last - first > 1 or tokens.lower[last] not in lexicon.issuers)
        if joins and not (loose and not official):
            last = ahead + 1
            continue
        ahead = _complement_end(tokens, last, lexicon) if official and not lexicon.head_last else last
        if ahead == last:
            break
        last = ahead
        if (
            last < count
            and capital[last]
            and tokens.pos[last - 1] == "ADJ"
            and not _is_official(tokens.lower[last], lexicon)
        ):
            break  # "au Congrès nicaraguayen | Ana Solis"
    return last


def _is_official(lower: str, lexicon: Lexicon) -> bool:
    """Whether a word in a name shows an institution or an outlet."""
    named = lower in lexicon.outlet_names or lower in lexicon.institution_names
    return named or word_class(lower, lexicon) in _OFFICIAL


def _complement_end(tokens: Tokens, last: int, lexicon: Lexicon) -> int:
    """Where the common words end that belong to an official name: "Cour | des comptes", "Comité | olympique"."""
    index = last
    if tokens.lower[index] in lexicon.of:
        index += 1
        while index < len(tokens) and tokens.lower[index] in lexicon.articles - lexicon.indefinite:
            index += 1
        if index >= len(tokens) or tokens.pos[index] not in ("NOUN", "PROPN"):
            return last
        if is_person(word_class(tokens.lower[index], lexicon)):
            return last
        return index + 1 if tokens.sentence[index] == tokens.sentence[last] else last
    return index + 1 if tokens.pos[index] == "ADJ" and tokens.lower[index] not in lexicon.others else last


def _over_hyphen(tokens: Tokens, index: int, lexicon: Lexicon) -> int:
    """The token after the hyphen at `index` if it joins one word ("Marc-Olivier"), else `index`."""
    ahead = index
    while ahead + 1 < len(tokens) and tokens.word[ahead] in _HYPHENS and tokens.end[ahead] == tokens.start[ahead + 1]:
        if tokens.end[ahead - 1] != tokens.start[ahead]:
            return index
        ahead += 1
        if tokens.lower[ahead] in lexicon.particles and tokens.word[min(ahead + 1, len(tokens) - 1)] in _HYPHENS:
            ahead += 1
    return ahead


def _trimmed(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Name | None:
    """The name in a run of capitals, without the title or role before it; None where only a role is there."""
    begin = first
    for index in range(first, last - 1):
        lower = tokens.lower[index]
        joined = tokens.word[index + 1] in _HYPHENS or (index > first and tokens.word[index - 1] in _HYPHENS)
        role = is_person(listed_class(lower, lexicon))
        if lexicon.head_last and index + 2 < last:
            role = is_person(word_class(lower, lexicon))
        if (lower in lexicon.titles or role) and not joined:
            begin = index + 1
    while begin < last - 1 and tokens.lower[begin] in lexicon.particles and begin > first:
        begin += 1
        if is_national(tokens.lower[begin], lexicon) and begin < last - 1:
            begin += 1
    if last - begin == 1 and _role_only(tokens, first, begin, lexicon):
        return None
    if lexicon.head_last and last - begin > 1 and tokens.pos[begin] in ("ADJ", "NOUN"):
        ending = tokens.lower[last - 1]
        if is_person(word_class(ending, lexicon)) and ending not in lexicon.outlet_names:
            return None
    if last - begin == 1 and _begins_role(tokens, begin, lexicon):
        return None
    if lexicon.head_last and last - begin > 1 and tokens.lower[last - 1] in lexicon.titles:
        lower, word = tokens.lower[begin], tokens.word[begin]
        if is_national(lower, lexicon) or (word.isupper() and len(word) > 1):
            return None  # "US Secretary | of State Ann Lee"
    words = tuple(
        folded(tokens.word[index])
        for index in range(begin, last)
        if tokens.lower[index] not in lexicon.particles and tokens.word[index] not in _HYPHENS
    )
    return Name(first, begin, last, words or (folded(tokens.word[begin]),))


def _begins_role(tokens: Tokens, index: int, lexicon: Lexicon) -> bool:
    """Whether a single capital belongs to a role ("Premier ministre") or names a people ("Russes")."""
    lower = tokens.lower[index]
    if index + 1 < len(tokens) and f"{lower} {tokens.lower[index + 1]}" in lexicon.nouns:
        return True
    return is_national(lower, lexicon) and lower not in lexicon.states


def _role_only(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the last word of the run is itself a role ("Prime Minister", "Le Président")."""
    lower = tokens.lower[last]
    if not is_person(word_class(lower, lexicon)) and lower not in lexicon.titles:
        return False
    if tokens.word[last].isupper() and len(lower) > 1:  # "MP"
        return True
    before = first > 0 and tokens.lower[first - 1] in lexicon.articles
    return before or first < last or _initial(tokens, first)


def title_of(tokens: Tokens, name: Name, lexicon: Lexicon) -> NounClass | None:
    """The class of the title before a name ("Mme", "Dr"), None without one."""
    for index in range(name.first - 1, max(name.opening, name.first - 3) - 1, -1):
        if tokens.lower[index] in lexicon.titles:
            return lexicon.titles[tokens.lower[index]]
    before = name.opening - 1
    if before >= 0 and tokens.lower[before] in lexicon.titles:
        return lexicon.titles[tokens.lower[before]]
    return None


def name_kind(tokens: Tokens, name: Name, lexicon: Lexicon) -> SourceKind | None:
    """What a name alone shows: institution or outlet by its words, person by two words or more, None for one
    word."""
    lowers = tokens.lower[name.first : name.last]
    whole = " ".join(lowers)
    if whole in lexicon.outlets or lowers[-1] in lexicon.outlets or lowers[0] in lexicon.outlets:
        return "outlet"
    if len(lowers) > 1 and any(lower in lexicon.outlet_names for lower in lowers):
        return "outlet"
    if len(lowers) > 1 and any(lower in lexicon.institution_names for lower in lowers):
        return "institution"
    if whole in lexicon.states or whole in lexicon.institutions:
        return "institution"
    for lower in lowers if len(lowers) > 1 else lowers[:1]:
        noun = word_class(lower, lexicon)
        if noun in ("institution", "outlet"):
            return noun
    if "&" in lowers:
        return "institution"
    word = tokens.word[name.first]
    if len(name.words) == 1:
        return "institution" if len(word) >= _ACRONYM and word.isupper() else None
    if any(tokens.word[index].isupper() and len(tokens.word[index]) > 2 for index in range(name.first, name.last)):
        return "institution" if not word.istitle() else "person"
    return "person"
