"""The pipelines against which speed is measured: one a language, fixed, and known by its hash.

    python -m evaluation.yardstick --set fr      the shipped model of a language becomes its yardstick
    python -m evaluation.yardstick --keep fr     before another model is shipped: copies it out of the package

`evaluation/yardstick.json` has the hash of each. As long as the shipped model is the yardstick, no second copy of it
is kept: it is loaded from the package. When a later model replaces it, the old one has to stand in
`evaluation/yardstick/<language>`; anything with another hash is refused, so that the measure stays what it was.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline
from training.evaluate_language_model import folder_hash

from selon.language import codes

_HERE = Path(__file__).resolve().parent
HASHES = _HERE / "yardstick.json"
KEPT = _HERE / "yardstick"
SHIPPED = _HERE.parent / "src" / "selon" / "languages"


class YardstickError(RuntimeError):
    """The fixed pipeline is missing, or is not the one whose hash is kept."""


def hashes() -> dict[str, str]:
    """Language -> SHA-256 of its yardstick; empty where none was ever set."""
    found: dict[str, str] = json.loads(HASHES.read_text(encoding="utf-8")) if HASHES.is_file() else {}
    return found


def folder_of(language: str) -> Path:
    """Where the yardstick of a language stands: in the package, or else kept here. Raises YardstickError."""
    wanted = hashes().get(language)
    if wanted is None:
        raise YardstickError(f"there is no yardstick for {language!r}: python -m evaluation.yardstick --set {language}")
    for folder in (SHIPPED / language / "model", KEPT / language):
        if folder.is_dir() and folder_hash(folder) == wanted:
            return folder
    raise YardstickError(
        f"the yardstick of {language!r} is gone: neither the shipped model nor evaluation/yardstick/{language} "
        f"has the hash {wanted}; take the model that had it from the history"
    )


def load_yardstick(language: str) -> Pipeline:
    """The fixed pipeline of a language. Raises YardstickError."""
    return spacy.load(folder_of(language))


def set_yardstick(language: str) -> str:
    """The shipped model becomes the yardstick; gives its hash. Raises YardstickError where there is another already."""
    shipped = SHIPPED / language / "model"
    if not shipped.is_dir():
        raise YardstickError(f"no model is shipped for {language!r}")
    kept, digest = hashes(), folder_hash(shipped)
    if kept.get(language, digest) != digest:
        raise YardstickError(
            f"{language!r} has its yardstick, {kept[language]}: a new one is a line in CHANGELOG.md, and the old hash "
            f"is taken out of {HASHES.name} by hand"
        )
    HASHES.write_text(json.dumps({**kept, language: digest}, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return digest


def keep_yardstick(language: str) -> Path:
    """Copy the yardstick out of the package, before another model is shipped. Raises YardstickError."""
    folder = folder_of(language)
    if folder != KEPT / language:
        shutil.rmtree(KEPT / language, ignore_errors=True)
        shutil.copytree(folder, KEPT / language)
    return KEPT / language


def main(arguments: Sequence[str] | None = None) -> None:
    """Set or keep the yardsticks of the languages given, all by default."""
    options = argparse.ArgumentParser(prog="python -m evaluation.yardstick")
    action = options.add_mutually_exclusive_group(required=True)
    action.add_argument("--set", action="store_true", help="the shipped model becomes the yardstick")
    action.add_argument("--keep", action="store_true", help="copy the yardstick out of the package")
    options.add_argument("languages", nargs="*", metavar="language", help=", ".join(codes()))
    given = options.parse_args(arguments)
    for language in given.languages or codes():
        print(language, set_yardstick(language) if given.set else keep_yardstick(language))


if __name__ == "__main__":
    main()
