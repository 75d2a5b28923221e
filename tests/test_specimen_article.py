"""The first article, a text as it was copied from its page: what is read of it before any statement."""

from __future__ import annotations

import json

import pytest

from selon.articles.inputs import InputOptions, Loaded, read_inputs
from tests.data import needs_data, shared_folder


@needs_data
@pytest.mark.data
def test_title_byline_section_and_text_of_the_specimen() -> None:
    shared = shared_folder()
    assert shared is not None
    expected = json.loads((shared / "specimen" / "expected.json").read_text(encoding="utf-8"))["article"]
    (loaded,) = read_inputs([str(shared / "specimen" / "article.fr.txt")], InputOptions())
    assert isinstance(loaded, Loaded)
    article = loaded.article
    paragraphs = article.text.split("\n")
    assert article.language == expected["language"]
    assert article.title == expected["title"]
    assert article.section == expected["section"]
    assert article.byline == (expected["byline"],)
    assert paragraphs[0] == expected["first_paragraph"]
    assert paragraphs[-1] == expected["last_paragraph"]
    assert [words for words in expected["not_in_text"] if words in article.text] == []
