"""The one style sheet of the pages: the report's, the rules that depend on colours and lengths, and the pages' own."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from selon.outputs.section import grown_rules, lit_rule

_SOURCES = 64  # of one article: so many light up when they are pointed at, which is more than an article has


@cache
def style_sheet() -> str:
    """The style sheet."""
    selon = resources.files("selon")
    return "\n".join(
        (
            (selon / "outputs" / "report.css").read_text(encoding="utf-8"),
            *grown_rules(),
            *(lit_rule(1, colour) for colour in range(_SOURCES)),
            (selon / "web" / "static" / "pages.css").read_text(encoding="utf-8"),
        )
    )


@cache
def digest() -> str:
    """By what its address changes when it does, so that browsers may keep it for good."""
    return hashlib.sha256(style_sheet().encode("utf-8")).hexdigest()[:16]


@cache
def icon() -> str:
    """The icon of the pages, an SVG picture."""
    return (resources.files("selon") / "web" / "static" / "icon.svg").read_text(encoding="utf-8")
