"""`selon serve`: it says where it listens, or in one line why it cannot."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from selon import cli
from selon.cli import serving
from tests.web_pages import kept_in

SERVE = [sys.executable, "-c", "from selon.cli import app; app()", "serve"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_in(tmp_path_factory.mktemp("serve"))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def complaint(*options: str) -> str:
    answer = CliRunner().invoke(cli.app, ["serve", *options])
    assert answer.exit_code == 1
    assert answer.stderr.startswith("selon: ")
    assert answer.stderr.count("\n") == 1
    return answer.stderr


def test_it_says_where_it_listens_and_answers_there(library: Path) -> None:
    with subprocess.Popen(
        [*SERVE, "--library", str(library), "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        address = line.partition(" is served at ")[2].partition(" ")[0]
        answer = httpx.get(f"{address}api/overview", trust_env=False)
        assert (answer.status_code, answer.json()["articles"]) == (200, 3)
        assert "server" not in answer.headers
        assert httpx.get(address, headers={"Host": "rebound.example"}, trust_env=False).status_code == 421
        server.terminate()


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no library" in complaint("--library", str(tmp_path / "none.sqlite"))
    (tmp_path / "text.sqlite").write_text("no library " * 100)
    assert "text.sqlite" in complaint("--library", str(tmp_path / "text.sqlite"))


def test_a_port_that_is_taken(library: Path, taken: int) -> None:
    assert f"127.0.0.1, port {taken}: " in complaint("--library", str(library), "--port", str(taken))


def test_a_host_that_is_none(library: Path) -> None:
    assert "nowhere.invalid" in complaint("--library", str(library), "--host", "nowhere.invalid")


def test_what_it_needs_is_said(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None)
    assert complaint("--library", str(library)) == (
        "selon: selon serve needs fastapi and uvicorn: pip install '.[web]' in Selon's folder installs them\n"
    )


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("localhost", "http://localhost:80/"),
        ("::1", "http://[::1]:80/"),
        ("[::1]", "http://[::1]:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("::", "http://[::1]:80/"),
    ],
)
def test_the_address_is_one_of_this_machine(host: str, address: str) -> None:
    assert serving._address(host, 80) == address
