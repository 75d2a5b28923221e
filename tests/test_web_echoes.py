"""Echoes in pages and by the API: what stands in several articles, where it was first, and what was changed."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from selon.interface import EchoDifference, EchoRelation
from selon.language import load
from selon.library.echo_views import Variant
from selon.library.echoes.align import Run
from selon.library.echoes.differences import Difference, DifferenceKind
from selon.library.echoes.relate import Relation
from selon.reader import Reader
from selon.web.echoes import _differences, against
from tests.test_web_api import checked, given
from tests.web_pages import LANGUAGES, Browser, client, kept_in, shown, text_of, written

_MOULD = (
    "« Nous avons trouvé de la moisissure dans trente salles de classe et personne ne nous écoute », a déclaré mardi "
    "l’enseignante Claire Baudin. La rectrice, Anne Vasseur, a promis une visite."
)
_SHORTER = (
    "« Nous avons trouvé de la moisissure dans trente salles de classe », a déclaré Claire Baudin, enseignante au "
    "lycée de Vernoux. Le proviseur n’a pas répondu."
)
_ALTERED = (
    "« Nous avons trouvé de la moisissure dans trois cents salles de classe et personne ne nous écoute », a déclaré "
    "l’enseignante Claire Baudin. La mairie de Vernoux a refusé de commenter."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library of the other tests, and three articles with one statement: 4, 5 and 6."""
    reader = Reader()
    more = [
        reader.read(written(text, title=f"Moisissure au lycée de Vernoux ({day})", outlet=outlet,
                            url=f"https://{day}.example/lycee", published=f"2025-03-0{day}"))
        for day, text, outlet in ((4, _MOULD, "Le Phare"), (5, _SHORTER, "La Dépêche"), (6, _ALTERED, "Le Ponant"))
    ]  # fmt: skip
    return kept_in(tmp_path_factory.mktemp("echoes"), *more)


@pytest.fixture(scope="module")
def echo(library: Path) -> str:
    """The address of the echo of the teacher's statement."""
    (address,) = [
        str(link)
        for link in shown(client(library), "/echoes").xpath("//blockquote/a/@href")
        if "moisissure" in text_of(shown(client(library), str(link)))
    ]
    return address


@pytest.mark.parametrize("language", LANGUAGES)
def test_echoes_are_listed(library: Path, language: str) -> None:
    page = shown(client(library, language), "/echoes")
    words = load(language).web
    assert words.echoes.intro in text_of(page)
    total = given(library, "/api/echoes")["total"]
    assert total == len(page.xpath("//ol[@class='sayings']/li"))
    told = words.echoes.found_one if total == 1 else words.echoes.found_many
    assert text_of(page, "//p[@role='status']") == told.format(count=total)
    (entry,) = [item for item in page.xpath("//ol[@class='sayings']/li") if "moisissure" in item.text_content()]
    told = " ".join(entry.text_content().split())
    assert words.echoes.articles.format(articles=words.articles.found_many.format(count=3)) in told
    assert words.echoes.altered_one in told
    assert "Le Phare" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_echo_has_its_variants_and_what_was_changed(library: Path, echo: str, language: str) -> None:
    page = shown(client(library, language), echo)
    words = load(language).web.echoes
    variants = page.xpath("//ol[contains(@class, 'variants')]/li")
    assert [variant.xpath("string(p/b)") for variant in variants] == ["Le Phare", "La Dépêche", "Le Ponant"]
    tags = [variant.xpath("string(p/span[@class='tag'])") for variant in variants]
    assert tags == [words.first_seen, words.relations["shortened"], words.relations["misquoted"]]
    assert "personne ne nous écoute" in variants[1].xpath("string(blockquote//del)")
    assert variants[2].xpath("string(blockquote//del)") == "trente"
    assert variants[2].xpath("string(blockquote//ins)") == "trois cents"
    assert words.differences["number"] in variants[2].xpath("string(ul)")
    assert "Claire Baudin" in text_of(page, "//p[@class='lead']")


def test_a_variant_leads_to_its_origin_and_to_its_place(library: Path, echo: str) -> None:
    browser = client(library)
    page = shown(browser, echo)
    links = [str(link) for link in page.xpath("//ol[contains(@class, 'variants')]//a/@href")]
    assert all(page.get_element_by_id(link[1:]).tag == "li" for link in links if link.startswith("#"))
    places = [link for link in links if "#t" in link]
    assert len(places) == 3
    for link in places:
        path, _, place = link.partition("#")
        assert shown(browser, path).get_element_by_id(place).get("class").startswith("number")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_of_an_article_leads_to_its_echo(library: Path, language: str) -> None:
    browser: Browser = client(library, language)
    for article in (4, 5, 6):
        links = shown(browser, f"/article/{article}").xpath("//a[starts-with(@href, '/echo/')]")
        assert [link.text for link in links] == [load(language).web.article.echo_many.format(count=2)]
        assert len(shown(browser, links[0].get("href")).xpath("//ol[contains(@class, 'variants')]/li")) == 3


def test_echoes_are_chosen(library: Path, echo: str) -> None:
    browser = client(library)
    assert echo in shown(browser, "/echoes?misquoted=true").xpath("//blockquote/a/@href")
    assert shown(browser, "/echoes?order=newest").xpath("//select/option[@selected]/@value") == ["newest"]
    page = shown(browser, echo)
    (source, *_) = page.xpath("//p[@class='lead']//a/@href")
    number = str(source).rpartition("/")[2]
    assert f"/echoes?source={number}" in shown(browser, str(source)).xpath("//a/@href")
    of_source = shown(browser, f"/echoes?source={number}")
    assert of_source.xpath("//blockquote/a/@href") == [echo]
    assert load("fr").web.echoes.of_source.format(name="Claire Baudin") in text_of(of_source)
    assert of_source.xpath("//input[@type='hidden']/@value") == [number]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_has_what_was_repeated_most(library: Path, echo: str, language: str) -> None:
    page = shown(client(library, language), "/")
    assert echo in page.xpath("//section[@class='side']//blockquote/a/@href")
    assert load(language).web.home.repeated in text_of(page)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/echo/99999", 404), ("/echo/x", 404), ("/echo/0", 404), ("/echoes?source=99999", 404), ("/echoes?source=x", 422),
     ("/echoes?order=x", 422), ("/echoes?misquoted=perhaps", 422), ("/echoes?page=0", 422)],
)  # fmt: skip
def test_what_is_not_there_is_refused(library: Path, path: str, status: int) -> None:
    shown(client(library), path, status)


def test_a_page_beyond_the_last_says_that_there_is_none(library: Path) -> None:
    page = shown(client(library, "en"), "/echoes?page=7")
    assert load("en").web.echoes.none in text_of(page)


def test_echoes_are_records(library: Path, echo: str) -> None:
    number = int(echo.rpartition("/")[2])
    listed = checked(library, "/api/echoes", "/api/echoes")["echoes"]
    assert number in [entry["echo"] for entry in listed]
    record = checked(library, f"/api/echoes/{number}", "/api/echoes/{echo}")
    assert [variant["relation"] for variant in record["variants"]] == [None, "shortened", "misquoted"]
    assert checked(library, f"/api/echoes/{record['variants'][2]['statement']}", "/api/echoes/{echo}") == record
    assert given(library, "/api/echoes/99999", 404)["status"] == 404
    for asked in ("limit=1", "misquoted=true&limit=1"):
        assert len(given(library, f"/api/echoes?{asked}")["echoes"]) == 1
    every = given(library, "/api/echoes?limit=200")
    assert every["total"] == len(every["echoes"])
    altered = given(library, "/api/echoes?misquoted=true&limit=200")
    assert altered["total"] == len(altered["echoes"]) >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_and_difference_has_its_words(language: str) -> None:
    words = load(language).web.echoes
    assert set(words.relations) == set(get_args(EchoRelation)) == set(get_args(Relation))
    assert set(words.differences) == set(get_args(EchoDifference)) == set(get_args(DifferenceKind))


def variant(text: str, runs: tuple[Run, ...] = (), language: str = "fr", **more: object) -> Variant:
    fields: dict[str, object] = {
        "statement": 1, "article": 1, "version": 1, "start": 0, "end": len(text), "text": text, "form": "direct",
        "denied": False, "sources": (), "language": language, "outlet": None, "title": None, "url": None,
        "published": None, "origin": None, "relation": None, "score": 1.0, "differences": (), "runs": runs,
        "copy_of": None, **more,
    }  # fmt: skip
    return Variant(**fields)  # type: ignore[arg-type]


def test_what_was_changed_is_marked_and_escaped() -> None:
    origin = variant("a <b> c")
    runs = (Run("kept", 0, 2, 0, 2), Run("changed", 2, 6, 2, 8), Run("kept", 6, 7, 8, 9))
    assert against(variant("a <i>&x c", runs), origin) == "a  <del>&lt;b&gt;</del> <ins>&lt;i&gt;&amp;x</ins> c"
    assert against(variant("a <i>", runs, "en"), origin) == "a &lt;i&gt;"
    assert against(variant("<i>"), None) == "&lt;i&gt;"


def test_a_difference_is_told_once() -> None:
    told = (Difference("number", "3", "30"), Difference("word", "3", "30"), Difference("negation", "", "ne pas"))
    french = load("fr")
    names = french.web.echoes.differences
    assert _differences(variant("x", differences=told), french) == [
        (names["number"], "3", "30"),
        (names["negation"], "–", "ne pas"),
    ]
