"""Plain text, as copied from a page, to an article."""

from __future__ import annotations

import json

import pytest

from selon.articles.article import make_article
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.articles.languages import detect_language
from selon.articles.text import article_from_text
from tests.data import needs_data, shared_folder

WORKS = (
    "La mairie de Valbrune rouvrira son école en septembre, après deux années de travaux qui ont coûté plus "
    "que prévu."
)
WORD = (
    "« Nous avons tenu parole », a déclaré Anne Roux, la maire, devant une centaine d’habitants réunis "
    "sur la place."
)
PAGE = f"""Accueil > Politique > L’école de Valbrune rouvre

L’école de Valbrune rouvre

Par Anne Roux et Paul Métivier | Publié le 12 mars 2024

{WORKS}

Valbrune

{WORD}

Lire aussi : Le budget voté

Articles liés

Le budget voté

Un pont fermé
"""


def test_a_french_page_loses_what_is_around_the_article() -> None:
    article = article_from_text(PAGE)
    assert article.title == "L’école de Valbrune rouvre"
    assert article.byline == ("Anne Roux", "Paul Métivier")
    assert article.section == "Politique"
    assert article.published == "2024-03-12"
    assert article.language == "fr"
    assert article.text == f"{WORKS}\n{WORD}"


def test_an_english_page_loses_what_is_around_the_article() -> None:
    works = "The school in Northam will open in September, the town said, after two years of costly works."
    word = "“We kept our word,” said Mayor Ann Cole, who spoke in front of the town hall."
    article = article_from_text(
        f"The school of Northam opens\n\nBy Jane Harrow\nMarch 3, 2024\n\n{works}\n\n"
        f"Subscribe to our newsletter\n\n{word}\n"
    )
    assert article.title == "The school of Northam opens"
    assert article.byline == ("Jane Harrow",)
    assert article.published == "2024-03-03"
    assert article.text == f"{works}\n{word}"


def test_plain_keeps_every_character() -> None:
    article = article_from_text(PAGE, plain=True)
    assert article.text == PAGE
    assert article.title is None
    assert article.byline == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\r\n\r\n"])
def test_every_line_end_parts_paragraphs(end: str) -> None:
    assert article_from_text(f"\ufeff{WORKS}{end}  {WORD} {end}").text == f"{WORKS}\n{WORD}"


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    article = article_from_text("""Le pont fermé

La mairie de Valbrune rouvrira son école en septembre, après deux
années de travaux qui ont coûté plus que prévu, dit-elle, et dont la
fin a été repoussée trois fois par les entreprises du chantier.

La maire a promis de rendre des comptes aux habitants et aux parents
qui ont attendu, et de publier la liste de toutes les dépenses de la
commune pour ces travaux, ce que l’opposition demandait depuis le
début de l’année sans avoir eu de réponse.
""")
    paragraphs = article.text.split("\n")
    assert article.title == "Le pont fermé"
    assert len(paragraphs) == 2
    assert "après deux années de travaux" in paragraphs[0]


def test_a_quotation_over_paragraphs_keeps_them() -> None:
    article = article_from_text(f"{WORKS}\n\n“La suite viendra.\n\n“Elle viendra vite.”\n")
    assert article.text.split("\n")[1:] == ["“La suite viendra.", "“Elle viendra vite.”"]


def test_a_sentence_that_begins_like_a_byline_stays() -> None:
    sentence = "Par ailleurs, il a salué le travail des artisans."
    article = article_from_text(f"{WORKS}\n\n{sentence}\n")
    assert article.text.endswith(sentence)
    assert article.byline == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORKS, ("fr", True)),
        ("The town said that it was ready for the works.", ("en", True)),
        ("Zzz qqq", ("en", False)),
    ],
)
def test_language_is_told_by_its_small_words(text: str, expected: tuple[str, bool]) -> None:
    assert detect_language(text) == expected


def test_an_id_depends_on_language_url_title_and_text_only() -> None:
    first = make_article(WORKS, language="fr", title="Un titre")
    assert len(first.id) == 16
    assert first.id == make_article(WORKS, language="fr", title="Un titre", byline=("Anne Roux",)).id
    others = [
        make_article(WORKS, language="en", title="Un titre"),
        make_article(WORKS, language="fr"),
        make_article(WORD, language="fr", title="Un titre"),
        make_article(WORKS, language="fr", title="Un titre", url="https://valbrune.example/ecole"),
    ]
    assert len({first.id, *(other.id for other in others)}) == 5


@needs_data
@pytest.mark.data
def test_the_specimen_is_read_as_expected() -> None:
    shared = shared_folder()
    assert shared is not None
    expected = json.loads((shared / "specimen" / "expected.json").read_text(encoding="utf-8"))["article"]
    (loaded,) = read_inputs([str(shared / "specimen" / "article.fr.txt")], InputOptions())
    assert isinstance(loaded, Loaded)
    article = loaded.article
    paragraphs = article.text.split("\n")
    assert article.language == expected["language"]
    assert article.title == expected["title"]
    assert article.section == expected["section"]
    assert article.byline == (expected["byline"],)
    assert paragraphs[0] == expected["first_paragraph"]
    assert paragraphs[-1] == expected["last_paragraph"]
    assert [words for words in expected["not_in_text"] if words in article.text] == []
