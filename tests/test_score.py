"""The project's scorer gives the five figures of the reference scorer beside the data, on marks of every kind."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any

import msgspec
import pytest
from evaluation.gold import DEV_SETS, marked
from evaluation.score import (
    FIGURES,
    Figure,
    Tallies,
    Tally,
    Told,
    intervals,
    joined,
    match,
    same_speaker,
    tally,
    told_of_marks,
    told_of_reading,
    total,
    words_of,
)

from selon.articles.article import make_article
from selon.reader import Reader
from selon.types import Span
from tests.data import needs_data, shared_folder

OF_REFERENCE: Mapping[Figure, str] = {
    "content": "token",
    "found": "content",
    "strict": "strict",
    "mention": "source",
    "speaker": "speaker",
}
Document = tuple[str, list[Told], list[Told]]


@cache
def reference() -> ModuleType:
    """The reference scorer, loaded from the data beside the project."""
    folder = shared_folder()
    assert folder is not None
    spec = importlib.util.spec_from_file_location("reference_score", folder / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_reference(statements: Iterable[Told]) -> list[dict[str, Any]]:
    return [
        {
            "content": [list(span) for span in one.content],
            "cue": list(one.cue) if one.cue else None,
            "source": list(one.mention) if one.mention else None,
            "speaker": one.speaker,
            "form": one.form,
            "inside": one.inside,
        }
        for one in statements
    ]


def by_reference(documents: Iterable[Document]) -> dict[str, Any]:
    figures: dict[str, Any] = reference().score(
        (text, as_reference(gold), as_reference(read)) for text, gold, read in documents
    )
    return figures


def by_project(documents: Iterable[Document]) -> Tallies:
    return total(tally(match(text, gold, read)) for text, gold, read in documents)


def assert_same(documents: Sequence[Document]) -> None:
    """Both scorers agree on precision, recall and F1 of each figure, to the rounding of the reference."""
    wanted, given = by_reference(documents), by_project(documents)
    for figure in FIGURES:
        one = given[figure]
        expected = reference().prf(one.right, one.read - one.right, one.marked - one.right)
        assert wanted[OF_REFERENCE[figure]] == expected, figure
        assert (one.precision, one.recall, one.f1) == pytest.approx(
            (expected["p"], expected["r"], expected["f"]), abs=0.0501
        )
    assert (given["found"].marked, given["found"].read) == (wanted["gold"], wanted["pred"])


def marked_documents(name: str) -> list[tuple[str, list[Told]]]:
    return [(one.article.text, told_of_marks(one.statements)) for one in marked(name)]


# --- against the reference


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("name", DEV_SETS)
def test_marks_against_themselves_are_all_right(name: str) -> None:
    documents = [(text, told, told) for text, told in marked_documents(name)]
    assert_same(documents)
    assert {figure: one.f1 for figure, one in by_project(documents).items()} == dict.fromkeys(FIGURES, 100.0)


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("name", DEV_SETS)
@pytest.mark.parametrize("empty", ["nothing read", "nothing marked"])
def test_an_empty_side_is_nought(name: str, empty: str) -> None:
    documents = [
        (text, told, []) if empty == "nothing read" else (text, [], told) for text, told in marked_documents(name)
    ]
    assert_same(documents)
    assert {one.f1 for one in by_project(documents).values()} == {0.0}


@needs_data
@pytest.mark.data
def test_two_empty_sides() -> None:
    assert_same([("A text of nobody.", [], []), ("", [], [])])


class Perturbation:
    """Changes statements at random, as a reader errs: each seed errs in its own way and often."""

    def __init__(self, text: str, told: Sequence[Told], seed: int) -> None:
        self.draw = random.Random(seed)
        self.text = text
        self.words = words_of(text)
        self.names = ["", "anonyme", "Anonymous", "l'Office", *(one.speaker for one in told)]
        self.told = told

    def read(self) -> list[Told]:
        result = [changed for one in self.told for changed in self.changed(one)]
        result += [self.made_up() for _ in range(self.draw.randrange(4))]
        self.draw.shuffle(result)
        return result

    def changed(self, one: Told) -> list[Told]:
        choice = self.draw.random()
        if choice < 0.1:
            return []
        if choice < 0.2:
            return [one, one]
        if choice < 0.3 and len(one.content) > 1:
            return [self.replaced(one, content=(span,)) for span in one.content]
        if choice < 0.4:
            return [self.replaced(one, content=tuple(self.moved(span) for span in one.content))]
        return [one]

    def replaced(self, one: Told, *, content: tuple[Span, ...]) -> Told:
        return Told(
            content=content,
            cue=self.draw.choice((one.cue, None, self.passage())),
            mention=self.draw.choice((one.mention, None, self.passage())),
            speaker=self.draw.choice((one.speaker, self.draw.choice(self.names))),
            form=one.form,
            inside=self.draw.random() < 0.2,
        )

    def made_up(self) -> Told:
        parts = sorted(self.passage() for _ in range(self.draw.randrange(1, 3)))
        return self.replaced(Told(content=(Span(0, 0),)), content=tuple(parts))

    def passage(self) -> Span:
        first = self.draw.randrange(len(self.words))
        last = min(len(self.words) - 1, first + self.draw.randrange(25))
        return Span(self.words[first].start, self.words[last].end)

    def moved(self, span: Span) -> Span:
        start = min(len(self.text), max(0, span.start + self.draw.randrange(-40, 40)))
        return Span(start, min(len(self.text), max(start, span.end + self.draw.randrange(-40, 40))))


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("name", DEV_SETS)
@pytest.mark.parametrize("seed", range(2))
def test_readings_that_err_in_every_way(name: str, seed: int) -> None:
    documents = [
        (text, told, Perturbation(text, told, seed + number).read())
        for number, (text, told) in enumerate(marked_documents(name))
    ]
    assert_same(documents)
    assert 20 < by_project(documents)["speaker"].f1 < 95
    for document in documents:
        assert_same([document])
        text, told, read = document
        assert_same([(text, read, told)])


@needs_data
@pytest.mark.data
@pytest.mark.parametrize("gap", [0, 1, 59, 60, 61, -1])
@pytest.mark.parametrize("speaker", ["", "Anne Roux", "la maire Anne Roux", "Marc Vidal", "anonyme"])
@pytest.mark.parametrize("cue", [None, Span(200, 204)])
def test_follow_on_quotations(gap: int, speaker: str, cue: Span | None) -> None:
    text = "mot " * 100
    first = Told(content=(Span(0, 40),), cue=Span(41, 44), mention=Span(45, 48), speaker="Anne Roux")
    second = Told(content=(Span(40 + gap, 140),), cue=cue, speaker=speaker)
    inner = Told(content=(Span(141, 170),), speaker="Anne Roux", inside=True)
    whole = Told(content=(Span(0, 140),), cue=Span(41, 44), mention=Span(45, 48), speaker="Anne Roux")
    for gold in ([first, second, inner], [whole], [second]):
        for read in ([second, first, inner], [whole, inner], [first]):
            assert_same([(text, gold, read)])


@needs_data
@pytest.mark.data
def test_names_are_compared_as_the_reference_does() -> None:
    names = sorted(
        {"", "anonyme", "Dr", *(one.speaker for name in DEV_SETS for _, told in marked_documents(name) for one in told)}
    )
    shown = random.Random(1)
    pairs = [(shown.choice(names), shown.choice(names)) for _ in range(2000)]
    differing = [(a, b) for a, b in pairs if same_speaker(a, b) != reference().same_speaker(a, b)]
    assert differing == []
    assert any(same_speaker(a, b) and a != b for a, b in pairs)


# --- by hand

TEXT = "Anne Roux a dit que le pont ouvrira lundi matin, a-t-elle ajouté plus tard."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


CLAUSE = Told(
    content=(span("le pont ouvrira lundi matin"),),
    cue=span("a dit"),
    mention=span("Anne Roux"),
    speaker="Anne Roux",
    form="indirect",
)


def right(read: Told) -> dict[Figure, int]:
    return {figure: one.right for figure, one in tally(match(TEXT, [CLAUSE], [read])).items()}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, set()),
        ({"content": (span("le pont ouvrira lundi"),)}, {"strict"}),
        ({"content": (span("lundi matin"),)}, {"found", "strict", "mention", "speaker"}),
        ({"mention": None}, {"mention"}),
        ({"mention": span("Roux")}, set()),
        ({"mention": span("elle")}, {"mention"}),
        ({"speaker": "Mme Roux"}, set()),
        ({"speaker": "Anne"}, set()),
        ({"speaker": "Roux de Valmont"}, {"speaker"}),
        ({"speaker": ""}, {"speaker"}),
        ({"cue": None, "form": "direct"}, set()),
    ],
)
def test_what_is_right_of_one_statement(changed: dict[str, Any], wrong: set[Figure]) -> None:
    found = right(msgspec.structs.replace(CLAUSE, **changed))
    assert found["content"] == (
        2 if changed.get("content") == (span("lundi matin"),) else 4 if "content" in changed else 5
    )
    assert {figure for figure in FIGURES if figure != "content" and not found[figure]} == wrong


def test_nobody_on_both_sides_is_right() -> None:
    gold = msgspec.structs.replace(CLAUSE, mention=None, speaker="anonyme")
    read = msgspec.structs.replace(CLAUSE, mention=None, speaker="")
    figures = tally(match(TEXT, [gold], [read]))
    assert {one.f1 for one in figures.values()} == {100.0}


def test_each_statement_is_matched_once_best_overlap_first() -> None:
    partly = msgspec.structs.replace(CLAUSE, content=(span("pont ouvrira lundi matin"),))
    matched = match(TEXT, [CLAUSE], [partly, CLAUSE])
    assert [matched.read[read].content for _, read in matched.found] == [CLAUSE.content]
    assert tally(matched)["found"] == Tally(1, 2, 1)


def test_what_follows_on_is_joined_and_keeps_its_place() -> None:
    first = Told(content=(Span(10, 20),), cue=Span(21, 24), speaker="Anne Roux", origins=(1,))
    second = Told(content=(Span(30, 40),), origins=(0,))
    (whole,) = joined([second, first])
    assert whole.content == (Span(10, 20), Span(30, 40))
    assert whole.origins == (1, 0)
    assert len(joined([first, msgspec.structs.replace(second, inside=True)])) == 2
    assert len(joined([first, msgspec.structs.replace(second, speaker="Marc Vidal")])) == 2
    assert joined([Told(content=())]) == []


def test_the_statements_of_a_reading_as_they_are_scored() -> None:
    article = make_article(
        "Anne Roux et Marc Vidal ont déclaré que le pont ouvrira lundi.",
        language="fr",
        title="Le pont ouvre, selon Roux",
    )
    (told,) = told_of_reading(Reader().read(article))
    assert [article.text[start:end] for start, end in told.content] == ["le pont ouvrira lundi"]
    assert told.speaker == "Anne Roux et Marc Vidal"


def test_figures_of_nothing_and_of_several_articles() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)
    one, other = Tally(1, 2, 4), Tally(2, 2, 2)
    assert one + other == Tally(3, 4, 6)
    assert (one.precision, one.recall) == (50.0, 25.0)
    assert one.f1 == pytest.approx(100 / 3)


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    articles: list[Tallies] = [dict.fromkeys(FIGURES, Tally(number % 3, 3, 3)) for number in range(12)]
    bounds = intervals(articles, resamples=200)["found"]
    assert bounds.low < bounds.value < bounds.high
    assert bounds.value == pytest.approx(100 / 3)
    assert 0 < bounds.error < 20
    assert intervals(articles, resamples=200)["found"] == bounds


def test_one_article_and_none_have_no_spread() -> None:
    alone = intervals([dict.fromkeys(FIGURES, Tally(1, 2, 2))], resamples=50)["strict"]
    assert (alone.value, alone.low, alone.high, alone.error) == (50.0, 50.0, 50.0, 0.0)
    nothing = intervals([])["strict"]
    assert (nothing.value, nothing.low, nothing.high, nothing.error) == (0.0, 0.0, 0.0, 0.0)
