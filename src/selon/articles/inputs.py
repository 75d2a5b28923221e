"""What the command line may be given, one article after another: files, folders, URLs, standard input.

Nothing raises: an input that cannot be read comes as an `InputFailure` that says why, and the next one follows.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from charset_normalizer import from_bytes

from selon.articles.article import make_article
from selon.articles.fetch import FetchError, fetch
from selon.articles.html import UnreadablePage, article_from_html
from selon.articles.languages import detect_language
from selon.articles.text import article_from_text
from selon.language import codes
from selon.types import Article

_LARGEST = 50_000_000
_HTML = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
_SUFFIXES = (*_HTML, ".txt", ".text", ".md", ".jsonl", ".txt.gz", ".jsonl.gz")
_SNIFF = 2_000


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


class _Unreadable(ValueError):
    """The reason why an input gives no article."""


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
        yield from _read_input(name, options)


def _read_input(name: str, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    try:
        if name == "-":
            yield _document(name, sys.stdin.buffer.read(_LARGEST + 1), options, name="")
        elif name.lower().startswith(("http://", "https://")):
            page = fetch(name, allow_private=options.allow_private)
            yield _document(name, page.data, options, name=".html" if "html" in page.content_type else "", url=page.url)
        elif "://" in name.split("/", 1)[0] + "/":
            yield InputFailure(name, "only http and https URLs are fetched")
        elif Path(name).is_dir():
            yield from _read_folder(Path(name), options)
        else:
            yield from _read_file(Path(name), options)
    except (_Unreadable, FetchError, OSError) as error:
        yield InputFailure(name, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error)


def _read_folder(folder: Path, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    """The files of a folder and of those in it, by name; hidden ones are left out."""
    found = False
    for base, folders, files in os.walk(folder):
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        for file in sorted(files):
            if file.startswith(".") or not file.lower().endswith(_SUFFIXES):
                continue
            found = True
            path = Path(base) / file
            try:
                yield from _read_file(path, options)
            except (_Unreadable, OSError) as error:
                yield InputFailure(str(path), _reason(error))
    if not found:
        yield InputFailure(str(folder), f"there is no file in it that could be read ({', '.join(_SUFFIXES)})")


def _read_file(path: Path, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    lower = path.name.lower()
    if lower.endswith((".jsonl", ".jsonl.gz")):
        yield from _read_lines(path, options)
        return
    if path.stat().st_size > _LARGEST:
        raise _Unreadable(f"it is larger than {_LARGEST // 1_000_000} MB")
    data = path.read_bytes()
    if lower.endswith(".gz"):
        data = _decompressed(data)
        lower = lower.removesuffix(".gz")
    yield _document(str(path), data, options, name=lower)


def _decompressed(data: bytes) -> bytes:
    """A gzip file's content, as far as the limit goes."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = stream.decompress(data, _LARGEST + 1)
    except zlib.error as error:
        raise _Unreadable("it is no gzip file, or a damaged one") from error
    if len(plain) > _LARGEST:
        raise _Unreadable(f"it is larger than {_LARGEST // 1_000_000} MB when it is unpacked")
    if not stream.eof:
        raise _Unreadable("it is a gzip file that breaks off")
    return plain


def _document(input: str, data: bytes, options: InputOptions, *, name: str, url: str | None = None) -> Loaded | InputFailure:
    """One document, HTML or plain text by its name or its first bytes."""
    if len(data) > _LARGEST:
        raise _Unreadable(f"it is larger than {_LARGEST // 1_000_000} MB")
    if not data.strip():
        raise _Unreadable("it is empty")
    if options.language is not None and options.language not in codes():
        raise _Unreadable(f"there is no language {options.language!r}; there are: {', '.join(codes())}")
    text = decode(data)
    warnings: list[str] = []
    if (name.endswith(_HTML) or (not name and _looks_like_html(text))) and not options.plain:
        try:
            article = article_from_html(text, url=url, language=options.language)
        except UnreadablePage as error:
            raise _Unreadable(str(error)) from error
    else:
        article = article_from_text(text, plain=options.plain, language=options.language, url=url)
    if not article.text.strip():
        raise _Unreadable("there is no text in it")
    if options.language is None and not detect_language(article.text)[1]:
        warnings.append(f"the language could not be told; it was read as {article.language!r}: --language says which")
    return Loaded(input, article, tuple(warnings))


def decode(data: bytes) -> str:
    """The text of bytes in whatever encoding. Raises an error with its reason where it is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _Unreadable(f"it begins as {encoding} but is not") from error
    if b"\x00" in data:
        raise _Unreadable("it is a binary file, no text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data[:200_000]).best()
        encoding = best.encoding if best is not None else None
        if encoding is None:
            raise _Unreadable("it is a binary file, or text in an encoding that could not be told") from None
        if encoding in ("cp1250", "cp1254", "cp1257", "latin_1", "iso8859_15", "cp1258", "mac_roman", "cp1252"):
            encoding = "cp1252"  # what Western pages mean by all of these
        text = data.decode(encoding, errors="replace")
    controls = sum(character < " " and character not in "\n\r\t\f\v" for character in text[:_SNIFF])
    if controls > 0.02 * len(text[:_SNIFF]):
        raise _Unreadable("it is a binary file, no text")
    return text


def _looks_like_html(text: str) -> bool:
    start = text[:_SNIFF].lower().lstrip("\ufeff \t\r\n")
    return start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<!--")) or "<html" in start or "</p>" in start


def _read_lines(path: Path, options: InputOptions) -> Iterator[Loaded | InputFailure]:
    """The articles of a .jsonl file, one a line."""
    opened = gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")
    with opened as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            name = f"{path}:{number}"
            try:
                yield _row(name, line, options)
            except _Unreadable as error:
                yield InputFailure(name, str(error))


def _row(name: str, line: bytes, options: InputOptions) -> Loaded:
    try:
        row = msgspec.json.decode(line, type=_Row)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _Unreadable(f"this line is no article in JSON: {error}") from error
    if not row.text.strip():
        raise _Unreadable("its text is empty")
    detected, certain = detect_language(row.text)
    language = options.language or row.language or detected
    if language not in codes():
        raise _Unreadable(f"there is no language {language!r}; there are: {', '.join(codes())}")
    byline = [row.byline] if isinstance(row.byline, str) else row.byline or []
    article = make_article(
        row.text, language=language, title=row.title or row.headline, byline=byline, section=row.section,
        outlet=row.outlet, url=row.url, published=row.published or row.date,
    )  # fmt: skip
    told = certain or options.language or row.language
    return Loaded(name, article, () if told else (f"the language could not be told; it was read as {language!r}",))
