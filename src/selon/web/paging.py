"""Long lists cut into pages."""

from __future__ import annotations

import msgspec

from selon.web.site import PAGE_LENGTH, address


class Paging(msgspec.Struct, frozen=True):
    """Where a page of a list stands in it; addresses of its neighbours where it has any."""

    number: int
    pages: int
    earlier: str | None
    later: str | None


def paging(path: str, total: int, number: int, **parameters: object) -> Paging:
    """The place of page `number` (from 1) in a list of `total` entries that `path` shows for these parameters."""
    pages = max(1, -(-total // PAGE_LENGTH))

    def at(other: int) -> str | None:
        if not 1 <= other <= pages:
            return None
        return address(path, **parameters, page=other if other > 1 else None)

    return Paging(number=number, pages=pages, earlier=at(number - 1), later=at(number + 1))


def offset(number: int) -> int:
    """How many entries stand before page `number`."""
    return (number - 1) * PAGE_LENGTH
