"""An article that tries to be more than words in every field stays words on every page."""

from __future__ import annotations

import re
from urllib.parse import quote

import lxml.etree
import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon.types import Reading
from tests.conftest import HOSTILE
from tests.web_pages import Browser, client, kept_in, renamed, shown

_OWN_FORMS = ("/articles", "/search", "/sources", "/facing", "/outlets", "/echoes")
_FORBIDDEN = {"script", "iframe", "object", "embed", "base", "style", "img", "form", "meta"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, hostile: Reading) -> Browser:
    """On a library that has the hostile article twice: with an address that is none, and with one that is."""
    other = renamed(hostile, id="b" * 16, url=f"https://evil.example/{HOSTILE}", outlet="Evil")
    return client(kept_in(tmp_path_factory.mktemp("hostile"), hostile, other))


def pages(browser: Browser) -> dict[str, lxml.html.HtmlElement]:
    """Every page that can be come to from the first one."""
    seen: dict[str, lxml.html.HtmlElement] = {}
    waiting = ["/", "/articles?outlet=" + quote(HOSTILE[:280])]
    while waiting:
        path = waiting.pop()
        answer = browser.get(path)
        assert answer.status_code < 500, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        seen[path] = lxml.html.document_fromstring(answer.content.decode("utf-8"))
        links = {str(link).partition("#")[0] for link in seen[path].xpath("//a/@href") if link.startswith("/")}
        waiting.extend(links - set(seen) - set(waiting))
    return seen


def test_nothing_of_it_becomes_markup_or_a_link(browser: Browser) -> None:
    seen = pages(browser)
    assert {"/article/4", "/article/5", "/articles"} <= set(seen)
    for path, page in seen.items():
        elements = list(page.iter(lxml.etree.Element))
        own = {element.tag for element in elements} & _FORBIDDEN
        assert own <= {"meta", "form"}, path
        assert all(element.get("action") in _OWN_FORMS for element in page.iter("form")), path
        assert all(element.get("name") in ("viewport", "color-scheme", None) for element in page.iter("meta")), path
        for element in elements:
            assert not [name for name in element.attrib if name.startswith("on") or name in ("src", "style", "srcset")]
            target = element.get("href", "/")
            assert target.startswith(("/", "#", "https://")), (path, target)
            assert not target.startswith("//"), (path, target)
            if target.startswith("https://"):
                assert set(element.get("rel").split()) == {"noopener", "noreferrer", "nofollow"}


def test_its_words_are_there(browser: Browser) -> None:
    page = shown(browser, "/article/4")
    words = re.sub(r"\s+", " ", HOSTILE.replace("\x1b", "").replace("\x07", "")).strip()
    for path in ("//title", "//h1", "//main"):
        told = re.sub(r"\s+", " ", str(page.xpath(f"string({path})")).replace("\x1b", "").replace("\x07", ""))
        assert words in told
    assert "{{ 7*7 }} {% raw %}" in browser.get("/article/4").text


@pytest.mark.parametrize(
    "path",
    ["/article/{}", "/article/4?version={}", "/{}", "/articles?page={}", "/articles?since={}", "/articles?{}=1",
     "/api/articles?since={}", "/api/{}"],
)  # fmt: skip
def test_an_address_that_is_hostile_is_words_too(browser: Browser, path: str) -> None:
    answer = browser.get(path.format(quote(HOSTILE, safe="")))
    assert answer.status_code < 500
    if answer.headers["content-type"].startswith("text/html"):
        page = lxml.html.document_fromstring(answer.content.decode("utf-8"))
        assert not list(page.iter("script", "img", "style"))
    else:
        assert answer.headers["content-type"] == "application/json"
    assert "<script" not in answer.text


def test_what_the_api_gives_is_no_page(browser: Browser) -> None:
    answer = browser.get("/api/articles/4")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["article"]["title"] == HOSTILE


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60), path=st.sampled_from(["/search?q={}", "/search?q={}&in=text", "/search?source={}",
       "/sources?name={}", "/facing?q={}", "/articles?outlet={}", "/source/1?outlet={}", "/outlets?section={}",
       "/search?since={}", "/api/statements?q={}", "/api/sources?name={}"]))  # fmt: skip
def test_no_words_break_a_page(browser: Browser, words: str, path: str) -> None:
    answer = browser.get(path.format(quote(words, safe="", errors="replace")))
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "q=%ED%A0%80", "q=%", "q=a&q=b", "&&&=", "q=%u1234", "q[]=1"])
@pytest.mark.parametrize("path", ["/search", "/sources", "/facing", "/articles", "/api/statements"])
def test_odd_queries_break_nothing(browser: Browser, path: str, query: str) -> None:
    assert browser.get(f"{path}?{query}").status_code in (200, 422)
