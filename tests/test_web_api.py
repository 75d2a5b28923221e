"""The API gives what the pages show as the records themselves, and describes itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from selon.language import load
from selon.library import Library
from selon.library.corrections import Correction
from selon.types import Reading
from tests.web_pages import LANGUAGES, client, kept_in, readings, shown, text_of


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_in(tmp_path_factory.mktemp("api"))


def given(library: Path, path: str, status: int = 200) -> Any:
    answer = client(library).get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json"), answer.text
    return answer.json()


def checked(library: Path, path: str, template: str) -> Any:
    """What is given at a path, after a look whether it is what the description says."""
    whole = given(library, "/api/openapi.json")
    schema = whole["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    record = given(library, path)
    validator = Draft202012Validator({**schema, "components": whole["components"]})
    assert [error.message for error in validator.iter_errors(record)] == []
    return record


def test_a_record_is_what_the_library_has(library: Path) -> None:
    record = checked(library, "/api/articles/1", "/api/articles/{article}")
    assert msgspec.convert(record, Reading) == readings()[1]
    assert msgspec.convert(given(library, "/api/articles/1?version=1"), Reading) == readings()[0]


def test_articles_are_listed_and_chosen(library: Path) -> None:
    listed = checked(library, "/api/articles", "/api/articles")
    assert (listed["total"], [entry["id"] for entry in listed["articles"]]) == (3, [3, 2, 1])
    assert listed["articles"][2]["line"] == readings()[1].profile.line
    part = given(library, "/api/articles?limit=1&offset=1&language=fr&since=2025-01-01")
    assert (part["total"], [entry["id"] for entry in part["articles"]]) == (2, [1])


def test_the_line_of_an_article_that_was_corrected_is_the_corrected_one(tmp_path: Path) -> None:

    path = kept_in(tmp_path)
    with Library.open(path) as kept:
        statement = kept.reading(4).statements[0]
        kept.correct([(3, Correction(action="none", statement=statement.content))])
        line = kept.reading(4).profile.line
    assert line != readings()[3].profile.line
    assert given(path, "/api/articles?language=en")["articles"][0]["line"] == line


def test_the_overview_is_what_the_first_page_says(library: Path) -> None:
    record = checked(library, "/api/overview", "/api/overview")
    assert (record["articles"], record["versions"]) == (3, 4)
    assert (record["first_day"], record["last_day"]) == ("2025-04-02", "2025-06-02")
    assert [entry["name"] for entry in record["languages"]] == ["fr", "en"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/articles/99", 404),
        ("/api/articles/x", 404),
        ("/api/articles/1?version=7", 404),
        ("/api/nothing", 404),
        ("/api/articles?limit=0", 422),
        ("/api/articles?limit=100000", 422),
        ("/api/articles?since=x", 422),
    ],
)
def test_a_problem_is_a_record(library: Path, path: str, status: int) -> None:
    problem = given(library, path, status)
    assert problem["status"] == status
    assert problem["problem"]


def test_the_description_is_whole(library: Path) -> None:
    whole = given(library, "/api/openapi.json")
    assert whole["openapi"].startswith("3.1")
    references = set(
        re.findall(r'"\$ref": ?"#/components/schemas/(\w+)"', client(library).get("/api/openapi.json").text)
    )
    assert references <= set(whole["components"]["schemas"])
    assert {"Reading", "Statement", "Passage", "Problem", "ArticleList"} <= references
    for schema in whole["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for path, operations in whole["paths"].items():
        assert set(operations) == {"get"}, path
        assert operations["get"]["description"], path
        assert all(parameter["description"] for parameter in operations["get"].get("parameters", ())), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_lists_what_the_api_gives(library: Path, language: str) -> None:
    page = shown(client(library, language), "/api")
    assert load(language).web.api.intro in text_of(page)
    assert page.xpath("//tbody//th/code/text()") == list(given(library, "/api/openapi.json")["paths"])
