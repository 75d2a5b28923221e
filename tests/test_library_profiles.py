"""Profiles summed over a library: sums of words, not averages of shares; intervals for few articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selon.cli import app
from selon.library import Library
from selon.library.profiles import most_quoted, summed, wilson
from selon.library.search import FilterError, Filters
from tests.library import DAM, article, dam, dam_later, ferry, read

SHORT = "« Le pont sera rouvert lundi », a déclaré Luc Sarrazin."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "selon.sqlite"
    short = read(article(SHORT, title="Le zoo ferme ses grilles", url="https://b.example", outlet="La Dépêche",
                         published="2025-05-02", section="Local"))  # fmt: skip
    with Library.open(path, create=True) as kept:
        kept.add([dam(), ferry(), *short])
    return path


def test_words_are_summed_and_then_shared(library: Path) -> None:
    with Library.open(library) as kept:
        [total] = summed(kept.connection)
        profiles = [kept.reading(kept.versions(number)[0].id).profile for number in kept.articles()]
    assert total.articles == 3
    assert total.words == sum(profile.words for profile in profiles)
    assert total.attributed_words == sum(profile.attributed_words for profile in profiles)
    assert total.attributed_share == round(total.attributed_words / total.words, 4)
    assert total.top_share == round(sum(p.by_source[0].words for p in profiles) / total.attributed_words, 4)
    for kind, part in total.by_kind.items():
        assert part.words == sum(p.by_kind[kind].words for p in profiles if kind in p.by_kind)
    unnamed = sum(profile.unnamed_share * profile.attributed_words for profile in profiles)
    assert total.unnamed_share == pytest.approx(unnamed / total.attributed_words, abs=0.01)
    assert total.gender.women + total.gender.men + total.gender.unknown == sum(
        sum((p.gender.f, p.gender.m, p.gender.unknown)) for p in profiles
    )
    shares = (total.gender.women_share, total.gender.men_share, total.gender.unknown_share)
    assert sum(share or 0 for share in shares) == pytest.approx(1, abs=0.001)


def test_groups(library: Path) -> None:
    with Library.open(library) as kept:
        names = {by: [group.name for group in summed(kept.connection, by)] for by in ("outlet", "language", "month")}
        assert set(names["outlet"]) == {"Le Messager de Vernoux", "La Dépêche", None}
        assert names["language"] == ["fr", "en"]
        assert names["month"] == ["2025-04", "2025-05"]
        [short] = summed(kept.connection, "outlet", Filters(outlet="la depeche"))
        assert (short.name, short.articles, short.single_source.count) == ("La Dépêche", 1, 1)
        assert (short.headline_none.count, short.headline_none.of) == (1, 1)
        assert [group.name for group in summed(kept.connection, "section")] == [None, "Local"]
        assert summed(kept.connection, "outlet", Filters(outlet="nowhere")) == []
        with pytest.raises(FilterError):
            summed(kept.connection, "outlet", Filters(since="spring"))


def test_most_quoted_over_articles(library: Path) -> None:
    with Library.open(library) as kept:
        quoted = most_quoted(kept.connection)
        assert [one.words for one in quoted] == sorted((one.words for one in quoted), reverse=True)
        [mayor] = [one for one in quoted if one.name == "Luc Sarrazin"]
        assert (mayor.articles, mayor.statements) == (2, 2)
        [alone] = most_quoted(kept.connection, Filters(outlet="La Dépêche"))
        assert (alone.name, alone.share) == ("Luc Sarrazin", 1.0)
        assert len(most_quoted(kept.connection, limit=1)) == 1


def test_what_is_quoted_follows_a_source_that_becomes_another(library: Path) -> None:
    with Library.open(library) as kept:
        sources = {one.name: one.source for one in most_quoted(kept.connection)}
        kept.connection.execute(
            "UPDATE article_source SET source = ? WHERE source = ?",
            (sources["Claire Aubanel"], sources["Luc Sarrazin"]),
        )
        after = {one.name: one.articles for one in most_quoted(kept.connection)}
    assert "Luc Sarrazin" not in after
    assert after["Claire Aubanel"] == 2


def test_only_current_versions_count(library: Path) -> None:
    with Library.open(library) as kept:
        before = summed(kept.connection)[0]
        kept.add([dam_later()])
        after = summed(kept.connection)[0]
        assert (after.articles, after.statements) == (before.articles, before.statements)
        kept.remove(kept.find_article("https://messager.example/vernoux"))
        assert summed(kept.connection)[0].articles == 2
        assert "Claire Aubanel" not in {one.name for one in most_quoted(kept.connection)}
        for article_number in list(kept.articles()):
            kept.remove(article_number)
        assert summed(kept.connection) == []
        assert kept.connection.execute("SELECT COUNT(*) FROM quoted").fetchone() == (0,)


def test_a_gender_that_the_text_does_not_show_is_unknown(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.sqlite", create=True) as kept:
        kept.add(read(article("“The bridge is closed,” said Mary Alden.", language="en", url=None)))
        [total] = summed(kept.connection)
    assert (total.gender.women, total.gender.men, total.gender.unknown) == (0, 0, 1)
    assert total.gender.unknown_share == 1.0


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (50, 100, 0.4038, 0.5962)]
)
def test_wilson_intervals(count: int, of: int, low: float, high: float) -> None:
    found = wilson(count, of)
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-4)


def test_a_share_of_nothing_is_none() -> None:
    assert wilson(0, 0).share is None


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["profile", *arguments])
    return result.exit_code, result.stdout


def test_the_command(library: Path) -> None:
    status, out = run("--library", str(library), "--by", "outlet")
    assert status == 0
    assert "Le Messager de Vernoux" in out and "Most quoted" in out and "not shown" in out
    status, out = run("--library", str(library), "--by", "language", "--format", "json", "--top", "2")
    told = json.loads(out)
    assert [group["name"] for group in told["groups"]] == ["fr", "en"]
    assert len(told["most_quoted"]) == 2
    status, out = run("--library", str(library), "--by", "month", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    assert [row["name"] for row in rows] == ["2025-04", "2025-05"]
    assert run("--library", str(library), "--since", "spring")[0] == 2
    assert run("--library", str(library), "--since", "2031")[1].strip() == "There is no article."


def test_the_figures_of_a_reading_are_those_of_its_profile(library: Path) -> None:
    assert DAM in dam().article.text
    with Library.open(library) as kept:
        row = kept.connection.execute(
            "SELECT words, attributed, second_hand, statements FROM profile ORDER BY version LIMIT 1"
        ).fetchone()
    profile = dam().profile
    assert row == (profile.words, profile.attributed_words, profile.second_hand, profile.statements)
