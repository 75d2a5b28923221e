"""How much of the marked cues the cue lists have, and how often a listed word reports nothing.

    python -m evaluation.coverage --verbose

A marked cue is covered where its words hold one of the list: a form of a listed verb with the words that belong to it,
a noun, or a phrase. The other way round, a listed word's occurrence is idle where no marked cue holds it; it is
counted over what the reader takes for a cue candidate (`selon.steps.cues.find_cues`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from evaluation.gold import TRAIN_SETS, marked
from selon.language import Language, load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.steps.cues import find_cues
from selon.tokens import Tokens
from selon.types import Span

_COMMONEST = 40
_NEAR = 4
_COLONS = frozenset((":", "–", "—", "-"))


class Coverage(msgspec.Struct, frozen=True):
    """Counts of one set. `uncovered`, `idle`: words and how often."""

    cues: int = 0
    covered: int = 0
    candidates: int = 0
    idle_candidates: int = 0
    uncovered: Counter[str] = msgspec.field(default_factory=Counter)
    idle: Counter[str] = msgspec.field(default_factory=Counter)

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.cues + other.cues,
            self.covered + other.covered,
            self.candidates + other.candidates,
            self.idle_candidates + other.idle_candidates,
            self.uncovered + other.uncovered,
            self.idle + other.idle,
        )


def measure(name: str) -> Coverage:
    """Coverage of the lists over a marked set."""
    language = load(TRAIN_SETS[name])
    articles = marked(name)
    parsed = parse_texts((article.article.text for article in articles), load_pipeline(language.code))
    cues = covered = candidates = 0
    uncovered: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    for article, (tokens, _) in zip(articles, parsed, strict=True):
        spans = _cue_spans(article.statements)
        hits = [(hit.entry.lemma, tokens.span(hit.first, hit.last)) for hit in find_cues(tokens, language)]
        for span in spans:
            if tokens.text[span.start : span.end].strip() in _COLONS:
                continue
            cues += 1
            if any(_touch(span, other) for _, other in hits) or holds_listed(tokens, span, language):
                covered += 1
            else:
                uncovered[tokens.text[span.start : span.end].lower()] += 1
        candidates += len(hits)
        idle.update(lemma for lemma, other in hits if not any(_touch(span, other) for span in spans))
    return Coverage(cues, covered, candidates, idle.total(), uncovered, idle)


def _cue_spans(statements: Iterable[dict[str, dict[str, int] | None]]) -> list[Span]:
    """The marked cues, each once."""
    cues = (statement["cue"] for statement in statements)
    return sorted({Span(cue["start"], cue["end"]) for cue in cues if cue})


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def holds_listed(tokens: Tokens, span: Span, language: Language) -> bool:
    """Whether a passage holds a listed form, with the words that belong to it in or just after the passage."""
    part = tokens.covered(span)
    cues = language.cues
    for index in range(part.start, part.end):
        lower = tokens.lower[index]
        following = set(tokens.lower[index + 1 : part.end + _NEAR])
        entries = (*cues.verbs.get(lower, ()), *cues.phrases.get(lower, ()))
        if lower in cues.nouns or any(following.issuperset(entry.rest) for entry in entries):
            return True
    return False


def table(names: Sequence[str], *, verbose: bool = False) -> str:
    """One line a set, and one for all; with `verbose` the commonest uncovered cues and idle words after each."""
    lines = [f"{'':16s} {'marked cues':>12s} {'covered':>9s} {'candidates':>12s} {'idle':>7s}"]
    measured = [measure(name) for name in names]
    for name, one in zip(names, measured, strict=True):
        lines.append(_line(name, one))
        if verbose:
            lines.append(f"  not covered: {_listed(one.uncovered)}")
            lines.append(f"  idle: {_listed(one.idle)}")
    return "\n".join([*lines, _line("all", sum(measured, start=Coverage()))])


def _line(name: str, one: Coverage) -> str:
    return (
        f"{name:16s} {one.cues:12d} {_percent(one.covered, one.cues):8.1f}% {one.candidates:12d} "
        f"{_percent(one.idle_candidates, one.candidates):6.1f}%"
    )


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{words} ({number})" for words, number in counts.most_common(_COMMONEST)) or "nothing"


if __name__ == "__main__":
    print(table(list(TRAIN_SETS), verbose="--verbose" in sys.argv))
