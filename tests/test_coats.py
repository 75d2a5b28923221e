"""Other coats of a marked article: the marks and paragraphs change, and what is marked stays the same words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from evaluation.coats import COATS, Edit, dressed, moved, table, worn
from evaluation.gold import Marked

from selon.articles.article import make_article
from selon.types import Span

TEXT = (
    "Anne Roux a dit : « Nous partons. Il est tard. Rien ne presse ». Le maire, lui, reste. « Tout va bien », dit-il. "
    "Le quai ferme.\n« Deux », ajoute-t-elle.\nPuis « trois »."
)
CONTENTS = (
    "Nous partons. Il est tard. Rien ne presse",
    "Tout va bien",
    "Deux",
    "trois",
    "lui, reste. « Tout va bien »",
)


def passage(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def article() -> Marked:
    statements = [{"content": [passage(words)], "cue": None, "mention": passage("Anne Roux")} for words in CONTENTS]
    return Marked(make_article(TEXT, language="fr"), statements)


@pytest.mark.parametrize("coat", COATS)
def test_what_is_marked_stays_the_same_words(coat: str) -> None:
    edits = COATS[coat](TEXT)
    assert edits == sorted(edits)
    changed = dressed(article(), edits)
    for words, statement in zip(CONTENTS, changed.statements, strict=True):
        (part,) = statement["content"]
        there = changed.article.text[part["start"] : part["end"]]
        assert re.findall(r"\w+", there) == re.findall(r"\w+", words)
        assert there[0].isalnum()
        assert words[-1] == "»" or there[-1].isalnum()
    assert (changed.article.text == TEXT) == (coat == "as it is")


def test_each_coat_is_what_it_is_called() -> None:
    def text(coat: str) -> str:
        return worn(TEXT, COATS[coat](TEXT))

    assert "«\u00a0Deux\u00a0», ajoute" in text("« … »")
    assert "‘Deux’, ajoute" in text("‘ … ’")
    assert "\n" not in text("no paragraphs")
    assert "Le maire, lui, reste.\n« Tout va bien », dit-il.\nLe quai ferme.\n« Deux »" in text("each sentence")
    assert "« Nous partons.\n« Il est tard.\n« Rien ne presse ». Le maire" in text("reopened")
    assert "« Nous partons. Il est tard. Rien ne presse.\nLe maire" in text("never closed")
    assert "« Tout va bien », dit-il." in text("never closed")
    assert "\n— Tout va bien, dit-il.\nLe quai ferme.\n— Deux, ajoute-t-elle.\nPuis « trois »." in text("dashes")


def test_a_quotation_in_a_quotation_has_other_marks() -> None:
    given = "Elle dit : « Un “vrai” pont »."
    assert worn(given, COATS['" … "'](given)) == 'Elle dit : "Un ‘vrai’ pont".'
    assert worn(given, COATS["‘ … ’"](given)) == "Elle dit : ‘Un “vrai” pont’."
    beside = "“'Un' ou 'deux'.”"
    assert worn(beside, COATS["« … »"](beside)) == "«\u00a0‘Un’ ou ‘deux’.\u00a0»"


def test_quotations_reopened_at_each_paragraph_go_on_without_their_marks() -> None:
    assert (
        worn("« Un.\n« Deux. »\nTrois.", COATS["no paragraphs"]("« Un.\n« Deux. »\nTrois.")) == "« Un. Deux. » Trois."
    )


def test_the_table_has_the_figures_of_each_coat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "« Le pont ouvrira lundi », a dit Anne Roux."
    mark = {
        "content": [{"start": 2, "end": 24}], "cue": None, "mention": {"start": 33, "end": 42}, "speaker": "Anne Roux",
        "form": "direct", "inside": False,
    }  # fmt: skip
    folder = tmp_path / "corpora" / "made-up"
    folder.mkdir(parents=True)
    row = {"text": text, "language": "fr", "headline": "", "statements": [mark]}
    (folder / "articles.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    monkeypatch.setenv("SELON_DATA", str(tmp_path))
    lines = table(["made-up"], ["as it is", "‹ … ›", "dashes"]).split("\n")
    rows = {line[17:33].strip(): line[34:].split() for line in lines[1:]}
    whole = ["100.0"] * 5
    assert rows == {"as it is": ["0", *whole], "‹ … ›": ["2", *whole], "dashes": ["2", *whole]}


def test_bounds_keep_to_their_side() -> None:
    edits = [Edit(2, 5, "xx"), Edit(7, 7, "yyy")]
    assert moved(Span(5, 7), edits) == Span(4, 6)
    assert moved(Span(3, 9), edits) == Span(4, 11)
    assert moved(Span(0, 4), edits) == Span(0, 2)
    assert moved(Span(7, 8), edits) == Span(9, 10)
    assert moved(Span(2, 5), edits) == Span(2, 4)
