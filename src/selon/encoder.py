"""A pipeline's encoder in fewer steps: each word embedded once, and each layer over many paragraphs in a few arrays.

spaCy's `MultiHashEmbed` makes the vector of a token of its form and of whether a space follows, before any layer looks
at the neighbours. A handful of words makes up most of a text, so their vectors are kept. The layers after it
(`MaxoutWindowEncoder`: a window of three tokens, the greatest of some pieces, normalised, added to what came in) are
worked out with the weights laid out so that no array is turned about. The results are those of spaCy, but for the
order in which numbers are added.
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
_EMBED = ("extract_features", "list2ragged")
_LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
_SMALLEST = np.float32(1e-8)  # keeps the root of a variance from zero, as in thinc


class Layer:
    """One layer of the encoder: its weights, pieces one behind the other."""

    def __init__(self, residual: Any) -> None:
        maxout, normal = (_with_name(residual, name) for name in ("maxout", "layernorm"))
        weights = maxout.get_param("W")  # (width, pieces, window * width)
        self.width, self.pieces, size = weights.shape
        self.weights = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, size).T)
        self.bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.scale, self.shift = normal.get_param("G"), normal.get_param("b")

    def __call__(self, rows: Any) -> Any:
        """Rows (tokens, width) -> rows of the same shape."""
        width = self.width
        window = np.zeros((len(rows), 3 * width), np.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        product = window @ self.weights
        product += self.bias
        best = product[:, :width].copy()
        for piece in range(1, self.pieces):
            np.maximum(best, product[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + _SMALLEST
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self.scale
        best += self.shift
        best += rows
        return best


def _with_name(model: Any, name: str) -> Any:
    return next(layer for layer in model.walk() if layer.name == name)


class Encoder:
    """The encoder of a pipeline; the vectors of words are kept up to a number of them, and then anew.

    `model`: a `Tok2Vec` of spaCy that `fits`.
    """

    def __init__(self, model: Any, kept: int = _KEPT) -> None:
        self._embed: Any = model.get_ref("embed")
        self._extract, _, tables, mix, _ = self._embed.layers
        self._tables, self._mix = tables.layers[0], mix.layers[0]
        self._rows: dict[int, int] = {}
        self._vectors = np.zeros((kept, model.get_dim("nO")), np.float32)
        encode: Any = model.get_ref("encode")
        self._pad: int = encode.attrs["pad"]
        self._layers = [Layer(residual) for residual in encode.layers[0].layers]

    @staticmethod
    def fits(model: Any) -> bool:
        """Whether an encoder is built as those that are shipped."""
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        if tuple(layer.name for layer in embed.layers[: len(_EMBED)]) != _EMBED or len(embed.layers) != 5:
            return False
        layers = encode.layers[0].layers if "pad" in encode.attrs else []
        return all(
            layer.name == _LAYER and _with_name(layer, "expand_window").attrs["window_size"] == 1 for layer in layers
        ) and bool(layers)

    def encode(self, docs: Sequence[Doc]) -> None:
        """Set the tensor of each Doc, none of them empty, as the encoder of the pipeline does."""
        pad = self._pad
        embedded = self.embedded(docs)
        rows = np.zeros((sum(len(doc) + pad for doc in docs) + pad, self._vectors.shape[1]), np.float32)
        places = []
        first = pad
        for vectors in embedded:
            places.append(slice(first, first + len(vectors)))
            rows[places[-1]] = vectors
            first += len(vectors) + pad
        for layer in self._layers:
            rows = layer(rows)
        for doc, place in zip(docs, places, strict=True):
            doc.tensor = rows[place]

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
def encoder_of(pipeline: Pipeline) -> Encoder | None:
    """The encoder of a pipeline, kept as long as the program runs; None where it is built in another way."""
    component: Any = pipeline.get_pipe("tok2vec")
    return Encoder(component.model) if Encoder.fits(component.model) else None
