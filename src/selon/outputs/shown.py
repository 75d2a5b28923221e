"""What tables and reports show of a reading: its sources with their colours, its statements with their signs.

Worked out once, so that the same source has the same colour and name wherever it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from selon.labels import Labels
from selon.language import Language, load
from selon.types import CORRECTION, Passage, Reading, Source, SourceShare, Statement

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_GAP = " […] "
# Between a mark and the space that French puts at its side no line may end.
TIGHT_MARKS = re.compile(r"[«‹] | [»›?!:;%]+")


class ShownSource(msgspec.Struct, frozen=True):
    """A source and what it carries. `colour` counts from 0, most words first; None where it says nothing.

    `about` has its kind, its roles and for whom it speaks, without what its name or another of these tells already.
    """

    source: Source
    colour: int | None
    carries: SourceShare | None
    kind: str
    about: tuple[str, ...]
    statements: tuple[str, ...]


class ShownStatement(msgspec.Struct, frozen=True):
    """A statement with the names and colours of its sources, and what is to be noted, each a few words.

    `first_of` has the colours of those sources that have said nothing before it.
    """

    statement: Statement
    names: tuple[str, ...]
    colours: tuple[int, ...]
    first_of: tuple[int, ...]
    in_title: bool
    how: str
    signs: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True):
    """A reading as it is shown, with the words of a language: its own, or the one its reader has."""

    reading: Reading
    language: str
    labels: Labels
    sources: tuple[ShownSource, ...]
    statements: tuple[ShownStatement, ...]
    published: str | None


def shown(reading: Reading, language: Language | None = None) -> Shown:
    """What is shown of a reading, in the words of a language or, where none is given, of the article's.

    Raises LanguageError where the article's language is not there.
    """
    language = language or load(reading.article.language)
    labels = language.labels
    names = {source.id: source.name for source in reading.sources}
    colours = _colours(reading)
    carries = {share.source: share for share in reading.profile.by_source}
    said: dict[str, list[str]] = {}
    for statement in reading.statements:
        for source_id in statement.sources:
            said.setdefault(source_id, []).append(statement.id)
    sources = [
        ShownSource(
            source=source,
            colour=colours.get(source.id),
            carries=carries.get(source.id),
            kind=labels.source_kinds[source.kind],
            about=_about(source, names, labels),
            statements=tuple(said.get(source.id, ())),
        )
        for source in reading.sources
    ]
    silent = len(colours)
    sources.sort(key=lambda entry: silent if entry.colour is None else entry.colour)
    return Shown(
        reading=reading,
        language=language.code,
        labels=labels,
        sources=tuple(sources),
        statements=tuple(_statement(statement, names, colours, said, labels) for statement in reading.statements),
        published=day(reading.article.published, language),
    )


def _about(source: Source, names: dict[str, str], labels: Labels) -> tuple[str, ...]:
    roles = [role for role in source.roles if role.casefold() not in source.name.casefold()]
    about = [labels.source_kinds[source.kind], *roles]
    principal = names.get(source.speaks_for or "")
    if principal is not None and not any(principal.casefold() in told.casefold() for told in (source.name, *roles)):
        about.append(labels.speaks_for.format(name=principal))
    return tuple(about)


def _colours(reading: Reading) -> dict[str, int]:
    """Sources with most words first, then those who speak only inside another's words or in the headline."""
    order = [share.source for share in reading.profile.by_source]
    order.extend(source_id for statement in reading.statements for source_id in statement.sources)
    return {source_id: number for number, source_id in enumerate(dict.fromkeys(order))}


def _statement(
    statement: Statement,
    names: dict[str, str],
    colours: dict[str, int],
    said: dict[str, list[str]],
    labels: Labels,
) -> ShownStatement:
    in_title = statement.content[0].where is not msgspec.UNSET if statement.content else False
    how = labels.forms[statement.form]
    if statement.kind == "thought":
        how = f"{how}, {labels.kinds[statement.kind]}"
    signs: list[str] = []
    if in_title:
        signs.append(labels.in_title)
    if statement.inside is not None:
        signs.append(labels.inside.format(number=statement.inside))
    if statement.hedged_by is not None:
        signs.append(labels.hedges[statement.hedged_by])
    if statement.denied:
        signs.append(labels.denied)
    if statement.why.startswith(CORRECTION):
        signs.append(labels.corrected)
    return ShownStatement(
        statement=statement,
        names=tuple(names.get(source_id, source_id) for source_id in statement.sources),
        colours=tuple(colours[source_id] for source_id in statement.sources),
        first_of=tuple(
            colours[source_id] for source_id in dict.fromkeys(statement.sources) if said[source_id][0] == statement.id
        ),
        in_title=in_title,
        how=how,
        signs=tuple(signs),
    )


def joined(parts: Sequence[Passage]) -> str:
    """The passages of a content as one text, with a sign where the article says something between them."""
    return _GAP.join(part.text for part in parts)


def day(published: str | None, language: Language) -> str | None:
    """A date as people write it: "2025-03-13T08:00" as 13 mars 2025; one that is no date as it stands."""
    match = _DAY.match(published or "")
    if match is None or not 1 <= int(match[2]) <= len(language.dates.months):
        return published
    month = language.dates.months[int(match[2]) - 1]
    return language.labels.date.format(day=int(match[3]), month=month, year=match[1])


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return (one if count == 1 else many).format(count=count)


def percent(share: float, labels: Labels) -> str:
    """A share of 0 to 1 in the language's way of writing percents."""
    return labels.percent.format(number=round(100 * share))


def without_controls(text: str) -> str:
    """Text that can do nothing to a terminal: control and direction-changing characters are left out.

    >>> without_controls("\\x1b[31mred\\n")
    '[31mred '
    """
    return "".join(
        character
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else " " * (character in "\n\t\u2028\u2029")
        for character in text
    )


def facts(this: Shown) -> list[str]:
    """What is worth knowing of what the article rests on besides who carries how much, one phrase each."""
    profile, labels = this.reading.profile, this.labels
    found: list[str] = []
    if profile.attributed_words:
        found.append(labels.attributed.format(share=percent(profile.attributed_share, labels)))
    if profile.single_source:
        found.append(labels.single_source)
    if profile.unnamed_share:
        without = percent(profile.anonymous_share, labels)
        anonymous = labels.anonymous.format(share=without) if profile.anonymous_share else labels.anonymous_none
        found.append(f"{labels.unnamed.format(share=percent(profile.unnamed_share, labels))} ({anonymous})")
    if profile.second_hand:
        count = counted(profile.second_hand, labels.statement_one, labels.statement_many)
        found.append(labels.second_hand.format(count=count))
    if profile.hearsay:
        found.append(counted(len(profile.hearsay), labels.hearsay_one, labels.hearsay_many))
    names = {source.id: source.name for source in this.reading.sources}
    spoken_for = {source.speaks_for for source in this.reading.sources if source.kind != "document"}
    for source_id, share in profile.speaks_for.items():
        if source_id not in spoken_for:
            continue  # a report bears its issuer's name already
        name = names.get(source_id, source_id)
        found.append(labels.with_spokesmen.format(name=name, share=percent(share, labels)))
    return found


def genders(this: Shown) -> str | None:
    """Statements by women, men and persons whose gender is not shown; None where no person speaks."""
    gender, labels = this.reading.profile.gender, this.labels
    counts = ((gender.f, labels.women), (gender.m, labels.men), (gender.unknown, labels.gender_unknown))
    told = [words.format(count=count) for count, words in counts if count]
    return f"{labels.genders}{labels.colon}{', '.join(told)}" if told else None


def by_kind(this: Shown) -> list[tuple[str, str]]:
    """Each kind of source and its share of the words reported, most first."""
    labels = this.labels
    shares = this.reading.profile.by_kind
    told = [(word, shares[kind].share) for kind, word in labels.source_kinds.items() if kind in shares]
    told.sort(key=lambda pair: -pair[1])
    return [(word, percent(share, labels)) for word, share in told]


def headline(this: Shown) -> str | None:
    """Whether anything said carries the headline, and which statements do."""
    check, labels = this.reading.profile.headline, this.labels
    if check is None:
        return None
    verdict = labels.carried[check.carried]
    return f"{verdict} ({labels.headline_by.format(numbers=', '.join(check.by))})" if check.by else verdict
