"""The command line: every kind of input and output, and what it says when something cannot be read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from spacy.language import Language as Pipeline
from typer.testing import CliRunner, Result

from selon import __version__, cli
from selon.language import LanguageError
from selon.outputs.records import record_line
from selon.pipeline import load_pipeline
from selon.types import Reading
from tests.conftest import EXAMPLES
from tests.test_outputs import check_record

TEXT = "« L’école de Valbrune rouvrira lundi », a déclaré la maire, Anne Roux.\n"
PAGE = f"<!doctype html><html><body><article>{f'<p>{TEXT.strip()}</p>' * 5}</article></body></html>"


def selon(*arguments: str | Path, given: bytes | None = None) -> Result:
    """Run `selon read` in this process, with standard output and error apart."""
    result = CliRunner().invoke(cli.app, ["read", *map(str, arguments)], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_table_is_what_is_printed_first(article: Path) -> None:
    result = selon(article)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "Anne Roux" in result.stdout
    assert "L’école de Valbrune rouvrira lundi" in result.stdout


def test_each_format_is_what_it_says(article: Path) -> None:
    written = {name: selon(article, "--format", name).stdout_bytes for name in ("json", "jsonl", "csv", "html")}
    told = check_record(written["json"])
    assert told["input"] == str(article)
    assert [part["text"] for part in told["statements"][0]["content"]] == ["L’école de Valbrune rouvrira lundi"]
    assert check_record(written["jsonl"]) == told
    (row,) = csv.DictReader(io.StringIO(written["csv"].decode("utf-8-sig"), newline=""))
    assert row["sources"] == "Anne Roux"
    assert written["html"].startswith(b"<!doctype html>")
    assert "L’école de Valbrune rouvrira lundi" in written["html"].decode()


def test_inputs_of_every_kind_come_in_their_order(tmp_path: Path, article: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (folder / "lines.jsonl").write_text(json.dumps({"text": TEXT, "title": "Un"}) + "\n" + json.dumps({"text": TEXT}))
    result = selon(folder, "-", article, EXAMPLES / "skerrow.html", "--format", "jsonl", given=PAGE.encode())
    assert result.exit_code == 0
    told = [check_record(line) for line in result.stdout_bytes.splitlines()]
    lines = folder / "lines.jsonl"
    expected = [f"{lines}:1", f"{lines}:2", folder / "page.html.gz", "-", article, EXAMPLES / "skerrow.html"]
    assert [record["input"] for record in told] == list(map(str, expected))
    assert told[0]["article"]["title"] == "Un"
    assert all("Valbrune" in record["article"]["text"] for record in told[:-1])
    assert all(record["statements"] for record in told)


def test_plain_offsets_are_those_of_the_input(tmp_path: Path) -> None:
    text = f"Accueil > Région\r\n\r\n\tPar Anne Roux\r\n  {TEXT}\u2028Lire aussi : le pont\r\n\U0001f600 {TEXT}"
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode())
    told = check_record(selon(path, "--plain", "--format", "json").stdout_bytes)
    assert told["article"]["text"] == text
    starts = [statement["content"][0]["start"] for statement in told["statements"]]
    assert starts == [text.index("L’école"), text.rindex("L’école")]


def test_json_is_one_article(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "record.json"
    result = selon(article, article, "--format", "json", "--out", out)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "jsonl" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize("name", ["table", "json", "jsonl", "csv", "html"])
def test_one_line_for_what_cannot_be_read_and_the_others_are_read(name: str, article: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty\x1b[31m.txt"
    empty.write_bytes(b"")
    missing = tmp_path / "missing.txt"
    result = selon(empty, article, missing, "--format", name)
    assert result.exit_code == 1
    assert "Anne Roux" in result.stdout_bytes.decode("utf-8")
    first, second = sorted(result.stderr.splitlines())
    assert first == f"selon: {tmp_path}/empty[31m.txt: it is empty"
    assert second == f"selon: {missing}: there is no such file or folder"


@pytest.mark.parametrize("name", ["table", "json", "jsonl", "csv", "html"])
def test_nothing_is_written_where_nothing_can_be_read(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("as it was")
    result = selon(tmp_path / "missing.txt", "--format", name, "--out", out)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert out.read_text() == "as it was"


def test_an_input_without_any_article_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    path.write_bytes(b"\n")
    result = selon(path, "--format", "jsonl")
    assert result.exit_code == 1
    assert result.stderr == "selon: there is no article in what was given\n"


def test_a_file_is_written_whole_or_not_at_all(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out" / "records.jsonl"
    out.parent.mkdir()
    out.write_text("as it was")
    whole = record_line
    written: list[Reading] = []

    def breaks_off(reading: Reading) -> bytes:
        written.append(reading)
        if len(written) > 1:
            raise OSError(28, "No space left on device")
        return whole(reading)

    monkeypatch.setattr("selon.cli.reading.record_line", breaks_off)
    result = selon(article, article, "--format", "jsonl", "--out", out)
    assert result.exit_code == 1
    assert result.stderr == f"selon: {out}: no space left on device\n"
    assert out.read_text() == "as it was"
    monkeypatch.undo()
    assert selon(article, article, "--format", "jsonl", "--out", out).exit_code == 0
    assert out.read_bytes().count(b"\n") == 2
    assert [path.name for path in out.parent.iterdir()] == ["records.jsonl"]
    umask = os.umask(0)
    os.umask(umask)
    assert out.stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_pipe_is_written_to_and_a_link_stays_a_link(article: Path, tmp_path: Path) -> None:
    pipe, link, target = tmp_path / "pipe", tmp_path / "link", tmp_path / "target.jsonl"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as other:
        read = other.submit(pipe.read_bytes)
        assert selon(article, "--format", "jsonl", "--out", pipe).exit_code == 0
        assert read.result(timeout=20).count(b"\n") == 1
    assert pipe.is_fifo()
    link.symlink_to(target)
    for _ in range(2):
        assert selon(article, "--format", "jsonl", "--out", link).exit_code == 0
        assert link.is_symlink() and target.read_bytes().count(b"\n") == 1


def test_a_place_where_nothing_can_be_written_is_told(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "missing" / "out.html"
    result = selon(article, "--format", "html", "--out", out)
    assert result.exit_code == 1
    assert result.stderr == f"selon: {out}: no such file or directory\n"


@pytest.mark.parametrize(
    ("options", "told"), [(("--language", "xx"), "'xx'"), (("--model", "no_such_pipeline"), "no_such_pipeline")]
)
def test_a_language_or_model_that_is_not_there_is_told(article: Path, options: tuple[str, str], told: str) -> None:
    result = selon(article, *options)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_url_that_is_not_public_is_refused() -> None:
    result = selon("http://127.0.0.1:1/page.html")
    assert result.exit_code == 1
    assert result.stderr.startswith("selon: http://127.0.0.1:1/page.html: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are always UTF-8 there")
def test_the_name_of_a_file_need_not_be_text(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.txt"))
    path.write_text(TEXT, encoding="utf-8")
    for name in ("table", "json", "csv", "html"):
        result = selon(path, "--format", name)
        assert result.exit_code == 0
        assert "Anne Roux" in result.stdout_bytes.decode("utf-8")


def test_the_version_is_the_package_s() -> None:
    result = CliRunner().invoke(cli.app, ["--version"])
    assert result.exit_code == 0
    assert result.stdout == f"selon {__version__}\n"


def test_the_program_reads_from_a_pipe() -> None:
    program = Path(sys.executable).with_name("selon")
    done = subprocess.run(
        [program, "read", "-", "--format", "jsonl"], input=TEXT.encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    assert check_record(done.stdout)["input"] == "-"


def test_an_article_whose_language_has_no_model_is_said_and_the_others_are_read(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("“The school opens on Monday,” the mayor, Ann Rowe, said.\n", encoding="utf-8")

    def without_english(language: str, model: str | None = None) -> Pipeline:
        if language == "en":
            raise LanguageError("there is no language model for 'en'")
        return load_pipeline(language, model)

    monkeypatch.setattr("selon.cli.given.load_pipeline", without_english)
    result = selon(other, article, "--format", "jsonl")
    assert result.exit_code == 1
    assert result.stderr == f"selon: {other}: there is no language model for 'en'\n"
    assert [check_record(line)["input"] for line in result.stdout_bytes.splitlines()] == [str(article)]


def test_the_learned_reader_is_named_where_it_read_along(article: Path) -> None:
    told = check_record(selon(article, "--learned", "--format", "json").stdout_bytes)
    assert any("selon_reader" in name for name in told["engine"]["models"])
    assert [part["text"] for part in told["statements"][0]["content"]] == ["L’école de Valbrune rouvrira lundi"]
