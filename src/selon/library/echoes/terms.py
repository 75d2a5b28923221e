"""The terms of a content: its words and numbers with what they weigh, mean and whether they are negated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selon.library.echoes.lexicon import NAME_WEIGHT, NUMBER_WEIGHT, Lexicon
from selon.library.echoes.numbers import Number, Token, numbers_of, tokens_of

TERMS_AT_MOST = 400
_NEGATED = 3
_SENTENCE_ENDS = frozenset('.!?…:»«”“"\n')
_CLAUSE_ENDS = frozenset(",;.!?…:()\n—–")


class Term(NamedTuple):
    """A word, or a number of one or more words: `content[start:end]`.

    `weight` is 0 for a word that only holds the sentence together; `number` is there for numbers; `calendar` for
    months and days of the week; `negated` where the clause denies it: 1 for the first word of weight after the
    negation, 2 for the next, 0 for one that is not denied.
    """

    start: int
    end: int
    folded: str
    stem: str
    skeleton: str
    weight: float
    meanings: frozenset[str]
    name: bool
    number: Number | None
    calendar: str
    negated: int


_NO_MEANINGS: frozenset[str] = frozenset()


def terms_of(content: str, lexicon: Lexicon) -> list[Term]:
    """The terms of a content in their order; of a very long one only the first TERMS_AT_MOST tokens."""
    tokens = tokens_of(content)[:TERMS_AT_MOST]
    numbers = {number.first: number for number in numbers_of(tokens, lexicon)}
    negated = _negated(tokens, lexicon)
    terms: list[Term] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        number = numbers.get(index)
        if number is not None:
            last = tokens[number.last - 1]
            key = f"{number.value:.12g}{'%' if number.percent else ''}"
            terms.append(
                Term(token.start, last.end, key, key, "", NUMBER_WEIGHT, _NO_MEANINGS, False, number, "",
                     negated[index])
            )  # fmt: skip
            index = number.last
            continue
        phrase = _phrase_at(tokens, index, lexicon) if token.folded in lexicon.phrases else None
        terms.append(_word(tokens, index, lexicon, negated=negated[index], phrase=phrase[1] if phrase else None))
        index += 1
        if phrase:
            terms.extend(_held(tokens[at], negated[at]) for at in range(index, index + phrase[0] - 1))
            index += phrase[0] - 1
    return terms


def _word(
    tokens: Sequence[Token], index: int, lexicon: Lexicon, *, negated: int, phrase: frozenset[str] | None
) -> Term:
    token = tokens[index]
    word = lexicon.word(token.text)
    name = token.text[0].isupper() and is_name(tokens, index, lexicon)
    calendar = word.calendar
    weight = NAME_WEIGHT if name else 1.0 if phrase or calendar else word.weight
    return Term(
        token.start, token.end, word.folded, word.stem, word.skeleton, weight, phrase or word.meanings,
        name and not calendar, None, calendar, negated,
    )  # fmt: skip


def _held(token: Token, negated: int) -> Term:
    """A later word of a phrase, which the first word stands for."""
    return Term(token.start, token.end, token.folded, token.folded, "", 0.0, _NO_MEANINGS, False, None, "", negated)


def _phrase_at(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[int, frozenset[str]] | None:
    for parts, meanings in lexicon.phrases[tokens[index].folded]:
        if tuple(token.folded for token in tokens[index : index + len(parts)]) == parts:
            return len(parts), meanings
    return None


def is_name(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """A capital inside a sentence, or at its head before another capital; never a function word."""
    token = tokens[index]
    if not token.text[0].isupper() or token.folded in lexicon.functions or len(token.text) < 2:
        return False
    if index == 0 or not _SENTENCE_ENDS.isdisjoint(token.gap):
        follows = tokens[index + 1] if index + 1 < len(tokens) else None
        return follows is not None and follows.text[0].isupper() and follows.gap in (" ", "-", "\u00a0")
    return True


def _negated(tokens: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """Which tokens a negation reaches, as Term has it: the next few words of weight in its clause."""
    reached = [0] * len(tokens)
    if lexicon.negating.isdisjoint(token.folded for token in tokens):
        return reached
    count = _NEGATED
    for index, token in enumerate(tokens):
        word = token.folded
        if not _CLAUSE_ENDS.isdisjoint(token.gap) or word in lexicon.openers:
            count = _NEGATED
        if _negates(tokens, index, lexicon):
            # The second half of "ne … rien" denies nothing anew.
            count = count if count < _NEGATED else 0
        elif count < _NEGATED and lexicon.word(token.text).weight > 0:
            count += 1
            reached[index] = count
    return reached


def _negates(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    word = tokens[index].folded
    if word in lexicon.negations:
        return True
    following = [token.folded for token in tokens[index + 1 : index + 5]]
    if word in lexicon.particles:
        for place, later in enumerate(following):
            if later in lexicon.negations:
                return True
            if later in lexicon.restrictions and place > 0:
                return False
        return True
    return bool(following) and (word, following[0]) in lexicon.negation_phrases
