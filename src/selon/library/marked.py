"""Corrected articles in the form of the marked corpora, ready for training and for measuring.

An article with every statement of its corrected reading; `corrected` says which of them a person has seen to. What
nobody corrected is the engine's word.
"""

from __future__ import annotations

from typing import Any

import msgspec

from selon.language import load
from selon.types import CORRECTION, Passage, Reading, Statement

UNEXPRESSED = "anonyme"


def marked_line(reading: Reading) -> bytes:
    """One article as a line of JSON, in UTF-8. Statements of the headline are left out, as they are in the corpora."""
    article, sources = reading.article, {source.id: source for source in reading.sources}
    joint = f" {load(article.language).pages.joined_names[0]} "
    in_text = [one for one in reading.statements if one.content[0].where is msgspec.UNSET]
    speakers = [joint.join(sources[each].name for each in one.sources) for one in in_text]
    line = {
        "id": article.id,
        "url": article.url or "",
        "language": article.language,
        "headline": article.title or "",
        "date": article.published or "",
        "text": article.text,
        "statements": [
            _statement(f"{article.id}-{number:02}", one, speaker)
            for number, (one, speaker) in enumerate(zip(in_text, speakers, strict=True))
        ],
    }
    return msgspec.json.encode(line) + b"\n"


def _statement(name: str, this: Statement, speaker: str) -> dict[str, Any]:
    return {
        "id": name,
        "form": this.form,
        "kind": this.kind,
        "content": [_passage(part) for part in this.content],
        "cue": _passage(this.cue),
        "mention": _passage(this.mention),
        "speaker": speaker or UNEXPRESSED,
        "inside": this.inside is not None,
        "corrected": this.why.startswith(CORRECTION),
    }


def _passage(this: Passage | None) -> dict[str, Any] | None:
    return {"start": this.start, "end": this.end, "text": this.text} if this is not None else None
