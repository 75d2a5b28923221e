"""Speed is measured against a fixed pipeline, which is known by its hash and refuses to be another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evaluation import speed, yardstick
from evaluation.yardstick import YardstickError

from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.pipeline import load_pipeline
from selon.reader import Reader


def test_speed_of_a_reading_against_its_pipeline() -> None:
    article = make_article("Anne Roux a dit que le pont ouvrira lundi. " * 5, language="fr", title="Le pont")
    measured = speed.measure([Loaded("", article)] * 3, Reader(), load_pipeline("fr"))
    assert (measured.articles, measured.words) == (3, 3 * 45)
    assert measured.reading > 0 and measured.pipeline > 0
    assert measured.ratio == measured.reading / measured.pipeline


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own with a small model in place of the shipped one."""
    monkeypatch.setattr(yardstick, "SHIPPED", tmp_path / "languages")
    monkeypatch.setattr(yardstick, "KEPT", tmp_path / "yardstick")
    monkeypatch.setattr(yardstick, "HASHES", tmp_path / "yardstick.json")
    model = tmp_path / "languages" / "fr" / "model"
    model.mkdir(parents=True)
    (model / "meta.json").write_text("first", encoding="utf-8")
    return model


@pytest.mark.parametrize("language", sorted(yardstick.hashes()))
def test_the_yardstick_is_the_one_whose_hash_is_kept(language: str) -> None:
    assert yardstick.load_yardstick(language).pipe_names == load_pipeline(language).pipe_names


def test_the_shipped_model_is_the_yardstick_as_long_as_it_is_the_same(elsewhere: Path) -> None:
    with pytest.raises(YardstickError, match="no yardstick for 'fr'"):
        yardstick.folder_of("fr")
    digest = yardstick.set_yardstick("fr")
    assert yardstick.hashes() == {"fr": digest}
    assert yardstick.folder_of("fr") == elsewhere
    (elsewhere / "meta.json").write_text("second", encoding="utf-8")
    with pytest.raises(YardstickError, match="the yardstick of 'fr' is gone"):
        yardstick.folder_of("fr")
    with pytest.raises(YardstickError, match=re.escape("CHANGELOG.md")):
        yardstick.set_yardstick("fr")


def test_a_kept_copy_is_the_yardstick_when_another_model_is_shipped(elsewhere: Path) -> None:
    yardstick.set_yardstick("fr")
    kept = yardstick.keep_yardstick("fr")
    (elsewhere / "meta.json").write_text("second", encoding="utf-8")
    assert yardstick.folder_of("fr") == kept != elsewhere
    assert yardstick.keep_yardstick("fr") == kept
    (kept / "meta.json").write_text("third", encoding="utf-8")
    with pytest.raises(YardstickError, match="is gone"):
        yardstick.folder_of("fr")


def test_the_yardstick_from_the_command_line(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    yardstick.main(["--set", "fr"])
    assert capsys.readouterr().out == f"fr {yardstick.hashes()['fr']}\n"
    yardstick.main(["--keep", "fr"])
    assert yardstick.folder_of("fr") == elsewhere
    with pytest.raises(YardstickError, match="no model is shipped for 'en'"):
        yardstick.set_yardstick("en")
