"""The learned reader: features fit the tokens, decoding keeps offsets, the guard holds, and all works without it."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
import spacy

from selon.articles.article import make_article
from selon.language import load
from selon.models.anchors import anchors
from selon.models.decoding import Judged, Thresholds, best_paths, chosen, content_of, statement_of
from selon.models.features import (
    COLUMNS,
    FLAGS,
    WINDOW,
    WINDOW_COLUMNS,
    WINDOW_FLAGS,
    token_features,
    version,
    windows,
)
from selon.models.learned import reread
from selon.models.session import load_session, session_for
from selon.parse import parse_text
from selon.pipeline import load_pipeline
from selon.reader import Reader
from selon.steps.cues import find_cues
from selon.steps.statements import statements
from selon.types import Span

TEXT = (
    "« Nous partons demain », a déclaré la maire de Sarvanne. Selon Paul Ferrand, le pont restera fermé.\n"
    "La préfecture affirme que les travaux sont finis, sans en dire plus."
)
FRENCH = load("fr")
TOKENS, QUOTATIONS = parse_text(TEXT, load_pipeline("fr"))
HITS = find_cues(TOKENS, FRENCH)
FOUND = statements(TOKENS, QUOTATIONS, FRENCH)
ANCHORS = anchors(TOKENS, QUOTATIONS, HITS, FOUND)


def test_every_statement_of_the_rules_hangs_on_an_anchor() -> None:
    assert {anchor.rule for anchor in ANCHORS if anchor.rule is not None} == set(range(len(FOUND)))


def test_features_fit_the_tokens_and_their_columns() -> None:
    features = token_features(TOKENS, QUOTATIONS, HITS, FOUND, FRENCH)
    assert features.ids.shape == (len(TOKENS), len(COLUMNS))
    assert features.flags.shape == (len(TOKENS), FLAGS)
    assert (features.ids >= 0).all()
    assert all(features.ids[:, column].max() < size for column, (_, size) in enumerate(COLUMNS))


def test_windows_fit_the_anchors_and_stop_at_the_ends_of_the_text() -> None:
    around = windows(TOKENS, QUOTATIONS, FOUND, ANCHORS)
    assert around.ids.shape == (len(ANCHORS), WINDOW, len(WINDOW_COLUMNS))
    assert around.flags.shape == (len(ANCHORS), WINDOW, WINDOW_FLAGS)
    assert all(around.ids[..., column].max() < size for column, (_, size) in enumerate(WINDOW_COLUMNS))
    assert (around.inside.sum(1) <= len(TOKENS)).all()
    assert (around.ids[~around.inside] == 0).all()


def test_a_text_without_anchors_has_no_windows() -> None:
    assert windows(TOKENS, QUOTATIONS, FOUND, []).ids.shape[0] == 0


def test_best_paths_are_the_best_of_all_paths() -> None:
    draw = np.random.default_rng(4)
    scores, transitions = draw.normal(size=(5, 6, 3)), draw.normal(size=(3, 3))

    def value(row: int, path: tuple[int, ...]) -> float:
        steps = sum(transitions[one, other] for one, other in pairwise(path))
        return float(sum(scores[row, place, label] for place, label in enumerate(path)) + steps)

    paths = best_paths(scores, transitions)
    for row in range(5):
        assert tuple(paths[row]) == max(product(range(3), repeat=6), key=lambda path: value(row, path))


def test_a_content_is_cut_to_words_and_a_whole_quotation_loses_its_marks() -> None:
    (quotation,) = QUOTATIONS.quotations
    first, last = TOKENS.at(quotation.outer.start), TOKENS.at(quotation.outer.end - 1) + 1
    assert content_of(TOKENS, QUOTATIONS, [Span(first, last)]) == quotation.parts
    assert content_of(TOKENS, QUOTATIONS, [Span(first + 1, last)]) == quotation.parts
    comma = TOKENS.word.index(",", last + 1)
    (part,) = content_of(TOKENS, QUOTATIONS, [Span(comma, comma + 4)])
    assert TEXT[part.start : part.end] == "le pont restera"


def _unlikely(number: int) -> Judged:
    anchor = ANCHORS[number]
    return Judged(anchor, 0.0, anchor.head - 64, np.zeros(WINDOW, np.int64))


def test_an_even_quotation_with_a_cue_is_never_lost() -> None:
    made = [statement_of(TOKENS, QUOTATIONS, _unlikely(n), FOUND, FRENCH) for n in range(len(ANCHORS))]
    kept = chosen([candidate for candidate in made if candidate is not None], Thresholds(0.5, 0.5), TOKENS)
    assert [TEXT[one.content[0].start : one.content[0].end] for one in kept] == ["Nous partons demain"]


def test_a_guarded_quotation_cannot_be_labelled_away() -> None:
    number = next(n for n, anchor in enumerate(ANCHORS) if anchor.rule == 0)
    labels = np.zeros(WINDOW, np.int64)
    labels[64 + 6 : 64 + 9] = 1  # words of the next sentence
    candidate = statement_of(
        TOKENS, QUOTATIONS, Judged(ANCHORS[number], 0.9, ANCHORS[number].head - 64, labels), FOUND, FRENCH
    )
    assert candidate is not None
    assert candidate.statement.content == FOUND[0].content


def test_without_a_reader_the_rules_stand() -> None:
    assert reread(TOKENS, QUOTATIONS, FOUND, FRENCH, None) == FOUND


def test_the_reader_was_trained_on_these_features() -> None:
    session = load_session()
    assert session is not None
    assert session.config.features == version()


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_reader_was_trained_on_these_language_models(code: str) -> None:
    assert session_for(load_pipeline(code), code) is not None, "run python -m training.reader"


def test_another_pipeline_is_read_by_the_rules_alone() -> None:
    assert session_for(spacy.blank("fr"), "fr") is None


@pytest.mark.parametrize("text", ["", "«", "Il pleut.", TEXT, "« " * 40 + "dit-il.", "A, dit X, B. " * 60])
def test_reading_with_the_reader_keeps_offsets_and_confidence(text: str) -> None:
    reading = Reader(learned=True).read(make_article(text, language="fr"))
    for statement in reading.statements:
        assert 0 <= statement.confidence <= 1
        assert round(statement.confidence, 2) == statement.confidence
        assert all(text[part.start : part.end] == part.text for part in statement.content)
    assert text != TEXT or len(reading.statements) == 3


def test_confidence_rises_with_the_chance() -> None:
    session = load_session()
    assert session is not None
    values = [session.confidence(chance) for chance in np.linspace(0, 1, 50)]
    assert values == sorted(values)
    assert 0 <= values[0] <= values[-1] <= 1


def test_the_rules_can_be_asked_alone() -> None:
    article = make_article(TEXT, language="fr")
    alone = Reader().read(article)
    assert [one.why for one in alone.statements] == [one.why for one in FOUND]
    assert all("selon_reader" not in name for name in alone.engine.models)


def test_where_it_was_not_trained_the_rules_read_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(TEXT, language="fr")
    monkeypatch.setattr("selon.reader.session_for", lambda pipeline, language: None)
    reading = Reader(learned=True).read(article)
    assert reading.statements == Reader().read(article).statements
    assert [warning for warning in reading.warnings if "rules alone" in warning]
