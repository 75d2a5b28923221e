"""The cue lists of a language, inflected and ready to be looked up by word form."""

from __future__ import annotations

from typing import Any

import msgspec

from selon.types import Act, StatementKind
from selon.wordlists import Conjugation, CueWords, Frame, GrammarWords


class Entry(msgspec.Struct, frozen=True):
    """One entry of a cue list. `rest`: the fixed words after the inflected first one ("savoir" in "faire savoir");
    `reflexive`: it is a cue only with a reflexive pronoun ("s'engager"); `active_only`: its passive reports nothing;
    `speakers_only`: it reports only where somebody is its subject;
    `ambiguous`: a phrase that more often is none."""

    lemma: str
    rest: tuple[str, ...]
    act: Act
    kind: StatementKind
    takes: frozenset[Frame]
    reflexive: bool = False
    ambiguous: bool = False
    active_only: bool = False
    speakers_only: bool = False


class Cues(msgspec.Struct, frozen=True):
    """Word form (lower case) -> entries. `phrases`: first word -> entries, longest first, `rest` the other words;
    `idle`: first word -> the other words of idioms that report nothing."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    phrases: dict[str, tuple[Entry, ...]]
    verb_forms: frozenset[str]
    idle: dict[str, tuple[tuple[str, ...], ...]]
    measures: frozenset[str]


class Grammar(msgspec.Struct, frozen=True):
    """The small words of a language as sets of lower-case forms; see `wordlists.GrammarWords` for each."""

    complementizers: frozenset[str]
    question_words: frozenset[str]
    relative_questions: frozenset[tuple[str, ...]]
    infinitive_marks: frozenset[str]
    reason_marks: frozenset[str]
    relatives: frozenset[str]
    noun_links: frozenset[tuple[str, ...]]
    asides: frozenset[tuple[str, ...]]
    neutral_pronouns: frozenset[str]
    quoting_marks: frozenset[str]
    reflexive_pronouns: frozenset[str]
    always_reflexive: frozenset[str]
    object_pronouns: frozenset[str]
    negations_before: frozenset[str]
    negations_after: frozenset[str]
    subject_clitics: frozenset[str]
    subject_pronouns: frozenset[str]
    first_person: frozenset[str]
    second_person: frozenset[str]
    impersonal: frozenset[str]
    agent_marks: frozenset[str]
    bare_noun_marks: frozenset[str]
    bare_clauses: bool
    article_in_cue: bool
    privatives: frozenset[str]
    subordinators: frozenset[str]
    possessive_marks: frozenset[str]
    possessives: frozenset[str]
    comparatives: frozenset[str]
    additives: frozenset[str]
    governors: frozenset[str]
    auxiliaries: frozenset[str]
    coordinators: frozenset[str]


_VERBS = ("governors", "auxiliaries")
_PHRASES = ("relative_questions", "noun_links", "asides")


def compile_grammar(words: GrammarWords, table: Conjugation) -> Grammar:
    """Sets for looking up; verbs are inflected, several words become tuples."""
    compiled: dict[str, object] = {}
    for name in words.__struct_fields__:
        entries: Any = getattr(words, name)
        if isinstance(entries, bool):
            compiled[name] = entries
        elif name in _VERBS:
            lemmas = [_without_reflexive(lemma, table) for lemma in entries]
            compiled[name] = frozenset(form for lemma in lemmas for form in conjugate(lemma, table))
        elif name in _PHRASES:
            compiled[name] = frozenset(tuple(entry.split()) for entry in entries)
        else:
            compiled[name] = frozenset(entries)
    return msgspec.convert(compiled, Grammar)


def conjugate(lemma: str, table: Conjugation) -> frozenset[str]:
    """All forms of a verb by the language's table, its infinitive with them."""
    if lemma in table.irregular:
        return frozenset((lemma, *table.irregular[lemma]))
    fitting = [pattern for pattern in table.patterns if lemma.endswith(pattern.match)]
    if not fitting:
        return frozenset((lemma,))
    pattern = max(fitting, key=lambda candidate: len(candidate.match))
    stem = lemma[: len(lemma) - len(pattern.match)]
    return frozenset((lemma, *(stem + ending for ending in pattern.endings)))


def compile_cues(words: CueWords, table: Conjugation) -> Cues:
    """Inflect the verbs and index everything by word form."""
    verbs = _verbs(words, table)
    nouns: dict[str, list[Entry]] = {}
    for group in words.nouns:
        for lemma in group.lemmas:
            entry = Entry(lemma, (), group.act, group.kind, frozenset())
            for form in (lemma, *(lemma + ending for ending in table.plural)):
                nouns.setdefault(form, []).append(entry)
    phrases: dict[str, list[Entry]] = {}
    for phrase_group in words.phrases:
        for phrase in phrase_group.phrases:
            first, *rest = phrase.split()
            entry = Entry(
                phrase, tuple(rest), phrase_group.act, phrase_group.kind, frozenset(), ambiguous=phrase_group.ambiguous
            )
            phrases.setdefault(first, []).append(entry)
    return Cues(
        verbs=_longest_first(verbs),
        nouns=_longest_first(nouns),
        phrases=_longest_first(phrases),
        verb_forms=frozenset(form for form, entries in verbs.items() if any(not entry.rest for entry in entries)),
        idle=_by_first_word(words.idle),
        measures=frozenset((*words.measures, *(noun + ending for noun in words.measures for ending in table.plural))),
    )


def _verbs(words: CueWords, table: Conjugation) -> dict[str, list[Entry]]:
    """The entries of the verbs by each form of their first word."""
    verbs: dict[str, list[Entry]] = {}
    for group in words.verbs:
        for lemma in group.lemmas:
            bare = _without_reflexive(lemma, table)
            first, *rest = bare.replace("'", "' ").split()
            entries = [
                Entry(
                    lemma,
                    fixed,
                    group.act,
                    group.kind,
                    frozenset(group.takes),
                    reflexive=bare != lemma,
                    active_only=lemma in words.active_only,
                    speakers_only=lemma in words.speakers_only,
                )
                for fixed in _agreeing(first, tuple(rest), table)
            ]
            for form in conjugate(first, table):
                verbs.setdefault(form, []).extend(entries)
    return verbs


def _agreeing(verb: str, rest: tuple[str, ...], table: Conjugation) -> list[tuple[str, ...]]:
    """The fixed words of an entry; after a copula with the last one agreeing ("être sûr": sûre, sûrs, sûres)."""
    endings = table.agreement if verb in table.copulas and rest else ()
    return [rest, *((*rest[:-1], rest[-1] + ending) for ending in endings)]


def _by_first_word(idioms: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    index: dict[str, tuple[tuple[str, ...], ...]] = {}
    for idiom in idioms:
        first, *rest = idiom.replace("'", "' ").split()
        index[first] = (*index.get(first, ()), tuple(rest))
    return index


def _without_reflexive(lemma: str, table: Conjugation) -> str:
    for reflexive in table.reflexives:
        if lemma.startswith(reflexive):
            return lemma.removeprefix(reflexive)
    return lemma


def _longest_first(index: dict[str, list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    return {
        form: tuple(sorted(entries, key=lambda entry: len(entry.rest), reverse=True)) for form, entries in index.items()
    }
