"""The language of the pages: of those that are there the one that the browser likes best."""

from __future__ import annotations

from selon.language import Language, codes, load


def accepted(header: str | None) -> Language:
    """The language that an Accept-Language header (RFC 9110) likes best; the first there is, where it likes none.

    >>> accepted("de, fr-CA;q=0.8, en;q=0.5").code
    'fr'
    """
    liked: dict[str, float] = {}
    for entry in (header or "").split(","):
        tag, _, weight = entry.partition(";")
        code = tag.strip().lower().partition("-")[0]
        if code in codes():
            liked[code] = max(liked.get(code, 0.0), _quality(weight))
    best = max(liked, key=lambda code: liked[code], default=None)
    return load(best if best is not None and liked[best] > 0 else codes()[0])


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
