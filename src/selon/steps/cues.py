"""Finds where a text may report: the words of the cue lists, with the verb group or phrase around them.

Uses of a token: word, part of speech, morphology; the parse only for auxiliaries and the governing verb.
Whether a cue really reports is decided by the steps after it: a cue without a content is none.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from selon.cuelist import Cues, Entry, Grammar
from selon.language import Language
from selon.steps.verbs import is_finite
from selon.tokens import Tokens
from selon.types import Span

Shape = Literal["verb", "participle", "noun", "phrase"]

_VERBAL = frozenset(("VERB", "AUX"))
_NOMINAL = frozenset(("NOUN", "PROPN"))
_CLAUSAL = frozenset(("ROOT", "acl", "advcl", "conj", "ccomp"))
_GROUP_LENGTH = 8


class CueHit(msgspec.Struct, frozen=True):
    """A word or group that may report.

    `head`: the token of the list (verb, noun, first word of a phrase); `first`, `last`: the cue as written (token
    range, half open); `subject_of`: the token whose subject is the source (the governor in "ose prétendre");
    `passive`: the grammatical subject is not the source.
    """

    entry: Entry
    head: int
    first: int
    last: int
    subject_of: int
    shape: Shape
    passive: bool


def find_cues(tokens: Tokens, language: Language) -> list[CueHit]:
    """All candidates in order of their head; a verb that is part of a longer entry is given once, as the longer."""
    cues, grammar = language.cues, language.grammar
    hits: list[CueHit] = []
    taken = 0
    for index, lower in enumerate(tokens.lower):
        if lower in cues.idle:
            taken = max(taken, _idle_until(tokens, index, cues))
        if index < taken:
            continue
        hit = _phrase(tokens, index, cues) if lower in cues.phrases else None
        if hit is None and lower in cues.verbs:
            hit = _verb(tokens, index, cues, grammar)
        if hit is None and lower in cues.nouns and tokens.pos[index] in _NOMINAL:
            hit = _noun(tokens, index, cues, grammar)
        if hit is None and tokens.pos[index] == "VERB" and lower not in cues.verbs:
            hit = _inverted_verb(tokens, index, grammar)
        if hit is not None:
            hits.append(hit)
            if hit.shape == "phrase":
                taken = hit.last
    return hits


def _idle_until(tokens: Tokens, index: int, cues: Cues) -> int:
    """Where an idiom that begins here and reports nothing ends ("on dirait"); 0 where none begins."""
    for rest in cues.idle.get(tokens.lower[index], ()):
        last = index + 1 + len(rest)
        if tuple(tokens.lower[index + 1 : last]) == rest:
            return last
    return 0


def _follows(tokens: Tokens, index: int, rest: tuple[str, ...]) -> int | None:
    """Where `rest` ends if it stands at `index`, perhaps after one adverb."""
    for first in (index, index + 1):
        if tuple(tokens.lower[first : first + len(rest)]) == rest:
            return first + len(rest)
        if first < len(tokens) and tokens.pos[first] not in ("ADV", "PART"):
            return None
    return None


def _phrase(tokens: Tokens, index: int, cues: Cues) -> CueHit | None:
    for entry in cues.phrases[tokens.lower[index]]:
        last = index + 1 + len(entry.rest)
        if tuple(tokens.lower[index + 1 : last]) == entry.rest:
            return CueHit(entry, index, index, last, index, "phrase", False)
    return None


def _noun(tokens: Tokens, index: int, cues: Cues, grammar: Grammar) -> CueHit | None:
    first = index - 1 if index and tokens.pos[index - 1] == "DET" else index
    if first == index and index and tokens.lower[index - 1] in grammar.bare_noun_marks:
        return None  # "in order to", "par crainte de"
    if not grammar.article_in_cue:
        first = index
    return CueHit(cues.nouns[tokens.lower[index]][0], index, first, index + 1, index, "noun", False)


def _verb(tokens: Tokens, index: int, cues: Cues, grammar: Grammar) -> CueHit | None:
    if not _may_be_verb(tokens, index, cues, grammar):
        return None
    first, reflexive = _left_edge(tokens, index, grammar)
    for entry in cues.verbs[tokens.lower[index]]:
        if entry.reflexive != reflexive:
            continue
        last = _follows(tokens, index + 1, entry.rest) if entry.rest else index + 1
        if last is None:
            continue
        return _verb_hit(tokens, entry, index, Span(first, last), grammar)
    return None


def _may_be_verb(tokens: Tokens, index: int, cues: Cues, grammar: Grammar) -> bool:
    pos = tokens.pos[index]
    if pos in _VERBAL:
        return True
    if pos == "ADJ" and ("VerbForm=Part" in tokens.morph[index] or tokens.dep[index] in _CLAUSAL):
        return True
    if pos == "ADJ" and _after_quotation(tokens, index, grammar):
        return True
    if _introduces_clause(tokens, index, cues, grammar) or _has_own_subject(tokens, index):
        return True
    if "".join(tokens.lower[index + 1 : index + 2]) in grammar.subject_clitics:
        return True  # "murmure-t-on"
    # The tagger slips on an inverted verb after a quotation: « … », note Anne.
    return pos in ("NOUN", "PROPN", "X", "ADP") and _after_quotation(tokens, index, grammar)


def _after_quotation(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether a word stands right after a closing mark, or after its comma and perhaps a pronoun: « … », se lamente."""
    before = index - 1
    between = grammar.reflexive_pronouns | grammar.object_pronouns | grammar.subject_clitics | grammar.auxiliaries
    while before > 0 and tokens.lower[before] in between:
        before -= 1
    if before > 0 and tokens.word[before] == ",":
        before -= 1
    return before > 0 and tokens.word[before] == '"'


def _inverted_verb(tokens: Tokens, index: int, grammar: Grammar) -> CueHit | None:
    """A finite verb that no list has, right after a quotation and before its subject: « … », s'enthousiasme Anne.

    What stands at `index` is tagged as a verb."""
    if index + 1 >= len(tokens) or not _after_quotation(tokens, index, grammar):
        return None
    subject = tokens.pos[index + 1] in ("DET", "PROPN") or tokens.lower[index + 1] in grammar.subject_clitics
    first, reflexive = _left_edge(tokens, index, grammar)
    if not subject or not is_finite(tokens, index) or not _closes_sentence(tokens, first - 1):
        return None
    entry = Entry(tokens.lemma[index], (), "say", "speech", frozenset(("quotation",)), reflexive=reflexive)
    return CueHit(entry, index, first, index + 1, index, "verb", False)


def _closes_sentence(tokens: Tokens, mark: int) -> bool:
    """Whether the quotation that ends at or before `mark` is a sentence that a comma, ! or ? closes."""
    closing = mark - 1 if tokens.word[mark] == "," else mark
    if closing == mark and tokens.word[closing - 1] not in (",", "!", "?", "…"):
        return False
    index = closing - 1
    while index >= 0 and tokens.word[index] != '"':
        if is_finite(tokens, index):
            return True
        index -= 1
    return False


def _has_own_subject(tokens: Tokens, index: int) -> bool:
    """Whether a word tagged as a noun is the main verb in the parse: a subject before it, nothing that makes it a
    noun ("The fishermen fear that …")."""
    relations = [(child, tokens.dep[child]) for child in tokens.children[index]]
    if tokens.pos[index] != "NOUN" or tokens.dep[index] not in ("ROOT", "conj", "ccomp"):
        return False
    nominal = any(relation in ("det", "cop", "case", "amod", "nummod", "compound") for _, relation in relations)
    subject = any(child < index and relation == "nsubj" for child, relation in relations)
    return subject and not nominal and any(relation == "ccomp" for _, relation in relations)


def _introduces_clause(tokens: Tokens, index: int, cues: Cues, grammar: Grammar) -> bool:
    """Whether a form that is no cue noun stands before que or de like a verb, whatever the tagger says of it."""
    if index == 0 or index + 1 >= len(tokens) or tokens.lower[index] in cues.nouns:
        return False
    if tokens.pos[index - 1] in ("DET", "ADJ", "ADP", "NUM") and tokens.lower[index - 1] not in grammar.object_pronouns:
        return False
    following = tokens.lower[index + 1]
    if following in grammar.complementizers or _past_infinitive(tokens, index + 1, grammar):
        return True
    if following in grammar.infinitive_marks:
        infinitive = "VerbForm=Inf" in "".join(tokens.morph[index + 2 : index + 3])
        return infinitive or _past_infinitive(tokens, index + 2, grammar)
    if following == ",":
        closing = next((i for i in range(index + 3, min(index + 9, len(tokens))) if tokens.word[i] == ","), None)
        return closing is not None and _past_infinitive(
            tokens, closing + 1, grammar
        )  # "conteste, par lettre, avoir vu"
    if following == ":":
        return tokens.word[index + 2 : index + 3] == ['"']
    return following == '"' and _opens(tokens, index + 1)


def _opens(tokens: Tokens, mark: int) -> bool:
    """Whether a mark opens a quotation: those before it in its sentence are closed."""
    first = tokens.sentences[tokens.sentence[mark]].start
    return sum(tokens.word[index] == '"' for index in range(first, mark)) % 2 == 0


def _past_infinitive(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether an infinitive of an auxiliary begins here, perhaps negated: "avoir vu", "n'avoir jamais vu"."""
    while index < len(tokens) and tokens.lower[index] in grammar.negations_before | grammar.negations_after:
        index += 1
    return index < len(tokens) and tokens.lower[index] in grammar.auxiliaries and "VerbForm=Inf" in tokens.morph[index]


def _left_edge(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, bool]:
    """The first token of the verb group that ends in `index`, and whether it has a reflexive pronoun."""
    edge = index
    reflexive = False
    floor = max(tokens.sentences[tokens.sentence[index]].start, index - _GROUP_LENGTH)
    position = index - 1
    while position >= floor:
        lower = tokens.lower[position]
        if lower in grammar.auxiliaries and tokens.pos[position] in _VERBAL:
            edge = position
        elif lower in grammar.reflexive_pronouns and tokens.pos[position] in ("PRON", "ADV", "SCONJ"):
            reflexive = reflexive or _is_reflexive(tokens, position, grammar)
            edge = position if reflexive else edge
        elif lower in grammar.negations_before:
            edge = position
        elif not (
            lower in grammar.object_pronouns
            or lower in grammar.subject_clitics
            or lower in grammar.negations_after
            or tokens.pos[position] in ("ADV", "PART")
        ):
            break
        position -= 1
    return edge, reflexive


def _is_reflexive(tokens: Tokens, position: int, grammar: Grammar) -> bool:
    """Whether a pronoun is reflexive: "se" always is, "nous" and "vous" only as the tagger says."""
    return "Reflex=Yes" in tokens.morph[position] or tokens.lower[position] in grammar.always_reflexive


def _verb_hit(tokens: Tokens, entry: Entry, index: int, group: Span, grammar: Grammar) -> CueHit | None:
    first, last = group
    if tokens.lower[first] in grammar.negations_before and tokens.lower[last : last + 1] != []:
        last += tokens.lower[last] in grammar.negations_after - grammar.negations_before  # "ne croit | pas"
    passive = not entry.reflexive and any(
        tokens.dep[child] == "nsubj:pass" or (tokens.dep[child] == "aux:pass" and tokens.pos[child] in ("AUX", "VERB"))
        for child in tokens.children[index]
        if child < index
    )
    subject_of = index
    governor = tokens.head[index]
    if (
        governor < index
        and index - governor <= 4
        and tokens.dep[index] in ("xcomp", "ccomp", "obj", "advcl")
        and tokens.lower[governor] in grammar.governors
        and "VerbForm=Inf" in tokens.morph[index]
        and not any(tokens.lower[word] in grammar.bare_noun_marks for word in range(governor + 1, index))
    ):
        subject_of = governor
        first, _ = _left_edge(tokens, governor, grammar)
    if tokens.lower[first - 1] in grammar.privatives and first > 0:
        return None
    bare_participle = (first == index and "VerbForm=Part" in tokens.morph[index]) or "VerbForm=Ger" in tokens.morph[
        index
    ]
    shape: Shape = "participle" if bare_participle and not _has_subject(tokens, index) else "verb"
    if bare_participle and "Tense=Past" in tokens.morph[index] and shape == "participle":
        if (
            _is_main(tokens, index)
            or _introduces(tokens, last, grammar)
            or _inverts(tokens, index, grammar)
            or _shares(tokens, index)
        ):
            shape = "verb"  # a finite verb that the tagger takes for a participle: "the police, confirmed that"
        elif entry.act == "accuse":
            passive = True
        else:
            return None  # "une hormone appelée GLB1" reports nothing
    if passive and entry.active_only:
        return None
    return CueHit(entry, index, first, last, subject_of, shape, passive)


def _is_main(tokens: Tokens, index: int) -> bool:
    """Whether a participle is the main verb in the parse right behind a noun: "Ann Lee called the plan …"."""
    first = tokens.sentences[tokens.sentence[index]].start
    return tokens.dep[index] == "ROOT" and index > first and tokens.pos[index - 1] in ("NOUN", "PROPN", "PRON")


def _inverts(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether a word comes right after somebody's sentence in quotation marks: « J'ai froid », chuchote une voix."""
    return _after_quotation(tokens, index, grammar) and _closes_sentence(tokens, index - 1)


def _shares(tokens: Tokens, index: int) -> bool:
    """Whether a participle shares the auxiliary of one before it: "a critiqué « … » et | fustigé « … »"."""
    return tokens.pos[index - 1 : index] == ["CCONJ"] and tokens.word[index + 1 : index + 2] == ['"']


def _introduces(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether a complementizer or a past infinitive stands here: what only a finite verb has after it."""
    if index >= len(tokens):
        return False
    complementizer = tokens.lower[index] in grammar.complementizers and tokens.pos[index] == "SCONJ"
    return complementizer or _past_infinitive(tokens, index, grammar)


def _has_subject(tokens: Tokens, index: int) -> bool:
    return any(tokens.dep[child].startswith("nsubj") for child in tokens.children[index])
