"""Fetches one page from a URL, with limits, and only from public addresses unless told otherwise.

The host is resolved once and the connection goes to the address that was checked (so that a name cannot point
elsewhere a moment later); every redirect is checked anew. Environment proxies are not used.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
import msgspec

from selon import __version__

_SECONDS = 20.0
_BYTES = 10_000_000
_REDIRECTS = 5
_AGENT = f"selon/{__version__} (reads one article on a user's behalf)"


class FetchError(ValueError):
    """A URL that cannot be fetched: says why and what to do."""


class Fetched(msgspec.Struct, frozen=True):
    """A fetched page: its bytes (decoded from transfer encodings), its final URL, its content type."""

    data: bytes
    url: str
    content_type: str


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The page at an http(s) URL. Raises FetchError; 20 seconds, 10 MB and 5 redirects are the limits."""
    deadline = time.monotonic() + _SECONDS
    for _ in range(_REDIRECTS + 1):
        response = _request(url, deadline, allow_private=allow_private)
        if isinstance(response, Fetched):
            return response
        url = response
    raise FetchError(f"more than {_REDIRECTS} redirects")


def _request(url: str, deadline: float, *, allow_private: bool) -> Fetched | str:
    """One request: the page, or the URL that it redirects to."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError("only http and https URLs with a host are fetched")
    address = _address(parts.hostname, _port(url), allow_private=allow_private)
    host = f"[{address}]" if ":" in address else address
    pinned = urlunsplit((parts.scheme, f"{host}:{_port(url)}", parts.path or "/", parts.query, ""))
    headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": _AGENT, "Accept": "text/html, text/plain;q=0.8"}
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise FetchError(f"no answer within {_SECONDS:.0f} seconds")
    try:
        with (
            httpx.Client(trust_env=False, timeout=remaining, follow_redirects=False) as client,
            client.stream("GET", pinned, headers=headers, extensions={"sni_hostname": parts.hostname}) as response,
        ):
            if response.is_redirect:
                return urljoin(url, response.headers["location"])
            if response.status_code != 200:
                raise FetchError(f"the server answered {response.status_code}")
            return Fetched(_body(response, deadline), url, response.headers.get("content-type", ""))
    except httpx.TimeoutException as error:
        raise FetchError(f"no answer within {_SECONDS:.0f} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"it could not be fetched: {error or type(error).__name__}") from error


def _port(url: str) -> int:
    parts = urlsplit(url)
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError("its port is no number") from error


def _body(response: httpx.Response, deadline: float) -> bytes:
    """The decoded body, read only as far as the limits go."""
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > _BYTES:
            raise FetchError(f"it is larger than {_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise FetchError(f"it was not complete within {_SECONDS:.0f} seconds")
    return bytes(data)


def _address(host: str, port: int, *, allow_private: bool) -> str:
    """The address to connect to. Raises FetchError where the host does not resolve or any address is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host!r} was not found") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        for address in addresses:
            if not _is_public(address):
                raise FetchError(f"the host {host!r} is not public ({address}); --allow-private fetches it all the same")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    if inner is not None:
        parsed = inner
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
