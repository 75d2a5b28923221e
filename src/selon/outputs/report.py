"""The HTML report: one self-contained file that shows at once who says what.

No script and nothing from elsewhere; a content security policy allows nothing but the page's own style sheet,
by its hash. What comes from an article is escaped by Jinja and MarkupSafe. Each source has its colour; those
who cannot tell them apart have its name beside its words.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib import resources

from markupsafe import Markup

from selon.outputs.anchors import by_number
from selon.outputs.section import Section, environment, grown_rules, lit_rule, section
from selon.outputs.shown import shown
from selon.types import Reading


def report(readings: Sequence[Reading]) -> str:
    """The report on one or several readings, as the text of an HTML file."""
    sections = [section(shown(reading), by_number(reading, number)) for number, reading in enumerate(readings, start=1)]
    style = _style(sections)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        environment("selon", "outputs")
        .get_template("report.html.jinja")
        .render(
            sections=sections,
            language=sections[0].shown.reading.article.language,
            labels=sections[0].shown.labels,
            style=Markup(style),
            digest=digest,
            title=sections[0].shown.reading.article.title if len(sections) == 1 else None,
        )
    )


def _style(sections: Sequence[Section]) -> str:
    """The style sheet with the rules of these articles: lengths of bars, and what lights up with what."""
    rules = [(resources.files("selon") / "outputs" / "report.css").read_text(encoding="utf-8"), *grown_rules()]
    for each in sections:
        colours = [entry.colour for entry in each.shown.sources if entry.colour is not None]
        rules.extend(lit_rule(each.anchors.number, colour) for colour in colours)
    return "\n".join(rules) + "\n"
