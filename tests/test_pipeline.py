"""The tokenizer, the shipped pipelines and their cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab
from training.evaluate_language_model import folder_hash, measure
from training.language_model import DEVELOPMENT, PACKAGE

from selon.language import LanguageError, load
from selon.pipeline import Tokenizer, load_pipeline
from tests.data import needs_data

TOKENIZERS = {code: Tokenizer(Vocab(), load(code).sentences) for code in ("fr", "en")}
MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("language", "text", "tokens"),
    [
        ("fr", "Viendra-t-elle du parc ?", "Viendra|-t-elle|du|parc|?"),
        ("fr", "Aujourd'hui, l’a-t-il dit ?", "Aujourd'hui|,|l’|a|-t-il|dit|?"),
        ("fr", "Il part, dit-on, jusqu'au soir.", "Il|part|,|dit|-on|,|jusqu'|au|soir|."),
        ("fr", "Le porte-parole de M. Petit", "Le|porte-parole|de|M.|Petit"),
        ("fr", "Soit 50 000 euros, à 14h30", "Soit|50 000|euros|,|à|14|h|30"),
        ("fr", "«Oui», ''non'', “si”", "«|Oui|»|,|''|non|''|,|“|si|”"),
        ("en", "We don't, can't and cannot", "We|do|n't|,|ca|n't|and|can|not"),
        ("en", "the well-known Bob's 3.5 million", "the|well|-|known|Bob|'s|3.5|million"),
        ("en", "“Yes,” he'd say at 5 p.m.", "“|Yes|,|”|he|'d|say|at|5|p.m."),
        ("en", "See www.example.org or @bob :-)", "See|www.example.org|or|@bob|:-)"),
    ],
)
def test_tokens(language: str, text: str, tokens: str) -> None:
    assert [token.text for token in TOKENIZERS[language](text)] == tokens.split("|")


@given(text=st.text(), language=st.sampled_from(["fr", "en"]))
def test_no_character_is_lost(text: str, language: str) -> None:
    assert TOKENIZERS[language](text).text == text


def test_the_shipped_french_pipeline_parses() -> None:
    doc = load_pipeline("fr")('"Le pont est fermé", a-t-elle annoncé. Il pleut.')
    assert [sentence.root.text for sentence in doc.sents] == ["annoncé", "pleut"]
    assert next(doc.sents).root.lemma_ == "annoncer"
    assert next(token for token in doc if token.text == "-t-elle").dep_ == "nsubj"


def test_the_shipped_english_pipeline_parses() -> None:
    doc = load_pipeline("en")('"The bridge is closed," the mayor said. It rains.')
    assert [sentence.root.lemma_ for sentence in doc.sents] == ["say", "rain"]
    assert next(token for token in doc if token.text == "mayor").dep_ == "nsubj"


def test_a_pipeline_is_loaded_once() -> None:
    assert load_pipeline("fr") is load_pipeline("fr")


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(LanguageError, match="no_such_pipeline"):
        load_pipeline("fr", "no_such_pipeline")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_model_is_small_and_the_one_of_its_card(language: str) -> None:
    folder = PACKAGE / language / "model"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 15 * MEGABYTE
    card = (PACKAGE / language / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert folder_hash(folder) in card


@pytest.mark.data
@needs_data
@pytest.mark.parametrize(("language", "least"), [("fr", (96.0, 89.0, 85.0)), ("en", (93.5, 84.5, 80.0))])
def test_a_model_keeps_its_figures(language: str, least: tuple[float, float, float]) -> None:
    for gold, _ in measure(language, PACKAGE / language / "model", DEVELOPMENT[language]).values():
        assert all(gold[name] >= floor for name, floor in zip(("UPOS", "UAS", "LAS"), least, strict=True))
