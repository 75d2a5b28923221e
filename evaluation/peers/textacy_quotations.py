"""textacy's direct quotations over Selon's pipelines; run by the Python that has textacy.

It refuses an article with an odd number of quotation marks, and one that raises has no quotations at all. A speaker
is a noun with its conjuncts and compounds: the mention is the range they span, and the speaker's name its words.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token
from textacy.extract import direct_quotations  # type: ignore[import-not-found]

from evaluation.peers.protocol import over_pipeline, serve
from evaluation.score import Told
from selon.types import Span


def _range(tokens: Sequence[Token]) -> Span:
    return Span(min(token.idx for token in tokens), max(token.idx + len(token) for token in tokens))


def find(doc: Doc) -> list[Told]:
    """The quotations of a text."""
    found = []
    for quotation in direct_quotations(doc):
        mention = _range(quotation.speaker)
        found.append(
            Told(
                content=(Span(quotation.content.start_char, quotation.content.end_char),),
                cue=_range(quotation.cue),
                mention=mention,
                speaker=doc.text[mention.start : mention.end],
                form="direct",
            )
        )
    return found


if __name__ == "__main__":
    serve(over_pipeline(find))
