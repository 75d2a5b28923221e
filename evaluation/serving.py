"""How long the pages over a library take, from the request to the last byte, without a network between.

The pages of each kind are drawn from the library, the same ones each time.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable
from pathlib import Path

import httpx

from selon.library import Library
from selon.web.app import create_app

_SEED = 20261125
_EACH = 12
_DRAWN = {
    "article": "SELECT article FROM version WHERE current",
    "source": "SELECT id FROM source",
    "echo": "SELECT lead FROM echo_group WHERE independent > 1",
}
_SINGLE = ("/", "/articles", "/sources", "/echoes", "/outlets", "/search?q=eau", "/search?q=president+said")


def timed(path: Path, each: int = _EACH) -> dict[str, list[float]]:
    """Seconds for pages of each kind: every single page some times, and so many articles, sources and echoes."""
    return asyncio.run(_timed(path, _addresses(path, each)))


async def _timed(path: Path, addresses: Iterable[str]) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {}
    transport = httpx.ASGITransport(create_app(path))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        for address in addresses:
            began = time.perf_counter()
            answer = await browser.get(address)
            answer.raise_for_status()
            kind = address.split("?")[0].split("/")[1] or "home"
            seconds.setdefault(kind, []).append(time.perf_counter() - began)
    return seconds


def _addresses(path: Path, each: int) -> list[str]:
    draw = random.Random(_SEED)
    addresses = [*_SINGLE] * 3
    with Library.open(path, read_only=True) as library:
        for kind, query in _DRAWN.items():
            rows = [row[0] for row in library.connection.execute(query)]
            addresses += [f"/{kind}/{row}" for row in draw.sample(rows, min(each, len(rows)))]
    return addresses
