"""From drafts in tokens to statements in code points: form, kind, bounds, order, nesting and confidence.

Uses of a token: offsets and words, and what `confidence` uses.
"""

from __future__ import annotations

import msgspec

from selon.language import Language
from selon.steps.board import Draft
from selon.steps.confidence import Facts, confidence_weights, facts_of
from selon.steps.contents import contents
from selon.steps.cues import find_cues
from selon.steps.nouns import category_of
from selon.steps.quotations import Quotations
from selon.tokens import Tokens
from selon.types import Form, Found, Quotation, Span, StatementKind


def statements(tokens: Tokens, quotations: Quotations, language: Language, *, in_title: bool = False) -> list[Found]:
    """All statements of a text, in order of their content, nested ones with the index of their outer one."""
    weights = confidence_weights()
    return [
        msgspec.structs.replace(statement, confidence=weights.confidence(facts))
        for statement, facts in with_facts(tokens, quotations, language, in_title=in_title)
    ]


def with_facts(
    tokens: Tokens, quotations: Quotations, language: Language, *, in_title: bool = False
) -> list[tuple[Found, Facts]]:
    """The statements of a text, not yet given their confidence, each with the facts that it follows from."""
    hits = find_cues(tokens, language)
    drafts = contents(tokens, quotations.quotations, hits, language)
    both = [(_found(tokens, draft, quotations.quotations, language, in_title), draft) for draft in drafts]
    both.sort(key=lambda one: (one[0].content[0].start, -one[0].content[-1].end))
    found = nested([statement for statement, _ in both])
    return [
        (statement, facts_of(tokens, draft, statement, language))
        for statement, (_, draft) in zip(found, both, strict=True)
    ]


def _found(
    tokens: Tokens, draft: Draft, quotations: tuple[Quotation, ...], language: Language, in_title: bool
) -> Found:
    content, form = _content(tokens, draft, quotations)
    hit = draft.hit
    mention = draft.mention.tokens
    return Found(
        form=form,
        kind=_kind(tokens, draft, language, form),
        content=content,
        cue=tokens.span(hit.first, hit.last) if hit else None,
        entry=hit.entry.lemma if hit else "",
        mention=without_hyphen(tokens.text, tokens.span(*mention)) if mention else None,
        act=hit.entry.act if hit else "say",
        unexpressed=draft.mention.unexpressed,
        inside=None,
        confidence=0.0,
        why=draft.why,
        in_title=in_title,
    )


def without_hyphen(text: str, mention: Span) -> Span:
    """An inverted pronoun without what ties it to its verb: "elle" of "a-t-elle"."""
    words = text[mention.start : mention.end]
    return Span(mention.start + words.rfind("-") + 1, mention.end) if words.startswith("-") else mention


def _content(tokens: Tokens, draft: Draft, quotations: tuple[Quotation, ...]) -> tuple[tuple[Span, ...], Form]:
    parts: list[Span] = []
    marked = unmarked = False
    for quoted in draft.quoted:
        parts.extend(quoted.quotation.parts)
        marked = True
    if draft.within is not None:
        spans = tuple(tokens.span(part.start, part.end) for part in draft.clause)
        return tuple(_without_comma(tokens.text, part) for part in spans), "direct"
    for clause in draft.clause:
        span = tokens.span(clause.start, clause.end)
        whole = [q for q in quotations if q.outer == span]
        if whole:
            parts.extend(whole[0].parts)
            marked = True
            continue
        parts.append(span)
        unmarked = True
        marked = marked or any(span.start <= q.outer.start and q.outer.end <= span.end for q in quotations)
    form: Form = "direct" if not unmarked else "mixed" if marked else "indirect"
    trimmed = [_without_comma(tokens.text, part) for part in sorted(parts)]
    return tuple(trimmed), form


def _without_comma(text: str, part: Span) -> Span:
    """A comma before the closing mark belongs to the sentence, not to the content."""
    words = text[part.start : part.end].rstrip(" ,\u00a0\u202f")
    return Span(part.start, part.start + len(words)) if words else part


def _kind(tokens: Tokens, draft: Draft, language: Language, form: Form) -> StatementKind:
    """Document where the source is one; a verb of documents ("montrer") with another source is speech, and so is a
    thought in the very words of its holder (« Il est trop tard », estime Anne)."""
    kind = draft.hit.entry.kind if draft.hit else "speech"
    noun = category_of(tokens, draft.mention.tokens, language) if draft.mention.tokens else None
    if noun is not None and noun.category in ("document", "outlet"):
        return "document"
    if kind == "thought" and form == "direct":
        return "speech"
    return "speech" if kind == "document" and draft.mention.tokens is not None else kind


def nested(found: list[Found]) -> list[Found]:
    """Give each statement whose content lies wholly inside another's, beside its cue, the index of the nearest one."""
    result = []
    for index, statement in enumerate(found):
        first, last = statement.content[0].start, statement.content[-1].end
        cue = statement.cue
        outer: int | None = None
        for other in range(index - 1, -1, -1):
            inner_of = found[other]
            holds = any(part.start <= first and last <= part.end for part in inner_of.content)
            if (
                holds
                and cue is not None
                and any(part.start <= cue.start and cue.end <= part.end for part in inner_of.content)
            ):
                outer = other
                break
        result.append(_with_outer(statement, outer))
    return result


def _with_outer(statement: Found, outer: int | None) -> Found:
    return msgspec.structs.replace(statement, inside=outer)
