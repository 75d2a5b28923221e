"""Gives cues the clauses they introduce: "X dit que …", "X promet de …", "l'annonce que …".

Uses of a token: word, part of speech, morphology; the parse through `clauses` and `mentions`.
"""

from __future__ import annotations

from selon.steps.board import Board, Quoted
from selon.steps.clauses import clause_after
from selon.steps.cues import CueHit
from selon.steps.mentions import mention_of
from selon.steps.subjects import Mention
from selon.steps.verbs import is_infinitive
from selon.types import Span


def clauses_after_cues(board: Board, hits: list[CueHit]) -> None:
    for hit in hits:
        if hit.head in board.used or hit.shape == "phrase":
            continue
        clause = clause_after(board.tokens, hit, board.reach(hit), board.firsts, board.language)
        if clause is None or _has_owner(board, clause):
            continue
        within = board.around[hit.head]
        mention = mention_of(board.tokens, hit, board.language)
        if board.own_voice(mention, within is not None) or not board.asserted(hit) or _supposed(board, hit):
            continue
        if (hit.entry.speakers_only and board.is_thing(mention)) or _is_anybody(board, mention):
            continue
        if within is not None:
            if clause.start >= within.last or not _others_words(board, hit, mention, within):
                continue
            if mention.tokens is not None and mention.tokens.start > hit.head:
                continue  # an inserted cue: « A, explique X, que B »
            clause = Span(clause.start, min(clause.end, within.last - 1))
            while clause.end > clause.start + 1 and board.tokens.word[clause.end - 1] in (".", ","):
                clause = Span(clause.start, clause.end - 1)
        else:
            clause = _to_quotation_end(board, clause)
        mention = _shared(board, hit, mention)
        if clause.end - clause.start >= 2 or _is_marked(board, hit, clause.start):
            draft = board.add(hit, [clause], [], "clause after its cue", mention)
            draft.clause = [clause]
            board.taken.update(
                quoted.first for quoted in board.quoted if within is None and clause.start <= quoted.first < clause.end
            )


def _shared(board: Board, hit: CueHit, mention: Mention) -> Mention:
    """A participle, or a verb without a subject of its own, after a statement in the same sentence has its source:
    "X dit que …, ajoutant que …", "X said … and added that …"."""
    if hit.passive or hit.shape == "noun" or (mention.unexpressed and mention.tokens is None):
        return mention
    source = mention.tokens
    tokens = board.tokens
    for draft in reversed(board.drafts):
        if draft.hit is None or draft.mention.tokens is None or draft.hit.shape not in ("verb", "participle"):
            continue
        if tokens.sentence[draft.hit.head] != tokens.sentence[hit.head] or draft.hit.head > hit.head:
            continue
        inside = source is not None and draft.begin() <= source.start < draft.end()
        goes_on = draft.end() <= hit.first and tokens.pos[hit.first - 1] in ("CCONJ", "PUNCT", "ADV")
        if source is None or (inside and (hit.shape == "participle" or goes_on)):
            return draft.mention
    return mention


def _is_anybody(board: Board, mention: Mention) -> bool:
    """Whether the source is nothing that speaks ("rien ne prouve que"), or a relative pronoun after a preposition:
    "ouverts à qui veut les lire" names nobody."""
    source = mention.tokens
    if source is None or source.end - source.start > 1:
        return False
    if board.tokens.lower[source.start] in board.language.grammar.neutral_pronouns:
        return True
    if source.start == 0:
        return False
    relative = board.tokens.lower[source.start] in board.language.grammar.relatives
    return relative and board.tokens.pos[source.start - 1] == "ADP"


def _has_owner(board: Board, clause: Span) -> bool:
    """Whether a clause is the content of another cue already."""
    return any(span.start == clause.start for draft in board.drafts for span in draft.clause)


def _others_words(board: Board, hit: CueHit, mention: Mention, within: Quoted) -> bool:
    """Whether a cue inside a quotation reports somebody else: a finite verb with its source in the quotation."""
    source = mention.tokens
    return hit.shape == "verb" and source is not None and within.first < source.start and source.end < within.last


def _is_marked(board: Board, hit: CueHit, index: int) -> bool:
    """Whether an infinitive stands alone behind its mark: "urged residents to | leave"."""
    marked = (
        "object" in hit.entry.takes
        and index > 0
        and board.tokens.lower[index - 1] in board.language.grammar.infinitive_marks
    )
    return marked and is_infinitive(board.tokens, index, marked=False)


def _supposed(board: Board, hit: CueHit) -> bool:
    """Whether a verb stands in a condition: "if the council says that …" reports nothing."""
    tokens = board.tokens
    conditions = board.language.attributes.conditions
    return any(
        tokens.dep[child] == "mark" and tokens.lower[child] in conditions for child in tokens.children[hit.subject_of]
    )


def _to_quotation_end(board: Board, clause: Span) -> Span:
    """A clause whose end lies inside a quotation that began in it goes on to the end of the quotation."""
    last = min(clause.end, len(board.tokens)) - 1
    within = board.around[last]
    if within is not None and within.first >= clause.start:
        return Span(clause.start, max(clause.end, within.last))
    return clause
