"""What the pages over a library say in a language: the record of its `web.toml`."""

from __future__ import annotations

from typing import Literal

from selon.wordlists import WordList

EchoRelation = Literal["same", "indirect", "shortened", "reworded", "translated", "misquoted", "misattributed"]
EchoDifference = Literal["number", "negation", "name", "date", "opposite", "word", "source"]
Group = Literal["total", "outlet", "section", "month", "language"]
SourceReason = Literal[
    "name", "spelling", "given", "middle", "initial", "surname", "alone", "acronym", "known", "organ",
    "several", "generic", "gender", "middles", "entry", "merged", "split",
]  # fmt: skip


class NavigationWords(WordList, frozen=True, kw_only=True):
    """`[navigation]`: what leads from page to page."""

    label: str
    skip: str
    home: str
    search: str
    articles: str
    sources: str
    echoes: str
    facing: str
    outlets: str
    about: str
    earlier: str
    later: str
    place: str
    pages: str


class HomeWords(WordList, frozen=True, kw_only=True):
    """`[home]`: the first page."""

    title: str
    holds: str
    empty: str
    empty_help: str
    articles: str
    statements: str
    sources: str
    outlets: str
    languages: str
    days: str
    days_between: str
    newest: str
    all_articles: str
    repeated: str
    all_echoes: str
    outlet: str
    no_outlet: str
    share: str


class ArticlesWords(WordList, frozen=True, kw_only=True):
    """`[articles]`: the list of articles."""

    title: str
    filter: str
    outlet: str
    language: str
    since: str
    until: str
    any: str
    show: str
    found_one: str
    found_many: str
    none: str
    none_help: str
    untitled: str
    sources_one: str
    sources_many: str


class ArticleWords(WordList, frozen=True, kw_only=True):
    """`[article]`: the page of an article."""

    versions: str
    version: str
    current: str
    older: str
    to_current: str
    record: str
    all_said: str
    echo_one: str
    echo_many: str
    facing: str


class EchoWords(WordList, frozen=True, kw_only=True):
    """`[echoes]`: statements that stand in several articles. `relations` has words for how a variant goes back to
    another one, `differences` for what is not the same in them."""

    title: str
    intro: str
    filter: str
    misquoted: str
    order: str
    outlets: str
    newest: str
    show: str
    of_source: str
    all: str
    none: str
    none_help: str
    found_one: str
    found_many: str
    first_seen: str
    articles: str
    own: str
    altered_one: str
    altered_many: str
    languages: str
    one: str
    over_time: str
    over_time_help: str
    variants: str
    after: str
    copied: str
    legend: str
    cut: str
    added: str
    other_language: str
    relations: dict[EchoRelation, str]
    differences: dict[EchoDifference, str]


class FacingWords(WordList, frozen=True, kw_only=True):
    """`[facing]`: what different sources say on one matter."""

    title: str
    intro: str
    button: str
    found_one: str
    found_many: str
    more: str
    none: str
    none_help: str
    changed: str
    also_one: str
    also_many: str
    others_one: str
    others_many: str


class OutletsWords(WordList, frozen=True, kw_only=True):
    """`[outlets]`: outlets compared. `groups` has words for what can be compared."""

    title: str
    intro: str
    by: str
    groups: dict[Group, str]
    attributed: str
    kinds: str
    unnamed: str
    single: str
    headline: str
    women: str
    unknown: str
    interval: str
    reading: str
    most_quoted: str
    share: str


class ParagraphWords(WordList, frozen=True, kw_only=True):
    """A heading and the text below it."""

    heading: str
    text: str


class SearchWords(WordList, frozen=True, kw_only=True):
    """`[search]`: the page on which the library is searched. `{place}` is the rest of what was typed."""

    title: str
    words: str
    help: str
    button: str
    narrow: str
    where: str
    said: str
    texts: str
    who: str
    kind: str
    form: str
    act: str
    denied: str
    only_denied: str
    not_denied: str
    outlet: str
    section: str
    language: str
    month: str
    since: str
    until: str
    order: str
    relevance: str
    date: str
    any: str
    found_one: str
    found_many: str
    found_more: str
    none: str
    none_help: str
    misread: str
    misread_day: str


class SourcesWords(WordList, frozen=True, kw_only=True):
    """`[sources]`: the list of sources, and the page of one. `reasons` has words for every reason of a name."""

    title: str
    filter: str
    name: str
    kind: str
    any: str
    show: str
    source: str
    articles: str
    statements: str
    found_one: str
    found_many: str
    none: str
    none_help: str
    speaks: str
    also: str
    roles: str
    why: str
    reasons: dict[SourceReason, str]
    over_time: str
    over_time_help: str
    by_outlet: str
    outlet: str
    direct: str
    all_outlets: str
    said: str
    said_in: str
    search: str
    echoes: str


class AboutWords(WordList, frozen=True, kw_only=True):
    """`[about]`: what Selon is."""

    title: str
    paragraphs: tuple[ParagraphWords, ...]
    api: str


class ApiWords(WordList, frozen=True, kw_only=True):
    """`[api]`: the page that lists what the API gives."""

    title: str
    intro: str
    schema: str
    address: str
    parameters: str
    gives: str


class FailureWords(WordList, frozen=True, kw_only=True):
    """`[failures]`: pages that say why there is nothing to show. `not_found` to `broken` are for one failure each."""

    not_found: str
    not_found_help: str
    not_understood: str
    not_understood_help: str
    no_library: str
    no_library_help: str
    broken: str
    broken_help: str
    home: str


class Interface(WordList, frozen=True, kw_only=True):
    """`web.toml`: what the pages over a library say. `thousands` stands between the thousands of a number."""

    thousands: str
    navigation: NavigationWords
    home: HomeWords
    articles: ArticlesWords
    article: ArticleWords
    search: SearchWords
    sources: SourcesWords
    echoes: EchoWords
    facing: FacingWords
    outlets: OutletsWords
    about: AboutWords
    api: ApiWords
    failures: FailureWords
