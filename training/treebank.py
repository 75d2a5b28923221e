"""Universal Dependencies treebanks as spaCy documents in the form in which Selon parses.

Words are surface tokens: a multiword token that the language writes as one (French du, des, auxquels) stays
one and takes the part of speech and relation of its first part, hanging where the part with a head outside
hangs; English contractions keep their parts, which are stretches of the text. Quotation marks become
straight ones that hug their content and apostrophes straight, as in `selon.canonical`; of the training
documents a share keeps other marks, so that raw text is parsed too. Subtypes of relations are dropped but
for those in `KEPT`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from spacy.tokens import Doc
from spacy.vocab import Vocab

KEPT = frozenset(("nsubj:pass", "aux:pass", "obl:agent", "acl:relcl", "expl:subj", "nmod:poss"))
_MARKS = frozenset(("«", "»", "“", "”", "„", "``", "''", '"'))
_OTHER_MARKS = (("« ", " »"), ("“", "”"), ("„", "“"), ("''", "''"))
_OTHER_MARKS_SHARE = 0.15
_SENTENCES_TOGETHER = 10
_GROUPS = (1, 1, 1, 2, 3, 4, 6)


class Word(msgspec.Struct):
    """One surface token of a sentence; `head` is its number in the sentence, from 0 (its own for a root).

    `relation` is the whole relation as the treebank has it, `dep` the one that is trained; `printed` and
    `printed_space` are the token and the space after it as they stand in the text.
    """

    form: str
    lemma: str
    pos: str
    morph: str
    head: int
    dep: str
    space: bool
    relation: str
    printed: str
    printed_space: bool


def read_treebank(path: Path, *, merges: bool) -> Iterator[list[Word]]:
    """The sentences of a CoNLL-U file; `merges`: multiword tokens stay one token."""
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                rows.append(line.rstrip("\n").split("\t"))
            elif not line.strip() and rows:
                yield _sentence(rows, merges=merges)
                rows = []
    if rows:
        yield _sentence(rows, merges=merges)


def _sentence(rows: Sequence[list[str]], *, merges: bool) -> list[Word]:
    ranges = {int(row[0].split("-")[0]): (int(row[0].split("-")[1]), row) for row in rows if "-" in row[0]}
    words = {int(row[0]): row for row in rows if row[0].isdigit()}
    sentence: list[Word] = []
    place: dict[int, int] = {0: -1}
    number = 1
    while number in words:
        last, surface = ranges.get(number, (number, words[number]))
        parts = [words[part] for part in range(number, last + 1)]
        space = "SpaceAfter=No" not in surface[9]
        if merges or len(parts) == 1:
            outer = next((part for part in parts if not number <= int(part[6]) <= last), parts[0])
            sentence.append(_word(surface[1], parts[0], int(outer[6]), space))
            place.update(dict.fromkeys(range(number, last + 1), len(sentence) - 1))
        else:
            for part in parts:
                sentence.append(_word(part[1], part, int(part[6]), space and part is parts[-1]))
                place[int(part[0])] = len(sentence) - 1
        number = last + 1
    for index, word in enumerate(sentence):
        word.head = place[word.head] if word.head else index
        if word.head == index:
            word.dep = "ROOT"
    _canonical_marks(sentence)
    return sentence


def _word(form: str, row: Sequence[str], head: int, space: bool) -> Word:
    dep = row[7] if row[7] in KEPT else row[7].split(":")[0]
    plain = form.replace("’", "'").replace("\u00a0", " ")
    morph = "" if row[5] == "_" else row[5]
    return Word(plain, row[2], row[3], morph, head, dep, space, row[7], form, space)


def _canonical_marks(sentence: list[Word]) -> None:
    """Straight marks that hug their content; a mark that opens is told by turns."""
    is_open = False
    for index, word in enumerate(sentence):
        if word.form not in _MARKS:
            continue
        word.form = '"'
        if not is_open:
            word.space = False
        elif index:
            sentence[index - 1].space = False
        is_open = not is_open


def read_paragraphs(path: Path, *, merges: bool) -> Iterator[list[list[Word]]]:
    """The paragraphs of a CoNLL-U file, each a list of sentences; ten sentences each where it marks none."""
    sentences = list(read_treebank(path, merges=merges))
    begins = list(_paragraph_starts(path))
    marked = sum(begins) > 1
    paragraph: list[list[Word]] = []
    for begin, sentence in zip(begins, sentences, strict=True):
        if paragraph and (begin if marked else len(paragraph) == _SENTENCES_TOGETHER):
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def _paragraph_starts(path: Path) -> Iterator[bool]:
    """For each sentence whether a paragraph or a document begins with it."""
    begins = inside = False
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(("# newpar", "# newdoc")):
                begins = True
            is_row = bool(line.strip()) and not line.startswith("#")
            if is_row and not inside:
                yield begins
                begins = False
            inside = is_row


def document_of(sentence: Sequence[Word], vocab: Vocab) -> Doc:
    """A sentence as a gold document in canonical form."""
    return _document(sentence, [len(sentence)], vocab, None)


def documents(sentences: Sequence[list[Word]], vocab: Vocab, *, seed: int | None) -> Iterator[Doc]:
    """Documents of one sentence each (seed None) or, for training, of one to six, some with other marks."""
    chance = random.Random(seed)
    position = 0
    while position < len(sentences):
        size = 1 if seed is None else chance.choice(_GROUPS)
        group = [word for sentence in sentences[position : position + size] for word in sentence]
        lengths = [len(sentence) for sentence in sentences[position : position + size]]
        marks = chance.choice(_OTHER_MARKS) if seed is not None and chance.random() < _OTHER_MARKS_SHARE else None
        yield _document(group, lengths, vocab, marks)
        position += size


def _document(words: Sequence[Word], lengths: Sequence[int], vocab: Vocab, marks: tuple[str, str] | None) -> Doc:
    heads: list[int] = []
    base = 0
    starts: list[int] = []
    for length in lengths:
        starts.append(base)
        heads.extend(base + word.head for word in words[base : base + length])
        base += length
    first_of_sentence = set(starts)
    forms = [word.form for word in words]
    if marks is not None:
        number = 0
        for index, form in enumerate(forms):
            if form == '"':
                forms[index] = marks[number % 2].strip()
                number += 1
    return Doc(
        vocab,
        words=forms,
        spaces=[word.space for word in words],
        pos=[word.pos for word in words],
        morphs=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.dep for word in words],
        sent_starts=[index in first_of_sentence for index in range(len(words))],
    )
