"""What stands before every page: who may ask, how, and what a browser may do with the answer.

Only GET and HEAD are answered, and only under the names the server is known by: a page elsewhere whose name was made to
lead here (DNS rebinding) has another one. The headers let a browser load nothing but this server's own style sheet and
pictures, run no script and show no page in a frame.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOCAL = ("127.0.0.1", "localhost", "::1")
_METHODS = ("GET", "HEAD")


class Guard:
    """An application that answers only requests to read, under its own names, with HEADERS on all it sends."""

    def __init__(self, application: ASGIApp, host: str) -> None:
        self.application = application
        self.names = frozenset((*_LOCAL, host.strip("[]").lower()))
        self.any_address = _is_every_address(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        headed = _with_headers(send, bodiless=scope["method"] == "HEAD")
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, headed)
            return
        asked = {**scope, "method": "GET", "query_string": without_empty(scope["query_string"])}
        await self.application(asked, receive, headed)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not self._known(hosts[0]):
            return PlainTextResponse("This server is not known by that name.\n", status_code=421)
        if scope["method"] not in _METHODS:
            allowed = {"Allow": ", ".join(_METHODS)}
            return PlainTextResponse("Everything here is only read.\n", status_code=405, headers=allowed)
        return None

    def _known(self, host: str) -> bool:
        """Whether a Host header has one of the server's names, with any port."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self.names or (self.any_address and _is_address(name))


def without_empty(query: bytes) -> bytes:
    """A query without the fields of a form that were left empty.

    >>> without_empty(b"q=pont&outlet=&since=")
    b'q=pont'
    """
    return b"&".join(pair for pair in query.split(b"&") if pair.partition(b"=")[2])


def _with_headers(send: Send, *, bodiless: bool) -> Send:
    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        elif bodiless:
            message = {**message, "body": b""}
        await send(message)

    return headed


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_every_address(host: str) -> bool:
    """Whether a server that listens there listens on all addresses of its machine."""
    name = host.strip("[]")
    return _is_address(name) and ip_address(name).is_unspecified
