"""The pipelines against which speed is measured: fixed copies of the shipped models, known by their hash.

    python -m evaluation.yardstick --set

copies the shipped models to evaluation/yardstick/ and writes their hashes to evaluation/yardstick.json. Every later
measurement refuses a copy whose hash is another, so that the measure stays what it was.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline
from training.evaluate_language_model import folder_hash

from selon.language import codes

FOLDER = Path(__file__).resolve().parent / "yardstick"
HASHES = FOLDER.with_suffix(".json")
_MODELS = Path(__file__).resolve().parent.parent / "src" / "selon" / "languages"


class YardstickError(RuntimeError):
    """The fixed pipeline is missing, or is not the one whose hash is kept."""


def set_yardstick() -> dict[str, str]:
    """Copy the shipped models and keep their hashes; language -> SHA-256."""
    for language in codes():
        shutil.rmtree(FOLDER / language, ignore_errors=True)
        shutil.copytree(_MODELS / language / "model", FOLDER / language)
    hashes = {language: folder_hash(FOLDER / language) for language in codes()}
    HASHES.write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    return hashes


def load_yardstick(language: str) -> Pipeline:
    """The fixed pipeline of a language. Raises YardstickError."""
    folder = FOLDER / language
    if not HASHES.is_file() or not (folder / "meta.json").is_file():
        raise YardstickError(f"there is no yardstick for {language!r}: python -m evaluation.yardstick --set makes it")
    wanted = json.loads(HASHES.read_text(encoding="utf-8")).get(language)
    found = folder_hash(folder)
    if found != wanted:
        raise YardstickError(f"{folder.name!r} under evaluation/yardstick is not the kept one: {found}, not {wanted}")
    return spacy.load(folder)


if __name__ == "__main__":
    if sys.argv[1:] != ["--set"]:
        sys.exit("usage: python -m evaluation.yardstick --set")
    for code, digest in set_yardstick().items():
        print(code, digest)
