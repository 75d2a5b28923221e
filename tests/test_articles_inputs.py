"""Files, folders, lines and standard input; what cannot be read says why and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from selon.articles import inputs
from selon.articles.inputs import InputFailure, InputOptions, Loaded, read_inputs

TEXT = (
    "La mairie de Valbrune rouvrira son école en septembre, a dit Anne Roux.\n\n"
    "« Nous avons tenu parole », a-t-elle ajouté devant les habitants de la commune.\n"
)
CLEAN = TEXT.strip().replace("\n\n", "\n")
PAGE = f"<!DOCTYPE html><html><body><article>{f'<p>{CLEAN}</p>' * 4}</article></body></html>"


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def read_one(name: str, options: InputOptions | None = None) -> Loaded | InputFailure:
    (found,) = read_inputs([name], options or InputOptions())
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_real_files(tmp_path: Path, encoding: str) -> None:
    found = read_one(write(tmp_path / "article.txt", (TEXT * 4).encode(encoding)))
    assert isinstance(found, Loaded)
    assert "« Nous avons tenu parole », a-t-elle ajouté" in found.article.text


def test_plain_text_keeps_its_own_offsets(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "article.txt", TEXT.encode()), InputOptions(plain=True))
    assert isinstance(found, Loaded)
    assert found.article.text == TEXT


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t", "empty"),
        ("binary.txt", bytes(range(256)), "binary"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "binary"),
        ("page.html", b"<html></html>", "no article text"),
        ("plain.txt.gz", b"not gzip", "gzip"),
        ("short.txt.gz", gzip.compress(TEXT.encode())[:-9], "breaks off"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = write(tmp_path / name, data)
    found = read_one(path)
    assert isinstance(found, InputFailure)
    assert found.input == path
    assert reason in found.reason
    assert "\n" not in found.reason


def test_the_others_are_read_after_a_failure(tmp_path: Path) -> None:
    good = write(tmp_path / "article.txt", TEXT.encode())
    first, second, third = read_inputs([good, str(tmp_path / "missing.txt"), good], InputOptions())
    assert isinstance(first, Loaded)
    assert isinstance(second, InputFailure)
    assert "no such file" in second.reason
    assert third == first


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "article.txt", TEXT.encode()), InputOptions(language="xx"))
    assert isinstance(found, InputFailure)
    assert "'xx'" in found.reason


def test_a_language_that_cannot_be_told_is_a_warning(tmp_path: Path) -> None:
    found = read_one(write(tmp_path / "article.txt", b"Zzz qqq xxx www."))
    assert isinstance(found, Loaded)
    assert "language" in found.warnings[0]


def test_a_gzip_file_is_unpacked_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "_LARGEST", 10_000)
    found = read_one(write(tmp_path / "bomb.txt.gz", gzip.compress(b"a " * 100_000)))
    assert isinstance(found, InputFailure)
    assert "larger" in found.reason


def test_a_folder_gives_its_files_by_name_without_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b.txt", "a.txt", ".c.txt", "inner/d.txt", ".hidden/e.txt"):
        write(tmp_path / name, TEXT.encode())
    write(tmp_path / "f.html.gz", gzip.compress(PAGE.encode()))
    found = list(read_inputs([str(tmp_path)], InputOptions()))
    assert all(isinstance(entry, Loaded) for entry in found)
    names = [str(Path(entry.input).relative_to(tmp_path)) for entry in found]
    assert names == ["a.txt", "b.txt", "f.html.gz", str(Path("inner", "d.txt"))]


def test_an_empty_folder_is_a_failure(tmp_path: Path) -> None:
    assert isinstance(read_one(str(tmp_path)), InputFailure)


def test_lines_of_json_are_one_article_each(tmp_path: Path) -> None:
    row = {"text": CLEAN, "headline": "Un titre", "date": "2024-03-12", "byline": "Paul Métivier", "more": 1}
    lines = [
        json.dumps(row),
        "",
        "no json",
        json.dumps({"text": " "}),
        json.dumps({"text": "a", "language": "xx"}),
    ]
    path = write(tmp_path / "articles.jsonl", "\n".join(lines).encode())
    found = list(read_inputs([path], InputOptions()))
    assert [entry.input for entry in found] == [f"{path}:{number}" for number in (1, 3, 4, 5)]
    first = found[0]
    assert isinstance(first, Loaded)
    assert first.article.title == "Un titre"
    assert first.article.published == "2024-03-12"
    assert first.article.byline == ("Paul Métivier",)
    assert all(isinstance(entry, InputFailure) for entry in found[1:])


def test_lines_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "articles.jsonl", (json.dumps({"text": CLEAN}) + "\n").encode() * 3)
    stream = read_inputs([path, str(tmp_path / "missing.txt")], InputOptions())
    assert next(stream).input == f"{path}:1"


@pytest.mark.parametrize("data", [TEXT, PAGE])
def test_standard_input_is_told_by_its_first_bytes(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    found = read_one("-")
    assert isinstance(found, Loaded)
    assert "<p>" not in found.article.text
    assert "tenu parole" in found.article.text
