"""Gives quotations the cues that report them: before, after, inside, as an object, or none at all.

Uses of a token: word, part of speech, morphology; the parse through `clauses` and `mentions`.
"""

from __future__ import annotations

from selon.steps.board import ENDS, VERBAL, Board, Draft, Quoted
from selon.steps.clauses import clause_after
from selon.steps.cues import CueHit
from selon.steps.mentions import mention_of, subject_before
from selon.steps.subjects import Mention
from selon.steps.verbs import is_finite
from selon.types import Span

_NEAR_OBJECT = 9
_ROLE = 3


def quotations_before_cues(board: Board, hits: list[CueHit]) -> None:
    by_sentence: dict[int, list[CueHit]] = {}
    for hit in hits:
        by_sentence.setdefault(board.tokens.sentence[hit.head], []).append(hit)
    for number, quoted in enumerate(board.quoted):
        if quoted.last >= len(board.tokens) or quoted.first in board.taken:
            continue
        for hit in by_sentence.get(board.tokens.sentence[quoted.last], ()):
            if hit.head in board.used or hit.first < quoted.last or not _reports_back(board, quoted, hit):
                continue
            lead = _lead_in(board, quoted)
            if lead is not None:
                board.add(hit, [lead], [], "quotation before its cue")
                board.taken.add(quoted.first)
                break
            draft = board.add(hit, [], [quoted], "quotation before its cue", _with_role(board, quoted, hit))
            _joined_before(board, number, draft)
            _resumed(board, number, draft)
            break


def _lead_in(board: Board, quoted: Quoted) -> Span | None:
    """Unmarked words of the same sentence before a quotation that belong to what is said with it."""
    tokens = board.tokens
    sentence = tokens.sentences[tokens.sentence[quoted.first]]
    if board.heads_sentence(quoted) or tokens.word[quoted.first - 1] == ",":
        return None
    start = sentence.start
    while start < quoted.first and tokens.pos[start] in ("CCONJ", "PUNCT") and tokens.word[start] != '"':
        start += 1
    if quoted.first - start < 2 or any(hit.shape == "verb" and start <= hit.head < quoted.first for hit in board.hits):
        return None
    if board.around[start] is not None or ":" in tokens.word[start : quoted.first]:
        return None  # "Lire aussi : Un pont ferme « On ne passe plus », dit Anne"
    return Span(start, quoted.last)


def _reports_back(board: Board, quoted: Quoted, hit: CueHit) -> bool:
    """Whether a cue after a quotation reports it: right after it, or with its subject between."""
    tokens = board.tokens
    if "quotation" not in hit.entry.takes or hit.passive or hit.shape == "participle":
        return False
    first = quoted.last
    while first < hit.first and tokens.pos[first] == "PUNCT" and tokens.word[first] not in ENDS:
        first += 1
    if _ended_before(board, quoted, first) and not _says_no_more(board, hit, first):
        return False
    if first == hit.first:
        return first > quoted.last or board.heads_sentence(quoted) or board.finite_between(quoted.first, quoted.last)
    between = range(first, hit.first)
    if len(between) > 25 or any(
        tokens.pos[index] in VERBAL and "VerbForm=Fin" in tokens.morph[index] and tokens.dep[index] != "acl:relcl"
        for index in between
    ):
        return False
    small = board.language.grammar.object_pronouns
    if len(between) <= 3 and all(
        tokens.pos[index] in ("PRON", "ADV", "PART", "AUX") or tokens.lower[index] in small for index in between
    ):
        return not _has_clause(board, hit) and (_runs_on(board, quoted) or not _opens_quotation(board, hit))
    mention = mention_of(tokens, hit, board.language).tokens
    if mention is None or mention.start < quoted.last or mention.end > hit.first:
        return False
    if not _runs_on(board, quoted) and tokens.word[quoted.last - 2] not in ENDS:
        return False  # a heading or a name in marks, and then a sentence
    lead = range(first, mention.start)
    near = all(tokens.pos[index] in ("ADV", "PUNCT", "DET", "ADP") for index in lead)
    near = near or (_runs_on(board, quoted) and _is_role(board, lead))
    return near and not _has_clause(board, hit) and (_runs_on(board, quoted) or not _opens_quotation(board, hit))


def _is_role(board: Board, lead: range) -> bool:
    """Whether nouns stand right before a name: '…," tenant | Rosa Field told the inquest'."""
    tokens = board.tokens
    words = all(tokens.pos[index] in ("NOUN", "ADJ", "PROPN") for index in lead)
    return 0 < len(lead) <= _ROLE and words and tokens.pos[lead.stop] == "PROPN"


def _with_role(board: Board, quoted: Quoted, hit: CueHit) -> Mention:
    """The source of a cue after a quotation, with the role between them before its name."""
    mention = mention_of(board.tokens, hit, board.language)
    first = quoted.last + (board.tokens.word[quoted.last] == ",")
    group = mention.tokens
    if group is None or group.end > hit.first or not _is_role(board, range(first, group.start)):
        return mention
    return Mention(Span(first, group.end), mention.unexpressed)


def _runs_on(board: Board, quoted: Quoted) -> bool:
    """Whether a comma closes a quotation, in its marks or behind them: a cue follows, and perhaps more of it."""
    return "," in (board.tokens.word[quoted.last - 2], board.tokens.word[quoted.last])


def _ended_before(board: Board, quoted: Quoted, first: int) -> bool:
    """Whether a quotation ends its sentence with a full stop, and another sentence begins at `first`."""
    tokens = board.tokens
    stopped = quoted.last - 2 > quoted.first and tokens.word[quoted.last - 2] in (".", "…")
    return stopped and first < len(tokens) and first == quoted.last and tokens.word[first][0].isupper()


def _says_no_more(board: Board, hit: CueHit, first: int) -> bool:
    """Whether a sentence that begins at `first` holds only a source and a cue: "He said.", "Said Anne Roux."."""
    end = board.tokens.sentences[board.tokens.sentence[hit.head]].end
    mention = mention_of(board.tokens, hit, board.language).tokens
    if mention is None:
        return False
    known = set(range(hit.first, hit.last)) | set(range(*mention))
    return all(index in known or board.tokens.pos[index] in ("PUNCT", "ADV") for index in range(first, end))


def _own_content(board: Board, hit: CueHit) -> bool:
    """Whether a cue has a clause or a quotation after it."""
    clause = clause_after(board.tokens, hit, board.reach(hit), board.firsts, board.language)
    return clause is not None or _opens_quotation(board, hit)


def _has_clause(board: Board, hit: CueHit) -> bool:
    clause = clause_after(board.tokens, hit, board.reach(hit), board.firsts, board.language)
    return clause is not None and board.tokens.word[clause.start] != '"'


def _opens_quotation(board: Board, hit: CueHit) -> bool:
    """Whether a quotation begins after a cue in its sentence, with no verb between: right there, or after , or :."""
    tokens = board.tokens
    end = tokens.sentences[tokens.sentence[hit.head]].end
    for index in range(hit.last, min(end, hit.last + _NEAR_OBJECT)):
        if tokens.word[index] == ":":
            return True
        if tokens.word[index] == '"':
            return index == hit.last or tokens.word[index - 1] == ","
        if is_finite(tokens, index):
            return False
    return False


def _joined_before(board: Board, number: int, draft: Draft) -> None:
    """Quotations right before that are closed and reopened back to back belong to it."""
    while number > 0:
        before, this = board.quoted[number - 1], board.quoted[number]
        if before.first in board.taken or not board.back_to_back(before, this) or not board.heads_sentence(before):
            return
        if not board.same_paragraph(before.first, this.first):
            return
        draft.quoted.insert(0, before)
        board.taken.add(before.first)
        number -= 1


def _resumed(board: Board, number: int, draft: Draft) -> None:
    """« A », dit X. « B » and « A », dit X, « B »: B belongs to A unless it has a cue of its own."""
    if number + 1 >= len(board.quoted) or draft.hit is None:
        return
    following = board.quoted[number + 1]
    if following.first in board.taken or _has_cue_behind(board, following):
        return
    end = draft.hit.last if draft.mention.tokens is None else max(draft.hit.last, draft.mention.tokens.end)
    between = range(end, following.first)
    tokens = board.tokens
    if len(between) > 25 or board.finite_between(_past_relative(board, end), following.first):
        return
    words = [tokens.word[index] for index in between]
    if ":" in words or sum(word in ENDS for word in words) > 1:
        return
    if words and words[-1] not in ENDS and words[-1] not in (",", "-", "–", "—"):
        return
    draft.quoted.append(following)
    board.taken.add(following.first)
    if number + 2 < len(board.quoted) and board.back_to_back(following, board.quoted[number + 2]):
        draft.quoted.append(board.quoted[number + 2])
        board.taken.add(board.quoted[number + 2].first)


def _past_relative(board: Board, end: int) -> int:
    """Past the relative clause that tells who the source is: « A », dit X, | qui tient le kiosque. « B »."""
    tokens = board.tokens
    if tokens.word[end : end + 1] != [","] or tokens.lower[end + 1] not in board.language.grammar.relatives:
        return end
    last = tokens.sentences[tokens.sentence[end]].end
    stop = next((index for index in range(end, last) if tokens.word[index] in (*ENDS, '"')), last)
    return stop if tokens.word[stop : stop + 1] != ['"'] else end


def _has_cue_behind(board: Board, quoted: Quoted) -> bool:
    """Whether a quotation is followed by a cue that reports it."""
    if quoted.last >= len(board.tokens):
        return False
    sentence = board.tokens.sentences[board.tokens.sentence[quoted.last]]
    if sentence.start == quoted.last and board.tokens.word[quoted.last] in ENDS:
        return False
    return any(
        hit.first >= quoted.last and _reports_back(board, quoted, hit)
        for hit in board.hits
        if quoted.last <= hit.head < min(sentence.end, quoted.last + 30) and hit.shape == "verb"
    )


def quotations_after_cues(board: Board, hits: list[CueHit]) -> None:
    by_sentence: dict[int, list[CueHit]] = {}
    for hit in hits:
        by_sentence.setdefault(board.tokens.sentence[hit.head], []).append(hit)
    for number, quoted in enumerate(board.quoted):
        colon = quoted.first - 1
        if quoted.first in board.taken or colon < 0 or board.tokens.word[colon] not in (":", ","):
            continue
        is_colon = board.tokens.word[colon] == ":"
        before = [
            hit
            for hit in by_sentence.get(board.tokens.sentence[colon], ())
            if hit.last <= colon
            and hit.head not in board.used
            and ("quotation" in hit.entry.takes or (is_colon and hit.shape == "noun"))
        ]
        nearest = _best_before(board, before, colon, is_colon)
        if nearest is not None:
            draft = board.add(nearest, [], [quoted], "cue before its quotation")
            _more_after(board, number, draft)


def _best_before(board: Board, before: list[CueHit], colon: int, is_colon: bool) -> CueHit | None:
    """Of the cues before a colon the nearest verb that is no relative clause; before a comma only a neighbour."""
    tokens = board.tokens
    verbs = [hit for hit in before if hit.shape in ("verb", "participle")]
    for hit in reversed(verbs):
        if not is_colon and (colon - hit.last > 6 or board.finite_between(hit.last, colon)):
            continue
        if tokens.dep[hit.head] != "acl:relcl" or hit is verbs[0]:
            return hit
    nouns = [hit for hit in before if hit.shape == "noun"]
    return nouns[-1] if nouns and is_colon and not verbs else None


def _more_after(board: Board, number: int, draft: Draft) -> None:
    while number + 1 < len(board.quoted) and board.back_to_back(board.quoted[number], board.quoted[number + 1]):
        number += 1
        if board.quoted[number].first in board.taken or _has_cue_behind(board, board.quoted[number]):
            return
        draft.quoted.append(board.quoted[number])
        board.taken.add(board.quoted[number].first)


def quotations_as_objects(board: Board, hits: list[CueHit]) -> None:
    for number, quoted in enumerate(board.quoted):
        if quoted.first in board.taken or board.is_name(quoted):
            continue
        sentence = board.tokens.sentence[quoted.first]
        for hit in reversed(hits):
            if hit.last > quoted.first or hit.head in board.used or "quotation" not in hit.entry.takes:
                continue
            if board.tokens.sentence[hit.head] != sentence or quoted.first - hit.last > _NEAR_OBJECT:
                break
            if board.finite_between(hit.last, quoted.first) or hit.passive:
                break
            if hit.entry.speakers_only and board.is_thing(mention_of(board.tokens, hit, board.language)):
                break
            draft = board.add(hit, [], [quoted], "quotation as the object of its cue")
            _more_after(board, number, draft)
            _coordinated(board, number, draft)
            break


def _coordinated(board: Board, number: int, draft: Draft) -> None:
    """« A » et « B » after one cue are two parts of one content."""
    while number + 1 < len(board.quoted):
        this, following = board.quoted[number], board.quoted[number + 1]
        between = range(this.last, following.first)
        if following.first in board.taken or len(between) > 4:
            return
        if any(this.last <= hit.head < following.first and "quotation" in hit.entry.takes for hit in board.hits):
            return
        if board.tokens.sentence[this.last - 1] != board.tokens.sentence[following.first]:
            return
        if not any(board.tokens.pos[index] == "CCONJ" or board.tokens.word[index] == "," for index in between):
            return
        draft.quoted.append(following)
        board.taken.add(following.first)
        number += 1


def quotations_without_cues(board: Board) -> None:
    for number, quoted in enumerate(board.quoted):
        if quoted.first in board.taken or not _speaks(board, quoted):
            continue
        introduced = quoted.first > 0 and board.tokens.word[quoted.first - 1] == ":"
        mention = subject_before(board.tokens, quoted.first - 1, board.language) if introduced else Mention(None, False)
        draft = Draft(None, mention, [], [quoted], "quotation without a cue")
        board.drafts.append(draft)
        board.taken.add(quoted.first)
        _more_after(board, number, draft)


def _is_paragraph(board: Board, quoted: Quoted) -> bool:
    """Whether a quotation is all of its paragraph: an answer."""
    return any(first == quoted.first and last <= quoted.last for first, last in board.tokens.paragraphs)


def _speaks(board: Board, quoted: Quoted) -> bool:
    """Whether a quotation without a cue is somebody's words rather than a title, a name or a scare quote."""
    tokens = board.tokens
    inside = range(quoted.first + 1, quoted.last - 1)
    words = sum(tokens.word[index][0].isalnum() for index in inside)
    finite = board.finite_between(quoted.first + 1, quoted.last)
    before = tokens.word[quoted.first - 1] if quoted.first else "."
    heads = (
        quoted.first == 0
        or before in ENDS
        or before in (":", '"')
        or tokens.sentences[tokens.sentence[quoted.first]].start == quoted.first
    )
    if _is_paragraph(board, quoted) and tokens.word[quoted.last - 2] in ENDS:
        return words > 0
    if heads:
        return words >= 3 and (finite or tokens.word[quoted.last - 2] in ENDS)
    return words >= 7 and finite and tokens.word[quoted.first + 1][0].isupper()
