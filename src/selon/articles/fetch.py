"""Fetches one page from a URL, with limits, and only from public addresses unless told otherwise.

The host is resolved once and the connection goes to the address that was checked (so that a name cannot point
elsewhere a moment later); every redirect is checked anew. Environment proxies are not used.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import httpx
import msgspec

from selon import __version__

_SECONDS = 20.0
_BYTES = 10_000_000
_REDIRECTS = 5
_AGENT = f"selon/{__version__} (reads one article on a user's behalf)"
# What Python takes for global and is not: shared relays of 6to4 and the rest of the protocol assignments.
_NOT_PUBLIC = (ipaddress.IPv4Network("192.88.99.0/24"), ipaddress.IPv4Network("192.0.0.0/24"))
# All IPv6 addresses given out to hosts lie in the first; 6to4 and Teredo wrap an IPv4 address that is not checked.
_UNICAST = ipaddress.IPv6Network("2000::/3")
_TUNNELS = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class FetchError(ValueError):
    """A URL that cannot be fetched: says why and what to do."""


class Fetched(msgspec.Struct, frozen=True):
    """A fetched page: its bytes (decoded from transfer encodings), its final URL, its content type."""

    data: bytes
    url: str
    content_type: str


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The page at an http(s) URL. Raises FetchError; 20 seconds, 10 MB and 5 redirects are the limits.

    The work is done in a thread, for neither the look-up of a name nor an answer that comes byte by byte can be
    held to a limit from within.
    """
    outcome: list[Fetched | FetchError] = []
    late = FetchError(f"no answer within {_SECONDS:.0f} seconds")

    def work() -> None:
        try:
            outcome.append(_follow(url, time.monotonic() + _SECONDS, allow_private=allow_private))
        except FetchError as error:
            outcome.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(_SECONDS)
    result = outcome[0] if outcome else late
    if isinstance(result, FetchError):
        raise result
    return result


def _follow(url: str, deadline: float, *, allow_private: bool) -> Fetched:
    for _ in range(_REDIRECTS + 1):
        response = _request(url, deadline, allow_private=allow_private)
        if isinstance(response, Fetched):
            return response
        url = response
    raise FetchError(f"more than {_REDIRECTS} redirects")


def _request(url: str, deadline: float, *, allow_private: bool) -> Fetched | str:
    """One request: the page, or the URL that it redirects to."""
    parts, host, port = _parts(url)
    address = _address(host, port, allow_private=allow_private)
    target = urlunsplit((parts.scheme, f"{_bracketed(address)}:{port}", parts.path or "/", parts.query, ""))
    headers = {
        "Host": _bracketed(host) if parts.port is None else f"{_bracketed(host)}:{port}",
        "User-Agent": _AGENT,
        "Accept": "text/html, text/plain;q=0.8",
    }
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise FetchError(f"no answer within {_SECONDS:.0f} seconds")
    try:
        with (
            httpx.Client(trust_env=False, timeout=remaining, follow_redirects=False) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response,
        ):
            if response.has_redirect_location:
                return _joined(url, response.headers["location"])
            if response.status_code != 200:
                raise FetchError(f"the server answered {response.status_code}")
            return Fetched(_body(response, deadline), url, response.headers.get("content-type", ""))
    except httpx.TimeoutException as error:
        raise FetchError(f"no answer within {_SECONDS:.0f} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"it could not be fetched: {_line(str(error)) or type(error).__name__}") from error


def _parts(url: str) -> tuple[SplitResult, str, int]:
    """The parts of an http(s) URL, its host in ASCII, and its port."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise FetchError(f"it is no URL: {_line(str(error))}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError("only http and https URLs with a host are fetched")
    return parts, host, port


def _bracketed(host: str) -> str:
    """A host as it stands in a URL: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise FetchError(f"it redirects to what is no URL: {_line(location)!r}") from error


def _line(words: str) -> str:
    """Foreign words in one short line."""
    return " ".join(words.split())[:200]


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
    except (OSError, ValueError, OverflowError) as error:
        raise FetchError(f"the host {_line(host)!r} was not found") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not allow_private:
        for address in addresses:
            if not _is_public(address):
                raise FetchError(
                    f"the host {_line(host)!r} is not public ({address}); --allow-private fetches it all the same"
                )
    return addresses[0]


def _is_public(address: str) -> bool:
    """Whether an address is one of a host on the open internet."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped
        if parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is None:
            return parsed in _UNICAST and parsed.is_global and not any(parsed in tunnel for tunnel in _TUNNELS)
        parsed = inner
    refused = parsed.is_multicast or parsed.is_reserved or any(parsed in network for network in _NOT_PUBLIC)
    return parsed.is_global and not refused
