"""Bytes to text: compressed or not, in whatever encoding real files and pages have.

UTF-8 goes first, for bytes of another encoding hardly ever pass for it; then what the server or the page names; then
a guess. Names of encodings are read as browsers read them (https://encoding.spec.whatwg.org/#names-and-labels).
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib

from charset_normalizer import from_bytes

LARGEST = 50_000_000  # bytes of one document
_GZIP = b"\x1f\x8b"
_HEAD = 4_000  # bytes in which a page names its encoding; browsers look at 1,024
_SAMPLE = 200_000
_SNIFF = 2_000
_NAMED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)", re.I
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LABELS = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "x-mac-roman": "mac-roman",
}
_WESTERN = ("cp1250", "cp1254", "cp1257", "cp1258", "latin_1", "iso8859_15", "mac_roman", "cp1252")
_AS_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}
_KNOWN = frozenset(
    (
        *(f"cp{number}" for number in (866, 874, 932, 949, *range(1250, 1259))),
        *(f"iso8859-{number}" for number in (*range(2, 9), 10, 11, 13, 14, 15, 16)),
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *("gb18030", "big5", "big5hkscs", "euc_jp", "iso2022_jp"),
    )
)


class UnreadableError(ValueError):
    """Why an input gives no article, in one line."""


def unpacked(data: bytes) -> bytes:
    """The content of gzip data, all its members, as far as the limit goes. Raises UnreadableError."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(LARGEST + 1)
    except EOFError as error:
        raise UnreadableError("it is a gzip file that breaks off") from error
    except (OSError, zlib.error) as error:
        raise UnreadableError("it is no gzip file, or a damaged one") from error
    return checked_size(plain, " when it is unpacked")


def checked_size(data: bytes, when: str = "") -> bytes:
    """The same bytes. Raises UnreadableError where they are more than the limit."""
    if len(data) > LARGEST:
        raise UnreadableError(f"it is larger than {LARGEST // 1_000_000} MB{when}")
    return data


def is_packed(data: bytes) -> bool:
    """Whether bytes begin as gzip data."""
    return data.startswith(_GZIP)


def decode(data: bytes, content_type: str = "") -> str:
    """The text of bytes; `content_type` is the server's. Raises UnreadableError where it is no text.

    A byte order mark is the encoding's and no character of the text.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(f"it begins as {encoding} but is not") from error
    named = _named_encodings(data, content_type)
    wide = next((encoding for encoding in named if encoding.startswith("utf-16")), None)
    if b"\x00" in data and wide is None:
        raise UnreadableError("it is a binary file, no text")
    text = _decoded(data, named) or _guessed(data)
    controls = sum(character < " " and character not in "\n\r\t\f\v" for character in text[:_SNIFF])
    if controls > 0.02 * len(text[:_SNIFF]):
        raise UnreadableError("it is a binary file, no text")
    return text


def _named_encodings(data: bytes, content_type: str) -> list[str]:
    """The encodings that the server and the page name, as Python calls them."""
    labels = [match.group(1) for match in _CHARSET.finditer(content_type)]
    labels += [(match.group(1) or match.group(2)).decode("ascii", "replace") for match in _NAMED.finditer(data[:_HEAD])]
    return [encoding for label in labels if (encoding := _encoding(label)) is not None]


def _encoding(label: str) -> str | None:
    label = label.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    name = _AS_BROWSERS.get(name, name)
    return name if name in _KNOWN else None


def _decoded(data: bytes, named: list[str]) -> str | None:
    """The text by UTF-8 or a named encoding; one with a few damaged bytes is better than a guess at the whole."""
    escapes = b"\x1b" in data  # an encoding that switches by escapes looks like ASCII
    encodings = [*named, "utf-8"] if escapes or b"\x00" in data else ["utf-8", *named]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in encodings:
        text = data.decode(encoding, errors="replace")
        beyond_ascii = sum(character > "\x7f" for character in text)
        if text.count("\ufffd") <= 0.02 * beyond_ascii:
            return text
    return None


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise UnreadableError("it is a binary file, or text in an encoding that could not be told")
    encoding = "cp1252" if best.encoding in _WESTERN else best.encoding  # what Western pages mean by all of these
    return data.decode(encoding, errors="replace")
