"""Statements in PolNeAR's scope and boundaries, from the wide tagger and from nothing else.

Attitudes and bare noun contents count too; quotation marks and that/to stand inside the content. What the rules find is
among what the tagger sees, but nothing of it is given unless the tagger gives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selon.cuelist import Entry
from selon.language import Language
from selon.models.decoding import form_of
from selon.models.wide_features import wide_features
from selon.models.wide_links import Linked, linked, top_of
from selon.models.wide_tagger import Tagged, WideTagger
from selon.steps.cues import CueHit, find_cues
from selon.steps.nouns import category_of
from selon.steps.quotations import Quotations
from selon.steps.statements import nested, statements
from selon.tokens import Tokens
from selon.types import Form, Found, Span, StatementKind

WHY = "wide tagger"


def wide_statements(
    tokens: Tokens, quotations: Quotations, language: Language, tagger: WideTagger, *, in_title: bool = False
) -> list[Found]:
    """All statements of a text in the wide sense, in order of their content."""
    if not len(tokens):
        return []
    hits = find_cues(tokens, language)
    rules = statements(tokens, quotations, language, in_title=in_title)
    tagged = tagger.tag(wide_features(tokens, quotations, hits, rules, language))
    found = [
        _found(tokens, quotations, group, language, hits=hits, tagged=tagged, in_title=in_title)
        for group in linked(tokens, tagged, tagger.config.links)
    ]
    return nested(sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end)))


def _found(
    tokens: Tokens,
    quotations: Quotations,
    group: Linked,
    language: Language,
    *,
    hits: Sequence[CueHit],
    tagged: Sequence[Tagged],
    in_title: bool,
) -> Found:
    content = tuple(part for span in group.contents for part in _in_paragraphs(tokens, span))
    cue = group.cue
    entry = _entry(tokens, cue, hits, language) if cue else None
    form = form_of(quotations, content)
    return Found(
        form=form,
        kind=_kind(tokens, group.source, entry, form, language),
        content=content,
        cue=tokens.span(*cue) if cue else None,
        entry=entry.lemma if entry else tokens.lemma[top_of(tokens, cue)] if cue else "",
        mention=tokens.span(*group.source) if group.source else None,
        act=entry.act if entry else "say",
        unexpressed=cue is not None and group.source is None,
        inside=None,
        confidence=_confidence(group, tagged),
        why=WHY,
        in_title=in_title,
    )


def _entry(tokens: Tokens, cue: Span, hits: Sequence[CueHit], language: Language) -> Entry | None:
    """What the cue list knows of a cue: the hit in it, or else an entry of one of its words, whatever follows it."""
    hit = next((one for one in hits if cue.start <= one.head < cue.end), None)
    if hit is not None:
        return hit.entry
    words = (tokens.lower[index] for index in range(*cue))
    entries = ((*language.cues.verbs.get(word, ()), *language.cues.nouns.get(word, ())) for word in words)
    return next((entry for some in entries for entry in some), None)


def _in_paragraphs(tokens: Tokens, span: Span) -> Iterator[Span]:
    """The code points of a range of tokens, one part a paragraph."""
    for first, last in tokens.paragraphs:
        if first < span.end and span.start < last:
            yield tokens.span(max(first, span.start), min(last, span.end))


def _kind(tokens: Tokens, source: Span | None, entry: Entry | None, form: Form, language: Language) -> StatementKind:
    """Document where the source is one, thought where the cue's entry says so and the words are not the holder's."""
    noun = category_of(tokens, source, language) if source else None
    if noun is not None and noun.category in ("document", "outlet"):
        return "document"
    return "thought" if entry is not None and entry.kind == "thought" and form != "direct" else "speech"


def _confidence(group: Linked, tagged: Sequence[Tagged]) -> float:
    """How likely the least likely passage of a statement is by the tagger."""
    spans = [*group.contents, *(span for span in (group.cue, group.source) if span is not None)]
    likely = [one.chance for one in tagged if any(span.start <= one.span.start < span.end for span in spans)]
    return round(min(likely, default=0.0), 2)
