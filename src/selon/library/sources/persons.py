"""The parts of a person's name: titles off, given names, particles, surname.

The rules are those of names in news in Latin letters; what follows no pattern of a name is only one with itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from selon.library.sources.folding import folded, given_key, surname_key
from selon.library.sources.wordlists import names

_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|hs|ts|tch|k|gy|[bpmfdtnlghjqxrzcsyw])?"
    r"(?:iang|iong|uang|yeo|eung|yun|ang|eng|ing|ong|oung|eun|ian|iao|uai|uan|eon|eok|yeon|ai|an|ao|ei|en|er|ia|ie|"
    r"in|iu|ou|ua|ue|ui|un|uo|eo|eu|oo|ae|uk|ok|ak|ik|il|ul|am|im|um|om|at|et|op|a|e|i|o|u|y)){1,3}"
)
_ARTICLE = re.compile(r"^(al|el)-(?=.)")
_ELIDED = re.compile(r"^d'(?=.)")
_PIECE = re.compile(r"[^\W\d_]")
_ABD = re.compile(r"\b(abd|abdel|abdul|abdoul|abdal|abdo)[ -](?:(?:al|el|ul|er|ar)-)?(?=\w)")
_INITIALS = re.compile(r"(?<=\b\w)\.\s*(?=\w\.)")
_LEAST_SYLLABIC = 2
_INITIAL = str.maketrans("cqwjy", "kkvii")


class PersonForm(NamedTuple):
    """A person's name in its parts; `key` is the group within persons. `given` and `middles` begin with the initial."""

    folded: str
    shape: Literal["full", "initial", "bare", "odd"]
    key: str
    surname: str
    given: str = ""
    middles: tuple[str, ...] = ()
    bound: bool = False


@lru_cache(maxsize=65536)
def person_form(name: str) -> PersonForm:
    """A person's name taken apart.

    >>> person_form("le président Ivan Tcherniak").surname == person_form("Ivan Cherniak").surname
    False
    >>> person_form("M. Ivan Tcherniak").surname == person_form("Ivan Cherniak").surname
    True
    """
    words = [word for word in untitled(name) if _PIECE.search(word)]
    plain = " ".join(folded(word).strip(",.") for word in words)
    if plain in names().whole:
        plain = names().whole[plain]
        words = plain.title().split()
    if not words or any(_is_common(word) for word in words):
        return PersonForm(plain or folded(name), "odd", f"={plain or folded(name)}", "")
    generation = ""
    if len(words) > 1 and folded(words[-1]).strip(".,") in names().generations:
        if len(words) == 2:  # a sovereign: "Elizabeth II"
            return PersonForm(plain, "odd", f"={plain}", "")
        generation = "+" + folded(words.pop()).strip(".,")[:2]
    eastern = _family_first(words)
    if eastern is not None:
        given = eastern[1] + generation
        return PersonForm(plain, "full", f"{eastern[0]}|{given}", eastern[0], _letter(given) + given)
    first, surname = _cut(words)
    last = _surname(surname)
    if not first:
        return PersonForm(plain, "bare", f"{last}|", last, _lettered(surname))
    return _with_given(plain, _given_words(first), last, generation)


def untitled(name: str) -> list[str]:
    """The words of a name without the titles before it."""
    words = name.split()
    while len(words) > 1 and folded(words[0]).strip(",") in names().titles:
        words = words[1:]
    return words


def titled(name: str) -> Literal["f", "m", ""]:
    """The gender that the titles before a name show."""
    known = names()
    for word in name.split()[:-1]:
        if folded(word) in known.women:
            return "f"
        if folded(word) in known.men:
            return "m"
    return ""


def _is_common(word: str) -> bool:
    """Whether a word in small letters is no part of a name."""
    if not word[:1].islower() or word[:2] in ("d'", "d’"):
        return False
    plain, known = folded(word), names()
    return not (plain in known.particles or plain in known.joined or _ARTICLE.match(plain))


def _surname(surname: str) -> str:
    """What the spellings of a surname share; the short family names of the East are taken as they are."""
    plain, key = folded(surname), surname_key(surname)
    return plain if plain in names().family_first else names().surnames.get(key, key) or plain


def _with_given(plain: str, given: list[str], last: str, generation: str) -> PersonForm:
    first, *middles = given
    head, *bound = (part.strip(".") for part in first.split("-"))
    others = tuple(_lettered(part) for part in (*bound, *middles) if part)
    shape: Literal["full", "initial"] = "initial" if len(head) == 1 else "full"
    key = (_letter(head) + "." if shape == "initial" else _canonical(head)) + generation
    return PersonForm(plain, shape, f"{last}|{key}", last, _letter(head) + key, others, bool(bound))


def _lettered(given: str) -> str:
    """A given name as it can be compared with its initial: that letter, and the key unless it is but a letter."""
    return _letter(given) + (_canonical(given) if len(given) > 1 else "")


def _letter(given: str) -> str:
    """The initial of a given name; one for letters that stand for one another (Karl and Carl)."""
    return given[:1].translate(_INITIAL)


def _canonical(given: str) -> str:
    """The key of a given name, one for all its languages."""
    key = given_key(given) or folded(given)
    return names().given.get(key, key)


def _given_words(words: list[str]) -> list[str]:
    """Given names folded and one a word: "J.F." is two, "Abdel Fattah" one."""
    joined = _ABD.sub(r"abdel", folded(_INITIALS.sub(". ", " ".join(words))))
    found = [word.strip(".,'\"()«»“”") for word in joined.split()]
    return [word for word in found if word and word not in ("al", "el", "de", "da", "dos")] or [joined]


def _cut(words: list[str]) -> tuple[list[str], str]:
    """Given names and surname; particles that may be left out are, others stay with the surname."""
    known = names()
    begin = len(words) - 1
    while begin > 0:
        word, plain = words[begin - 1], folded(words[begin - 1])
        if plain not in known.particles and plain not in known.joined:
            break
        if begin == 1 and word[:1].isupper() and plain in known.particles_or_given:
            break
        begin -= 1
    kept = [known.one_particle.get(folded(word), folded(word)) for word in words[begin:-1]]
    last = _ELIDED.sub("", _ARTICLE.sub("", folded(words[-1]))).strip(".,'\"()«»“”")
    return words[:begin], "".join([*(word for word in kept if word in known.joined), last])


def _family_first(words: list[str]) -> tuple[str, str] | None:
    """Surname and given name of a Chinese, Korean or Vietnamese name, whichever stands first."""
    plain = [folded(word) for word in words]
    if not _LEAST_SYLLABIC <= len(plain) <= 4:
        return None
    for surname, given in ((plain[0], plain[1:]), (plain[-1], plain[:-1])):
        parts = [part for word in given for part in word.split("-")]
        if surname in names().family_first and parts and all(map(_syllabic, parts)):
            return surname, "".join(parts)
    return None


def _syllabic(part: str) -> bool:
    return len(part) >= _LEAST_SYLLABIC and _SYLLABLES.fullmatch(part) is not None
