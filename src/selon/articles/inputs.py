"""What the command line may be given, one article after another: files, folders, URLs, standard input.

Nothing raises: an input that cannot be read comes as an `InputFailure` that says why, and the next one follows.
"""

from __future__ import annotations

import gzip
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import msgspec

from selon.articles import decoding
from selon.articles.article import make_article
from selon.articles.decoding import UnreadableError, checked_size, decode, is_packed, unpacked
from selon.articles.fetch import FetchError, fetch
from selon.articles.html import UnreadablePageError, article_from_html
from selon.articles.languages import detect_language
from selon.articles.published import iso_date
from selon.articles.text import article_from_text
from selon.language import codes, load
from selon.types import Article

_HTML = (".html", ".htm", ".xhtml")
_LINES = (".jsonl", ".jsonl.gz")
_SUFFIXES = (*_HTML, ".html.gz", ".htm.gz", ".txt", ".text", ".txt.gz", *_LINES)
_SNIFF = 2_000
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


class Loaded(NamedTuple):
    """An article as an input gave it, with what was odd about it."""

    input: str
    article: Article
    warnings: tuple[str, ...] = ()


class InputFailure(NamedTuple):
    """An input that could not be read, and why."""

    input: str
    reason: str


class InputOptions(msgspec.Struct, frozen=True):
    """How inputs are read: as they stand, in a given language, from hosts that are not public too."""

    plain: bool = False
    language: str | None = None
    allow_private: bool = False


class _Row(msgspec.Struct):
    """One article of a .jsonl file. `headline` is read as a title, `date` as a day of publication."""

    text: str
    title: str | None = None
    headline: str | None = None
    url: str | None = None
    published: str | None = None
    date: str | None = None
    language: str | None = None
    section: str | None = None
    outlet: str | None = None
    byline: str | list[str] | None = None


def read_inputs(inputs: Iterable[str], options: InputOptions) -> Iterator[Loaded | InputFailure]:
    """The articles of all inputs, in their order, as they are read."""
    for name in inputs:
        try:
            yield from _read_input(name, options)
        except (UnreadableError, FetchError, OSError) as error:
            yield InputFailure(name, _reason(error))


def _read_input(name: str, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    scheme = _SCHEME.match(name)
    if name == "-":
        yield _document(name, sys.stdin.buffer.read(decoding.LARGEST + 1), options)
    elif scheme and scheme.group(1).lower() in ("http", "https"):
        page = fetch(name, allow_private=options.allow_private)
        yield _document(name, page.data, options, content_type=page.content_type, url=page.url)
    elif scheme:
        raise UnreadableError("only http and https URLs are fetched")
    elif not _is_file_name(name):
        raise UnreadableError("there is no such file or folder")
    elif Path(name).is_dir():
        yield from _read_folder(Path(name), options)
    else:
        yield from _read_file(Path(name), options)


def is_article_file(name: str) -> bool:
    """Whether a file of a folder is read, by its name."""
    return not name.startswith(".") and name.lower().endswith(_SUFFIXES)


def is_lines_file(name: str) -> bool:
    """Whether a file has one article a line, by its name."""
    return name.lower().endswith(_LINES)


def _is_file_name(name: str) -> bool:
    """Whether the system could have a file of that name; asking it for another raises ValueError."""
    try:
        return b"\x00" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


# --- files and folders


def _read_folder(folder: Path, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    """The files of a folder and of those in it, by name; hidden ones and what is no file are left out."""
    closed: list[OSError] = []
    found = False
    for base, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        for path in (Path(base) / file for file in sorted(files)):
            if not is_article_file(path.name) or not path.is_file():
                continue
            found = True
            try:
                yield from _read_file(path, options)
            except (UnreadableError, OSError) as error:
                yield InputFailure(str(path), _reason(error))
    yield from (InputFailure(str(error.filename), _reason(error)) for error in closed)
    if not found and not closed:
        raise UnreadableError(f"there is no file in it that could be read ({', '.join(_SUFFIXES)})")


def _read_file(path: Path, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    if is_lines_file(path.name):
        yield from _read_lines(path, options)
        return
    with path.open("rb") as file:
        data = checked_size(file.read(decoding.LARGEST + 1))
    if path.suffix.lower() == ".gz" and data:
        data = unpacked(data)
    yield _document(str(path), data, options, suffix=Path(path.name.lower().removesuffix(".gz")).suffix)


# --- one document


def _document(
    name: str,
    data: bytes,
    options: InputOptions,
    *,
    suffix: str = "",
    content_type: str = "",
    url: str | None = None,
) -> Loaded:
    """One document, HTML or plain text by its suffix, its content type or its first bytes."""
    if is_packed(data):
        data = unpacked(data)
    checked_size(data)
    if not data.strip():
        raise UnreadableError("it is empty")
    _check_language(options.language)
    text = decode(data, content_type)
    is_html = suffix in _HTML or "html" in content_type or (not suffix and _looks_like_html(text))
    if is_html and not options.plain:
        try:
            article = article_from_html(text, url=url, language=options.language)
        except UnreadablePageError as error:
            raise UnreadableError(str(error)) from error
    else:
        article = article_from_text(text, plain=options.plain, language=options.language, url=url)
    if not article.text.strip():
        raise UnreadableError("there is no text in it")
    certain = options.language is not None or detect_language(article.text)[1]
    return Loaded(name, article, _warnings(article.language, certain=certain))


def _check_language(language: str | None) -> None:
    if language is not None and language not in codes():
        raise UnreadableError(f"there is no language {language!r}; there are: {', '.join(codes())}")


def _warnings(language: str, *, certain: bool) -> tuple[str, ...]:
    told = f"the language could not be told; it was read as {language!r}: --language says which"
    return () if certain else (told,)


def _looks_like_html(text: str) -> bool:
    start = text[:_SNIFF].lower().lstrip("\ufeff \t\r\n")
    opens = start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<!--"))
    return opens or "<html" in start or "</p>" in start


# --- lines


def _read_lines(path: Path, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    """The articles of a .jsonl file, one a line; a line, as any document, is held to the limit of size."""
    with ExitStack() as stack:
        file: BinaryIO = stack.enter_context(path.open("rb"))
        if path.suffix.lower() == ".gz":
            file = cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=file)))
        number = 0
        while True:
            number += 1
            name = f"{path}:{number}"
            try:
                line = _line(file)
                if not line:
                    return
                if line.strip():
                    yield _row(name, line, options)
            except EOFError as error:
                raise UnreadableError("it is a gzip file that breaks off") from error
            except (gzip.BadGzipFile, zlib.error) as error:
                raise UnreadableError("it is no gzip file, or a damaged one") from error
            except UnreadableError as error:
                yield InputFailure(name, str(error))


def _line(file: BinaryIO) -> bytes:
    """The next line; what is longer than the limit is passed over and refused."""
    line = file.readline(decoding.LARGEST + 1)
    if len(line) > decoding.LARGEST:
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(decoding.LARGEST)
    return checked_size(line)


def _row(name: str, line: bytes, options: InputOptions) -> Loaded:
    try:
        row = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=_Row)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(f"this line is no article in JSON: {error}") from error
    if not row.text.strip():
        raise UnreadableError("its text is empty")
    detected, certain = detect_language(row.text)
    language = options.language or row.language or detected
    _check_language(language)
    byline = [row.byline] if isinstance(row.byline, str) else row.byline or []
    article = make_article(
        row.text,
        language=language,
        title=row.title or row.headline,
        byline=byline,
        section=row.section,
        outlet=row.outlet,
        url=row.url,
        published=iso_date(row.published or row.date or "", load(language)),
    )
    told = certain or options.language is not None or row.language is not None
    return Loaded(name, article, _warnings(language, certain=told))
