"""Trains the spaCy pipeline of a language and puts it into the package.

    python -m training.language_model fr

Needs the treebanks of `../shared/corpora/ud` (or of the folder SELON_DATA names). The architecture is
spaCy's small "efficiency" one (width 96, depth 4); seeds and steps stand below, so two runs on one machine
give one model.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import DocBin
from spacy.vocab import Vocab
from thinc.api import Config

from training.gold_reader import register
from training.treebank import Word, documents, read_treebank

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "selon" / "languages"
SEED = 20
VERSION = "1.0.0"

TRAINING = {
    "fr": ("sequoia-train", "gsd-dev", "gsd-test", "pud"),
    "en": ("ewt-train", "gum-train", "pud"),
}
DEVELOPMENT = {"fr": ("sequoia-dev",), "en": ("ewt-dev", "gum-dev")}
TESTS = {"fr": ("sequoia-test",), "en": ("ewt-test", "gum-test")}
MERGES = {"fr": True, "en": False}
STEPS = {"fr": 6000, "en": 9000}


def treebanks(language: str) -> Path:
    """The folder of a language's treebanks. Raises FileNotFoundError where the data is not there."""
    shared = Path(os.environ.get("SELON_DATA", ROOT.parent / "shared"))
    folder = shared / "corpora" / "ud" / language
    if not folder.is_dir():
        raise FileNotFoundError(f"no treebanks in {folder}: set SELON_DATA to the folder that holds corpora/ud")
    return folder


def sentences(language: str, names: tuple[str, ...]) -> list[list[Word]]:
    """All sentences of the named treebanks, in order."""
    folder = treebanks(language)
    return [
        sentence for name in names for sentence in read_treebank(folder / f"{name}.conllu", merges=MERGES[language])
    ]


def configuration(language: str, train_path: Path, dev_path: Path, steps: int) -> Config:
    """spaCy's efficiency configuration with Selon's tokenizer and sentences, and gold tokens."""
    config = init_config(
        lang=language,
        pipeline=["tok2vec", "morphologizer", "parser", "trainable_lemmatizer"],
        optimize="efficiency",
    )
    config["nlp"]["tokenizer"] = {"@tokenizers": "selon.Tokenizer.v1", "language": language}
    config["nlp"]["pipeline"] = [
        "tok2vec",
        "morphologizer",
        "selon_sentences",
        "parser",
        "trainable_lemmatizer",
    ]
    config["components"]["selon_sentences"] = {"factory": "selon_sentences", "language": language}
    embed: dict[str, Any] = config["components"]["tok2vec"]["model"]["embed"]
    embed["attrs"] = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY"]
    embed["rows"] = [9000, 1500, 4000, 2500, 50]
    settings: dict[str, Any] = config["training"]
    settings["max_steps"] = steps
    settings["eval_frequency"] = 1000
    settings["dropout"] = 0.2
    settings["optimizer"]["use_averages"] = True
    settings["patience"] = 0
    settings["seed"] = SEED
    settings["optimizer"]["learn_rate"] = {
        "@schedules": "warmup_linear.v1",
        "warmup_steps": 250,
        "total_steps": steps + 200,
        "initial_rate": 0.0015,
    }
    settings["score_weights"] = {
        "pos_acc": 0.3,
        "morph_acc": 0.1,
        "dep_uas": 0.2,
        "dep_las": 0.3,
        "lemma_acc": 0.1,
    }
    config["system"]["seed"] = SEED
    config["paths"].update(train=None, dev=None)
    for name, path in (("train", train_path), ("dev", dev_path)):
        config["corpora"][name] = {"@readers": "selon.GoldTokens.v1", "path": str(path)}
    return config


def train_language(language: str, steps: int, output: Path) -> None:
    """Train and put the best pipeline on the development treebanks into `output`."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, parts, seed in (("train", TRAINING[language], SEED), ("dev", DEVELOPMENT[language], None)):
            store = DocBin(store_user_data=False)
            for doc in documents(sentences(language, parts), Vocab(), seed=seed):
                store.add(doc)
            store.to_disk(folder / f"{name}.spacy")
        config = configuration(language, folder / "train.spacy", folder / "dev.spacy", steps)
        config.to_disk(folder / "config.cfg")
        register()
        train(folder / "config.cfg", folder / "out")
        fresh = output.with_name(output.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(folder / "out" / "model-best", fresh)
        without_training_paths(fresh / "config.cfg")
        name_pipeline(fresh / "meta.json", language)
        if output.exists():
            shutil.rmtree(output)
        fresh.rename(output)


def without_training_paths(path: Path) -> None:
    """Leave out of a shipped configuration where the training data lay, which changes with every run."""
    config = Config().from_disk(path, interpolate=False)
    config["corpora"] = {}
    config.to_disk(path)


def name_pipeline(path: Path, language: str) -> None:
    """Give the shipped pipeline its name, version and what it was made from, in its meta.json."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta.update(
        name="selon",
        version=VERSION,
        description=f"Tokens, sentences, morphology, lemmas and dependencies for Selon ({language})",
        license="see MODEL_CARD.md",
        sources=[{"name": name} for name in TRAINING[language]],
    )
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=sorted(TRAINING))
    parser.add_argument("--steps", type=int, help="training steps (default: those of the shipped model)")
    parser.add_argument("--output", type=Path, help="folder of the pipeline (default: the package's own)")
    options = parser.parse_args()
    output = options.output or PACKAGE / options.language / "model"
    train_language(options.language, options.steps or STEPS[options.language], output)


if __name__ == "__main__":
    main()
