"""Finds the clause that a cue introduces: que/that, an infinitive, an indirect question, a bare clause, and its end.

Uses of a token: word, part of speech, morphology, and the parse (which clause hangs on the cue, and which words at
its end hang on something before it). Ranges are of tokens, half open.
"""

from __future__ import annotations

from collections.abc import Collection

from selon.cuelist import Grammar
from selon.language import Language
from selon.steps.cues import CueHit
from selon.tokens import Tokens
from selon.types import Span

_REACH = 30
_VERBAL = frozenset(("VERB", "AUX"))
_CLAUSAL = frozenset(("conj", "advcl", "parataxis", "acl:relcl", "ccomp", "xcomp", "acl", "ROOT", "csubj"))
_STOPS = frozenset((".", ";", ":", "!", "?", "…"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_NOUN_STARTS = frozenset(("DET", "NOUN", "PROPN", "PRON", "NUM", "ADJ"))
_OPENERS = frozenset(("PUNCT", "CCONJ"))


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
            starts.append(_complement(tokens, hit, grammar, reach))
        if "question" in takes:
            starts.append(_question(tokens, hit, grammar, reach))
        if "infinitive" in takes or "object" in takes:
            starts.append(_infinitive(tokens, hit, grammar, reach, near="object" not in takes))
        if "attribute" in takes:
            starts.append(_attribute(tokens, hit))
        start = min((first for first in starts if first is not None), default=None)
        if start is None and "clause" in takes:
            start = _bare_clause(tokens, hit, grammar)
    if start is None:
        return None
    end = clause_end(tokens, start, hit, cues, language)
    return Span(start, end) if end > start else None


def _sentence_end(tokens: Tokens, index: int) -> int:
    return tokens.sentences[tokens.sentence[index]].end


def _complement(tokens: Tokens, hit: CueHit, grammar: Grammar, reach: int) -> int | None:
    """The token after the que/that that follows the cue, past an addressee, a time, a subject, or an apposition."""
    end = min(_sentence_end(tokens, hit.head), hit.last + _REACH, reach)
    for index in range(hit.last, end):
        lower = tokens.lower[index]
        if lower in grammar.complementizers and (index == hit.last or tokens.pos[index] not in ("PRON", "DET")):
            before = tokens.lower[index - 1]
            if before in grammar.comparatives and index > hit.last:
                continue
            if _of_another_verb(tokens, index, hit):
                return None
            compares = any(word in grammar.comparatives for word in tokens.lower[max(hit.last, index - 3) : index])
            if compares and not _has_verb_after(tokens, index):
                continue
            return index + 1 if index + 1 < _sentence_end(tokens, hit.head) else None
        if tokens.word[index] in _STOPS or tokens.word[index] == '"':
            return None
        if index > hit.last and _finite(tokens, index) and not _within_subject(tokens, index, hit):
            return None
    return None


def _of_another_verb(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether the clause of a complementizer hangs on a verb that stands between it and the cue."""
    clause = tokens.head[index]
    above = tokens.head[clause] if clause > index else clause
    return hit.last <= above < index and tokens.pos[above] in _VERBAL


def _has_verb_after(tokens: Tokens, index: int) -> bool:
    """Whether a clause follows a complementizer: without a verb it compares ("le même que ses voisins")."""
    for following in range(index + 1, _sentence_end(tokens, index)):
        if _finite(tokens, following):
            return True
        if tokens.word[following] in _STOPS:
            return False
    return False


def _finite(tokens: Tokens, index: int) -> bool:
    return tokens.pos[index] in _VERBAL and "VerbForm=Fin" in tokens.morph[index]


def _within_subject(tokens: Tokens, index: int, hit: CueHit) -> bool:
    """Whether a verb belongs to a relative clause in the (inverted) subject or an adjunct of the cue."""
    return tokens.dep[index] in ("acl:relcl", "acl") or tokens.dep[tokens.head[index]] == "acl:relcl"


def _linked(tokens: Tokens, hit: CueHit, grammar: Grammar) -> int | None:
    """After a noun cue: "selon laquelle"."""
    end = min(_sentence_end(tokens, hit.head), hit.last + 10)
    for index in range(hit.last, end - 1):
        for link in grammar.noun_links:
            if tuple(tokens.lower[index : index + len(link)]) == link:
                return index + len(link)
    return None


def _question(tokens: Tokens, hit: CueHit, grammar: Grammar, reach: int) -> int | None:
    end = min(_sentence_end(tokens, hit.head), hit.last + 10, reach)
    for index in range(hit.last, end):
        lower = tokens.lower[index]
        if lower in grammar.question_words and index + 1 < end and not _comparative(tokens, index):
            return index
        if any(tuple(tokens.lower[index : index + len(words)]) == words for words in grammar.relative_questions):
            return index
        if tokens.pos[index] == "PUNCT" or _finite(tokens, index):
            return None
    return None


def _comparative(tokens: Tokens, index: int) -> bool:
    """Whether "si" stands before an adjective or adverb ("si grand"), or s' is a pronoun."""
    following = tokens.pos[index + 1]
    return (tokens.pos[index] == "ADV" and following in ("ADJ", "ADV")) or "Reflex=Yes" in tokens.morph[index]


def _infinitive(tokens: Tokens, hit: CueHit, grammar: Grammar, reach: int, *, near: bool) -> int | None:
    """Where an infinitive (or -ing form after "of") begins that depends on the cue, its mark left out."""
    end = min(_sentence_end(tokens, hit.head), hit.last + (8 if near else _REACH), reach + 2)
    for index in range(hit.last, end):
        if tokens.word[index] in _STOPS or tokens.word[index] == '"' or _finite(tokens, index):
            return None
        if near and tokens.word[index] == ",":
            return None
        is_mark = tokens.lower[index] in grammar.infinitive_marks
        if is_mark or index == hit.last:
            start = index + 1 if is_mark else index
            if not is_mark:
                start = _past_adverbs(tokens, start, end, grammar)
            verb = _after_clitics(tokens, start, end, grammar)
            if verb is not None and (is_mark or near) and _is_infinitive(tokens, verb, marked=is_mark):
                return hit.last if near and grammar.bare_clauses and _has_object(tokens, hit.last, index) else start
    return None


def _has_object(tokens: Tokens, first: int, mark: int) -> bool:
    """Whether the subject of the infinitive stands before its mark: "want the press to leave", "found it to be"."""
    if first >= mark or tokens.pos[first] not in _NOUN_STARTS:
        return False
    head = next((index for index in range(first, mark) if tokens.head[index] < first or tokens.head[index] >= mark), first)
    return tokens.pos[head] in _NOMINAL and not tokens.dep[head].startswith(("obl", "advmod", "nmod"))


def _attribute(tokens: Tokens, hit: CueHit) -> int | None:
    """Where an adjective stands that the source says of itself ("se dit ravie de …")."""
    index = hit.last
    while index < _sentence_end(tokens, hit.head) and tokens.pos[index] == "ADV":
        index += 1
    if index < _sentence_end(tokens, hit.head) and (
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


def _is_infinitive(tokens: Tokens, index: int, *, marked: bool) -> bool:
    morph = tokens.morph[index]
    if tokens.pos[index] not in _VERBAL:
        return False
    return "VerbForm=Inf" in morph or (marked and ("VerbForm=Ger" in morph or "Tense=Pres|VerbForm=Part" in morph))


def _bare_clause(tokens: Tokens, hit: CueHit, grammar: Grammar) -> int | None:
    """A clause without que/that: as the parse has it, or, where the language allows such clauses, by its words."""
    for child in tokens.children[hit.head]:
        if tokens.dep[child] != "ccomp" or child < hit.last:
            continue
        inner = tokens.children[child]
        if any(tokens.dep[grandchild] == "mark" for grandchild in inner):
            continue
        if not any(tokens.dep[grandchild].startswith(("nsubj", "expl")) for grandchild in inner):
            continue
        start = max(min((child, *tokens.subtree(child))), hit.last)
        while start < child and tokens.pos[start] == "PUNCT" and tokens.word[start] != '"':
            start += 1
        between = tokens.word[hit.last : start]
        if ":" in between or ";" in between:
            continue
        return start
    return _bare_by_words(tokens, hit) if grammar.bare_clauses else None


def _bare_by_words(tokens: Tokens, hit: CueHit) -> int | None:
    """The noun group after a cue that a finite verb follows before any stop, past a time or place ("on Friday")."""
    end = _sentence_end(tokens, hit.head)
    start = hit.last
    while start < end and tokens.pos[start] == "ADV":
        start += 1
    if start < end and tokens.pos[start] == "ADP":
        while start < end and tokens.pos[start] not in ("NOUN", "PROPN", "NUM"):
            if tokens.pos[start] in ("VERB", "AUX", "PUNCT", "PRON"):
                return None
            start += 1
        while start < end and (tokens.pos[start] in ("NOUN", "PROPN", "NUM") or tokens.word[start] == ","):
            start += 1
    if start >= end or tokens.pos[start] not in _NOUN_STARTS:
        return None
    for index in range(start + 1, end):
        if tokens.word[index] in _STOPS or tokens.word[index] == '"' or tokens.pos[index] in ("CCONJ", "SCONJ"):
            return None
        if tokens.lower[index] in _relative_words(tokens, index):
            return None
        if _finite(tokens, index) and not _in_relative_clause(tokens, index, start):
            return None if _above(tokens, index, hit.head) else start
    return None


def _relative_words(tokens: Tokens, index: int) -> tuple[str, ...]:
    """The token itself where it opens a relative clause right after a noun without a comma."""
    return (tokens.lower[index],) if "PronType=Rel" in tokens.morph[index] and tokens.word[index - 1] != "," else ()


def _in_relative_clause(tokens: Tokens, index: int, start: int) -> bool:
    """Whether a verb or its governor (from `start` on) is that of a relative clause."""
    verb = index
    while tokens.head[verb] > verb and tokens.dep[verb].startswith(("aux", "cop")):
        verb = tokens.head[verb]
    return tokens.dep[verb] in ("acl:relcl", "acl") and tokens.head[verb] >= start


def _above(tokens: Tokens, index: int, cue: int) -> bool:
    """Whether the cue hangs on a verb rather than the verb on the cue."""
    return index in _ancestors(tokens, cue)


def clause_end(tokens: Tokens, start: int, hit: CueHit, cues: Collection[int], language: Language) -> int:
    """Where the content that begins at `start` ends.

    The end of the sentence is the rule: what the parse hangs elsewhere but is no clause (a time, a place) stays in.
    It ends earlier where a clause hangs on the cue or above it, and before another cue (`cues`: their first tokens)
    that goes on with the same source (", affirmant que", "et ajoute que") or has a subject of its own after "but".
    """
    limit = _sentence_end(tokens, start)
    above = _ancestors(tokens, hit.head)
    complete = False  # a content has its verb before it can end
    for index in range(start, limit):
        complete = (
            complete or (tokens.pos[index] in _VERBAL and index > start) or _is_infinitive(tokens, index, marked=False)
        )
        if index == start or not complete:
            continue
        if tokens.word[index] == ";":
            return _trim(tokens, start, index)
        if index in cues and _goes_on(tokens, index, start, language.grammar.complementizers):
            return _trim(tokens, start, index)
        if _breaks(tokens, index, start, above):
            return _trim(tokens, start, _clause_start(tokens, index, start))
    return _trim(tokens, start, limit)


def _goes_on(tokens: Tokens, index: int, start: int, complementizers: Collection[str]) -> bool:
    """Whether a cue that begins at `index` is one more of the same source: after a comma or "et", without subject."""
    before = index - 1
    while before > start and tokens.pos[before] == "ADV":
        before -= 1
    morph = tokens.morph[index]
    participle = "VerbForm=Ger" in morph or "Tense=Pres|VerbForm=Part" in morph
    if tokens.word[before] == ",":
        return participle or _finite(tokens, index)
    introduced = any(
        tokens.lower[following] in complementizers for following in range(index + 1, min(index + 5, len(tokens)))
    )
    return introduced and tokens.pos[before] == "CCONJ" and _finite(tokens, index) and before - start > 2


def _ancestors(tokens: Tokens, index: int) -> set[int]:
    above = {index}
    while tokens.head[index] not in above:
        index = tokens.head[index]
        above.add(index)
    return above


def _breaks(tokens: Tokens, index: int, start: int, above: set[int]) -> bool:
    """Whether a verb at `index` opens a clause that hangs on the cue or above, not inside the content."""
    if tokens.dep[index] not in _CLAUSAL or tokens.head[index] not in above or index in above:
        return index in above and index > start and tokens.pos[index] in _VERBAL
    if not _heads_clause(tokens, index) or tokens.dep[index] in ("ccomp", "xcomp"):
        return False
    first = _clause_start(tokens, index, start)
    return first > start + 1 and tokens.word[first] in (",", "-", "–", "—")


def _heads_clause(tokens: Tokens, index: int) -> bool:
    if tokens.pos[index] in _VERBAL:
        return True
    return any(tokens.dep[child] in ("cop", "nsubj") for child in tokens.children[index])


def _clause_start(tokens: Tokens, index: int, start: int) -> int:
    """The first token of the clause of a verb, with the comma or conjunction before it."""
    first = max(tokens.edges[index].start, start)
    while first - 1 > start and tokens.pos[first - 1] in _OPENERS and tokens.word[first - 1] != '"':
        first -= 1
    return first


def _trim(tokens: Tokens, start: int, end: int) -> int:
    """Take punctuation and conjunctions off the end; a closing mark or bracket stays."""
    while end > start:
        last = tokens.word[end - 1]
        if last in (")", "]", '"', "%", "?", "!") or last[-1].isalnum():
            break
        end -= 1
    return end
