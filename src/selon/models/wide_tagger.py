"""The wide tagger at run time: one label a token, for sources, cues and contents in PolNeAR's scope and boundaries.

A graph on ONNX Runtime gives scores of labels, a linear chain the best path. Shapes: n tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from spacy.language import Language as Pipeline

from selon.models.decoding import best_paths
from selon.models.features import TokenFeatures
from selon.models.session import fingerprint
from selon.models.wide_features import version
from selon.types import Span

Array = np.ndarray[Any, Any]
Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in ("B", "I")))


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`config.json` beside the graphs. `encoders`: of each language it was trained on the fingerprint of the pipeline's
    encoder; `transitions`: of each member from label to label; `links`: what each fact weighs for a pair of passages
    that may belong together, cue with content and source with cue."""

    name: str
    version: str
    features: int
    encoders: dict[str, int]
    transitions: tuple[tuple[tuple[float, ...], ...], ...]
    links: dict[str, tuple[float, ...]]


class Tagged(NamedTuple):
    """A passage of one role, as a token range, and how likely its labels are."""

    role: Role
    span: Span
    chance: float


class WideTagger:
    """The network, loaded: one or more members of one shape, whose scores are averaged."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # noqa: PLC0415 - half a second that reading without it need not pay

        self.config = msgspec.json.decode((folder / "config.json").read_bytes(), type=Config)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        paths = [folder / f"tagger-{number + 1}.onnx" for number in range(len(self.config.transitions))]
        self._graphs: list[Any] = [
            onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]) for path in paths
        ]
        self._transitions = np.array(self.config.transitions, np.float32).mean(0)

    def tag(self, features: TokenFeatures) -> list[Tagged]:
        """The passages of a text in their order."""
        if not len(features.ids):
            return []
        given = {"ids": features.ids[None], "flags": features.flags[None], "vectors": features.vectors[None]}
        scores = np.stack([graph.run(None, given)[0][0] for graph in self._graphs]).mean(0)
        return tagged(scores, self._transitions)


def tagged(scores: Array, transitions: Array) -> list[Tagged]:
    """The passages on the best path of labels. `scores`: n × LABELS."""
    path = best_paths(scores[None], transitions)[0]
    chances = marginals(scores, transitions)
    found = []
    for role, first, last in spans_of([LABELS[label] for label in path]):
        likely = chances[np.arange(first, last), path[first:last]]
        found.append(Tagged(role, Span(first, last), float(likely.min())))
    return found


def spans_of(labels: Sequence[str]) -> list[tuple[Role, int, int]]:
    """The passages of a row of labels, with first and last token (half open).

    >>> spans_of(["B-source", "B-cue", "I-cue", "O", "B-content", "B-content"])
    [('source', 0, 1), ('cue', 1, 3), ('content', 4, 5), ('content', 5, 6)]
    """
    found: list[tuple[Role, int, int]] = []
    for index, label in enumerate(labels):
        if label == "O":
            continue
        role: Any = label[2:]
        if label[0] == "I" and found and found[-1][0] == role and found[-1][2] == index:
            found[-1] = (role, found[-1][1], index + 1)
        else:
            found.append((role, index, index + 1))
    return found


def marginals(scores: Array, transitions: Array) -> Array:
    """How likely each label of each token is on the chain (forward and backward): n × LABELS, rows add up to 1."""
    count, kinds = scores.shape
    forward, backward = np.zeros((count, kinds)), np.zeros((count, kinds))
    forward[0] = scores[0]
    for place in range(1, count):
        forward[place] = scores[place] + _log_sum(forward[place - 1][:, None] + transitions, 0)
    for place in range(count - 2, -1, -1):
        backward[place] = _log_sum(transitions + (scores[place + 1] + backward[place + 1])[None], 1)
    whole = forward + backward
    chances: Array = np.exp(whole - _log_sum(whole, 1)[:, None])
    return chances


def _log_sum(values: Array, axis: int) -> Array:
    highest = values.max(axis, keepdims=True)
    summed: Array = np.log(np.exp(values - highest).sum(axis)) + highest.squeeze(axis)
    return summed


def wide_tagger_for(pipeline: Pipeline, language: str) -> WideTagger | None:
    """The shipped wide tagger, where it was trained on the vectors of this pipeline and on these features."""
    tagger = load_wide_tagger()
    if tagger is None or tagger.config.features != version():
        return None
    return tagger if tagger.config.encoders.get(language) == fingerprint(pipeline) else None


@cache
def load_wide_tagger() -> WideTagger | None:
    """The shipped wide tagger; None where it is not there."""
    folder = resources.files("selon") / "models" / "wide"
    with resources.as_file(folder) as path:
        return WideTagger(path) if (path / "config.json").is_file() else None
