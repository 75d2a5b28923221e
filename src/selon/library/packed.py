"""A reading as bytes without the words of its article, which the library has already, and back.

A passage keeps its offsets and loses its text: `text[start:end]` gives it again. That makes a reading about a third as
long, before it is packed.
"""

from __future__ import annotations

import zlib
from typing import Any

import msgspec

from selon.types import Article, Reading

_LEVEL = 6


class _Lined(msgspec.Struct):
    line: str


class _Profiled(msgspec.Struct):
    profile: _Lined


def pack(reading: Reading) -> bytes:
    """The reading without its article and the texts of its passages, as compressed MessagePack."""
    plain = msgspec.to_builtins(reading)
    del plain["article"]
    return zlib.compress(msgspec.msgpack.encode(_without_text(plain)), _LEVEL)


def unpack(packed: bytes, article: Article) -> Reading:
    """The reading that was packed, of that article."""
    plain = _with_text(msgspec.msgpack.decode(zlib.decompress(packed)), article)
    return msgspec.convert({**plain, "article": msgspec.to_builtins(article)}, Reading)


def unpack_line(packed: bytes) -> str:
    """Of a reading that was packed only the line that says what the article rests on, in a tenth of the time."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=_Profiled).profile.line


class _Roles(msgspec.Struct):
    id: str
    roles: tuple[str, ...]


class _Sources(msgspec.Struct):
    sources: tuple[_Roles, ...]


def unpack_roles(packed: bytes) -> dict[str, tuple[str, ...]]:
    """The roles of the sources of a packed reading, by their id, without unpacking the rest."""
    read = msgspec.msgpack.decode(zlib.decompress(packed), type=_Sources)
    return {source.id: source.roles for source in read.sources}


def _without_text(value: Any) -> Any:
    if isinstance(value, dict):
        bare = _is_passage(value)
        return {key: _without_text(below) for key, below in value.items() if not (bare and key == "text")}
    if isinstance(value, (list, tuple)):
        return [_without_text(below) for below in value]
    return value


def _with_text(value: Any, article: Article) -> Any:
    if isinstance(value, dict):
        filled = {key: _with_text(below, article) for key, below in value.items()}
        if _is_passage(value):
            whole = (article.title or "") if value.get("in") == "title" else article.text
            filled["text"] = whole[value["start"] : value["end"]]
        return filled
    if isinstance(value, list):
        return [_with_text(below, article) for below in value]
    return value


def _is_passage(value: dict[str, Any]) -> bool:
    return "start" in value and "end" in value
