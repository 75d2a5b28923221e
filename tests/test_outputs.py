"""Records, spreadsheets, tables and reports hold what was read, fit the schema, and let nothing foreign through."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markupsafe import Markup
from rich.console import Console

from selon.articles.article import make_article
from selon.outputs.records import record, record_line
from selon.outputs.report import report
from selon.outputs.schema import record_schema, schema_text
from selon.outputs.section import COLOURS
from selon.outputs.segments import Layer, Point, marked_up
from selon.outputs.shown import joined
from selon.outputs.spreadsheet import COLUMNS, rows, spreadsheet
from selon.outputs.table import table_text
from selon.reader import Reader
from selon.types import Reading
from tests.conftest import HOSTILE

SCHEMA = Path(__file__).parent.parent / "docs" / "record.schema.json"


def passages(value: object) -> Iterator[dict[str, Any]]:
    """Every passage anywhere in a record."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for below in value.values():
            yield from passages(below)
    elif isinstance(value, list):
        for below in value:
            yield from passages(below)


def check_record(data: bytes) -> dict[str, Any]:
    """The record in JSON, held to the schema; every passage stands where it says."""
    told: dict[str, Any] = json.loads(data)
    Draft202012Validator(record_schema()).validate(told)
    of = {"text": told["article"]["text"], "title": told["article"]["title"]}
    for passage in passages(told):
        assert of[passage.get("in", "text")][passage["start"] : passage["end"]] == passage["text"]
    return told


# --- json and jsonl


def test_the_published_schema_is_the_one_of_the_types() -> None:
    Draft202012Validator.check_schema(record_schema())
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_a_schema_that_refuses_nothing_would_be_none(examples: list[Reading]) -> None:
    told = json.loads(record(examples[0]))
    validator = Draft202012Validator(record_schema())
    told["statements"][0]["form"] = "whispered"
    assert not validator.is_valid(told)


def test_records_fit_the_schema_and_come_back_as_they_were(examples: list[Reading], hostile: Reading) -> None:
    for reading in (*examples, hostile):
        line = record_line(reading)
        assert line.count(b"\n") == 1
        assert check_record(record(reading)) == check_record(line)
        assert msgspec.json.decode(line, type=Reading) == reading


# --- csv


def test_a_spreadsheet_has_one_row_for_each_statement(examples: list[Reading]) -> None:
    data = b"".join(spreadsheet(examples))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    table = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    statements = [statement for reading in examples for statement in reading.statements]
    assert [(row["statement"], row["content"]) for row in table] == [
        (statement.id, joined(statement.content)) for statement in statements
    ]
    assert tuple(table[0]) == COLUMNS
    assert {row["denied"] for row in table} == {"yes", "no"}
    names = {source.name for reading in examples for source in reading.sources}
    assert names & {row["sources"] for row in table}


def test_no_cell_is_a_formula(hostile: Reading) -> None:
    data = b"".join(spreadsheet([hostile])).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(data, newline="")))
    assert [len(row) for row in table] == [len(COLUMNS)] * 4
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) for row in table for cell in row)
    assert f"'{HOSTILE}" in table[1]


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"), ("+33 1", "'+33 1"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        (" =1", "' =1"), ("\u00a0=1", "'\u00a0=1"), ("\uff1d1", "'\uff1d1"), ("\r\n=1", "'\r\n=1"),
        ("« Oui »", "« Oui »"), ("2 = 1 + 1", "2 = 1 + 1"), ("'=1", "'=1"), ("", ""),
    ],
)  # fmt: skip
def test_cells_that_would_be_calculated_are_guarded(hostile: Reading, title: str, cell: str) -> None:
    article = msgspec.structs.replace(hostile.article, title=title)
    row = rows(msgspec.structs.replace(hostile, article=article))[0]
    assert row[COLUMNS.index("title")] == cell
    assert row[COLUMNS.index("confidence")] == 0.5


# --- table


@pytest.mark.parametrize("width", [60, 80, 120, 400])
def test_a_table_fits_its_width_and_says_who_says_what(examples: list[Reading], width: int) -> None:
    for reading in examples:
        told = table_text(reading, Console(width=width))
        assert max(map(len, told.split("\n"))) <= min(width, 160)
        for share in reading.profile.by_source:
            name = next(source.name for source in reading.sources if source.id == share.source)
            assert [word for word in name.split() if word not in told] == []
        words = re.sub(r"\W+", "", told)
        assert re.sub(r"\W+", "", reading.profile.line) in words


def test_the_terminal_gets_no_control_characters(hostile: Reading) -> None:
    told = table_text(hostile, Console(width=90, force_terminal=False))
    assert {unicodedata.category(character) for character in told if character != "\n"} & {"Cc", "Cf", "Co"} == set()


def test_no_line_of_a_table_begins_or_ends_beside_its_mark(examples: list[Reading]) -> None:
    for width in range(60, 130, 7):
        cells = re.split(r"\n|\s{2,}", table_text(examples[0], Console(width=width)))
        assert not [cell for cell in cells if cell.startswith(("»", "?", ";", "%")) or cell.endswith("«")]


def test_tables_and_reports_speak_the_language_of_the_article(examples: list[Reading]) -> None:
    french, english = (table_text(reading, Console(width=120)) + report([reading]) for reading in examples)
    for words in ("Ce qui est dit", "Qui parle", "citation", "Le titre", "13 mars 2025", "%"):
        assert words in french
        assert (words in english) == (words == "%")
    for words in ("What is said", "Who speaks", "quoted", "The headline", "16 May 2025"):
        assert words in english
        assert words not in french


# --- html


def parsed(readings: list[Reading]) -> tuple[str, lxml.html.HtmlElement]:
    html = report(readings)
    return html, lxml.html.document_fromstring(html)


def test_nothing_of_an_article_becomes_markup(hostile: Reading, examples: list[Reading]) -> None:
    html, page = parsed([hostile])
    _, harmless = parsed([examples[0]])
    assert {element.tag for element in page.iter(lxml.etree.Element)} <= {
        element.tag for element in harmless.iter(lxml.etree.Element)
    } | {"time", "nav"}
    for element in page.iter(lxml.etree.Element):
        assert not [name for name in element.attrib if name.startswith("on") or name in ("src", "style", "srcset")]
        assert element.get("href", "#").startswith("#")
    assert "{{ 7*7 }} {% raw %}" in html
    shown = page.text_content()
    spaced = re.sub(r"\s+", " ", HOSTILE.replace("\x1b", "").replace("\x07", ""))
    assert spaced.strip() in re.sub(r"\s+", " ", shown.replace("\x1b", "").replace("\x07", ""))


def test_only_the_own_style_sheet_is_allowed(hostile: Reading, examples: list[Reading]) -> None:
    for readings in ([hostile], examples):
        _, page = parsed(readings)
        (style,) = page.findall(".//style")
        digest = base64.b64encode(hashlib.sha256(style.text.encode("utf-8")).digest()).decode("ascii")
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
        assert "script" not in policy
        assert not re.search(r"@import|url\(|</", style.text)


def test_the_text_of_a_report_is_the_text_of_the_article(examples: list[Reading], hostile: Reading) -> None:
    for reading in examples:
        _, page = parsed([reading])
        paragraphs = [paragraph.text_content() for paragraph in page.find_class("paragraph")]
        bodies = [body.text_content() for body in page.xpath("//div[@class='paragraph']/p")]
        assert bodies == [line for line in reading.article.text.split("\n") if line.strip()]
        assert len(paragraphs) == len(bodies)
        assert page.find(".//h1").text_content() == reading.article.title
    assert report([hostile]).count('data-number="') == len(hostile.statements)


def test_links_lead_to_places_that_are_there(examples: list[Reading], hostile: Reading) -> None:
    _, page = parsed([*examples, hostile])
    places = page.xpath("//@id")
    assert len(places) == len(set(places))
    assert {link.removeprefix("#") for link in page.xpath("//@href[starts-with(., '#')]")} <= set(places)
    outside = page.xpath("//@href[not(starts-with(., '#'))]")
    assert outside == [reading.article.url for reading in examples]


def test_a_report_of_nothing_said_is_whole(examples: list[Reading]) -> None:
    profile = msgspec.structs.replace(
        examples[0].profile, words=0, attributed_words=0, by_source=(), by_kind={}, speaks_for={}, headline=None
    )
    article = msgspec.structs.replace(
        examples[0].article, title=None, byline=(), section=None, outlet=None, url=None, published=None
    )
    bare = msgspec.structs.replace(examples[0], article=article, sources=(), statements=(), profile=profile)
    _, page = parsed([bare])
    assert page.find(".//h1").text_content() == bare.input
    assert not page.find_class("said sample") + page.find_class("statement")
    assert bare.input in table_text(bare, Console(width=400))


def light(colour: str) -> float:
    """The relative luminance of a colour in hexadecimal (WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_can_be_read_on_every_other() -> None:
    sheet = (resources.files("selon") / "outputs" / "report.css").read_text(encoding="utf-8")
    for scheme in re.findall(r":root \{(.*?)\}", sheet, re.DOTALL):
        colours = dict(re.findall(r"--(\w+): (#\w{6})", scheme))
        words = [colour for name, colour in colours.items() if name.startswith(("edge", "ink"))]
        grounds = [colour for name, colour in colours.items() if name.startswith(("tint", "ground", "sheet"))]
        assert (len(words), len(grounds)) == (COLOURS + 2, COLOURS + 3)
        for pair in itertools.product(words, grounds):
            dark, bright = sorted(map(light, pair))
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, pair


def marks(element: lxml.html.HtmlElement, over: frozenset[str] = frozenset()) -> Iterator[set[str]]:
    """For each character of an element, the classes of all that lies over it."""
    over = over | set((element.get("class") or "").split())
    yield from (set(over) for _ in element.text or "")
    for child in element:
        yield from marks(child, over)
        yield from (set(over) for _ in child.tail or "")


def test_contents_cues_and_mentions_have_the_colours_of_their_sources(examples: list[Reading]) -> None:
    for reading in examples:
        _, page = parsed([reading])
        over = [list(marks(body)) for body in page.xpath("//div[@class='paragraph']/p")]
        of_text: list[set[str]] = []
        for line in reading.article.text.split("\n"):
            of_text += [*(over.pop(0) if line.strip() else map(set, line)), set()]
        colours: dict[str, set[str]] = {}  # two sources may go by one name: a board, and its report
        for name in page.xpath("//li/p/a[@class='name']"):
            number = int(name.get("href").rpartition("x")[2])
            colours.setdefault(name.text_content(), set()).add(f"p{number % COLOURS}")
        names = {source.id: source.name for source in reading.sources}
        for statement in reading.statements:
            (link,) = page.xpath(f"//a[@data-number='{statement.id}']")
            shown = set(link.get("class").split())
            of_sources = [colours[names[id]] for id in statement.sources[:1]] or [{"nobody"}]
            own = of_sources[0] & shown
            assert own
            for part in statement.content:
                wanted = own | {"said", statement.form}
                assert part.where == "title" or all(wanted <= of_text[at] for at in range(part.start, part.end))
            for passage, css in ((statement.cue, "cue"), (statement.mention, "mention")):
                if passage is not None and passage.where != "title":
                    assert all(own | {css} <= of_text[at] for at in range(passage.start, passage.end))


# --- layers


@given(
    st.text(alphabet="ab<&\"' é\U0001f600", min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6),
    st.lists(st.integers(1, 12), max_size=3),
)
def test_overlapping_layers_give_well_formed_markup(
    text: str, ranges: list[tuple[int, int]], offsets: list[int]
) -> None:
    layers = [
        Layer(min(pair), min(max(pair), len(text)), "span", Markup(f' class="l{number}"'))
        for number, pair in enumerate(ranges)
    ]
    points = [Point(offset, Markup("<a></a>")) for offset in offsets if offset <= len(text)]
    whole = lxml.etree.fromstring(f"<p>{marked_up(text, 0, len(text), layers, points)}</p>")
    assert "".join(whole.itertext()) == text
    for number, layer in enumerate(layers):
        pieces = whole.xpath(f".//span[@class='l{number}']")
        assert "".join("".join(piece.itertext()) for piece in pieces) == text[layer.start : layer.end]
    assert len(whole.xpath(".//a")) == len(points)


def test_an_outlet_that_signs_its_article_is_named_once() -> None:
    signed = Reader().read(make_article("Rien.", language="fr", title="T", byline=("Le Phare",), outlet="Le Phare"))
    assert table_text(signed, Console(width=90)).count("Le Phare") == 1
    page = lxml.html.fromstring(report([signed]))
    assert sum(text.strip() == "Le Phare" for text in page.xpath("//header//text()")) == 1
