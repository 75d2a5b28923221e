"""The wide reading: marks and that/to stand in the content, attitudes count, passages belong together, all is said."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
import pytest
import spacy
from evaluation.polnear import Attribution, Sentence, aligned, attributions
from evaluation.score import Tally
from evaluation.wide import PUBLISHED, of_article, tallies
from training.wide.dataset import Example, labels_of, pieces
from training.wide.links import fitted, pairs

import selon
from selon.articles.article import make_article
from selon.language import load
from selon.models.wide import WHY
from selon.models.wide_features import COLUMNS, WORD_COLUMNS, version, wide_features
from selon.models.wide_links import FACTS, Places, chance, facts, joined, linked
from selon.models.wide_tagger import LABELS, ROLES, Role, Tagged, load_wide_tagger, marginals, tagged, wide_tagger_for
from selon.parse import parse_text
from selon.pipeline import load_pipeline
from selon.reader import Reader
from selon.steps.cues import find_cues
from selon.steps.statements import statements
from selon.tokens import Tokens
from selon.types import Reading, Span
from tests.data import needs_data
from tests.readings import faults

ENGLISH = load("en")
TEXT = (
    'Harbour spokesman Leo Blunt said on Monday that "nothing will open" before May. Residents of the island fear a '
    "rise in prices.\n“We are ready,” he added. “Nobody will wait.”\nAccording to the Tides Office, the quay is sound."
)
TOKENS, QUOTATIONS = parse_text(TEXT, load_pipeline("en"))


def read(text: str, language: str = "en", *, title: str | None = None) -> Reading:
    return Reader(wide=True).read(make_article(text, language=language, title=title))


def told(reading: Reading) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (
            one.mention.text if one.mention else None,
            one.cue.text if one.cue else None,
            [part.text for part in one.content],
        )
        for one in reading.statements
    ]


# --- what is read


def test_marks_and_that_stand_in_the_content() -> None:
    assert ("Harbour spokesman Leo Blunt", "said", ['that "nothing will open" before May']) in told(read(TEXT))
    alone = Reader().read(make_article(TEXT, language="en"))
    assert all("that" not in part.text.split()[0] for one in alone.statements for part in one.content)


def test_an_attitude_with_a_bare_noun_content_is_a_statement() -> None:
    reading = read(TEXT)
    (fear,) = [one for one in reading.statements if one.cue is not None and one.cue.text == "fear"]
    assert [part.text for part in fear.content] == ["a rise in prices"]
    assert (fear.kind, fear.form) == ("thought", "indirect")
    alone = Reader().read(make_article(TEXT, language="en"))
    assert "fear" not in [one.cue.text for one in alone.statements if one.cue is not None]


def test_a_quotation_keeps_its_marks_and_is_direct() -> None:
    reading = read(TEXT)
    (added,) = [one for one in reading.statements if one.cue is not None and one.cue.text == "added"]
    assert added.content[0].text == "“We are ready,”"
    assert added.form == "direct"


def test_sources_are_resolved_and_the_reading_says_what_made_it() -> None:
    reading = read(TEXT)
    names = {source.id: source.name for source in reading.sources}
    by_mention = {
        one.mention.text: [names[source] for source in one.sources] for one in reading.statements if one.mention
    }
    assert by_mention["he"] == ["Leo Blunt"]
    assert {one.why for one in reading.statements} == {WHY}
    assert any(name.startswith("selon_wide") for name in reading.engine.models)
    assert reading.warnings == ()


def test_a_headline_is_read_in_the_wide_sense_too() -> None:
    reading = read(TEXT, title="Tides Office says the quay is sound")
    (headline,) = [one for one in reading.statements if one.content[0].where == "title"]
    assert headline.content[0].text == "the quay is sound"
    assert headline.why == WHY


def test_what_runs_over_paragraphs_is_in_parts() -> None:
    text = "“We wait for the boat,” Anne Holt said. “It comes at noon.\n“Then we leave the island for good.”"
    reading = read(text)
    assert all("\n" not in part.text for one in reading.statements for part in one.content)
    assert faults(reading) == []


@pytest.mark.parametrize("learned", [False, True])
def test_french_is_read_as_ever_and_a_warning_says_so(learned: bool) -> None:
    article = make_article("La maire, Anne Roux, a déclaré que le pont ouvrira lundi.", language="fr")
    reading = Reader(wide=True, learned=learned).read(article)
    assert reading.statements == Reader(learned=learned).read(article).statements
    assert [warning for warning in reading.warnings if "not read in the wide sense" in warning]


@pytest.mark.parametrize("text", ["", "“", "It rains.", "“ " * 40 + "he said.", "A, said X, B. " * 60, TEXT, "\n\n"])
def test_any_text_is_read(text: str) -> None:
    assert faults(read(text)) == []


def test_python_has_it() -> None:
    assert [one.why for one in selon.read(TEXT, wide=True, language="en").statements].count(WHY) >= 4


# --- the tagger


def test_the_tagger_was_trained_on_this_language_model() -> None:
    assert wide_tagger_for(load_pipeline("en"), "en") is not None, "run python -m training.wide"
    assert wide_tagger_for(load_pipeline("fr"), "fr") is None
    assert wide_tagger_for(spacy.blank("en"), "en") is None


def test_another_layout_of_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selon.models.wide_tagger.version", lambda: version() + 1)
    assert wide_tagger_for(load_pipeline("en"), "en") is None


def test_features_fit_the_tokens_and_their_columns() -> None:
    hits = find_cues(TOKENS, ENGLISH)
    features = wide_features(TOKENS, QUOTATIONS, hits, statements(TOKENS, QUOTATIONS, ENGLISH), ENGLISH)
    assert features.ids.shape == (len(TOKENS), len(COLUMNS))
    assert (features.ids >= 0).all()
    assert all(features.ids[:, column].max() < size for column, (_, size) in enumerate(COLUMNS))
    names = [name for name, _ in COLUMNS]
    assert [names[column] for column in WORD_COLUMNS][:2] == ["word", "prefix"]
    ready, said = TOKENS.word.index("ready"), TOKENS.word.index("said")
    assert features.ids[said, names.index("branch of the cue")] == 1
    assert features.ids[ready, names.index("word once")] != features.ids[ready, names.index("word twice")]


def test_the_weights_fit_the_facts() -> None:
    tagger = load_wide_tagger()
    assert tagger is not None
    assert {kind: len(weights) for kind, weights in tagger.config.links.items()} == {
        "content": len(FACTS),
        "source": len(FACTS),
    }


def test_marginals_and_the_path_are_those_of_all_paths() -> None:
    draw = np.random.default_rng(3)
    scores, transitions = draw.normal(size=(3, len(LABELS))), draw.normal(size=(len(LABELS), len(LABELS)))
    paths = list(product(range(len(LABELS)), repeat=3))
    weights = np.exp([_value(scores, transitions, path) for path in paths])
    expected = np.zeros_like(scores)
    for path, weight in zip(paths, weights, strict=True):
        expected[range(3), path] += weight / weights.sum()
    assert np.allclose(marginals(scores, transitions), expected)


def _value(scores: np.ndarray, transitions: np.ndarray, path: Sequence[int]) -> float:
    along = sum(transitions[one, other] for one, other in pairwise(path))
    return float(sum(scores[place, label] for place, label in enumerate(path)) + along)


def test_passages_are_read_off_the_path_with_their_chance() -> None:
    scores = np.full((4, len(LABELS)), -4.0)
    for place, label in enumerate(("B-source", "B-cue", "B-content", "I-content")):
        scores[place, LABELS.index(label)] = 4.0
    found = tagged(scores, np.zeros((len(LABELS), len(LABELS))))
    assert [(one.role, one.span) for one in found] == [
        ("source", Span(0, 1)), ("cue", Span(1, 2)), ("content", Span(2, 4)),
    ]  # fmt: skip
    assert all(0.95 < one.chance <= 1 for one in found)


# --- what belongs together


def passages(tokens: Tokens, *given: tuple[Role, str]) -> list[Tagged]:
    """Passages by their words, each after the one before."""
    found, start = [], 0
    for role, words in given:
        start = tokens.text.index(words, start)
        found.append(Tagged(role, Span(tokens.at(start), tokens.at(start + len(words) - 1) + 1), 0.9))
    return found


def groups(text: str, *given: tuple[Role, str]) -> list[tuple[list[str], str | None, str | None]]:
    tokens, _ = parse_text(text, load_pipeline("en"))
    tagger = load_wide_tagger()
    assert tagger is not None

    def words(span: Span | None) -> str | None:
        return text[slice(*tokens.span(*span))] if span else None

    return [
        ([str(words(part)) for part in one.contents], words(one.cue), words(one.source))
        for one in linked(tokens, passages(tokens, *given), tagger.config.links)
    ]


def test_each_content_goes_to_its_cue_and_each_cue_to_its_source() -> None:
    text = "Anne Holt said the bridge will open, but Leo Blunt denied it. The mill will close, the council announced."
    assert groups(
        text, ("source", "Anne Holt"), ("cue", "said"), ("content", "the bridge will open"), ("source", "Leo Blunt"),
        ("cue", "denied"), ("content", "it"), ("content", "The mill will close"), ("source", "the council"),
        ("cue", "announced"),
    ) == [
        (["the bridge will open"], "said", "Anne Holt"),
        (["it"], "denied", "Leo Blunt"),
        (["The mill will close"], "announced", "the council"),
    ]  # fmt: skip


def test_a_source_may_serve_two_cues_and_a_cue_two_contents() -> None:
    text = "Anne Holt said the bridge will open and promised to pay. “We wait,” she said, “and hope.”"
    assert groups(
        text, ("source", "Anne Holt"), ("cue", "said"), ("content", "the bridge will open"), ("cue", "promised"),
        ("content", "to pay"), ("content", "“We wait,”"), ("source", "she"), ("cue", "said"),
        ("content", "“and hope.”"),
    ) == [
        (["the bridge will open"], "said", "Anne Holt"),
        (["to pay"], "promised", "Anne Holt"),
        (["“We wait,”", "“and hope.”"], "said", "she"),
    ]  # fmt: skip


def test_a_cue_without_content_is_left_out() -> None:
    assert groups("Anne Holt said nothing.", ("source", "Anne Holt"), ("cue", "said")) == []


def test_sentences_that_go_on_are_one_content() -> None:
    first, last = TOKENS.sentences[0]
    second = TOKENS.sentences[1]
    assert joined(TOKENS, [Span(first + 8, last), second]) == [Span(first + 8, second.end)]
    assert joined(TOKENS, [Span(first, 2), Span(2, 5)]) == [Span(first, 2), Span(2, 5)]


def test_facts_have_their_names() -> None:
    cue, other = Span(4, 5), Span(0, 4)
    given = dict(zip(FACTS, facts(TOKENS, cue, other, Places([("cue", cue), ("source", other)])), strict=True))
    assert TOKENS.word[4] == "said"
    assert given["before the cue"] == given["beside the cue"] == given["same sentence"] == given["always"] == 1
    assert given["subject of the cue"] == 1
    assert given["cues between"] == given["contents between"] == 0


# --- how it is scored

SENTENCES = (
    Sentence(
        "a", ["``", "It", "opens", ",", "''", "Holt", "said", "in", "the", "U.S.", "."],
        ["B-content", "I-content", "I-content", "I-content", "I-content", "B-source", "B-cue", "O", "O", "O", "O"],
    ),
    Sentence("a", ["Blunt", "hopes", "so", "."], ["B-source", "B-cue", "B-content", "O"]),
)  # fmt: skip
SCORED = "“It opens,” Holt said in the U.S. Blunt hopes so."


def scored(*found: tuple[Role, str]) -> dict[Role, Tally]:
    by_role: dict[Role, list[Span]] = {role: [] for role in ROLES}
    for role, words in found:
        start = SCORED.index(words)
        by_role[role].append(Span(start, start + len(words)))
    return of_article(SENTENCES, SCORED, by_role)


def test_tokens_of_the_treebank_are_found_in_the_text() -> None:
    places = [SCORED[slice(*place)] for of in aligned(SCORED, [one.tokens for one in SENTENCES]) for place in of]
    assert places == [
        "“", "It", "opens", ",", "”", "Holt", "said", "in", "the", "U.S.", "", "Blunt", "hopes", "so", ".",
    ]  # fmt: skip


def test_sentences_in_another_order_are_found_too() -> None:
    text = "The mill closes. The quay is sound. Nobody waits for a boat."
    tokens = [["Nobody", "waits", "for", "a", "boat", "."], ["The", "quay", "is", "sound", "."]]
    assert [text[of[0].start : of[-1].end] for of in aligned(text, tokens)] == [
        "Nobody waits for a boat.",
        "The quay is sound.",
    ]


def test_spans_have_to_be_exact() -> None:
    exact = scored(
        ("content", "“It opens,”"), ("source", "Holt"), ("cue", "said"), ("source", "Blunt"), ("cue", "hopes"),
        ("content", "so"),
    )  # fmt: skip
    assert exact == {role: Tally(2, 2, 2) for role in ROLES}
    short = scored(("content", "It opens"), ("source", "Holt"), ("cue", "said in"))
    assert short == {"source": Tally(1, 1, 2), "cue": Tally(0, 1, 2), "content": Tally(0, 1, 2)}


def test_a_passage_over_two_sentences_is_two_spans() -> None:
    assert scored(("content", "in the U.S. Blunt hopes"))["content"] == Tally(0, 2, 2)


def test_attributions_are_read_from_standoff() -> None:
    standoff = "T1\tSource 0 4\tHolt\nT2\tCue 5 9\tsaid\nT3\tContent 10 12;15 17\tso on\nE1\tAttribution:T2 Cue:T2 "
    (one,) = attributions(standoff + "Content:T3 Source:T1\nT9\tDiscuss 0 4\tHolt\nE2\tDiscuss:T9")
    assert one.roles() == (
        ("content", (Span(10, 12), Span(15, 17))), ("cue", (Span(5, 9),)), ("source", (Span(0, 4),)),
    )  # fmt: skip


@needs_data
@pytest.mark.data
def test_it_reads_as_well_as_published_taggers_of_its_size() -> None:
    of_articles = tallies()
    wanted = PUBLISHED["two-layer BiLSTM"]
    figures = {role: sum((article[role] for article in of_articles), start=Tally()).f1 for role in ROLES}
    assert {role: figure for role, figure in figures.items() if figure < int(wanted[role])} == {}


# --- how it is trained


def test_weights_of_links_tell_what_belongs_together() -> None:
    text = "Anne Holt said the bridge will open. Leo Blunt denied it. The council says the mill will close."
    tokens, _ = parse_text(text, load_pipeline("en"))

    def part(words: str) -> tuple[Span, ...]:
        start = text.index(words)
        return (Span(start, start + len(words)),)

    marked = [
        Attribution(part("Anne Holt"), part("said"), part("the bridge will open")),
        Attribution(part("Leo Blunt"), part("denied"), part("it")),
        Attribution(part("The council"), part("says"), part("the mill will close")),
    ]
    known = pairs(tokens, marked)
    assert {role: (len(some), sum(right for _, right in some)) for role, some in known.items()} == {
        "source": (9, 3),
        "content": (9, 3),
    }
    weights = fitted(known["content"])
    chances = [(chance(weights, given), right) for given, right in known["content"]]
    assert min(one for one, right in chances if right) > max(one for one, right in chances if not right)


def test_every_token_has_the_label_of_its_passage() -> None:
    start = TEXT.index("a rise in prices")
    labels = labels_of(TOKENS, [Attribution((), (), (Span(start, start + 16),))])
    first = TOKENS.at(start)
    assert [LABELS[label] for label in labels[first : first + 4]] == ["B-content", *["I-content"] * 3]
    assert not labels[:first].any()
    assert not labels[first + 4 :].any()


@pytest.mark.parametrize("size", [8, 20, 1000])
def test_an_article_is_cut_whole_and_at_sentences(size: int) -> None:
    hits = find_cues(TOKENS, ENGLISH)
    features = wide_features(TOKENS, QUOTATIONS, hits, [], ENGLISH)
    starts = np.array([first for first, _ in TOKENS.sentences])
    example = Example("one", features, np.zeros(len(TOKENS), np.int64), starts)
    cut = pieces(example, random.Random(size), size)
    assert [index for first, last in cut for index in range(first, last)] == list(range(len(TOKENS)))
    assert {first for first, _ in cut} <= set(starts.tolist())
