"""What holds of every reading, whatever the text: tests of the reader and of its inputs may ask for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from selon.types import Passage, Reading, Statement


def faults(reading: Reading) -> list[str]:
    """Everything about a reading that cannot be, a line each; empty where all is in order."""
    return [
        *_of_passages(reading),
        *_of_statements(reading),
        *_of_sources(reading),
        *_of_profile(reading),
        *_of_record(reading),
    ]


def _in_title(passage: Passage) -> bool:
    return passage.where == "title"


def _passages(reading: Reading) -> Iterator[tuple[str, Passage]]:
    for statement in reading.statements:
        for name in ("cue", "mention", "addressee", "medium", "when"):
            passage = getattr(statement, name)
            if passage is not None:
                yield f"{name} of {statement.id}", passage
        for part in statement.content:
            yield f"content of {statement.id}", part
    for source in reading.sources:
        for mention in source.mentions:
            yield f"mention of {source.id}", mention
    for passage in reading.profile.hearsay:
        yield "hearsay", passage


def _of_passages(reading: Reading) -> Iterator[str]:
    for name, passage in _passages(reading):
        text = (reading.article.title or "") if _in_title(passage) else reading.article.text
        if not 0 <= passage.start < passage.end <= len(text):
            yield f"{name} is empty or reaches outside: {passage}"
        elif text[passage.start : passage.end] != passage.text:
            yield f"{name} is {passage.text!r}, but there stands {text[passage.start : passage.end]!r}"
        elif not passage.text.strip():
            yield f"{name} is blank: {passage}"


def _of_statements(reading: Reading) -> Iterator[str]:
    by_id = {statement.id: statement for statement in reading.statements}
    if list(by_id) != [str(number + 1) for number in range(len(reading.statements))]:
        yield f"ids of statements are {[statement.id for statement in reading.statements]}"
    sources = {source.id for source in reading.sources}
    for statement in reading.statements:
        yield from _of_content(statement)
        if not sources.issuperset(statement.sources) or len(set(statement.sources)) != len(statement.sources):
            yield f"sources of {statement.id} are {statement.sources}"
        if not 0 <= statement.confidence <= 1 or round(statement.confidence, 2) != statement.confidence:
            yield f"confidence of {statement.id} is {statement.confidence}"
        if not statement.why:
            yield f"{statement.id} does not say why"
        if statement.when is not None and statement.when.date is not None:
            datetime.date.fromisoformat(statement.when.date)
        if statement.inside is not None:
            yield from _of_nesting(statement, by_id)


def _of_content(statement: Statement) -> Iterator[str]:
    if not statement.content:
        yield f"{statement.id} says nothing"
    if len({_in_title(part) for part in statement.content}) > 1:
        yield f"{statement.id} stands in the headline and in the text"
    for one, other in pairwise(statement.content):
        if other.start < one.end:
            yield f"content of {statement.id} overlaps itself or is not in order: {one.text!r}, {other.text!r}"
    cue = statement.cue
    for part in statement.content if cue is not None else ():
        if cue is not None and part.where == cue.where and cue.start < part.end and part.start < cue.end:
            yield f"cue of {statement.id}, {cue.text!r}, stands in what is said: {part.text!r}"


def _of_nesting(statement: Statement, by_id: dict[str, Statement]) -> Iterator[str]:
    seen = {statement.id}
    outer: Statement | None = statement
    while outer is not None and outer.inside is not None:
        if outer.inside not in by_id or outer.inside in seen:
            yield f"{outer.id} stands inside {outer.inside}, which is not there or stands inside it"
            return
        seen.add(outer.inside)
        outer = by_id[outer.inside]
    around = by_id[str(statement.inside)]
    if _in_title(around.content[0]) != _in_title(statement.content[0]):
        yield f"{statement.id} stands inside {around.id}, of which one is in the headline"
    if not any(part.start <= statement.content[0].start < part.end for part in around.content):
        yield f"{statement.id} does not begin inside {around.id}"


def _of_sources(reading: Reading) -> Iterator[str]:
    ids = [source.id for source in reading.sources]
    if len(set(ids)) != len(ids):
        yield f"ids of sources are {ids}"
    meant = {source for statement in reading.statements for source in statement.sources}
    meant.update(source.speaks_for for source in reading.sources if source.speaks_for is not None)
    for source in reading.sources:
        if source.id not in meant:
            yield f"nobody needs source {source.id}, {source.name!r}"
        if source.speaks_for is not None and (source.speaks_for not in ids or source.speaks_for == source.id):
            yield f"{source.id} speaks for {source.speaks_for}"
        if not source.name.strip() or source.name != source.name.strip():
            yield f"name of {source.id} is {source.name!r}"


def _of_profile(reading: Reading) -> Iterator[str]:
    profile = reading.profile
    if not 0 <= profile.attributed_words <= profile.words:
        yield f"{profile.attributed_words} of {profile.words} words are attributed"
    ids = {source.id for source in reading.sources}
    if not ids.issuperset([*profile.speaks_for, *(share.source for share in profile.by_source)]):
        yield "the profile counts a source that is not there"
    if profile.headline is not None and not {one.id for one in reading.statements}.issuperset(profile.headline.by):
        yield f"the headline is carried by {profile.headline.by}"
    if not profile.line.strip():
        yield "the profile has no line"


def faulty_shares(reading: Reading) -> list[str]:
    """The shares of the profile that are none, by name."""
    profile = reading.profile
    shares = {
        "attributed": profile.attributed_share,
        "top": profile.top_share,
        "unnamed": profile.unnamed_share,
        "anonymous": profile.anonymous_share,
        **{f"of {share.source}": share.share for share in profile.by_source},
        **{f"of {kind}": share.share for kind, share in profile.by_kind.items()},
        **{f"with spokesmen of {source}": share for source, share in profile.speaks_for.items()},
    }
    return [f"share {name} is {share}" for name, share in shares.items() if not 0 <= share <= 1]


def _of_record(reading: Reading) -> Iterator[str]:
    """The record goes to JSON and back."""
    if msgspec.json.decode(msgspec.json.encode(reading), type=Reading) != reading:
        yield "the record is another after a way through JSON"
