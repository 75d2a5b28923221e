"""Plots as SVG, made here and without a style of their own: the style sheet colours their classes.

Each says in words what it shows; a table beside it has the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec
from markupsafe import Markup

_WIDTH, _HEIGHT, _BASE = 640, 120, 100
_MOST_DAYS, _MOST_MONTHS = 45, 60

_BAR = Markup('<rect class="bar-fill" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
              "<title>{told}</title></rect>")  # fmt: skip


class Stretch(msgspec.Struct, frozen=True):
    """A day, a month or a year (an ISO date as far as it goes), and how much falls into it."""

    time: str
    count: int


def stretches(days: Iterable[tuple[str, int]]) -> list[Stretch]:
    """Counts of days put together by days, months or years, so that some dozens are left; those with none too.

    Days are ISO dates in their order; what is no date is left out.
    """
    counted = [(day, count) for day, count in days if _is_date(day)]
    if not counted:
        return []
    first, last = date.fromisoformat(counted[0][0]), date.fromisoformat(counted[-1][0])
    months = (last.year - first.year) * 12 + last.month - first.month
    if (last - first).days < _MOST_DAYS:
        length, times = 10, (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
        names = [time.isoformat() for time in times]
    elif months < _MOST_MONTHS:
        length, names = 7, [_month(first, number) for number in range(months + 1)]
    else:
        length, names = 4, [f"{year:04}" for year in range(first.year, last.year + 1)]
    sums = Counter[str]()
    for day, count in counted:
        sums[day[:length]] += count
    return [Stretch(name, sums[name]) for name in names]


def timeline(over: list[Stretch], label: str, told: list[str]) -> Markup:
    """Bars over time. `label` says what is shown, `told` has the words for each stretch."""
    most = max(stretch.count for stretch in over)
    step = _WIDTH / len(over)
    bars = Markup("").join(_bars(over, told, most, step))
    return Markup(
        '<svg class="timeline" viewBox="0 0 {width} {height}" role="img" aria-label="{label}" '
        'preserveAspectRatio="none"><line class="axis" x1="0" y1="{base}" x2="{width}" y2="{base}"/>{bars}</svg>'
    ).format(width=_WIDTH, height=_BASE + 1, base=_BASE, label=label, bars=bars)


def meter(share: float) -> Markup:
    """A bar as long as a share of 0 to 1."""
    return Markup(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="meter-ground" width="100" height="8"/>'
        '<rect class="bar-fill" width="{width:.1f}" height="8"/></svg>'
    ).format(width=100 * share)


def range_meter(share: float, low: float, high: float) -> Markup:
    """A share of 0 to 1 as a stroke, over the interval in which it lies."""
    return Markup(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="meter-ground" width="100" height="8"/>'
        '<rect class="meter-range" x="{low:.1f}" width="{width:.1f}" height="8"/>'
        '<rect class="bar-fill" x="{stroke:.1f}" width="2" height="8"/></svg>'
    ).format(low=100 * low, width=max(1.0, 100 * (high - low)), stroke=min(98.0, max(0.0, 100 * share - 1)))


def kinds_bar(shares: Iterable[tuple[str, float]], told: str) -> Markup:
    """A bar of the kinds of sources, each with its share of 0 to 1; `told` says the same in words."""
    pieces, place = list[Markup](), 0.0
    for kind, share in shares:
        piece = '<rect class="kind-{kind}" x="{x:.2f}" width="{width:.2f}" height="8"/>'
        pieces.append(Markup(piece).format(kind=kind, x=100 * place, width=100 * share))
        place += share
    return Markup(
        '<svg class="meter kinds" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{told}">'
        "<title>{told}</title>{pieces}</svg>"
    ).format(told=told, pieces=Markup("").join(pieces))


def _bars(over: list[Stretch], told: list[str], most: int, step: float) -> Iterator[Markup]:
    width = max(1.0, min(step * 0.8, 48.0))
    for number, (stretch, words) in enumerate(zip(over, told, strict=True)):
        if stretch.count:
            height = max(2.0, _BASE * stretch.count / most)
            x = number * step + (step - width) / 2
            yield _BAR.format(x=x, y=_BASE - height, width=width, height=height, told=words)


def _month(first: date, later: int) -> str:
    """The month that comes so many later than that of a day."""
    year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
    return f"{year:04}-{month + 1:02}"


def _is_date(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
