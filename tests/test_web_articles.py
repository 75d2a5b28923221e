"""The first page, the list of articles and the page of an article, in both languages, and what is answered where there
is nothing to show."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import msgspec
import pytest

from selon.language import load
from selon.library import Library
from selon.outputs.anchors import by_passage, passage_anchor
from selon.web.site import PAGE_LENGTH
from tests.web_pages import LANGUAGES, client, kept_in, readings, renamed, shown, text_of


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_in(tmp_path_factory.mktemp("articles"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/articles", "/article/1", "/article/1?version=1", "/about", "/api", "/gone"])
def test_a_page_speaks_the_language_of_the_browser(library: Path, path: str, language: str) -> None:
    browser = client(library, language)
    page = shown(browser, path, 404 if path == "/gone" else 200)
    answer = browser.get(path)
    assert page.get("lang") == answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept-Language"
    words = load(language).web
    assert text_of(page, "//nav[@class='pages']//li[1]") == words.navigation.home
    assert page.find(".//title").text.endswith(" – Selon")
    (other,) = set(LANGUAGES) - {language}
    assert load(other).web.navigation.home not in text_of(page, "//header")


@pytest.mark.parametrize("path", ["/", "/articles", "/article/1", "/about", "/api", "/gone"])
def test_a_page_has_its_landmarks(library: Path, path: str) -> None:
    page = shown(client(library), path, 404 if path == "/gone" else 200)
    assert [len(page.findall(f".//{name}")) for name in ("main", "h1")] == [1, 1]
    assert page.xpath("//body/a[@class='skip']/@href") == ["#main"]
    assert page.xpath("//main/@id") == ["main"]
    assert all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.iter("nav"))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(head.get("scope") for head in page.iter("th"))
    labelled = set(page.xpath("//label/@for"))
    assert all(field.get("id") in labelled for field in page.xpath("//input | //select"))
    places = page.xpath("//@id")
    assert len(places) == len(set(places))
    assert {link[1:] for link in page.xpath("//@href[starts-with(., '#')]")} <= set(places)


def test_titles_tell_pages_apart(library: Path) -> None:
    browser = client(library)
    paths = ["/", "/articles", "/articles?outlet=The+Orrin+Post", "/article/1", "/article/1?version=1", "/article/2",
             "/about", "/api"]  # fmt: skip
    titles = [shown(browser, path).find(".//title").text for path in paths]
    assert len(set(titles)) == len(paths)


def test_all_links_lead_to_pages_that_are_there(library: Path) -> None:
    browser = client(library)
    seen, waiting = set[str](), ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = browser.get(path)
        assert answer.status_code == 200, path
        if answer.headers["content-type"].startswith("text/html"):
            links = lxml.html.document_fromstring(answer.content).xpath("//a/@href")
            own = {str(link).partition("#")[0] for link in links if link.startswith("/")}
            waiting.extend(own - seen - set(waiting))
    assert {"/articles", "/article/1", "/article/1?version=1", "/api/articles/3", "/about", "/api"} <= seen
    assert len(seen) > 15


# --- the first page


def test_the_first_page_says_what_the_library_holds(library: Path) -> None:
    page = shown(client(library), "/")
    numbers = dict(zip(page.xpath("//dl//dt/text()"), page.xpath("//dl//dd/text()"), strict=True))
    words = load("fr").web.home
    assert numbers[words.articles] == "3"
    current = [readings()[1], *readings()[2:]]
    assert numbers[words.statements] == str(sum(len(reading.statements) for reading in current))
    assert "du 2 avril 2025 au 2 juin 2025" in text_of(page)
    assert page.xpath("//h3/a/@href") == ["/article/3", "/article/2", "/article/1"]
    assert page.xpath("//table//a/text()") == ["La Dépêche de Ruelle", "Le Phare du Ponant", "The Orrin Post"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_library_says_what_to_do(tmp_path: Path, language: str) -> None:
    Library.open(tmp_path / "empty.sqlite", create=True).close()
    browser = client(tmp_path / "empty.sqlite", language)
    assert load(language).web.home.empty_help in text_of(shown(browser, "/"))
    assert load(language).web.articles.none in text_of(shown(browser, "/articles"))


# --- the list of articles


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [3, 2, 1]),
        ("?outlet=&language=&since=&until=", [3, 2, 1]),
        ("?outlet=Le+Phare+du+Ponant", [1]),
        ("?language=en", [3]),
        ("?since=2025-04-03", [3, 2]),
        ("?until=2025-04-02", [1]),
        ("?since=2025-04-03&until=2025-05-01&language=fr", [2]),
        ("?outlet=Nobody", []),
        ("?outlet=%27+OR+1%3D1+--", []),
        ("?page=2", []),
    ],
)
def test_articles_are_chosen(library: Path, query: str, found: list[int]) -> None:
    page = shown(client(library), f"/articles{query}")
    assert page.xpath("//h2/a/@href") == [f"/article/{number}" for number in found]


def test_a_long_list_has_pages(tmp_path: Path) -> None:
    more = [
        renamed(readings()[2], id=f"{number:016x}", url=f"https://depeche.example/{number}", title=f"Nº {number}")
        for number in range(PAGE_LENGTH)
    ]
    browser = client(kept_in(tmp_path, *more), "en")
    first = shown(browser, "/articles?language=fr")
    assert len(first.xpath("//h2")) == PAGE_LENGTH
    assert text_of(first, "//nav[@class='pager']") == "Page 1 of 2 Next page"
    (link,) = first.xpath("//nav[@class='pager']//a/@href")
    second = shown(browser, link)
    assert len(second.xpath("//h2")) == 2
    assert second.xpath("//nav[@class='pager']//a/@href") == ["/articles?language=fr"]
    assert not set(first.xpath("//h2/a/@href")) & set(second.xpath("//h2/a/@href"))


# --- an article


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_shown_as_it_was_read(library: Path, language: str) -> None:
    reading = readings()[1]
    page = shown(client(library, language), "/article/1")
    assert page.find(".//h1").text_content() == reading.article.title
    bodies = [body.text_content() for body in page.xpath("//div[@class='paragraph']/p")]
    assert bodies == reading.article.text.split("\n")
    assert len(page.find_class("statement")) == len(reading.statements)
    labels = load(language).labels
    assert text_of(page, "//section[@class='profile']/h2") == labels.profile
    names = {name.text_content() for name in page.xpath("//li/p/a[@class='name']")}
    assert "Odile Carvin" in names
    (outside,) = page.xpath("//a[starts-with(@href, 'http')]")
    assert outside.get("href") == reading.article.url
    assert set(outside.get("rel").split()) == {"noopener", "noreferrer", "nofollow"}


def test_what_is_in_another_language_says_so(library: Path) -> None:
    page = shown(client(library, "fr"), "/article/3")
    for path in ("//h1", "//div[@class='paragraph']/p", "//p[@class='line']", "//blockquote"):
        assert set(page.xpath(f"{path}/@lang")) == {"en"}
    assert not shown(client(library, "en"), "/article/3").xpath("//h1/@lang")


def test_a_statement_is_linked_to_by_its_passage(library: Path) -> None:
    reading = readings()[1]
    page = shown(client(library), "/article/1")
    for statement in reading.statements:
        (number,) = page.xpath(f"//a[@data-number='{statement.id}']")
        first, last = statement.content[0], statement.content[-1]
        assert number.get("id") == passage_anchor(statement)
        assert number.get("id") == f"{'h' if first.where == 'title' else 't'}{first.start}-{last.end}"
        assert page.get_element_by_id(number.get("href")[1:]).tag == "li"


def test_two_statements_of_one_passage_have_anchors_of_their_own() -> None:
    reading = readings()[0]
    other = reading.statements[1]
    pair = (reading.statements[0], msgspec.structs.replace(other, content=reading.statements[0].content))
    anchors = by_passage(msgspec.structs.replace(reading, statements=pair))
    assert len(set(anchors.in_text.values()) | set(anchors.in_list.values())) == 4


def test_older_versions_are_read_and_lead_to_the_newest(library: Path) -> None:
    browser = client(library, "en")
    newest, older = shown(browser, "/article/1"), shown(browser, "/article/1?version=1")
    assert "dix mois" in text_of(newest)
    assert "dix mois" not in text_of(older)
    assert "huit mois" in text_of(older)
    assert older.xpath("//p[@class='notice']/a/@href") == ["/article/1"]
    assert not newest.xpath("//p[@class='notice']")
    links = ["/article/1", "/article/1?version=1"]
    assert newest.xpath("//ol[@class='versions']//a/@href") == older.xpath("//ol[@class='versions']//a/@href") == links
    assert newest.xpath("//ol[@class='versions']//a[@aria-current]/@href") == links[:1]
    assert not shown(browser, "/article/2").xpath("//ol[@class='versions']")


# --- where there is nothing to show


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/article/999", "/article/0", "/article/-1", "/article/x", "/article/1?version=9", "/article/",
     f"/article/{2**63}", "/article/1%00", "/static/other.css", "/static/../app.py", "/static/%2e%2e/app.py"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_not_there(library: Path, path: str, language: str) -> None:
    page = shown(client(library, language), path, 404)
    assert load(language).web.failures.not_found in text_of(page)
    assert "/" in page.xpath("//main//a/@href")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/articles?since=yesterday", "since"),
        ("/articles?until=2025-02-30", "until"),
        ("/articles?page=0", "page"),
        ("/articles?page=x", "page"),
        ("/articles?page=99999999999999999999", "page"),
        (f"/articles?outlet={'x' * 400}", "outlet"),
        ("/article/1?version=new", "version"),
    ],
)
def test_a_field_that_cannot_be_is_named(library: Path, path: str, name: str, language: str) -> None:
    page = shown(client(library, language), path, 422)
    assert load(language).web.failures.not_understood in text_of(page)
    assert page.xpath("//main//code/text()") == [name]


def test_a_library_that_goes_away_is_said_to_be_gone(tmp_path: Path) -> None:
    path = kept_in(tmp_path)
    browser = client(path, "en")
    assert browser.get("/").status_code == 200
    path.unlink()
    assert load("en").web.failures.no_library in text_of(shown(browser, "/", 503))
    answer = browser.get("/api/articles")
    assert (answer.status_code, answer.json()["status"]) == (503, 503)
    path.write_bytes(b"nothing of the kind" * 100)
    assert shown(browser, "/articles", 503) is not None
    assert browser.get("/about").status_code == 200


def test_the_style_sheet_is_kept_for_good_and_changes_its_address(library: Path) -> None:
    browser = client(library)
    (address,) = shown(browser, "/").xpath("//link[@rel='stylesheet']/@href")
    assert re.fullmatch(r"/static/selon\.css\?v=[0-9a-f]{16}", address)
    answer = browser.get(address)
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert not re.search(r"@import|url\(|</|https?:", answer.text)
    icon = browser.get("/static/icon.svg")
    assert icon.headers["content-type"].startswith("image/svg+xml")


def test_a_list_counts_what_the_profile_counts(library: Path) -> None:
    page = shown(client(library, "en"), "/articles")
    for item, reading in zip(page.xpath("//ol[@class='articles']/li"), (readings()[3], readings()[2]), strict=False):
        told = " ".join(item.xpath("string(p[@class='meta'])").split())
        assert f"{reading.profile.statements} statements" in told
        assert f"{len(reading.profile.by_source)} sources" in told
        assert item.xpath("string(p[@class='rests'])") == reading.profile.line
