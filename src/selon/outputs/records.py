"""The record as JSON: one reading for people and programs, or one a line for streams."""

from __future__ import annotations

import msgspec

from selon.types import Reading


def record(reading: Reading) -> bytes:
    """One record over several lines, indented by two spaces, in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(reading), indent=2) + b"\n"


def record_line(reading: Reading) -> bytes:
    """One record on a line of its own, in UTF-8."""
    return msgspec.json.encode(reading) + b"\n"
