"""Mends the parse where a verb of the cue lists is followed by a clause without a complementizer.

"The judge ruled the draft broke the law", "the governor declared flags would fly": a small parser often takes the
verb of the clause for the main one, or for a relative clause of the noun before it. The order of the words is
surer: a noun group, the cue, another noun group, a finite verb. Likewise where an aside stands between an auxiliary
and its participle ("a pour sa part annoncé"). Uses of a token: word, part of speech, morphology, and the parse that
is mended. In a language in which such a clause needs a complementizer, only the latter is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from selon.language import Language
from selon.steps.bare_clauses import words_after
from selon.steps.inversions import aside_at
from selon.steps.verbs import ancestors, is_finite, is_participle
from selon.tokens import Tokens

_BEFORE_VERB = frozenset(("NOUN", "PROPN", "PRON", "ADV", "AUX", "PART", "PUNCT", "X", "NUM", "CCONJ", "ADJ"))
_GROUP = frozenset(("DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON", "PART", "ADP", "PUNCT", "CCONJ"))
_PRONOUN_LENGTH = 2
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM"))


def mended(tokens: Tokens, language: Language) -> Tokens:
    """The same tokens, with heads and relations set right around such clauses."""
    split = list(_split_verbs(tokens, language))
    if not language.grammar.bare_clauses and not split:
        return tokens
    table = msgspec.structs.replace(
        tokens, head=list(tokens.head), dep=list(tokens.dep), pos=list(tokens.pos), morph=list(tokens.morph)
    )
    for auxiliary, verb in split:
        _make_compound(table, auxiliary, verb)
    if not language.grammar.bare_clauses:
        return msgspec.structs.replace(table)
    for index in range(1, len(table) - 1):
        if _is_verb(table, index, language):
            _make_verb(table, index)
        elif _is_owned(table, index, language):
            _make_owned(table, index)
        elif table.pos[index] == "PRON" and table.word[index].isupper() and len(table.word[index]) > _PRONOUN_LENGTH:
            table.pos[index], table.morph[index], table.dep[index] = "PROPN", "", "appos"  # "(WHO)"
        elif (subject := _inserted_subject(table, index, language)) is not None:
            _make_inserted(table, index, subject)
    table = msgspec.structs.replace(table)
    for cue, start, verb in list(_clauses(table, language)):
        _attach(table, cue, start, verb)
    return msgspec.structs.replace(table)


def _split_verbs(tokens: Tokens, language: Language) -> Iterator[tuple[int, int]]:
    """Auxiliary and participle that an aside stands between: "a | pour sa part | annoncé"."""
    firsts = {words[0] for words in language.grammar.asides}
    for index, lower in enumerate(tokens.lower):
        if lower not in firsts or not index or tokens.lower[index - 1] not in language.grammar.auxiliaries:
            continue
        verb = index + aside_at(tokens, index, language)
        if index < verb < len(tokens) and "VerbForm=Part" in tokens.morph[verb]:
            yield index - 1, verb


def _make_compound(tokens: Tokens, auxiliary: int, verb: int) -> None:
    """Hang auxiliary, aside and what hung on the auxiliary on the participle."""
    head, dep = tokens.head, tokens.dep
    if verb in _climbed(tokens, auxiliary):
        above = head[verb], dep[verb]
    else:
        above = (verb if head[auxiliary] == auxiliary else head[auxiliary]), dep[auxiliary]
    for index in range(*tokens.sentences[tokens.sentence[verb]]):
        if head[index] == auxiliary and index != auxiliary:
            head[index] = verb
    for index in range(auxiliary + 1, verb):
        if not auxiliary < head[index] < verb:
            head[index], dep[index] = verb, "obl"
    head[auxiliary], dep[auxiliary], tokens.pos[auxiliary] = verb, "aux", "AUX"
    head[verb], dep[verb] = above


def _inserted_subject(tokens: Tokens, index: int, language: Language) -> int | None:
    """The first token of the noun group between a comma and a cue that a mark or a time ends: "…, her son Ann Lee |
    announced."."""
    if tokens.pos[index] != "VERB" or tokens.lower[index] not in language.cues.verb_forms:
        return None
    if tokens.lower[index].endswith("ing") or tokens.dep[index] == "parataxis":
        return None
    sentence = tokens.sentences[tokens.sentence[index]]
    first = index
    while first > sentence.start and tokens.pos[first - 1] in _GROUP and tokens.word[first - 1] not in (",", '"'):
        first -= 1
    ended = tokens.pos[index + 1] == "PUNCT" and tokens.word[index + 1] not in ('"', "(", ":", "-")
    if first == index or tokens.word[first - 1] != "," or first - 1 <= sentence.start or not ended:
        return None
    nominal = tokens.pos[index - 1] in ("NOUN", "PROPN") or tokens.word[index - 1] == ")"
    said = any(is_finite(tokens, word) for word in range(sentence.start, first - 1))
    final = index + 1 >= sentence.end - 1
    return first if nominal and said and final and tokens.pos[first] != "ADP" else None


def _make_inserted(tokens: Tokens, index: int, first: int) -> None:
    head = next((word for word in range(first, index) if not first <= tokens.head[word] < index), index - 1)
    nouns = [word for word in range(first, index) if tokens.pos[word] in ("NOUN", "PROPN")]
    head = head if tokens.pos[head] in ("NOUN", "PROPN") else nouns[-1]
    for word in range(first, index):
        if word != head and not first <= tokens.head[word] < index:
            tokens.head[word], tokens.dep[word] = head, "compound"
    sentence = tokens.sentences[tokens.sentence[index]]
    main = next(word for word in range(sentence.start, first) if is_finite(tokens, word))
    tokens.head[head], tokens.dep[head] = index, "nsubj"
    tokens.head[index], tokens.dep[index] = main, "parataxis"
    tokens.morph[index] = "VerbForm=Fin"
    if index in _climbed(tokens, main):
        tokens.head[main], tokens.dep[main] = main, "ROOT"


def _is_verb(tokens: Tokens, index: int, language: Language) -> bool:
    """Whether a word tagged as a noun is a verb of the lists between its subject and a complementizer: "The harbour
    board | recognises that …"."""
    cues, lower = language.cues, tokens.lower[index]
    if tokens.pos[index] != "NOUN" or lower not in cues.verb_forms:
        return False
    agrees = "Number=Plur" in tokens.morph[index] and "Number=Sing" in tokens.morph[index - 1]
    named = agrees and tokens.pos[index - 1] == "PROPN" and tokens.dep[index] == "ROOT"  # "The Courier | reports that"
    if lower in cues.nouns and not named:
        return False
    main = tokens.dep[index] in ("ROOT", "nsubj", "nsubj:pass", "compound")
    acts = agrees and main and is_participle(tokens, index + 1)  # "The mayor | denies being paid"
    introduces = acts or tokens.lower[index + 1] in language.grammar.complementizers
    return (
        introduces
        and tokens.pos[index - 1] in ("NOUN", "PROPN")
        and tokens.sentence[index - 1] == tokens.sentence[index]
    )


def _make_verb(tokens: Tokens, index: int) -> None:
    subject = index - 1
    while tokens.head[subject] < subject and tokens.pos[tokens.head[subject]] in ("NOUN", "PROPN"):
        subject = tokens.head[subject]
    for word in range(tokens.sentences[tokens.sentence[index]].start, subject):
        if tokens.head[word] == index:
            tokens.head[word] = subject
    tokens.head[subject], tokens.dep[subject] = index, "nsubj"
    tokens.pos[index], tokens.morph[index] = "VERB", "VerbForm=Fin"


def _is_owned(tokens: Tokens, index: int, language: Language) -> bool:
    """Whether a word after 's is a noun of the lists with its content behind it, and 's no verb: "The duke's | vow to
    …"."""
    genitive = tokens.lower[index - 1] in frozenset(language.sources.genitives) and index > 1
    takes = tokens.lower[index + 1] in language.grammar.complementizers | language.grammar.infinitive_marks
    owner = tokens.pos[index - 2] in ("NOUN", "PROPN")
    return genitive and owner and takes and tokens.lower[index] in language.cues.nouns and tokens.pos[index] != "NOUN"


def _make_owned(tokens: Tokens, index: int) -> None:
    owner = index - 2
    tokens.pos[index] = "NOUN"
    tokens.head[index - 1], tokens.dep[index - 1] = owner, "case"
    tokens.head[owner], tokens.dep[owner] = index, "nmod:poss"


def _clauses(tokens: Tokens, language: Language) -> Iterator[tuple[int, int, int]]:
    """Cue verb, first token and main verb of each bare clause that the parse has not under its cue."""
    for cue in range(len(tokens)):
        if not _may_take_clause(tokens, cue, language):
            continue
        found = words_after(tokens, cue + 1, language)
        if found is None:
            continue
        verb = _main_verb(tokens, found.finite)
        if tokens.head[verb] != cue or tokens.dep[verb] != "ccomp":
            yield cue, found.start, verb


def _may_take_clause(tokens: Tokens, cue: int, language: Language) -> bool:
    """Whether a token is a verb that takes a clause, with something before it that can be its subject."""
    if tokens.pos[cue] != "VERB" or "VerbForm=Inf" in tokens.morph[cue]:
        return False
    entries = language.cues.verbs.get(tokens.lower[cue], ())
    if not any("clause" in entry.takes and not entry.rest for entry in entries):
        return False
    if entries[0].lemma in language.attributes.addressee_objects:
        return False
    first = tokens.sentences[tokens.sentence[cue]].start
    return cue > first and tokens.pos[cue - 1] in _BEFORE_VERB


def _main_verb(tokens: Tokens, finite: int) -> int:
    """The verb or predicate that a finite verb belongs to: itself, or what it is auxiliary or copula of."""
    head = tokens.head[finite]
    follows = finite < head and tokens.dep[finite].startswith(("aux", "cop"))
    return head if follows else finite


def _attach(tokens: Tokens, cue: int, start: int, verb: int) -> None:
    """Hang the clause from `start` with its main verb on the cue, and on the cue what stands before it."""
    head, dep = tokens.head, tokens.dep
    above = head[verb], dep[verb]
    if verb in _climbed(tokens, cue):
        for index in range(tokens.sentences[tokens.sentence[cue]].start, cue):
            if head[index] == verb:
                head[index] = cue
                dep[index] = dep[index].removesuffix(":pass")
        head[cue], dep[cue] = (cue, "ROOT") if above[0] == verb else above
        if start <= head[cue] < verb:
            head[cue], dep[cue] = cue, "ROOT"
    elif head[cue] >= start:
        head[cue], dep[cue] = cue, "ROOT"
    head[verb], dep[verb] = cue, "ccomp"
    subject = _subject(tokens, start, verb)
    if subject is not None and not dep[subject].startswith(("nsubj", "expl", "csubj")):
        dep[subject] = "nsubj"
    if subject is not None:
        head[subject] = verb


def _climbed(tokens: Tokens, index: int) -> set[int]:
    return ancestors(tokens, index) - {index}


def _subject(tokens: Tokens, start: int, verb: int) -> int | None:
    """The head of the noun group at `start`: the first nominal that hangs on nothing between there and the verb."""
    for index in range(start, verb):
        if tokens.pos[index] in _NOMINAL and not start <= tokens.head[index] < verb:
            return index
    return None
