"""Fetching: limits, redirects, and hosts that are not public. Only a server on this machine is asked."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from selon.articles import fetch as fetching
from selon.articles.fetch import FetchError, fetch
from selon.articles.inputs import InputFailure, InputOptions, Loaded, read_inputs

PAGE = (
    "<html><body><article>"
    + "<p>La mairie de Valbrune rouvrira son école en septembre, a dit Anne Roux aux habitants.</p>" * 4
    + "</article></body></html>"
).encode()


SENTENCE = "Мэр города сообщила, что школа откроется в сентябре после двух лет ремонта."
RUSSIAN = "<html><body><article>" + "".join(f"<p>{n}. {SENTENCE}</p>" for n in range(4)) + "</article></body></html>"


class Pages(BaseHTTPRequestHandler):
    """A few pages: one that is there, redirects, one too large when it is unpacked."""

    def do_GET(self) -> None:
        if self.path.startswith("/loop"):
            self._answer(302, b"", location="/loop")
        elif self.path == "/moved":
            self._answer(301, b"", location="/page")
        elif self.path == "/elsewhere":
            self._answer(302, b"", location="http://10.0.0.1/")
        elif self.path == "/file":
            self._answer(302, b"", location="file:///page")
        elif self.path == "/bad":
            self._answer(302, b"", location="http://[::1")
        elif self.path == "/worse":
            self._answer(302, b"", location="http://news.example:port/")
        elif self.path == "/bracketed":
            self._answer(302, b"", location="http://[abc]/")
        elif self.path == "/unchanged":
            self._answer(304, b"")
        elif self.path == "/lost":
            self._answer(302, b"")
        elif self.path == "/russian":
            self._answer(200, RUSSIAN.encode("cp1251"), charset="windows-1251")
        elif self.path == "/slow":
            self._drip()
        elif self.path == "/bomb":
            self._answer(200, gzip.compress(bytes(200_000)), encoding="gzip")
        elif self.path == "/damaged":
            self._answer(200, b"no gzip", encoding="gzip")
        elif self.path == "/host":
            self._answer(200, self.headers["Host"].encode())
        else:
            self._answer(200 if self.path == "/page" else 404, PAGE)

    def _drip(self) -> None:
        """A head that comes in bits and has no end within the time of the test."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(40):
            try:
                self.wfile.write(f"X-{number}: a\r\n".encode())
            except OSError:
                return
            time.sleep(0.05)

    def _answer(
        self, status: int, body: bytes, *, location: str = "", encoding: str = "", charset: str = "utf-8"
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"text/html; charset={charset}")
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Make every host resolve to these addresses; gives the list of hosts that were asked for."""
    asked: list[str] = []

    def resolved(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return asked


def test_a_page_is_fetched(server: str) -> None:
    page = fetch(f"{server}/page", allow_private=True)
    assert page.data == PAGE
    assert page.content_type.startswith("text/html")


def test_a_redirect_is_followed_and_its_url_given(server: str) -> None:
    assert fetch(f"{server}/moved", allow_private=True).url == f"{server}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "redirects"),
        ("/file", "only http"),
        ("/missing", "404"),
        ("/unchanged", "304"),
        ("/lost", "302"),
        ("/bad", "URL"),
        ("/worse", "URL"),
        ("/bracketed", "URL"),
        ("/damaged", "could not be fetched"),
    ],
)
def test_what_cannot_be_fetched_says_why(server: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        fetch(f"{server}{path}", allow_private=True)


def test_size_is_limited_after_unpacking(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_BYTES", 100_000)
    with pytest.raises(FetchError, match="larger"):
        fetch(f"{server}/bomb", allow_private=True)


def test_time_is_limited(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_SECONDS", 0.0)
    with pytest.raises(FetchError, match="seconds"):
        fetch(f"{server}/page", allow_private=True)


def test_an_answer_that_comes_bit_by_bit_is_held_to_the_limit(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(FetchError, match="seconds"):
        fetch(f"{server}/slow", allow_private=True)
    assert time.monotonic() - began < 1


def test_the_servers_encoding_is_used(server: str) -> None:
    (found,) = read_inputs([f"{server}/russian"], InputOptions(allow_private=True))
    assert isinstance(found, Loaded)
    assert SENTENCE in found.article.text


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]",
        "0.0.0.0", "10.0.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "224.0.0.1", "240.0.0.1",
        "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "user:word@127.0.0.1", "192.88.99.1", "192.0.0.8",
        "198.18.0.1", "255.255.255.255", "[::ffff:10.0.0.1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::8.8.8.8]",
        "[2002:808:808::]", "[2001:0:808:808::]", "[fec0::1]", "[fd00::1]", "[ff02::1]", "[2001:db8::1]", "[::]",
        "[::8.8.8.8]", "[5f00::1]",
    ],
)  # fmt: skip
def test_hosts_that_are_not_public_are_refused(host: str) -> None:
    with pytest.raises(FetchError, match="not public"):
        fetch(f"http://{host}:9/")


@pytest.mark.parametrize("host", ["[2606:4700::1111]", "[64:ff9b::808:808]", "[::ffff:8.8.8.8]", "8.8.8.8"])
def test_public_addresses_are_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx.Client, "stream", refuse)
    with pytest.raises(FetchError, match="could not be fetched"):
        fetch(f"http://{host}/")


def refuse(*_: object, **__: object) -> object:
    """In place of a request: nothing leaves this machine."""
    raise httpx.ConnectError("refused")


def test_a_name_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "93.184.215.14", "192.168.1.1")
    with pytest.raises(FetchError, match="not public"):
        fetch("http://news.example/")


def test_a_redirect_to_a_private_host_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        fetch(f"{server}/elsewhere")


def test_the_checked_address_is_the_one_asked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolve_to(monkeypatch, "127.0.0.1")
    port = server.rpartition(":")[2]
    page = fetch(f"http://news.example:{port}/host", allow_private=True)
    assert page.data == f"news.example:{port}".encode()
    assert asked[0] == "news.example"
    assert "news.example" not in asked[1:]


@pytest.mark.parametrize("url", ["ftp://news.example/", "http:///page", "file:///etc/hosts"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(FetchError, match="only http"):
        fetch(url)


def test_a_url_is_an_input(server: str) -> None:
    allowed = InputOptions(allow_private=True)
    (found,) = read_inputs([f"{server}/page"], allowed)
    assert isinstance(found, Loaded)
    assert found.article.url == f"{server}/page"
    (refused,) = read_inputs([f"{server}/page"], InputOptions())
    assert isinstance(refused, InputFailure)
    assert "not public" in refused.reason
