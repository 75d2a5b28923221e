"""The terminal table: who said what, and under it what the article rests on."""

from __future__ import annotations

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from selon.outputs.shown import (
    TIGHT_MARKS,
    Shown,
    ShownSource,
    ShownStatement,
    by_kind,
    counted,
    facts,
    genders,
    headline,
    joined,
    percent,
    shown,
    without_controls,
)
from selon.types import Reading

# Middle tones of the 256 colours, so that each can be read on a dark and on a light terminal.
_COLOURS = (33, 172, 35, 169, 136, 99, 167, 37)
_NOBODY = "dim"
_LONGEST_BAR = 24
_WIDEST = 160
_NARROW = 100
# Stands for a space at which no line may end, since Rich breaks lines at no-break spaces too.
_TIGHT_SPACE = "\ue000"
_NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u202f"), _TIGHT_SPACE)
_EIGHTHS = "▏▎▍▌▋▊▉█"


def table_text(reading: Reading, console: Console) -> str:
    """An article's statements and profile as the console would print them, as wide as it is up to 160 columns."""
    width = min(console.width, _WIDEST)
    with console.capture() as captured:
        console.print(_table(shown(reading), width), width=width)
    lines = captured.get().replace(_TIGHT_SPACE, " ").split("\n")
    return "\n".join(line.rstrip(" ") for line in lines)


def _table(this: Shown, width: int) -> RenderableType:
    """An article's heading, statements and profile for a terminal of `width` columns."""
    parts: list[RenderableType] = [_heading(this)]
    if this.statements:
        parts.append(_statements(this, width))
    parts.append(_profile(this, width))
    return Padding(Group(*parts), (0, 0, 1, 0))


def _heading(this: Shown) -> RenderableType:
    article = this.reading.article
    title = Text(without_controls(article.title or this.reading.input), style="bold")
    byline = ", ".join(name for name in article.byline if name != article.outlet)
    about = (byline, article.outlet, this.published, article.section)
    line = Text(without_controls(" · ".join(part for part in about if part)), style="dim")
    return Padding(Group(title, line) if line.plain else title, (1, 0, 0, 0))


def _statements(this: Shown, width: int) -> Table:
    """One statement a row; where there is little room, how it is said stands under who says it."""
    labels = this.labels
    narrow = width < _NARROW
    rows = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), show_edge=False, pad_edge=False, header_style="dim")
    rows.add_column(labels.number, justify="right", no_wrap=True, width=3)
    rows.add_column(labels.who, width=width // 3 if narrow else min(30, width // 5))
    if not narrow:
        rows.add_column(labels.how, width=min(30, max(20, width // 6)))
    rows.add_column(labels.what, ratio=1)
    for statement in this.statements:
        who, how = _who(this, statement), _how(statement)
        rows.add_row(
            Text(statement.statement.id, style="dim"),
            *([Text("\n").join([who, how])] if narrow else [who, how]),
            _what(this, statement),
        )
    return rows


def _who(this: Shown, statement: ShownStatement) -> Text:
    if not statement.names:
        return Text(this.labels.unexpressed, style=_NOBODY)
    pairs = zip(statement.names, statement.colours, strict=True)
    names = [Text(without_controls(name), style=_style(colour, bold=True)) for name, colour in pairs]
    who = Text(" + ").join(names)
    return Text("↳ ").append_text(who) if statement.statement.inside is not None else who


def _how(statement: ShownStatement) -> Text:
    how = Text()
    if statement.statement.cue is not None:
        how.append(without_controls(statement.statement.cue.text), style="italic")
        how.append(", ")
    how.append(statement.how)
    for sign in statement.signs:
        how.append(f"\n[{sign}]", style="dim")
    return how


def _what(this: Shown, statement: ShownStatement) -> Text:
    content = without_controls(joined(statement.statement.content))
    if statement.statement.form == "direct":
        content = f"{this.labels.quotation_open}{content}{this.labels.quotation_close}"
    return Text(_tight(content))


def _tight(text: str) -> str:
    """The text with its no-break spaces, and those that French puts beside a mark, kept from Rich."""
    return TIGHT_MARKS.sub(lambda match: match[0].replace(" ", _TIGHT_SPACE), text.translate(_NO_BREAK))


def _profile(this: Shown, width: int) -> RenderableType:
    profile, labels = this.reading.profile, this.labels
    lines: list[RenderableType] = [Text(_tight(without_controls(profile.line)), style="bold")]
    if profile.by_source:
        lines.append(_bars(this, width))
    kinds = [f"{kind} {share}" for kind, share in by_kind(this)]
    if kinds:
        lines.append(_fact(f"{labels.by_kind}{labels.colon}{', '.join(kinds)}"))
    told = [*facts(this), *filter(None, [genders(this)])]
    lines.extend(_fact(fact) for fact in told)
    verdict = headline(this)
    if verdict is not None:
        lines.append(_fact(f"{labels.headline}{labels.colon}{verdict}"))
    lines.extend(_fact(f"{labels.warnings}{labels.colon}{warning}") for warning in this.reading.warnings)
    return Padding(Group(*lines), (1, 0, 0, 0))


def _fact(text: str) -> Text:
    return Text(f"· {_tight(without_controls(text))}")


def _bars(this: Shown, width: int) -> Table:
    """A bar for each source, as long as its share of the words reported."""
    bars = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    bars.add_column(max_width=width // 3, no_wrap=True, overflow="ellipsis")
    bars.add_column(width=_LONGEST_BAR, no_wrap=True)
    bars.add_column(justify="right", no_wrap=True)
    bars.add_column(no_wrap=True, style="dim")
    for entry in this.sources:
        if entry.carries is not None:
            bars.add_row(*_bar(this, entry))
    return bars


def _bar(this: Shown, entry: ShownSource) -> tuple[Text, Text, Text, Text]:
    carries = entry.carries
    share, count = (carries.share, carries.statements) if carries is not None else (0.0, 0)
    style = _style(entry.colour or 0, bold=False)
    labels = this.labels
    return (
        Text(without_controls(entry.source.name), style=style),
        Text(_blocks(share), style=style),
        Text(percent(share, labels)),
        Text(counted(count, labels.statement_one, labels.statement_many)),
    )


def _blocks(share: float) -> str:
    """A bar to the nearest eighth of a column, and never none at all."""
    eighths = max(1, round(share * _LONGEST_BAR * len(_EIGHTHS)))
    whole, rest = divmod(eighths, len(_EIGHTHS))
    return _EIGHTHS[-1] * whole + (_EIGHTHS[rest - 1] if rest else "")


def _style(colour: int, *, bold: bool) -> Style:
    return Style(color=f"color({_COLOURS[colour % len(_COLOURS)]})", bold=bold)
