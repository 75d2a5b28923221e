"""Finds the sentences in the author's own voice that are only hearsay, with no source at all.

Uses of a token: word, part of speech and morphology (the conditional of hearsay), and the sentence bounds.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.language import Language
from selon.steps.phrases import has_phrase
from selon.tokens import Tokens, passage
from selon.types import Found, Passage


def hearsay(tokens: Tokens, found: Sequence[Found], language: Language) -> tuple[Passage, ...]:
    """Sentences outside every statement with a word like "reportedly" or a compound conditional ("aurait fui")."""
    touched: set[int] = set()
    for statement in found:
        if statement.in_title:
            continue
        for span in (*statement.content, *((statement.cue,) if statement.cue else ())):
            covered = tokens.covered(span)
            touched.update(tokens.sentence[index] for index in range(*covered))
    return tuple(
        passage(tokens.text, tokens.span(*sentence))
        for number, sentence in enumerate(tokens.sentences)
        if number not in touched and _is_hearsay(tokens, sentence.start, sentence.end, language)
    )


def _is_hearsay(tokens: Tokens, first: int, last: int, language: Language) -> bool:
    words = language.attributes
    if has_phrase(tokens, first, last, words.hearsay):
        return True
    if any(word in words.conditions for word in tokens.lower[first:last]):
        return False
    for index in range(first, last - 1):
        if tokens.pos[index] == "AUX" and "Mood=Cnd" in tokens.morph[index]:
            verb = tokens.head[index]
            compound = verb > index and "VerbForm=Part" in tokens.morph[verb]
            if compound and tokens.lower[verb] not in words.counterfactual:
                return True
    return False
