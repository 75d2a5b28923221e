"""A library of copies is a whole library: nothing contradicts itself, and each copy is found as its original is."""

from __future__ import annotations

from pathlib import Path

from evaluation.library import sizes
from evaluation.library_copies import grow
from evaluation.searching import queries, timed

from selon.library import Library
from selon.library.search import Filters, Query, search
from selon.library.store import article_key
from tests.library import dam, dam_later, ferry
from tests.test_library_search import whole


def test_copies_are_articles_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path, create=True) as library:
        library.add([dam(), ferry()])
        library.add([dam_later()])
        once = search(library.connection, Query(words="ouvrage")).total
    grow(path, 7)
    with Library.open(path) as library:
        assert len(list(library.articles())) == 7
        assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        whole(library)
        assert search(library.connection, Query(words="ouvrage")).total == 4 * once > 0
        assert search(library.connection, Query(filters=Filters(source="marsh"))).total % 3 == 0
        for number in library.articles():
            current = library.current(number)
            assert current is not None
            assert len(library.reading(current.id).statements) > 1
            assert library.find_article(article_key(current.content)) == number
        library.remove(7)
        whole(library)


def test_searches_are_drawn_timed_and_the_file_is_weighed(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path, create=True) as library:
        library.add([dam(), ferry()])
        assert queries(library.connection, 2) == queries(library.connection, 2)
        found = timed(library.connection, 2)
        assert len(found) > 10
        assert all(one.seconds > 0 for one in found)
        text, tables = sizes(library.connection)
        assert text == sum(len(reading.article.text.encode()) for reading in (dam(), ferry()))
        assert sum(tables.values()) > text
