"""Selon from Python: the same record as the command line gives, and a display for notebooks."""

from __future__ import annotations

import html
import re

import pytest

import selon
from selon.articles.html import UnreadablePageError
from selon.language import LanguageError
from selon.outputs.records import record
from selon.outputs.report import report
from selon.types import Reading
from tests.conftest import EXAMPLES
from tests.test_outputs import check_record

TEXT = "« L’école de Valbrune rouvrira lundi », a déclaré la maire, Anne Roux."


def test_a_text_is_read() -> None:
    reading = selon.read(TEXT)
    assert isinstance(reading, Reading)
    assert reading.statements[0].content[0].text == "L’école de Valbrune rouvrira lundi"
    assert reading.sources[0].name == "Anne Roux"
    check_record(record(reading))


def test_a_page_reads_as_on_the_command_line(examples: list[Reading]) -> None:
    for reading in examples:
        page = (EXAMPLES / reading.input.rpartition("/")[2]).read_text(encoding="utf-8")
        told, expected = check_record(record(selon.read(page))), check_record(record(reading))
        assert told | {"input": ""} == expected | {"input": ""}


def test_plain_keeps_the_text_as_it_stands() -> None:
    for text in (f"\r\n  {TEXT}\r\n\r\nLire aussi : le pont\r\n", f"<p>{TEXT}</p>"):
        reading = selon.read(text, plain=True)
        assert reading.article.text == text
        assert reading.article.title is None
        check_record(record(reading))


def test_what_the_caller_knows_is_kept() -> None:
    reading = selon.read(TEXT, language="fr", url="https://valbrune.example/ecole")
    assert (reading.article.language, reading.article.url) == ("fr", "https://valbrune.example/ecole")


def test_a_notebook_shows_the_report_in_a_frame_of_its_own() -> None:
    reading = selon.read(TEXT.replace("Anne", '"><script>alert(1)</script>'))
    shown = reading._repr_html_()
    match = re.fullmatch(r'<iframe srcdoc="([^"<>]*)" sandbox style="[^"<>]*" title="Selon"></iframe>', shown)
    assert match is not None
    assert html.unescape(match[1]) == report([reading])


@pytest.mark.parametrize("text", ["", " \n", "\ud800 « \udfff", "\x00", "<", "« " * 500])
def test_odd_texts_do_not_raise(text: str) -> None:
    reading = selon.read(text, language="fr")
    check_record(record(reading))
    assert reading._repr_html_()


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(LanguageError, match="'xx'"):
        selon.read(TEXT, language="xx")
    with pytest.raises(LanguageError, match="no_such_pipeline"):
        selon.read(TEXT, model="no_such_pipeline")
    with pytest.raises(UnreadablePageError):
        selon.read("<!doctype html><html><body></body></html>")


def test_the_examples_are_read_without_the_page_around_them(examples: list[Reading]) -> None:
    around = ("cookies", "Photo", "Picture", "lire aussi", "Related", "newsletter", "Recevez", "inventés", "made up")
    for reading, last in zip(examples, ("vingt minutes plus tôt.", "forty camp beds in the town hall."), strict=True):
        text = reading.article.text
        assert [words for words in around if words in text] == []
        assert text.endswith(last)
        assert 350 <= reading.profile.words <= 500
        assert reading.article.byline
        assert {statement.form for statement in reading.statements} == {"direct", "indirect", "mixed"}
        assert len({source.kind for source in reading.sources}) >= 4
        assert {source.gender for source in reading.sources if source.kind == "person"} >= {"f", "m"}
        assert reading.profile.headline is not None
        assert reading.profile.headline.carried != "whole"
