"""What people correct in a reading: a statement is none, was missed, has another source or other bounds.

A correction is anchored to the words it is about, not to a reading's numbers: it finds its statement in any later
reading, and its words in a later text of the article if they are there once. It always wins over the reading. What it
cannot find any more does nothing and is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from selon.language import load
from selon.library.sources import folded
from selon.steps.headline import headline_check
from selon.steps.profile import profile
from selon.steps.quotations import quotations
from selon.types import (
    CORRECTION,
    Article,
    Cue,
    Form,
    Passage,
    Reading,
    Record,
    Source,
    SourceKind,
    Statement,
    StatementKind,
)

Action = Literal["none", "missed", "source", "bounds"]
_ALIKE = 0.5
_ACTIONS: tuple[Action, ...] = ("bounds", "missed", "none", "source")


class Correction(Record, frozen=True, kw_only=True):
    """One correction. `statement` has the words of the statement it is about (of a missed one: its content).

    `content` has the new bounds; `sources` the names of the right sources, none where nobody is named; `source_kind`
    is for those that the article does not have yet. Cue, mention and kind are for a missed statement.
    """

    action: Action
    statement: tuple[Passage, ...]
    content: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    source_kind: SourceKind = "person"
    cue: Passage | None = None
    mention: Passage | None = None
    kind: StatementKind = "speech"
    note: str = ""


def corrected(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading with the corrections that find their words in it, in their order; its profile is made again.

    Statements keep their ids; a missed one gets the next free one. `why` of what was corrected begins with
    "correction", and its confidence is 1.
    """
    before = reading
    for correction in corrections:
        found = relocated(correction, reading.article)
        if found is not None:
            reading = _APPLY[found.action](reading, found)
    return reading if reading is before else _with_profile(reading)


def relocated(correction: Correction, article: Article) -> Correction | None:
    """The correction with its passages where their words stand in this text; None where they do not, or not once."""
    moved: dict[str, object] = {}
    for field in ("statement", "content"):
        passages = [_relocated(passage, article) for passage in getattr(correction, field)]
        if None in passages:
            return None
        moved[field] = tuple(passages)
    for field in ("cue", "mention"):
        passage = getattr(correction, field)
        moved[field] = _relocated(passage, article) if passage is not None else None
    return msgspec.structs.replace(correction, **moved)


def match(reading: Reading, passages: Sequence[Passage]) -> Statement | None:
    """The statement whose content shares most with the passages, if that is half of what both have together."""
    wanted = _points(passages)
    best = max(reading.statements, key=lambda one: _likeness(wanted, _points(one.content)), default=None)
    return best if best is not None and _likeness(wanted, _points(best.content)) >= _ALIKE else None


def form_of(article: Article, content: Sequence[Passage]) -> Form:
    """Whether a content is all, partly or not in quotation marks."""
    text = (article.title or "") if content[0].where == "title" else article.text
    quoted = {point for one in quotations(text).quotations for part in one.parts for point in range(*part)}
    points = [point for part in content for point in range(part.start, part.end) if text[point].isalnum()]
    inside = sum(point in quoted for point in points)
    return "direct" if inside == len(points) else "mixed" if inside else "indirect"


# --- the four actions


def _none(reading: Reading, correction: Correction) -> Reading:
    gone = match(reading, correction.statement)
    if gone is None:
        return reading
    rest = tuple(
        msgspec.structs.replace(one, inside=gone.inside) if one.inside == gone.id else one
        for one in reading.statements
        if one.id != gone.id
    )
    return msgspec.structs.replace(reading, statements=rest)


def _missed(reading: Reading, correction: Correction) -> Reading:
    there = match(reading, correction.statement)
    if there is not None:
        return reading if there.why.startswith(CORRECTION) or not correction.sources else _source(reading, correction)
    reading, sources = _sources(reading, correction)
    cue = correction.cue
    new = Statement(
        id=str(1 + max((int(one.id) for one in reading.statements), default=0)),
        form=form_of(reading.article, correction.statement),
        kind=correction.kind,
        content=correction.statement,
        cue=Cue(start=cue.start, end=cue.end, text=cue.text, where=cue.where, lemma=cue.text.lower()) if cue else None,
        mention=correction.mention,
        sources=sources,
        act="say",
        addressee=None,
        medium=None,
        when=None,
        inside=_around(reading, correction.statement),
        hedged_by=None,
        denied=False,
        confidence=1.0,
        why=f"{CORRECTION}: missed",
    )
    statements = sorted([*reading.statements, new], key=lambda one: (one.content[0].where == "title", _start(one)))
    return msgspec.structs.replace(reading, statements=tuple(statements))


def _source(reading: Reading, correction: Correction) -> Reading:
    this = match(reading, correction.statement)
    if this is None:
        return reading
    reading, sources = _sources(reading, correction)
    return _changed(reading, this, sources=sources, why=f"{CORRECTION}: source")


def _bounds(reading: Reading, correction: Correction) -> Reading:
    this = match(reading, correction.statement) or match(reading, correction.content)
    if this is None:
        return reading
    form = form_of(reading.article, correction.content)
    return _changed(reading, this, content=correction.content, form=form, why=f"{CORRECTION}: bounds")


_APPLY = dict(zip(_ACTIONS, (_bounds, _missed, _none, _source), strict=True))


def _changed(reading: Reading, this: Statement, **changes: object) -> Reading:
    """The reading with one statement changed, which is sure from now on."""
    new = msgspec.structs.replace(this, confidence=1.0, **changes)
    return msgspec.structs.replace(reading, statements=tuple(new if one is this else one for one in reading.statements))


def _sources(reading: Reading, correction: Correction) -> tuple[Reading, tuple[str, ...]]:
    """The ids of the sources that are named, and the reading with those among them that it did not have."""
    ids: list[str] = []
    for name in correction.sources:
        there = next((one for one in reading.sources if folded(one.name) == folded(name)), None)
        if there is None:
            there = _new_source(reading, name, correction)
            reading = msgspec.structs.replace(reading, sources=(*reading.sources, there))
        ids.append(there.id)
    return reading, tuple(ids)


def _new_source(reading: Reading, name: str, correction: Correction) -> Source:
    number = 1 + max((int(source.id[1:]) for source in reading.sources), default=0)
    kind = correction.source_kind
    return Source(
        id=f"s{number}",
        name=name,
        kind=kind,
        named=kind != "anonymous",
        gender="unknown" if kind == "person" else "none",
        roles=(),
        speaks_for=None,
        mentions=(correction.mention,) if correction.mention else (),
    )


def _with_profile(reading: Reading) -> Reading:
    """The reading without sources that have lost their last statement, and with its profile made again."""
    speaking = {source for one in reading.statements for source in one.sources}
    spoken_for = {source.speaks_for for source in reading.sources if source.id in speaking}
    sources = tuple(source for source in reading.sources if source.id in speaking or source.id in spoken_for)
    article, language = reading.article, load(reading.article.language)
    headline = headline_check(article.title, reading.statements, language)
    made = profile(
        article, reading.statements, sources, language, hearsay=reading.profile.hearsay, headline=headline
    )  # fmt: skip
    return msgspec.structs.replace(reading, sources=sources, profile=made)


# --- passages


def _relocated(passage: Passage, article: Article) -> Passage | None:
    text = (article.title or "") if passage.where == "title" else article.text
    if text[passage.start : passage.end] == passage.text:
        return passage
    start = text.find(passage.text)
    if start < 0 or text.find(passage.text, start + 1) >= 0:
        return None
    return msgspec.structs.replace(passage, start=start, end=start + len(passage.text))


def _around(reading: Reading, content: Sequence[Passage]) -> str | None:
    """The smallest statement whose content holds this one."""
    points = _points(content)
    holding = [one for one in reading.statements if points < _points(one.content)]
    return min(holding, key=lambda one: len(_points(one.content))).id if holding else None


def _points(passages: Sequence[Passage]) -> set[int]:
    """The code points of passages; those of the title are counted below zero."""
    return {-1 - at if part.where == "title" else at for part in passages for at in range(part.start, part.end)}


def _likeness(left: set[int], right: set[int]) -> float:
    return len(left & right) / len(left | right) if left or right else 0.0


def _start(statement: Statement) -> int:
    return statement.content[0].start
