"""What stands before the pages: only reading is allowed, only under the server's own names, and no browser runs or
loads anything that an article brings along."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI

from selon.language import load
from selon.web.accepted import accepted
from selon.web.failures import answer_failures
from selon.web.guard import HEADERS, Guard, without_empty
from selon.web.site import make_site
from tests.web_pages import Browser, client, kept_in

ADDRESSES = ["/", "/articles", "/article/1", "/about", "/api", "/api/articles", "/static/selon.css", "/nowhere"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_in(tmp_path_factory.mktemp("guard"))


@pytest.mark.parametrize("address", [*ADDRESSES, "/articles?page=0", "/article/999", "/api/articles/999"])
def test_every_answer_has_the_headers(library: Path, address: str) -> None:
    answer = client(library).get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/article/1", "/api/articles/1"])
def test_nothing_but_reading_is_allowed(library: Path, method: str, address: str) -> None:
    answer = client(library).request(method, address)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get_and_nothing_else(library: Path, address: str) -> None:
    browser = client(library)
    got, head = browser.get(address), browser.request("HEAD", address)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


@pytest.mark.parametrize(
    ("listens", "asked", "known"),
    [
        ("127.0.0.1", "127.0.0.1:8471", True),
        ("127.0.0.1", "localhost:8471", True),
        ("127.0.0.1", "LOCALHOST", True),
        ("127.0.0.1", "[::1]:8471", True),
        ("127.0.0.1", "rebound.example:8471", False),
        ("127.0.0.1", "127.0.0.1.rebound.example", False),
        ("127.0.0.1", "localhost@rebound.example", False),
        ("127.0.0.1", "192.168.0.7", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "[", False),
        ("desk.example", "desk.example:80", True),
        ("desk.example", "rebound.example", False),
        ("::1", "[::1]:8471", True),
        ("0.0.0.0", "192.168.0.7:8471", True),
        ("0.0.0.0", "rebound.example", False),
        ("::", "[fe80::1]:8471", True),
    ],
)
def test_only_its_own_names_are_answered(library: Path, listens: str, asked: str, known: bool) -> None:
    answer = client(library, host=listens).get("/articles", headers=[("Host", asked)])
    assert answer.status_code == (200 if known else 421)
    if not known:
        assert "Sainte-Ruelle" not in answer.text


def test_two_hosts_are_none(library: Path) -> None:
    browser = client(library)
    answer = browser.get("/", headers=[("Host", "localhost"), ("Host", "rebound.example")])
    assert answer.status_code == 421


def test_an_error_of_the_program_is_answered_with_the_headers_too() -> None:
    application = FastAPI()
    answer_failures(application)
    application.state.site = make_site(Path("nowhere"))

    @application.get("/")
    def broken() -> None:
        raise RuntimeError

    answer = Browser(Guard(application, "127.0.0.1"), "en").get("/")
    assert answer.status_code == 500
    assert load("en").web.failures.broken in answer.text
    assert "RuntimeError" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    ("query", "kept"),
    [(b"", b""), (b"a=", b""), (b"a", b""), (b"a=&b=1&=&c=", b"b=1"), (b"a=1&a=&a=2", b"a=1&a=2")],
)
def test_fields_that_were_left_empty_say_nothing(query: bytes, kept: bytes) -> None:
    assert without_empty(query) == kept


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "en"),
        ("", "en"),
        ("de", "en"),
        ("fr", "fr"),
        ("FR-ca", "fr"),
        ("en;q=0.4, fr;q=0.6", "fr"),
        ("en;q=0.6, fr;q=0.4", "en"),
        ("de, fr;q=0.1", "fr"),
        ("fr;q=0", "en"),
        ("fr;q=x, en;q=0.1", "en"),
        ("fr;q=2", "en"),
        ("fr;q=nan", "en"),
        ("*, fr;q=0.5", "fr"),
        (",;,=;q", "en"),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(header: str | None, code: str) -> None:
    assert accepted(header).code == code
