"""Tells how each statement was said: act, addressee, medium, time, hedges, denial.

Uses of a token: word, part of speech, morphology, and noun groups from the parse. The medium, the addressee and the
time are looked for in the sentence of the cue, outside the content.
"""

from __future__ import annotations

from collections.abc import Sequence

from selon.language import Language
from selon.steps.dates import Time, find_times
from selon.steps.hedges import hedge_of, negated
from selon.steps.media import is_medium, is_outlet, marked_at
from selon.steps.noun_groups import noun_group
from selon.steps.nouns import category_of, head_of
from selon.tokens import Tokens
from selon.types import Act, Attributes, Found, Span
from selon.wordlists import AttributeWords

_NEAR = 14
_MODIFIERS = ("compound", "nmod:poss", "amod", "nummod")
_PRONOUNS = 3
_CLIMB = 6
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))


def attributes(
    tokens: Tokens, title: Tokens | None, found: Sequence[Found], language: Language, published: str | None
) -> tuple[Attributes, ...]:
    """The attributes of each statement, in the order given."""
    return tuple(
        _attributes(
            title if statement.in_title and title is not None else tokens,
            statement,
            None if statement.inside is None else found[statement.inside],
            language,
            published,
        )
        for statement in found
    )


def _attributes(
    tokens: Tokens, statement: Found, outer: Found | None, language: Language, published: str | None
) -> Attributes:
    free = _free_tokens(tokens, statement, outer)
    time = _time(tokens, statement, free, language, published)
    medium = _medium(tokens, statement, free, language)
    addressee = _addressee(tokens, statement, _without(tokens, free, medium), language)
    if addressee is not None and _is_outlet_told_apart(tokens, tokens.covered(addressee), language):
        medium, addressee = addressee, None
    return Attributes(
        act=_act(tokens, statement, language),
        addressee=addressee,
        medium=medium,
        when=time.span if time else None,
        date=time.date if time else None,
        hedged_by=hedge_of(tokens, statement, language),
        denied=_denied(tokens, statement, language),
    )


def _without(tokens: Tokens, free: list[int], taken: Span | None) -> list[int]:
    """The free tokens outside a passage."""
    if taken is None:
        return free
    covered = tokens.covered(taken)
    return [index for index in free if not covered.start <= index < covered.end]


def _free_tokens(tokens: Tokens, statement: Found, outer: Found | None) -> list[int]:
    """The tokens of the cue's sentence that belong neither to the content nor to the mention, inside the outer one."""
    if statement.cue is None:
        return []
    cue = tokens.covered(statement.cue)
    if cue.end <= cue.start:
        return []
    sentence = tokens.sentences[tokens.sentence[cue.start]]
    taken: set[int] = set()
    for span in (*statement.content, *((statement.mention,) if statement.mention else ())):
        taken.update(range(*tokens.covered(span)))
    free = [index for index in range(*sentence) if index not in taken]
    if outer is None:
        return free
    parts = [tokens.covered(part) for part in outer.content]
    return [index for index in free if any(part.start <= index < part.end for part in parts)]


# --- act, denial


def _act(tokens: Tokens, statement: Found, language: Language) -> Act:
    if statement.act == "demand" and _asks(tokens, statement, language):
        return "ask"
    if statement.act == "say" and statement.form == "direct" and _ends_as_question(tokens, statement, language):
        return "ask"
    if statement.entry in language.attributes.naming_cues and statement.form != "indirect":
        return "accuse" if _is_hostile(tokens, statement, language.attributes) else "estimate"
    if (
        statement.act == "deny"
        and statement.cue is not None
        and negated(tokens, tokens.covered(statement.cue), language)
    ):
        return "say"
    return statement.act


def _is_hostile(tokens: Tokens, statement: Found, words: AttributeWords) -> bool:
    """Whether the words that somebody or something is called condemn it."""
    lowers = [lower for part in statement.content for lower in tokens.lower[slice(*tokens.covered(part))]]
    return any(lower in words.hostile for lower in lowers)


def _asks(tokens: Tokens, statement: Found, language: Language) -> bool:
    """Whether a verb like "demander" asks: its content is a question."""
    if _ends_as_question(tokens, statement, language):
        return True
    first = tokens.covered(statement.content[0])
    return first.end > first.start and tokens.lower[first.start] in language.grammar.question_words


def _ends_as_question(tokens: Tokens, statement: Found, language: Language) -> bool:
    last = statement.content[-1]
    return tokens.text[last.start : last.end].rstrip().endswith(language.attributes.question_ends)


def _denied(tokens: Tokens, statement: Found, language: Language) -> bool:
    """Whether the cue denies the content: "nie que", or "ne croit pas que"."""
    words = language.attributes
    if statement.cue is None or statement.entry not in {*words.denials, *words.beliefs}:
        return False
    return negated(tokens, tokens.covered(statement.cue), language) is (statement.entry in words.beliefs)


# --- medium, addressee, time


def _without_time(tokens: Tokens, group: Span, language: Language) -> Span | None:
    """A group without the time at its end ("son message de lundi matin")."""
    span = tokens.span(group.start, group.end)
    end = group.end
    for time in find_times(tokens.text, span.start, span.end, language, None):
        if not _modifies(tokens, tokens.at(time.span.end - 1)):
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
            end = noun_group(tokens, _modified(tokens, head, limit), index, limit).end
            for inner in range(index + 1, end):
                clause = tokens.pos[inner] in ("VERB", "SCONJ") and tokens.dep[inner] != "amod"
                if tokens.word[inner] in (",", "(") or clause:
                    end = inner
                    break
            return _without_time(tokens, Span(index, end), language)
        participle = tokens.dep[head] == "amod" and head < tokens.head[head] < limit
        if tokens.pos[head] in ("VERB", "AUX", "PUNCT") and not participle:
            return None
    return None


def _modified(tokens: Tokens, index: int, limit: int) -> int:
    """The noun that a word before it belongs to: "its | website", "press | conference"."""
    while index < tokens.head[index] < limit and tokens.dep[index] in _MODIFIERS:
        index = tokens.head[index]
    return index


def _medium(tokens: Tokens, statement: Found, free: list[int], language: Language) -> Span | None:
    if statement.cue is None:
        return None
    words = language.attributes
    members = set(free)
    for index in free:
        length = marked_at(tokens, index, words.medium_marks)
        if not length or index + length not in members:
            continue
        group = _group_after(tokens, index + length, members, language)
        if group is not None and is_medium(tokens, group, words):
            return tokens.span(group.start, _with_audience(tokens, group, members, language))
    return _outlet_told(tokens, statement.cue, free, members, language)


def _outlet_told(tokens: Tokens, cue: Span, free: list[int], members: set[int], language: Language) -> Span | None:
    """A newspaper or channel that something was said to: "Speaking to | Radio Lorne |, the mayor said …"."""
    for index in free:
        length = marked_at(tokens, index, language.attributes.addressee_marks)
        group = _group_after(tokens, index + length, members, language) if length else None
        named = group is not None and any(word[:1].isupper() for word in tokens.word[slice(*group)])
        if group is None or _of_another_clause(tokens, head_of(tokens, group), cue, members):
            continue
        if named and _is_outlet_told_apart(tokens, group, language):
            return tokens.span(*group)
    return None


def _is_outlet_told_apart(tokens: Tokens, group: Span, language: Language) -> bool:
    """Whether a group names an outlet or tells which: "the press" is everybody's."""
    return is_outlet(tokens, group, language) and (
        sum(tokens.pos[index] in ("NOUN", "PROPN", "ADJ") for index in range(*group)) > 1
        or any(tokens.pos[index] == "PROPN" for index in range(*group))
    )


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
    mention = tokens.covered(statement.mention) if statement.mention is not None else Span(0, 0)
    after = mention.end if mention.start == cue.end else cue.end
    if (
        statement.entry in words.addressee_objects
        and after in members
        and tokens.pos[after] in ("DET", *_NOMINAL, "ADJ", "NUM")
    ):
        group = _group_after(tokens, after, members, language)
        if group is not None and not find_times(tokens.text, *tokens.span(*group), language, None):
            return tokens.span(group.start, _up_to_content(tokens, group, statement, language))
    for index in range(after, min(after + _NEAR, len(tokens))):
        if mention.start <= index < mention.end:
            continue
        if index not in members:
            break
        length = marked_at(tokens, index, words.addressee_marks)
        if length and index + length in members:
            group = _group_after(tokens, index + length, members, language)
            if group is None or is_medium(tokens, group, words):
                continue
            if _is_somebody(tokens, group, language) or _may_hear(tokens, index, group, language):
                return tokens.span(group.start, group.end)
    return _told_passively(tokens, cue, statement, words)


def _up_to_content(tokens: Tokens, group: Span, statement: Found, language: Language) -> int:
    """The end of those who are told, with what tells who they are up to the content: "anyone | with a fever"."""
    first = tokens.covered(statement.content[0]).start
    if tokens.lower[first - 1] in language.grammar.infinitive_marks | language.grammar.complementizers:
        first -= 1
    for index in range(group.end, first):
        length = marked_at(tokens, index, language.attributes.medium_marks)
        if length and is_medium(tokens, Span(index + length, first), language.attributes):
            first = index
            break
    rest = range(group.end, first)
    plain = all(tokens.pos[index] in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM") for index in rest)
    if not 1 < len(rest) <= _NEAR or not plain or tokens.pos[group.end] != "ADP":
        return group.end
    return group.end if find_times(tokens.text, *tokens.span(group.end, first), language, None) else first


def _told_passively(tokens: Tokens, cue: Span, statement: Found, words: AttributeWords) -> Span | None:
    """The subject of a passive: "Passengers | were told that …"."""
    if statement.mention is not None or not statement.unexpressed:
        return None
    if statement.entry not in words.addressee_objects:
        return None
    for index in range(*cue):
        for child in tokens.children[index]:
            if tokens.dep[child] == "nsubj:pass" and child < cue.start:
                group = noun_group(tokens, child, tokens.sentences[tokens.sentence[child]].start, cue.start)
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
            if _modifies(tokens, tokens.at(time.span.end - 1)):
                continue  # "an earlier report"
            if _of_another_clause(tokens, tokens.at(time.span.end - 1), statement.cue, set(free)):
                continue  # "The party, which split on Monday, said …"
            distance = abs(time.span.start - statement.cue.start)
            if best is None or distance < abs(best.span.start - statement.cue.start):
                best = time
    return best


def _modifies(tokens: Tokens, index: int) -> bool:
    """Whether a word that is a time elsewhere only tells which noun behind it is meant: "an | earlier | report"."""
    return tokens.dep[index] == "amod" and tokens.head[index] > index


def _of_another_clause(tokens: Tokens, index: int, cue: Span, free: set[int]) -> bool:
    """Whether a time belongs to a clause beside that of the cue, with a verb and a subject of its own."""
    covered = tokens.covered(cue)
    verb = _verb_above(tokens, index)
    if verb is None or verb not in free or covered.start <= verb < covered.end:
        return False
    if any(_joined_to(tokens, index, verb) for index in range(*covered)):
        return False
    return any(tokens.dep[child].startswith("nsubj") for child in tokens.children[verb])


def _verb_above(tokens: Tokens, index: int) -> int | None:
    """The nearest verb that a word hangs on."""
    for _ in range(_CLIMB):
        index = tokens.head[index]
        if tokens.pos[index] in ("VERB", "AUX"):
            return index
        if tokens.head[index] == index:
            return None
    return None


def _joined_to(tokens: Tokens, index: int, verb: int) -> bool:
    """Whether a verb is joined to another one by "and", or as its participle: both have the same time."""
    while tokens.head[index] != index and (
        tokens.dep[index] == "conj" or (tokens.dep[index] == "advcl" and not _opens_a_clause(tokens, index))
    ):
        index = tokens.head[index]
        if index == verb:
            return True
    return False


def _opens_a_clause(tokens: Tokens, index: int) -> bool:
    """Whether a verb has a subject or a conjunction of its own."""
    return any(tokens.dep[child].startswith(("nsubj", "mark", "case")) for child in tokens.children[index])


def _runs(indices: list[int]) -> list[Span]:
    runs: list[Span] = []
    for index in indices:
        if runs and runs[-1].end == index:
            runs[-1] = Span(runs[-1].start, index + 1)
        else:
            runs.append(Span(index, index + 1))
    return runs
