"""The report in a browser, at desktop and phone width, light and dark: who says what can be seen and followed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from selon.api import ReadingView
from selon.outputs.report import report
from selon.outputs.section import COLOURS
from selon.types import Reading

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]

# What of a page's words cannot be read well: text whose contrast with what lies under it is below 4.5 (WCAG 2, AA).
CONTRASTS = """(least = 50) => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number)
  const linear = part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const grounds = element => {
    for (; element; element = element.parentElement) {
      const style = getComputedStyle(element)
      const colours = [style.backgroundColor, ...(style.backgroundImage.match(/rgba?\\([^)]*\\)/g) ?? [])]
      const seen = colours.map(numbers).filter(colour => colour.length < 4 || colour[3] > 0)
      if (seen.length) return seen
    }
    throw new Error("no ground")
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const elements = new Set(document.querySelectorAll(".number, .verdict"))
  while (walker.nextNode()) if (walker.currentNode.data.trim()) elements.add(walker.currentNode.parentElement)
  const shown = [...elements].filter(element => element.checkVisibility({visibilityProperty: true}))
  if (shown.length < least) throw new Error("no text")
  return shown.flatMap(element => {
    const colour = numbers(getComputedStyle(element).color)
    const worst = Math.min(...grounds(element).map(ground => ratio(colour, ground)))
    return worst < 4.5 ? [`${element.className || element.tagName} ${worst.toFixed(2)}`] : []
  })
}"""

# For each source of the panel: its name, its numbers, and whether its contents, cues and mentions have its colour.
_SOURCES = """() => [...document.querySelectorAll(".source:not(.silent)")].map(card => {
  const edge = getComputedStyle(card).borderLeftColor
  const own = "." + [...card.classList].find(name => /^x\\d+-\\d+$/.test(name))
  const said = [...document.querySelectorAll(`:is(.paragraph, h1) .said${own}:not(.two, .nobody)`)]
  const near = [...document.querySelectorAll(`:is(.paragraph, h1) :is(.cue, .mention)${own}:not(.two)`)]
  return {
    article: card.closest("article").id,
    name: card.querySelector(".name").textContent,
    numbers: [...card.querySelectorAll(".count a")].map(link => link.innerText),
    contents: said.length,
    coloured: said.every(part => getComputedStyle(part).borderBottomColor == edge
      && !getComputedStyle(part).backgroundColor.endsWith(", 0)")),
    marked: near.every(part => [getComputedStyle(part).color, getComputedStyle(part).borderLeftColor].includes(edge)),
  }
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if "CI" in os.environ:
            pytest.fail("there is no chromium, and on CI the report has to be looked at")
        pytest.skip("there is no chromium to look at the report with (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield launched
        launched.close()


@pytest.fixture
def every(examples: list[Reading], hostile: Reading) -> list[Reading]:
    """Two articles as they come, and one that would run a script if it could."""
    return [*examples, hostile]


class Visit:
    """A page that is open, with all that went wrong on it and all that it asked for beside itself."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(file.as_uri())
        self.only = file.as_uri()

    def check(self) -> None:
        """Nothing ran, nothing was refused, nothing was asked for but the file itself."""
        assert self.faults == []
        assert {request.partition("#")[0] for request in self.requests} == {self.only}


def visited(browser: Browser, folder: Path, readings: list[Reading], width: int, scheme: Any) -> Visit:
    file = folder / "report.html"
    file.write_text(report(readings), encoding="utf-8")
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce", has_touch=width < 500
    )
    return Visit(page, file)


@pytest.mark.parametrize(("width", "scheme"), _LOOKS)
def test_a_report_can_be_read(browser: Browser, tmp_path: Path, every: list[Reading], width: int, scheme: str) -> None:
    visit = visited(browser, tmp_path, every, width, scheme)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    assert visit.page.evaluate(CONTRASTS) == []
    assert visit.page.evaluate("document.title") == "Selon"
    assert visit.page.locator("article.reading").count() == len(every)
    shown = visit.page.evaluate(_SOURCES)
    assert [source for source in shown if not source["coloured"] or not source["marked"]] == []
    for number, reading in enumerate(every, start=1):
        panel = [(source["name"], source["numbers"]) for source in shown if source["article"] == f"a{number}"]
        assert sorted(panel) == _said(reading)
        slices = visit.page.locator(f"#a{number} .slice")
        colours = slices.evaluate_all("parts => parts.map(part => getComputedStyle(part).backgroundColor)")
        assert len(set(colours)) == min(len(colours), 1 + COLOURS)
    visit.check()
    visit.page.close()


def _said(reading: Reading) -> list[tuple[str, list[str]]]:
    """The sources that say something, each with the numbers of its statements."""
    said = [
        (source.name, [statement.id for statement in reading.statements if source.id in statement.sources])
        for source in reading.sources
    ]
    return sorted(entry for entry in said if entry[1])


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_source_leads_to_its_statements(
    browser: Browser, tmp_path: Path, examples: list[Reading], width: int, scheme: str
) -> None:
    visit = visited(browser, tmp_path, [examples[0]], width, scheme)
    page = visit.page
    faded = (
        "own => [...document.querySelectorAll(`.paragraph .said${own}`)]"
        ".map(part => getComputedStyle(part).backgroundColor.endsWith(', 0)'))"
    )
    cards = page.locator(".source:not(.silent)")
    assert cards.count() > 3
    for card in cards.all():
        own = next(name for name in (card.get_attribute("class") or "").split() if name.startswith("x1-"))
        card.locator(".name").click()
        page.mouse.move(0, 0)
        first = card.locator(".count a").first.inner_text()
        expect(page.locator(f"#a1-t{first}")).to_be_in_viewport()
        assert not any(page.evaluate(faded, f".{own}"))
        others = page.evaluate(faded, f":not(.{own})")
        assert others
        assert all(others)
        assert page.evaluate(CONTRASTS) == []
        page.locator(".all").click()
        page.mouse.move(0, 0)
        assert not any(page.evaluate(faded, ""))
        expect(page.locator(".all")).to_be_hidden()
    page.locator(".count a").last.click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.locator(".number:target").click()
    expect(page.locator(".statement:target")).to_be_in_viewport()
    assert page.evaluate(CONTRASTS) == []
    visit.check()
    page.close()


def test_a_notebook_frame_shows_the_report(browser: Browser, tmp_path: Path, hostile: Reading) -> None:
    view = ReadingView(**{name: getattr(hostile, name) for name in Reading.__struct_fields__})
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><title>Notebook</title>{view._repr_html_()}", "utf-8")
    visit = Visit(browser.new_page(), file)
    expect(visit.page.frame_locator("iframe").locator(".statement")).to_have_count(len(hostile.statements))
    assert visit.page.title() == "Notebook"
    assert visit.faults == []
    visit.page.close()
