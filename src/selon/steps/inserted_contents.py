"""Gives inserted cues the sentence around them: "…, explique-t-il, …" and "selon X, …".

Uses of a token: word, part of speech, morphology; the parse through `clauses` and `mentions`.
"""

from __future__ import annotations

from selon.steps.board import ENDS, VERBAL, Board, Quoted
from selon.steps.cues import CueHit
from selon.steps.inversions import is_time
from selon.steps.mentions import mention_of
from selon.steps.nouns import category_of, head_of, may_speak, named_directly
from selon.steps.verbs import is_finite
from selon.types import Span

_ADJUNCT = 8
_SEAMS = (",", "-", "–", "—", "(")


def parenthetical_cues(board: Board) -> None:
    for hit in board.hits:
        if hit.head in board.used or hit.passive or hit.shape != "verb":
            continue
        within = board.around[hit.head]
        region = board.tokens.sentences[board.tokens.sentence[hit.head]]
        hole = hole_of(board, hit, inverted_only=within is not None)
        if hole is None:
            continue
        if within is not None:
            region = Span(within.first + 1, within.last - 1)
        region = Span(_clause_start(board, hole, region), _next_cue(board, hole, region))
        parts = around_hole(board, hole, region, quoted=within is not None)
        complete = within is not None or any(_has_verb(board, part) for part in parts)
        if complete and sum(part.end - part.start for part in parts) >= 3:
            draft = board.add(hit, parts, [], "parenthetical cue")
            if within is not None:
                draft.within = within
                board.taken.add(within.first)


def _clause_start(board: Board, hole: Span, region: Span) -> int:
    """Where what is said begins before a hole: behind a semicolon or a colon; behind the hole after a relative pronoun
    ("…, which, they say, …")."""
    tokens = board.tokens
    if hole.start - 2 > region.start and tokens.lower[hole.start - 2] in board.language.grammar.relatives:
        return hole.end
    if board.around[hole.start] is None:
        for index in range(hole.start - 2, region.start, -1):
            if board.around[index] is None and tokens.word[index] in (";", ":"):
                return index + 1
    return region.start


def _next_cue(board: Board, hole: Span, region: Span) -> int:
    """Where what is said ends behind a hole: at the next cue that has its content after it (", adding that …"), or
    at once before a relative clause about the source (", says X, who was there")."""
    tokens = board.tokens
    following = hole.end + 1
    if following < region.end and tokens.lower[following] in board.language.grammar.relatives:
        return hole.end
    starts = [index for index in range(hole.end, region.end) if tokens.word[index] == ";"]
    starts += [
        draft.hit.first
        for draft in board.drafts
        if draft.hit is not None
        and hole.end <= draft.hit.first < min(draft.begin(), region.end)
        and draft.hit.shape == "participle"
    ]
    return min(starts, default=region.end)


def _has_verb(board: Board, part: Span) -> bool:
    """Whether a part has a verb of its own, or is marked as somebody's words."""
    tokens = board.tokens
    return any(
        tokens.word[index] == '"' or (tokens.pos[index] in VERBAL and tokens.dep[index] != "acl:relcl")
        for index in range(*part)
    )


def hole_of(board: Board, hit: CueHit, *, inverted_only: bool) -> Span | None:
    """The tokens of a parenthetical cue clause: ", explique-t-il,", ", X said." — or None."""
    tokens = board.tokens
    found = mention_of(tokens, hit, board.language)
    mention = found.tokens
    if mention is None or board.own_voice(found, inside=False) or not hit.entry.takes & {"quotation", "clause"}:
        return None
    first, last = min(hit.first, mention.start), max(hit.last, mention.end)
    sentence = tokens.sentences[tokens.sentence[hit.head]]
    inverted = mention.start >= hit.head or tokens.lower[mention.start] in board.language.grammar.subject_clitics
    seams = (*_SEAMS, "?", "!", "…") if inverted_only else _SEAMS
    if first <= sentence.start or tokens.word[first - 1] not in seams:
        return None
    while (
        last < sentence.end
        and tokens.word[last] not in (",", ";", "-", "–", "—", ")")
        and tokens.word[last] not in ENDS
    ):
        if tokens.pos[last] in VERBAL and "VerbForm=Fin" in tokens.morph[last]:
            return None
        last += 1
    alone = last >= sentence.end - 1 or (tokens.word[first - 1] == "," and hit.last == last)
    if last - first > 30 or not (inverted or (alone and mention.end == hit.first)):
        return None
    if "PronType=Dem" in tokens.morph[mention.start] and mention.end - mention.start == 1:
        return None  # "that is to say"
    is_object = tokens.dep[head_of(tokens, mention)] in ("obj", "iobj")
    speaks = may_speak(tokens, mention, board.language) or named_directly(tokens, mention)
    if not inverted_only and mention.start >= hit.head and is_object and not speaks:
        return None
    verbs = [index for index in range(hit.first, hit.last) if tokens.pos[index] in VERBAL]
    if verbs and not any(is_finite(tokens, index) for index in verbs):
        return None
    said = board.finite_between(sentence.start, first) or board.finite_between(last, sentence.end)
    if not inverted and (inverted_only or not said):
        return None
    closed = hit.last < sentence.end and tokens.word[hit.last] == ","
    if not (inverted or closed) and any(
        tokens.dep[child] in ("obj", "xcomp", "ccomp") and child > hit.head for child in tokens.children[hit.head]
    ):
        return None
    return Span(first, last)


def around_hole(board: Board, hole: Span, region: Span, *, quoted: bool = False) -> list[Span]:
    """What is left of `region` before and after the hole, without the marks at the seams."""
    parts = []
    for start, end in ((region.start, hole.start), (hole.end, region.end)):
        part = board.stripped(start, end, quoted=quoted and start == region.start)
        if part is not None:
            parts.append(part)
    return parts


def source_phrases(board: Board) -> None:
    for hit in board.hits:
        if hit.shape != "phrase":
            continue
        mention = mention_of(board.tokens, hit, board.language)
        if mention.tokens is None or not _names_source(board, hit, mention.tokens):
            continue
        hole = Span(hit.first, _past_adjunct(board, hit, _past_relative(board, max(hit.last, mention.tokens.end))))
        region = _region(board, hit, mention.tokens)
        parts = around_hole(board, hole, region)
        parts = [part for part in parts if part.end - part.start >= 2]
        if sum(part.end - part.start for part in parts) < 3 or _is_cue_clause(board, parts):
            continue
        quoted = _only_quotation(board, parts)
        if quoted is not None:
            board.add(hit, [], [quoted], "phrase that names the source", mention)
        else:
            draft = board.add(hit, parts, [], "phrase that names the source", mention)
            board.taken.update(q.first for q in board.quoted if any(p.start <= q.first < p.end for p in draft.clause))


def _is_cue_clause(board: Board, parts: list[Span]) -> bool:
    """Whether what is left around a phrase begins with the cue of what was said before it: « … », a dit la maire, selon
    un communiqué."""
    return any(
        draft.hit is not None and draft.hit.first == parts[0].start and draft.end() <= parts[0].start
        for draft in board.drafts
    )


def _past_adjunct(board: Board, hit: CueHit, end: int) -> int:
    """The end of a phrase that opens its sentence with the time or place behind its source: "According to Ann Lee | on
    Saturday, | the dam held"."""
    tokens = board.tokens
    sentence = tokens.sentences[tokens.sentence[hit.first]]
    if not tokens.word[hit.first][0].isupper() or end + 1 >= sentence.end:
        return end
    timed = tokens.pos[end] == "ADP" or is_time(tokens, end, board.language) or is_time(tokens, end + 1, board.language)
    if not timed:
        return end
    for index in range(end + 1, min(end + _ADJUNCT, sentence.end)):
        if tokens.word[index] == ",":
            return index if board.finite_between(index, sentence.end) else end
        opens = tokens.pos[index] in ("PUNCT", "DET") and tokens.pos[index - 1] != "ADP"
        if opens or tokens.pos[index] in VERBAL:
            return end
    return end


def _past_relative(board: Board, end: int) -> int:
    """The end of a phrase with the relative clause about its source: "selon Anne Rey, | qui dirige le port, |"."""
    tokens = board.tokens
    following = "".join(tokens.lower[end + 1 : end + 2])
    if tokens.word[end : end + 1] != [","] or following not in board.language.grammar.relatives:
        return end
    for index in range(end + 2, tokens.sentences[tokens.sentence[end]].end):
        if tokens.word[index] == ",":
            return index
    return end


def _names_source(board: Board, hit: CueHit, mention: Span) -> bool:
    """Whether a phrase is followed by what can be a source; the short ones ("pour", "for") only at the head of a
    sentence or clause and set off by a comma."""
    tokens = board.tokens
    links = {word for link in board.language.grammar.noun_links for word in link}
    if tokens.lower[mention.start] in links | board.language.grammar.complementizers:
        return False
    verbal = tokens.pos[mention.start] in ("VERB", "AUX") and tokens.word[mention.start].islower()
    if verbal or tokens.pos[mention.start] in ("SCONJ", "PUNCT", "CCONJ"):
        return False
    if mention.end < hit.last:
        return _heads_clause(board, hit)
    if mention.start < hit.last:
        return mention.end != hit.last and not _in_noun_group(board, hit)
    if not hit.entry.ambiguous:
        return (hit.first == 0 or not _in_noun_group(board, hit)) and _may_hold(board, hit, mention)
    return _heads_clause(board, hit) and _names_speaker(board, mention)


def _may_hold(board: Board, hit: CueHit, mention: Span) -> bool:
    """Whether what a phrase names can hold a view: a measure cannot ("selon la saison"), nor can a thing that no list
    has and no comma sets off ("posé selon un axe")."""
    tokens = board.tokens
    if any(tokens.lower[index] in board.language.cues.measures for index in range(*mention)):
        return False
    first, last = tokens.pos[mention.start], tokens.pos[mention.end - 1]
    bare = mention.end - mention.start == 1 and first == "NOUN" and "Number=Plur" not in tokens.morph[mention.start]
    noun = category_of(tokens, mention, board.language)
    thing = noun is None or noun.category == "document"
    if bare and thing and tokens.lower[hit.last - 1] not in board.language.grammar.possessive_marks:
        return False  # "d'après photo", but not "de l'aveu du trésorier"
    if may_speak(tokens, mention, board.language) or named_directly(tokens, mention):
        return True
    return last == "PROPN" or _heads_clause(board, hit)


def _in_noun_group(board: Board, hit: CueHit) -> bool:
    """Whether a phrase that begins like a complement ("de source") stands right after a noun ("eau de source")."""
    grammar = board.language.grammar
    before = board.tokens.pos[hit.first - 1] if hit.first else ""
    return board.tokens.lower[hit.first] in grammar.possessive_marks and before in ("NOUN", "CCONJ")


def _heads_clause(board: Board, hit: CueHit) -> bool:
    """Whether a phrase begins its sentence, perhaps after a conjunction, or follows a comma."""
    tokens = board.tokens
    first = hit.first
    start = tokens.sentences[tokens.sentence[first]].start
    if first - 1 == start and tokens.pos[start] == "CCONJ":
        first = start
    return first == start or tokens.word[first - 1] in (",", '"', "(")


def _names_speaker(board: Board, mention: Span) -> bool:
    """Whether a group set off by a comma is somebody who can hold a view: a pronoun, a name, a definite role."""
    tokens = board.tokens
    after = tokens.word[mention.end] if mention.end < len(tokens) else ""
    if after not in (",", ")") or not may_speak(tokens, mention, board.language):
        return False
    if tokens.pos[mention.start] == "PRON" or named_directly(tokens, mention):
        return tokens.pos[mention.start] != "NUM"
    noun = category_of(tokens, mention, board.language)
    if noun is not None and noun.category == "document":
        return noun.plural and mention.end - mention.start == 1  # "per reports"
    if noun is None or noun.category not in ("man", "woman", "person", "institution"):
        return False
    return noun.plural or tokens.lower[mention.start] in board.language.sources.definite


def _region(board: Board, hit: CueHit, mention: Span) -> Span:
    """What a phrase speaks for: the clause content it stands in, the quotation, or the sentence."""
    sentence = board.tokens.sentences[board.tokens.sentence[hit.head]]
    inner = [
        span
        for draft in board.drafts
        for span in draft.clause
        if span.start <= hit.first and hit.last <= span.end and draft.hit is not None and draft.hit.shape != "phrase"
    ]
    if inner and not _ends_sentence(board, hit):
        return min(inner, key=lambda span: span.end - span.start)
    within = board.around[hit.head]
    if within is not None:
        return Span(max(sentence.start, within.first + 1), min(sentence.end, within.last - 1))
    start, end = sentence
    if board.tokens.word[hit.first][0].isupper() and mention.end > hit.last:
        start = hit.first  # a heading without a stop before it
    ended = board.around[start]
    if ended is not None:
        start = min(start, ended.first)  # a sentence that ends a longer quotation
    for draft in board.drafts:
        if draft.hit is None or board.tokens.sentence[draft.hit.head] != board.tokens.sentence[hit.head]:
            continue
        edge = draft.hit.first if draft.mention.tokens is None else min(draft.hit.first, draft.mention.tokens.start)
        if edge > mention.end + 1 and draft.begin() > draft.hit.first:
            end = min(end, edge)
        elif draft.end() <= hit.first and edge < hit.first:
            start = max(start, draft.end())
    return Span(start, end)


def _ends_sentence(board: Board, hit: CueHit) -> bool:
    """Whether a phrase after a comma closes its sentence, and so speaks for all of it."""
    tokens = board.tokens
    mention = mention_of(tokens, hit, board.language).tokens
    sentence = tokens.sentences[tokens.sentence[hit.head]]
    if mention is None or hit.first <= sentence.start or tokens.word[hit.first - 1] != ",":
        return False
    if any(tokens.word[index][0].isalnum() for index in range(mention.end, sentence.end)):
        return False
    for draft in board.drafts:
        draft.clause = [
            Span(span.start, hit.first - 1) if span.start < hit.first - 1 < span.end else span for span in draft.clause
        ]
    return True


def _only_quotation(board: Board, parts: list[Span]) -> Quoted | None:
    if len(parts) != 1:
        return None
    for quoted in board.quoted:
        if quoted.first == parts[0].start and quoted.last == parts[0].end and quoted.first not in board.taken:
            return quoted
    return None
