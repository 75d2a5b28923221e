"""The quick way through a pipeline gives what spaCy's own gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.ml.models import CharacterEmbed, MaxoutWindowEncoder, build_Tok2Vec_model
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from selon import quick
from selon.encoder import Encoder
from selon.parse import parse_text, parse_texts
from selon.pipeline import load_pipeline
from selon.quick import Products, parse_docs
from selon.tokens import Tokens
from selon.types import Span

PARAGRAPHS = {
    "fr": (
        "Le pont de Karsavie a rouvert lundi. La mairie, qui l'avait fermé en mai, assure que les travaux sont finis.",
        '"Nous avons attendu deux ans", a dit Anne Roux. Elle tient un café. Il pleut.',
        "Un communiqué suivra.",
    ),
    "en": (
        "The Karsavia bridge opened again on Monday. The town, which had closed it in May, says the work is done.",
        '"We waited for two years," Ann Lee said. She runs a café. It rains.',
        "A statement will follow.",
    ),
}


@pytest.mark.parametrize(("one", "other"), [(False, False), (True, False), (False, True), (True, True)])
def test_products_are_those_of_thinc(one: bool, other: bool) -> None:
    numbers = np.random.default_rng(7)
    left = numbers.random((4, 3) if one else (3, 4), dtype=np.float32)
    right = numbers.random((5, 4) if other else (4, 5), dtype=np.float32)
    wanted = NumpyOps().gemm(left, right, trans1=one, trans2=other)
    out = np.zeros((3, 5), np.float32)
    assert np.allclose(Products().gemm(left, right, trans1=one, trans2=other), wanted, atol=1e-6)
    assert Products().gemm(left, right, out=out, trans1=one, trans2=other) is out
    assert np.allclose(out, wanted, atol=1e-6)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kept", [2, 40, 1000])  # too few for the words of the texts; enough once; enough for all
def test_the_encoder_gives_the_vectors_of_the_pipeline(language: str, kept: int) -> None:
    pipeline = load_pipeline(language)
    component: Any = pipeline.get_pipe("tok2vec")
    encoder = Encoder(component.model, kept)
    for _ in range(2):
        for paragraph in PARAGRAPHS[language]:
            docs = [pipeline.make_doc(paragraph), pipeline.make_doc(paragraph[:9])]
            wanted = component.predict(docs)
            encoder.encode(docs)
            for doc, vectors in zip(docs, wanted, strict=True):
                assert doc.tensor.shape == vectors.shape
                assert np.allclose(doc.tensor, vectors, atol=1e-4)


def test_an_encoder_of_another_make_is_left_to_spacy() -> None:
    component: Any = load_pipeline("fr").get_pipe("tok2vec")
    assert Encoder.fits(component.model)
    wide = MaxoutWindowEncoder(width=96, window_size=2, maxout_pieces=3, depth=1)
    assert not Encoder.fits(build_Tok2Vec_model(component.model.get_ref("embed"), wide))
    letters = CharacterEmbed(width=96, rows=10, nM=8, nC=4, include_static_vectors=False)
    assert not Encoder.fits(build_Tok2Vec_model(letters, component.model.get_ref("encode")))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_sentences_are_parsed_as_the_pipeline_parses_them(language: str) -> None:
    pipeline = load_pipeline(language)
    quick = list(parse_docs(PARAGRAPHS[language], pipeline))
    for parsed, doc in zip(quick, pipeline.pipe(PARAGRAPHS[language]), strict=True):
        assert parsed.heads == [token.head.i for token in doc]
        assert parsed.relations == [token.dep for token in doc]
        assert [token.lemma_ for token in parsed.doc] == [token.lemma_ for token in doc]
        assert [str(token.morph) for token in parsed.doc] == [str(token.morph) for token in doc]


def test_a_pipeline_of_another_kind_is_run_as_it_is() -> None:
    pipeline = spacy.blank("fr")
    pipeline.add_pipe("selon_sentences", config={"language": "fr"})
    tokens, _ = parse_text("Il pleut. Le pont est fermé.", pipeline)
    assert tokens.sentences == [Span(0, 3), Span(3, 8)]
    assert tokens.head == list(range(8))
    assert set(tokens.dep) == {""}


def test_batches_do_not_show() -> None:
    texts = [
        "\n".join(PARAGRAPHS["fr"]) + "\n\n" + "Il a neigé hier sur la Karsavie. " * count for count in (1, 400, 5)
    ]
    pipeline = load_pipeline("fr")
    for text, (tokens, _) in zip(texts, parse_texts(texts, pipeline), strict=True):
        alone, _ = parse_text(text, pipeline)
        assert (tokens.word, tokens.start, tokens.head) == (alone.word, alone.start, alone.head)
        assert (tokens.sentences, tokens.paragraphs) == (alone.sentences, alone.paragraphs)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=8))
def test_edges_reach_over_the_subtree(shares: list[int]) -> None:
    order = sorted(range(len(shares)), key=lambda index: (shares[index], index))
    head = [0] * len(shares)
    for place, index in enumerate(order):  # a tree: each hangs on one that came before it
        head[index] = order[shares[index] % place] if place else index
    words = ["mot"] * len(head)
    numbers = list(range(len(head)))
    tokens = Tokens(
        "", numbers, numbers, words, words, words, words, words, head, words, [0] * len(head), [Span(0, len(head))], []
    )
    for index, (first, last) in enumerate(tokens.edges):
        below = tokens.subtree(index)
        assert (first, last) == (below[0], below[-1] + 1)


def test_a_parse_takes_one_thread_and_leaves_the_others_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    def counts() -> set[int]:
        return {library["num_threads"] for library in ThreadpoolController().info() if library["user_api"] == "blas"}

    before, seen = counts(), set[int]()
    parse_sentences = quick.parse_sentences

    def watched(*given: Any) -> None:
        seen.update(counts())
        parse_sentences(*given)

    monkeypatch.setattr(quick, "parse_sentences", watched)
    list(quick.parse_docs(["Le pont rouvrira lundi, a dit la maire."], load_pipeline("fr")))
    assert seen == {1}
    assert counts() == before
