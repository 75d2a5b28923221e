"""Measures the pipeline of a language on the test treebanks, and writes its model card.

    python -m training.evaluate_language_model fr

Two ways of measuring. On gold tokens the pipeline is given the tokens and sentences of the treebank. From
raw text it is given the text alone, as Selon gives it (marks and apostrophes made canonical, one paragraph
at a time), and a token counts only where its code points are those of a gold token. Punctuation is not
scored in dependencies, as in spaCy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import spacy
from spacy.language import Language as Pipeline
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from selon.parse import parse_texts
from selon.tokens import Tokens
from training.language_model import (
    DEVELOPMENT,
    MERGES,
    PACKAGE,
    SEED,
    STEPS,
    TESTS,
    TRAINING,
    sentences,
    treebanks,
)
from training.treebank import Word, document_of, read_paragraphs

GOLD = (
    "UPOS",
    "UAS",
    "LAS",
    "LAS, no subtypes",
    "LAS, all subtypes",
    "LAS with punctuation",
    "features",
    "lemma",
)
RAW = ("tokens", "sentences", "UPOS", "UAS", "LAS", "lemma")
Figures = dict[str, float]


class Placed(msgspec.Struct):
    """A token by its place in the text without white space, with the place of its head (None for a root)."""

    start: int
    end: int
    pos: str
    dep: str
    lemma: str
    head: tuple[int, int] | None
    begins: bool

    @property
    def place(self) -> tuple[int, int]:
        """First and last code point (half open), white space not counted."""
        return self.start, self.end


def on_gold_tokens(pipeline: Pipeline, gold: Sequence[list[Word]]) -> Figures:
    """Percentages over the gold tokens and sentences, by spaCy's own scorer where it has the figure."""
    examples: list[Example] = []
    for sentence in gold:
        reference = document_of(sentence, pipeline.vocab)
        words = [token.text for token in reference]
        starts: list[bool | int | None] = [token.i == 0 for token in reference]
        spaces = [bool(token.whitespace_) for token in reference]
        predicted = Doc(pipeline.vocab, words=words, spaces=spaces, sent_starts=starts)
        for name, component in pipeline.pipeline:
            if name != "selon_sentences":
                predicted = component(predicted)
        examples.append(Example(predicted, reference))
    scores = Scorer(pipeline).score(examples)
    pairs = [
        (token, word)
        for example, sentence in zip(examples, gold, strict=True)
        for token, word in zip(example.predicted, sentence, strict=True)
    ]
    attached = [(token, word, token.head.i == word.head) for token, word in pairs]
    scored = [entry for entry in attached if entry[1].dep != "punct"]

    def share(hits: Sequence[bool]) -> float:
        return 100 * sum(hits) / len(hits)

    return {
        "UPOS": 100 * scores["pos_acc"],
        "UAS": 100 * scores["dep_uas"],
        "LAS": 100 * scores["dep_las"],
        "LAS, no subtypes": share([ok and _plain(t.dep_) == _plain(w.dep) for t, w, ok in scored]),
        "LAS, all subtypes": share(
            [ok and t.dep_ == ("ROOT" if w.dep == "ROOT" else w.relation) for t, w, ok in scored]
        ),
        "LAS with punctuation": share([ok and token.dep_ == word.dep for token, word, ok in attached]),
        "features": 100 * scores["morph_acc"],
        "lemma": 100 * scores["lemma_acc"],
    }


def _plain(relation: str) -> str:
    return relation.partition(":")[0]


def from_raw_text(pipeline: Pipeline, gold: Sequence[list[list[Word]]]) -> Figures:
    """F1 in percent over paragraphs, each a list of gold sentences, read from their printed text."""
    texts = ["".join(_printed(paragraph)).strip() for paragraph in gold]
    pairs = [
        (list(_gold_places(paragraph)), list(_read_places(tokens)))
        for paragraph, (tokens, _) in zip(gold, parse_texts(texts, pipeline), strict=True)
    ]
    keys: dict[str, Callable[[Placed], object | None]] = {
        "tokens": lambda token: token.place,
        "UPOS": lambda token: (token.place, token.pos),
        "UAS": lambda token: None if token.dep == "punct" else (token.place, token.head),
        "LAS": lambda token: None if token.dep == "punct" else (token.place, token.head, token.dep),
        "lemma": lambda token: (token.place, token.lemma),
    }
    figures = {
        name: _f1([({key(t) for t in a} - {None}, {key(t) for t in b} - {None}) for a, b in pairs])
        for name, key in keys.items()
    }
    figures["sentences"] = _f1([(_sentence_places(a), _sentence_places(b)) for a, b in pairs])
    return figures


def _printed(paragraph: Sequence[list[Word]]) -> Iterator[str]:
    for sentence in paragraph:
        for word in sentence:
            yield word.printed + (" " if word.printed_space else "")


def _gold_places(paragraph: Sequence[list[Word]]) -> Iterator[Placed]:
    position = 0
    for sentence in paragraph:
        places: list[tuple[int, int]] = []
        for word in sentence:
            length = len("".join(word.printed.split()))
            places.append((position, position + length))
            position += length
        for index, word in enumerate(sentence):
            head = None if word.head == index else places[word.head]
            yield Placed(*places[index], word.pos, word.dep, word.lemma, head, index == 0)


def _read_places(tokens: Tokens) -> Iterator[Placed]:
    before = [0]
    for character in tokens.text:
        before.append(before[-1] + (not character.isspace()))
    places = [(before[start], before[end]) for start, end in zip(tokens.start, tokens.end, strict=True)]
    firsts = {span.start for span in tokens.sentences}
    for index, place in enumerate(places):
        head = None if tokens.head[index] == index else places[tokens.head[index]]
        values = tokens.pos[index], tokens.dep[index], tokens.lemma[index]
        yield Placed(*place, *values, head, index in firsts)


def _sentence_places(tokens: Sequence[Placed]) -> set[object]:
    starts = [index for index, token in enumerate(tokens) if token.begins]
    ends = [*starts[1:], len(tokens)]
    return {(tokens[start].start, tokens[end - 1].end) for start, end in zip(starts, ends, strict=True)}


def _f1(pairs: Sequence[tuple[set[object], set[object]]]) -> float:
    right = sum(len(gold & read) for gold, read in pairs)
    return 200 * right / sum(len(gold) + len(read) for gold, read in pairs)


def folder_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files of a folder, in order of their names."""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def measure(language: str, folder: Path, names: Sequence[str]) -> dict[str, tuple[Figures, Figures]]:
    """The figures of the pipeline in `folder` on the named treebanks: gold tokens, raw text."""
    pipeline = spacy.load(folder)
    result: dict[str, tuple[Figures, Figures]] = {}
    for name in names:
        path = treebanks(language) / f"{name}.conllu"
        paragraphs = list(read_paragraphs(path, merges=MERGES[language]))
        result[name] = (
            on_gold_tokens(pipeline, sentences(language, (name,))),
            from_raw_text(pipeline, paragraphs),
        )
    return result


def tables(measured: dict[str, tuple[Figures, Figures]]) -> str:
    """Both tables in Markdown."""
    lines: list[str] = []
    for title, columns, number in (("Gold tokens", GOLD, 0), ("Raw text (F1)", RAW, 1)):
        lines += [f"| {title} | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
        for name, figures in measured.items():
            lines.append(f"| {name} | " + " | ".join(f"{figures[number][c]:.1f}" for c in columns) + " |")
        lines.append("")
    return "\n".join(lines)


def card(language: str, folder: Path, measured: dict[str, tuple[Figures, Figures]]) -> str:
    """The model card: what no program can know stands in `training/cards/<language>.md`."""
    template = (Path(__file__).parent / "cards" / f"{language}.md").read_text(encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1_000_000
    made_with = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["spacy_version"]
    return template.format(
        tables=tables(measured).strip(),
        training=", ".join(TRAINING[language]),
        development=", ".join(DEVELOPMENT[language]),
        tests=", ".join(TESTS[language]),
        seed=SEED,
        steps=STEPS[language],
        size=f"{size:.1f}",
        spacy=made_with,
        hash=folder_hash(folder),
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=sorted(TESTS))
    parser.add_argument("--model", type=Path, help="folder of the pipeline (default: the package's own)")
    parser.add_argument("--dev", action="store_true", help="on the development treebanks; writes no card")
    options = parser.parse_args()
    folder = options.model or PACKAGE / options.language / "model"
    names = (DEVELOPMENT if options.dev else TESTS)[options.language]
    measured = measure(options.language, folder, names)
    print(tables(measured))
    if options.model is None and not options.dev:
        page = card(options.language, folder, measured)
        (PACKAGE / options.language / "MODEL_CARD.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
