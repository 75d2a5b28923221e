"""The pages in a real browser, at desktop and phone width, light and dark: read, searched and followed without a
script; an article that is hostile in every field does nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from selon.types import Reading
from tests.test_report_browser import ARGUMENTS, CONTRASTS
from tests.web_pages import kept_in, renamed

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SERVE = [sys.executable, "-c", "from selon.cli import app; app()", "serve", "--port", "0", "--library"]

# What of a page could not be hit with a finger: links and fields less than 24 pixels high that are not in running text.
SMALL = """() => [...document.querySelectorAll("nav a, input, select, button, summary")].flatMap(element => {
  const box = element.getBoundingClientRect()
  return box.height > 0 && box.height < 24 ? [`${element.textContent || element.name} ${box.height}`] : []
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if "CI" in os.environ:
            pytest.fail("there is no chromium, and on CI the pages have to be looked at")
        pytest.skip("there is no chromium to look at the pages with (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, hostile: Reading) -> Iterator[str]:
    """The address of a server on a library with a hostile article."""
    other = renamed(hostile, id="b" * 16, url="https://evil.example/\"'><script>alert(1)</script>", outlet="Evil")
    path = kept_in(tmp_path_factory.mktemp("browser"), hostile, other)
    with subprocess.Popen([*SERVE, str(path)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        yield line.partition(" is served at ")[2].partition("/ ")[0]
        server.terminate()


class Visit:
    """A page that is open, with all that went wrong on it and every host that it asked."""

    def __init__(self, browser: Browser, address: str, width: int = 1280, scheme: Scheme = "light") -> None:
        self.page: Page = browser.new_page(
            viewport={"width": width, "height": 800}, color_scheme=scheme, locale="fr-FR", reduced_motion="reduce",
            has_touch=width < 500,
        )  # fmt: skip
        self.address = address
        self.faults: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.page.on("request", lambda request: self.asked.add(request.url))

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def close(self) -> None:
        """Nothing ran, nothing was refused, and nobody but the server was asked for anything."""
        assert self.faults == []
        assert {url for url in self.asked if not url.startswith(f"{self.address}/")} == set()
        self.page.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_can_be_read(browser: Browser, address: str, width: int, scheme: Scheme) -> None:
    visit = Visit(browser, address, width, scheme)
    waiting, seen = ["/"], set[str]()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = visit.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert page.evaluate(CONTRASTS, 5) == [], path
        assert page.evaluate(SMALL) == [], path
        links: list[str] = page.evaluate("[...document.querySelectorAll('a')].map(link => link.getAttribute('href'))")
        pages = {link.partition("#")[0] for link in links if link.startswith("/") and not link.startswith("/api/")}
        kinds = {page.partition("/")[2].partition("/")[0].partition("?")[0] for page in seen | set(waiting)}
        for link in sorted(pages - seen - set(waiting)):
            kind = link.partition("/")[2].partition("/")[0].partition("?")[0]
            if kind not in kinds or kind in ("article", "echo"):  # one of each kind of page, all articles and echoes
                waiting.append(link)
                kinds.add(kind)
    assert {"/", "/articles", "/search", "/sources", "/echoes", "/outlets", "/facing", "/about", "/api", "/article/4",
            "/article/4/facing"} <= seen  # fmt: skip
    assert {"source", "echo"} <= {path.split("/")[1] for path in seen}
    visit.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS[::3])
def test_a_search_leads_to_the_article_and_on_to_its_source(
    browser: Browser, address: str, width: int, scheme: Scheme
) -> None:
    visit = Visit(browser, address, width, scheme)
    page = visit.go("/")
    page.get_by_label("Mots de ce qui est dit").fill("fissurer piles")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("status")).to_have_text("2 résultats")
    expect(page.locator("mark").first).to_have_text("piles")
    page.locator("blockquote a", has_text="Deux piles").first.click()
    expect(page.locator("h1")).to_contain_text("quai", ignore_case=True)
    expect(page.locator(".number:target")).to_be_in_viewport()
    card = page.locator(".source", has_text="Odile Carvin")
    card.get_by_role("link", name="tout ce qu’a dit cette source").click()
    expect(page.locator("h1")).to_have_text("Odile Carvin")
    expect(page.locator(".sayings > li")).to_have_count(3)
    page.locator("tbody a").first.click()
    expect(page.locator("tbody [aria-current]")).to_have_text("Le Phare du Ponant")
    expect(page.locator(".sayings > li")).to_have_count(2)
    visit.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS[::3])
def test_a_statement_leads_to_its_echo_and_to_the_other_article(
    browser: Browser, address: str, width: int, scheme: Scheme
) -> None:
    visit = Visit(browser, address, width, scheme)
    page = visit.go("/article/1")
    statement = page.locator(".statement", has_text="Deux piles sur cinq")
    statement.get_by_role("link", name="aussi dans 1 autre article").click()
    expect(page.locator("h1")).to_contain_text("Deux piles sur cinq")
    expect(page.locator(".variants > li")).to_have_count(2)
    page.locator(".variants > li").nth(1).get_by_role("link", name="Quai fermé").click()
    expect(page.locator("h1")).to_contain_text("Quai fermé")
    expect(page.locator(".number:target")).to_be_in_viewport()
    visit.close()


def test_an_older_version_is_come_to_and_left_again(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    page = visit.go("/article/1")
    page.get_by_role("link", name="Version 1").click()
    expect(page.locator(".text")).to_contain_text("huit mois")
    page.get_by_role("link", name="Lire la dernière").click()
    expect(page.locator(".text")).to_contain_text("dix mois")
    visit.close()


def test_the_keyboard_gets_to_the_content_and_through_a_form(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    page = visit.go("/search")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.keyboard.type("quai")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=quai**")
    expect(page.get_by_role("status")).to_be_visible()
    visit.close()


def test_a_source_lights_up_in_its_article(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    page = visit.go("/article/1")
    card = page.locator(".source:not(.silent)", has_text="Odile Carvin")
    own = next(name for name in (card.get_attribute("class") or "").split() if name.startswith("x1-"))
    card.locator(".name").click()
    page.mouse.move(0, 0)
    faded = (
        "own => [...document.querySelectorAll(`.paragraph .said${own}`)]"
        ".map(part => getComputedStyle(part).backgroundColor.endsWith(', 0)'))"
    )
    assert not any(page.evaluate(faded, f".{own}"))
    others = page.evaluate(faded, f":not(.{own})")
    assert others
    assert all(others)
    visit.close()


def test_a_hostile_article_does_nothing(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    for path in ("/article/4", "/article/5", "/articles", "/sources", "/search?q=javascript&in=text"):
        page = visit.go(path)
        assert "owned" not in page.title().replace("document.title='owned'", "")
        for element in page.locator("main :is(a, .said, h1)").all()[:40]:
            element.dispatch_event("mouseover")
        inside: Any = page.evaluate("[document.scripts.length, document.images.length, document.styleSheets.length]")
        assert inside == [0, 0, 1], path
    links = visit.go("/article/5").locator("a[href^='https://evil.example']")
    expect(links).to_have_count(1)
    assert set((links.get_attribute("rel") or "").split()) == {"noopener", "noreferrer", "nofollow"}
    assert visit.go("/article/4").locator("a[href^='javascript']").count() == 0
    visit.close()


def test_a_search_for_markup_is_words(browser: Browser, address: str) -> None:
    visit = Visit(browser, address)
    page = visit.go("/search")
    page.locator("#q").fill('"<img src=x onerror=alert(1)>"')
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value('"<img src=x onerror=alert(1)>"')
    assert page.evaluate("document.images.length") == 0
    visit.close()


def test_a_script_would_be_refused(browser: Browser, address: str) -> None:
    """What the policy is for: even markup that got through would not run."""
    visit = Visit(browser, address)
    page = visit.go("/about")
    page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = \"document.title = 'owned'\";"
        " document.body.append(script) }"
    )
    assert page.title() != "owned"
    assert any("Content Security Policy" in fault for fault in visit.faults)
    page.close()


def test_the_path_is_said_where_the_server_stands(tmp_path: Path) -> None:
    answer = subprocess.run([*SERVE, str(tmp_path / "none.sqlite")], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr == f"selon: {tmp_path / 'none.sqlite'}: there is no library; selon add makes one\n"
