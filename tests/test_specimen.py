"""The article that the project began with: its reading is the one beside it, and comes from general rules."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

import selon
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.reader import Reader
from selon.types import Passage, Reading, Statement
from tests.data import needs_data, shared_folder

pytestmark = [needs_data, pytest.mark.data]

PACKAGE = Path(selon.__file__).parent
OPTIONAL = ("medium", "when", "addressee")
# Lists of a whole class of words, in which a word of the specimen stands beside all the others of its class.
CLASSES = {"states", "media", "institutions", "feminine_nouns"}
_WORD = re.compile(r"[^\W_]+")
_COMMON = 3  # articles of others in which a phrase stands that anybody may use


def folder() -> Path:
    shared = shared_folder()
    assert shared is not None
    return shared


@cache
def expected() -> dict[str, Any]:
    """The perfect reading."""
    perfect: dict[str, Any] = json.loads((folder() / "specimen" / "expected.json").read_text(encoding="utf-8"))
    return perfect


@cache
def reading() -> Reading:
    """The reading of the text as it was copied from its page."""
    (loaded,) = read_inputs([str(folder() / "specimen" / "article.fr.txt")], InputOptions())
    assert isinstance(loaded, Loaded)
    return Reader().read(loaded.article, input=loaded.input)


def words(passage: Passage | None) -> str | None:
    return passage.text if passage else None


# --- the article


def test_title_byline_section_and_text() -> None:
    article, wanted = reading().article, expected()["article"]
    paragraphs = article.text.split("\n")
    assert article.language == wanted["language"]
    assert article.title == wanted["title"]
    assert article.section == wanted["section"]
    assert article.byline == (wanted["byline"],)
    assert paragraphs[0] == wanted["first_paragraph"]
    assert paragraphs[-1] == wanted["last_paragraph"]
    assert [boilerplate for boilerplate in wanted["not_in_text"] if boilerplate in article.text] == []


# --- statements and sources


def as_expected(statement: Statement) -> dict[str, Any]:
    """A statement in the shape of the file: what is not there has no key."""
    shown = {
        "id": statement.id,
        "form": statement.form,
        "kind": statement.kind,
        "content": [part.text for part in statement.content],
        "cue": words(statement.cue),
        "mention": words(statement.mention),
        "sources": list(statement.sources),
        **{name: words(getattr(statement, name)) for name in OPTIONAL},
        "hedged_by": statement.hedged_by,
    }
    return {key: value for key, value in shown.items() if value is not None}


def test_every_statement_and_no_other() -> None:
    read = [as_expected(statement) for statement in reading().statements]
    contents = [statement["content"] for statement in expected()["statements"]]
    assert [one["content"] for one in read if one["content"] not in contents] == []
    assert read == expected()["statements"]


def test_no_statement_is_inner_denied_or_of_the_headline() -> None:
    for statement in reading().statements:
        assert (statement.inside, statement.denied) == (None, False)
        assert {part.where for part in statement.content} == {msgspec.UNSET}


def test_the_six_sources() -> None:
    wanted = expected()["sources"]
    read = reading().sources
    assert [(one.id, one.name, one.kind, one.named, one.speaks_for) for one in read] == [
        (one["id"], one["name"], one["kind"], one["named"], one.get("speaks_for")) for one in wanted
    ]
    for one, source in zip(wanted, read, strict=True):
        mentions = {mention.text for mention in source.mentions}
        assert mentions.issuperset(one.get("also", ())), source.name
        assert source.roles == ((one["role"],) if "role" in one else ()), source.name


@pytest.mark.parametrize("statement", range(15))
def test_the_source_of_each_statement_is_mentioned_by_its_words(statement: int) -> None:
    one = reading().statements[statement]
    (source,) = [source for source in reading().sources if source.id in one.sources]
    assert one.mention in source.mentions


# --- the profile


def test_every_figure_of_the_profile() -> None:
    profile = msgspec.to_builtins(reading().profile)
    wanted = expected()["profile"]
    assert {key: profile[key] for key in wanted} == json.loads(json.dumps(wanted), object_hook=_with_tuples)


def _with_tuples(value: dict[str, Any]) -> dict[str, Any]:
    """Lists as the tuples that records hold."""
    return {key: tuple(inner) if isinstance(inner, list) else inner for key, inner in value.items()}


def test_the_line() -> None:
    line = reading().profile.line.replace("’", "'")
    assert line.startswith("15 déclarations de six sources")
    assert "état-major général des forces armées ukrainiennes" in line
    assert "45 %" in line
    assert line.endswith("le titre n'est porté qu'en partie.")


# --- general rules


def plain(text: str) -> str:
    """The words of a text, one blank between."""
    return " ".join(_WORD.findall(text.lower()))


@cache
def own_names() -> frozenset[str]:
    """Capitalised words inside the sentences of the specimen, and the names of its sources."""
    text = f"{reading().article.title}\n{reading().article.text}"
    inside = re.findall(r"(?<=[\w,]\s)[^\W\d_a-zéèê][^\W\d_]+|(?<=[’'])[^\W\d_a-zéèê][^\W\d_]+", text)
    named = [word for source in reading().sources if source.named for word in _WORD.findall(source.name)]
    return frozenset(word for word in (*inside, *named, *reading().article.byline[0].split()) if word[0].isupper())


@cache
def own_phrases() -> frozenset[str]:
    """Three words in a row of the specimen, at least two of them long, that hardly another article has."""
    found: set[str] = set()
    for paragraph in (reading().article.title or "", *reading().article.text.split("\n")):
        row = plain(paragraph).split()
        found.update(
            " ".join(three)
            for three in zip(row, row[1:], row[2:], strict=False)
            if sum(len(one) > 3 for one in three) > 1
        )
    with (folder() / "corpora" / "news-fr" / "articles.jsonl").open(encoding="utf-8") as file:
        others = [f" {plain(json.loads(line)['text'])} " for line in file]
    return frozenset(phrase for phrase in found if sum(f" {phrase} " in other for other in others) < _COMMON)


def code(path: Path) -> str:
    """A module without its comments and docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


def entries(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """The entries of a word list with their keys."""
    if isinstance(value, dict):
        for inner, below in value.items():
            yield inner, inner
            yield from entries(below, inner)
    elif isinstance(value, list):
        for below in value:
            yield from entries(below, key)
    elif isinstance(value, str):
        yield key, value


def met(text: str) -> list[str]:
    """The names (as they are written) and phrases of the specimen that stand in a text."""
    standing = f" {plain(text)} "
    names = own_names().intersection(_WORD.findall(text))
    return sorted([*names, *(phrase for phrase in own_phrases() if f" {phrase} " in standing)])


def test_there_are_names_and_phrases_to_look_for() -> None:
    assert len(own_names()) >= 12
    assert len(own_phrases()) >= 150


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_of_the_specimen_stands_in_the_code(path: Path) -> None:
    assert met(code(path)) == []


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("languages/*/*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_nothing_of_the_specimen_stands_in_a_word_list(path: Path) -> None:
    lower_names = {name.lower() for name in own_names()}
    words_of_lists = tomllib.loads(path.read_text(encoding="utf-8"))
    standing = [
        (key, entry)
        for key, entry in entries(words_of_lists)
        if (key not in CLASSES and lower_names.intersection(plain(entry).split()))
        or any(f" {phrase} " in f" {plain(entry)} " for phrase in own_phrases())
    ]
    assert standing == []


def test_nothing_of_the_specimen_stands_in_a_comment_or_docstring() -> None:
    assert {
        path.name: found for path in PACKAGE.rglob("*.py") if (found := met(path.read_text(encoding="utf-8")))
    } == {}
