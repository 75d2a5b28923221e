"""What the README shows is so: its commands print what stands under them, its Python runs, its lists are whole.

A line "…" in an output stands for any lines, and spaces may break or not. `python -m tests.test_readme` makes the
picture of the report anew.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from playwright.sync_api import sync_playwright
from typer.testing import CliRunner

from selon import cli
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.cli.reading import Format
from selon.library import Library
from selon.library.echo_views import echo_list
from selon.outputs.report import report
from selon.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = ("report.png", "echo.png", "outlets.png")
WIDTH, HEIGHT = 1280, 1080
LARGEST_PICTURE = 250_000
ANY = "…"

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TARGET = re.compile(r"\bmake ([a-z]+)\b")


class Shown(NamedTuple):
    """A command of the README and the lines under it."""

    command: str
    output: tuple[str, ...]


def commands() -> Iterator[Shown]:
    for block in map(_plain, _CONSOLE.findall(README)):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *output = part.rstrip("\n").split("\n")
            yield Shown(command, tuple(output))


def printed(command: str) -> tuple[int, list[str]]:
    """Exit status and lines of a command: `selon …`, or `echo … | selon …`, run in this process."""
    *before, last = command.split(" | ")
    given = None
    if before:
        word, text = shlex.split(before[0])
        assert word == "echo"
        given = f"{text}\n".encode()
    program, *arguments = shlex.split(last)
    assert program == "selon"
    result = CliRunner().invoke(cli.app, arguments, input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, [line.rstrip() for line in _plain(result.output).rstrip("\n").split("\n")]


def _plain(text: str) -> str:
    """Text with ordinary spaces: that French marks have others cannot be seen on a page."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def stands_in(expected: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether lines are as expected, where a line "…" stands for any number of them."""
    if not expected:
        return not any(lines)
    if expected[0] == ANY:
        return any(stands_in(expected[1:], lines[number:]) for number in range(len(lines) + 1)) or len(expected) == 1
    return bool(lines) and lines[0] == expected[0] and stands_in(expected[1:], lines[1:])


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples in it, where commands may write."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def test_every_command_prints_what_the_readme_shows(workplace: Path) -> None:
    shown = list(commands())
    assert len(shown) >= 8
    for command, output in shown:
        status, lines = printed(command)
        if not stands_in(output, lines):
            pytest.fail("\n".join((f"$ {command}", *lines)), pytrace=False)
        assert status == int(any(line.startswith("selon: ") for line in output)), command
        out = re.search(r"--out (\S+)", command)
        if out is not None:
            assert (workplace / out.group(1)).stat().st_size > 1_000


def test_lines_are_compared_in_their_order() -> None:
    lines = ["a", "b", "c", "d"]
    assert stands_in(["a", ANY, "d"], lines)
    assert stands_in([ANY, "b", "c", ANY], lines)
    assert stands_in([], [""])
    assert not stands_in(["a", "c", ANY], lines)
    assert not stands_in([ANY, "c", "b", ANY], lines)
    assert not stands_in(["a", "b"], lines)


def test_the_python_of_the_readme_runs() -> None:
    blocks = _PYTHON.findall(README)
    assert blocks
    told: list[str] = []
    for number, block in enumerate(blocks):
        test = doctest.DocTestParser().get_doctest(block, {}, f"README.md, {number}", "README.md", 0)
        assert test.examples
        doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert told == []


def test_every_option_and_format_is_in_the_readme_and_no_other() -> None:
    command = typer.main.get_command(cli.app).commands["read"]  # type: ignore[attr-defined]
    there = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    told = set(re.findall(r"^\| `(--[a-z-]+)", README, re.MULTILINE))
    assert told == there
    assert re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE) == [str(name) for name in Format]


def test_every_make_command_of_the_readme_is_there_and_the_other_way_round() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert set(_TARGET.findall(README)) == set(phony.group(1).split()) - {"clean"}


def test_the_check_on_a_bare_machine_calls_what_the_readme_says() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#!")
    assert lines[-1] == "make test"


def test_the_figures_have_their_rows() -> None:
    table = README.split("<!-- figures -->\n", 1)[1].split("\n\n", 1)[0].split("\n")
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table]
    assert cells[0] == ["set", "content", "found", "strict", "mention", "speaker"]
    assert [row[0] for row in cells[2:]] == ["fr-news-dev", "fr-press-dev", "en-news-dev"]


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_desktop_views_and_small(name: str) -> None:
    data = (ROOT / "docs" / name).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">2I", data[16:24]) == (WIDTH, HEIGHT)
    assert len(data) < LARGEST_PICTURE
    assert f"](docs/{name})" in README


def draw() -> None:
    """Make the pictures that the README shows: the report on the French example, an echo and the outlets compared."""
    page = str(ROOT / "examples" / "sarvanne.html")
    reader = Reader()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "library.sqlite"
        with Library.open(path, create=True) as library:
            library.add(list(reader.read_many(_loaded(str(ROOT / "examples" / "library.jsonl")))))
            echo = echo_list(library.connection)[0].echo
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce", locale="fr-FR"
        )
        view.set_content(report(list(reader.read_many(_loaded(page)))))
        view.screenshot(path=ROOT / "docs" / "report.png")
        command = [
            sys.executable,
            "-c",
            "from selon.cli import app; app()",
            "serve",
            "--port",
            "0",
            "--library",
            str(path),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            address = server.stdout.readline().partition(" is served at ")[2].partition("/ ")[0]
            for name, place in (("echo.png", f"/echo/{echo}"), ("outlets.png", "/outlets")):
                view.goto(f"{address}{place}")
                view.screenshot(path=ROOT / "docs" / name)
            server.terminate()
        browser.close()


def _loaded(given: str) -> list[Loaded]:
    return [item for item in read_inputs([given], InputOptions()) if isinstance(item, Loaded)]


if __name__ == "__main__":
    draw()
