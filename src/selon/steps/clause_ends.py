"""Finds where the content that a cue introduces ends.

Uses of a token: word, part of speech, morphology, and the parse (which words hang on something before the content).
"""

from __future__ import annotations

from collections.abc import Collection

from selon.cuelist import Grammar
from selon.language import Language
from selon.steps.cues import CueHit
from selon.steps.verbs import VERBAL, ancestors, is_finite, is_infinitive, is_participle, sentence_end
from selon.tokens import Tokens

_CLAUSAL = frozenset(("conj", "advcl", "parataxis", "acl:relcl", "ccomp", "xcomp", "acl", "ROOT", "csubj"))
_OPENERS = frozenset(("PUNCT", "CCONJ"))
_AFTER_COORDINATOR = 5
_DASHES = ("-", "–", "—")


def clause_end(tokens: Tokens, start: int, hit: CueHit, cues: Collection[int], language: Language) -> int:
    """Where the content that begins at `start` ends.

    The end of the sentence is the rule: what the parse hangs elsewhere but is no clause (a time, a place) stays in.
    It ends earlier where a clause hangs on the cue or above it, and before another cue (`cues`: their first tokens)
    that goes on with the same source (", affirmant que", "et ajoute que") or has a subject of its own after "but".
    """
    limit = sentence_end(tokens, start)
    above = ancestors(tokens, hit.head)
    verb = limit  # the first verb of the content: it has one before it can end; a clause with que has a finite one
    introduced = start > 0 and tokens.lower[start - 1] in language.grammar.complementizers
    more = language.grammar.complementizers if tokens.pos[start] not in VERBAL else ()
    pending = 2 * (introduced and tokens.pos[start] == "SCONJ")  # verbs of "que | s'il pleut, la fête aura lieu"
    for index in range(start, limit):
        is_verb = is_finite(tokens, index) if introduced else tokens.pos[index] in VERBAL
        verbal = (is_verb or tokens.word[index] == '"') and index > start
        if verbal and pending:
            pending -= 1
            continue
        if verbal or (not introduced and tokens.pos[index] == "VERB" and is_infinitive(tokens, index, marked=False)):
            verb = min(verb, index)
        if tokens.word[index] == "," and index > start + 1 and _answered(tokens, index + 1, cues, language.grammar):
            return _trim(tokens, start, index)
        if index == start or verb > index:
            continue
        if tokens.word[index] == ";" or (tokens.word[index] == ":" and any(cue > index for cue in cues if cue < limit)):
            return _trim(tokens, start, index)
        if index in cues and _goes_on(tokens, index, start, language.grammar):
            pronoun = tokens.lower[index - 1] in language.grammar.object_pronouns
            return _trim(tokens, start, index - pronoun)
        if _leaves_infinitive(tokens, index, start):
            return _trim(tokens, start, index)
        if _outer_verb(tokens, index, start, hit, above):
            first = _group_start(tokens, index, start, language.grammar)
            if start < first and verb < first:
                return _trim(tokens, start, first)
        if _breaks(tokens, index, start, above, more):
            return _trim(tokens, start, _clause_start(tokens, index, start))
    return _trim(tokens, start, limit)


def _leaves_infinitive(tokens: Tokens, index: int, start: int) -> bool:
    """Whether a coordinator at `index` is followed by a finite verb without a subject, after an infinitive content:
    "agreed to add two members but did not accede"."""
    if tokens.pos[index] != "CCONJ" or any(is_finite(tokens, word) for word in range(start, index)):
        return False
    for following in range(index + 1, min(index + _AFTER_COORDINATOR, len(tokens))):
        if is_finite(tokens, following):
            return True
        if tokens.pos[following] not in ("ADV", "PART", "PRON", "AUX") or "PronType=Rel" in tokens.morph[following]:
            return False
    return False


def _answered(tokens: Tokens, index: int, cues: Collection[int], grammar: Grammar) -> bool:
    """Whether a clause at `index` tells what somebody says to it: ", | ce qu'il nie", ", | which she denied"."""
    links = [words for words in grammar.relative_questions if len(words) > 1] + [(word,) for word in grammar.relatives]
    lengths = [len(words) for words in links if tuple(tokens.lower[index : index + len(words)]) == words]
    cue = index + max(lengths, default=0)
    cue += cue < len(tokens) and tokens.lower[cue] in grammar.subject_pronouns
    if not lengths or cue not in cues or cue == index + 1 == index + max(lengths):
        return False  # ", who said"
    last = cue
    while last < len(tokens) - 1 and tokens.pos[last] in ("VERB", "AUX", "ADV", "PART"):
        last += 1
    inverted = tokens.pos[cue - 1] != "PRON" or tokens.lower[cue - 1] not in grammar.subject_pronouns
    return tokens.pos[last] == "PUNCT" or (inverted and tokens.pos[last] in ("DET", "PROPN"))


def _goes_on(tokens: Tokens, index: int, start: int, grammar: Grammar) -> bool:
    """Whether a cue that begins at `index` is one more of the same source: after a comma or "et", without subject."""
    complementizers = grammar.complementizers
    small = grammar.object_pronouns - grammar.bare_noun_marks
    before = index - 1
    while before > start and (tokens.pos[before] == "ADV" or tokens.lower[before] in small):
        before -= 1
    if tokens.word[before] == ",":
        mistaken = tokens.pos[index] == "NOUN" and tokens.lower[index - 1] in small  # ", les accusant de"
        return is_participle(tokens, index) or is_finite(tokens, index) or mistaken
    introduced = any(
        tokens.lower[following] in complementizers for following in range(index + 1, min(index + 5, len(tokens)))
    )
    verbal = is_finite(tokens, index) or tokens.pos[index] not in VERBAL
    return introduced and tokens.pos[before] == "CCONJ" and verbal and before - start > 2


def _breaks(tokens: Tokens, index: int, start: int, above: set[int], complementizers: Collection[str]) -> bool:
    """Whether a verb at `index` opens a clause that hangs on the cue or above, not inside the content. One with a
    complementizer of its own is more of it: "que le pont tient, | et que la route est sûre"."""
    if tokens.dep[index] not in _CLAUSAL or tokens.head[index] not in above:
        return False
    if not _heads_clause(tokens, index) or tokens.dep[index] in ("ccomp", "xcomp"):
        return False
    first = _clause_start(tokens, index, start)
    if first <= start + 1 or tokens.word[first] not in (",", *_DASHES):
        return False
    if any(tokens.lower[word] in complementizers for word in _openers(tokens, first)):
        return False
    if complementizers and tokens.dep[index] == "advcl" and is_finite(tokens, index):
        return False  # ", alors qu'il neige", ", when he was away"
    return not (tokens.word[first] in _DASHES and _closes_dash(tokens, first))


def _openers(tokens: Tokens, first: int) -> range:
    """The comma or conjunctions at `first` with the word behind them."""
    last = first
    while last < len(tokens) - 1 and tokens.pos[last] in _OPENERS:
        last += 1
    return range(first, last + 1)


def _outer_verb(tokens: Tokens, index: int, start: int, hit: CueHit, above: Collection[int]) -> bool:
    """Whether a verb at `index` is one that the cue hangs on or belongs to, so that the content has ended before it."""
    if index in above:
        return tokens.pos[index] in VERBAL and not _own_verb(tokens, index, start)
    return hit.shape == "noun" and _main_verb(tokens, index, start, hit)


def _own_verb(tokens: Tokens, index: int, start: int) -> bool:
    """Whether a verb is the first of the content, which the parse has above the cue by mistake."""
    before = [word for word in range(start, index) if tokens.pos[word] in VERBAL]
    if before and not is_infinitive(tokens, before[0], marked=True):
        before = [word for word in before if is_finite(tokens, word)]
    return all(tokens.head[word] == index and tokens.dep[word].startswith(("aux", "cop")) for word in before)


def _main_verb(tokens: Tokens, index: int, start: int, hit: CueHit) -> bool:
    """Whether a finite verb at `index` is that of the noun cue: the noun begins its sentence, and no word links the
    verb to the content, which has its own ("The claim that the tanks were empty | did not last")."""
    first = tokens.sentences[tokens.sentence[start]].start
    if not is_finite(tokens, index) or any(is_finite(tokens, word) for word in range(first, hit.first)):
        return False
    for before in range(index - 1, start - 1, -1):
        if tokens.word[before] == '"':
            return before > start
        if is_finite(tokens, before):
            return tokens.pos[before] != "AUX" or before < index - 1
        if tokens.pos[before] in ("CCONJ", "SCONJ", "PUNCT") or "PronType=Rel" in tokens.morph[before]:
            return False
    return is_infinitive(tokens, start, marked=False)


def _group_start(tokens: Tokens, index: int, start: int, grammar: Grammar) -> int:
    """The first token of the clause of a verb: its auxiliaries, pronouns, negations and its subject with it."""
    first = index
    subjects = [child for child in tokens.children[index] if start < child < index and "subj" in tokens.dep[child]]
    if subjects:
        first = max(tokens.edges[subjects[0]].start, start)
    while (
        first > start
        and not start <= tokens.head[first - 1] < first - 1
        and (
            (tokens.pos[first - 1] in ("AUX", "ADV", "PART") and tokens.head[first - 1] == index)
            or tokens.lower[first - 1]
            in grammar.object_pronouns | grammar.reflexive_pronouns | grammar.negations_before
            or tokens.lower[first - 1] in grammar.subject_pronouns
        )
    ):
        first -= 1
    if first < index and tokens.pos[first - 1] == "AUX" and tokens.head[first - 1] == first:
        return first + 1  # "would close" where the verb is taken for an adverb
    return first


def _closes_dash(tokens: Tokens, opening: int) -> bool:
    """Whether what a dash opens is closed by another in the sentence, and the content goes on after it."""
    return any(tokens.word[index] in _DASHES for index in range(opening + 1, sentence_end(tokens, opening)))


def _heads_clause(tokens: Tokens, index: int) -> bool:
    if tokens.pos[index] in VERBAL:
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
