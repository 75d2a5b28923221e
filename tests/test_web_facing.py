"""Statements that face one another, and outlets compared: in pages and by the API."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from selon.interface import Group
from selon.language import load
from selon.library.profiles import By
from selon.reader import Reader
from selon.types import Passage
from selon.web.facing import _within
from selon.web.plots import kinds_bar, meter, range_meter
from tests.test_web_api import checked, given
from tests.web_pages import LANGUAGES, client, kept_in, readings, shown, text_of, written

_STRIKE = (
    "La grève du port de Sainte-Ruelle a été suivie par 300 dockers, a déclaré la syndicaliste Anna Belmas. "
    "Le directeur du port, Paul Imbert, affirme que 80 dockers ont suivi la grève du port."
)
_STRIKE_ELSEWHERE = (
    "« La grève du port a été suivie par 300 dockers », a déclaré la syndicaliste Anna Belmas. "
    "Le maire du Havre-Neuf, Luc Tissot, assure que la grève du port n’a pas été suivie par 300 dockers."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the other tests, and two articles on a strike: 4 and 5."""
    two = Reader()
    more = [
        two.read(written(text, title=f"Grève au port ({number})", outlet=outlet, section="Social",
                         url=f"https://phare.example/greve-{number}", published=f"2025-05-0{number}"))
        for number, text, outlet in ((1, _STRIKE, "Le Phare du Ponant"), (2, _STRIKE_ELSEWHERE, "La Dépêche de Ruelle"))
    ]  # fmt: skip
    return kept_in(tmp_path_factory.mktemp("facing"), *more)


# --- facing statements


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_faces_what_in_an_article(library: Path, language: str) -> None:
    page = shown(client(library, language), "/article/4/facing")
    words = load(language)
    (pair,) = page.find_class("pairing")
    assert [side.xpath("string(.//b)") for side in pair.find_class("one-side")] == ["Anna Belmas", "Paul Imbert"]
    assert pair.xpath("string(p)").strip() == words.matters.marks["number"]
    assert pair.xpath(".//mark/text()") == ["300", "80"]
    assert words.web.facing.intro in text_of(page)


def test_a_side_leads_to_its_place(library: Path) -> None:
    browser = client(library)
    for link in shown(browser, "/article/4/facing").xpath("//blockquote/a/@href"):
        path, _, place = str(link).partition("#")
        assert shown(browser, path).get_element_by_id(place).get("class").startswith("number")


def test_articles_are_compared_by_number_and_by_search(library: Path) -> None:
    browser = client(library)
    for path in ("/facing?article=4&article=5", "/facing?q=gr%C3%A8ve", "/facing?source=anna+belmas&since=2025-05"):
        page = shown(browser, path)
        names = {side.xpath("string(.//b)") for side in page.find_class("one-side")}
        assert {"Anna Belmas", "Paul Imbert", "Luc Tissot"} <= names, path
        assert page.find_class("pairing")
    assert not shown(browser, "/facing").find_class("matter")


def test_the_article_leads_to_what_faces_what(library: Path) -> None:
    assert "/article/4/facing" in shown(client(library), "/article/4").xpath("//a/@href")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_faces_anything_it_is_said(library: Path, language: str) -> None:
    page = shown(client(library, language), "/facing?q=baleine")
    assert load(language).web.facing.none in text_of(page)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/article/99/facing", 404),
        ("/facing?article=99", 404),
        ("/facing?article=x", 422),
        ("/facing?article=0", 422),
        ("/facing?" + "&".join(f"article={number}" for number in range(1, 12)), 422),
        ("/facing?q=%28", 422),
        ("/facing?since=then", 422),
    ],
)
def test_what_cannot_be_compared_is_refused(library: Path, path: str, status: int) -> None:
    shown(client(library), path, status)
    if path.startswith("/facing"):
        assert given(library, f"/api{path}", status)["status"] == status


def test_facing_statements_are_records(library: Path) -> None:
    record = checked(library, "/api/facing?article=4&article=5", "/api/facing")
    assert [entry["article"] for entry in record["articles"]] == [4, 5]
    assert record["matters"]
    assert {mark["kind"] for matter in record["matters"] for pair in matter["facing"] for mark in pair["marks"]}


def test_marks_that_overlap_are_one() -> None:
    part = Passage(start=10, end=20, text="abcdefghij")
    marks = tuple(
        Passage(start=start, end=end, text="") for start, end in ((0, 5), (12, 15), (14, 17), (19, 30), (8, 11))
    )
    assert _within(part, marks) == [(0, 1), (2, 7), (9, 10)]


# --- outlets compared


@pytest.mark.parametrize("language", LANGUAGES)
def test_outlets_are_compared(library: Path, language: str) -> None:
    page = shown(client(library, language), "/outlets")
    rows = {row.xpath("string(th)"): row for row in page.xpath("(//table)[1]/tbody/tr")}
    assert {"Le Phare du Ponant", "La Dépêche de Ruelle", "The Orrin Post"} <= set(rows)
    assert rows["The Orrin Post"].xpath("string(td[1])") == "1"
    share = readings()[3].profile.attributed_share
    assert load(language).labels.percent.format(number=round(100 * share)) in rows["The Orrin Post"].xpath(
        "string(td[2])"
    )
    assert rows["The Orrin Post"].xpath("td[3]/*[local-name()='svg']/@aria-label")
    words = load(language).web.outlets
    assert [head.text for head in page.xpath("(//table)[1]/thead//th")][2] == words.attributed
    assert words.most_quoted in text_of(page)


@pytest.mark.parametrize("by", get_args(By))
def test_articles_are_summed_by_what_is_asked(library: Path, by: str) -> None:
    page = shown(client(library), f"/outlets?by={by}")
    names = [row.xpath("string(th)") for row in page.xpath("(//table)[1]/tbody/tr")]
    groups = checked(library, f"/api/profiles?by={by}", "/api/profiles")["groups"]
    assert len(names) == len(groups)
    assert sum(group["articles"] for group in groups) == 5
    if by == "month":
        assert names == ["avril 2025", "mai 2025", "juin 2025"]
    if by == "language":
        assert names == ["français", "English"]


def test_profiles_are_chosen(library: Path) -> None:
    record = given(library, "/api/profiles?section=Social&until=2025-05-01")
    assert [(group["name"], group["articles"]) for group in record["groups"]] == [("Le Phare du Ponant", 1)]
    page = shown(client(library), "/outlets?language=en")
    assert page.xpath("(//table)[1]/tbody/tr/th/a/text()") == ["The Orrin Post"]
    assert load("fr").web.articles.none in text_of(shown(client(library), "/outlets?since=2031-01-01"))


@pytest.mark.parametrize("query", ["by=mood", "since=x", "language=abcdefghijk"])
def test_what_cannot_be_chosen_is_refused(library: Path, query: str) -> None:
    page = shown(client(library), f"/outlets?{query}", 422)
    assert page.xpath("//main//code/text()") == [query.partition("=")[0]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_its_word(language: str) -> None:
    assert set(get_args(Group)) == set(get_args(By)) == set(load(language).web.outlets.groups)


def test_bars_are_as_long_as_what_they_show() -> None:
    assert 'width="42.0"' in meter(0.42)
    assert 'x="10.0" width="30.0"' in range_meter(0.2, 0.1, 0.4)
    bar = kinds_bar([("person", 0.25), ("group", 0.5)], '"<told>')
    assert 'class="kind-person" x="0.00" width="25.00"' in bar
    assert 'class="kind-group" x="25.00" width="50.00"' in bar
    assert "&lt;told&gt;" in bar
    assert "style=" not in bar
