"""Pages to articles: what the page says about itself goes before guesses."""

from __future__ import annotations

import json
import time
from pathlib import Path

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


def test_outlets_are_named_by_no_handle_and_no_url() -> None:
    for handle in ("@courrier", "https://courrier.example/", "www.courrier.example"):
        article = article_from_html(page(f'<meta property="og:site_name" content="{handle}">'))
        assert article.outlet in (None, "Courrier", "courrier.example")  # never with the mark of a handle or a URL
    site = json.dumps({"@type": "WebSite", "name": "Le Courrier"})
    head = f'<meta name="twitter:site" content="@courrier"><script type="application/ld+json">{site}</script>'
    assert article_from_html(page(head)).outlet == "Le Courrier"


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Un documentaire de Jeanne Morin"], ()),
        (["Par Jeanne Morin et Paul Métivier"], ("Jeanne Morin", "Paul Métivier")),
        (["Jeanne Morin", "jeanne-morin", "https://courrier.example/jeanne"], ("Jeanne Morin",)),
        (["Jeanne Morin", "Morin, Jeanne", "(Photo : AFP)"], ("Jeanne Morin",)),
        (["La Dépêche de Valbrune"], ("La Dépêche de Valbrune",)),
        (["Le Courrier avec AFP"], ("Le Courrier avec AFP",)),
    ],
)
def test_authors_are_names(authors: list[str], expected: tuple[str, ...]) -> None:
    head = "".join(f'<meta name="author" content="{author}">' for author in authors)
    assert article_from_html(page(head)).byline == expected


def test_an_author_is_found_where_json_ld_refers_to_one() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "L’école de Valbrune rouvre", "author": {"@id": "#p"}},
        {"@type": "Person", "@id": "#p", "name": "Paul Métivier"},
    ]
    head = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    assert article_from_html(page(head)).byline == ("Paul Métivier",)


def test_what_a_page_repeats_above_its_text_is_taken_off() -> None:
    above = (
        "<p>Accueil &gt; Région &gt; L’école de Valbrune rouvre</p><p>Par Paul Métivier</p><p>mardi 12 mars 2024</p>"
    )
    article = article_from_html(page(body=above + BODY))
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert article.byline == ("Paul Métivier",)


def test_the_paragraph_between_title_and_text_is_kept() -> None:
    standfirst = "La maire promet que les classes accueilleront deux cents élèves dès la rentrée prochaine."
    head = f'<meta name="description" content="{standfirst}">'
    body = f'<header class="article-header"><p class="standfirst">{standfirst}</p></header>{BODY}'
    lines = article_from_html(page(head, body)).text.split("\n")
    assert lines == [standfirst, *PARAGRAPHS]
    assert article_from_html(page(head)).text.split("\n") == list(PARAGRAPHS)


def test_dialogs_on_cookies_and_marks_of_lists_leave() -> None:
    dialog = (
        "<div id='cookie-consent'><p>Le site et des tiers déposent des traceurs dont voici la longue liste.</p></div>"
    )
    article = article_from_html(page(body=f"{BODY}<ul><li>Le préau sera repeint en juin.</li></ul>{dialog}"))
    assert "traceurs" not in article.text
    assert article.text.split("\n") == [*PARAGRAPHS, "Le préau sera repeint en juin."]


def test_a_page_that_a_script_would_fill_is_refused() -> None:
    with pytest.raises(UnreadablePageError, match="no article text"):
        article_from_html(
            page(body="<p>{{article.title}} {{article.author}}</p><p>Page en cours de modification</p>" * 3)
        )


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li"])
def test_deep_nesting_is_read_quickly_as_far_as_it_goes(tag: str) -> None:
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    began = time.monotonic()
    article = article_from_html(page(body=f"{BODY}{f'<{tag}>' * 20_000}<p>Au fond.</p>{closing * 20_000}"))
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("told", "expected"),
    [("Tue, 12 Mar 2024 08:30:00 GMT", "2024-03-12"), ("12/03/2024", "2024-03-12"), ("hier", None)],
)
def test_days_in_other_forms_are_read(told: str, expected: str | None) -> None:
    assert article_from_html(page(f'<meta name="date" content="{told}">')).published == expected


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
    failures = [entry for entry in found if not isinstance(entry, Loaded)]
    assert [Path(entry.input).name for entry in failures] == ["lanouvellerepublique.fr.martin.html"]  # only a template
    for entry in found:
        if isinstance(entry, Loaded):
            assert entry.article.outlet is None or not entry.article.outlet.startswith(("@", "http"))
            assert "votre consentement est nécessaire" not in entry.article.text
