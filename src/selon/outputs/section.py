"""An article as reports and pages show it: its marked text, who carries how much of it, and what is worth knowing.

`article.html.jinja` writes it, `report.css` has its looks; the rules here are those that depend on the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import jinja2
import msgspec
from markupsafe import Markup, escape

from selon.outputs.anchors import Anchors
from selon.outputs.markup import Marked, marked
from selon.outputs.shown import Shown, by_kind, counted, facts, genders, percent

COLOURS = 8


class Part(msgspec.Struct, frozen=True):
    """One stretch of the bar that shows who carries how much: `share` of all words."""

    colour: str
    length: str
    name: str
    share: str


class Link(msgspec.Struct, frozen=True):
    """A link from an article to another page."""

    href: str
    words: str


class Links(msgspec.Struct, frozen=True):
    """The pages to which sources (by their ids) and statements (by theirs) lead; none in a report."""

    sources: Mapping[str, Link] = {}
    statements: Mapping[str, Sequence[Link]] = {}


class Section(msgspec.Struct, frozen=True):
    """An article with all that is shown of it."""

    anchors: Anchors
    links: Links
    shown: Shown
    marked: Marked
    parts: tuple[Part, ...]
    author: str
    facts: tuple[str, ...]
    genders: str | None
    kinds: tuple[tuple[str, str], ...]
    headline: Markup | None
    address: str | None


def section(this: Shown, anchors: Anchors, links: Links | None = None) -> Section:
    """What is shown of an article under these ids."""
    profile = this.reading.profile
    return Section(
        anchors=anchors,
        links=links or Links(),
        shown=this,
        marked=marked(this, anchors, css_classes),
        parts=_parts(this),
        author=percent(1 - profile.attributed_share if profile.words else 1.0, this.labels),
        facts=tuple(facts(this)),
        genders=genders(this),
        kinds=tuple(by_kind(this)),
        headline=_headline(this, anchors),
        address=web_address(this.reading.article.url),
    )


def environment(package: str, folder: str) -> jinja2.Environment:
    """Where the templates of a package lie, with what all of them use; what is put in is escaped."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.PackageLoader(package, folder), jinja2.PackageLoader("selon", "outputs")],
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["percent"] = percent
    made.filters["counted"] = counted
    made.globals["css"] = css_classes
    made.globals["grown"] = grown
    return made


def web_address(url: str | None) -> str | None:
    """An address that may become a link: http and https only."""
    return url if (url or "").lower().startswith(("http://", "https://")) else None


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


def grown(share: float) -> str:
    """The class that makes a bar as long as a share of 0 to 1; a share is never too small to be seen.

    >>> grown(0.426), grown(0.001)
    ('g43', 'g1')
    """
    return f"g{min(100, max(1, round(100 * share)))}"


def grown_rules() -> Iterable[str]:
    """The style rules of all lengths of bars."""
    return (f".g{length}{{flex-grow:{length};width:{length}%}}" for length in range(1, 101))


def lit_rule(article: int, colour: int) -> str:
    """While a source is pointed at, or led to, everything else that is said loses its colour.

    Pointing goes before leading, and what stands inside goes before what it stands in.
    """
    those = f".x{article}-{colour}"
    pointed = f"#a{article}:has({those}:hover):not(:has({those} .said:not({those}):hover))"
    led = f"#a{article}:has({those}:target):not(:has(:is(.source,.said,.cue,.mention):hover))"
    others = f":is(h1,.paragraph) .said:not({those})"
    faded = f"{pointed} {others},{led} {others}{{background:none;border-color:transparent}}"
    return f"{faded}\n#a{article}:has({those}:target) .source{those}{{background:var(--tint);--quiet:var(--ink)}}"


def _headline(this: Shown, anchors: Anchors) -> Markup | None:
    """Whether anything said carries the headline, with links to the statements that do."""
    check, labels = this.reading.profile.headline, this.labels
    if check is None:
        return None
    verdict = escape(labels.carried[check.carried])
    if not check.by:
        return verdict
    link = Markup('<a href="#{place}">{id}</a>')
    links = Markup(", ").join(link.format(place=anchors.in_text[id], id=id) for id in check.by)
    return Markup("{} ({})").format(verdict, escape(labels.headline_by).format(numbers=links))


def _parts(this: Shown) -> tuple[Part, ...]:
    """The author's own words first, then each source's, then those for which nobody is named."""
    profile, labels = this.reading.profile, this.labels
    counts = [("own", labels.author, profile.words - profile.attributed_words)]
    for entry in this.sources:
        if entry.carries is not None and entry.colour is not None:
            counts.append((css_classes([entry.colour]), entry.source.name, entry.carries.words))
    carried = sum(share.words for share in profile.by_source)
    counts.append(("nobody", labels.unexpressed, profile.attributed_words - carried))
    whole = profile.words or 1
    return tuple(
        Part(css, grown(words / whole), name, percent(words / whole, labels))
        for css, name, words in counts
        if words > 0
    )
