"""A library for tests of the pages, with articles of our own about made-up events, and a browser's way of asking."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import httpx
import lxml.html
import msgspec
from starlette.types import ASGIApp

from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.library import Library
from selon.reader import Reader
from selon.types import Article, Reading
from selon.web.app import create_app

LANGUAGES = {"fr": "fr-FR,fr;q=0.9,en;q=0.5", "en": "en-GB,en;q=0.9"}

_QUAY = (
    "Le quai de Sainte-Ruelle sera fermé dès lundi, a annoncé mercredi la maire, Odile Carvin.\n"
    "« Deux piles sur cinq sont fissurées », a-t-elle déclaré. Le président de l’Union des pêcheurs, Alain Mestre, "
    "affirme que « rien ne justifie une fermeture totale ». Selon le cabinet Hydrobase, les travaux dureront huit mois."
)
_QUAY_LATER = _QUAY.replace("huit mois", "dix mois")
_ECHO = (
    "Les pêcheurs de Sainte-Ruelle devront débarquer ailleurs.\n"
    "« Deux piles sur cinq sont fissurées », a déclaré la maire, Odile Carvin, au Phare du Ponant. "
    "Alain Mestre assure que les réparations peuvent se faire sans fermer. "
    "Le préfet, Gérard Lantier, a confirmé que le quai resterait fermé huit mois."
)
_LAKE = (
    "Swimmers should stay out of Lake Orrin until Friday, the county said on Monday.\n"
    "“The water is not safe for children,” said its health officer, Joan Bell. "
    "Anglers say that nobody told them. According to the Orrin Institute, the bloom will pass within days."
)


def written(text: str, **fields: str | None) -> Article:
    """An article; without an address unless it is given one."""
    given: dict[str, str | None] = {"language": "fr", "title": None, "outlet": None, "url": None, "published": None}
    given.update(fields)
    return make_article(text, byline=("Ninon Vasseur",), **given)  # type: ignore[arg-type]


def quay(text: str = _QUAY) -> Article:
    """The article with two versions."""
    return written(
        text, title="Sainte-Ruelle : le quai ferme lundi", outlet="Le Phare du Ponant",
        url="https://phare.example/quai", published="2025-04-02", section="Littoral",
    )  # fmt: skip


@cache
def readings() -> tuple[Reading, ...]:
    """The readings of the library, in the order they are added."""
    articles = (
        quay(),
        quay(_QUAY_LATER),
        written(_ECHO, title="Quai fermé : les pêcheurs protestent", outlet="La Dépêche de Ruelle",
                url="https://depeche.example/quai-ferme", published="2025-04-03"),
        written(_LAKE, language="en", title="Lake Orrin closed to swimmers", outlet="The Orrin Post",
                url="https://orrinpost.example/lake", published="2025-06-02"),
    )  # fmt: skip
    return tuple(Reader().read_many(Loaded(article.url or "test", article) for article in articles))


def kept_in(folder: Path, *more: Reading) -> Path:
    """The library in a new file."""
    path = folder / "library.sqlite"
    with Library.open(path, create=True) as library:
        library.add([*readings(), *more])
    return path


class Browser:
    """Asks an application for addresses, one by one, as a browser on the same machine does."""

    def __init__(self, application: ASGIApp, language: str = "fr") -> None:
        self.application = application
        self.headers = {"Accept-Language": LANGUAGES[language]}

    def get(self, path: str, headers: Sequence[tuple[str, str]] = ()) -> httpx.Response:
        """What is answered to GET."""
        return self.request("GET", path, headers)

    def request(self, method: str, path: str, headers: Sequence[tuple[str, str]] = ()) -> httpx.Response:
        """What is answered to a method."""
        return asyncio.run(self._ask(method, path, [*self.headers.items(), *headers]))

    async def _ask(self, method: str, path: str, headers: Sequence[tuple[str, str]]) -> httpx.Response:
        transport = httpx.ASGITransport(self.application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8471") as asking:
            return await asking.request(method, path, headers=list(headers))


def client(library: Path, language: str = "fr", host: str = "127.0.0.1") -> Browser:
    """A browser that likes a language, on a library."""
    return Browser(create_app(library, host), language)


def shown(browser: Browser, path: str, status: int = 200) -> lxml.html.HtmlElement:
    """A page as it is parsed."""
    answer = browser.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[:400])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return lxml.html.document_fromstring(answer.content.decode("utf-8"))


def text_of(page: lxml.html.HtmlElement, path: str = "//main") -> str:
    """The words of a part of a page, its spaces made one each."""
    return re.sub(r"[ \t\n]+", " ", str(page.xpath(f"string({path})"))).strip(" ")


def renamed(reading: Reading, **fields: str | None) -> Reading:
    """The reading of the same text as an article of another outlet, address or day."""
    article = msgspec.structs.replace(reading.article, **fields)
    return msgspec.structs.replace(reading, article=article)
