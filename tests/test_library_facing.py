"""What different sources say on one matter, and what of it faces one another: a wrong mark is worse than none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selon.cli import app
from selon.library import Library
from selon.library.compared import facing_in_articles, facing_in_library
from selon.library.facing import Matter, Said, facing
from selon.library.search import Filters, Query
from selon.types import Reading
from tests.data import needs_data, shared_folder
from tests.library import article, read

CASES = [
    # marks, language, text
    ({"number"}, "fr", "Selon la préfète, Claire Aubanel, quarante foyers de Vernoux ont été évacués dans la nuit.\n"
     "« Soixante foyers de Vernoux ont été évacués dans la nuit », affirme Luc Sarrazin, le maire."),
    ({"number"}, "en", "“Twelve trawlers were lost in the storm,” said Helen Marsh, the harbour master.\n"
     "Owen Pryce, a skipper, said that 20 trawlers were lost in the storm."),
    ({"negation"}, "fr", "La préfète, Claire Aubanel, assure que la vanne du barrage a été vérifiée.\n"
     "« La vanne du barrage n’a pas été vérifiée », répond Luc Sarrazin, le maire."),
    ({"negation"}, "en", "Helen Marsh, the director, said the ferry crew had been warned.\n"
     "“The ferry crew had not been warned,” said Owen Pryce, a union leader."),
    ({"opposite"}, "fr", "La directrice, Jeanne Morel, affirme que le nombre de plaintes a augmenté au lycée Hervieu.\n"
     "Selon le syndicat Averne, le nombre de plaintes a diminué au lycée Hervieu."),
    ({"opposite"}, "en", "Helen Marsh, the director, said the trial of the new engine succeeded.\n"
     "“The trial of the new engine failed,” said Owen Pryce, a union leader."),
    ({"denial"}, "fr", "L’avocate Jeanne Morel affirme que la mairie a falsifié le registre des inondations.\n"
     "Luc Sarrazin, le maire, nie avoir falsifié le registre des inondations."),
    ({"denial"}, "en", "Helen Marsh, a lawyer, said the operator hid the inspection report.\n"
     "Owen Pryce, its director, denied that the operator hid the inspection report."),
    # and what must not be marked
    (set(), "fr", "Selon la préfète, Claire Aubanel, plus de quarante foyers de Vernoux ont été évacués.\n"
     "« Quarante-cinq foyers de Vernoux ont été évacués », affirme Luc Sarrazin, le maire."),
    (set(), "fr", "Selon la préfète, Claire Aubanel, quarante foyers de Vernoux ont été évacués.\n"
     "« Soixante foyers de Lambrey ont été évacués », affirme Luc Sarrazin, le maire."),
    (set(), "fr", "Selon la préfète, Claire Aubanel, 30 % des vergers ont gelé en 2019.\n"
     "« 60 % des vergers ont gelé en 2021 », affirme Luc Sarrazin, le maire."),
    (set(), "fr", "La préfète, Claire Aubanel, assure que la vanne du barrage a été vérifiée.\n"
     "« La vanne du barrage n’a pas seulement été vérifiée », répond Luc Sarrazin, le maire."),
    (set(), "fr", "Claire Aubanel assure : « J’étais prévenue de la crue. »\n"
     "« Je n’étais pas prévenu de la crue », répond Luc Sarrazin, le maire."),
    (set(), "fr", "Jeanne Morel, la directrice, affirme que le pont est fermé aux camions.\n"
     "« Le pont n’est pas ouvert aux camions », répond Luc Sarrazin, le maire."),
    (set(), "fr", "Jeanne Morel, la directrice, affirme que le pont de Vernoux rouvrira lundi.\n"
     "Luc Sarrazin, le maire, demande si le pont de Vernoux ne rouvrira pas lundi."),
    (set(), "en", "Helen Marsh, the director, said the trial of the new engine succeeded.\n"
     "“The trial of the old boiler failed in Inchmoor,” said Owen Pryce, a union leader."),
    (set(), "en", "“Twelve trawlers were lost in the storm,” said Helen Marsh, the harbour master.\n"
     "Owen Pryce, a skipper, said that 20 trawlers reached Inchmoor unharmed."),
    (set(), "en", "Helen Marsh, the director, said the storm lasted 12 minutes.\n"
     "Owen Pryce, a skipper, said that the fire after the storm lasted 40 minutes."),
    (set(), "en", "Helen Marsh, the director, denied that the operator hid the inspection report.\n"
     "Owen Pryce, a lawyer, said that the operator never hid the inspection report."),
    (set(), "fr", "Luc Sarrazin, le maire, affirme que la vanne du barrage a été vérifiée. "
     "« La vanne du barrage n’a pas été vérifiée », a-t-il ajouté."),
]  # fmt: skip


def kinds(matters: tuple[Matter, ...], *, changed: bool = False) -> set[str]:
    return {mark.kind for matter in matters for pair in matter.facing if pair.changed is changed for mark in pair.marks}


def one(text: str, language: str, **fields: str | None) -> Reading:
    return read(article(text, language=language, **fields))[0]


@pytest.mark.parametrize(("marks", "language", "text"), CASES)
def test_marks(marks: set[str], language: str, text: str) -> None:
    reading = one(text, language)
    assert len(reading.statements) >= 2
    assert kinds(facing([reading])) == marks


def test_a_mark_shows_where_it_stands() -> None:
    reading = one(CASES[0][2], "fr")
    [matter] = facing([reading])
    [pair] = matter.facing
    [mark] = pair.marks
    assert [part.text for part in (*mark.one, *mark.other)] == ["quarante", "Soixante"]
    for part in (*mark.one, *mark.other):
        assert reading.article.text[part.start : part.end] == part.text
    assert {said.names[0] for said in matter.statements} == {"Claire Aubanel", "Luc Sarrazin"}
    assert "foyers" in matter.words


def test_one_source_does_not_face_itself_but_has_changed_in_another_article() -> None:
    first = one("« Quarante foyers de Vernoux ont été évacués », a déclaré la préfète, Claire Aubanel.", "fr")
    later = one(
        "« Soixante foyers de Vernoux ont été évacués », a déclaré Claire Aubanel.", "fr", url="https://b.example"
    )
    matters = facing([first, later])
    assert kinds(matters) == set()
    assert kinds(matters, changed=True) == {"number"}


def test_a_spokesman_is_on_the_side_of_whom_he_speaks_for() -> None:
    text = (
        "L’exploitant Hydrenne affirme que quarante foyers de Vernoux ont été évacués.\n"
        "« Soixante foyers de Vernoux ont été évacués », affirme Paul Vidal, porte-parole d’Hydrenne."
    )
    assert kinds(facing([one(text, "fr")])) == set()


def test_the_same_words_in_two_articles_are_one_statement_that_stands_in_both() -> None:
    text = CASES[0][2]
    matters = facing([one(text, "fr"), one(text, "fr", url="https://b.example", outlet="La Dépêche de Lambrey")])
    [matter] = matters
    assert len(matter.statements) == 2
    assert [article for said in matter.statements for article, _ in said.also] == [1, 1]


def test_numbers_across_languages() -> None:
    french = one("Selon le ministère, 40 % des tribunaux du district de Lambrey manquent de juges.", "fr")
    english = one("The Averne Institute said that 70 per cent of tribunals in the district of Lambrey lack judges.",
                  "en", url="https://b.example")  # fmt: skip
    matters = facing([french, english])
    assert kinds(matters) == {"number"}


def test_articles_on_other_subjects_are_not_set_against_one_another() -> None:
    texts = [
        "Selon la préfète, Claire Aubanel, la vanne a été vérifiée. « Les habitants de Vernoux attendent une réponse "
        "d’Hydrenne sur les fissures, le calendrier des travaux et les indemnités promises », a-t-elle déclaré.",
        "Marc Olivet, plombier, dit que la vanne n’a pas été vérifiée. « Les castors du parc d’Orsenne réclament un "
        "étang, des saules, un naturaliste patient et quelques visiteurs discrets », a-t-il déclaré.",
        "Selon la chorale de Brenne, le concert aura lieu samedi.",
    ]
    readings = [one(text, "fr", url=f"https://{number}.example") for number, text in enumerate(texts)]
    assert kinds(facing(readings)) == set()
    assert kinds(facing(readings[:2])) == {"negation"}  # two alone are compared on purpose


def test_nothing_to_compare() -> None:
    assert facing([]) == ()
    assert facing([one("Rien n’est dit ici.", "fr")]) == ()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "selon.sqlite"
    with Library.open(path, create=True) as kept:
        kept.add([
            one("Selon la préfète, Claire Aubanel, quarante foyers de Vernoux ont été évacués dans la nuit.", "fr",
                url="https://a.example", published="2025-04-07"),
            one("« Soixante foyers de Vernoux ont été évacués dans la nuit », affirme Luc Sarrazin, le maire.", "fr",
                url="https://b.example", outlet="La Dépêche de Lambrey", published="2025-04-08"),
            one("Selon la chorale de Brenne, le concert aura lieu samedi.", "fr", url="https://c.example"),
        ])  # fmt: skip
    return path


def test_in_a_library_by_search_by_source_and_by_day(library: Path) -> None:
    with Library.open(library) as kept:
        found = facing_in_library(kept, Query(words="foyers"))
        assert kinds(found.matters) == {"number"}
        assert len(found.versions) == len(found.readings) == 2
        assert not found.more
        assert facing_in_library(kept, Query(words="foyers"), most=1).more
        assert facing_in_library(kept, Query(words="concert")).matters == ()
        late = Query(words="foyers", filters=Filters(since="2025-04-08"))
        assert facing_in_library(kept, late).matters == ()
        assert kinds(facing_in_articles(kept, [1, 2]).matters) == {"number"}


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


@needs_data
def test_other_numbers_and_negations_are_marked_and_no_echo_is() -> None:
    """The made-up library of six outlets, with its pairs of statements of one language and their relation."""
    folder = shared_folder()
    assert folder is not None
    rows = [json.loads(line) for line in (folder / "echoes/articles.jsonl").read_text("utf-8").splitlines()]
    fields = ("title", "outlet", "url", "published")
    readings = read(
        *(article(row["text"], language=row["language"], **{key: row[key] for key in fields}) for row in rows)
    )
    names = [row["id"] for row in rows]
    language = {row["id"]: row["language"] for row in rows}
    marked = [
        (places(matter.statements[pair.one], readings, names), places(matter.statements[pair.other], readings, names))
        for matter in facing(readings)
        for pair in matter.facing
    ]
    found: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for line in (folder / "echoes/pairs.jsonl").read_text("utf-8").splitlines():
        pair = json.loads(line)
        if "relation" in pair and language[pair["a"]["article"]] == language[pair["b"]["article"]]:
            every[pair["relation"]] += 1
            found[pair["relation"]] += any(
                (stands(pair["a"], one) and stands(pair["b"], other))
                or (stands(pair["a"], other) and stands(pair["b"], one))
                for one, other in marked
            )
    assert found["misquoted"] >= 10  # of 12
    assert {relation: count for relation, count in found.items() if count and relation != "misquoted"} == {}
    assert every["not"] > 100


def places(said: Said, readings: Sequence[Reading], names: Sequence[str]) -> list[tuple[str, str]]:
    """The articles that a statement and its copies stand in, each with its words."""
    of = [(said.article, said.statement.id), *said.also]
    return [
        (names[number], plain(" ".join(part.text for part in one.content)))
        for number, wanted in of
        for one in readings[number].statements
        if one.id == wanted
    ]


def stands(side: dict[str, str], where: list[tuple[str, str]]) -> bool:
    words = plain(side["text"])
    return any(name == side["article"] and (words[:40] in said or said in words) for name, said in where)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["compare", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_both_sides_and_the_words_that_show_it(library: Path) -> None:
    status, out, _ = run("1", "2", "--library", str(library))
    assert status == 0
    assert "Claire Aubanel" in out and "Luc Sarrazin" in out
    assert "1 ↔ 2  autre nombre: quarante | Soixante" in out


def test_the_command_as_json_and_for_a_search(library: Path) -> None:
    status, out, _ = run("--search", "foyers", "--format", "json", "--library", str(library))
    told = json.loads(out)
    assert status == 0
    assert len(told["articles"]) == 2
    assert told["matters"][0]["facing"][0]["marks"][0]["kind"] == "number"


def test_the_command_reads_files(tmp_path: Path) -> None:
    file = tmp_path / "vernoux.txt"
    file.write_text(CASES[2][2], encoding="utf-8")
    status, out, _ = run(str(file), "--marked")
    assert status == 0
    assert "négation" in out


def test_what_the_command_refuses(library: Path) -> None:
    assert run()[0] == 2
    assert run("1", "--search", "foyers")[0] == 2
    assert run("--search", '"foyers', "--library", str(library))[0] == 2
    status, _, complaint = run("99", "--library", str(library))
    assert status == 1
    assert "there is no such article" in complaint
