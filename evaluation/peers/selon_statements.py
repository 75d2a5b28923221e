"""Selon under the same conditions as its peers; `--learned` adds the learned reader."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from evaluation.peers.protocol import Answer, Asked, serve
from evaluation.score import told_of_reading
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.reader import Reader


class Statements:
    """Reads articles with one reader."""

    def __init__(self, *, learned: bool) -> None:
        self._reader = Reader(learned=learned)

    def __call__(self, articles: Sequence[Asked]) -> list[Answer]:
        """The statements of each article's text, in the articles' order."""
        loaded = (
            Loaded("", make_article(one.text, language=one.language, title=one.title, published=one.published))
            for one in articles
        )
        return [Answer(tuple(told_of_reading(reading))) for reading in self._reader.read_many(loaded)]


if __name__ == "__main__":
    serve(Statements(learned="--learned" in sys.argv[1:]))
