"""How likely a statement is right: the facts looked at, the weights, how they are learned, and how they are judged."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest
from evaluation import reliability
from evaluation.gold import Marked
from training import confidence as training

from selon.articles.article import make_article
from selon.language import load
from selon.models.features import WHYS
from selon.parse import parse_text
from selon.pipeline import load_pipeline
from selon.steps.confidence import Facts, Rule, Weights, confidence_weights, read_weights
from selon.steps.statements import statements, with_facts
from selon.types import Found

QUOTED = Facts(
    rule="quotation before its cue",
    form="direct",
    cue="verb",
    tense="finite",
    joint="content first",
    apart="0 to 2 words",
    mention="name",
    length="9 to 16 words",
    verb="finite",
    begin="capital, begins a sentence",
    end="ends a sentence",
    place="outermost",
)
OF_A_NOUN = QUOTED._replace(
    rule="clause after its cue",
    form="indirect",
    cue="noun",
    tense="none",
    joint="infinitive mark",
    begin="small letter",
)


def facts(text: str, code: str) -> list[Facts]:
    """The facts of all statements that the rules find."""
    return [given for _, given in with_facts(*parse_text(text, load_pipeline(code)), load(code))]


def read(text: str, code: str, *, in_title: bool = False) -> list[Found]:
    return statements(*parse_text(text, load_pipeline(code)), load(code), in_title=in_title)


def test_the_shipped_weights_are_learned_from_open_texts() -> None:
    told = training.WEIGHTS.read_text(encoding="utf-8").split("\n", 2)[1]
    assert all(name in told for name in training.OPEN)
    assert not [name for name in training.FULL if name not in training.OPEN and name in told]


def test_the_shipped_weights_are_as_the_command_writes_them() -> None:
    written = training.written(confidence_weights(), training.OPEN)
    assert written == training.WEIGHTS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[rule]", "[moon]\n[rule]", "moon"),
        ("[cue]\n", '[cue]\n"shout" = 1.0\n', "shout"),
        ("[place]", "[places]", "place"),
        ("base = ", "basis = ", "bas"),
        ('"direct" = ', '"direct" = "much" #', "float"),
    ],
)
def test_weights_with_facts_that_nobody_knows_are_refused(old: str, new: str, named: str) -> None:
    toml = training.WEIGHTS.read_text(encoding="utf-8")
    assert old in toml
    with pytest.raises(msgspec.ValidationError, match=named):
        read_weights(toml.replace(old, new, 1).encode())


def test_every_rule_can_have_a_weight() -> None:
    assert set(get_args(Rule)) == set(WHYS)


def test_a_quotation_with_its_cue_is_surer_than_the_content_of_a_noun() -> None:
    weights = confidence_weights()
    assert weights.confidence(QUOTED) >= 0.95
    assert weights.confidence(QUOTED) > weights.confidence(OF_A_NOUN) + 0.05


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ({"cue": "phrase"}, {"cue": "ambiguous phrase"}),
        ({"joint": "complementizer"}, {"joint": "other words"}),
        ({"mention": "name"}, {"mention": "other noun"}),
        ({"length": "9 to 16 words"}, {"length": "1 or 2 words"}),
        ({"verb": "finite"}, {"verb": "none"}),
        ({"apart": "0 to 2 words"}, {"apart": "more words"}),
        ({"tense": "finite"}, {"tense": "infinitive"}),
        ({"place": "outermost"}, {"place": "inside another"}),
    ],
)
def test_what_speaks_for_a_statement_makes_it_surer(surer: dict[str, str], less: dict[str, str]) -> None:
    def confidence(change: dict[str, str]) -> float:
        return confidence_weights().confidence(Facts(**{**OF_A_NOUN._asdict(), **change}))

    assert confidence(surer) > confidence(less)


@pytest.mark.parametrize(
    ("code", "sure", "unsure"),
    [
        (
            "fr",
            "« Le pont sera fermé dès lundi », a déclaré Anne Roux.",
            "La maire a renouvelé sa promesse de fermer le pont.",
        ),
        (
            "en",
            '"The bridge will be closed on Monday," said Ann Lee.',
            "The claim that the bridge is closed surprised the town.",
        ),
    ],
)
def test_texts_in_both_languages_are_ranked_alike(code: str, sure: str, unsure: str) -> None:
    (first,), (second,) = read(sure, code), read(unsure, code)
    assert first.confidence >= 0.95
    assert second.confidence < first.confidence - 0.05
    assert second.entry in ("promesse", "claim")


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "fr",
            "« Le pont sera fermé dès lundi », a déclaré Anne Roux.",
            {
                "rule": "quotation before its cue",
                "form": "direct",
                "cue": "verb",
                "joint": "content first",
                "mention": "name",
                "length": "5 to 8 words",
                "begin": "capital, begins a sentence",
            },
        ),
        (
            "fr",
            "Elle n'a pas confirmé que le pont sera fermé dès lundi.",
            {"tense": "negated or conditional", "joint": "complementizer", "mention": "pronoun", "verb": "finite"},
        ),
        (
            "fr",
            "Selon la préfecture, le pont sera fermé.",
            {"cue": "phrase", "tense": "none", "mention": "institution"},
        ),
        ("en", "The minister promised to close the bridge.", {"verb": "infinitive", "begin": "small letter"}),
        ("fr", "On craint que le pont soit fermé.", {"tense": "present", "mention": "impersonal pronoun"}),
        ("en", '"Will the bridge be closed?" asked Ann Lee.', {"end": "question"}),
    ],
)
def test_the_facts_of_a_statement(code: str, text: str, expected: dict[str, str]) -> None:
    given = facts(text, code)[0]
    assert {name: getattr(given, name) for name in expected} == expected


def test_a_statement_inside_another_is_told_from_it() -> None:
    given = facts("Anne Roux a déclaré que le maire avait annoncé que le pont sera fermé dès lundi.", "fr")
    assert [one.place for one in given] == ["outermost", "inside another"]


def test_a_womans_word_is_as_sure_as_a_mans() -> None:
    texts = ("Une femme a déclaré que le pont sera fermé.", "Un homme a déclaré que le pont sera fermé.")
    assert len({read(text, "fr")[0].confidence for text in texts}) == 1


def test_a_headline_is_judged_by_the_same_facts() -> None:
    text = "Selon la préfecture, le pont sera fermé"
    assert read(text, "fr", in_title=True)[0].confidence == read(text, "fr")[0].confidence


def test_confidence_is_a_chance_of_two_decimals_and_never_certain() -> None:
    empty: dict[str, dict[str, float]] = {name: {} for name in Facts._fields}
    for base, expected in ((0.0, 0.5), (1.0, 0.73), (50.0, 0.99), (-50.0, 0.01)):
        assert msgspec.convert({"base": base, **empty}, Weights).confidence(QUOTED) == expected


def examples(of: Facts, right: int, wrong: int, *, made: bool = False) -> list[training.Example]:
    """So many right and wrong statements of the same facts, each in an article of its own."""
    return [training.Example(of, number < right, f"{of.cue} {made} {number}", made) for number in range(right + wrong)]


def test_weights_learned_from_a_small_set_come_near_its_shares() -> None:
    small = [*examples(QUOTED, 190, 10), *examples(OF_A_NOUN, 120, 80)]
    weights = training.learned(small)
    assert weights.confidence(QUOTED) == pytest.approx(0.95, abs=0.02)
    assert weights.confidence(OF_A_NOUN) == pytest.approx(0.6, abs=0.02)
    assert "participle" not in weights.cue
    assert training.learned(small) == weights
    assert read_weights(training.written(weights, ["one"]).encode()) == weights


def test_a_statement_is_right_where_it_is_marked() -> None:
    text = "« Le pont sera fermé dès lundi », a déclaré Anne Roux.\nLe maire affirme que la route est sûre."
    content = {"start": 2, "end": 2 + len("Le pont sera fermé dès lundi")}
    mark = {
        "content": [content],
        "cue": None,
        "mention": None,
        "speaker": "Anne Roux",
        "form": "direct",
        "inside": None,
    }
    parsed = parse_text(text, load_pipeline("fr")), parse_text("", load_pipeline("fr"))
    one = Marked(make_article(text, language="fr"), [mark])
    first, second = training.of_article(one, *parsed, "made-train")
    assert (first.facts.rule, first.right) == ("quotation before its cue", True)
    assert (second.facts.rule, second.right) == ("clause after its cue", False)
    assert first.made
    assert not training.of_article(one, *parsed, "another")[0].made


def test_a_value_seen_too_seldom_has_no_weight() -> None:
    seldom = QUOTED._replace(cue="participle")
    weights = training.learned([*examples(QUOTED, 20, 2), *examples(seldom, 0, training.SEEN - 1)])
    assert set(weights.cue) == {"verb"}


def test_that_made_up_articles_are_easier_is_not_taken_over() -> None:
    real = examples(QUOTED, 80, 20)
    weights = training.learned([*real, *examples(QUOTED, 100, 0, made=True)])
    assert weights.confidence(QUOTED) == pytest.approx(0.8, abs=0.02)


def test_folds_judge_each_real_statement_once_by_weights_learned_without_its_article() -> None:
    odd = examples(QUOTED, 40, 10)
    given = training.in_folds([*odd, *examples(OF_A_NOUN, 10, 0, made=True)])
    assert len(given) == len(odd)
    assert sum(right for _, right in given) == 40
    alone = [training.Example(QUOTED, True, "one", False)] * 20 + [training.Example(QUOTED, False, "two", False)] * 20
    assert all((confidence > 0.5) != right for confidence, right in training.in_folds(alone))


def test_how_far_confidence_is_off() -> None:
    given = [(0.9, True)] * 9 + [(0.9, False)]
    assert reliability.brier(given) == pytest.approx(0.09)
    assert reliability.calibration_error(given) == pytest.approx(0)
    assert reliability.calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)
    assert reliability.calibration_error([(0.55, True), (0.85, False)]) == pytest.approx((0.45 + 0.85) / 2)
    assert reliability.brier([]) == reliability.calibration_error([]) == 0


def test_the_table_has_a_line_for_each_range_that_has_statements() -> None:
    lines = reliability.table([(0.5, True), (0.59, False), (0.6, True), (0.99, True)]).splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["0.50", "0.60", "0.95"]
    assert lines[1].split()[3:] == ["2", "54.5%", "50.0%"]
