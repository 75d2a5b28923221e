"""Why a name is taken for a source: the codes that links carry, and what they say."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "name", "spelling", "given", "middle", "initial", "surname", "alone", "acronym", "known", "organ",
    "several", "generic", "gender", "middles", "entry", "merged", "split",
]  # fmt: skip

_TEXTS: dict[Reason, str] = {
    "name": "the same name",
    "spelling": "the same name in another spelling",
    "given": "the same surname, and the given name in another language or shortened",
    "middle": "the same name with or without a middle name",
    "initial": "the initial of the one person of that surname whom it fits",
    "surname": "the one person of that surname around that time",
    "alone": "a surname alone; around that time no full name has it",
    "acronym": "the acronym that articles give this institution",
    "known": "a name of the institution in the list of well-known ones",
    "organ": "the same organ of the same state",
    "several": "kept to its article: several persons may be meant, or somebody has it for a given name",
    "generic": "kept to its article: a description that fits an institution of many places",
    "gender": "kept apart: a man and a woman have that name",
    "middles": "kept apart: the middle names differ",
    "entry": "the authority file",
    "merged": "a decision: merged",
    "split": "a decision: kept apart",
}


def reason_text(reason: Reason) -> str:
    """The reason in words."""
    return _TEXTS[reason]
