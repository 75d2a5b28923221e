"""Runs a spaCy pipeline over paragraphs in less time than `pipeline.pipe`, with the same results.

The shipped pipelines share one encoder, and their parser never crosses a sentence. So all but the parser runs over the
paragraphs, and the parser over their sentences, each a Doc of its own with its part of the encoder's vectors: many
short ones advance side by side, and what is worked out for a token stays in the processor's cache. Only the words at
the ends of a sentence see fewer neighbours, which changes some four heads in ten thousand. Matrices are multiplied by
numpy's library, which is faster here than the one spaCy comes with. Any other pipeline is run as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, SENT_START
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from selon.encoder import encoder_of
from selon.tokens import ParsedDoc

_FACTORIES = frozenset(("tok2vec", "morphologizer", "selon_sentences", "parser", "trainable_lemmatizer"))
_ENCODER, _PARSER = "tok2vec", "parser"
_SENTENCES = 32  # parsed side by side


class Products(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's product of matrices."""

    def gemm(self, left: Any, right: Any, out: Any | None = None, trans1: bool = False, trans2: bool = False) -> Any:
        """left @ right of two-dimensional arrays, each transposed first where asked."""
        return np.matmul(left.T if trans1 else left, right.T if trans2 else right, out=out)


def multiply_by_numpy(pipeline: Pipeline) -> None:
    """Let all models of a pipeline multiply by `Products`."""
    operations = Products()
    for _, component in pipeline.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            layer.ops = operations


def parse_docs(texts: Sequence[str], pipeline: Pipeline) -> Iterator[ParsedDoc]:
    """Paragraphs, none of them empty, through the pipeline as one batch."""
    encoder = encoder_of(pipeline) if _by_sentences(pipeline) else None
    if encoder is None:
        yield from (_whole(doc) for doc in pipeline.pipe(texts, batch_size=len(texts)))
        return
    with threads().limit(limits=1, user_api="blas"):
        docs = [pipeline.make_doc(text) for text in texts]
        encoder.encode(docs)
        docs = list(pipeline.pipe(docs, batch_size=len(docs), disable=[_ENCODER, _PARSER]))
        cut = [sentences_of(doc) for doc in docs]
        parse_sentences([sentence for sentences in cut for sentence in sentences], pipeline)
    for doc, sentences in zip(docs, cut, strict=True):
        yield joined(doc, sentences)


@cache
def threads() -> ThreadpoolController:
    """The libraries that multiply matrices, whose threads can be held: with arrays as small as ours a second thread
    only waits, and takes a core from whoever reads beside."""
    return ThreadpoolController()


def _by_sentences(pipeline: Pipeline) -> bool:
    """Whether a pipeline is of the kind that is shipped: nothing in it needs the parse, or reads more than vectors."""
    return {pipeline.get_pipe_meta(name).factory for name in pipeline.pipe_names} == _FACTORIES


def _whole(doc: Doc) -> ParsedDoc:
    """What a pipeline gives that was run as it is."""
    columns = doc.to_array([HEAD, DEP])
    return ParsedDoc(doc, _absolute(columns[:, 0], 0), columns[:, 1].tolist())


def _absolute(heads: Any, first: int) -> list[int]:
    """Indices of the heads from spaCy's distances; `first`: where in the paragraph the first of them stands."""
    places: list[int] = (heads.astype(np.int64) + np.arange(first, first + len(heads))).tolist()
    return places


def sentences_of(doc: Doc) -> list[Doc]:
    """The sentences of a paragraph, each as a Doc with its part of the vectors."""
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    starts = np.flatnonzero(doc.to_array([SENT_START]).ravel() == 1).tolist()
    if starts[:1] != [0]:
        starts.insert(0, 0)
    sentences = []
    for first, last in pairwise((*starts, len(doc))):
        bounds: list[bool | int | None] = [True, *[False] * (last - first - 1)]
        sentence = Doc(doc.vocab, words=words[first:last], spaces=spaces[first:last], sent_starts=bounds)
        sentence.tensor = doc.tensor[first:last]
        sentences.append(sentence)
    return sentences


def parse_sentences(sentences: list[Doc], pipeline: Pipeline) -> None:
    """Let the parser set heads and relations, in batches of sentences of about one length."""
    parser: Any = pipeline.get_pipe(_PARSER)
    by_length = sorted(sentences, key=len)
    for first in range(0, len(by_length), _SENTENCES):
        batch = by_length[first : first + _SENTENCES]
        parser.set_annotations(batch, parser.predict(batch))


def joined(doc: Doc, sentences: Sequence[Doc]) -> ParsedDoc:
    """A paragraph with the heads and relations of its sentences."""
    heads: list[int] = []
    relations: list[int] = []
    for sentence in sentences:
        columns = sentence.to_array([HEAD, DEP])
        heads += _absolute(columns[:, 0], len(heads))
        relations += columns[:, 1].tolist()
    return ParsedDoc(doc, heads, relations)
