"""Selon from Python: `selon.read` gives a reading of a text or a page, which notebooks show as its report."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import escape

from selon.articles.html import article_from_html
from selon.articles.text import article_from_text
from selon.outputs.report import report
from selon.reader import Reader
from selon.types import Reading

_PAGE = re.compile(r"\s*<(?:!doctype|!--|\?xml|html|head|body|article|main|section|div|p|h1)\b", re.IGNORECASE)
_SURROGATES = re.compile(r"[\ud800-\udfff]")


class ReadingView(Reading, frozen=True, kw_only=True):
    """A reading that a notebook shows as the HTML report."""

    def _repr_html_(self) -> str:
        """The report in a frame of its own, so that its looks and the notebook's do not mix."""
        return (
            f'<iframe srcdoc="{escape(report([self]))}" sandbox style="width:100%;height:46rem;border:0" '
            f'title="Selon"></iframe>'
        )


def read(
    text_or_html: str,
    *,
    plain: bool = False,
    language: str | None = None,
    url: str | None = None,
    model: str | None = None,
    learned: bool = False,
    wide: bool = False,
) -> ReadingView:
    """Read an article from its text, or from the HTML of its page where that is what it begins with.

    `plain` takes a text as it stands, so that every offset is the text's own; `model` names another installed
    spaCy pipeline; `learned` lets the learned reader mend what the rules find; `wide` gives PolNeAR's
    scope and boundaries instead (English). Raises LanguageError for a language or
    pipeline that is not there and UnreadablePageError for a page without a text.

    >>> reading = read("« Le pont sera rouvert lundi », a déclaré la maire, Anne Roux.")
    >>> reading.statements[0].content[0].text
    'Le pont sera rouvert lundi'
    """
    whole = _SURROGATES.sub("\ufffd", text_or_html)
    if _PAGE.match(whole) and not plain:
        article = article_from_html(whole, url=url, language=language)
    else:
        article = article_from_text(whole, plain=plain, language=language, url=url)
    reading = _reader(model, learned, wide).read(article)
    return ReadingView(**{field: getattr(reading, field) for field in Reading.__struct_fields__})


@lru_cache(maxsize=4)
def _reader(model: str | None, learned: bool, wide: bool) -> Reader:
    return Reader(model, learned=learned, wide=wide)
