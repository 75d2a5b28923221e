"""Files, folders, lines and standard input; what cannot be read says why and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from selon.articles import decoding
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


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        f"\n\n  Accueil > Politique\n\nPar Anne Roux\n\n{TEXT}\u2028Lire aussi : le pont\u2029\t \n",
        f"<html><body><p>{TEXT}</p></body></html>",
    ],
)
def test_plain_text_keeps_its_own_offsets(tmp_path: Path, text: str) -> None:
    for name in ("article.txt", "article.html"):
        found = read_one(write(tmp_path / name, text.encode()), InputOptions(plain=True))
        assert isinstance(found, Loaded)
        assert found.article.text == text
        assert found.article.title is None


JAPANESE = "ヴァルブリュヌ市の学校は九月に再開すると市長が述べた。二年間の工事の後である。"
RUSSIAN = "Мэр города сообщила, что школа откроется в сентябре после двух лет ремонта."


@pytest.mark.parametrize(
    ("encoding", "label", "sentence"),
    [
        ("shift_jis", "Shift_JIS", JAPANESE),
        ("shift_jis", "x-sjis", JAPANESE),
        ("euc_jp", "EUC-JP", JAPANESE),
        ("iso2022_jp", "iso-2022-jp", JAPANESE),
        ("cp1251", "windows-1251", RUSSIAN),
        ("koi8-r", "KOI8-R", RUSSIAN),
        (
            "cp1252",
            "iso-8859-1",
            "« L’école rouvrira », a déclaré la maire – et cela coûtera 3 millions d’€ à la ville.",
        ),
        (
            "utf-8",
            "iso-8859-1",
            "« L’école rouvrira », a déclaré la maire – et cela coûtera 3 millions d’€ à la ville.",
        ),
    ],
)
def test_a_page_is_decoded_as_it_says(tmp_path: Path, encoding: str, label: str, sentence: str) -> None:
    for told in (f'<meta charset="{label}">', f"<meta http-equiv=Content-Type content='text/html; charset={label}'>"):
        body = "".join(f"<p>{number}. {sentence}</p>" for number in range(4))
        page = f"<html><head>{told}</head><body><article>{body}</article></body></html>"
        found = read_one(write(tmp_path / "page.html", page.encode(encoding)))
        assert isinstance(found, Loaded)
        assert sentence in found.article.text


def test_a_few_damaged_bytes_do_not_change_the_encoding(tmp_path: Path) -> None:
    data = (TEXT * 40).encode() + b"\xff\n" + TEXT.encode()
    found = read_one(write(tmp_path / "article.txt", data))
    assert isinstance(found, Loaded)
    assert "« Nous avons tenu parole », a-t-elle ajouté" in found.article.text


@pytest.mark.parametrize("label", ["zlib", "rot13", "punycode", "idna", "unicode_escape", "none", "\x00", ""])
def test_a_page_that_names_no_encoding_of_the_web_is_read_all_the_same(tmp_path: Path, label: str) -> None:
    page = PAGE.replace("<body>", f"<head><meta charset='{label}'></head><body>".replace("\x00", "&#0;"))
    found = read_one(write(tmp_path / "page.html", page.encode()))
    assert isinstance(found, Loaded)
    assert "tenu parole" in found.article.text


@pytest.mark.parametrize(
    "name",
    [
        "http://[::1", "http://a\x00b/", "http://", "http://news.example:port/", "https://news.example:99999/",
        "HTTP://[", "http://" + "a" * 300 + ".example/", "ftp://news.example/page.html", "a\x00b.txt", "\ud800.txt",
        "x" * 5000, "", "x://y", "/",
    ],
)  # fmt: skip
def test_names_that_are_no_input_give_one_line(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    if name == "/":
        name = str(tmp_path)
    found = read_one(name)
    assert isinstance(found, InputFailure)
    assert found.reason
    assert "\n" not in found.reason


def test_a_scheme_that_is_not_fetched_is_named() -> None:
    found = read_one("ftp://news.example/page.html")
    assert isinstance(found, InputFailure)
    assert "only http" in found.reason


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
    monkeypatch.setattr(decoding, "LARGEST", 10_000)
    found = read_one(write(tmp_path / "bomb.txt.gz", gzip.compress(b"a " * 100_000)))
    assert isinstance(found, InputFailure)
    assert "larger" in found.reason


def test_a_gzip_file_of_several_members_is_read_whole(tmp_path: Path) -> None:
    data = gzip.compress(TEXT.encode()) + gzip.compress(b"\nLa suite viendra demain.\n")
    found = read_one(write(tmp_path / "article.txt.gz", data))
    assert isinstance(found, Loaded)
    assert found.article.text == f"{CLEAN}\nLa suite viendra demain."


@pytest.mark.parametrize(
    ("damage", "reason", "rows"),
    [
        (lambda data: data[:-12], "breaks off", None),
        (lambda data: data[: len(data) // 2] + b"\xff" * 40 + data[len(data) // 2 + 40 :], "gzip", None),
        (lambda data: b"no gzip", "no gzip", 0),
        (lambda data: data + b"more", "gzip", 50),
    ],
)
def test_damaged_lines_give_a_failure(
    tmp_path: Path, damage: Callable[[bytes], bytes], reason: str, rows: int | None
) -> None:
    lines = "".join(json.dumps({"text": f"{CLEAN} {number}"}) + "\n" for number in range(50))
    path = write(tmp_path / "articles.jsonl.gz", damage(gzip.compress(lines.encode())))
    found = list(read_inputs([path, str(tmp_path / "missing.txt")], InputOptions()))
    failure = next(entry for entry in found if isinstance(entry, InputFailure) and entry.input == path)
    assert reason in failure.reason
    assert found[-1].input.endswith("missing.txt")
    assert rows is None or sum(isinstance(entry, Loaded) for entry in found) == rows


def test_lines_of_several_gzip_members_are_read_whole(tmp_path: Path) -> None:
    line = (json.dumps({"text": CLEAN}) + "\n").encode()
    path = write(tmp_path / "articles.jsonl.gz", gzip.compress(line) + gzip.compress(line * 2))
    assert [entry.input for entry in read_inputs([path], InputOptions())] == [f"{path}:{n}" for n in (1, 2, 3)]


def test_a_line_that_is_too_large_is_refused_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "LARGEST", 10_000)
    lines = (json.dumps({"text": "a " * 20_000}) + "\n" + json.dumps({"text": CLEAN}) + "\n").encode()
    for name, data in (("a.jsonl", lines), ("a.jsonl.gz", gzip.compress(lines))):
        first, second = read_inputs([write(tmp_path / name, data)], InputOptions())
        assert isinstance(first, InputFailure)
        assert "larger" in first.reason
        assert isinstance(second, Loaded)


def test_a_folder_that_is_read_leaves_out_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    write(tmp_path / "article.txt", TEXT.encode())
    (found,) = read_inputs([str(tmp_path)], InputOptions())
    assert isinstance(found, Loaded)


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
        '{"text": "a", "more": ' + "[" * 100_000,
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


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12 08:30:00+01:00", "2024-03-12T08:30:00+01:00"),
        ("12/03/2024", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("2024-02-31", None),
        ("bientôt", None),
    ],
)
def test_the_day_of_a_line_is_an_iso_date(tmp_path: Path, date: str, expected: str | None) -> None:
    found = read_one(write(tmp_path / "a.jsonl", json.dumps({"text": CLEAN, "date": date}).encode()))
    assert isinstance(found, Loaded)
    assert found.article.published == expected


@pytest.mark.parametrize("data", [TEXT.encode(), PAGE.encode(), gzip.compress(PAGE.encode())])
def test_standard_input_is_told_by_its_first_bytes(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = read_one("-")
    assert isinstance(found, Loaded)
    assert "<p>" not in found.article.text
    assert "tenu parole" in found.article.text
