"""What people decide on sources: merges, splits and the authority file hold, can be undone, and outlive a reread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from selon import cli
from selon.library import Library, LibraryError
from selon.library.sources import authority, catalogue, decisions
from selon.types import Reading
from tests.test_library_sources import facts, partition, whole
from tests.told import Speaker, told

HEAD = "id,name,aliases,kind,wikidata\n"


def given() -> list[Reading]:
    return [
        told(1, [Speaker("Claire Aubanel"), Speaker("Office des marées", "institution")], day="2024-03-01"),
        told(2, [Speaker("Claire Aubannel"), Speaker("Aubanel")], day="2024-03-02"),
        told(3, [Speaker("Paul Aubanel")], day="2024-09-02"),
        told(4, [Speaker("Tides Board", "institution")], day="2024-03-05", language="en"),
        told(5, [Speaker("John Pike")], day="2024-03-05", language="en"),
        told(6, [Speaker("John Pike")], day="2024-03-06", language="en"),
    ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        opened.add(given())
        yield opened


def names(library: Library, name: str) -> list[list[str]]:
    """The names under which articles have the sources of a name, source by source."""
    found = catalogue.find(library.connection, name)
    return sorted(sorted({seen.name for seen in catalogue.page(library.connection, line.id).names}) for line in found)


def again(library: Library) -> None:
    """Every article read again."""
    for reading in given():
        version = library.current(library.find_article(str(reading.article.url)))
        assert version is not None
        library.replace([(version.id, reading)])


def anew(library: Library) -> None:
    """Every article taken out, and put in again the other way round."""
    for reading in given():
        library.remove(library.find_article(str(reading.article.url)))
    assert library.connection.execute("SELECT COUNT(*) FROM source").fetchone() == (0,)
    for reading in reversed(given()):
        library.add([reading])


@pytest.mark.parametrize("rebuilt", [again, anew])
def test_a_merge_holds_with_all_names_of_both_outlives_a_rebuild_and_can_be_undone(
    library: Library, rebuilt: Callable[[Library], None]
) -> None:
    before = partition(library)
    decision = decisions.merge(library.connection, "Office des marées", "Tides Board", note="the same house")
    assert names(library, "Tides Board") == [["Office des marées", "Tides Board"]]
    assert catalogue.find(library.connection, "Office des marées")[0].name == "Tides Board"
    merged, kept = partition(library), facts(library)
    rebuilt(library)
    assert partition(library) == merged
    assert facts(library) == kept
    assert decisions.decisions(library.connection) == [decision]
    whole(library)
    decisions.undo(library.connection, decision.id)
    assert partition(library) == before
    assert catalogue.find(library.connection, "Office des marées")[0].name == "Office des marées"
    whole(library)


def test_a_merge_takes_the_other_spellings_along_also_those_still_to_come(library: Library) -> None:
    decisions.merge(library.connection, "Claire Aubanel", "Paul Aubanel")
    assert names(library, "Paul Aubanel") == [["Aubanel", "Claire Aubanel", "Claire Aubannel", "Paul Aubanel"]]
    library.add([told(7, [Speaker("Claire  AUBANEL")], day="2024-03-09")])
    assert len(catalogue.find(library.connection, "Claire Aubanel")) == 1
    whole(library)


def test_a_surname_alone_that_is_merged_is_that_person_at_all_times(library: Library) -> None:
    library.add([told(8, [Speaker("Aubanel")], day="2024-09-05")])
    assert len(catalogue.find(library.connection, "Aubanel")) == 2
    decisions.merge(library.connection, "Aubanel", "Claire Aubanel")
    assert [line.name for line in catalogue.find(library.connection, "Aubanel")] == ["Claire Aubanel"]
    assert names(library, "Paul Aubanel") == [["Paul Aubanel"]]


@pytest.mark.parametrize("rebuilt", [again, anew])
def test_a_name_is_split_off_everywhere(library: Library, rebuilt: Callable[[Library], None]) -> None:
    before = partition(library)
    decision = decisions.split(library.connection, "Claire Aubannel", "Claire Aubanel", label="The other Claire")
    assert names(library, "Claire Aubannel") == [["Claire Aubannel"]]
    assert catalogue.find(library.connection, "Claire Aubannel")[0].name == "The other Claire"
    split = partition(library)
    rebuilt(library)
    assert partition(library) == split
    decisions.undo(library.connection, decision.id)
    assert partition(library) == before
    whole(library)


@pytest.mark.parametrize("rebuilt", [again, anew])
def test_a_name_is_split_off_in_one_article(library: Library, rebuilt: Callable[[Library], None]) -> None:
    before = partition(library)
    key = "https://port.example/6"
    decision = decisions.split(library.connection, "John Pike", "John Pike", article=key, label="John Pike of Skerrow")
    lines = catalogue.find(library.connection, "John Pike")
    assert sorted((line.name, line.articles) for line in lines) == [("John Pike", 1), ("John Pike of Skerrow", 1)]
    split = partition(library)
    rebuilt(library)
    assert partition(library) == split
    whole(library)
    other = decisions.merge(library.connection, "John Pike of Skerrow", "Paul Aubanel")
    assert names(library, "Paul Aubanel") == [["John Pike", "Paul Aubanel"]]
    decisions.undo(library.connection, other.id)
    assert partition(library) == split
    decisions.undo(library.connection, decision.id)
    assert partition(library) == before
    whole(library)


def test_the_later_decision_holds(library: Library) -> None:
    decisions.merge(library.connection, "Office des marées", "Tides Board")
    decisions.split(library.connection, "Office des marées", "Tides Board")
    assert names(library, "Tides Board") == [["Tides Board"]]
    decisions.merge(library.connection, "Tides Board", "Office des marées")
    assert names(library, "Tides Board") == [["Office des marées", "Tides Board"]]


def test_decisions_that_cannot_be_are_refused_and_nothing_is_kept(library: Library) -> None:
    library.add([told(9, [Speaker("Tides Board", "document")])])
    file = library.connection
    for decide, message in (
        (partial(decisions.merge, file, "Nobody Here", "John Pike"), "Nobody Here: there is no source"),
        (partial(decisions.merge, file, "John Pike", "john pike"), "one name"),
        (partial(decisions.merge, file, "Tides Board", "John Pike"), "say which with --kind"),
        (partial(decisions.merge, file, "#999", "John Pike"), "there is no source #999"),
        (partial(decisions.split, file, "John Pike", "Paul Aubanel"), "John Pike is not Paul Aubanel"),
        (partial(decisions.split, file, "John Pike", "John Pike"), "its own name"),
        (partial(decisions.undo, file, 5), "there is no decision 5"),
    ):
        with pytest.raises(LibraryError, match=message):
            decide()
    assert decisions.decisions(library.connection) == []


# --- the authority file


def imported(library: Library, tmp_path: Path, rows: str) -> authority.Imported:
    path = tmp_path / "who.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return authority.import_file(library.connection, path)


def test_an_entry_joins_its_names_and_is_shown_with_its_wikidata_id(library: Library, tmp_path: Path) -> None:
    done = imported(
        library, tmp_path, "tides,Tides Board of Skerrow,Tides Board; Office des marées,institution,Q4711\n"
    )
    assert done == (1, 0, 0, 1)
    (line,) = catalogue.find(library.connection, "Tides Board")
    assert (line.name, line.wikidata) == ("Tides Board of Skerrow", "Q4711")
    page = catalogue.page(library.connection, line.id)
    assert {seen.name for seen in page.names} == {"Tides Board", "Office des marées"}
    assert page.entry == "tides"
    assert page.claimed == ("Office des marées", "Tides Board", "Tides Board of Skerrow")
    assert {seen.reason for seen in page.names} == {"entry"}
    kept = partition(library)
    anew(library)
    assert partition(library) == kept
    whole(library)


def test_the_authority_file_holds_against_decisions(library: Library, tmp_path: Path) -> None:
    decisions.merge(library.connection, "Claire Aubanel", "Paul Aubanel")
    imported(library, tmp_path, "c,Claire Aubanel,,person,\np,Paul Aubanel,,person,Q2\n")
    assert names(library, "Paul Aubanel") == [["Paul Aubanel"]]
    with pytest.raises(LibraryError, match="two entries"):
        decisions.merge(library.connection, "Claire Aubanel", "Paul Aubanel")
    with pytest.raises(LibraryError, match="authority file, which holds"):
        decisions.split(library.connection, "Claire Aubanel", "Claire Aubannel")
    imported(library, tmp_path, "")
    assert len(names(library, "Paul Aubanel")[0]) == 4


def test_an_entry_takes_the_spellings_of_its_names_along(library: Library, tmp_path: Path) -> None:
    imported(library, tmp_path, "c,Klaire Obanel,Claire Aubanel,person,\n")
    assert [line.name for line in catalogue.find(library.connection, "Claire Aubannel")] == ["Klaire Obanel"]
    library.add([told(7, [Speaker("Claire Aubanell")])])
    assert [line.name for line in catalogue.find(library.connection, "Claire Aubanell")] == ["Klaire Obanel"]


def test_a_round_trip_of_the_authority_file_is_equal(library: Library, tmp_path: Path) -> None:
    rows = (
        'a,"=SUM(1;2)".,,person,\n'.replace('"=SUM(1;2)".', "=SUM(1)")
        + "b,'=quoted,+plus; -minus; @at,institution,Q1\n"
        + 'c,"Marchal, Hélène",Helene Marchal;Helene Marchal; ,person,Q77\n'
    )
    imported(library, tmp_path, rows)
    first = authority.entries(library.connection)
    assert [(one.id, one.name, one.aliases) for one in first] == [
        ("a", "=SUM(1)", ()), ("b", "=quoted", ("+plus", "-minus", "@at")),
        ("c", "Marchal, Hélène", ("Helene Marchal",)),
    ]  # fmt: skip
    written = authority.export_file(library.connection)
    for cell in written.decode("utf-8-sig").replace("\r\n", ",").split(","):
        assert not cell.startswith(("=", "+", "-", "@"))
    (tmp_path / "again.csv").write_bytes(written)
    assert authority.import_file(library.connection, tmp_path / "again.csv") == (0, 0, 0, 3)
    assert authority.entries(library.connection) == first
    assert authority.export_file(library.connection) == written


def test_a_spreadsheet_with_semicolons_is_read_too(library: Library, tmp_path: Path) -> None:
    (tmp_path / "who.csv").write_text('id;name;kind;aliases\n1;Paul Aubanel;person;"P. Aubanel; Popaul"\n', "utf-8")
    authority.import_file(library.connection, tmp_path / "who.csv")
    assert authority.entries(library.connection)[0].aliases == ("P. Aubanel", "Popaul")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name,kind,colour\n", "line 1: there is no column 'colour'"),
        ("id,name\n", "line 1: the column 'kind' is missing"),
        ("", "line 1: the column 'id' is missing"),
        ("id,name,kind,id\n", "line 1: a column stands there twice"),
        (HEAD + "a,A,,person,\na,B,,person,\n", "line 3: the id 'a' stands in line 2 too"),
        (HEAD + "a,A,X,person,\nb,B,x; Y,person,\n", "line 3: 'x' is claimed by 'a' in line 2 too"),
        (HEAD + "a,,,person,\n", "line 2: the name is empty"),
        (HEAD + "a,A,,ghost,\n", "line 2: there is no kind 'ghost'"),
        (HEAD + "a,A,,person,42\n", "line 2: '42' is no Wikidata id"),
        (HEAD + "a,A,,person,,,\n", "line 2: there are 7 cells for 5 columns"),
        (HEAD + 'a,"A;B",,person,\n', "line 2: there is a semicolon in the name"),
        (HEAD + 'a,"A,,person,\n', "line 2: unexpected end of data"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_whole(
    library: Library, tmp_path: Path, text: str, message: str
) -> None:
    imported(library, tmp_path, "k,Kept,,person,\n")
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        authority.import_file(library.connection, tmp_path / "bad.csv")
    assert str(caught.value).startswith(f"{tmp_path / 'bad.csv'}: {message}")
    assert "\n" not in str(caught.value)
    assert [entry.id for entry in authority.entries(library.connection)] == ["k"]


# --- the command line


def selon(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli.app, ["sources", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_commands(library: Library, tmp_path: Path) -> None:
    kept = ("--library", library.path)
    table = selon("list", *kept).stdout
    assert "Claire Aubanel" in table
    assert selon("list", "--kind", "person", "--query", "pi", "--format", "csv", *kept).stdout.splitlines()[1:] == [
        f"{catalogue.find(library.connection, 'John Pike')[0].id},John Pike,person,2,"
    ]
    shown = selon("show", "Claire Aubanel", *kept).stdout
    assert "the same name in another spelling" in shown
    assert "the one person of that surname around that time" in shown
    assert "Rien de neuf au port" in shown
    assert "decision 1 is kept" in selon("merge", "Office des marées", "Tides Board", "--note", "both", *kept).stdout
    assert "both" in selon("decisions", *kept).stdout
    assert "decision 2 is kept" in selon("split", "John Pike", "--from", "John Pike", "--article", "6", *kept).stdout
    assert len(catalogue.find(library.connection, "John Pike")) == 2
    assert "taken back" in selon("undo", "2", *kept).stdout
    (tmp_path / "who.csv").write_text(HEAD + "p,Paul Aubanel,,person,Q2\n", encoding="utf-8")
    assert "1 entries; 1 new" in selon("import", tmp_path / "who.csv", *kept).stdout
    assert "Q2" in selon("show", "Paul Aubanel", *kept).stdout
    assert selon("export", tmp_path / "out.csv", *kept).exit_code == 0
    assert authority.read_entries(tmp_path / "out.csv") == authority.entries(library.connection)


def test_a_wrong_command_is_one_clear_line(library: Library, tmp_path: Path) -> None:
    kept = ("--library", library.path)
    for arguments in (
        ("show", "Nobody"), ("undo", "7"), ("merge", "Nobody", "John Pike"), ("import", tmp_path / "none.csv"),
        ("export", tmp_path / "no" / "out.csv"), ("split", "John Pike", "--from", "John Pike", "--article", "99"),
    ):  # fmt: skip
        result = selon(*arguments, *kept)
        assert result.exit_code == 1
        assert result.stderr.startswith("selon: ")
        assert result.stderr.count("\n") == 1
