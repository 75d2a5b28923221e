"""Pages to articles: what the page says about itself goes before guesses."""

from __future__ import annotations

import json

import pytest
from evaluation.pages import by_selon, measure

from selon.articles.html import UnreadablePageError, article_from_html
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from tests.data import needs_data, shared_folder

PARAGRAPHS = (
    "La mairie de Valbrune rouvrira son école en septembre, après deux années de travaux qui ont coûté cher.",
    "« Nous avons tenu parole », a déclaré Anne Roux, la maire, devant une centaine d’habitants réunis.",
    "L’opposition, qui demandait les comptes du chantier depuis un an, a dit attendre toujours les factures.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
FLOORS = {"title": 93, "byline": 95, "day": 96, "text": 95}  # of issue 2, in percent


def page(head: str = "", body: str = BODY) -> str:
    return (
        f'<!DOCTYPE html><html lang="fr"><head>{head}</head><body><nav><a href="/">Accueil</a></nav>'
        f"<article><h1>L’école de Valbrune rouvre</h1>{body}</article></body></html>"
    )


def test_json_ld_gives_title_authors_day_section_and_outlet() -> None:
    told = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Le Courrier"},
            {
                "@type": "NewsArticle",
                "headline": "L’école de Valbrune rouvre",
                "author": [{"@type": "Person", "name": "Paul Métivier"}, {"name": "Lise Carnot"}],
                "datePublished": "2024-03-12T08:30:00+01:00",
                "articleSection": "Région",
                "publisher": {"@type": "Organization", "name": "Le Courrier de Valbrune"},
            },
        ],
    }
    article = article_from_html(page(f'<script type="application/ld+json">{json.dumps(told)}</script>'))
    assert article.title == "L’école de Valbrune rouvre"
    assert article.byline == ("Paul Métivier", "Lise Carnot")
    assert article.published == "2024-03-12T08:30:00+01:00"
    assert article.section == "Région"
    assert article.outlet == "Le Courrier de Valbrune"
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_meta_tags_serve_where_there_is_no_json_ld() -> None:
    head = """
        <meta property="og:title" content="L’école de Valbrune rouvre - Le Courrier">
        <meta property="og:site_name" content="Le Courrier">
        <meta property="article:published_time" content="2024-03-12">
        <meta property="article:section" content="Région">
        <meta name="author" content="Paul Métivier">
    """
    article = article_from_html(page(head), url="https://courrier.example/ecole")
    assert article.title == "L’école de Valbrune rouvre"
    assert article.outlet == "Le Courrier"
    assert article.published == "2024-03-12"
    assert article.section == "Région"
    assert article.byline == ("Paul Métivier",)
    assert article.url == "https://courrier.example/ecole"


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[" * 100_000,
        '{"@type": "NewsArticle", "headline": 5, "author": [7, {"name": ["Paul Métivier"]}], "@graph": 3}',
    ],
)
def test_odd_json_ld_is_passed_over(script: str) -> None:
    article = article_from_html(page(f'<script type="application/ld+json">{script}</script>'))
    assert article.title == "L’école de Valbrune rouvre"
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_the_language_is_the_texts_own() -> None:
    assert article_from_html(page().replace('lang="fr"', 'lang="en"')).language == "fr"
    assert article_from_html(page(), language="en").language == "en"


@pytest.mark.parametrize("data", ["", "   ", b"", "<html></html>"])
def test_a_page_without_text_is_refused(data: str | bytes) -> None:
    with pytest.raises(UnreadablePageError):
        article_from_html(data)


@needs_data
@pytest.mark.data
def test_news_pages_are_read_as_well_as_asked() -> None:
    shared = shared_folder()
    assert shared is not None
    figures = measure(shared / "pages" / "news", by_selon)
    assert {name: figures[name] for name in FLOORS if figures[name] < FLOORS[name]} == {}


@needs_data
@pytest.mark.data
def test_pages_that_are_no_news_are_read_without_harm() -> None:
    shared = shared_folder()
    assert shared is not None
    pages = sorted(str(path) for path in (shared / "pages" / "other").iterdir() if path.suffix == ".html")
    found = list(read_inputs(pages, InputOptions()))
    assert len(found) == len(pages) == 12
    assert [entry.input for entry in found if not isinstance(entry, Loaded)] == []
