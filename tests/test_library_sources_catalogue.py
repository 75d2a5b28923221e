"""What pages ask of sources: one with its names, roles and reasons, what it said, counts, and finding it by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selon.library import Library, LibraryError
from selon.library.sources import catalogue
from tests.told import SAID, Speaker, told


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add(
            [
                told(1, [Speaker("Claire Aubanel", role="préfète"), Speaker("ONU", "institution")], day="2024-03-01"),
                told(2, [Speaker("Claire Aubanell", role="préfète"), Speaker("Paul Marchal")], day="2024-03-09"),
                told(3, [Speaker("Mme Aubanel", mentions=("Mme Aubanel",))], day="2024-04-02"),
                told(4, [Speaker("Nations unies", "institution")]),
            ]
        )
        yield opened


def number(library: Library, name: str) -> int:
    return catalogue.find(library.connection, name)[0].id


def test_a_page_has_the_names_with_their_reasons_and_the_roles(library: Library) -> None:
    page = catalogue.page(library.connection, number(library, "Claire Aubanel"))
    assert (page.name, page.kind, page.articles, page.statements) == ("Claire Aubanel", "person", 3, 3)
    assert [(seen.name, seen.articles, seen.reason) for seen in page.names] == [
        ("Claire Aubanel", 1, "name"),
        ("Claire Aubanell", 1, "spelling"),
        ("Mme Aubanel", 1, "surname"),
    ]
    assert [(role.role, role.articles) for role in page.roles] == [("préfète", 2)]
    assert (page.first_day, page.last_day) == ("2024-03-01", "2024-04-02")
    assert page.genders == {"unknown": 3}
    assert (page.wikidata, page.entry, page.claimed) == (None, None, ())


def test_what_a_source_said_is_paged_the_newest_first(library: Library) -> None:
    source = number(library, "Claire Aubanel")
    said = catalogue.statements(library.connection, source)
    assert [(one.day, one.name) for one in said] == [
        ("2024-04-02", "Mme Aubanel"), ("2024-03-09", "Claire Aubanell"), ("2024-03-01", "Claire Aubanel"),
    ]  # fmt: skip
    assert {(one.text, one.outlet) for one in said} == {(SAID, "Le Quai")}
    paged = [catalogue.statements(library.connection, source, limit=1, offset=row) for row in range(4)]
    assert [one for page in paged for one in page] == said


def test_counts_by_outlet_and_by_month(library: Library) -> None:
    source = number(library, "Claire Aubanel")
    outlets = catalogue.by_outlet(library.connection, source)
    assert [(one.key, one.articles, one.statements) for one in outlets] == [("Le Quai", 3, 3)]
    months = catalogue.by_month(library.connection, source)
    assert [(one.key, one.articles) for one in months] == [("2024-03", 2), ("2024-04", 1)]
    undated = catalogue.by_month(library.connection, number(library, "ONU"))
    assert [(one.key, one.statements) for one in undated] == [(None, 1), ("2024-03", 1)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("aub", ["Claire Aubanel"]),
        ("cla AUB", ["Claire Aubanel"]),
        ("cla mar", []),
        ("nat", ["Nations unies"]),
        ("nobody", []),
        ("%", []),
    ],
)
def test_a_source_is_found_by_the_beginnings_of_the_words_of_any_name(
    library: Library, query: str, found: list[str]
) -> None:
    assert [line.name for line in catalogue.listed(library.connection, query=query)] == found


def test_lists_by_kind_and_in_pages(library: Library) -> None:
    everything = catalogue.listed(library.connection)
    assert [(line.name, line.articles) for line in everything] == [
        ("Claire Aubanel", 3), ("Nations unies", 2), ("Paul Marchal", 1),
    ]  # fmt: skip
    assert catalogue.listed(library.connection, limit=1, offset=1) == everything[1:2]
    assert [line.name for line in catalogue.listed(library.connection, kind="institution")] == ["Nations unies"]


def test_nobody_is_told_plainly(library: Library) -> None:
    for ask in (lambda: catalogue.page(library.connection, 99), lambda: catalogue.find(library.connection, "#99")):
        with pytest.raises(LibraryError, match="#99"):
            ask()


def test_every_look_up_goes_by_an_index(library: Library) -> None:
    count = library.connection.execute
    for query in (
        "SELECT * FROM source_name WHERE written = ? AND kind = ? AND gender = ? AND month = ?",
        "SELECT * FROM source_name WHERE cluster = ?",
        "SELECT * FROM source_name WHERE block = ? AND shape = 'full' AND given >= ? AND given < ?",
        "SELECT * FROM source_name WHERE given = ? AND shape = 'bare'",
        "SELECT * FROM source_link WHERE name = ?",
        "SELECT * FROM source_presence WHERE block = ? AND month IN (?, ?, ?)",
        "SELECT * FROM source_claim WHERE cluster = ?",
        "SELECT * FROM source_acronym WHERE acronym = ?",
        "SELECT * FROM source WHERE key = ?",
    ):
        plan = count(f"EXPLAIN QUERY PLAN {query}", [""] * query.count("?")).fetchall()
        assert all("SEARCH" in row[3] for row in plan), plan
