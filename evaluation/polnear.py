"""PolNeAR's files: attributions in brat's standoff format, and sentences in tokens with one label each.

Offsets are code points of the texts as they stand in their files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from selon.types import Span

_MARKED_BY = re.compile(r"_[0-9a-f]{4}$")
_SKIPPED = 24
_FEW = 0.2
# How the treebank's tokens write what a text prints.
_PRINTED = {
    "-LSB-": ("[",), "-RSB-": ("]",), "-LRB-": ("(",), "-RRB-": (")",), "-LCB-": ("{",), "-RCB-": ("}",),
    "``": ("“", '"', "''", "„", "«"), "''": ("”", '"', "’’", "“", "»"), "`": ("‘", "'", "’"), "'": ("’", "‘", "`"),
    "'''": ("’”", "'\"", "\"'", "”’"), "--": ("—", "–", "―"), "...": ("…", ". . ."),
}  # fmt: skip


class Attribution(msgspec.Struct, frozen=True):
    """One attribution as PolNeAR has it: the parts of its source, cue and content."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def roles(self) -> tuple[tuple[str, tuple[Span, ...]], ...]:
        """Each role with its parts."""
        return (("content", self.content), ("cue", self.cue), ("source", self.source))


class Sentence(msgspec.Struct, frozen=True):
    """A sentence as the published figures see it. `id`: the annotated article it is of."""

    id: str
    tokens: list[str]
    labels: list[str]


def text_of(folder: Path, id: str) -> str:
    """The text of an article, by its name or that of one of its annotations."""
    return (folder / "text" / f"{_MARKED_BY.sub('', id)}.txt").read_bytes().decode("utf-8")


def annotated(folder: Path) -> list[tuple[str, str, list[Attribution]]]:
    """Name, text and attributions of each article of a part; of several annotators' files the first is taken."""
    return list(_annotated(folder))


def _annotated(folder: Path) -> Iterator[tuple[str, str, list[Attribution]]]:
    seen = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = _MARKED_BY.sub("", path.stem)
        if name not in seen and (folder / "text" / f"{name}.txt").is_file():
            seen.add(name)
            yield name, text_of(folder, name), attributions(path.read_bytes().decode("utf-8"))


def attributions(standoff: str) -> list[Attribution]:
    """The attributions of one file: events whose arguments are spans.

    >>> attributions("T1\\tCue 4 8\\tsaid\\nT2\\tContent 9 13\\tso\\nE1\\tAttribution:T1 Cue:T1 Content:T2")[0].cue
    (Span(start=4, end=8),)
    """
    spans: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in standoff.split("\n"):
        fields = line.split("\t")
        if len(fields) > 1 and fields[0].startswith("T"):
            _, _, places = fields[1].partition(" ")
            spans[fields[0]] = [Span(*map(int, part.split())) for part in places.split(";")]
        elif len(fields) > 1 and fields[0].startswith("E"):
            events.append(fields[1])
    told = []
    for event in events:
        roles: dict[str, list[Span]] = {}
        for argument in event.split():
            role, _, target = argument.partition(":")
            roles.setdefault(role.rstrip("0123456789").lower(), []).extend(spans.get(target, []))
        parts = {role: tuple(sorted(roles.get(role, ()))) for role in ("source", "cue", "content")}
        if any(parts.values()):
            told.append(Attribution(**parts))
    return told


def sentences(path: Path) -> list[Sentence]:
    """The sentences of a part in their order."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Sentence(row["id"], row["tokens"], row["labels"]) for row in rows]


def aligned(text: str, sentences_: Iterable[Sequence[str]]) -> list[list[Span]]:
    """Where the treebank's tokens of each sentence stand in the text they were made from.

    A token that the text does not have (a full stop after an abbreviation that ends a sentence) is an empty range.
    Sentences follow one another, but for some that the files have in another order.

    >>> aligned("“No,” he said in the U.S. Then", [["``", "No", ",", "''", "he"], ["U.S.", ".", "Then"]])[1]
    [Span(start=21, end=25), Span(start=25, end=25), Span(start=26, end=30)]
    """
    position = 0
    result: list[list[Span]] = []
    for tokens in sentences_:
        places = _from(text, position, tokens)
        if _missing(places) > _FEW * len(tokens):
            first = next((token for token in tokens if token[0].isalnum()), tokens[0])
            others = (match.start() for match in re.finditer(re.escape(first), text))
            places = min((places, *(_from(text, start, tokens) for start in others)), key=_gaps)
        position = places[-1].end
        result.append(places)
    return result


def _from(text: str, position: int, tokens: Iterable[str]) -> list[Span]:
    places: list[Span] = []
    for token in tokens:
        found = _next(text, position, _ways(token))
        places.append(found if found is not None else Span(position, position))
        position = places[-1].end
    return places


def _gaps(places: Sequence[Span]) -> tuple[int, int]:
    """How many tokens are missing, and how far the others reach."""
    return _missing(places), places[-1].end - places[0].start


def _missing(places: Iterable[Span]) -> int:
    return sum(place.start == place.end for place in places)


def _next(text: str, position: int, ways: Sequence[str]) -> Span | None:
    """The first place at or shortly after a position where one of some words stands."""
    while position < len(text) and text[position].isspace():
        position += 1
    skipped = _SKIPPED if ways[0][0].isalnum() else 2
    for start in range(position, min(len(text), position + skipped)):
        for way in ways:
            if text.startswith(way, start):
                return Span(start, start + len(way))
    return None


def _ways(token: str) -> list[str]:
    """What a token may look like in the text."""
    plain = token.replace("\xa0", " ")
    curly = [plain.replace("'", mark) for mark in "’‘" if "'" in plain]
    return [token, *_PRINTED.get(token, ()), plain, *curly, plain.replace("--", "—")]
