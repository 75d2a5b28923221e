"""How many articles inputs seem to have, without reading them: for a progress bar, so roughly is enough."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from selon.articles.inputs import is_article_file, is_lines_file

_CHUNK = 1 << 20


def expected(inputs: Iterable[str]) -> int:
    """The files, lines of .jsonl files and single documents in what was given; what cannot be looked at counts one."""
    return sum(_in_input(name) for name in inputs)


def _in_input(name: str) -> int:
    try:
        path = Path(name)
        if path.is_dir():
            return sum(_in_file(Path(base) / file) for base, _, files in os.walk(path) for file in files
                       if is_article_file(file))  # fmt: skip
        return _in_file(path) if path.is_file() else 1
    except (OSError, ValueError):
        return 1


def _in_file(path: Path) -> int:
    if not is_lines_file(path.name):
        return 1
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            lines, last = 0, b"\n"
            while chunk := file.read(_CHUNK):
                lines, last = lines + chunk.count(b"\n"), chunk
            return lines + (not last.endswith(b"\n"))
    except (OSError, EOFError, zlib.error):
        return 1
