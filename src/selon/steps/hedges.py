"""Tells who leaves open whether a statement's content is so: the author ("reportedly", "aurait fui"), or the source.

Uses of a token: word, part of speech, morphology; the parse for the main verb of the content and what belongs to it.
"""

from __future__ import annotations

from selon.language import Language
from selon.steps.media import marked_at
from selon.steps.phrases import has_phrase
from selon.tokens import Tokens
from selon.types import Found, Hedge, Span
from selon.wordlists import AttributeWords

_VERBAL = frozenset(("VERB", "AUX"))
_BEFORE_CUE = 3


def hedge_of(tokens: Tokens, statement: Found, language: Language) -> Hedge | None:
    """By the author: the cue or the content's verb in the conditional of hearsay, a word like "reportedly" beside it,
    a passive that only suspects; by the source: a modal or "perhaps" in the first clause of the content."""
    words = language.attributes
    cue = tokens.covered(statement.cue) if statement.cue else Span(0, 0)
    if _hedged_cue(tokens, statement, cue, words):
        return "author"
    if statement.entry in words.doubts and statement.act != "recommend" and not negated(tokens, cue, language):
        return "source"
    if not statement.content:
        return None
    content = tokens.covered(statement.content[0])
    first = _first_clause(tokens, content, words)
    if first is not None:
        return first
    if _conditional(tokens, statement, cue, content, words):
        return "author"
    return _by_main_verb(tokens, content, words)


def negated(tokens: Tokens, cue: Span, language: Language) -> bool:
    """Whether a cue has a negation in it."""
    words = set(tokens.lower[slice(*cue)])
    return bool(words & (language.grammar.negations_before | language.grammar.negations_after))


def _hedged_cue(tokens: Tokens, statement: Found, cue: Span, words: AttributeWords) -> bool:
    for index in range(*cue):
        if "Mood=Cnd" in tokens.morph[index] or tokens.lower[index] in words.seems:
            return True
    if cue.end <= cue.start:
        return False
    if has_phrase(tokens, *cue, words.hearsay):
        return True
    if statement.unexpressed and statement.entry in words.hearsay_cues:
        return True
    sentence = tokens.sentences[tokens.sentence[cue.start]]
    near = range(max(sentence.start, cue.start - _BEFORE_CUE), cue.start)
    return any(tokens.lower[index] in words.hearsay and tokens.pos[index] == "ADV" for index in near)


def _first_clause(tokens: Tokens, content: Span, words: AttributeWords) -> Hedge | None:
    """What a word up to the verb right after the first finite one says."""
    if content.end > content.start and has_phrase(tokens, content.start, content.end, _inserted(words)):
        return "author"
    for index in range(*content):
        lower = tokens.lower[index]
        if lower in words.hearsay:
            return "author"
        if marked_at(tokens, index, words.maybe) or (lower in words.modals and tokens.pos[index] in _VERBAL):
            return "source"
        if tokens.pos[index] in _VERBAL and "VerbForm=Fin" in tokens.morph[index]:
            if index + 1 >= content.end:
                return None
            if tokens.lower[index + 1] in words.hearsay:
                return "author"
            return "source" if marked_at(tokens, index + 1, words.maybe) else None
    return None


def _inserted(words: AttributeWords) -> tuple[str, ...]:
    """The author's doubts of several words ("semble-t-il"), which tokens cut apart."""
    return tuple(entry for entry in words.hearsay if "-" in entry or " " in entry)


def _conditional(tokens: Tokens, statement: Found, cue: Span, content: Span, words: AttributeWords) -> bool:
    """Whether the first finite verb of an indirect content is in the conditional of hearsay."""
    past = any("Tense=Past" in tokens.morph[i] or "Tense=Imp" in tokens.morph[i] for i in range(*cue))
    if past or statement.form == "direct":
        return False
    if any(tokens.lower[index] in words.conditions and tokens.pos[index] == "SCONJ" for index in range(*content)):
        return False
    for index in range(*content):
        if tokens.pos[index] in _VERBAL and "VerbForm=Fin" in tokens.morph[index]:
            return "Mood=Cnd" in tokens.morph[index] and tokens.pos[index] == "AUX"
    return False


def _by_main_verb(tokens: Tokens, content: Span, words: AttributeWords) -> Hedge | None:
    """Whether the main verb of the content has a modal or "perhaps", behind a subject with a clause of its own."""
    for index in range(*content):
        outside = not content.start <= tokens.head[index] < content.end or tokens.head[index] == index
        if not outside or tokens.pos[index] not in (*_VERBAL, "ADJ", "NOUN"):
            continue
        own = [child for child in tokens.children[index] if content.start <= child < index]
        if any(tokens.lower[child] in words.modals and tokens.dep[child] == "aux" for child in own):
            return "source"
        return None
    return None
