"""Loading a language refuses unknown keys, repeated entries and empty lists, naming the file and the key."""

from __future__ import annotations

import ast
import copy
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import pytest

from selon import language as languages
from selon import librarywords, wordlists
from selon.echo_words import EchoWords
from selon.interface import Interface
from selon.labels import Labels
from selon.language import Language, LanguageError, codes, load, read_words

FOLDER = Path(languages.__file__).parent / "languages"
STEPS = Path(languages.__file__).parent / "steps"
KINDS: dict[str, type[wordlists.WordList]] = {
    "language": wordlists.General,
    "cues": wordlists.CueWords,
    "conjugation": wordlists.Conjugation,
    "grammar": wordlists.GrammarWords,
    "sources": wordlists.SourceWords,
    "attributes": wordlists.AttributeWords,
    "dates": wordlists.DateWords,
    "pages": wordlists.PageWords,
    "profile": wordlists.ProfileWords,
    "echoes": EchoWords,
    "labels": Labels,
    "web": Interface,
    "sentences": wordlists.SentenceWords,
    "numbers": librarywords.NumberWords,
    "search": librarywords.SearchWords,
    "matters": librarywords.MatterWords,
}
Place = tuple[str | int, ...]


def content(code: str, file: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / code / f"{file}.toml").read_text(encoding="utf-8"))


def written(value: object) -> str:
    """A value as inline TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def read(words: dict[str, Any], file: str) -> wordlists.WordList:
    text = "\n".join(f"{key} = {written(value)}" for key, value in words.items())
    return read_words(text.encode(), f"languages/xx/{file}.toml", KINDS[file])


def lists(value: object, place: Place = ()) -> Iterator[Place]:
    """Where the lists of a file stand."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, (*place, key))
    elif isinstance(value, list):
        yield place
        for number, inner in enumerate(value):
            yield from lists(inner, (*place, number))


def at(words: dict[str, Any], place: Place) -> Any:
    value: Any = words
    for step in place:
        value = value[step]
    return value


FILES = [(code, file) for code in codes() for file in KINDS]


@pytest.mark.parametrize("code", codes())
def test_each_file_of_a_language_is_read(code: str) -> None:
    assert {path.stem for path in (FOLDER / code).glob("*.toml")} == set(KINDS)


@pytest.mark.parametrize("code", codes())
def test_each_language_loads_whole(code: str) -> None:
    read_properties = [name for name, value in vars(Language).items() if isinstance(value, cached_property)]
    assert len(read_properties) >= len(KINDS) - 1
    for name in read_properties:
        assert getattr(load(code), name) is not None
    assert load(code) is load(code)


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(LanguageError, match=r"no language 'xx'; there are: en, fr"):
        load("xx")


def test_a_folder_of_word_lists_is_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER / "fr", tmp_path / "xx", ignore=shutil.ignore_patterns("model"))
    monkeypatch.setattr(languages, "_folder", lambda: tmp_path)
    assert Language("xx").cues == load("fr").cues
    (tmp_path / "xx" / "dates.toml").write_text("days = []\nmore = 1\n", encoding="utf-8")
    with pytest.raises(LanguageError, match=re.escape("languages/xx/dates.toml")):
        _ = Language("xx").dates


@pytest.mark.parametrize(("code", "file"), FILES)
def test_what_is_shipped_can_be_written_and_read_again(code: str, file: str) -> None:
    assert isinstance(read(content(code, file), file), KINDS[file])


@pytest.mark.parametrize(("code", "file"), FILES)
def test_an_unknown_key_is_refused(code: str, file: str) -> None:
    words = content(code, file)
    with pytest.raises(LanguageError, match=rf"languages/xx/{file}\.toml: .*`nobody_reads_it`"):
        read({**words, "nobody_reads_it": 1}, file)


def test_an_unknown_key_of_a_group_is_refused_and_its_place_named() -> None:
    words = content("fr", "cues")
    words["verbs"][2]["mood"] = "good"
    with pytest.raises(LanguageError, match=r"cues\.toml: .*`mood` - at `\$\.verbs\[2\]`"):
        read(words, "cues")


@pytest.mark.parametrize(("code", "file"), FILES)
def test_a_key_that_is_missing_is_named(code: str, file: str) -> None:
    words = content(code, file)
    key = next(field.encode_name for field in msgspec.structs.fields(KINDS[file]) if field.required)
    del words[key]
    with pytest.raises(LanguageError, match=rf"{file}\.toml: .*`{key}`"):
        read(words, file)


def spoiled(code: str, *, twice: bool) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each word list of a language with one list emptied, or with its first entry twice; file, words, key."""
    for file in KINDS:
        words = content(code, file)
        for place in lists(words):
            entry = at(words, place)[0]
            if isinstance(entry, str) or not twice:
                changed = copy.deepcopy(words)
                at(changed, place).append(entry) if twice else at(changed, place).clear()
                yield file, changed, named(place)


@pytest.mark.parametrize("code", codes())
def test_an_empty_list_is_refused(code: str) -> None:
    for file, words, key in spoiled(code, twice=False):
        with pytest.raises(LanguageError, match=rf"languages/xx/{file}\.toml: .*{key}"):
            read(words, file)


@pytest.mark.parametrize("code", codes())
def test_an_entry_that_stands_twice_is_refused(code: str) -> None:
    for file, words, key in spoiled(code, twice=True):
        with pytest.raises(LanguageError, match=rf"languages/xx/{file}\.toml: .*{key}.*twice"):
            read(words, file)


def named(place: Place) -> str:
    """The key that a message has to name: the last one of the place."""
    return next(step for step in reversed(place) if isinstance(step, str))


@pytest.mark.parametrize(
    "data",
    [
        b"name = ",
        b'name = "a"\nname = "b"',
        b"name = 3",
        b'name = "\xff"',
    ],
)
def test_what_is_no_word_list_is_refused(data: bytes) -> None:
    with pytest.raises(LanguageError, match=r"languages/xx/language\.toml: "):
        read_words(data, "languages/xx/language.toml", wordlists.General)


@pytest.mark.parametrize("path", sorted(STEPS.glob("*.py")), ids=lambda path: path.name)
def test_no_step_asks_which_language_it_is(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    assert [node.value for node in nodes if isinstance(node, ast.Constant) and node.value in codes()] == []
    assert [node.lineno for node in nodes if isinstance(node, ast.Attribute) and node.attr == "code"] == []
