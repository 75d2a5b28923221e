"""Echoes of a library: found when an article is added, kept right when one is changed or taken out, and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from selon import cli
from selon.articles.inputs import InputOptions, Loaded, read_inputs
from selon.library import Library
from selon.library.echo_views import echo_list, echo_of, echoes_in
from selon.reader import Reader
from selon.types import Article, Reading
from tests.conftest import EXAMPLES
from tests.library import article, read

FOUND = ("echo", "echo_key", "echo_text", "echo_group", "echo_member", "wire_copy", "copy_key")

WIRE = (
    "La mairie d’Orvaux a fermé lundi, au-dessus de la Vourne, la passerelle des Tanneurs, qui penchait.\n"
    "« Nous ne prendrons aucun risque avec deux cents écoliers par jour », a déclaré la maire, Odile Brassart, "
    "devant la passerelle. Selon le bureau d’études Kerjan, la réparation durera trois mois et coûtera un million."
)
LATER = (
    "Colère à Orvaux depuis lundi, où la passerelle des Tanneurs, sur la Vourne, est fermée. « Nous ne prendrons aucun "
    "risque avec trois cents écoliers par jour », affirme la maire, Odile Brassart, que l’opposition attaque."
)
ABROAD = (
    "The footbridge of the Tanneurs over the Vourne in Orvaux has been closed since Monday, as Kerjan had advised.\n"
    "“We will take no risk with two hundred schoolchildren a day,” said Odile Brassart, the mayor of Orvaux."
)


@cache
def orvaux() -> tuple[Reading, ...]:
    """A wire story, a copy of it, a later story that changes a number, and one in English."""
    return tuple(
        read(
            _story(WIRE, "Agence Sillon", "2025-04-07T08:00:00+02:00"),
            _story(f"ORVAUX - {WIRE}", "Le Canal", "2025-04-07T10:00:00+02:00"),
            _story(LATER, "La Voix des Tanneurs", "2025-04-08T07:00:00+02:00"),
            _story(ABROAD, "The Weir", "2025-04-08T09:00:00+01:00", language="en"),
        )
    )


def _story(text: str, outlet: str, published: str, *, language: str = "fr") -> Article:
    url = f"https://{outlet.lower().replace(' ', '-')}.example/orvaux"
    return article(text, language=language, title="Orvaux : passerelle fermée", outlet=outlet, url=url,
                   published=published)  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library of six outlets that stands among the examples."""
    given = [str(EXAMPLES / "library.jsonl")]
    loaded = [item for item in read_inputs(given, InputOptions()) if isinstance(item, Loaded)]
    with Library.open(tmp_path_factory.mktemp("large") / "library.sqlite", create=True) as opened:
        opened.add(list(Reader().read_many(loaded)))
        yield opened


def everything(library: Library) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted(library.connection.execute(f"SELECT * FROM {name}")) for name in FOUND}


def said(library: Library, words: str) -> int:
    """The row of the first statement that has these words."""
    for row, text in library.connection.execute(
        "SELECT statement.id, substr(text, first + 1, last - first) FROM statement "
        "JOIN version ON version.id = version ORDER BY statement.id"
    ):
        if words in text:
            return int(row)
    raise AssertionError(words)


def test_one_statement_over_its_articles_from_the_first_to_the_misquoted(library: Library) -> None:
    library.add(orvaux())
    view = echo_of(library.connection, said(library, "deux cents écoliers"))
    assert view is not None
    assert [one.outlet for one in view.variants] == ["Agence Sillon", "Le Canal", "La Voix des Tanneurs", "The Weir"]
    first, copy, later, abroad = view.variants
    assert (first.origin, first.relation, first.runs) == (None, None, ())
    assert (copy.relation, copy.copy_of) == ("same", first.article)
    assert (later.relation, later.copy_of) == ("misquoted", None)
    assert ("number", "deux cents", "trois cents") in [(one.kind, one.one, one.other) for one in later.differences]
    assert abroad.relation == "translated"
    assert view.independent == 3
    origin = next(one for one in view.variants if one.statement == later.origin)
    changed = [
        (origin.text[run.start : run.end].strip(), later.text[run.other_start : run.other_end].strip())
        for run in later.runs
        if run.kind != "kept"
    ]
    assert changed == [("deux cents", "trois cents")]


def test_any_variant_leads_to_its_echo_and_what_stands_once_to_none(library: Library) -> None:
    added = library.add(orvaux())
    view = echo_of(library.connection, said(library, "trois cents écoliers"))
    assert view is not None
    assert view == echo_of(library.connection, view.echo)
    assert set(echoes_in(library.connection, added[3].version).values()) == {view.echo}
    assert echo_of(library.connection, 99_999) is None


def test_the_list_counts_copies_apart_and_may_be_of_one_source(library: Library) -> None:
    library.add(orvaux())
    (only,) = echo_list(library.connection)
    assert (only.sources, only.articles, only.independent, only.languages, only.misquoted) == (
        ("Odile Brassart",), 4, 3, 2, 1,
    )  # fmt: skip
    assert echo_list(library.connection, misquoted=True) == [only]
    assert echo_list(library.connection, offset=1) == []
    of = dict(library.connection.execute("SELECT name, id FROM source"))
    assert only in echo_list(library.connection, sources=[of["Odile Brassart"]])
    assert only not in echo_list(library.connection, sources=[of["Kerjan"]])


def test_reading_again_finds_the_same(library: Library) -> None:
    added = library.add(orvaux())
    before = everything(library)
    assert all(before.values())
    library.replace([(one.version, reading) for one, reading in zip(added, orvaux(), strict=True)])
    assert everything(library) == before


def test_whichever_article_comes_first_the_echoes_are_the_same(library: Library, tmp_path: Path) -> None:
    library.add(orvaux())
    with Library.open(tmp_path / "other.sqlite", create=True) as other:
        for reading in reversed(orvaux()):
            other.add([reading])
        for words in ("deux cents écoliers", "la réparation durera"):
            views = [echo_of(one.connection, said(one, words)) for one in (library, other)]
            told = [[(one.outlet, one.relation, one.text) for one in view.variants] if view else [] for view in views]
            assert told[0] == told[1]
            assert told[0]


def test_what_is_taken_out_leaves_the_others_together(library: Library) -> None:
    added = library.add(orvaux())
    library.remove(added[0].article)
    view = echo_of(library.connection, said(library, "deux cents écoliers"))
    assert view is not None
    assert [one.outlet for one in view.variants] == ["Le Canal", "La Voix des Tanneurs", "The Weir"]
    assert view.variants[0].copy_of is None
    for one in added[1:]:
        library.remove(one.article)
    assert not any(everything(library).values())


def test_a_new_version_takes_the_place_of_the_old_one(library: Library) -> None:
    library.add(orvaux()[:3])
    withdrawn = read(_story("La passerelle d’Orvaux a rouvert.", "La Voix des Tanneurs", "2025-04-09"))
    library.add(withdrawn)
    view = echo_of(library.connection, said(library, "deux cents écoliers"))
    assert view is not None
    assert [one.outlet for one in view.variants] == ["Agence Sillon", "Le Canal"]


def test_a_statement_corrected_to_none_is_no_variant(library: Library) -> None:
    library.add(orvaux())
    reading = library.reading(3)
    this = next(one for one in reading.statements if "trois cents" in one.content[0].text)
    without = tuple(one for one in reading.statements if one is not this)
    library.replace([(3, msgspec.structs.replace(reading, statements=without))])
    view = echo_of(library.connection, said(library, "deux cents écoliers"))
    assert view is not None
    assert "La Voix des Tanneurs" not in [one.outlet for one in view.variants]


def test_the_example_library_has_echoes_over_outlets_and_languages(large: Library) -> None:
    found = echo_list(large.connection, limit=500)
    assert len(found) > 30
    assert any(one.languages == 2 for one in found)
    assert any(one.articles > one.independent for one in found)
    for one in found[:40]:
        view = echo_of(large.connection, one.echo)
        assert view is not None
        assert len({variant.article for variant in view.variants}) == one.articles
        assert [variant.origin for variant in view.variants if variant.origin is None] == [None]
        for variant in view.variants:
            version = large.version(variant.version)
            assert variant.text.split(" ")[0] in version.content.text[variant.start : variant.end]


def test_the_command_lists_echoes_and_shows_one(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add(orvaux())
    monkeypatch.setenv("SELON_LIBRARY", str(library.path))

    def selon(*arguments: str) -> str:
        result = CliRunner().invoke(cli.app, ["echoes", *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    (line,) = json.loads(selon("--format", "json"))
    assert "4 (3 own)" in selon("--source", "odile brassart")
    assert selon().endswith("1 to 1 of 1.\n")
    assert selon("--source", "Nobody Known") == "No echoes found.\n"
    shown = selon(str(line["echo"]))
    assert "2025-04-07T08:00  Agence Sillon  Odile Brassart  first seen  (article 1)" in shown
    assert "[-deux cents-] {+trois cents+} écoliers" in " ".join(shown.split())
    assert "number: deux cents → trois cents" in shown
    missing = CliRunner().invoke(cli.app, ["echoes", "99999"])
    assert (missing.exit_code, missing.stderr) == (
        1, f"selon: 99999: there is no such echo in {library.path}; selon echoes lists them\n",
    )  # fmt: skip
