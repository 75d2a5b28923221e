"""The library's file: articles, versions, readings, the rows that follow from them, and older files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from selon.library import Library, LibraryError, database
from selon.library.packed import pack, unpack
from selon.types import Reading
from tests.library import DAM, article, dam, dam_later, ferry, read

ROWS = ("article", "version", "reading", "statement", "said", "article_source", "source", "correction")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite", create=True) as opened:
        yield opened


def counts(library: Library) -> dict[str, int]:
    return {name: library.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ROWS}


def whole(library: Library) -> None:
    """Nothing in the file contradicts itself."""
    assert library.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert library.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_added_comes_back_as_it_was(library: Library) -> None:
    added = library.add([dam(), ferry()])
    assert [one.outcome for one in added] == ["new", "new"]
    assert [library.reading(one.version) for one in added] == [dam(), ferry()]
    assert counts(library)["statement"] == len(dam().statements) + len(ferry().statements)
    whole(library)


def test_adding_the_same_again_changes_nothing(library: Library) -> None:
    library.add([dam(), dam(), ferry()])
    before = "\n".join(library.connection.iterdump())
    assert [one.outcome for one in library.add([dam(), ferry()])] == ["known", "known"]
    assert "\n".join(library.connection.iterdump()) == before
    assert library.knows(dam().article)
    assert not library.knows(dam_later().article)


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_readable(library: Library) -> None:
    (first,), (second,) = library.add([dam()]), library.add([dam_later()])
    assert second.outcome == "changed"
    assert second.article == first.article
    assert [(one.number, one.current) for one in library.versions(first.article)] == [(2, True), (1, False)]
    assert library.reading(first.version) == dam()
    current = library.current(first.article)
    assert current is not None
    assert library.reading(current.id) == dam_later()
    assert counts(library)["statement"] == len(dam_later().statements)
    # The first text comes by again, from an archive: it is known, and the newest stays the newest.
    assert library.add([dam()])[0].outcome == "known"
    assert library.current(first.article) == current
    whole(library)


def test_articles_without_an_address_are_known_by_their_text(library: Library) -> None:
    other = read(article("Rien ne va plus, a dit le maire.", url=None))[0]
    assert {one.article for one in library.add([ferry(), other])} == {1, 2}
    assert library.find_article(other.article.id) == 2


def test_an_article_is_found_by_number_address_or_id(library: Library) -> None:
    library.add([ferry(), dam()])
    for name in ("2", "https://messager.example/vernoux", "https://messager.example/vernoux#haut", dam().article.id):
        assert library.find_article(name) == 2
    with pytest.raises(LibraryError, match="no such article"):
        library.find_article("3")


def test_removing_an_article_leaves_nothing_of_it(library: Library) -> None:
    library.add([dam()])
    library.add([dam_later()])
    library.remove(1)
    assert set(counts(library).values()) == {0}
    whole(library)


def test_a_newer_reading_takes_the_place_of_the_old_one_and_rows_keep_their_ids(library: Library) -> None:
    (added,) = library.add([dam()])
    ids = dict(library.connection.execute("SELECT first, id FROM statement"))
    without_the_first = msgspec.structs.replace(dam(), statements=dam().statements[1:])
    library.replace([(added.version, without_the_first)])
    now = dict(library.connection.execute("SELECT first, id FROM statement"))
    assert now == {first: row for first, row in ids.items() if first != dam().statements[0].content[0].start}
    assert library.reading(added.version) == without_the_first
    whole(library)


def test_a_reading_that_cannot_be_kept_leaves_the_library_as_it_was(library: Library) -> None:
    broken = msgspec.structs.replace(ferry(), statements=(msgspec.structs.replace(ferry().statements[0], content=()),))
    with pytest.raises(IndexError):
        library.add([dam(), broken])
    assert set(counts(library).values()) == {0}


def test_the_schema_is_what_the_migrations_make_one_after_another(tmp_path: Path) -> None:
    by_migrations = sqlite3.connect(tmp_path / "migrated.sqlite", isolation_level=None)
    database.migrate(by_migrations, 0)
    with Library.open(tmp_path / "new.sqlite", create=True) as new:
        assert _schema(by_migrations) == _schema(new.connection)
        assert new.connection.execute("PRAGMA user_version").fetchone() == (database.newest(),)
    by_migrations.close()


def test_a_library_of_an_older_schema_is_brought_up_to_date_and_its_rows_are_made(tmp_path: Path) -> None:
    path = tmp_path / "older.sqlite"
    _older(path, dam())
    with pytest.raises(LibraryError, match="older Selon"):
        Library.open(path, read_only=True)
    with Library.open(path) as library, Library.open(tmp_path / "new.sqlite", create=True) as new:
        new.add([dam()])
        assert library.reading(1) == dam()
        assert counts(library) == counts(new)
        whole(library)


def _older(path: Path, reading: Reading) -> None:
    """A library as it was before all but the first migration, with the reading of one article."""
    connection = sqlite3.connect(path, isolation_level=None)
    database.run_script(connection, database.migrations()[0][1])
    connection.execute("PRAGMA application_id = 0x53656C6F")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO article VALUES (1, ?, '2026-01-01')", (reading.article.url,))
    connection.execute(
        "INSERT INTO version (id, article, number, current, hash, language, title, byline, section, outlet, "
        "shown_outlet, url, published, day, text, added) "
        "VALUES (1, 1, 1, 1, ?, 'fr', ?, ?, NULL, ?, ?, ?, ?, ?, ?, '2026-01-01')",
        (reading.article.id, reading.article.title, json.dumps(reading.article.byline), reading.article.outlet,
         reading.article.outlet, reading.article.url, reading.article.published, reading.article.published,
         reading.article.text),
    )  # fmt: skip
    models = json.dumps(reading.engine.models)
    connection.execute(
        "INSERT INTO reading VALUES (1, ?, ?, ?, '2026-01-01')", (reading.engine.version, models, pack(reading))
    )
    connection.close()


def test_a_migration_that_breaks_off_leaves_the_schema_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite"
    Library.open(path, create=True).close()
    broken = (database.newest() + 1, "CREATE TABLE half (id INTEGER);\nCREATE TABLE article (id INTEGER);\n")
    monkeypatch.setattr(database, "migrations", lambda: [broken])
    with pytest.raises(LibraryError, match="already exists"):
        Library.open(path)
    monkeypatch.undo()
    with Library.open(path) as library:
        assert not library.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "there is no library; selon add makes one"),
        (lambda path: path.write_bytes(b"this is not a database at all, but long enough" * 20), "not a database"),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE cats (name)").connection.close(), "no library of"),
    ],
)  # fmt: skip
def test_what_is_no_library_is_refused_in_one_line(tmp_path: Path, make: object, said: str) -> None:
    path = tmp_path / "thing.sqlite"
    assert callable(make)
    make(path)
    with pytest.raises(LibraryError, match=said) as refused:
        Library.open(path)
    assert "\n" not in str(refused.value)


def test_a_library_in_a_folder_where_nothing_can_be_written_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept" / "library.sqlite"
    path.parent.mkdir()
    with Library.open(path, create=True) as library:
        library.add([dam()])
    path.parent.chmod(0o555)  # not enough against a superuser, so the question is answered for it too
    monkeypatch.setattr("selon.library.database.os.access", lambda *_: False)
    with Library.open(path, read_only=True) as library:
        assert library.reading(1) == dam()
        assert [one.name for one in path.parent.iterdir()] == ["library.sqlite"]
    path.parent.chmod(0o755)


def test_programs_that_make_one_library_at_once_all_have_it(tmp_path: Path) -> None:
    together = Barrier(4)

    def opened(number: int) -> int:
        together.wait()
        with Library.open(tmp_path / f"{number}.sqlite", create=True) as library:
            return library.count()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(opened, [number for number in range(8) for _ in range(4)])) == [0] * 32


def test_a_library_of_a_newer_selon_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite"
    with Library.open(path, create=True) as library:
        library.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryError, match="a newer Selon"):
        Library.open(path)


def test_a_reading_is_packed_smaller_than_its_record_and_unpacked_whole(examples: list[Reading]) -> None:
    for reading in examples:
        packed = pack(reading)
        assert unpack(packed, reading.article) == reading
        assert len(packed) * 3 < len(msgspec.json.encode(reading))


def test_the_hostile_reading_is_kept_as_it_is(library: Library, hostile: Reading) -> None:
    (added,) = library.add([hostile])
    assert library.reading(added.version) == hostile


@given(some.text(alphabet=some.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_can_be_kept(text: str) -> None:
    whole_text = f"{DAM}\n{text}"
    reading = read(article(whole_text, title=text, outlet=text, url=text))[0]
    with Library(Path("memory"), _memory()) as library:
        (added,) = library.add([reading])
        assert library.reading(added.version) == reading


def _memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    database.migrate(connection, 0)
    return connection


def _schema(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    return sorted(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
