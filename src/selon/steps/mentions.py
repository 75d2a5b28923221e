"""Finds the words that name the source next to its cue.

Uses of a token: word, part of speech, and the parse (subjects, agents, what belongs to a noun group), with a look at
the neighbouring words where the parse has no subject.
"""

from __future__ import annotations

from selon.cuelist import Grammar
from selon.language import Language
from selon.steps.appositions import ends_segment, with_appositions
from selon.steps.cues import CueHit
from selon.steps.dates import find_times
from selon.steps.inversions import bounds_of, owner_of
from selon.steps.media import without_addressee, without_medium
from selon.steps.noun_groups import (
    NOMINAL,
    is_mistaken_noun,
    noun_group,
    with_name_before,
    with_relative_clause,
    with_role_before,
)
from selon.steps.nouns import category_of, noun_at
from selon.steps.subjects import Mention, Subject
from selon.steps.verbs import is_participle
from selon.tokens import Tokens
from selon.types import Span

_TIMED = 3  # the fewest tokens of a time and a name


def mention_of(tokens: Tokens, hit: CueHit, language: Language) -> Mention:
    """The mention of the source of one cue."""
    grammar = language.grammar
    if hit.shape == "phrase":
        found = _after_phrase(tokens, hit, language)
    elif hit.shape == "noun":
        found = _of_noun(tokens, hit, grammar)
    elif hit.passive:
        found = _agent(tokens, hit, grammar)
    else:
        found = Subject(tokens, hit, language).find()
    if found.tokens is None or found.unexpressed:
        return found
    return Mention(_rounded(tokens, found.tokens, hit, language), False)


def subject_before(tokens: Tokens, colon: int, language: Language) -> Mention:
    """Who a sentence is about that a colon ends before a quotation: "Le maire va plus loin : « … »"."""
    bounds = bounds_of(tokens, colon)
    subjects = [index for index in range(bounds.start, colon) if tokens.dep[index] in ("nsubj", "nsubj:pass")]
    main = [index for index in subjects if tokens.dep[tokens.head[index]] in ("ROOT", "root")]
    for subject in main:
        verb = tokens.head[subject]
        if not subject < verb < colon or tokens.lower[subject] in language.grammar.impersonal:
            continue
        group = noun_group(tokens, subject, bounds.start, verb)
        if tokens.pos[subject] == "PRON" and tokens.lower[subject] not in (*language.sources.he, *language.sources.she):
            continue
        if tokens.pos[subject] in ("PRON", "PROPN") or _is_somebody(tokens, group, language):
            return Mention(with_appositions(tokens, group, verb, language), False)
    return Mention(None, False)


def _is_somebody(tokens: Tokens, group: Span, language: Language) -> bool:
    noun = category_of(tokens, group, language)
    return noun is not None and noun.category in ("man", "woman", "person", "group")


def _rounded(tokens: Tokens, group: Span, hit: CueHit, language: Language) -> Span:
    """A group without the time at its end, and with the relative clause that tells who it is."""
    if group.end <= hit.first:
        group = _from_mark(tokens, group)
    if group.end - group.start > 1:
        group = without_medium(tokens, _without_time(tokens, group, language), language)
    group = _without_addition(tokens, group, hit, language)
    if group.start >= hit.last and hit.shape == "verb":
        group = without_addressee(tokens, group, language)
        group = with_appositions(tokens, group, bounds_of(tokens, hit.head).end, language)
    if group.end <= hit.first:
        group = _from_subject(tokens, _after_time(tokens, group, language), hit)
        group = with_role_before(tokens, group, bounds_of(tokens, hit.head).start)
        group = with_name_before(tokens, group, bounds_of(tokens, hit.head).start)
    ceiling = hit.first if group.end <= hit.first else bounds_of(tokens, hit.head).end
    return with_relative_clause(tokens, group, ceiling, language.grammar)


def _from_mark(tokens: Tokens, group: Span) -> Span:
    """A group from behind the mark that closes a quotation in it: '…," | the baker Ann Lee said'."""
    marks = [index for index in range(*group) if tokens.word[index] == '"']
    last = marks[-1] + 1 if len(marks) % 2 else group.start
    last += last < group.end and tokens.word[last] == ","
    return Span(last, group.end) if last < group.end else group


def _without_time(tokens: Tokens, group: Span, language: Language) -> Span:
    """ "officials on Saturday" names officials."""
    span = tokens.span(*group)
    for time in find_times(tokens.text, span.start, span.end, language, None):
        first = tokens.at(time.span.start)
        if time.span.end == span.end and first > group.start:
            while first - 1 > group.start and (
                tokens.pos[first - 1] in ("ADP", "PUNCT")
                or (tokens.pos[first - 1] == "VERB" and tokens.word[first - 2] == ",")  # ", published last month"
            ):
                first -= 1
            return Span(group.start, first)
    return group


def _after_time(tokens: Tokens, group: Span, language: Language) -> Span:
    """A group before its verb without the time that it begins with: "This Wednesday | Minister Ann Lee"."""
    if group.end - group.start < _TIMED:
        return group
    span = tokens.span(*group)
    for time in find_times(tokens.text, span.start, span.end, language, None):
        first = tokens.at(time.span.end - 1) + 1
        first += first < group.end and tokens.word[first] == ","
        begins = first < group.end and tokens.pos[first] in ("DET", "PROPN", "NOUN", "ADJ")
        if tokens.at(time.span.start) == group.start and begins:
            return Span(first, group.end)
    return group


def _from_subject(tokens: Tokens, group: Span, hit: CueHit) -> Span:
    """A group right before its verb from behind the comma that ends what stands before the subject: "près de la
    capitale, | le fils du guide a juré". A name with an apposition is closed by a comma itself."""
    commas = [index for index in range(*group) if ends_segment(tokens, index)]
    if commas and group.start - 1 == bounds_of(tokens, hit.head).start and tokens.pos[group.start - 1] == "ADP":
        return Span(commas[0] + 1, group.end)  # "On Twitter, | Ann Lee, the coach, said"
    if not commas or group.end != hit.first or group.start == bounds_of(tokens, hit.head).start:
        return group
    first = commas[-1] + 1
    if tokens.pos[group.start] == "PROPN" and tokens.pos[first - 2] == "PROPN":
        return group  # a name, and an apposition that no comma closes
    listed = any(tokens.pos[index] == "CCONJ" for index in range(commas[0], group.end))
    return group if listed or tokens.pos[first] not in ("DET", "PROPN", "NOUN") else Span(first, group.end)


def _without_addition(tokens: Tokens, group: Span, hit: CueHit, language: Language) -> Span:
    """A group without what a comma adds: ", accompagnée d'une photo", ", s'exprimant hier", ", ce qui surprend"."""
    grammar = language.grammar
    for comma in range(group.start + 1, group.end - 1):
        if tokens.word[comma] != ",":
            continue
        if noun_at(tokens, comma + 1, group.end, language) is not None or is_mistaken_noun(tokens, comma):
            continue  # ", déléguée du syndicat"
        first = comma + 1 + (tokens.lower[comma + 1] in grammar.reflexive_pronouns)
        pair = tokens.pos[first : first + 2]
        named = any(tokens.pos[index] == "PROPN" for index in range(first, group.end))  # ", nommée Anne Rey"
        named = named and (group.start < hit.last or tokens.pos[comma - 1] != "PROPN")
        adds = is_participle(tokens, first) or ("VerbForm=Part" in tokens.morph[first] and not named)
        sums_up = tuple(tokens.lower[first : first + 2]) in grammar.relative_questions
        if adds or sums_up or pair in (["ADV", "ADJ"], ["ADV", "VERB"]):
            return Span(group.start, comma)
    return group


def _after_phrase(tokens: Tokens, hit: CueHit, language: Language) -> Mention:
    bounds = bounds_of(tokens, hit.head)
    for index in range(hit.first, hit.last):
        if tokens.lower[index] in language.grammar.possessives:
            return Mention(Span(index, index + 1), False)  # "à ses yeux"
    if hit.last >= bounds.end:
        return Mention(None, False)
    last = noun_at(tokens, hit.last - 1, hit.last, language)
    if last is not None and last.category == "unnamed":  # "de | source policière"
        return Mention(noun_group(tokens, hit.last - 1, hit.last - 1, bounds.end), False)
    group = noun_group(tokens, _nominal_head(tokens, hit, bounds), hit.last, bounds.end)
    first = next((i for i in range(hit.last + 1, group.end) if ends_segment(tokens, i)), group.end)
    group = with_appositions(tokens, Span(hit.last, max(first, hit.last + 1)), bounds.end, language)
    return Mention(group, False)


def _nominal_head(tokens: Tokens, hit: CueHit, bounds: Span) -> int:
    """The noun that a phrase governs: what its last word marks, or the first after it with what that belongs to."""
    for word in range(hit.last - 1, hit.first - 1, -1):
        head = tokens.head[word]
        if head >= hit.last and head < bounds.end and head - hit.last < 8 and tokens.pos[head] in NOMINAL:
            return head
    for index in range(hit.last, min(bounds.end, hit.last + 6)):
        if tokens.pos[index] in ("NOUN", "PROPN", "PRON"):
            return owner_of(tokens, index, bounds.end)
    return hit.last


# --- of a noun, of a passive ------------------------------------------------------------------------------------------


def _of_noun(tokens: Tokens, hit: CueHit, grammar: Grammar) -> Mention:
    bounds = bounds_of(tokens, hit.head)
    for child in tokens.children[hit.head]:
        if tokens.dep[child] in ("nmod", "nmod:poss", "obl", "obl:agent", "det", "amod"):
            if tokens.lower[child] in grammar.possessives:
                return Mention(Span(child, child + 1), False)
            if child > hit.head and tokens.dep[child] != "amod" and tokens.dep[child] != "det":
                marked = any(
                    tokens.dep[mark] in ("case", "mark") and tokens.lower[mark] in grammar.possessive_marks
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
    bounds = bounds_of(tokens, hit.head)
    for child in tokens.children[hit.head]:
        if child > hit.head and tokens.pos[child] in NOMINAL:
            marks = [mark for mark in tokens.children[child] if tokens.dep[mark] == "case"]
            if any(tokens.lower[mark] in grammar.agent_marks for mark in marks):
                return Mention(noun_group(tokens, child, max(marks) + 1, bounds.end), False)
    return Mention(None, True)
