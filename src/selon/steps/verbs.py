"""What a verb is by its morphology, and where its sentence ends: shared by the steps that look for clauses."""

from __future__ import annotations

from selon.tokens import Tokens

VERBAL = frozenset(("VERB", "AUX"))
STOPS = frozenset((".", ";", ":", "!", "?", "…"))


def sentence_end(tokens: Tokens, index: int) -> int:
    """The token after the last of the sentence of a token."""
    return tokens.sentences[tokens.sentence[index]].end


def is_finite(tokens: Tokens, index: int) -> bool:
    """Whether a token is a finite verb or auxiliary."""
    return tokens.pos[index] in VERBAL and "VerbForm=Fin" in tokens.morph[index]


def is_participle(tokens: Tokens, index: int) -> bool:
    """Whether a token is a present participle or an -ing form."""
    morph = tokens.morph[index]
    return tokens.pos[index] in VERBAL and ("VerbForm=Ger" in morph or "Tense=Pres|VerbForm=Part" in morph)


def is_infinitive(tokens: Tokens, index: int, *, marked: bool) -> bool:
    """Whether a token is an infinitive; after a mark ("of doing") also a present participle."""
    if tokens.pos[index] not in VERBAL:
        return False
    return "VerbForm=Inf" in tokens.morph[index] or (marked and is_participle(tokens, index))


def ancestors(tokens: Tokens, index: int) -> set[int]:
    """A token and all that it hangs on."""
    above = {index}
    while tokens.head[index] not in above:
        index = tokens.head[index]
        above.add(index)
    return above
