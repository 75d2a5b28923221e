"""Renard's quotations over the tokens of Selon's pipelines; run by the Python that has renard-pipeline.

It pairs quotation marks. Who speaks it tells only with a model that would have to be downloaded, so nobody is named.
"""

from __future__ import annotations

from renard.pipeline.quote_detection import QuoteDetector  # type: ignore[import-not-found]
from spacy.tokens import Doc

from evaluation.peers.protocol import over_pipeline, serve
from evaluation.score import Told
from selon.types import Span


def find(doc: Doc) -> list[Told]:
    """The passages between quotation marks, marks left out."""
    quotes = QuoteDetector()([token.text for token in doc])["quotes"]
    inner = [doc[quote.start + 1 : quote.end - 1] for quote in quotes]
    return [Told(content=(Span(span.start_char, span.end_char),), form="direct") for span in inner if len(span)]


if __name__ == "__main__":
    serve(over_pipeline(find))
