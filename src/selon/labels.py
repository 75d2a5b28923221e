"""What reports and tables call things in a language: the record of its `labels.toml`."""

from __future__ import annotations

from selon.types import Act, Carried, Form, Hedge, SourceKind, StatementKind
from selon.wordlists import WordList


class Labels(WordList, frozen=True, kw_only=True):
    """`labels.toml`: what reports and tables call things.

    Words in braces are put in by the program. A pair `*_one`, `*_many` is chosen by the number. `forms` to
    `carried` have a word for every value of the record; `quotation_*` and `percent` come with their spaces.
    """

    tagline: str
    who: str
    how: str
    what: str
    number: str
    statement_one: str
    statement_many: str
    word_one: str
    word_many: str
    article_many: str
    percent: str
    date: str
    colon: str
    quotation_open: str
    quotation_close: str
    author: str
    attributed: str
    unexpressed: str
    profile: str
    sources: str
    statements: str
    text: str
    contents: str
    reading_help: str
    show_content: str
    show_cue: str
    show_mention: str
    show_hearsay: str
    show_inner: str
    show_all: str
    by_kind: str
    genders: str
    women: str
    men: str
    gender_unknown: str
    unnamed: str
    anonymous: str
    anonymous_none: str
    second_hand: str
    single_source: str
    speaks_for: str
    with_spokesmen: str
    hearsay_one: str
    hearsay_many: str
    hearsay_short: str
    headline: str
    headline_by: str
    in_title: str
    inside: str
    denied: str
    corrected: str
    continued: str
    addressee: str
    medium: str
    when: str
    confidence: str
    found_by: str
    in_text: str
    warnings: str
    made_by: str
    forms: dict[Form, str]
    kinds: dict[StatementKind, str]
    source_kinds: dict[SourceKind, str]
    acts: dict[Act, str]
    hedges: dict[Hedge, str]
    carried: dict[Carried, str]
