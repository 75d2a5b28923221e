"""Readings kept and found again: a library of articles in one SQLite file."""

from selon.library.database import LibraryError
from selon.library.store import Added, Library, Version

__all__ = ["Added", "Library", "LibraryError", "Version"]
