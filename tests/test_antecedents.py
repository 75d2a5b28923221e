"""Antecedents by their learned table: what it holds, how it is learned, and what no table may overrule."""

from __future__ import annotations

from training.sources import FULL, OPEN, TABLE, Example, hits, learned, written

from selon.language import load
from selon.steps.antecedent_features import Sort
from selon.steps.antecedent_weights import antecedent_weights
from selon.steps.kinds import lexicon_of, nearly_same
from selon.steps.proper_names import names_of
from tests.test_sources import MAYOR, by_id, found, resolved, table

SORTS: tuple[Sort, ...] = ("he", "it", "they", "person", "institution", "document", "owner", "follow")


def test_the_shipped_table_answers_every_sort_of_question() -> None:
    assert set(antecedent_weights().tables) == set(SORTS)


def test_the_shipped_table_is_learned_from_open_texts() -> None:
    told = TABLE.read_text(encoding="utf-8").split("\n", 2)[1]
    assert all(name in told for name in OPEN)
    assert not [name for name in FULL if name not in OPEN and name in told]


def test_who_is_near_weighs_more_than_who_is_far() -> None:
    weights = antecedent_weights()
    assert weights.of("he", ["0 back", "main subject"]) > weights.of("he", ["many back"])
    assert weights.of("he", ["a fact that nobody knows"]) == 0


def test_a_table_is_learned_from_examples_and_is_the_same_for_the_same_seed() -> None:
    examples = [Example("he", [["near"], ["far"]], [True, False], number) for number in range(12)]
    tables = learned(examples)
    assert tables["he"]["near"] > tables["he"]["far"]
    assert hits(examples, tables)["all"] == (12, 12)
    assert written(tables, ["one"]) == written(learned(examples), ["one"])


def test_a_masculine_title_can_be_a_womans() -> None:
    tokens = table(
        "Le|DET||Gender=Masc professeur|NOUN|nsubj Ana|PROPN Duret|PROPN annonce que|SCONJ alpha|NOUN .|PUNCT"
        " / Le|DET||Gender=Masc professeur|NOUN|nsubj Duret|PROPN part|VERB .|PUNCT"
        " / Elle|PRON|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT"
    )
    resolution = resolved(tokens, found(tokens, "Le professeur Ana Duret", "alpha"), found(tokens, "Elle", "beta"))
    assert resolution.of_statement == (("s1",), ("s1",))
    assert resolution.sources[0].gender == "f"


def test_a_title_that_shows_a_man_is_never_she() -> None:
    tokens = table(
        f"{MAYOR} / M.|NOUN|nsubj Duret|PROPN arrive|VERB .|PUNCT / Elle|PRON|nsubj ajoute que|SCONJ beta|NOUN .|PUNCT"
    )
    resolution = resolved(
        tokens, found(tokens, "Claire Lambert, maire de Valmont", "alpha"), found(tokens, "Elle", "beta")
    )
    assert by_id(resolution, resolution.of_statement[1][0]).name == "Claire Lambert"


def test_another_office_with_nothing_in_common_is_somebody_else() -> None:
    tokens = table(
        f"{MAYOR} / Le|DET préfet|NOUN|nsubj de|ADP la|DET région|NOUN voisine|ADJ ajoute que|SCONJ beta|NOUN .|PUNCT"
    )
    resolution = resolved(
        tokens,
        found(tokens, "Claire Lambert, maire de Valmont", "alpha"),
        found(tokens, "Le préfet de la région voisine", "beta"),
    )
    assert resolution.of_statement == (("s1",), ("s2",))


def test_a_surname_spelt_a_little_differently_is_the_same_persons() -> None:
    tokens = table(
        "Ivo|PROPN|nsubj Kowalski|PROPN ,|PUNCT maire|NOUN de|ADP Valmont|PROPN ,|PUNCT annonce que|SCONJ alpha|NOUN"
        " .|PUNCT / M.|NOUN|nsubj Kowalsky|PROPN ajoute que|SCONJ beta|NOUN .|PUNCT"
    )
    resolution = resolved(
        tokens, found(tokens, "Ivo Kowalski, maire de Valmont", "alpha"), found(tokens, "M. Kowalsky", "beta")
    )
    assert resolution.of_statement == (("s1",), ("s1",))


def test_short_names_that_differ_are_two() -> None:
    assert not nearly_same("rey", "roy")
    assert nearly_same("aubert", "aubret")


def test_a_place_before_a_person_is_no_part_of_the_name() -> None:
    tokens = table("Le|DET maire|NOUN de|ADP Paris|PROPN Ana|PROPN Duret|PROPN parle .|PUNCT")
    names = names_of(tokens, lexicon_of(load("fr")))
    assert [name.words for name in names] == [("paris",), ("ana", "duret")]
