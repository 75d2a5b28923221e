"""The same article in another coat: paragraphs set or merged. Offsets stay as they are."""

from __future__ import annotations

import random
import re

from selon.steps.quotations import quotations

_BREAK = re.compile(r"(?<=[.!?…\"»”]) (?=[\"«“]?[A-ZÀÂÉÈÊÎÔÇ])")
_ENDS = re.compile(r"[.!?…][\"»”]? ?$")
_SHARE = 0.4


def other_coat(text: str, draw: random.Random) -> str:
    """A text without paragraphs gets some, at ends of sentences outside quotations; one with paragraphs loses them."""
    if text.count("\n") > len(text) / 1500:
        return text.replace("\n", " ")
    inside = [quotation.outer for quotation in quotations(text).quotations]
    letters = list(text)
    for match in _BREAK.finditer(text):
        place = match.start()
        within = any(outer.start < place < outer.end for outer in inside)
        if not within and _ENDS.search(text, max(0, place - 3), place) and draw.random() < _SHARE:
            letters[place] = "\n"
    return "".join(letters)
