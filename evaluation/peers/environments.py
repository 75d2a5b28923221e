"""The environment of each peer, made once, and calling a peer in it.

`.venv-peers/<name>` has Selon itself, so that the pipelines load, without what only its development needs, and the
peer's packages at fixed versions. Nothing but the package index is asked for anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from evaluation.gold import ROOT
from evaluation.peers.protocol import Answer, Asked, Took

FOLDER = ROOT / ".venv-peers"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PATIENCE = 1800


class PeerError(RuntimeError):
    """A peer that cannot be set up or does not answer as agreed; says why."""


class Peer(msgspec.Struct, frozen=True):
    """An extractor: the module that runs it, and what its environment needs.

    `packages` are installed with all they ask for, `bare` without. With neither it runs in this environment.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


def python_of(peer: Peer) -> Path:
    """The Python that runs a peer; its environment is made where it is missing or out of date. Raises PeerError."""
    if not peer.packages and not peer.bare:
        return Path(sys.executable)
    folder = FOLDER / peer.name
    python, ready = folder / "bin" / "python", folder / ".ready"
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = "\n".join([*peer.packages, "", *peer.bare, "", project])
    if ready.is_file() and ready.read_text(encoding="utf-8") == wanted:
        return python
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    _run([sys.executable, "-m", "venv", "--clear", str(folder)])
    _run([*install, "--editable", str(ROOT), *peer.packages])
    if peer.bare:
        _run([*install, "--no-deps", *peer.bare])
    ready.write_text(wanted, encoding="utf-8")
    return python


def _run(command: Sequence[str], asked: bytes = b"") -> bytes:
    """What a command prints. Raises PeerError with the last thing it said."""
    try:
        done = subprocess.run(
            command,
            input=asked,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **ONE_THREAD},
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerError(str(error)) from error
    if done.returncode:
        raise PeerError(_last_word(done.stderr.decode(errors="replace")) or f"it ended with {done.returncode}")
    return done.stdout


def _last_word(said: str) -> str:
    """What went wrong: pip's own line for it, which notes may follow, or else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1] if lines else "")


def ask(command: Sequence[str], articles: Sequence[Asked]) -> tuple[list[Answer], float]:
    """What a peer's script answers to the articles, and the seconds it took. Raises PeerError."""
    lines = _run(command, b"".join(msgspec.json.encode(article) + b"\n" for article in articles)).splitlines()
    if len(lines) != len(articles) + 1:
        raise PeerError(f"{len(lines)} lines in answer to {len(articles)} articles: there should be one more")
    try:
        answers = [msgspec.json.decode(line, type=Answer) for line in lines[:-1]]
        return answers, msgspec.json.decode(lines[-1], type=Took).seconds
    except msgspec.DecodeError as error:
        raise PeerError(f"an answer that is not as agreed: {error}") from error
