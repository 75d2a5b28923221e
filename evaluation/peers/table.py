"""Which peers there are, and how they are scored: F1 of the five figures, and words a second.

One core, one thread. Words a second count the runs of letters and digits of the texts, against the processor time of
the whole work, parse included. An article on which a peer raises has no statements of that peer, and is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from evaluation.gold import Marked, NoDataError, marked
from evaluation.peers.environments import Peer, PeerError, ask, python_of
from evaluation.peers.protocol import Asked
from evaluation.score import FIGURES, Tallies, match, tally, told_of_marks, total, words_of

PEERS = (
    Peer("selon", "evaluation.peers.selon_statements"),
    Peer("selon --learned", "evaluation.peers.selon_statements", ("--learned",)),
    Peer("textacy", "evaluation.peers.textacy_quotations", packages=("textacy==0.13.0",)),
    Peer(
        "renard",
        "evaluation.peers.renard_quotes",
        packages=("matplotlib>=3.9", "more-itertools>=10.7", "networkx>=3.2", "tqdm>=4.67"),
        bare=("renard-pipeline==0.7.2",),
    ),
)
NOT_RUN = {
    "renard's speakers": "the detector of quotations runs, but telling who speaks needs a model to download",
    "booknlp 1.0.8": "downloads models of its own when it starts",
    "wowool-quotes 2.1.2": "reads what the language engine of its own maker has found, not a spaCy pipeline",
}


class Scored(msgspec.Struct, frozen=True):
    """A peer on one set."""

    tallies: Tallies
    words: int
    seconds: float
    raised: int


def scored(command: Sequence[str], articles: Sequence[Marked]) -> Scored:
    """Ask a peer for the articles and score what it answers. Raises PeerError."""
    answers, seconds = ask(command, [_asked(one) for one in articles])
    tallies = total(
        tally(match(one.article.text, told_of_marks(one.statements), answer.statements))
        for one, answer in zip(articles, answers, strict=True)
    )
    words = sum(len(words_of(one.article.text)) for one in articles)
    return Scored(tallies, words, seconds, sum(answer.raised is not None for answer in answers))


def _asked(one: Marked) -> Asked:
    article = one.article
    return Asked(article.text, article.language, article.title, article.published)


def command_of(peer: Peer) -> list[str]:
    """The command that runs a peer. Raises PeerError where its environment cannot be made."""
    return [str(python_of(peer)), "-m", peer.module, *peer.arguments]


def line_of(name: str, peer: str, one: Scored) -> str:
    """A peer on one set, as a line of the table."""
    figures = "".join(f"{one.tallies[figure].f1:9.1f}" for figure in FIGURES)
    speed = one.words / one.seconds if one.seconds else 0.0
    return f"{name:14s} {peer:16s}{figures} {speed:15.0f} {one.raised:10d}"


def commands_of(peers: Sequence[Peer]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The commands of the peers that can be run, and why the others cannot."""
    commands: dict[str, list[str]] = {}
    refused: dict[str, str] = {}
    for peer in peers:
        try:
            commands[peer.name] = command_of(peer)
        except PeerError as error:
            refused[peer.name] = f"no environment for it: {error}"
    return commands, refused


def print_table(peers: Sequence[Peer], names: Sequence[str]) -> None:
    """Print a line for each peer on each set as soon as it is measured, then what is not measured and why."""
    commands, refused = commands_of(peers)
    heads = "".join(f"{figure:>9s}" for figure in FIGURES)
    print(f"{'':14s} {'F1':16s}{heads} {'words a second':>15s} {'raised on':>10s}")
    for name in names:
        try:
            articles = marked(name)
        except NoDataError as error:
            print(f"{name:14s} skipped: {error}")
            continue
        for peer, command in commands.items():
            try:
                print(line_of(name, peer, scored(command, articles)), flush=True)
            except PeerError as error:
                print(f"{name:14s} {peer:16s} failed: {error}", flush=True)
    print("\nNot run:")
    for peer, reason in {**refused, **NOT_RUN}.items():
        print(f"  {peer}: {reason}")
