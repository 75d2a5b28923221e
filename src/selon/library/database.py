"""The SQLite file of a library: opened, checked, and brought to the newest schema.

`schema.sql` is the whole schema, for a new file. A file of an older schema goes through the numbered migrations it has
not had, each in a transaction of its own; SQLite's `user_version` says which was the last. A test holds the two to the
same result.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from time import monotonic, sleep

_APPLICATION = 0x53656C6F  # "Selo": SQLite's application_id, by which a file is known for a library
_WAIT_MS = 10_000
_NUMBERED = re.compile(r"(\d{4})_\w+\.sql")


class LibraryError(Exception):
    """A library that cannot be opened or used as asked: says which file, what is wrong and what to do."""


def connect(path: Path, *, create: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the library in a file, brought to the newest schema unless it is only to be read.

    Raises LibraryError where there is no such file (unless `create`), or it is none of Selon's, is damaged, or was
    made by a newer Selon.
    """
    if not create and not path.is_file():
        raise LibraryError(f"{path}: there is no library; selon add makes one")
    if create and not path.parent.is_dir():
        raise LibraryError(f"{path}: there is no folder {path.parent}")
    mode = _unchanging(path) if read_only else "mode=rwc" if create else "mode=rw"
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        _prepare(connection, path, read_only=read_only)
    except sqlite3.Error as error:
        raise LibraryError(f"{path}: {error}") from error
    return connection


def _unchanging(path: Path) -> str:
    """How to open a library that is only to be read. In a folder where nothing can be written SQLite could not make
    the files it reads beside a library; nobody writes to that one, so it can do without."""
    beside = path.with_name(f"{path.name}-wal")
    return "mode=ro" if beside.exists() or os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    version = _pragma(connection, "user_version")
    empty = _is_empty(connection)
    if not empty and _pragma(connection, "application_id") != _APPLICATION:
        raise LibraryError(f"{path}: this is an SQLite file, but no library of Selon's")
    if version > newest():
        raise LibraryError(f"{path}: a newer Selon made this library (schema {version}); this one knows {newest()}")
    if read_only:
        if empty:
            raise LibraryError(f"{path}: there is nothing in this file; selon add makes a library of it")
        if version < newest():
            raise LibraryError(f"{path}: an older Selon made this library; any command that writes, such as "
                               "selon reread, brings it up to date")  # fmt: skip
        return
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    if empty:
        with transaction(connection):
            if _is_empty(connection):  # another program may have made it in the meantime
                run_script(connection, schema())
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {newest()}")
    migrate(connection, _pragma(connection, "user_version"))


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once. Where another program makes this very change, SQLite does not wait."""
    until = monotonic() + _WAIT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run the migrations after `version`, each in a transaction, but for those that another program has run."""
    for number, script in migrations():
        if number > version:
            with transaction(connection):
                if number > _pragma(connection, "user_version"):
                    run_script(connection, script)
                    connection.execute(f"PRAGMA user_version = {number}")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that happens inside is kept, or, where anything is raised, nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def schema() -> str:
    """The whole schema, as a new file gets it."""
    return (_folder() / "schema.sql").read_text("utf-8")


def migrations() -> list[tuple[int, str]]:
    """The migrations in order, by number."""
    numbered = ((_NUMBERED.fullmatch(entry.name), entry) for entry in (_folder() / "migrations").iterdir())
    return sorted((int(match.group(1)), entry.read_text("utf-8")) for match, entry in numbered if match)


def newest() -> int:
    """The number of the last migration."""
    return migrations()[-1][0]


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """The statements of a script one by one: executescript would end the transaction they are to be in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _folder() -> Traversable:
    return resources.files("selon.library")
