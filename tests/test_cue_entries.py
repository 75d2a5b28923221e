"""Every entry of a language's cue lists has been met in a marked text or in a case, as the heads of the lists say.

Met is an entry whose words stand in a marked cue: a form of the verb with its reflexive pronoun where it has one, or of
the noun (with an article or possessive just before it where a verb has the same form), and the fixed words of the
entry after it, in the cue or just behind it ("fait" ... "savoir"). Nothing is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from evaluation.cases import load_cases
from evaluation.gold import TRAIN_SETS, marked

from selon.cuelist import Entry
from selon.language import Language, load
from tests.data import needs_data, shared_folder

_WORD = re.compile(r"[^\W_]+'?")
_CUE_LINE = re.compile(r"T\d+\tCue [\d ;]+\t(.+)")
_AROUND = 60  # characters before and behind a cue in which its article and the rest of its entry may stand
_BETWEEN = 1  # words that may stand between two words of an entry
_MADE = "made-train"
_NOUN = "noun "
_BEFORE_NOUNS = frozenset(
    (
        *("l'", "la", "le", "les", "un", "une", "du", "des", "d'", "de", "cette", "ce", "ces"),
        *("son", "sa", "ses", "leur", "leurs", "aucun", "aucune"),
        *("the", "a", "an", "this", "these", "any", "all", "no", "some", "his", "her", "its", "their", "of", "s"),
    )
)


class Met(NamedTuple):
    """The words of one marked cue, and those before and behind it."""

    before: tuple[str, ...]
    cue: tuple[str, ...]
    behind: tuple[str, ...]


class Sought(NamedTuple):
    """An entry in one of its forms: its first word, and the others."""

    name: str
    entry: Entry
    first: str
    rest: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def _met(text: str, start: int, end: int) -> Met:
    around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
    return Met(*(_words(part) for part in around))


def _of_cases(code: str) -> Iterator[Met]:
    for case in load_cases(code):
        for statement in case.statement:
            text = (case.title or "") if statement.in_title else case.text
            for found in re.finditer(re.escape(statement.cue), text) if statement.cue else ():
                yield _met(text, *found.span())


def _of_marked_sets(code: str) -> Iterator[Met]:
    for name in (*(name for name, language in TRAIN_SETS.items() if language == code), _MADE):
        for one in marked(name):
            cues = [statement["cue"] for statement in one.statements if statement["cue"]]
            for cue in cues if one.article.language == code else ():
                yield _met(one.article.text, cue["start"], cue["end"])


def _of_brat(folder: Path) -> Iterator[Met]:
    for path in sorted(folder.glob("*.ann")):
        for found in _CUE_LINE.finditer(path.read_text(encoding="utf-8")):
            yield Met((), _words(found.group(1)), ())


def _sought(language: Language) -> dict[str, list[Sought]]:
    """First word of a form -> the entries it may belong to."""
    cues = language.cues
    lists: tuple[tuple[str, Mapping[str, tuple[Entry, ...]]], ...] = (
        ("verb ", cues.verbs),
        (_NOUN, cues.nouns),
        ("phrase ", cues.phrases),
    )
    index: dict[str, list[Sought]] = {}
    for kind, forms in lists:
        for form, entries in forms.items():
            first, *more = _words(form)
            for entry in entries:
                rest = (*more, *_words(" ".join(entry.rest)))
                index.setdefault(first, []).append(Sought(kind + entry.lemma, entry, first, rest))
    return index


def _in_order(words: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Whether `rest` stands in `words` in its order, with at most one other word before each."""
    position = 0
    for word in rest:
        if word not in words[position : position + _BETWEEN + 1]:
            return False
        position = words.index(word, position) + 1
    return True


def names_met(cues: Iterable[Met], language: Language) -> set[str]:
    """The entries that stand in marked cues, as "verb dire"; "serment" in "prêter serment" is no noun by itself."""
    index = _sought(language)
    names: set[str] = set()
    for met in cues:
        standing = list(_standing(met, index, language.grammar.always_reflexive))
        taken = {word for sought in standing for word in sought.rest}
        names.update(
            sought.name for sought in standing if not (sought.name.startswith(_NOUN) and sought.first in taken)
        )
    return names


def _standing(met: Met, index: Mapping[str, Iterable[Sought]], reflexives: frozenset[str]) -> Iterator[Sought]:
    """What stands in one cue."""
    for position, word in enumerate(met.cue):
        reflexive = not reflexives.isdisjoint(met.cue[:position])
        following = (*met.cue[position + 1 :], *met.behind)
        entries = index.get(word, ())
        as_noun = not _BEFORE_NOUNS.isdisjoint((*met.before, *met.cue[:position])[-2:]) or all(
            sought.name.startswith(_NOUN) for sought in entries
        )
        for sought in entries:
            fits = as_noun if sought.name.startswith(_NOUN) else sought.entry.reflexive == reflexive
            if fits and _in_order(following, sought.rest):
                yield sought


def all_names(language: Language) -> set[str]:
    return {sought.name for entries in _sought(language).values() for sought in entries}


@pytest.mark.parametrize(
    ("cue", "behind", "name", "met"),
    [
        ("a également déclaré", "que tout va bien", "verb déclarer", True),
        ("se déclare", "prêt", "verb se déclarer", True),
        ("se déclare", "prêt", "verb déclarer", False),
        ("a fait", "bientôt savoir que", "verb faire savoir", True),
        ("a fait", "campagne sans savoir que", "verb faire savoir", False),
        ("D’après", "lui", "phrase d' après", True),
        ("les promesses", "que", "noun promesse", True),
        ("menace", "de partir", "noun menace", False),
        ("ont prêté serment", "de", "verb prêter serment", True),
        ("ont prêté serment", "de", "noun serment", False),
    ],
)
def test_an_entry_is_met_with_all_its_words(cue: str, behind: str, name: str, met: bool) -> None:
    assert (name in names_met([Met((), _words(cue), _words(behind))], load("fr"))) is met


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_entry_has_been_met_in_a_marked_text_or_a_case(code: str) -> None:
    language = load(code)
    cues = [*_of_cases(code), *_of_marked_sets(code)]
    if code == "en" and (folder := shared_folder()):
        cues += _of_brat(folder / "corpora" / "polnear" / "train" / "attributions")
    missing = sorted(all_names(language) - names_met(cues, language))
    assert not missing, f"{len(missing)} entries stand in no marked cue and no case: {', '.join(missing)}"
