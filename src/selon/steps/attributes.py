"""Tells how each statement was said: act, addressee, medium, time, hedges, denial.

Uses of a token: word, part of speech, morphology, and noun groups from the parse. The medium, the addressee and the
time are looked for in the sentence of the cue, outside the content.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.language import Language
from selon.steps.dates import Time, find_times
from selon.steps.media import is_medium, marked_at
from selon.steps.noun_groups import noun_group
from selon.steps.nouns import category_of, head_of
from selon.tokens import Tokens
from selon.types import Act, Attributes, Found, Hedge, Span
from selon.wordlists import AttributeWords

_NEAR = 14
_PRONOUNS = 3
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))


def attributes(
    tokens: Tokens, title: Tokens | None, found: Sequence[Found], language: Language, published: str | None
) -> tuple[Attributes, ...]:
    """The attributes of each statement, in the order given."""
    return tuple(
        _attributes(title if statement.in_title and title is not None else tokens, statement, language, published)
        for statement in found
    )


def _attributes(tokens: Tokens, statement: Found, language: Language, published: str | None) -> Attributes:
    free = _free_tokens(tokens, statement)
    time = _time(tokens, statement, free, language, published)
    medium = _medium(tokens, statement, free, language)
    if medium is not None:
        taken = tokens.covered(medium)
        free_of_medium = [index for index in free if not taken.start <= index < taken.end]
    else:
        free_of_medium = free
    return Attributes(
        act=_act(tokens, statement, language),
        addressee=_addressee(tokens, statement, free_of_medium, language),
        medium=medium,
        when=time.span if time else None,
        date=time.date if time else None,
        hedged_by=_hedge(tokens, statement, language),
        denied=_denied(tokens, statement, language),
    )


def _free_tokens(tokens: Tokens, statement: Found) -> list[int]:
    """The tokens of the cue's sentence that belong neither to the content nor to the mention."""
    if statement.cue is None:
        return []
    cue = tokens.covered(statement.cue)
    if cue.end <= cue.start:
        return []
    sentence = tokens.sentences[tokens.sentence[cue.start]]
    taken: set[int] = set()
    for span in (*statement.content, *((statement.mention,) if statement.mention else ())):
        taken.update(range(*tokens.covered(span)))
    return [index for index in range(*sentence) if index not in taken]


# --- act, denial, hedges


def _act(tokens: Tokens, statement: Found, language: Language) -> Act:
    if statement.act == "demand" and _asks(tokens, statement, language):
        return "ask"
    if statement.act == "say" and statement.form == "direct" and _ends_as_question(tokens, statement, language):
        return "ask"
    if statement.act == "deny" and statement.cue is not None and _negated(tokens, statement.cue, language):
        return "say"
    return statement.act


def _asks(tokens: Tokens, statement: Found, language: Language) -> bool:
    """Whether a verb like "demander" asks: its content is a question."""
    if _ends_as_question(tokens, statement, language):
        return True
    first = tokens.covered(statement.content[0])
    return first.end > first.start and tokens.lower[first.start] in language.grammar.question_words


def _ends_as_question(tokens: Tokens, statement: Found, language: Language) -> bool:
    last = statement.content[-1]
    return tokens.text[last.start : last.end].rstrip().endswith(language.attributes.question_ends)


def _negated(tokens: Tokens, cue: Span, language: Language) -> bool:
    words = set(tokens.lower[slice(*tokens.covered(cue))])
    return bool(words & (language.grammar.negations_before | language.grammar.negations_after))


def _denied(tokens: Tokens, statement: Found, language: Language) -> bool:
    if statement.cue is None or statement.entry not in language.attributes.denials:
        return False
    return not _negated(tokens, statement.cue, language)


def _hedge(tokens: Tokens, statement: Found, language: Language) -> Hedge | None:
    """By the author: the cue or the content's verb in the conditional of hearsay, or a word like "reportedly".

    By the source: a modal or "perhaps" in the first clause of the content.
    """
    words = language.attributes
    cue = tokens.covered(statement.cue) if statement.cue else Span(0, 0)
    for index in range(*cue):
        if "Mood=Cnd" in tokens.morph[index] or tokens.lower[index] in (*words.hearsay, *words.seems):
            return "author"
    reported_past = any("Tense=Past" in tokens.morph[i] or "Tense=Imp" in tokens.morph[i] for i in range(*cue))
    for part in statement.content[:1]:
        clause = tokens.covered(part)
        verb_seen = False
        for index in range(*clause):
            lower = tokens.lower[index]
            if lower in words.hearsay:
                return "author"
            if lower in words.maybe or (
                not verb_seen and lower in words.modals and tokens.pos[index] in ("VERB", "AUX")
            ):
                return "source"
            if tokens.pos[index] in ("VERB", "AUX") and "VerbForm=Fin" in tokens.morph[index] and not verb_seen:
                verb_seen = True
                conditional = "Mood=Cnd" in tokens.morph[index] and tokens.pos[index] == "AUX"
                if (
                    conditional
                    and not reported_past
                    and statement.form != "direct"
                    and not _conditioned(tokens, clause, words)
                ):
                    return "author"
    return None


def _conditioned(tokens: Tokens, clause: Span, words: AttributeWords) -> bool:
    return any(tokens.lower[index] in words.conditions and tokens.pos[index] == "SCONJ" for index in range(*clause))


# --- medium, addressee, time


def _without_time(tokens: Tokens, group: Span, language: Language) -> Span | None:
    """A group without the time at its end ("son discours de dimanche soir")."""
    span = tokens.span(group.start, group.end)
    end = group.end
    for time in find_times(tokens.text, span.start, span.end, language, None):
        end = min(end, tokens.covered(Span(time.span.start, span.end)).start)
    while end > group.start and tokens.pos[end - 1] in ("ADP", "DET"):
        end -= 1
    return Span(group.start, end) if end > group.start else None


def _group_after(tokens: Tokens, index: int, free: set[int], language: Language) -> Span | None:
    """The noun group that begins at a token, as far as its tokens are free."""
    limit = index
    while limit in free:
        limit += 1
    for head in range(index, min(index + 6, limit)):
        if tokens.pos[head] in _NOMINAL:
            if tokens.dep[head] == "nmod:poss" and head < tokens.head[head] < limit:
                continue
            end = noun_group(tokens, head, index, limit).end
            for inner in range(index + 1, end):
                if tokens.word[inner] in (",", "(") or tokens.pos[inner] in ("VERB", "SCONJ"):
                    end = inner
                    break
            return _without_time(tokens, Span(index, end), language)
        if tokens.pos[head] in ("VERB", "AUX", "PUNCT"):
            return None
    return None


def _medium(tokens: Tokens, statement: Found, free: list[int], language: Language) -> Span | None:
    words = language.attributes
    members = set(free)
    for index in free:
        length = marked_at(tokens, index, words.medium_marks)
        if not length or index + length not in members:
            continue
        group = _group_after(tokens, index + length, members, language)
        if group is not None and is_medium(tokens, group, words):
            return tokens.span(group.start, _with_audience(tokens, group, members, language))
    return None


def _with_audience(tokens: Tokens, group: Span, free: set[int], language: Language) -> int:
    """The end of a medium with those it is for ("son discours à la nation")."""
    length = marked_at(tokens, group.end, language.attributes.addressee_marks) if group.end in free else 0
    audience = _group_after(tokens, group.end + length, free, language) if length else None
    return audience.end if audience is not None and _is_somebody(tokens, audience, language) else group.end


def _addressee(tokens: Tokens, statement: Found, free: list[int], language: Language) -> Span | None:
    if statement.cue is None or not free:
        return None
    words = language.attributes
    members = set(free)
    cue = tokens.covered(statement.cue)
    pronoun = _addressed_pronoun(tokens, statement, cue, language)
    if pronoun is not None:
        return pronoun
    after = cue.end
    if statement.mention is not None:
        mention = tokens.covered(statement.mention)
        if mention.start == after:
            after = mention.end
    for index in range(after, min(after + _NEAR, len(tokens))):
        if index not in members:
            break
        length = marked_at(tokens, index, words.addressee_marks)
        if length and index + length in members:
            group = _group_after(tokens, index + length, members, language)
            if group is None or is_medium(tokens, group, words):
                continue
            if _is_somebody(tokens, group, language) or _may_hear(tokens, index, group, language):
                return tokens.span(group.start, group.end)
    if (
        statement.entry in words.addressee_objects
        and after in members
        and tokens.pos[after] in ("DET", *_NOMINAL, "ADJ", "NUM")
    ):
        group = _group_after(tokens, after, members, language)
        if group is not None and not find_times(tokens.text, *tokens.span(*group), language, None):
            return tokens.span(group.start, group.end)
    return None


def _addressed_pronoun(tokens: Tokens, statement: Found, cue: Span, language: Language) -> Span | None:
    """The object pronoun of a cue that says to whom: "leur a dit", "m'a-t-il dit", "told him"."""
    words, grammar = language.attributes, language.grammar
    mention = tokens.covered(statement.mention) if statement.mention else Span(0, 0)
    known = words.addressee_pronouns
    if statement.entry in words.addressee_objects:
        known = (*known, *grammar.object_pronouns)
    after = cue.end + 1 if words.pronouns_after else cue.end
    for index in range(max(tokens.sentences[tokens.sentence[cue.start]].start, cue.start - _PRONOUNS), after):
        if tokens.lower[index] not in known or mention.start <= index < mention.end or tokens.pos[index] == "DET":
            continue
        if tokens.dep[index].startswith(("nsubj", "det")) or "Reflex=Yes" in tokens.morph[index]:
            continue
        if tokens.head[index] in range(*cue) or index + 1 == cue.start or cue.start <= index:
            return tokens.span(index, index + 1)
    return None


def _may_hear(tokens: Tokens, mark: int, group: Span, language: Language) -> bool:
    """Whether a noun that no list has may be those who are told: several, or somebody's, and nothing that is said
    ("aux sinistrés", "à ses fermiers", but not "aux questions")."""
    grammar, head = language.grammar, head_of(tokens, group)
    if tokens.pos[head] != "NOUN" or tokens.lower[head] in language.cues.nouns:
        return False
    if category_of(tokens, group, language) is not None or find_times(
        tokens.text, *tokens.span(*group), language, None
    ):
        return False
    many = "Number=Plur" in tokens.morph[head] and tokens.lower[mark] in language.attributes.addressee_marks
    return many or tokens.lower[group.start] in grammar.possessives


def _is_somebody(tokens: Tokens, group: Span, language: Language) -> bool:
    """Whether a group names people or a body: a time, a place or a thing is no addressee."""
    noun = category_of(tokens, group, language)
    if noun is not None:
        return noun.category != "document"
    return any(tokens.pos[index] == "PROPN" for index in range(*group)) and not find_times(
        tokens.text, *tokens.span(*group), language, None
    )


def _time(tokens: Tokens, statement: Found, free: list[int], language: Language, published: str | None) -> Time | None:
    """The time nearest to the cue, among the free tokens of its sentence."""
    if statement.cue is None:
        return None
    best: Time | None = None
    for first, last in _runs(free):
        span = tokens.span(first, last)
        for time in find_times(tokens.text, span.start, span.end, language, published):
            distance = abs(time.span.start - statement.cue.start)
            if best is None or distance < abs(best.span.start - statement.cue.start):
                best = time
    return best


def _runs(indices: list[int]) -> list[Span]:
    runs: list[Span] = []
    for index in indices:
        if runs and runs[-1].end == index:
            runs[-1] = Span(runs[-1].start, index + 1)
        else:
            runs.append(Span(index, index + 1))
    return runs
