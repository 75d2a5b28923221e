"""Peers: how they are asked, what counts where one fails, and that one that cannot be set up stops no other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from evaluation.gold import ROOT, Marked, NoDataError
from evaluation.peers import environments, table
from evaluation.peers.environments import Peer, PeerError, ask, python_of
from evaluation.peers.protocol import Answer, Asked, guarded, over_pipeline
from evaluation.peers.selon_statements import Statements
from evaluation.score import Told, total
from spacy.tokens import Doc

from selon.articles.article import make_article
from selon.types import Span

CALM = "« Le pont ouvrira lundi », a déclaré Anne Roux."
LOUD = "« Le pont ouvrira mardi ! », a déclaré Anne Roux."

# Finds what stands between quotation marks, says so aloud, and cannot bear an exclamation mark.
FAKE = """
import re
from evaluation.peers.protocol import guarded, serve
from evaluation.score import Told, total
from selon.types import Span

def find(text):
    print("looking at", text)
    if "!" in text:
        raise ValueError("too loud")
    return [Told(content=(Span(*match.span(1)),), speaker="Anne Roux") for match in re.finditer("« ([^»]*) »", text)]

serve(lambda articles: [guarded(lambda: find(one.text)) for one in articles])
"""


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command of a peer that needs no environment of its own."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return script(tmp_path, FAKE)


def script(folder: Path, text: str) -> list[str]:
    path = folder / "peer.py"
    path.write_text(text, encoding="utf-8")
    return [sys.executable, str(path)]


def marked_as(text: str) -> Marked:
    """An article with one statement, the quotation."""
    start, end = text.index("Le pont"), text.index(" »")
    mention = {"start": text.index("Anne"), "end": len(text) - 1}
    cue = {"start": text.index("a déclaré"), "end": mention["start"] - 1}
    statement: dict[str, Any] = {
        "content": [{"start": start, "end": end}],
        "cue": cue,
        "mention": mention,
        "speaker": "Anne Roux",
        "form": "direct",
        "inside": None,
    }
    return Marked(make_article(text, language="fr"), [statement])


def test_a_peer_answers_each_article_and_what_it_prints_is_no_answer(fake: list[str]) -> None:
    answers, seconds = ask(fake, [Asked(CALM, "fr"), Asked(LOUD, "fr"), Asked("Rien.", "fr")])
    assert answers[0] == Answer((Told(content=(Span(2, 23),), speaker="Anne Roux"),))
    assert answers[1] == Answer(raised="ValueError: too loud")
    assert answers[2] == Answer()
    assert seconds > 0


def test_an_article_on_which_a_peer_raises_has_nothing_of_it(fake: list[str]) -> None:
    calm = table.scored(fake, [marked_as(CALM)])
    both = table.scored(fake, [marked_as(CALM), marked_as(LOUD)])
    assert (calm.raised, both.raised) == (0, 1)
    assert [both.tallies["found"].right, both.tallies["found"].read, both.tallies["found"].marked] == [1, 1, 2]
    assert calm.tallies["speaker"].f1 == 100
    assert both.tallies["content"].recall == 50
    assert both.tallies["mention"].right == 0
    assert (calm.words, both.words) == (8, 16)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("print('{}')", "1 lines in answer to 1 articles"),
        ("print('{}'); print('seconds')", "not as agreed"),
        ("print('{}'); print('{}')", "not as agreed"),
        ("raise OSError('no such verb list')", "OSError: no such verb list"),
        ("raise SystemExit(3)", "it ended with 3"),
        ("raise SystemExit('  ERROR: no such package\\n\\nnote: not our fault')", "^ERROR: no such package$"),
    ],
)
def test_a_peer_that_does_not_answer_as_agreed_is_an_error(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(PeerError, match=why):
        ask(script(tmp_path, text), [Asked(CALM, "fr")])


def test_a_peer_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match="nowhere"):
        ask([str(tmp_path / "nowhere")], [])


def test_only_what_an_extractor_raises_itself_is_kept() -> None:
    def lost() -> list[Told]:
        raise FileNotFoundError("verbs.txt")

    with pytest.raises(FileNotFoundError):
        guarded(lost)


def test_an_extractor_of_parsed_texts_gets_each_text_in_its_language() -> None:
    def find(doc: Doc) -> list[Told]:
        if doc.lang_ == "en":
            raise KeyError("en")
        return [Told(content=(Span(0, len(doc.text)),), form=doc.lang_)]

    answers = over_pipeline(find)([Asked("Il pleut.", "fr"), Asked("It rains.", "en"), Asked("Oui.", "fr")])
    assert answers == [
        Answer((Told(content=(Span(0, 9),), form="fr"),)),
        Answer(raised="KeyError: 'en'"),
        Answer((Told(content=(Span(0, 4),), form="fr"),)),
    ]


def test_selon_answers_as_its_peers_do() -> None:
    (answer,) = Statements(learned=False)([Asked(CALM, "fr", title="Le pont")])
    (statement,) = answer.statements
    assert (statement.content, statement.form, statement.speaker) == ((Span(2, 23),), "direct", "Anne Roux")


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would make environments; what has "unheard" in it finds no package."""
    called: list[list[str]] = []

    def run(command: Sequence[str], asked: bytes = b"") -> bytes:
        called.append(list(command))
        if any("unheard" in word for word in command):
            raise PeerError("ERROR: No matching distribution found")
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True, exist_ok=True)
        return b""

    monkeypatch.setattr(environments, "FOLDER", tmp_path)
    monkeypatch.setattr(environments, "_run", run)
    return called


def test_an_environment_is_made_once_for_the_same_packages(tmp_path: Path, commands: list[list[str]]) -> None:
    peer = Peer("marks", "nothing", packages=("one==1",), bare=("two==2",))
    assert python_of(peer) == tmp_path / "marks" / "bin" / "python"
    made, whole, bare = commands
    assert made[1:3] == ["-m", "venv"]
    assert whole[-3:] == ["--editable", str(ROOT), "one==1"]
    assert bare[-2:] == ["--no-deps", "two==2"]
    python_of(peer)
    assert len(commands) == 3
    python_of(Peer("marks", "nothing", packages=("one==2",)))
    assert len(commands) == 5


def test_a_peer_without_packages_runs_where_selon_does(commands: list[list[str]]) -> None:
    assert python_of(Peer("selon", "nothing")) == Path(sys.executable)
    assert commands == []


def test_what_cannot_be_run_is_said_and_stops_no_other(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def marked(name: str) -> list[Marked]:
        if name == "gone":
            raise NoDataError("there is no such set")
        return [marked_as(CALM)]

    def scored(command: Sequence[str], articles: Sequence[Marked]) -> table.Scored:
        if "broken" in command:
            raise PeerError("ImportError: no verbs")
        return table.Scored(total([]), 50, 0.5, 2)

    monkeypatch.setattr(table, "marked", marked)
    monkeypatch.setattr(table, "scored", scored)
    peers = [Peer("unheard", "x", packages=("unheard==1",)), Peer("broken", "broken"), Peer("whole", "whole")]
    table.print_table(peers, ["gone", "there"])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["gone", "skipped:", "there", "is", "no", "such", "set"] in lines
    assert ["there", "broken", "failed:", "ImportError:", "no", "verbs"] in lines
    assert ["there", "whole", *["0.0"] * 5, "100", "2"] in lines
    said = "unheard: no environment for it: ERROR: No matching distribution found"
    assert said.split() in lines
