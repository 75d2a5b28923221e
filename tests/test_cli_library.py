"""The commands that keep a library: what they keep, say and refuse, and that stopping them loses nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyarrow import parquet
from typer.testing import CliRunner, Result

from selon import cli
from selon.articles.inputs import Loaded
from selon.library import Library
from selon.reader import Reader
from selon.types import Reading
from tests.library import DAM, DAM_LATER, FERRY

_OTHER = ("--library", "other.sqlite")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder and so a library of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SELON_LIBRARY", raising=False)


def selon(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli.app, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows(*texts: str, name: str = "articles.jsonl") -> Path:
    """A file with an article a line, each at an address of its own."""
    path = Path(name)
    lines = (
        json.dumps({"text": text, "title": f"Titre {number}", "url": f"https://a.example/{number}", "language": "fr"})
        for number, text in enumerate(texts, start=1)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_adding_says_what_came_of_it_and_adds_nothing_twice() -> None:
    assert selon("add", rows(DAM, DAM_LATER)).stdout == "selon.sqlite: 2 new articles.\n"
    assert selon("add", rows(DAM, DAM_LATER)).stdout == "selon.sqlite: 0 new articles, 2 there already.\n"
    changed = selon("add", rows(DAM_LATER, DAM_LATER), "--each")
    assert changed.stdout.splitlines() == [
        "changed\t1\thttps://a.example/1",
        "selon.sqlite: 0 new articles, 1 new version, 1 there already.",
    ]
    shown = selon("show", "1")
    assert "au printemps" in shown.stdout
    assert "Other versions: 1" in shown.stdout
    assert "avant l’été" in selon("show", "1", "--version", "1").stdout


def test_what_is_known_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    selon("add", rows(DAM))

    def refuse(self: Reader, items: Iterable[Loaded]) -> Iterator[Reading]:
        assert list(items) == []
        return iter(())

    monkeypatch.setattr(Reader, "read_many", refuse)
    assert selon("add", rows(DAM)).exit_code == 0


def test_the_library_is_where_the_option_or_the_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    selon("add", rows(DAM), "--library", "here.sqlite")
    assert Path("here.sqlite").is_file()
    monkeypatch.setenv("SELON_LIBRARY", "there.sqlite")
    selon("add", rows(DAM))
    assert Path("there.sqlite").is_file()
    assert not Path("selon.sqlite").exists()


def test_an_input_that_cannot_be_read_is_told_and_the_others_are_kept() -> None:
    result = selon("add", "missing.txt", rows(DAM))
    assert result.exit_code == 1
    assert result.stderr == "selon: missing.txt: there is no such file or folder\n"
    assert "1 new article." in result.stdout
    assert selon("add", "missing.txt").exit_code == 1


@pytest.mark.parametrize(
    "command",
    [
        ("articles",), ("show", "1"), ("remove", "1"), ("reread",), ("export",), ("correct", "none", "1", "1"),
        ("correct", "list"), ("correct", "undo", "1"),
    ],
)  # fmt: skip
def test_without_a_library_every_command_says_so_in_one_line(command: tuple[str, ...]) -> None:
    result = selon(*command)
    assert result.exit_code == 1
    assert result.stderr == "selon: selon.sqlite: there is no library; selon add makes one\n"


def test_articles_are_listed_the_newest_first_and_page_by_page() -> None:
    selon("add", rows(*(f"{DAM}\nNuméro {number}." for number in range(3))))
    listed = selon("articles", "--limit", "2").stdout
    assert "a.example" in listed
    assert "Titre 3" in listed
    assert "1 to 2 of 3: --offset 2 goes on." in listed
    assert "Titre 1" in selon("articles", "--offset", "2").stdout


def test_removing_says_what_was_not_there() -> None:
    selon("add", rows(DAM))
    result = selon("remove", "https://a.example/1", "7")
    assert (result.exit_code, result.stdout) == (1, "selon.sqlite: 1 article removed.\n")
    assert result.stderr == "selon: 7: there is no such article in selon.sqlite\n"


def test_rereading_reads_what_another_engine_has_read(monkeypatch: pytest.MonkeyPatch) -> None:
    selon("add", rows(DAM, DAM_LATER))
    assert "0 texts read again" in selon("reread").stdout
    assert "2 texts read again" in selon("reread", "--all").stdout
    monkeypatch.setattr("selon.reader.__version__", "9.9")
    assert "2 texts read again" in selon("reread").stdout
    assert json.loads(selon("show", "1", "--format", "json").stdout)["engine"]["version"] == "9.9"


def test_a_correction_is_made_shown_and_taken_back() -> None:
    selon("add", rows(DAM))
    assert selon("correct", "source", "1", "l'ouvrage reste sûr", "Claire Aubanel").exit_code == 0
    assert selon("correct", "none", "1", "prévenu", "--note", "il ne le dit pas").exit_code == 0
    record = json.loads(selon("show", "1", "--format", "json").stdout)
    assert record["statements"][-1]["why"] == "correction: source"
    assert "[corrigé à la main]" in " ".join(selon("show", "1").stdout.split())
    assert "il ne le dit pas" in selon("correct", "list", "1").stdout
    assert selon("correct", "undo", "2").exit_code == 0
    assert len(json.loads(selon("show", "1", "--format", "json").stdout)["statements"]) == len(record["statements"]) + 1
    refused = selon("correct", "none", "1", "rien de tel")
    assert (refused.exit_code, refused.stderr) == (
        1, "selon: 'rien de tel': there is no such statement in the article\n",
    )  # fmt: skip


def test_what_is_exported_and_imported_is_the_same_library() -> None:
    selon("add", rows(DAM, FERRY))
    selon("add", rows(DAM_LATER))
    selon("correct", "bounds", "1", "1", "au printemps")
    assert selon("sources", "merge", "Luc Sarrazin", "Claire Aubanel", "--note", "essai").exit_code == 0
    Path("known.csv").write_text("id,name,aliases,kind,wikidata\nh1,Hydrenne SA,Hydrenne,institution,Q42\n", "utf-8")
    assert selon("sources", "import", "known.csv").exit_code == 0
    selon("export", "--out", "whole.jsonl")
    assert "3 texts, 2 decisions on sources taken in" in selon("import", "whole.jsonl", *_OTHER).stdout
    assert selon("export", *_OTHER).stdout == Path("whole.jsonl").read_text(encoding="utf-8")
    assert "0 texts taken in, 3 there already" in selon("import", "whole.jsonl", *_OTHER).stdout
    assert selon("export", *_OTHER).stdout == Path("whole.jsonl").read_text(encoding="utf-8")
    mine, other = (selon("sources", "list", "--format", "csv", *where).stdout for where in ((), _OTHER))
    assert "Hydrenne SA" in mine
    without_numbers = [sorted(row.split(",", 1)[1] for row in one.splitlines()) for one in (mine, other)]
    assert without_numbers[0] == without_numbers[1]


def test_what_selon_read_wrote_can_be_imported() -> None:
    selon("read", rows(DAM), "--format", "jsonl", "--out", "readings.jsonl")
    assert "1 text taken in" in selon("import", "readings.jsonl").stdout
    assert json.loads(selon("show", "1", "--format", "json").stdout) == json.loads(
        Path("readings.jsonl").read_text("utf-8")
    )


def test_lines_that_are_no_record_are_told_and_the_others_taken_in() -> None:
    selon("read", rows(DAM), "--format", "jsonl", "--out", "readings.jsonl")
    good = Path("readings.jsonl").read_text("utf-8")
    moved = good.replace('"start":0,', '"start":1,', 1)
    Path("mixed.jsonl").write_text(f'{{"a": 1}}\nno json\n{moved}{good}', encoding="utf-8")
    result = selon("import", "mixed.jsonl")
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [f"mixed.jsonl:{row}" for row in (1, 2, 3)]
    assert "does not hold together" in result.stderr
    assert "1 text taken in" in result.stdout


def test_each_export_format_has_every_statement() -> None:
    selon("add", rows(DAM, FERRY))
    statements = [
        one for number in "12" for one in json.loads(selon("show", number, "--format", "json").stdout)["statements"]
    ]  # fmt: skip
    table = list(csv.DictReader(io.StringIO(selon("export", "--format", "csv").stdout.lstrip("\ufeff"), newline="")))
    assert [row["why"] for row in table] == [one["why"] for one in statements]
    selon("export", "--format", "parquet", "--out", "statements.parquet")
    told = parquet.read_table("statements.parquet").to_pylist()
    assert [row["start"] for row in told] == [one["content"][0]["start"] for one in statements]
    page = json.loads(selon("export", "--format", "annotation").stdout)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len({item["id"] for item in page["items"]}) == len(statements)
    for item, one in zip(page["items"], statements, strict=True):
        assert [target["selector"][0]["exact"] for target in item["target"]] == [
            part["text"] for part in one["content"]
        ]


def test_corrected_articles_alone_are_exported_for_training() -> None:
    selon("add", rows(DAM, FERRY))
    selon("correct", "none", "1", "prévenu")
    (line,) = selon("export", "--corrections").stdout.splitlines()
    assert json.loads(line)["text"] == DAM


def test_a_table_of_corrections_is_kept_whole_or_not_at_all() -> None:
    selon("add", rows(DAM))
    Path("corrections.csv").write_text("article,action,statement\n1,none,prévenu\n1,none,rien\n", encoding="utf-8")
    result = selon("import", "corrections.csv")
    assert result.exit_code == 1
    assert "corrections.csv:3: 'rien': there is no such statement" in result.stderr
    assert "1   " not in selon("correct", "list").stdout
    Path("corrections.csv").write_text("article,action,statement\n1,none,prévenu\n", encoding="utf-8")
    assert selon("import", "corrections.csv").stdout == "selon.sqlite: 1 correction kept.\n"


@pytest.mark.parametrize("stopping", [signal.SIGKILL, signal.SIGINT])
def test_stopped_at_any_moment_nothing_that_was_reported_is_lost_and_nothing_is_half_there(
    stopping: signal.Signals,
) -> None:
    path = rows(*(f"{DAM}\nUn rappel, le numéro {number}, a dit le maire." for number in range(150)))
    reported = _stopped_after(40, path, stopping)
    assert len(reported) >= 40
    with Library.open(Path("selon.sqlite")) as library:
        assert library.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        there = list(library.articles())
        assert set(reported) <= set(there)
        for article in there:
            (version,) = library.versions(article)
            reading = library.reading(version.id)
            number = library.connection.execute("SELECT count(*) FROM statement WHERE version = ?", (version.id,))
            assert number.fetchone() == (len(reading.statements),)
    assert f"{len(there)} there already" in selon("add", path).stdout
    with Library.open(Path("selon.sqlite")) as library:
        assert library.count() == 150


def _stopped_after(number: int, path: Path, stopping: signal.Signals) -> list[int]:
    """Adds in a process of its own, which is stopped once so many articles are reported; gives all that were."""
    command = [sys.executable, "-c", "from selon.cli import app; app()", "add", str(path), "--each"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as adding:
        assert adding.stdout is not None
        told = [adding.stdout.readline() for _ in range(number)]
        adding.send_signal(stopping)
        told += adding.stdout.readlines()
    return [int(line.split("\t")[1]) for line in told if line.startswith("new\t") and line.endswith("\n")]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "command",
    ["articles", "show 1", "show 1 --format json", "search", "search --format csv", "profile", "echoes", "reread"],
)
def test_an_output_that_is_full_is_told_in_one_line(command: str) -> None:
    selon("add", rows(DAM))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from selon.cli import app; app()", *command.split()],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == b"selon: standard output: no space left on device\n"


def test_what_sqlite_refuses_is_told_in_one_line() -> None:
    selon("add", rows(DAM))
    with Library.open(Path("selon.sqlite")) as library:
        library.connection.execute("DROP TABLE correction")
    result = selon("correct", "list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "selon: selon.sqlite: no such table: correction\n"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("show 99999999999999999999", "99999999999999999999: there is no such article in selon.sqlite"),
        ("remove 99999999999999999999", "99999999999999999999: there is no such article in selon.sqlite"),
        ("correct undo 99999999999999999999", "selon.sqlite: no number in it is that large"),
        ("echoes 99999999999999999999", "selon.sqlite: no number in it is that large"),
        ("sources show #99999999999999999999", "selon.sqlite: no number in it is that large"),
    ],
)
def test_numbers_larger_than_any_are_told_in_one_line(command: str, told: str) -> None:
    selon("add", rows(DAM))
    result = selon(*command.split())
    assert (result.exit_code, result.stderr) == (1, f"selon: {told}\n")


def test_an_empty_file_is_no_library_of_an_older_selon() -> None:
    Path("selon.sqlite").touch()
    told = "selon: selon.sqlite: there is nothing in this file; selon add makes a library of it\n"
    assert selon("articles").stderr == told
    assert selon("add", rows(DAM)).exit_code == 0
    assert selon("articles").exit_code == 0


def test_a_library_in_a_folder_that_is_not_there_is_told() -> None:
    result = selon("add", rows(DAM), "--library", "missing/selon.sqlite")
    assert (result.exit_code, result.stderr) == (1, "selon: missing/selon.sqlite: there is no folder missing\n")


def test_the_list_of_articles_comes_as_a_table_a_spreadsheet_and_json() -> None:
    assert selon("add", rows(DAM, DAM_LATER)).exit_code == 0
    (one,) = json.loads(selon("articles", "--limit", "1", "--format", "json").stdout)
    assert one["article"] == 2
    assert (one["version"], one["outlet"], one["title"]) == (1, "a.example", "Titre 2")
    table = list(csv.DictReader(io.StringIO(selon("articles", "--format", "csv").stdout.removeprefix("\ufeff"))))
    assert [row["url"] for row in table] == ["https://a.example/2", "https://a.example/1"]
    assert selon("articles", "--offset", "7").stdout == "2 articles; none after the first 7.\n"


@pytest.mark.parametrize("command", ["correct list", "sources decisions", "sources list --query zzz"])
def test_an_empty_list_says_that_it_is_empty(command: str) -> None:
    selon("add", rows(DAM))
    assert selon(*command.split()).stdout.startswith("There is no")


def test_a_name_that_no_source_has_leads_to_those_with_its_words() -> None:
    selon("add", rows(DAM))
    for command in (("show", "Aubanel"), ("merge", "Aubanel", "Luc Sarrazin"), ("split", "Aubanel", "--from", "Luc")):
        result = selon("sources", *command)
        assert result.exit_code == 1
        assert result.stderr == "selon: Aubanel: there is no source of that name; there is Claire Aubanel\n"
    assert selon("sources", "show", "zzz").stderr == "selon: zzz: there is no source of that name\n"


def test_a_file_that_is_no_export_is_told_in_a_few_lines_and_one_that_is_not_there_makes_no_library() -> None:
    Path("other.jsonl").write_text("nothing\n" * 40, encoding="utf-8")
    result = selon("import", "other.jsonl")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 6
    assert result.stderr.endswith("selon: other.jsonl: 35 more lines are no records\n")
    result = selon("import", "missing.jsonl", *_OTHER)
    assert (result.exit_code, result.stderr) == (1, "selon: missing.jsonl: there is no such file\n")
    assert not Path("other.sqlite").exists()
