"""The measurements themselves: what counts as right, and what is skipped and said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from evaluation import bench, floors, pages
from evaluation.attributes import figures, macro_f1
from evaluation.cases import Case, Expected, differences, load_cases, misquoted, read_all, read_cases
from evaluation.coverage import Coverage, holds_listed
from evaluation.gold import Marked, NoDataError, corpus, marked
from evaluation.readings import ReadArticle, read_set
from evaluation.resolution import found_of, right
from evaluation.score import match, told_of_marks, told_of_reading

import selon
from selon.articles.article import make_article
from selon.language import load
from selon.reader import Reader
from selon.types import Source, Span
from tests.data import needs_data
from tests.test_sources import table

# --- cases

SAID = Expected(
    form="indirect",
    kind="speech",
    content=("le pont ouvrira lundi",),
    cue="a dit",
    mention="Anne Roux, maire de Valmont",
    sources=("Anne Roux",),
)
CASE = Case(
    group="clauses",
    text="Anne Roux, maire de Valmont, a dit que le pont ouvrira lundi.",
    statement=(SAID,),
    where="fr.toml:1",
    language="fr",
)


def differs(case: Case) -> list[str]:
    (reading,) = read_all([case])
    return differences(case, reading)


def changed(**fields: object) -> Case:
    return msgspec.structs.replace(CASE, statement=(msgspec.structs.replace(SAID, **fields),))


def test_a_case_that_is_read_as_expected_has_no_difference() -> None:
    assert differs(CASE) == []


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ({"content": ("le pont ouvrira",)}, "content   expected 'le pont ouvrira' read 'le pont ouvrira lundi'"),
        ({"cue": "dit"}, "cue       expected 'dit' read 'a dit'"),
        ({"mention": "Anne Roux"}, "mention   expected 'Anne Roux' read 'Anne Roux, maire de Valmont'"),
        ({"sources": ("Marc Vidal",)}, "sources   expected 'marc vidal' read 'anne roux'"),
        ({"sources": ()}, "sources   expected '' read 'anne roux'"),
        ({"form": "mixed"}, "form      expected 'mixed' read 'indirect'"),
        ({"kind": "thought"}, "kind      expected 'thought' read 'speech'"),
        ({"act": "claim"}, "act       expected 'claim' read 'say'"),
        ({"denied": True}, "denied    expected 'True' read 'False'"),
        ({"named": False}, "named     expected 'False' read 'True'"),
        ({"when": "lundi"}, "when      expected 'lundi' read ''"),
        ({"inside": 1}, "inside    expected '1' read 'none'"),
        ({"speaks_for": "la mairie"}, "speaks_for expected 'mairie' read ''"),
    ],
)
def test_each_difference_is_a_line(fields: dict[str, object], begins: str) -> None:
    (line,) = differs(changed(**fields))
    assert line.startswith(begins)


def test_what_counts_for_nothing_in_a_case() -> None:
    assert (
        differs(changed(content=("le pont ouvrira lundi.",), sources=("ANNE Roux",), act="say", gender="unknown")) == []
    )
    assert differs(msgspec.structs.replace(CASE, text=CASE.text.replace("dit que", "dit\u00a0que"))) == []


def test_statements_missed_and_too_many() -> None:
    nothing = msgspec.structs.replace(CASE, statement=())
    (line,) = differs(nothing)
    assert line.startswith("too many  indirect 'le pont ouvrira lundi' cue 'a dit' by 'anne roux'")
    other = msgspec.structs.replace(SAID, content=("il pleut ici",))
    missed = differs(msgspec.structs.replace(CASE, statement=(SAID, other)))
    assert [line[:9] for line in missed] == ["missed   "]


def test_inner_statements_are_known_by_their_number() -> None:
    inner = msgspec.structs.replace(SAID, mention="Marc Vidal", sources=("Marc Vidal",), cue="a dit", inside=1)
    outer = msgspec.structs.replace(
        SAID,
        content=("Marc Vidal a dit que le pont ouvrira lundi",),
        mention="Léo Blin",
        sources=("Léo Blin",),
        cue="affirme",
    )
    case = msgspec.structs.replace(
        CASE, text="Léo Blin affirme que Marc Vidal a dit que le pont ouvrira lundi.", statement=(outer, inner)
    )
    assert differs(case) == []


def test_words_that_do_not_stand_in_the_passage() -> None:
    assert misquoted(CASE) == []
    assert misquoted(changed(cue="a annoncé", content=("le pont",))) == ["a annoncé"]
    assert misquoted(msgspec.structs.replace(changed(in_title=True), title="Le pont")) == [
        "le pont ouvrira lundi",
        "a dit",
        "Anne Roux, maire de Valmont",
    ]


def test_cases_are_read_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "fr-more.toml"
    file.write_text(
        '# head\n\n[[case]]\ngroup = "a"\ntext = "un"\n\n[[case]]\ngroup = "b"\ntext = "deux"\n', encoding="utf-8"
    )
    assert [(case.where, case.text, case.language) for case in load_cases("fr", tmp_path)] == [
        ("fr-more.toml:3", "un", "fr"),
        ("fr-more.toml:7", "deux", "fr"),
    ]
    assert load_cases("en", tmp_path) == []
    file.write_text('[[case]]\ngroup = "a"\ntext = "un"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match=r"fr-more\.toml: .*`colour`"):
        read_cases(file, "fr")


# --- attributes

MARK = {
    "content": [{"start": 21, "end": 42}],
    "cue": {"start": 10, "end": 15},
    "mention": {"start": 0, "end": 9, "text": "Anne Roux"},
    "speaker": "Anne Roux",
    "form": "indirect",
    "kind": "speech",
    "inside": False,
    "source_kind": "person",
    "named": True,
    "gender": "unknown",
    "act": "say",
    "hedged": False,
    "denied": False,
    "medium": None,
    "addressee": None,
    "when": {"start": 43, "end": 48},
}


def read_article(**changes: object) -> ReadArticle:
    article = make_article("Anne Roux a dit hier que le pont ouvrira lundi.", language="fr", published="2024-03-12")
    content = {"start": article.text.index("le pont"), "end": article.text.index(".")}
    hier = {"start": article.text.index("hier"), "end": article.text.index("hier") + 4}
    mark = {**MARK, "content": [content], "when": hier, **changes}
    reading = Reader().read(article)
    found = match(article.text, told_of_marks([mark]), told_of_reading(reading))
    return ReadArticle(Marked(article, [mark]), reading, found)


def test_attributes_of_a_statement_that_is_read_right() -> None:
    measured = figures([read_article()])
    assert {measured[name] for name in ("form", "kind", "source kind", "named", "gender of persons", "act")} == {
        (100.0, 1)
    }
    assert measured["when F1"] == (100.0, 1)
    assert measured["when given a date"] == (100.0, 1)
    assert measured["denied F1"] == (0.0, 0)


def test_attributes_of_a_statement_that_is_read_wrong() -> None:
    wrong = read_article(form="mixed", source_kind="group", named=False, act="deny", denied=True, when=None)
    measured = figures([wrong])
    assert {measured[name] for name in ("form", "source kind", "named", "act", "denied F1")} == {(0.0, 1)}
    assert measured["when F1"] == (0.0, 0)


def test_a_set_without_marked_attributes_has_no_figures() -> None:
    mark = {key: value for key, value in MARK.items() if key != "act"}
    one = read_article()
    assert figures([ReadArticle(Marked(one.marked.article, [mark]), one.reading, one.match)]) == {}
    assert figures([]) == {}


def test_macro_f1_is_over_the_acts_that_are_marked() -> None:
    acts = [("say", "say"), ("say", "claim"), ("deny", "deny"), ("ask", "say")]
    assert macro_f1(acts) == pytest.approx((50 + 100 + 0) / 3)
    assert macro_f1(acts, leave_out="say") == pytest.approx(50.0)
    assert macro_f1([]) == 0.0


# --- sources


def source(name: str, **fields: object) -> Source:
    plain = Source(
        id="s1", name=name, kind="person", named=True, gender="unknown", roles=(), speaks_for=None, mentions=()
    )
    return msgspec.structs.replace(plain, **fields)


def test_what_is_right_of_a_source() -> None:
    assert right(MARK, [source("Anne Roux")], "fr") == {"speaker": True, "kind": True, "named": True, "gender": True}
    assert right(MARK, [source("Marc Vidal", kind="group", named=False, gender="m")], "fr") == {
        "speaker": False,
        "kind": False,
        "named": False,
        "gender": False,
    }
    nobody = {**MARK, "speaker": "anonymous", "source_kind": "anonymous", "named": False, "gender": "none"}
    assert set(right(nobody, [], "fr").values()) == {True}
    both = {**MARK, "speaker": "Anne Roux et Marc Vidal", "source_kind": "group", "gender": "none"}
    assert set(right(both, [source("Anne Roux"), source("Marc Vidal")], "fr").values()) == {True}
    assert right({"speaker": "Anne Roux"}, [source("Roux")], "fr") == {"speaker": True}


def test_marks_as_statements_found() -> None:
    outer = {**MARK, "content": [{"start": 0, "end": 50}]}
    inner = {**MARK, "inside": True, "mention": None, "speaker": "anonymous"}
    one, other = found_of([outer, inner], load("fr"))
    assert (one.content, one.inside, one.unexpressed) == ((Span(0, 50),), None, False)
    assert (other.mention, other.inside, other.unexpressed) == (None, 0, True)


# --- coverage of the cue lists


@pytest.mark.parametrize(
    ("sentence", "cue", "covered"),
    [
        ("Anne a dit que oui", "a dit", True),
        ("Anne fait bientôt savoir que oui", "fait", True),
        ("Anne selon Marc", "selon", True),
        ("les promesses que", "promesses", True),
        ("Anne jardine que oui", "jardine", False),
    ],
)
def test_what_the_lists_cover(sentence: str, cue: str, covered: bool) -> None:
    tokens = table(sentence)
    start = tokens.text.index(cue)
    assert holds_listed(tokens, Span(start, start + len(cue)), load("fr")) is covered


def test_coverage_adds_up() -> None:
    one = Coverage(3, 2, 5, 1)
    assert one + Coverage(1, 1, 0, 0) == Coverage(4, 3, 5, 1)


# --- pages


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ("Le pont ouvre", "le PONT ouvre", 1.0),
        ("a b c d", "a b", 2 / 3),
        ("a", "b", 0.0),
        ("", "", 0.0),
        ("a a", "a", 2 / 3),
    ],
)
def test_words_in_common(gold: str, found: str, expected: float) -> None:
    assert pages.word_f1(gold, found) == pytest.approx(expected)


# --- the data, and the table of all measurements


@pytest.fixture
def no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside the project that has corpora, but none that is asked for."""
    (tmp_path / "corpora" / "other").mkdir(parents=True)
    monkeypatch.setenv("SELON_DATA", str(tmp_path))
    return tmp_path


def test_data_that_is_not_there(no_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert corpus("other") == no_data / "corpora" / "other"
    with pytest.raises(NoDataError, match="has no fr-news-dev"):
        marked("fr-news-dev")
    monkeypatch.setenv("SELON_DATA", str(no_data / "nowhere"))
    with pytest.raises(NoDataError, match="SELON_DATA"):
        marked("fr-news-dev")


def test_the_table_says_what_was_skipped(no_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--write-floors"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("==")] == [f"== {part}" for part in (*bench.PARTS, "floors")]
    assert sum("skipped: " in line for line in lines) == 3 + 3 + 1 + 3 + 3 + 3 + 1 + 1 + 2 + 1 + 1


def test_a_part_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["beauty"])
    assert "there is no part 'beauty'" in capsys.readouterr().err


def test_the_table_of_a_marked_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Anne Roux a dit hier que le pont ouvrira lundi."
    start = text.index("le pont")
    mark = {**MARK, "content": [{"start": start, "end": len(text) - 1}], "when": None}
    folder = tmp_path / "corpora" / "made-up"
    folder.mkdir(parents=True)
    row = {"text": text, "language": "fr", "headline": "", "statements": [mark]}
    (folder / "articles.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    monkeypatch.setenv("SELON_DATA", str(tmp_path))
    bench.main(["accuracy", "attributes", "--sets", "made-up", "other"])
    out = capsys.readouterr().out
    for figure in ("content", "found", "strict", "mention", "speaker"):
        assert re.search(rf"made-up +{figure} +100\.0 +100\.0 +100\.0 +100\.0 to 100\.0\n", out)
    assert "1 statements marked, 1 read, in 1 articles" in out
    assert re.search(r"act +100\.0 of +1\n", out)
    assert out.count("other            skipped: the data beside the project has no other") == 2


def test_floors_rise_and_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "PATH", tmp_path / "floors.json")
    monkeypatch.setattr(floors, "DEV_SETS", {"one": "fr"})
    monkeypatch.setattr(floors, "measured", lambda name: {"found": (80.0, 2.0)})
    assert floors.raise_floors() == ["floor raised: one found 0.0 -> 78.0"]
    assert floors.kept_floors() == {"one": {"found": 78.0}}
    assert floors.raise_floors() == ["no floor rose"]


# --- marked sets


@needs_data
@pytest.mark.data
def test_the_date_line_of_a_marked_article_is_its_day() -> None:
    articles = [one.article for one in marked("en-news-dev")]
    assert all(article.published and re.match(r"\d{4}-\d{2}-\d{2}", article.published) for article in articles)


@needs_data
@pytest.mark.data
def test_a_set_is_read_once() -> None:
    assert read_set("fr-press-dev") is read_set("fr-press-dev")


def test_the_package_needs_nothing_of_what_stands_around_it() -> None:
    package = Path(selon.__file__).parent
    around = re.compile(r"^\s*(?:from|import) (?:evaluation|training|tests)\b", re.MULTILINE)
    assert [path.name for path in package.rglob("*.py") if around.search(path.read_text(encoding="utf-8"))] == []
