"""`selon search`: what it prints, writes and refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from selon import cli
from selon.library import Library
from tests.library import DAM, dam, ferry


@pytest.fixture(autouse=True)
def in_a_folder_with_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SELON_LIBRARY", raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    with Library.open(Path("selon.sqlite"), create=True) as library:
        library.add([dam(), ferry()])


def selon(*arguments: str) -> Result:
    result = CliRunner().invoke(cli.app, ["search", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_table_marks_the_words_and_says_who_where_and_when() -> None:
    result = selon("fissures")
    assert result.exit_code == 0
    assert "Nous n’attendrons pas une *fissure* de plus" in result.stdout
    for told in ("Claire Aubanel", "Le Messager de Vernoux", "2025-04-07", "1 to 1 of 1."):
        assert told in result.stdout


def test_words_may_stand_apart_and_filters_beside_them() -> None:
    assert selon("attendre", "fissure").stdout == selon("attendre fissure").stdout
    assert "Helen Marsh" in selon("--source", "marsh").stdout
    assert selon("fissure", "--language", "en").stdout == "Nothing found.\n"
    assert "1 to 1 of 3: --offset 1 goes on." in selon("fissure OR barrage OR ouvrage", "--limit", "1").stdout
    assert "none after the first 7" in selon("fissure", "--offset", "7").stdout


def test_whole_texts_show_the_title() -> None:
    (line,) = [line for line in selon("vider", "--text").stdout.splitlines() if "Vernoux" in line and "*" in line][:1]
    assert "le barrage sera *vidé*" in line


def test_json_has_the_places_of_the_words() -> None:
    (hit,) = json.loads(selon("fissure", "--format", "json").stdout)["hits"]
    (part,) = hit["parts"]
    assert DAM[part["start"] : part["end"]] == part["text"]
    assert [part["text"][start:end] for start, end in part["marks"]] == ["fissure"]
    assert (part["in"], hit["sources"], hit["outlet"]) == ("text", ["Claire Aubanel"], "Le Messager de Vernoux")


def test_csv_has_a_line_for_each_hit() -> None:
    written = selon("fissure OR crack", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(written, newline="")))
    assert {row["sources"] for row in found} == {"Claire Aubanel", "Helen Marsh"}
    assert all(row["words"] and row["start"] for row in found)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["barrage (vide"], "selon: the parenthesis at 9 is never closed\n"),
        (["--since", "2025-13"], "selon: 2025-13: there is no such day in the calendar\n"),
        (["--until", "2025-02-30"], "selon: 2025-02-30: there is no such day in the calendar\n"),
        (["barrage", "--since", "hier"], "selon: hier: a day is written 2025-03-13, a month 2025-03, a year 2025\n"),
        (["la", "--language", "fr"], "selon: these words stand in nearly every text: add another one\n"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(arguments: list[str], complaint: str) -> None:
    result = selon(*arguments)
    assert (result.exit_code, result.stderr, result.stdout) == (2, complaint, "")


def test_an_outlet_that_the_library_does_not_have_is_told_with_those_named_alike() -> None:
    result = selon("--outlet", "messager")
    assert (result.exit_code, result.stdout) == (0, "Nothing found.\n")
    assert result.stderr == "selon: messager: there is no such outlet; there is Le Messager de Vernoux\n"
    assert selon("--section", "zzz").stderr == "selon: zzz: there is no such section\n"
    assert selon("--outlet", "LE MESSAGER DE VERNOUX").stderr == ""


def test_without_a_library_it_says_so() -> None:
    result = selon("barrage", "--library", "missing.sqlite")
    assert result.exit_code == 1
    assert result.stderr == "selon: missing.sqlite: there is no library; selon add makes one\n"
