"""Finds entries of a word list, of one word or several, in a stretch of tokens.

Uses of a token: its offsets alone; the words are compared in the text, so that "semble-t-il" is found however it is
cut into tokens.
"""

from __future__ import annotations

import re
from functools import cache

from selon.tokens import Tokens


def has_phrase(tokens: Tokens, first: int, last: int, entries: tuple[str, ...]) -> bool:
    """Whether one of `entries` stands in the tokens first:last, with either apostrophe."""
    if first >= last or not entries:
        return False
    return _pattern(entries).search(tokens.text, tokens.start[first], tokens.end[last - 1]) is not None


@cache
def _pattern(entries: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(re.escape(entry).replace("'", "['’]").replace(r"\ ", r"\s+") for entry in entries)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)
