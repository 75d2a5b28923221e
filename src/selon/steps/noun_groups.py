"""Finds how far a noun group reaches: title, complements, name, apposition.

Uses of a token: word, part of speech, and the parse (what belongs to the head), with a look at the neighbouring words
where the parse cuts a group short.
"""

from __future__ import annotations

from selon.cuelist import Grammar
from selon.steps.verbs import VERBAL
from selon.tokens import Tokens
from selon.types import Span

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM"))
_OUTSIDE_GROUP = frozenset(("acl:relcl", "advcl", "parataxis", "punct", "ccomp", "cop", "csubj", "dep", "discourse"))
_OF_CLAUSE = frozenset(("nsubj", "obj", "obl", "aux", "iobj"))
_IN_APPOSITION = frozenset(("DET", "NOUN", "ADJ", "ADP", "PROPN", "NUM", "PART", "X"))
_APPOSITION = 18
_TITLE_WORDS = 2
_COMPOUND = 3
_RELATIVE = 15


def noun_group(tokens: Tokens, head: int, floor: int, ceiling: int) -> Span:
    """The contiguous noun group around `head` (no relative clause), as tokens; it stays in floor:ceiling."""
    members = _members(tokens, head)
    first = last = head
    while first - 1 >= floor and (first - 1 in members or _joins(tokens, first - 1, members, -1)):
        first -= 1
    while last + 1 < ceiling and (last + 1 in members or _joins(tokens, last + 1, members, 1)):
        last += 1
    if first == head and head - 1 >= floor and tokens.pos[head - 1] == "DET":
        first -= 1
    while last > head and not tokens.word[last][-1].isalnum() and tokens.word[last] not in (")", '"'):
        last -= 1
    if tokens.pos[head] == "ADV" and last == head and tokens.pos[head + 1 : head + 3] == ["ADP", "NOUN"]:
        last = min(head + 2, ceiling - 1)  # "beaucoup de locataires"
    if last + 1 < ceiling and tokens.word[last + 1] == ")" and "(" in tokens.word[first : last + 1]:
        last += 1
    last = _with_adjective(tokens, first, last, ceiling)
    last = _with_adjective(tokens, first, _with_name(tokens, last, ceiling), ceiling)
    last = _with_apposition(tokens, last + 1, ceiling) - 1
    group = tokens.word[first : last + 1]
    if group.count("(") > group.count(")") and tokens.word[last + 1 : min(last + 2, ceiling)] == [")"]:
        last += 1
    paired = sum(tokens.pos[index] == "CCONJ" for index in range(first, last + 1)) > 1  # "both … and"
    while first < head and (
        (tokens.pos[first] == "CCONJ" and not paired)
        or (not tokens.word[first][0].isalnum() and tokens.word[first] not in ("(", '"'))
    ):
        first += 1
    return Span(_with_title(tokens, first, floor), last + 1)


def _members(tokens: Tokens, head: int) -> set[int]:
    """The head and all that the parse hangs on it, clauses left out."""
    members = {head}
    queue = [head]
    for member in queue:
        for child in tokens.children[member]:
            relation = tokens.dep[child]
            if relation in _OUTSIDE_GROUP or (
                member == head and (relation in ("case", "mark") or relation in _OF_CLAUSE)
            ):
                continue
            if relation == "conj" and tokens.pos[child] in VERBAL:
                continue
            edge = tokens.edges[child].start
            if relation == "acl" and (
                tokens.word[edge - 1] == "," or (tokens.word[edge] == "," and tokens.pos[child] not in VERBAL)
            ):
                continue  # "the agency, quoted by"
            members.add(child)
            queue.append(child)
    return members


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


def _with_adjective(tokens: Tokens, first: int, last: int, ceiling: int) -> int:
    """The last token of a group with the adjectives right after it: those that agree with a noun of it ("les chemins
    de fer | nationaux"), or that reach up to the verb ("Le collectif Rivières | vivantes")."""
    end = last + 1
    while end < ceiling and tokens.pos[end] == "ADJ" and not tokens.word[end][0].isupper():
        end += 1
    if end == ceiling and end < len(tokens) and tokens.pos[end] in VERBAL and tokens.pos[last] == "PROPN":
        return end - 1
    while last + 1 < end and tokens.pos[last] in ("NOUN", "PROPN", "ADJ"):
        nouns = [index for index in range(max(first, last - _COMPOUND), last + 1) if tokens.pos[index] == "NOUN"]
        if not any(_agrees(tokens, last + 1, noun) for noun in nouns):
            break
        last += 1
    return last


def _agrees(tokens: Tokens, adjective: int, noun: int) -> bool:
    """Whether an adjective shares number and gender with its noun as far as both show them, and one at least."""
    one, other = tokens.features(adjective), tokens.features(noun)
    shared = [name for name in ("Gender", "Number") if name in one and name in other]
    return bool(shared) and all(one[name] == other[name] for name in shared)


def _with_name(tokens: Tokens, last: int, ceiling: int) -> int:
    """The last token of a group with the name that follows it directly, and what belongs to that: "the mayor of Hull |
    Ann Lee", "former union | leader Tom Orr of the docks". The parse often cuts a name off its title."""
    if tokens.word[last] != ")" and tokens.pos[last] not in ("NOUN", "PROPN", "ADJ"):
        return last
    last = _past_complement(tokens, last + 1, ceiling) - 1
    name = last + 1
    while name < ceiling and name - last <= _TITLE_WORDS and _is_title(tokens, name, last):
        name += 1
    begun = name
    while name < ceiling and (_is_name(tokens, name) or _is_particle(tokens, name)):
        name += 1
    if name == begun:
        return last
    last = name - 1
    if name < ceiling and tokens.pos[name] == "ADP" and begun <= tokens.head[tokens.head[name]] < name:
        last = max(last, min(tokens.edges[tokens.head[name]].end, ceiling) - 1)
    return last


def _is_name(tokens: Tokens, index: int) -> bool:
    """Whether a word is one of a name: by its tag, or by its capital though it is tagged as a noun."""
    capital = tokens.pos[index] in ("NOUN", "ADJ") and tokens.word[index].istitle()
    return tokens.pos[index] in ("PROPN", "X") or (capital and tokens.sentence[index] == tokens.sentence[index - 1])


def _is_title(tokens: Tokens, index: int, last: int) -> bool:
    """Whether a word may belong to a title before a name: a noun, or behind a name an adjective ("Aslef | general
    secretary Ann Lee")."""
    adjective = tokens.pos[index] == "ADJ" and tokens.pos[last] == "PROPN"
    return (tokens.pos[index] == "NOUN" or adjective) and not _is_name(tokens, index)


def _is_particle(tokens: Tokens, index: int) -> bool:
    """Whether an article with a capital stands within a name: "Marianne | Le | Floch"."""
    article = tokens.pos[index] in ("DET", "ADP") and tokens.word[index].istitle()
    following = tokens.word[index + 1 : index + 2]
    return article and tokens.pos[index - 1] == "PROPN" and bool(following) and following[0].istitle()


def _past_complement(tokens: Tokens, index: int, ceiling: int) -> int:
    """Past a preposition and a noun that a name follows ("le metteur | en scène | Jean Rey", "l'élue | aux sports |,
    Anne Roux"); else `index`."""
    noun = index + 1
    if noun < ceiling and tokens.pos[noun] == "DET":
        noun += 1
    if noun + 1 >= ceiling or tokens.pos[index] != "ADP" or tokens.pos[noun] != "NOUN":
        return index
    comma = tokens.word[noun + 1] == ","
    name = noun + 1 + comma
    return noun + 1 if name < ceiling and tokens.pos[name] == "PROPN" and (comma or noun == index + 1) else index


def _with_title(tokens: Tokens, first: int, floor: int) -> int:
    """The first token of a group with the title right before its name: "the party's health expert | Ann Lee"."""
    if tokens.pos[first] != "PROPN":
        return first
    title = first
    while title - 1 >= floor and tokens.pos[title - 1] in ("NOUN", "ADJ", "PROPN") and tokens.dep[title - 1] != "nsubj":
        title -= 1
    if title == first or not any(tokens.pos[index] == "NOUN" for index in range(title, first)):
        return first
    if title - 1 >= floor and tokens.pos[title - 1] == "DET":
        title -= 1
    return title if title == floor or tokens.pos[title - 1] in ("PUNCT", "CCONJ", "SCONJ") else first


def _with_apposition(tokens: Tokens, end: int, ceiling: int) -> int:
    """The end of a group with what stands between commas after it, if that is a noun group without a verb."""
    if end + 1 >= ceiling or tokens.word[end] != "," or tokens.sentence[end + 1] != tokens.sentence[end]:
        return end
    last = end + 1 + is_mistaken_noun(tokens, end)
    while last < ceiling and last - end <= _APPOSITION and tokens.pos[last] in _IN_APPOSITION:
        last += 1
    closed = last == ceiling or tokens.word[last] in (",", ")", ".")
    nouns = any(tokens.pos[index] in ("NOUN", "PROPN") for index in range(end + 1, last))
    begins = tokens.pos[end + 1] in ("DET", "NOUN", "ADJ", "PROPN") and tokens.dep[end + 1] != "cc"
    begins = begins or is_mistaken_noun(tokens, end) or (tokens.pos[end + 1] == "NUM" and last - end == 3)  # ", 91 ans"
    return last if closed and nouns and begins and last - end > 1 else end


def is_mistaken_noun(tokens: Tokens, comma: int) -> bool:
    """Whether the word after a name and a comma is a profession that the tagger takes for a verb: a participle or
    infinitive whose form is none ("Anne Rey, | formatrice à Lyon")."""
    word, morph = comma + 1, tokens.morph[comma + 1]
    if tokens.pos[comma - 1] != "PROPN" or tokens.pos[word] != "VERB" or "VerbForm=Fin" in morph:
        return False
    return tokens.lower[word] == tokens.lemma[word] or ("Gender=Masc" in morph and tokens.lower[word].endswith("e"))


def with_role_before(tokens: Tokens, group: Span, floor: int) -> Span:
    """A name between commas with the role before it that the parse has cut off: "The finance minister, | Ann Lee,".

    The role begins with an article, at `floor` or behind a mark, and has no verb.
    """
    start = group.start
    name = all(tokens.pos[index] == "PROPN" for index in range(*group))
    closed = group.end < len(tokens) and tokens.word[group.end] == ","
    if not name or not closed or start - 2 <= floor or tokens.word[start - 1] != ",":
        return group
    first = start - 1
    while first > floor and tokens.pos[first - 1] in _IN_APPOSITION:
        first -= 1
    begins = first == floor or tokens.word[first - 1] in (",", ";", '"')
    nouns = any(tokens.pos[index] == "NOUN" for index in range(first, start - 1))
    return Span(first, group.end) if begins and nouns and tokens.pos[first] == "DET" else group


def with_name_before(tokens: Tokens, group: Span, floor: int) -> Span:
    """A role without an article between commas, with the name before it that the parse has cut off: "Ann Lee, |
    daughter of the owner,"."""
    start = group.start
    closed = tokens.word[group.end : group.end + 1] == [","]
    if not closed or start - 2 < floor or tokens.word[start - 1] != "," or tokens.pos[start] != "NOUN":
        return group
    first = start - 1
    while first > floor and _is_name(tokens, first - 1):
        first -= 1
    begins = first == floor or tokens.pos[first - 1] in ("PUNCT", "CCONJ", "SCONJ")
    return Span(first, group.end) if begins and start - 1 - first > 1 else group


def with_relative_clause(tokens: Tokens, group: Span, ceiling: int, grammar: Grammar) -> Span:
    """A group with the relative clause that follows it without a comma: "les habitants | qui ont fui la ville"."""
    end = group.end
    if end >= ceiling or tokens.lower[end] not in grammar.relatives:
        return group
    verb = tokens.head[end]
    if not group.start <= tokens.head[verb] < end or tokens.dep[verb] not in ("acl:relcl", "acl"):
        return group
    last = min(tokens.edges[verb].end, ceiling)
    while last > end and tokens.pos[last - 1] == "PUNCT":
        last -= 1
    return Span(group.start, last) if verb < last <= end + _RELATIVE else group
