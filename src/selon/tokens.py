"""The parsed text as columns: what the steps read instead of spaCy's objects.

One `Tokens` holds a whole article (or its title), parsed paragraph by paragraph from its canonical text and joined;
its offsets are code points of the original. Columns are plain lists, so a step can be tested on a table written by
hand, and costs no object a token.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from spacy.attrs import IDX, IS_SPACE, LEMMA, MORPH, ORTH, POS, SENT_START

from selon.canonical import Canonical
from selon.types import Passage, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COLUMNS: list[int | str] = [IS_SPACE, ORTH, IDX, LEMMA, POS, MORPH, SENT_START]
_NO_MORPH = "_"


class Tokens(msgspec.Struct, dict=True):
    """Columns over the tokens 0..n-1 of an article.

    `start`, `end`: code points of the original. `word`: the canonical form; `lower`: the same in lower case.
    `lemma`, `pos` (UPOS), `dep` (relation to the head; "ROOT"), `head` (index of the head, itself for a root),
    `morph` ("Gender=Fem|Number=Sing", "" for none), `sentence` (number of the sentence), `sentences` and
    `paragraphs`: token ranges. White space is no token. `vectors`: what the pipeline's encoder made of the tokens, one
    array a paragraph, for the learned reader; none where the pipeline has no encoder or the table is made by hand.
    """

    text: str
    start: list[int]
    end: list[int]
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    morph: list[str]
    sentence: list[int]
    sentences: list[Span]
    paragraphs: list[Span]
    vectors: list[Any] = []

    def __len__(self) -> int:
        return len(self.word)

    @cached_property
    def children(self) -> list[list[int]]:
        """The direct dependents of each token, in order."""
        children: list[list[int]] = [[] for _ in self.word]
        for index, head in enumerate(self.head):
            if head != index:
                children[head].append(index)
        return children

    @cached_property
    def edges(self) -> list[Span]:
        """For each token the range of tokens that its subtree reaches over (half open)."""
        left = list(range(len(self.word)))
        right = [index + 1 for index in left]
        for index in range(len(left)):
            below, above = index, self.head[index]
            while above != below and not left[above] <= index < right[above]:
                left[above] = min(left[above], index)
                right[above] = max(right[above], index + 1)
                below, above = above, self.head[above]
        return list(map(Span, left, right))

    def at(self, offset: int) -> int:
        """The first token that ends after the code point `offset` (len(self) where there is none)."""
        return bisect_right(self.end, offset)

    def covered(self, span: Span) -> Span:
        """The range of tokens that lie wholly inside the code points of `span` (may be empty)."""
        first = bisect_left(self.start, span.start)
        return Span(first, max(first, bisect_right(self.end, span.end)))

    def span(self, first: int, last: int) -> Span:
        """The code points of the tokens first:last (half open, not empty)."""
        return Span(self.start[first], self.end[last - 1])

    def features(self, index: int) -> dict[str, str]:
        """The morphological features of a token: {"Gender": "Fem", "Number": "Sing"}."""
        morph = self.morph[index]
        return dict(part.split("=", 1) for part in morph.split("|")) if morph else {}

    def subtree(self, index: int) -> list[int]:
        """The token and all that depends on it, in order."""
        members = [index]
        for member in members:
            members.extend(self.children[member])
        return sorted(members)


def passage(text: str, span: Span, *, in_title: bool = False) -> Passage:
    """The passage of a range of code points."""
    words = text[span.start : span.end]
    if in_title:
        return Passage(start=span.start, end=span.end, text=words, where="title")
    return Passage(start=span.start, end=span.end, text=words)


class ParsedDoc(NamedTuple):
    """A paragraph as the pipeline read it, with head (index in the paragraph) and relation (hash) of each token."""

    doc: Doc
    heads: list[int]
    relations: list[int]


def tokens_of(text: str, parsed: Iterable[tuple[Canonical, ParsedDoc]]) -> Tokens:
    """Join the parsed paragraphs of `text` into one table."""
    table = Tokens(text, [], [], [], [], [], [], [], [], [], [], [], [])
    names = _Names()
    for canonical, paragraph in parsed:
        names.strings = paragraph.doc.vocab.strings
        _append(table, canonical, paragraph, names)
    return table


class _Names(dict[int, str]):
    """Hash of spaCy -> string, each looked up once."""

    strings: Any

    def __missing__(self, key: int) -> str:
        name: str = self.strings[key]
        self[key] = name
        return name


def _append(table: Tokens, canonical: Canonical, paragraph: ParsedDoc, names: _Names) -> None:
    """Append one parsed paragraph. White-space tokens are left out; what hangs on one hangs on its head."""
    doc = paragraph.doc
    columns = doc.to_array(_COLUMNS)
    space, orth, offset, lemma, pos, morph, starting = columns.T.tolist()
    kept = [index for index, is_space in enumerate(space) if not is_space]
    if not kept:
        return
    if doc.tensor.size:
        table.vectors.append(doc.tensor[kept])
    base = len(table.word)
    place = dict(zip(kept, range(base, base + len(kept)), strict=True))
    words = [names[orth[index]] for index in kept]
    starts, ends = canonical.starts, canonical.ends
    table.start += [starts[offset[index]] for index in kept]
    table.end += [ends[offset[index] + len(word) - 1] for index, word in zip(kept, words, strict=True)]
    table.word += words
    table.lower += [word.lower() for word in words]
    table.lemma += [names[lemma[index]] for index in kept]
    table.pos += [names[pos[index]] for index in kept]
    table.dep += [names[paragraph.relations[index]] for index in kept]
    table.head += [place.get(paragraph.heads[index], place[index]) for index in kept]
    table.morph += ["" if (shown := names[morph[index]]) == _NO_MORPH else shown for index in kept]
    begins = [base, *(base + number for number, index in enumerate(kept) if number and starting[index] == 1)]
    for first, last in pairwise((*begins, base + len(kept))):
        table.sentence += [len(table.sentences)] * (last - first)
        table.sentences.append(Span(first, last))
    table.paragraphs.append(Span(base, base + len(kept)))
