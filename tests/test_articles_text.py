"""Plain text, as copied from a page, to an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.articles.article import make_article
from selon.articles.languages import detect_language
from selon.articles.text import article_from_text

WORKS = (
    "La mairie de Valbrune rouvrira son école en septembre, après deux années de travaux qui ont coûté plus que prévu."
)
WORD = "« Nous avons tenu parole », a déclaré Anne Roux, la maire, devant une centaine d’habitants réunis sur la place."
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


SHORT = [
    "La publicité mensongère sera punie, dit-elle.",
    "La commune a retiré les cookies de son site.",
    "Les habitants devront se connecter au nouveau service.",
    "Il a refusé.",
    "Non.",
    "« Non »",
    "“Abonnez-vous à la bibliothèque”, conseille la maire.",
]


def test_short_sentences_are_prose() -> None:
    article = article_from_text("\n\n".join([WORKS, *SHORT, WORD]))
    assert article.text.split("\n") == [WORKS, *SHORT, WORD]


def test_short_prose_after_links_stays() -> None:
    page = f"{WORKS}\n\nLire aussi\n\nLe budget voté\n\nFaut-il un pont ?\n\nElle a ri.\n\n{WORD}\n"
    assert article_from_text(page).text.split("\n") == [WORKS, "Elle a ri.", WORD]


def test_nothing_is_the_articles_after_its_comments_begin() -> None:
    page = f"{WORKS}\n\n{WORD}\n\n3 commentaires\n\nJe suis tout à fait d’accord avec la maire de Valbrune.\n"
    assert article_from_text(page).text.split("\n") == [WORKS, WORD]


@pytest.mark.parametrize(
    "notice",
    [
        "Nous utilisons des cookies pour améliorer votre expérience. En savoir plus.",
        "En poursuivant votre navigation, vous acceptez notre politique de confidentialité.",
        "Publicité",
        "Abonnez-vous à notre newsletter",
        "Temps de lecture : 4 min",
        "© Courrier – tous droits réservés",
        "Crédit photo : Paul Métivier",
        "Valbrune",
    ],
)
def test_notices_and_captions_leave(notice: str) -> None:
    assert article_from_text(f"{WORKS}\n\n{notice}\n\n{WORD}\n").text.split("\n") == [WORKS, WORD]


def test_a_sentence_about_a_notice_beside_one_leaves_with_it() -> None:
    dialog = "Nous utilisons des cookies.\n\nDes tiers déposent aussi des cookies sur votre appareil."
    assert article_from_text(f"{WORKS}\n\n{WORD}\n\n{dialog}\n").text.split("\n") == [WORKS, WORD]


@pytest.mark.parametrize(
    "first",
    [
        "Le lundi 4 mars, le conseil a voté.",
        "Le lundi 4 mars 2024, le conseil a voté.",
        "La maire a promis :",
        "« Nous avons tenu parole. »",
    ],
)
def test_a_first_line_that_is_prose_is_no_title(first: str) -> None:
    article = article_from_text(f"{first}\n\n{WORKS}\n\n{WORD}\n")
    assert article.title is None
    assert article.published is None
    assert article.text.split("\n") == [first, WORKS, WORD]


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("Le pont de Valbrune ferme", "Le pont de Valbrune ferme"),
        ("POLITIQUE\n\nLe pont de Valbrune ferme", "Le pont de Valbrune ferme"),
        ("« Tenir parole », le mot d’ordre de la maire", None),
        ("Faut-il fermer le pont ?\n\nPar Anne Roux", "Faut-il fermer le pont ?"),
        ("Par Anne Roux\n\n", None),
    ],
)
def test_titles(before: str, title: str | None) -> None:
    assert article_from_text(f"{before}\n\n{WORKS}\n\n{WORD}\n").title == title


@pytest.mark.parametrize(
    ("line", "names", "date"),
    [
        ("Par Anne Roux", ("Anne Roux",), None),
        ("PAR ANNE ROUX", ("ANNE ROUX",), None),
        ("par Jean de La Tour et Lise d’Arc", ("Jean de La Tour", "Lise d’Arc"), None),
        ("Par Anne Roux, envoyée spéciale à Valbrune", ("Anne Roux",), None),
        ("Par Anne Roux – Publié le 12 mars 2024 à 10h15", ("Anne Roux",), "2024-03-12"),
        ("Publié le 12/03/2024 à 10h15", (), "2024-03-12T10:15:00"),
        ("Publié le 12 mars 2024 à 10:15, mis à jour le 13 mars 2024", (), "2024-03-12"),
        ("mardi 12 mars 2024", (), "2024-03-12"),
    ],
)
def test_bylines_and_days_of_french_pages(line: str, names: tuple[str, ...], date: str | None) -> None:
    article = article_from_text(f"L’école de Valbrune rouvre\n\n{line}\n\n{WORKS}\n\n{WORD}\n")
    assert article.byline == names
    assert article.published == date
    assert article.text.split("\n") == [WORKS, WORD]


@pytest.mark.parametrize(
    "line",
    [
        "Un documentaire de Jeanne Morin",
        "Par ailleurs rien ne change",
        "Par Lundi dernier tout change",
        "Le 12 mars 2024, la mairie a fermé le pont de Valbrune aux camions",
    ],
)
def test_what_is_no_byline_and_no_day_stays(line: str) -> None:
    article = article_from_text(f"L’école de Valbrune rouvre\n\n{line}\n\n{WORKS}\n\n{WORD}\n")
    assert article.byline == ()
    assert article.published is None
    assert article.text.split("\n") == [line, WORKS, WORD]


def test_an_english_day_in_numbers_is_told_only_where_it_is_certain() -> None:
    works = "The school in Northam will open in September, the town said, after two years of costly works."
    for line, date in (
        ("Published 25/03/2024", "2024-03-25"),
        ("Published 3/4/2024", None),
        ("On Mar 3, 2024", "2024-03-03"),
    ):
        assert article_from_text(f"The school opens\n\n{line}\n\n{works}\n").published == date


def test_a_text_that_is_only_a_word_is_kept() -> None:
    assert article_from_text("Bonjour").text == "Bonjour"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(("fr", "en")))
def test_no_text_raises_and_plain_keeps_every_character_of_it(text: str, code: str) -> None:
    article_from_text(text, language=code)
    assert article_from_text(text, language=code, plain=True).text == text
