"""Learns the table by which antecedents are chosen, from the speakers of marked articles.

    python -m training.sources                    # writes src/selon/models/antecedents.toml, from open texts alone
    python -m training.sources --full             # from all sets, also those for non-commercial use
    python -m training.sources --halves           # instead: learns from half of the articles, looks at the other half

Each pronoun or description that asks for an antecedent gives one example: the facts of all candidates, and which of
them are the marked speaker. The weights raise the likelihood that a right one is chosen (a softmax over the candidates
of a question, right ones together); each sort of question has a table of its own, drawn towards what is common to all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from evaluation.gold import Marked, marked
from evaluation.resolution import found_of
from evaluation.score import name_words, same_speaker

from selon.language import Language, load
from selon.parse import parse_texts
from selon.pipeline import load_pipeline
from selon.steps.antecedent_features import Asked, Candidate, Wanted, refusal_facts
from selon.steps.antecedents import Referents, Speaker
from selon.steps.entities import Entity, Register
from selon.steps.noun_groups import noun_group
from selon.steps.sources import Resolver
from selon.tokens import Tokens
from selon.types import Found, Span

FULL = ("fr-news-train", "made-train", "en-news-train", "fr-press-train")
OPEN = ("made-train", "en-news-train", "fr-press-train")
TABLE = Path(__file__).resolve().parent.parent / "src" / "selon" / "models" / "antecedents.toml"
HEAD = """# What each fact weighs for an antecedent, by the sort of question: learned, not written by hand.
# Made by `python -m training.sources` from {sets}; read by selon/steps/antecedent_weights.py.
"""
ROUNDS = 400
RATE = 0.05
COMMON = 2.0
OWN = 6.0
SEEN = 4


class Example(msgspec.Struct, frozen=True):
    """One question: its sort, the facts of each answer, and which answers are right; `article` it is from."""

    sort: str
    facts: list[list[str]]
    right: list[bool]
    article: int


class Watched(Referents):
    """Referents that note each question whose answer is marked, and give the right answer."""

    def __init__(
        self,
        tokens: Tokens,
        register: Register,
        quoted: bytearray,
        spoken: bytearray,
        *,
        answers: dict[tuple[bool, int], str],
        article: int,
        examples: list[Example],
    ) -> None:
        super().__init__(tokens, register, quoted, spoken)
        self.answers = answers
        self.article = article
        self.examples = examples

    def find(
        self,
        position: int,
        wanted: Wanted,
        own: Span,
        speakers: list[Speaker],
        entity_of: Callable[[int], Entity],
    ) -> Entity | None:
        """The right antecedent where it is marked and among the candidates, else what the table says."""
        given = super().find(position, wanted, own, speakers, entity_of)
        answer = self.answers.get((wanted.sort == "follow", position))
        if answer is None:
            return given
        asked = self.surroundings.asked(position, wanted, own)
        candidates = list(self.candidates(asked, speakers))
        right = [self.is_right(candidate, asked, answer) for candidate in candidates]
        self.note(asked, candidates, right, answer)
        if not any(right) or (wanted.refusable and self.new_is_right(asked, answer)):
            return None if wanted.refusable else given
        chosen = next(candidate for candidate, fits in zip(candidates, right, strict=True) if fits)
        return self.entity(chosen, entity_of)

    def is_right(self, candidate: Candidate, asked: Asked, answer: str) -> bool:
        """Whether a candidate is the marked speaker, or whose what is said is."""
        name = self.name(candidate)
        if asked.wanted.sort == "owner":
            return bool(set(name_words(name)) & set(name_words(answer)))
        return same_speaker(name, answer)

    def name(self, candidate: Candidate) -> str:
        """What a candidate would be called."""
        referent = candidate.referent
        if referent.pair:
            return " et ".join(entity.text for entity in referent.pair)
        if referent.entity is not None:
            return referent.entity.issuer.text if referent.entity.issuer else referent.entity.text
        bounds = self.tokens.sentences[self.tokens.sentence[referent.token]]
        span = self.tokens.span(*noun_group(self.tokens, referent.token, bounds.start, bounds.end))
        return self.tokens.text[span.start : span.end]

    def new_is_right(self, asked: Asked, answer: str) -> bool:
        """Whether a description, or the source of the same noun, is the marked speaker as it stands."""
        known, described = asked.wanted.known, asked.wanted.described
        if known is not None:
            return same_speaker((known.issuer or known).text, answer)
        if described is None:
            return not name_words(answer)
        span = self.tokens.span(described.span.start, described.span.end)
        return same_speaker(self.tokens.text[span.start : span.end], answer)

    def note(self, asked: Asked, candidates: list[Candidate], right: list[bool], answer: str) -> None:
        """Keep an example that something can be learned from."""
        facts = [self.facts(candidate, asked) for candidate in candidates]
        if asked.wanted.refusable:
            facts.append(refusal_facts(asked, self.register))
            right = [*right, self.new_is_right(asked, answer)]
        if any(right) and not all(right):
            self.examples.append(Example(asked.wanted.sort, facts, right, self.article))


def answers_of(one: Marked, found: Sequence[Found], tokens: Tokens) -> dict[tuple[bool, int], str]:
    """The marked speaker by whether a quotation follows on, and the token asked from."""
    answers: dict[tuple[bool, int], str] = {}
    for mark, statement in zip(one.statements, found, strict=True):
        if statement.mention is not None:
            covered = tokens.covered(statement.mention)
            for token in range(*(covered if covered.end > covered.start else _at(tokens, statement.mention))):
                answers.setdefault((False, token), mark["speaker"])
        elif statement.content:
            answers[True, tokens.at(statement.content[0].start)] = mark["speaker"]
    return answers


def _at(tokens: Tokens, mention: Span) -> Span:
    """The one token that a mention is only a part of ("-t-il")."""
    return Span(tokens.at(mention.start), tokens.at(mention.start) + 1)


def examples_of(articles: Sequence[Marked], texts: Sequence[Tokens], language: Language, first: int) -> list[Example]:
    """All questions of articles in one language; articles are numbered from `first`."""
    examples: list[Example] = []
    for number, (one, tokens) in enumerate(zip(articles, texts, strict=True), first):
        found = found_of(one.statements, language)
        watched: Any = partial(Watched, answers=answers_of(one, found, tokens), article=number, examples=examples)
        resolver = type("Watching", (Resolver,), {"referents_of": staticmethod(watched)})
        resolver(tokens, None, found, language, ()).resolution()
    return examples


def parsed(name: str) -> Iterator[tuple[str, list[Marked], list[Tokens]]]:
    """The articles of a set with their tokens, by language."""
    for code, group in groupby(sorted(marked(name), key=_language), key=_language):
        articles = list(group)
        texts = parse_texts((one.article.text for one in articles), load_pipeline(code))
        yield code, articles, [tokens for tokens, _ in texts]


def _language(one: Marked) -> str:
    return one.article.language


def learned(examples: Sequence[Example], seed: int = 0) -> dict[str, dict[str, float]]:
    """The table that fits the examples best, rounded to two digits."""
    seen = Counter((example.sort, fact) for example in examples for facts in example.facts for fact in set(facts))
    known = Counter(fact for example in examples for facts in example.facts for fact in set(facts))
    names: dict[tuple[str, str], int] = {}
    for (sort, fact), count in sorted(seen.items()):
        if known[fact] >= SEEN:
            names.setdefault(("", fact), len(names))
            if count >= SEEN:
                names.setdefault((sort, fact), len(names))
    penalties = np.array([OWN if sort else COMMON for sort, _ in names])
    weights = _fitted(_matrix(examples, names), penalties, np.random.default_rng(seed))
    tables: dict[str, dict[str, float]] = {}
    for sort, fact in sorted(seen):
        both = [weights[names[key]] for key in (("", fact), (sort, fact)) if key in names]
        if both and abs(sum(both)) >= 0.01:
            tables.setdefault(sort, {})[fact] = round(float(sum(both)), 2)
    return tables


class Matrix(msgspec.Struct, frozen=True):
    """All answers of all questions: which facts each has, as places (`rows` answers, `columns` facts), the question of
    each answer (`groups`), and whether it is right."""

    rows: Any
    columns: Any
    groups: Any
    right: Any
    questions: int


def _matrix(examples: Sequence[Example], names: dict[tuple[str, str], int]) -> Matrix:
    rows: list[int] = []
    columns: list[int] = []
    groups: list[int] = []
    right: list[bool] = []
    for question, example in enumerate(examples):
        for facts, is_right in zip(example.facts, example.right, strict=True):
            for key in (key for fact in facts for key in (("", fact), (example.sort, fact)) if key in names):
                rows.append(len(groups))
                columns.append(names[key])
            groups.append(question)
            right.append(is_right)
    return Matrix(np.array(rows), np.array(columns), np.array(groups), np.array(right, float), len(examples))


def _fitted(matrix: Matrix, penalties: Any, random: np.random.Generator) -> Any:
    """Weights by Adam over all examples at once."""
    weights: Any = random.normal(0, 0.01, len(penalties))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        scores = np.bincount(matrix.rows, weights[matrix.columns], minlength=len(matrix.groups))
        chance = _softmax(scores, matrix, np.ones_like(matrix.right))
        wanted = _softmax(scores, matrix, matrix.right)
        slope = np.bincount(matrix.columns, (chance - wanted)[matrix.rows], minlength=len(weights))
        slope = slope + penalties * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _softmax(scores: Any, matrix: Matrix, share: Any) -> Any:
    """The chance of each answer among those of its question, where `share` lets it have one."""
    raised = np.exp(np.clip(scores, -40, 40)) * share
    return raised / np.maximum(np.bincount(matrix.groups, raised, minlength=matrix.questions), 1e-30)[matrix.groups]


def hits(examples: Sequence[Example], tables: dict[str, dict[str, float]]) -> dict[str, tuple[int, int]]:
    """How many questions of each sort are answered right by a table, and how many there are."""
    result: dict[str, tuple[int, int]] = {}
    for example in examples:
        table = tables.get(example.sort, {})
        scores = [sum(table.get(fact, 0.0) for fact in facts) for facts in example.facts]
        is_right = example.right[scores.index(max(scores))]
        for sort in (example.sort, "all"):
            count, of = result.get(sort, (0, 0))
            result[sort] = (count + is_right, of + 1)
    return result


def written(tables: dict[str, dict[str, float]], sets: Sequence[str]) -> str:
    """The table as TOML; `sets`: what it is learned from."""
    parts = [HEAD.format(sets=", ".join(sets))]
    for sort, table in sorted(tables.items()):
        parts.append(f"[{sort}]\n" + "".join(f'"{fact}" = {weight}\n' for fact, weight in sorted(table.items())))
    return "\n".join(parts)


def gathered(sets: Sequence[str]) -> list[Example]:
    """The examples of some training sets."""
    examples: list[Example] = []
    count = 0
    for name in sets:
        for code, articles, texts in parsed(name):
            examples.extend(examples_of(articles, texts, load(code), count))
            count += len(articles)
    return examples


def main() -> None:
    """Write the table, or say what one from half of the articles is worth on the other half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--halves", action="store_true", help="learn from half of the articles, write nothing")
    parser.add_argument("--full", action="store_true", help="texts for non-commercial use too")
    parser.add_argument("--output", type=Path, default=TABLE)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sets = FULL if options.full else OPEN
    examples = gathered(sets)
    if not options.halves:
        options.output.write_text(written(learned(examples, options.seed), sets), encoding="utf-8")
        return
    for half in (0, 1):
        kept = [example for example in examples if example.article % 2 == half]
        left = [example for example in examples if example.article % 2 != half]
        tables = learned(kept, options.seed)
        print({sort: f"{count}/{of}" for sort, (count, of) in sorted(hits(left, tables).items())})


if __name__ == "__main__":
    main()
