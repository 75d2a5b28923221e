"""The library is searched and its sources are shown, in pages and by the API: what is found, and where it leads."""

from __future__ import annotations

from pathlib import Path
from typing import get_args
from urllib.parse import quote

import lxml.html
import pytest

from selon.interface import SourceReason
from selon.language import load
from selon.library import Library
from selon.library.sources.reasons import Reason
from selon.reader import Reader
from selon.web.plots import Stretch, stretches, timeline
from selon.web.saying import marked
from tests.test_web_api import checked, given
from tests.web_pages import LANGUAGES, Browser, client, kept_in, readings, renamed, shown, text_of, written


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_in(tmp_path_factory.mktemp("search"))


def number_of(library: Path, name: str) -> int:
    with Library.open(library, read_only=True) as kept:
        return int(kept.connection.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()[0])


def cells(page: lxml.html.HtmlElement) -> dict[str, list[str]]:
    """The rows of a page's table by the name that each begins with."""
    return {
        row.findtext("th/a"): [cell.text_content() for cell in row.findall("td")] for row in page.xpath("//tbody/tr")
    }


# --- search


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_said_is_found_and_leads_to_its_place(library: Path, language: str) -> None:
    browser = client(library, language)
    page = shown(browser, "/search?q=fissur%C3%A9e+pile")
    assert load(language).web.search.found_many.format(count=2) in text_of(page)
    assert page.xpath("//mark/text()") == ["piles", "fissurées"] * 2
    assert {text_of(page, f"(//p[@class='who'])[{number}]") for number in (1, 2)} == {
        f"Odile Carvin {load(language).labels.acts['say']}"
    }
    for link in page.xpath("//blockquote/a/@href"):
        path, _, place = str(link).partition("#")
        there = shown(browser, path).get_element_by_id(place)
        assert there.get("class").startswith("number")


def test_whole_articles_are_searched_too(library: Path) -> None:
    browser = client(library)
    assert load("fr").web.search.none in text_of(shown(browser, "/search?q=d%C3%A9barquer"))
    page = shown(browser, "/search?q=d%C3%A9barquer&in=text")
    assert page.xpath("//mark/text()") == ["débarquer"]
    assert page.xpath("//p[@class='headline']/a/@href") == ["/article/2"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("source=odile+carvin", 3),
        ("source=carvin&outlet=La+D%C3%A9p%C3%AAche+de+Ruelle", 1),
        ("q=quai&form=direct", 0),
        ("q=fissur%C3%A9es&form=direct&kind=person&since=2025-04-03", 1),
        ("language=en", len(readings()[3].statements)),
        ("language=en&since=2025-07", 0),
        ("act=announce&language=fr&q=", 1),
        ("q=quai&denied=true", 0),
        ("q=fissur%C3%A9es&denied=false", 2),
    ],
)
def test_a_search_is_narrowed_down(library: Path, query: str, found: int) -> None:
    page = shown(client(library), f"/search?{query}")
    assert len(page.xpath("//ol[@class='sayings']/li")) == found
    assert page.xpath("//details/@open") == ["open"] or page.xpath("//details[@open]")
    assert given(library, f"/api/statements?{query}")["total"] == found


def test_the_form_keeps_what_was_asked(library: Path) -> None:
    page = shown(client(library), "/search?q=quai+%22x&form=mixed&act=deny&source=Carvin&since=2025&order=date", 422)
    assert page.xpath("//input[@id='q']/@value") == ['quai "x']
    kept = {select.get("name"): select.xpath("option[@selected]/@value") for select in page.iter("select")}
    assert (kept["form"], kept["act"], kept["order"]) == (["mixed"], ["deny"], ["date"])
    assert page.xpath("//input[@id='source']/@value") == ["Carvin"]
    assert page.xpath("//input[@id='since']/@value") == ["2025"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("query", "fault"), [("(quai", "(quai"), ('quai "pile', '"pile'), ("quai OR", "…")])
def test_a_search_that_cannot_be_read_is_said_to_be_so(library: Path, query: str, fault: str, language: str) -> None:
    page = shown(client(library, language), f"/search?q={quote(query)}", 422)
    assert text_of(page, "//p[@role='alert']/b") == fault
    assert page.xpath("//input[@id='q']/@aria-invalid") == ["true"]
    problem = given(library, f"/api/statements?q={quote(query)}", 422)
    assert problem["status"] == 422


def test_days_that_are_none_are_said_to_be_so(library: Path) -> None:
    page = shown(client(library, "en"), "/search?q=quai&since=yesterday", 422)
    assert load("en").web.search.misread_day in text_of(page)
    assert "yesterday" in given(library, "/api/statements?since=yesterday", 422)["problem"]


@pytest.mark.parametrize(
    "query", ["form=loud", "act=x", "kind=x", "in=x", "order=x", "denied=x", "page=0", f"q={'x' * 1001}"]
)
def test_what_no_field_has_is_refused(library: Path, query: str) -> None:
    page = shown(client(library), f"/search?{query}", 422)
    assert page.xpath("//main//code/text()") == [query.partition("=")[0]]


def test_an_empty_search_asks_for_words(library: Path) -> None:
    page = shown(client(library), "/search?q=&form=")
    assert not page.xpath("//ol[@class='sayings'] | //*[@role='status']")
    assert shown(client(library), "/").xpath("//form/@action") == ["/search"]


def test_what_is_found_can_be_narrowed_down_by_what_there_is(library: Path) -> None:
    browser = client(library)
    page = shown(browser, "/search?q=quai&in=text")
    outlets, sources = (page.xpath(f"//aside/ul[{number}]//a/text()") for number in (1, 2))
    assert outlets == ["La Dépêche de Ruelle", "Le Phare du Ponant"]
    assert sources == ["Alain Mestre", "Odile Carvin", "Gérard Lantier", "Hydrobase"]
    (link,) = [link for link in page.xpath("//aside//a/@href") if "Phare" in link]
    narrower = shown(browser, link)
    assert narrower.xpath("//p[@class='headline']/a/@href") == ["/article/1"]
    assert narrower.xpath("//select[@id='outlet']/option[@selected]/text()") == ["Le Phare du Ponant"]
    spread = checked(library, "/api/statements/facets?q=quai&in=text", "/api/statements/facets")
    assert spread["months"] == [["2025-04", 2]]


def test_statements_are_records(library: Path) -> None:
    record = checked(library, "/api/statements?q=fissur%C3%A9es&limit=1", "/api/statements")
    assert (record["total"], len(record["hits"])) == (2, 1)
    (hit,) = record["hits"]
    (part,) = hit["parts"]
    with Library.open(library, read_only=True) as kept:
        text = kept.version(hit["version"]).content.text
    assert text[part["start"] : part["end"]] == part["text"]
    assert [part["text"][start:end] for start, end in part["marks"]] == ["fissurées"]


def test_marks_are_put_around_escaped_words() -> None:
    assert marked("a <b> & c", [(2, 5), (8, 9)]) == "a <mark>&lt;b&gt;</mark> &amp; <mark>c</mark>"
    assert marked("<i>", []) == "&lt;i&gt;"


# --- sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_are_listed(library: Path, language: str) -> None:
    page = shown(client(library, language), "/sources")
    rows = cells(page)
    labels = load(language).labels
    assert rows["Odile Carvin"] == [labels.source_kinds["person"], "2", "3"]
    assert rows["Joan Bell"] == [labels.source_kinds["person"], "1", "1"]
    assert [int(row[1]) for row in rows.values()] == sorted((int(row[1]) for row in rows.values()), reverse=True)
    total = checked(library, "/api/sources", "/api/sources")["total"]
    assert total == len(rows)
    assert load(language).web.sources.found_many.format(count=total) in text_of(page)


@pytest.mark.parametrize(
    ("query", "names"),
    [("name=carv", ["Odile Carvin"]), ("name=lantier&kind=person", ["Gérard Lantier"]), ("name=Carvin&kind=group", [])],
)
def test_sources_are_chosen(library: Path, query: str, names: list[str]) -> None:
    page = shown(client(library), f"/sources?{query}")
    assert page.xpath("//tbody//a/text()") == names
    assert [source["name"] for source in given(library, f"/api/sources?{query}")["sources"]] == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_has_everything_it_said(library: Path, language: str) -> None:
    number = number_of(library, "Odile Carvin")
    page = shown(client(library, language), f"/source/{number}")
    assert text_of(page, "//h1") == "Odile Carvin"
    assert len(page.xpath("//ol[@class='sayings']/li")) == 3
    percent = load(language).labels.percent.format
    assert cells(page) == {
        "Le Phare du Ponant": ["2", percent(number=50)],
        "La Dépêche de Ruelle": ["1", percent(number=100)],
    }
    (plot,) = page.xpath("//*[local-name()='svg']")
    assert (plot.get("role"), plot.get("aria-label")) == ("img", load(language).web.sources.over_time)
    assert len(plot.xpath(".//*[local-name()='rect']")) == 2


def test_a_source_in_one_outlet(library: Path) -> None:
    number = number_of(library, "Odile Carvin")
    browser = client(library)
    (link,) = [str(link) for link in shown(browser, f"/source/{number}").xpath("//tbody//a/@href") if "Phare" in link]
    page = shown(browser, link)
    assert len(page.xpath("//ol[@class='sayings']/li")) == 2
    assert {str(link).partition("#")[0] for link in page.xpath("//blockquote/a/@href")} == {"/article/1"}
    record = checked(library, f"/api/sources/{number}/statements?outlet=Le+Phare+du+Ponant",
                     "/api/sources/{source}/statements")  # fmt: skip
    assert (record["total"], len(record["hits"])) == (2, 2)


def test_a_source_is_a_record(library: Path) -> None:
    number = number_of(library, "Odile Carvin")
    record = checked(library, f"/api/sources/{number}", "/api/sources/{source}")
    assert (record["articles"], record["statements"]) == (2, 3)
    assert record["days"] == [{"day": "2025-04-02", "statements": 2}, {"day": "2025-04-03", "statements": 1}]


def test_the_sources_of_an_article_lead_to_their_pages(library: Path) -> None:
    browser = client(library)
    links = shown(browser, "/article/1").xpath("//p[@class='onward']/a/@href")
    assert f"/source/{number_of(library, 'Odile Carvin')}" in links
    assert all(shown(browser, str(link)) is not None for link in links)


@pytest.mark.parametrize("path", ["/source/9999", "/source/0", "/source/x", f"/source/{2**63}"])
def test_a_source_that_is_not_there(library: Path, path: str) -> None:
    shown(client(library), path, 404)
    assert given(library, f"/api{path.replace('source', 'sources')}", 404)["status"] == 404


def test_a_long_list_of_statements_has_pages(tmp_path: Path) -> None:
    more = [
        renamed(readings()[2], id=f"{number:016x}", url=f"https://depeche.example/{number}", published=None)
        for number in range(25)
    ]
    path = kept_in(tmp_path, *more)
    browser: Browser = client(path, "en")
    first = shown(browser, f"/source/{number_of(path, 'Odile Carvin')}")
    (link,) = first.xpath("//a[@rel='next']/@href")
    second = shown(browser, link)
    assert [len(page.xpath("//ol[@class='sayings']/li")) for page in (first, second)] == [20, 8]
    assert first.find(".//title").text != second.find(".//title").text


# --- plots


@pytest.mark.parametrize(
    ("days", "over"),
    [
        ([], []),
        ([("soon", 3)], []),
        ([("2025-02-27", 1), ("2025-03-01", 2)], [("2025-02-27", 1), ("2025-02-28", 0), ("2025-03-01", 2)]),
        ([("2024-11-30", 1), ("2024-12-01", 2), ("2025-02-10", 3)],
         [("2024-11", 1), ("2024-12", 2), ("2025-01", 0), ("2025-02", 3)]),
        ([("2015-06-01", 1), ("2021-01-01", 4)],
         [("2015", 1), ("2016", 0), ("2017", 0), ("2018", 0), ("2019", 0), ("2020", 0), ("2021", 4)]),
    ],
)  # fmt: skip
def test_days_are_put_together(days: list[tuple[str, int]], over: list[tuple[str, int]]) -> None:
    assert stretches(days) == [Stretch(*stretch) for stretch in over]


def test_a_plot_says_what_it_shows_and_nothing_else() -> None:
    plot = timeline([Stretch("2024", 2), Stretch("2025", 0), Stretch("2026", 8)], '"<over>', ["<a>", "b", "c"])
    assert plot.count("<rect") == 2
    assert 'aria-label="&#34;&lt;over&gt;"' in plot
    assert "<title>&lt;a&gt;</title>" in plot
    assert "style=" not in plot


# --- why a name is taken for a source


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    assert get_args(SourceReason) == get_args(Reason)
    assert set(load(language).web.sources.reasons) == set(get_args(Reason))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_source_shows_under_which_names_it_stands_and_why(tmp_path: Path, language: str) -> None:
    article = written(
        "« Le quai rouvrira », a déclaré la maire, O. Carvin.", title="Le quai", url="https://depeche.example/rouvrira",
        published="2025-04-20",
    )  # fmt: skip
    path = kept_in(tmp_path, Reader().read(article))
    page = shown(client(path, language), f"/source/{number_of(path, 'Odile Carvin')}")
    reasons = load(language).web.sources.reasons
    rows = [[str(cell.text) for cell in row] for row in page.xpath("//details//tbody/tr")]
    assert rows == [["Odile Carvin", reasons["name"], "2"], ["O. Carvin", reasons["initial"], "1"]]
