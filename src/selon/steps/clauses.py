"""Finds the clause that a cue introduces: que/that, an infinitive, an indirect question, a bare clause, and its end.

Uses of a token: word, part of speech, morphology, and the parse (which clause hangs on the cue, and which words at
its end hang on something before it). Ranges are of tokens, half open.
"""

from __future__ import annotations

from collections.abc import Collection

from selon.cuelist import Grammar
from selon.language import Language
from selon.steps.bare_clauses import bare_clause, past_adjuncts
from selon.steps.clause_ends import clause_end
from selon.steps.cues import CueHit
from selon.steps.dates import find_times
from selon.steps.verbs import STOPS, VERBAL, is_finite, is_infinitive, is_participle, sentence_end
from selon.tokens import Tokens
from selon.types import Span

_REACH = 30
_TIME = 9
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_NOUN_STARTS = frozenset(("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"))


def clause_after(tokens: Tokens, hit: CueHit, reach: int, cues: Collection[int], language: Language) -> Span | None:
    """The content of a verb or noun cue that stands after it, or None.

    `reach`: no further than this token (the next cue) may the word be that introduces it; `cues`: the first tokens
    of all cues.
    """
    grammar = language.grammar
    takes = hit.entry.takes
    start: int | None = None
    if hit.shape == "noun":
        start = _linked(tokens, hit, grammar) or _complement(tokens, hit, grammar, min(reach, hit.last + 8))
        if start is None:
            start = _infinitive(tokens, hit, grammar, reach, near=True)
    else:
        starts = []
        if "clause" in takes or "object" in takes:
            starts.append(_complement(tokens, hit, grammar, reach) or _after_time(tokens, hit, language))
        if "question" in takes:
            starts.append(_question(tokens, hit, grammar, reach))
        if "infinitive" in takes or "object" in takes:
            starts.append(_infinitive(tokens, hit, grammar, reach, near="object" not in takes))
        if "infinitive" in takes:
            starts.append(_later_infinitive(tokens, hit, language))
        if "attribute" in takes:
            starts.append(_attribute(tokens, hit))
        start = min((first for first in starts if first is not None), default=None)
        if start is None and "clause" in takes:
            start = bare_clause(tokens, hit, language)
    if start is None:
        return None
    end = clause_end(tokens, start, hit, cues, language)
    return Span(start, end) if end > start else None


def _complement(tokens: Tokens, hit: CueHit, grammar: Grammar, reach: int) -> int | None:
    """The token after the que/that that follows the cue, past an addressee, a time, a subject, or an apposition."""
    end = min(sentence_end(tokens, hit.head), hit.last + _REACH, reach)
    for index in range(hit.last, end):
        lower = tokens.lower[index]
        may_open = index == hit.last and hit.shape != "noun"
        introduces = (
            (may_open and not _points(tokens, index, hit))
            or tokens.pos[index] not in ("PRON", "DET")
            or _introduces(tokens, index, hit)
        )
        if lower in grammar.complementizers and introduces:
            before = tokens.lower[index - 1]
            if index == hit.last + 1 and before in grammar.additives and _has_verb_after(tokens, index):
                return index + 1  # "affirme aussi | que"
            if index > hit.last and tokens.pos[index - 1] == "CCONJ":
                return None  # "… et que": one more clause of an earlier cue
            if before in grammar.comparatives and index > hit.last:
                continue
            if _of_another_verb(tokens, index, hit):
                return None
            compares = any(word in grammar.comparatives for word in tokens.lower[max(hit.last, index - 3) : index])
            if compares and not _has_verb_after(tokens, index):
                continue
            return index + 1 if index + 1 < sentence_end(tokens, hit.head) else None
        if tokens.word[index] in STOPS or tokens.word[index] == '"':
            return None
        if index > hit.last and is_finite(tokens, index) and not _within_subject(tokens, index, hit):
            return None
    return None


def _after_time(tokens: Tokens, hit: CueHit, language: Language) -> int | None:
    """The token after the que/that right behind a time, which may have a verb: "a signalé il y a deux jours | que"."""
    end = min(sentence_end(tokens, hit.head), hit.last + _TIME)
    if hit.last >= end:
        return None
    for time in find_times(tokens.text, tokens.start[hit.last], tokens.end[end - 1], language, None):
        link = tokens.at(time.span.end - 1) + 1
        small = all(tokens.pos[index] == "ADP" for index in range(hit.last, tokens.at(time.span.start)))
        if small and link < end - 1 and tokens.lower[link] in language.grammar.complementizers:
            return link + 1
    return None


def _points(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether a word like "that" is the determiner of the cue's object: "ordered that change"."""
    noun = tokens.head[index]
    is_object = tokens.dep[noun] == "obj" and tokens.head[noun] == hit.head
    return tokens.pos[index] == "DET" and tokens.dep[index] == "det" and is_object


def _introduces(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether a word that is tagged as a pronoun or determiner introduces a clause: it is its mark in the parse, or
    stands after a verb with its adjunct and before a noun group with a finite verb."""
    following = index + 1
    begins = following < sentence_end(tokens, index) and tokens.pos[following] in _NOUN_STARTS
    if tokens.dep[index] == "mark":
        return begins and tokens.word[index - 1] != ","
    after_noun = tokens.pos[index - 1] in _NOMINAL
    return (
        hit.shape != "noun" and tokens.pos[index] == "DET" and after_noun and begins and _has_verb_after(tokens, index)
    )


def _of_another_verb(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether the clause of a complementizer hangs on a verb that stands between it and the cue."""
    clause = tokens.head[index]
    above = tokens.head[clause] if clause > index else clause
    return hit.last <= above < index and tokens.pos[above] in VERBAL


def _has_verb_after(tokens: Tokens, index: int) -> bool:
    """Whether a clause follows a complementizer: without a verb it compares ("le même que ses voisins")."""
    for following in range(index + 1, sentence_end(tokens, index)):
        if is_finite(tokens, following):
            return True
        if tokens.word[following] in STOPS:
            return False
    return False


def _within_subject(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether a verb belongs to a relative clause in the (inverted) subject or an adjunct of the cue."""
    return tokens.dep[index] in ("acl:relcl", "acl") or tokens.dep[tokens.head[index]] == "acl:relcl"


def _linked(tokens: Tokens, hit: CueHit, grammar: Grammar) -> int | None:
    """After a noun cue: "selon laquelle"."""
    end = min(sentence_end(tokens, hit.head), hit.last + 10)
    for index in range(hit.last, end - 1):
        for link in grammar.noun_links:
            if tuple(tokens.lower[index : index + len(link)]) == link:
                return index + len(link)
    return None


def _question(tokens: Tokens, hit: CueHit, grammar: Grammar, reach: int) -> int | None:
    end = min(sentence_end(tokens, hit.head), hit.last + 10, reach)
    for index in range(hit.last, end):
        lower = tokens.lower[index]
        relates = index > hit.last and tokens.pos[index - 1] in ("NOUN", "PROPN", "ADP")
        if lower in grammar.question_words and index + 1 < end and not _comparative(tokens, index):
            return None if relates and "PronType=Rel" in tokens.morph[index] else index
        if any(tuple(tokens.lower[index : index + len(words)]) == words for words in grammar.relative_questions):
            return None if relates else index
        if tokens.pos[index] == "PUNCT" or is_finite(tokens, index):
            return None
    return None


def _comparative(tokens: Tokens, index: int) -> bool:
    """Whether "si" stands before an adjective or adverb ("si grand"), or s' is a pronoun."""
    following = tokens.pos[index + 1]
    return (tokens.pos[index] == "ADV" and following in ("ADJ", "ADV")) or "Reflex=Yes" in tokens.morph[index]


def _infinitive(tokens: Tokens, hit: CueHit, grammar: Grammar, reach: int, *, near: bool) -> int | None:
    """Where an infinitive (or -ing form after "of") begins that depends on the cue, its mark left out."""
    end = min(sentence_end(tokens, hit.head), hit.last + (8 if near else _REACH), reach + 2)
    loose = grammar.infinitive_marks | grammar.reason_marks
    for index in range(hit.last, end):
        if tokens.word[index] in STOPS or tokens.word[index] == '"' or is_finite(tokens, index):
            return None
        if near and (tokens.word[index] == "," or is_participle(tokens, index)) and index > hit.last:
            return None
        is_mark = tokens.lower[index] in (grammar.infinitive_marks if near and index > hit.last else loose)
        if is_mark or index == hit.last:
            start = index + 1 if is_mark else index
            if not is_mark:
                start = _past_adverbs(tokens, start, end, grammar)
            verb = _after_clitics(tokens, start, end, grammar)
            if verb is None or not (is_mark or near):
                continue
            if (
                is_infinitive(tokens, verb, marked=is_mark)
                or (is_mark and _is_gerund(tokens, verb, hit))
                or (verb == hit.last and hit.shape != "noun" and _is_present(tokens, verb, grammar))
            ):
                if is_mark and tokens.lower[index - 1] in grammar.negations_before:
                    return index - 1  # "not to"
                return hit.last if near and grammar.bare_clauses and _has_object(tokens, hit, index) else start
    return None


def _is_present(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether an -ing form stands here, of an auxiliary too where contents need no mark: "denies | being paid"."""
    return "VerbForm=Ger" in tokens.morph[index] or (grammar.bare_clauses and is_participle(tokens, index))


def _later_infinitive(tokens: Tokens, hit: CueHit, language: Language) -> int | None:
    """Where an infinitive without a mark begins behind a time or a phrase, in commas or not: "a démenti lundi |
    devoir …", "conteste, dans un courriel, | avoir …"."""
    end = min(sentence_end(tokens, hit.head), hit.last + _REACH)
    first = hit.last + (tokens.word[hit.last : hit.last + 1] == [","])
    start = past_adjuncts(tokens, first, end, language)
    if start is None or not first < start < end or hit.shape == "participle":
        return None
    if tokens.lower[start] in language.grammar.infinitive_marks:
        return None
    verb = _after_clitics(tokens, start, end, language.grammar)
    if verb is None or "VerbForm=Inf" not in tokens.morph[verb] or tokens.pos[verb] not in VERBAL:
        return None
    return start


def _is_gerund(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether a noun of a clause in the parse, after "accused X of", is a verb: "of | diverting 400 crowns"."""
    clausal = tokens.dep[index] in ("acl", "advcl", "xcomp", "ccomp")
    takes_object = any(tokens.dep[child] == "obj" for child in tokens.children[index])
    return "object" in hit.entry.takes and tokens.pos[index] == "NOUN" and (clausal or takes_object)


def _has_object(tokens: Tokens, hit: CueHit, mark: int) -> bool:
    """Whether the subject of the infinitive stands before its mark: "want the press to leave", "call for it to end"."""
    first = hit.last
    if first >= mark or tokens.pos[first] not in _NOUN_STARTS:
        return False
    outer = (index for index in range(first, mark) if tokens.head[index] < first or tokens.head[index] >= mark)
    head = next(outer, first)
    adjunct = tokens.dep[head].startswith(("obl", "advmod", "nmod"))
    return tokens.pos[head] in _NOMINAL and (not adjunct or bool(hit.entry.rest))


def _attribute(tokens: Tokens, hit: CueHit) -> int | None:
    """Where an adjective stands that the source says of itself ("se dit ravie de …")."""
    index = hit.last
    while index < sentence_end(tokens, hit.head) and tokens.pos[index] == "ADV":
        index += 1
    if index < sentence_end(tokens, hit.head) and (
        tokens.pos[index] == "ADJ" or "VerbForm=Part" in tokens.morph[index]
    ):
        return index
    return None


def _past_adverbs(tokens: Tokens, start: int, end: int, grammar: Grammar) -> int:
    while start < end - 1 and tokens.pos[start] == "ADV" and tokens.lower[start] not in grammar.negations_before:
        start += 1
    return start


def _after_clitics(tokens: Tokens, start: int, end: int, grammar: Grammar) -> int | None:
    """The first token from `start` that is no negation, clitic or adverb."""
    for index in range(start, min(start + 5, end)):
        lower = tokens.lower[index]
        if (
            lower in grammar.negations_before
            or lower in grammar.negations_after
            or lower in grammar.object_pronouns
            or lower in grammar.reflexive_pronouns
            or tokens.pos[index] in ("ADV", "PART")
        ):
            continue
        return index
    return None
