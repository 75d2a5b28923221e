"""Finds the words that name the source next to its cue.

Uses of a token: word, part of speech, and the parse (subjects, agents, what belongs to a noun group), with a look at
the neighbouring words where the parse has no subject.
"""

from __future__ import annotations

import msgspec

from selon.cuelist import Grammar
from selon.language import Language
from selon.steps.cues import CueHit
from selon.tokens import Tokens
from selon.types import Span

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl", "expl:subj")
_OUTSIDE_GROUP = frozenset(("acl:relcl", "advcl", "parataxis", "punct", "ccomp", "cop", "csubj", "dep", "discourse"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM"))
_IN_APPOSITION = frozenset(("DET", "NOUN", "ADJ", "ADP", "PROPN", "NUM"))
_APPOSITION = 18
_SEAMS = frozenset((",", '"', "-", "–", "—", "?", "!"))
_CLIMB = 6
_TITLE_WORDS = 2


class Mention(msgspec.Struct, frozen=True):
    """The mention as a token range (half open) or None, and whether the cue leaves the source out on purpose."""

    tokens: Span | None
    unexpressed: bool


def noun_group(tokens: Tokens, head: int, floor: int, ceiling: int) -> Span:
    """The contiguous noun group around `head` (title, complements, apposition; no relative clause), as tokens."""
    members = {head}
    queue = [head]
    for member in queue:
        for child in tokens.children[member]:
            if tokens.dep[child] in _OUTSIDE_GROUP or (tokens.dep[child] in ("case", "mark") and member == head):
                continue
            if tokens.dep[child] == "conj" and tokens.pos[child] in ("VERB", "AUX"):
                continue
            if member == head and tokens.dep[child] in ("nsubj", "obj", "obl", "aux", "iobj"):
                continue
            members.add(child)
            queue.append(child)
    first = last = head
    while first - 1 >= floor and (first - 1 in members or _joins(tokens, first - 1, members, -1)):
        first -= 1
    while last + 1 < ceiling and (last + 1 in members or _joins(tokens, last + 1, members, 1)):
        last += 1
    while last > head and not tokens.word[last][-1].isalnum() and tokens.word[last] not in (")", '"'):
        last -= 1
    last = _with_name(tokens, last, ceiling)
    last = _with_apposition(tokens, last + 1, ceiling) - 1
    while first < head and not tokens.word[first][0].isalnum() and tokens.word[first] not in ("(", '"'):
        first += 1
    return Span(first, last + 1)


def _with_name(tokens: Tokens, last: int, ceiling: int) -> int:
    """The last token of a group with the name that follows it directly: "the mayor of Hull | Ann Lee", "former
    union | leader Tom Orr". The parse often cuts a name off its title."""
    if tokens.pos[last] not in ("NOUN", "PROPN", "ADJ"):
        return last
    name = last + 1
    while name < ceiling and name - last <= _TITLE_WORDS and tokens.pos[name] == "NOUN":
        name += 1
    while name < ceiling and tokens.pos[name] == "PROPN":
        last = name
        name += 1
    return last


def _with_apposition(tokens: Tokens, end: int, ceiling: int) -> int:
    """The end of a group with what stands between commas after it, if that is a noun group without a verb."""
    if end + 1 >= ceiling or tokens.word[end] != "," or tokens.sentence[end + 1] != tokens.sentence[end]:
        return end
    last = end + 1
    while last < ceiling and last - end <= _APPOSITION and tokens.pos[last] in _IN_APPOSITION:
        last += 1
    closed = last == ceiling or tokens.word[last] in (",", ")")
    nouns = any(tokens.pos[index] in ("NOUN", "PROPN") for index in range(end + 1, last))
    begins = tokens.pos[end + 1] in ("DET", "NOUN", "ADJ", "PROPN")
    role = tokens.dep[end + 1] != "cc" and tokens.pos[end + 1] != "CCONJ"
    return last if closed and nouns and begins and role and last - end > 1 else end


def _joins(tokens: Tokens, index: int, members: set[int], direction: int) -> bool:
    """Whether punctuation at `index` stands inside the group: more of the group follows right after it."""
    following = index + direction
    return (
        tokens.pos[index] == "PUNCT"
        and tokens.word[index] not in (";", ":", ".")
        and 0 <= following < len(tokens)
        and tokens.sentence[following] == tokens.sentence[index]
        and (following in members or (tokens.pos[following] == "PUNCT" and following + direction in members))
    )


def mention_of(tokens: Tokens, hit: CueHit, language: Language) -> Mention:
    """The mention of the source of one cue."""
    grammar = language.grammar
    if hit.shape == "phrase":
        return _after_phrase(tokens, hit)
    if hit.shape == "noun":
        return _of_noun(tokens, hit, grammar)
    if hit.passive:
        return _agent(tokens, hit, grammar)
    return _subject(tokens, hit, grammar)


def _bounds(tokens: Tokens, index: int) -> Span:
    return tokens.sentences[tokens.sentence[index]]


def _after_phrase(tokens: Tokens, hit: CueHit) -> Mention:
    bounds = _bounds(tokens, hit.head)
    if hit.last >= bounds.end:
        return Mention(None, False)
    head = _nominal_head(tokens, hit, bounds)
    group = noun_group(tokens, head, hit.last, bounds.end)
    return Mention(Span(hit.last, max(group.end, hit.last + 1)), False)


def _nominal_head(tokens: Tokens, hit: CueHit, bounds: Span) -> int:
    """The noun that a phrase governs: what its last word marks, or the first noun after it."""
    for word in range(hit.last - 1, hit.first - 1, -1):
        head = tokens.head[word]
        if head >= hit.last and head < bounds.end and head - hit.last < 8 and tokens.pos[head] in _NOMINAL:
            return head
    for index in range(hit.last, min(bounds.end, hit.last + 6)):
        if tokens.pos[index] in ("NOUN", "PROPN", "PRON"):
            return index
    return hit.last


def _of_noun(tokens: Tokens, hit: CueHit, grammar: Grammar) -> Mention:
    bounds = _bounds(tokens, hit.head)
    for child in tokens.children[hit.head]:
        if tokens.dep[child] in ("nmod", "nmod:poss", "obl", "obl:agent", "det", "amod"):
            if tokens.lower[child] in grammar.possessives:
                return Mention(Span(child, child + 1), False)
            if child > hit.head and tokens.dep[child] != "amod" and tokens.dep[child] != "det":
                marked = any(
                    tokens.dep[mark] == "case" and tokens.lower[mark] in grammar.possessive_marks
                    for mark in tokens.children[child]
                )
                if marked and child - hit.head <= 4:
                    return Mention(noun_group(tokens, child, hit.head + 1, bounds.end), False)
            if child < hit.head and tokens.dep[child] in ("nmod:poss", "nmod"):
                group = noun_group(tokens, child, bounds.start, hit.head)
                return Mention(_without_genitive(tokens, group), False)
    governor = tokens.head[hit.head]
    if governor != hit.head and tokens.dep[hit.head] == "obj":
        for child in tokens.children[governor]:
            if tokens.dep[child] == "nsubj":
                return Mention(noun_group(tokens, child, bounds.start, bounds.end), False)
    return Mention(None, True)


def _without_genitive(tokens: Tokens, group: Span) -> Span:
    last = group.end
    while last - 1 > group.start and tokens.lower[last - 1] in ("'s", "'"):
        last -= 1
    return Span(group.start, last)


def _agent(tokens: Tokens, hit: CueHit, grammar: Grammar) -> Mention:
    bounds = _bounds(tokens, hit.head)
    for child in tokens.children[hit.head]:
        if child > hit.head and tokens.pos[child] in _NOMINAL:
            marks = [mark for mark in tokens.children[child] if tokens.dep[mark] == "case"]
            if any(tokens.lower[mark] in grammar.agent_marks for mark in marks):
                return Mention(noun_group(tokens, child, max(marks) + 1, bounds.end), False)
    return Mention(None, True)


def _subject(tokens: Tokens, hit: CueHit, grammar: Grammar) -> Mention:
    bounds = _bounds(tokens, hit.head)
    for index in range(hit.first, min(hit.last + 1, bounds.end)):
        if tokens.lower[index] in grammar.subject_clitics:
            return Mention(Span(index, index + 1), tokens.lower[index] in grammar.impersonal)
    verb = hit.subject_of
    inverted = _inverted(tokens, hit, grammar, bounds)
    if inverted is not None and (_own_subject(tokens, verb, hit, grammar) or -1) < hit.head:
        return inverted
    for _ in range(_CLIMB):
        subject = _own_subject(tokens, verb, hit, grammar)
        if subject is not None:
            return _named(tokens, subject, verb, hit, grammar)
        above = tokens.head[verb]
        if above == verb:
            break
        if tokens.dep[verb] in ("acl", "acl:relcl") and tokens.pos[above] in _NOMINAL and above < verb:
            return Mention(noun_group(tokens, above, bounds.start, hit.first), False)
        if tokens.dep[verb] not in ("conj", "advcl", "xcomp", "acl", "parataxis", "ccomp", "obl", "dep"):
            break
        verb = above
    return _neighbour(tokens, hit, grammar, bounds)


def _own_subject(tokens: Tokens, verb: int, hit: CueHit, grammar: Grammar) -> int | None:
    for child in tokens.children[verb]:
        is_object = (
            tokens.lower[child] in grammar.object_pronouns and tokens.lower[child] not in grammar.subject_pronouns
        )
        if tokens.dep[child] in _SUBJECTS and not (hit.first <= child < hit.last) and not is_object:
            return child
    return None


def _named(tokens: Tokens, subject: int, verb: int, hit: CueHit, grammar: Grammar) -> Mention:
    bounds = _bounds(tokens, hit.head)
    lower = tokens.lower[subject]
    if lower in grammar.relatives and tokens.dep[verb].startswith("acl") and tokens.head[verb] < verb:
        antecedent = tokens.head[verb]
        return Mention(noun_group(tokens, antecedent, bounds.start, subject), False)
    if lower in grammar.impersonal:
        return Mention(Span(subject, subject + 1), True)
    if subject < hit.first:
        return Mention(noun_group(tokens, subject, bounds.start, hit.first), False)
    return Mention(noun_group(tokens, subject, hit.head + 1, bounds.end), False)


def _inverted(tokens: Tokens, hit: CueHit, grammar: Grammar, bounds: Span) -> Mention | None:
    """The noun group right after a cue that follows a comma or a quotation ("…", déclare la maire)."""
    after = hit.last
    follows_mark = hit.first > bounds.start and tokens.word[_past_pronouns(tokens, hit.first - 1, grammar)] in _SEAMS
    if not follows_mark or after >= bounds.end or tokens.pos[after] not in ("DET", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    for index in range(after, min(after + 6, bounds.end)):
        if tokens.pos[index] in ("NOUN", "PROPN", "PRON"):
            group = noun_group(tokens, index, after, bounds.end)
            return Mention(Span(after, group.end), False)
    return None


def _past_pronouns(tokens: Tokens, index: int, grammar: Grammar) -> int:
    """The first token to the left that is no object pronoun ("lui a-t-elle répondu")."""
    while index > 0 and tokens.lower[index] in grammar.object_pronouns:
        index -= 1
    return index


def _neighbour(tokens: Tokens, hit: CueHit, grammar: Grammar, bounds: Span) -> Mention:
    """Without a subject in the parse: the noun group right after an inverted cue, or right before it."""
    inverted = _inverted(tokens, hit, grammar, bounds)
    if inverted is not None:
        return inverted
    before = hit.first - 1
    if before >= bounds.start and tokens.pos[before] in ("NOUN", "PROPN", "PRON", "X"):
        head = before
        while bounds.start <= tokens.head[head] < head and tokens.pos[tokens.head[head]] in _NOMINAL:
            head = tokens.head[head]
        return Mention(noun_group(tokens, head, bounds.start, hit.first), False)
    return Mention(None, False)
