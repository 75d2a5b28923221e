"""All records of Selon. This module imports nothing of ours.

Two families: what a reading gives to its reader (`Reading` and what it holds, as JSON in `docs/record.schema.json`),
and what the steps hand to one another (`Quotation`, `Found`). All are frozen. Offsets are Unicode code points of
`Article.text` (or of `Article.title` where a passage says `in: "title"`), half open.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

Form = Literal["direct", "indirect", "mixed"]
StatementKind = Literal["speech", "thought", "document"]
SourceKind = Literal["person", "institution", "group", "document", "outlet", "anonymous"]
Gender = Literal["f", "m", "unknown", "none"]
Act = Literal[
    "say", "announce", "claim", "confirm", "deny", "admit", "promise", "accuse", "warn", "ask", "demand", "explain",
    "estimate", "recommend",
]  # fmt: skip
Hedge = Literal["author", "source"]
Carried = Literal["whole", "part", "none"]
CORRECTION = "correction"
"""How `why` begins where a person corrected the statement."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what a reading gives."""


# --- what a reading gives ---------------------------------------------------------------------------------------


class Passage(Record, frozen=True, kw_only=True):
    """A half-open range of code points: `text[start:end] == passage.text`, in the text or in the title."""

    start: int
    end: int
    text: str
    where: Literal["title"] | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="in")


class Cue(Passage, frozen=True, kw_only=True):
    """The words that report a statement, with the lemma under which the language's list has them."""

    lemma: str


class When(Passage, frozen=True, kw_only=True):
    """The time of the saying, in words, and as an ISO date where it can be told."""

    date: str | None


class Article(Record, frozen=True, kw_only=True):
    """One piece of news. A newline in the text ends a paragraph. `published` is an ISO date or date and time."""

    id: str
    language: str
    title: str | None
    byline: tuple[str, ...]
    section: str | None
    outlet: str | None
    url: str | None
    published: str | None
    text: str


class Source(Record, frozen=True, kw_only=True):
    """Who or what says something, resolved over the article."""

    id: str
    name: str
    kind: SourceKind
    named: bool
    gender: Gender
    roles: tuple[str, ...]
    speaks_for: str | None
    mentions: tuple[Passage, ...]


class Statement(Record, frozen=True, kw_only=True):
    """Something that the article hands to somebody other than its author."""

    id: str
    form: Form
    kind: StatementKind
    content: tuple[Passage, ...]
    cue: Cue | None
    mention: Passage | None
    sources: tuple[str, ...]
    act: Act
    addressee: Passage | None
    medium: Passage | None
    when: When | None
    inside: str | None
    hedged_by: Hedge | None
    denied: bool
    confidence: float
    why: str


class SourceShare(Record, frozen=True, kw_only=True):
    """What one source carries: statements, words of their contents, share of all attributed words."""

    source: str
    statements: int
    words: int
    share: float


class KindShare(Record, frozen=True, kw_only=True):
    """What the sources of one kind carry together."""

    sources: int
    statements: int
    words: int
    share: float


class GenderCount(Record, frozen=True, kw_only=True):
    """Outermost statements by persons, by what the article's own words show of their gender."""

    f: int
    m: int
    unknown: int


class Headline(Record, frozen=True, kw_only=True):
    """Whether anything said in the text carries the headline, and which statements do."""

    carried: Carried
    by: tuple[str, ...]


class Profile(Record, frozen=True, kw_only=True):
    """What an article rests on, over its outermost statements; shares are of the attributed words, two decimals."""

    words: int
    attributed_words: int
    attributed_share: float
    statements: int
    by_source: tuple[SourceShare, ...]
    top_share: float
    by_kind: dict[str, KindShare]
    unnamed_share: float
    anonymous_share: float
    single_source: bool
    second_hand: int
    speaks_for: dict[str, float]
    hearsay: tuple[Passage, ...]
    gender: GenderCount
    headline: Headline | None
    line: str


class Engine(Record, frozen=True, kw_only=True):
    """The program and the models that made a reading."""

    version: str
    models: tuple[str, ...]


class Reading(Record, frozen=True, kw_only=True):
    """An article as Selon reads it: the record of `selon read`."""

    input: str
    article: Article
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    profile: Profile
    warnings: tuple[str, ...]
    engine: Engine


# --- what the steps hand to one another ---------------------------------------------------------------------------


class Span(NamedTuple):
    """A half-open range: of code points, or of tokens where the docstring says so."""

    start: int
    end: int


class Mark(NamedTuple):
    """One quotation mark in the text: its range of code points and what it does."""

    start: int
    end: int
    role: Literal["open", "close", "reopen", "stray"]


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """A passage in quotation marks. `outer` has the marks, `parts` the inside without them, one a paragraph.

    `depth` is 0 for an outermost quotation; `closed` is false where the closing mark is missing and the end was
    guessed at the end of the paragraph.
    """

    outer: Span
    parts: tuple[Span, ...]
    depth: int
    closed: bool
    dash: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as the reading steps find it, before its source is resolved. Offsets are code points of the text.

    `entry` is the lemma of the cue's entry in the language's list ("" without a cue); `unexpressed` says that the
    cue itself leaves the source out (an agentless passive, "on dit"); `mention` may be None in a follow-on quotation,
    whose source the resolution looks for. `inside` is the index in the list of the statement that this one stands in.
    """

    form: Form
    kind: StatementKind
    content: tuple[Span, ...]
    cue: Span | None
    entry: str
    mention: Span | None
    act: Act
    unexpressed: bool
    inside: int | None
    confidence: float
    why: str
    in_title: bool = False


class Attributes(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of how one statement was said. Offsets are code points of the text."""

    act: Act
    addressee: Span | None
    medium: Span | None
    when: Span | None
    date: str | None
    hedged_by: Hedge | None
    denied: bool


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """The sources of an article, and for each statement (same order as given) the ids of its sources."""

    sources: tuple[Source, ...]
    of_statement: tuple[tuple[str, ...], ...]
