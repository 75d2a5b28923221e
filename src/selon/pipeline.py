"""Loads the spaCy pipeline of a language, and gives spaCy the tokenizer and the sentence step of Selon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.vocab import Vocab

from selon.language import LanguageError, load
from selon.quick import multiply_by_numpy
from selon.steps.quotations import quotations
from selon.steps.sentences import SentenceRules, sentence_starts
from selon.wordlists import SentenceWords

_APOSTROPHES = "'’"


class Tokenizer:
    """Splits text into surface tokens by one regular expression made from a language's `sentences.toml`.

    Quotation marks are always tokens of their own, and so are clitics after a hyphen (French "-t-il") and
    contractions (English "n't"). It has no state but its words, so it needs no file in a pipeline's folder.
    """

    def __init__(self, vocab: Vocab, words: SentenceWords) -> None:
        self.vocab = vocab
        self._find = _pattern(words).finditer

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in self._find(text):
            word = match.group()
            if word == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """One Doc a text."""
        return map(self, texts)

    def to_disk(self, path: str | Path, **options: object) -> None:
        """Nothing to keep: the words are the language's."""

    def from_disk(self, path: str | Path, **options: object) -> Tokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, **options: object) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, data: bytes, **options: object) -> Tokenizer:
        """Nothing to read."""
        return self


def _pattern(words: SentenceWords) -> re.Pattern[str]:
    """The tokens of a language as one alternation, most special first."""

    def either(entries: Iterable[str]) -> str:
        longest_first = sorted(entries, key=len, reverse=True)
        return "|".join(re.escape(entry).replace("'", f"[{_APOSTROPHES}]") for entry in longest_first)

    clitics = f"(?:{either(words.clitics)})" if words.clitics else None
    contractions = f"(?:{either(words.contractions)})" if words.contractions else None
    ends = "|".join(f"{part}(?!\\w)" for part in (clitics, contractions) if part)
    letter = f"(?:(?!{contractions}(?!\\w))[^\\W_])" if contractions else "[^\\W_]"
    unlike = f"(?!{contractions}(?!\\w))" if contractions else ""
    word = f"{letter}+(?:{unlike}[{_APOSTROPHES}]{letter}+)*(?:_\\w+)*"  # "O'Brien"
    if words.keeps_hyphens:
        stop = f"(?!{clitics}(?!\\w))" if clitics else ""
        word = f"{word}(?:{stop}-{word})*"
    abbreviations = f"(?<!\\w)(?:{either((*words.abbreviations, *words.closing_abbreviations))})(?!\\w)"
    before_number = f"(?<!\\w)(?:{either(words.number_abbreviations)})(?=\\s?\\d)"
    pieces = [
        r"https?://\S+[\w/]|www\.\S+[\w/]|[\w.+-]+@[\w-]+\.[\w.]+|[@#]\w+",
        r"(?<!\w)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\w])" if words.spaced_numbers else "",
        r"(?<!\w)\d{1,4}/\d{1,2}/\d{2,4}(?!\w)",
        before_number,
        r"\d{1,2}(?=h(?:\d\d)?(?!\w))|(?<=\d)h(?=\d\d(?!\w))",
        rf"(?:{either(words.whole_words)})(?!\w)" if words.whole_words else "",
        *(rf"{re.escape(first)}(?={re.escape(rest)}\b)" for first, rest in map(str.split, words.split_words)),
        abbreviations,
        r"(?:[^\W\d_]\.-?){2,}|(?-i:(?<![\w'’])[A-Z]\.(?=\s+[A-Z]))",
        ends,
        rf"(?:{either(words.elisions)})[{_APOSTROPHES}](?=[\w\"«“„])" if words.elisions else "",
        r"\d+(?:[.,:]\d+)*(?=[^\W\d_]{0,3}\b)(?:e|è|er|re|ère|ème|th|st|nd|rd|h\d*|s)?(?!\w)|\d+(?:[.,]\d+)*",
        word,
        r"\n+|[^\S\n]+",
        r"[:;]-?[()DP](?!\w)|°[CF](?!\w)|''|``|\.{2,}|--+|[?!]{2,}|([*=_~#+$<>])\1+|.",
    ]
    return re.compile("|".join(f"(?:{piece})" for piece in pieces if piece), re.IGNORECASE)


def make_tokenizer(language: str) -> Callable[[Pipeline], Tokenizer]:
    """The tokenizer of a language, for `selon.Tokenizer.v1` in a pipeline's config."""

    def create(pipeline: Pipeline) -> Tokenizer:
        return Tokenizer(pipeline.vocab, load(language).sentences)

    return create


class Sentences:
    """The spaCy component `selon_sentences`: sets `is_sent_start` of every token, and the parser obeys."""

    def __init__(self, language: str) -> None:
        words = load(language).sentences
        self._rules = SentenceRules(
            cue_forms=load(language).cues.verb_forms,
            abbreviations=frozenset(words.abbreviations + words.number_abbreviations),
            closing_abbreviations=frozenset(words.closing_abbreviations),
            openers=frozenset(words.openers),
            sure_openers=frozenset(words.sure_openers),
            determiners=frozenset(words.determiners),
            complementizers=load(language).grammar.complementizers,
        )

    def __call__(self, doc: Doc) -> Doc:
        starts = sentence_starts(
            [token.text for token in doc],
            [token.idx for token in doc],
            quotations(doc.text),
            self._rules,
        )
        marked: Any = np.where(np.fromiter(starts, bool, len(doc)), 1, -1).astype("uint64").reshape(-1, 1)
        return doc.from_array([SENT_START], marked) if len(doc) else doc


@Pipeline.factory("selon_sentences", default_config={"language": "fr"}, assigns=["token.is_sent_start"])
def make_sentences(nlp: Pipeline, name: str, language: str) -> Sentences:
    """The factory of `selon_sentences`; `language` is the code of one of Selon's languages."""
    return Sentences(language)


@cache
def load_pipeline(language: str, model: str | None = None) -> Pipeline:
    """The pipeline of a language: the shipped one, or another installed spaCy pipeline by its name.

    Raises LanguageError where there is none. A named pipeline gets Selon's sentences before its parser
    where it has not got them.
    """
    if model is None:
        folder = resources.files("selon") / "languages" / language / "model"
        with resources.as_file(folder) as path:
            if not (path / "meta.json").is_file():
                raise LanguageError(f"there is no language model for {language!r}: train one, or name one with --model")
            shipped = spacy.load(path)
        multiply_by_numpy(shipped)
        return shipped
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        raise LanguageError(f"the spaCy pipeline {model!r} is not installed: {str(error).splitlines()[0]}") from error
    if "selon_sentences" not in pipeline.pipe_names:
        place: dict[str, Any] = {"before": "parser"} if "parser" in pipeline.pipe_names else {"first": True}
        pipeline.add_pipe("selon_sentences", config={"language": language}, **place)
    return pipeline
