"""The resolution of sources alone: on the marked contents, cues and mentions, not on found ones.

    python -m evaluation.resolution fr-news-train en-news-train

For each set: in how many of a hundred statements the speaker (as `evaluation.score` compares names), the kind of
source, whether it is named and its gender are those of the marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from evaluation.gold import TRAIN_SETS, Marked, marked
from evaluation.score import name_words, names_together, same_speaker
from selon.language import Language, load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.steps.sources import resolve
from selon.types import Found, Source, Span

Mark = Mapping[str, Any]


def found_of(statements: Sequence[Mark], language: Language) -> list[Found]:
    """Marked statements as the reading steps would have found them."""
    return [_found(statement, statements, language) for statement in statements]


def _found(statement: Mark, statements: Sequence[Mark], language: Language) -> Found:
    cue, mention = _span(statement["cue"]), _span(statement["mention"])
    words = statement["mention"]["text"].lower() if mention else ""
    left_out = mention is None and cue is not None and not name_words(statement["speaker"])
    return Found(
        form=statement["form"],
        kind=statement["kind"],
        content=_content(statement),
        cue=cue,
        entry="",
        mention=mention,
        act="say",
        unexpressed=left_out or words in language.grammar.impersonal,
        inside=_outer(statement, statements),
        confidence=1.0,
        why="marked",
    )


def _span(passage: Mark | None) -> Span | None:
    return Span(passage["start"], passage["end"]) if passage else None


def _content(statement: Mark) -> tuple[Span, ...]:
    return tuple(Span(part["start"], part["end"]) for part in statement["content"])


def _outer(statement: Mark, statements: Sequence[Mark]) -> int | None:
    """The index of the statement that an inner one stands in."""
    content = _content(statement)
    if not statement["inside"] or not content:
        return None
    start, end = content[0].start, content[-1].end
    return next(
        (
            index
            for index, outer in enumerate(statements)
            if outer is not statement and any(part.start <= start and end <= part.end for part in _content(outer))
        ),
        None,
    )


def right(mark: Mark, sources: Sequence[Source], language: str) -> dict[str, bool]:
    """For one statement what is right of its sources: only what the set marks."""
    result = {"speaker": same_speaker(mark["speaker"], names_together((source.name for source in sources), language))}
    if "source_kind" in mark:
        several = len(sources) > 1
        kind = sources[0].kind if sources else "anonymous"
        gender = sources[0].gender if sources else "none"
        result["kind"] = mark["source_kind"] in (kind, "group" if several else kind)
        result["named"] = mark["named"] == (bool(sources) and sources[0].named)
        result["gender"] = mark["gender"] in (gender, "none" if several else gender)
    return result


def measure(articles: Sequence[Marked], code: str) -> Iterator[dict[str, bool]]:
    """What is right, for each statement of articles in one language."""
    language = load(code)
    parsed = parse_texts((one.article.text for one in articles), load_pipeline(code))
    for one, (tokens, _) in zip(articles, parsed, strict=True):
        resolution = resolve(tokens, None, found_of(one.statements, language), language)
        of_id = {source.id: source for source in resolution.sources}
        for statement, ids in zip(one.statements, resolution.of_statement, strict=True):
            yield right(statement, [of_id[number] for number in ids], code)


def table(names: Iterable[str]) -> str:
    """One line a set and language."""
    lines = []
    for name in names:
        articles = sorted(marked(name), key=lambda one: one.article.language)
        for code, group in groupby(articles, key=lambda one: one.article.language):
            counts: dict[str, list[bool]] = {}
            for result in measure(list(group), code):
                for key, value in result.items():
                    counts.setdefault(key, []).append(value)
            figures = "  ".join(f"{key} {100 * sum(flags) / len(flags):.1f}" for key, flags in counts.items())
            lines.append(f"{name:16s} {code}  {figures}  of {len(counts['speaker'])} statements")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(sys.argv[1:] or list(TRAIN_SETS)))
