"""Which names of articles are one source over a library, why, and that the order of adding changes nothing."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.library import Library
from selon.library.sources.folding import folded, given_key, surname_key
from selon.library.sources.forms import form_of
from selon.types import Reading
from tests.told import Speaker, told

CASES = tomllib.loads((Path(__file__).parent / "cases" / "sources.toml").read_text("utf-8"))["case"]
Partition = frozenset[frozenset[tuple[str, str]]]


def readings(case: dict[str, Any]) -> list[Reading]:
    return [
        told(
            number,
            [Speaker(one["name"], one.get("kind", "person"), one.get("role", ""), tuple(one.get("mentions", ())))],
            day=one.get("day"),
            language=one.get("language", "fr"),
        )
        for number, one in enumerate(case["articles"], 1)
    ]


def partition(library: Library) -> Partition:
    """The sources of articles by the source they are, each known by article and number."""
    groups: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for source, key, number in library.connection.execute(
        "SELECT s.source, a.key, s.number FROM article_source s JOIN version v ON v.id = s.version "
        "JOIN article a ON a.id = v.article WHERE s.named"
    ):
        assert source is not None, f"{number} of {key} has no source"
        groups[source].add((key, number))
    return frozenset(frozenset(group) for group in groups.values())


def facts(library: Library) -> set[tuple[Any, ...]]:
    """All that is kept of sources, without the numbers of rows."""
    found = library.connection.execute(
        "SELECT s.name, s.kind, s.key, s.articles, n.written, n.gender, n.month, n.articles, n.reason FROM source s "
        "LEFT JOIN source_name n ON n.source = s.id"
    )
    return set(found)


def whole(library: Library) -> None:
    """Nothing contradicts itself, and nothing is left of what no article has."""
    count = library.connection.execute
    assert count("PRAGMA foreign_key_check").fetchall() == []
    assert count("SELECT name FROM source WHERE id NOT IN (SELECT source FROM article_source)").fetchall() == []
    assert count("SELECT written FROM source_name WHERE articles < 1 OR reason = ''").fetchall() == []
    wrong = "SELECT name FROM source WHERE articles <> (SELECT COUNT(*) FROM article_source WHERE source = source.id)"
    assert count(wrong).fetchall() == []
    links = "SELECT COUNT(*) FROM article_source WHERE named AND id NOT IN (SELECT article_source FROM source_link)"
    assert count(links).fetchone() == (0,)


def expected(case: dict[str, Any]) -> Partition:
    told_of = {number for group in case.get("one", ()) for number in group}
    alone = [[number] for number in range(1, len(case["articles"]) + 1) if number not in told_of]
    groups = [*case.get("one", ()), *alone]
    return frozenset(frozenset((f"https://port.example/{number}", "s1") for number in group) for group in groups)


@pytest.mark.parametrize("case", CASES, ids=[f"{number}-{case['group']}" for number, case in enumerate(CASES)])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    given = readings(case)
    kept = []
    for name, order in (("forth", given), ("back", given[::-1])):
        with Library.open(tmp_path / name, create=True) as library:
            for reading in order:
                library.add([reading])
            assert partition(library) == expected(case)
            whole(library)
            kept.append(facts(library))
    assert kept[0] == kept[1]


def test_no_case_stands_there_twice_and_all_are_whole() -> None:
    assert {key for case in CASES for key in case} <= {"group", "articles", "one", "note"}
    assert len({str(case["articles"]) for case in CASES}) == len(CASES)


# --- properties

GIVEN = (
    "Claire",
    "Paul",
    "P.",
    "Claude",
    "Vladimir",
    "Volodymyr",
    "Jean-Luc",
    "Jean Luc",
    "John A.",
    "John H.",
    "John",
)
SURNAMES = ("Paul", "Aubanel", "Aubannel", "Zarivsky", "Zarivskyy", "Le Goff", "de Kerlan")
BODIES = ("ONU", "UN", "OMV", "Office des marées de Vernoux", "police", "Port de Vernoux")
people = st.builds(
    lambda first, last, role: Speaker(f"{first} {last}".strip(), "person", role),
    st.sampled_from(("", "", *GIVEN)),
    st.sampled_from(SURNAMES),
    st.sampled_from(("", "", "", "directrice", "directeur")),
)
bodies = st.builds(
    lambda name, acronym: Speaker(name, "institution", "", (name, "OMV") if acronym and "Office" in name else (name,)),
    st.sampled_from(BODIES),
    st.booleans(),
)
days = st.sampled_from((None, "2024-01-05", "2024-02-20", "2024-06-01"))
libraries = st.lists(st.tuples(st.lists(people | bodies, min_size=1, max_size=3), days), min_size=1, max_size=9)


def opened(path: Path, name: str, given: Sequence[Reading]) -> Library:
    library = Library.open(path / name, create=True)
    for reading in given:
        library.add([reading])
    return library


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(articles=libraries, seed=st.randoms(use_true_random=False))
def test_the_order_of_adding_and_what_was_taken_out_again_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, articles: list[tuple[list[Speaker], str | None]], seed: Any
) -> None:
    path = tmp_path_factory.mktemp("order")
    given = [told(number, speakers, day=day) for number, (speakers, day) in enumerate(articles)]
    other = given.copy()
    seed.shuffle(other)
    gone = told(99, [Speaker("Claire Aubanel", role="directrice"), Speaker("Aubanel"), Speaker("B. Zarivsky")])
    with opened(path, "a", given) as one, opened(path, "b", [*other[:2], gone, *other[2:]]) as two:
        two.remove(two.find_article("https://port.example/99"))
        for library in (one, two):
            whole(library)
        assert partition(one) == partition(two)
        assert facts(one) == facts(two)
        two.replace([(version, reading) for version, reading in _current(two, other)])
        whole(two)
        assert facts(one) == facts(two)


def _current(library: Library, given: Sequence[Reading]) -> list[tuple[int, Reading]]:
    found = []
    for reading in given:
        version = library.current(library.find_article(str(reading.article.url)))
        assert version is not None
        found.append((version.id, reading))
    return found


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(deadline=None, derandomize=True, database=None)
@given(name=names)
def test_folding_does_not_mind_capitals_accents_and_being_done_twice(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    for key in (surname_key, given_key):
        assert key(name) == key(folded(name)) == key(folded(name).upper())


@settings(deadline=None, derandomize=True, database=None)
@given(name=names, family=st.sampled_from(("person", "body", "document")))
def test_any_text_has_a_form(name: str, family: Any) -> None:
    form = form_of(name, family)
    assert form.group.startswith(f"{family}|")
    assert form.folded or not any(letter.isalnum() for letter in name)
