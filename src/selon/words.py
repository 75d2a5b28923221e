"""The part of a pipeline's encoder that looks at one word alone, worked out once a word instead of once a token.

spaCy's `MultiHashEmbed` makes the vector of a token of its form and of whether a space follows, before any layer looks
at the neighbours. A handful of words makes up most of a text, so their vectors are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from spacy.attrs import ORTH, SPACY
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

_KEPT = 32_768  # words whose vectors are kept: 12 MB at 96 numbers a word


class WordVectors:
    """The vectors of words before their neighbours are looked at, kept up to a number of words and then anew.

    `model`: a `Tok2Vec` of spaCy whose first layer is a `MultiHashEmbed` without static vectors.
    """

    def __init__(self, model: Any, kept: int = _KEPT) -> None:
        self._embed: Any = model.get_ref("embed")
        self._encode: Any = model.get_ref("encode")
        self._extract, _, tables, mix, _ = self._embed.layers
        self._tables, self._mix = tables.layers[0], mix.layers[0]
        self._rows: dict[int, int] = {}
        self._vectors = np.zeros((kept, model.get_dim("nO")), np.float32)

    def encode(self, docs: Sequence[Doc]) -> None:
        """Set the tensor of each Doc, as the encoder of the pipeline does."""
        for doc, vectors in zip(docs, self._encode.predict(self.embedded(docs)), strict=True):
            doc.tensor = vectors

    def embedded(self, docs: Sequence[Doc]) -> list[Any]:
        """One array (tokens, width) a Doc: what the first layer gives."""
        forms = np.concatenate([doc.to_array([ORTH, SPACY]) for doc in docs])
        keys: list[int] = (forms[:, 0] * np.uint64(2) + forms[:, 1]).tolist()
        new = {key: index for index, key in enumerate(keys) if key not in self._rows}
        if len(self._rows) + len(new) > len(self._vectors):
            self._rows.clear()
            new = {key: index for index, key in enumerate(keys)}
            if len(new) > len(self._vectors):
                whole: list[Any] = self._embed.predict(docs)
                return whole
        if new:
            self._add(new, docs)
        rows = self._rows
        vectors = self._vectors[[rows[key] for key in keys]]
        return np.split(vectors, np.cumsum([len(doc) for doc in docs])[:-1])

    def _add(self, new: dict[int, int], docs: Sequence[Doc]) -> None:
        """Work out the vectors of new words; `new`: key -> one of the tokens that have it."""
        features = np.concatenate(self._extract.predict(docs))[list(new.values())]
        first = len(self._rows)
        self._vectors[first : first + len(new)] = self._mix.predict(self._tables.predict(features))
        self._rows.update(zip(new, range(first, first + len(new)), strict=True))


@cache
def word_vectors(pipeline: Pipeline) -> WordVectors:
    """The word vectors of a pipeline, kept as long as the program runs."""
    encoder: Any = pipeline.get_pipe("tok2vec")
    return WordVectors(encoder.model)
