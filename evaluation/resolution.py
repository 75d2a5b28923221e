"""Measures the resolution of sources alone: on the marked contents, cues and mentions, not on found ones.

    python -m evaluation.resolution fr-news-train en-news-train

For each set: in how many statements the speaker, the kind of source, whether it is named and its gender are
those of the marks. The speaker counts as in the reference scorer: without accents, case and articles the last
word is the same, or half of all the words of both are shared. The sets stand in ../shared/corpora or where
SELON_DATA says.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from selon.language import Language, load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.steps.sources import resolve
from selon.tokens import Tokens
from selon.types import Found, Resolution, Source, Span

_STOP = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "et",
        "the",
        "a",
        "an",
        "of",
        "m",
        "mme",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
_NOBODY = ("anonyme", "anonymous", "")


def data_folder() -> Path:
    """The folder of the data beside the project."""
    return Path(os.environ.get("SELON_DATA") or Path(__file__).parents[2] / "shared")


def plain(name: str) -> list[str]:
    """The words of a name by which it is compared; none for nobody."""
    if name.strip().lower() in _NOBODY:
        return []
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", ascii_name) if word not in _STOP]


def same_speaker(one: str, other: str) -> bool:
    """Whether two names are one speaker's."""
    first, second = plain(one), plain(other)
    if not first or not second:
        return first == second
    shared = len(set(first) & set(second)) / len(set(first) | set(second))
    return first[-1] == second[-1] or shared >= 0.5


def found_of(statements: Iterable[dict[str, Any]], language: Language) -> list[Found]:
    """Marked statements as the reading steps would have found them."""
    marked = list(statements)
    found: list[Found] = []
    for statement in marked:
        content = tuple(Span(part["start"], part["end"]) for part in statement["content"])
        cue, mention = _span(statement["cue"]), _span(statement["mention"])
        words = statement["mention"]["text"].lower() if mention else ""
        unexpressed = (mention is None and cue is not None and statement["speaker"] in _NOBODY) or (
            words in language.grammar.impersonal
        )
        found.append(
            Found(
                form=statement["form"],
                kind=statement["kind"],
                content=content,
                cue=cue,
                entry="",
                mention=mention,
                act="say",
                unexpressed=unexpressed,
                inside=_outer(statement, content, marked),
                confidence=1.0,
                why="gold",
            )
        )
    return found


def _span(passage: dict[str, Any] | None) -> Span | None:
    return Span(passage["start"], passage["end"]) if passage else None


def _outer(statement: dict[str, Any], content: tuple[Span, ...], marked: list[dict[str, Any]]) -> int | None:
    """The index of the statement that an inner one stands in."""
    if not statement["inside"] or not content:
        return None
    for index, outer in enumerate(marked):
        if outer is not statement and any(
            part["start"] <= content[0].start and content[-1].end <= part["end"] for part in outer["content"]
        ):
            return index
    return None


def speakers(resolution: Resolution, index: int) -> list[Source]:
    """The sources of one statement."""
    by_id = {source.id: source for source in resolution.sources}
    return [by_id[number] for number in resolution.of_statement[index]]


def right(statement: dict[str, Any], sources: list[Source]) -> dict[str, bool]:
    """For one statement what is right: only what the set marks."""
    name = ", ".join(source.name for source in sources)
    result = {"speaker": same_speaker(statement["speaker"], name)}
    if "source_kind" in statement:
        several = len(sources) > 1
        kind = sources[0].kind if sources else "anonymous"
        result["kind"] = statement["source_kind"] in (kind, "group" if several else kind)
        result["named"] = statement["named"] == (bool(sources) and sources[0].named)
        gender = sources[0].gender if sources else "none"
        result["gender"] = statement["gender"] in (gender, "none" if several else gender)
    return result


def articles_of(name: str, code: str) -> list[dict[str, Any]]:
    """The articles of a set that are in one language."""
    with (data_folder() / "corpora" / name / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return [article for article in articles if article.get("language", name[:2]) == code]


def measure(
    articles: list[dict[str, Any]], parsed: Iterable[Tokens], language: Language
) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[Source], dict[str, bool]]]:
    """Article, statement, resolved sources and what is right, for each statement of each article."""
    for article, tokens in zip(articles, parsed, strict=True):
        found = found_of(article["statements"], language)
        resolution = resolve(tokens, None, found, language)
        for index, statement in enumerate(article["statements"]):
            sources = speakers(resolution, index)
            yield article, statement, sources, right(statement, sources)


def main(names: list[str]) -> None:
    """Print one line a set and language."""
    for name in names:
        for code in ("fr", "en"):
            articles = articles_of(name, code)
            if not articles:
                continue
            texts = [article["text"] for article in articles]
            parsed = [tokens for tokens, _ in parse_texts(texts, load_pipeline(code))]
            counts: dict[str, list[bool]] = {}
            for *_, result in measure(articles, parsed, load(code)):
                for key, value in result.items():
                    counts.setdefault(key, []).append(value)
            figures = "  ".join(f"{key} {100 * sum(ok) / len(ok):.1f}" for key, ok in counts.items())
            print(f"{name} {code}  {figures}  of {len(counts['speaker'])}")


if __name__ == "__main__":
    main(sys.argv[1:])
