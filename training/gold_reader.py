"""The corpus reader of the training: documents with the tokens of the treebank.

spaCy's own reader splits the text anew and learns nothing from a token on which the two disagree; with
`gold_preproc` it keeps the tokens, but cuts documents into sentences. Here the tokens stay, and so do
documents of several sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language as Pipeline
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry


def gold_tokens(path: Path) -> Callable[[Pipeline], Iterator[Example]]:
    """A reader of the documents in a DocBin, their tokens as they are."""

    def read(pipeline: Pipeline) -> Iterator[Example]:
        for reference in DocBin().from_disk(path).get_docs(pipeline.vocab):
            words = [token.text for token in reference]
            spaces = [bool(token.whitespace_) for token in reference]
            yield Example(Doc(pipeline.vocab, words=words, spaces=spaces), reference)

    return read


def register() -> None:
    """Make the reader known to spaCy as `selon.GoldTokens.v1`."""
    registry.readers.register("selon.GoldTokens.v1", func=gold_tokens)
