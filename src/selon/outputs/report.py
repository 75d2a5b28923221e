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

import jinja2
import msgspec
from markupsafe import Markup, escape

from selon.outputs.markup import Marked, marked
from selon.outputs.shown import Shown, by_kind, counted, facts, genders, percent, shown
from selon.types import Reading

COLOURS = 8


class Part(msgspec.Struct, frozen=True):
    """One stretch of the bar that shows who carries how much: `css` is its class, `share` of all words."""

    css: str
    name: str
    share: str
    grow: int


class Section(msgspec.Struct, frozen=True):
    """An article in the report: what is shown, its marked text and what its style rules need."""

    number: int
    shown: Shown
    marked: Marked
    parts: tuple[Part, ...]
    author: str
    facts: tuple[str, ...]
    genders: str | None
    kinds: tuple[tuple[str, str], ...]
    headline: Markup | None
    link: str | None


def report(readings: Sequence[Reading]) -> str:
    """The report on one or several readings, as the text of an HTML file."""
    sections = [_section(number, shown(reading)) for number, reading in enumerate(readings, start=1)]
    style = _style(sections)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    labels = sections[0].shown.labels
    template = _environment().get_template("report.html.jinja")
    return template.render(
        sections=sections,
        language=sections[0].shown.reading.article.language,
        labels=labels,
        style=Markup(style),
        digest=digest,
        title=sections[0].shown.reading.article.title if len(sections) == 1 else None,
    )


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("selon", "outputs"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    environment.filters["counted"] = counted
    environment.globals["css"] = css_classes
    return environment


def css_classes(colours: Sequence[int]) -> str:
    """The classes that give something the colours of its sources; a colour taken again is told by its line.

    >>> css_classes([2]), css_classes([0, 9]), css_classes([])
    ('p2', 'p0 q1 two', 'nobody')
    """
    if not colours:
        return "nobody"
    classes = [f"p{colours[0] % COLOURS}"]
    if colours[0] >= COLOURS:
        classes.append("again")
    if len(colours) > 1:
        classes += [f"q{colours[1] % COLOURS}", "two"]
    return " ".join(classes)


def _section(number: int, this: Shown) -> Section:
    article, profile = this.reading.article, this.reading.profile
    parts = _parts(this)
    author = 1 - profile.attributed_share if profile.words else 1.0
    safe = (article.url or "").lower().startswith(("http://", "https://"))
    return Section(
        number=number,
        shown=this,
        marked=marked(this, number, css_classes),
        parts=parts,
        author=percent(author, this.labels),
        facts=tuple(facts(this)),
        genders=genders(this),
        kinds=tuple(by_kind(this)),
        headline=_headline(number, this),
        link=article.url if safe else None,
    )


def _headline(number: int, this: Shown) -> Markup | None:
    """Whether anything said carries the headline, with links to the statements that do."""
    check, labels = this.reading.profile.headline, this.labels
    if check is None:
        return None
    verdict = escape(labels.carried[check.carried])
    if not check.by:
        return verdict
    link = Markup('<a href="#a{a}-t{id}">{id}</a>')
    links = Markup(", ").join(link.format(a=number, id=statement) for statement in check.by)
    return Markup("{} ({})").format(verdict, escape(labels.headline_by).format(numbers=links))


def _parts(this: Shown) -> tuple[Part, ...]:
    """The author's own words first, then each source's, then those for which nobody is named."""
    profile, labels = this.reading.profile, this.labels
    whole = profile.words or 1
    own = profile.words - profile.attributed_words
    parts = [Part("own", labels.author, percent(own / whole, labels), own)]
    for entry in this.sources:
        if entry.carries is not None and entry.colour is not None:
            words = entry.carries.words
            parts.append(Part(css_classes([entry.colour]), entry.source.name, percent(words / whole, labels), words))
    carried = sum(share.words for share in profile.by_source)
    if profile.attributed_words > carried:
        rest = profile.attributed_words - carried
        parts.append(Part("nobody", labels.unexpressed, percent(rest / whole, labels), rest))
    return tuple(part for part in parts if part.grow)


def _style(sections: Sequence[Section]) -> str:
    """The style sheet with the rules of these articles: lengths of bars, and what lights up with what."""
    sheet = (resources.files("selon") / "outputs" / "report.css").read_text(encoding="utf-8")
    rules = [sheet]
    for section in sections:
        a = section.number
        rules.extend(f".w{a}-{number}{{flex-grow:{part.grow}}}" for number, part in enumerate(section.parts))
        for entry in section.shown.sources:
            if entry.colour is None:
                continue
            share = entry.carries.share if entry.carries is not None else 0.0
            rules.append(f".b{a}-{entry.colour}{{width:{max(1, round(100 * share))}%}}")
            rules.append(_lit(a, f".x{a}-{entry.colour}"))
    return "\n".join(rules) + "\n"


def _lit(a: int, those: str) -> str:
    """While one of `those` is pointed at, or led to, everything else that is said loses its colour.

    Pointing goes before leading, and what stands inside goes before what it stands in.
    """
    pointed = f"#a{a}:has({those}:hover):not(:has({those} .said:not({those}):hover))"
    led = f"#a{a}:has({those}:target):not(:has(:is(.source,.said,.cue,.mention):hover))"
    others = f":is(h1,.paragraph) .said:not({those})"
    faded = f"{pointed} {others},{led} {others}{{background:none;border-color:transparent}}"
    return f"{faded}\n#a{a}:has({those}:target) .source{those}{{background:var(--tint);--quiet:var(--ink)}}"
