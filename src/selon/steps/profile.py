"""What an article rests on: who carries how much of what is said, and the line that says so.

All figures are over the outermost statements of the text; those of the headline repeat the text's and are left out.
Words are runs of letters and digits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from selon.language import Language
from selon.types import (
    Article,
    GenderCount,
    Headline,
    KindShare,
    Passage,
    Profile,
    Source,
    SourceShare,
    Statement,
)
from selon.wordlists import ProfileWords

_WORD = re.compile(r"[^\W_]+")
_SPELLED = 10


class Words:
    """How many words of the text chosen statements carry together, each word counted once."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        self._text = text
        self._statements = statements

    def of(self, chosen: Callable[[Statement], bool]) -> int:
        """The words of the contents of the statements that `chosen` is true of."""
        return _words_covered(self._text, (part for one in self._statements if chosen(one) for part in one.content))


def profile(
    article: Article,
    statements: Sequence[Statement],
    sources: Sequence[Source],
    language: Language,
    *,
    hearsay: tuple[Passage, ...],
    headline: Headline | None,
) -> Profile:
    """The profile of an article from its statements and sources."""
    in_text = statements_in_text(statements)
    outermost = [statement for statement in in_text if statement.inside is None]
    of_id = {source.id: source for source in sources}
    words = Words(article.text, outermost)
    attributed = words.of(lambda statement: True)
    total = len(_WORD.findall(article.text))
    by_source = _by_source(outermost, words, sources, attributed)
    unnamed = words.of(lambda one: is_unnamed(one, of_id))
    unexpressed = words.of(lambda one: not one.sources)
    anonymous = words.of(lambda one: is_anonymous(one, of_id))
    single = len(by_source) == 1 and not unexpressed
    return Profile(
        words=total,
        attributed_words=attributed,
        attributed_share=_share(attributed, total),
        statements=len(outermost),
        by_source=by_source,
        top_share=by_source[0].share if by_source else 0.0,
        by_kind=_by_kind(outermost, words, of_id, attributed),
        unnamed_share=_share(unnamed, attributed),
        anonymous_share=_share(anonymous, attributed),
        single_source=single,
        second_hand=sum(_is_second_hand(statement, of_id, language) for statement in in_text),
        speaks_for=_speaks_for(words, sources, attributed),
        hearsay=hearsay,
        gender=_genders(outermost, of_id),
        headline=headline,
        line=_line(outermost, by_source, of_id, headline, language.profile, single=single),
    )


def statements_in_text(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that a profile counts: those of the headline repeat the text's."""
    return [statement for statement in statements if not _in_title(statement)]


def is_unnamed(statement: Statement, of_id: dict[str, Source]) -> bool:
    """Whether a source of a statement has no name, or none is expressed."""
    return not statement.sources or any(not of_id[source].named for source in statement.sources)


def is_anonymous(statement: Statement, of_id: dict[str, Source]) -> bool:
    """Whether a source of a statement is kept unnamed, or none is expressed."""
    return not statement.sources or any(of_id[source].kind == "anonymous" for source in statement.sources)


def _in_title(statement: Statement) -> bool:
    return any(part.where is not msgspec.UNSET for part in statement.content)


def _words_covered(text: str, passages: Iterable[Passage]) -> int:
    """The words that lie in any of the passages, each counted once."""
    count = 0
    reached = 0
    for part in sorted(passages, key=lambda passage: passage.start):
        start = max(part.start, reached)
        if part.end > start:
            count += len(_WORD.findall(text[start : part.end]))
            reached = part.end
    return count


def _share(part: int, whole: int) -> float:
    return round(part / whole, 2) if whole else 0.0


def _by_source(
    outermost: Sequence[Statement], words: Words, sources: Sequence[Source], attributed: int
) -> tuple[SourceShare, ...]:
    counts = Counter(source for statement in outermost for source in statement.sources)
    carried = {source: words.of(_by(source)) for source in counts}
    order = {source.id: number for number, source in enumerate(sources)}
    return tuple(
        SourceShare(
            source=source,
            statements=counts[source],
            words=carried[source],
            share=_share(carried[source], attributed),
        )
        for source in sorted(counts, key=lambda source: (-carried[source], order[source]))
    )


def _by(*sources: str) -> Callable[[Statement], bool]:
    """Whether a statement is by one of these sources."""
    return lambda statement: any(source in statement.sources for source in sources)


def _by_kind(
    outermost: Sequence[Statement], words: Words, of_id: dict[str, Source], attributed: int
) -> dict[str, KindShare]:
    def kinds(statement: Statement) -> set[str]:
        return {of_id[source].kind for source in statement.sources} or {"anonymous"}

    counts = Counter(kind for statement in outermost for kind in kinds(statement))

    def of_kind(kind: str) -> Callable[[Statement], bool]:
        return lambda statement: kind in kinds(statement)

    carried = {kind: words.of(of_kind(kind)) for kind in counts}
    speaking = {source for statement in outermost for source in statement.sources}
    return {
        kind: KindShare(
            sources=sum(of_id[source].kind == kind for source in speaking),
            statements=counts[kind],
            words=carried[kind],
            share=_share(carried[kind], attributed),
        )
        for kind in sorted(counts, key=lambda kind: -carried[kind])
    }


def _speaks_for(words: Words, sources: Sequence[Source], attributed: int) -> dict[str, float]:
    """For each source that somebody who is quoted speaks for: its share with its spokesmen's words."""
    spokesmen: dict[str, list[str]] = {}
    for source in sources:
        if source.speaks_for is not None and words.of(_by(source.id)):
            spokesmen.setdefault(source.speaks_for, []).append(source.id)
    return {source: _share(words.of(_by(source, *others)), attributed) for source, others in spokesmen.items()}


def _is_second_hand(statement: Statement, of_id: dict[str, Source], language: Language) -> bool:
    """Whether a statement stands inside another, or its source speaks through an outlet."""
    if statement.inside is not None:
        return True
    through = statement.medium.text.lower() if statement.medium else ""
    words = set(_WORD.findall(through))
    return any(outlet in through if " " in outlet else outlet in words for outlet in language.sources.outlets)


def _genders(outermost: Sequence[Statement], of_id: dict[str, Source]) -> GenderCount:
    counts = {"f": 0, "m": 0, "unknown": 0}
    for statement in outermost:
        for source in statement.sources:
            if of_id[source].kind == "person":
                counts[of_id[source].gender if of_id[source].gender in counts else "unknown"] += 1
    return GenderCount(f=counts["f"], m=counts["m"], unknown=counts["unknown"])


# --- the line


def _line(
    outermost: Sequence[Statement],
    by_source: Sequence[SourceShare],
    of_id: dict[str, Source],
    headline: Headline | None,
    words: ProfileWords,
    *,
    single: bool,
) -> str:
    if not outermost:
        return words.nothing
    sources = len(by_source)
    named = (
        words.no_sources
        if not sources
        else words.sources_one
        if sources == 1
        else words.sources_many.format(count=_number(sources, words))
    )
    template = words.statements_one if len(outermost) == 1 else words.statements_many
    clauses = [template.format(count=_number(len(outermost), words), sources=named)]
    if by_source:
        clauses.append(_top(by_source[0], of_id[by_source[0].source], words, single=single))
    if headline is not None:
        clauses.append(
            {"whole": words.headline_whole, "part": words.headline_part, "none": words.headline_none}[headline.carried]
        )
    line = words.joint.join(clauses) + "."
    return line[0].upper() + line[1:]


def _number(count: int, words: ProfileWords) -> str:
    return words.numbers[count] if count <= _SPELLED and count < len(words.numbers) else str(count)


def _top(share: SourceShare, source: Source, words: ProfileWords, *, single: bool) -> str:
    name = _with_article(source, words)
    if single:
        return words.only.format(name=name)
    plural = name.lower().startswith(words.plural_articles)
    feminine = source.gender == "f" or (source.kind != "person" and _is_feminine(source.name, words))
    if plural:
        template = words.top_plural
    elif source.kind == "person" and source.gender == "unknown":
        template = words.top_neutral
    else:
        template = words.top_feminine if feminine else words.top
    return template.format(name=name, share=round(100 * share.share))


def _with_article(source: Source, words: ProfileWords) -> str:
    """The name as it stands in a sentence: an institution's with its article, a description in lower case."""
    name = source.name
    lower_first = name[:1].lower() + name[1:]
    if lower_first.split(" ")[0] in words.all_articles or lower_first.startswith(words.elided_articles):
        return lower_first
    if source.kind in ("person", "anonymous") or not source.named:
        return name
    if name[:1].lower() in words.vowels:
        return words.articles.vowel + name
    return (words.articles.f if _is_feminine(name, words) else words.articles.m) + name


def _is_feminine(name: str, words: ProfileWords) -> bool:
    parts = [part for part in re.split(r"[\s'’]", name) if part]
    articles = {*words.all_articles, *(article.rstrip("'’") for article in words.elided_articles)}
    first = next((part for part in parts if part.lower() not in articles), name)
    return first.lower() in {noun.lower() for noun in words.feminine_nouns} or first.lower().endswith(
        words.feminine_endings
    )
