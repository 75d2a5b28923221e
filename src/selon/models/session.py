"""The learned reader's network at run time: two graphs on ONNX Runtime, one thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from spacy.language import Language as Pipeline

from selon.models.anchors import Anchor
from selon.models.decoding import Judged, Thresholds, best_paths
from selon.models.features import PARSE_COLUMNS, WINDOW, TokenFeatures, anchor_columns, windows
from selon.steps.quotations import Quotations
from selon.tokens import Tokens
from selon.types import Found

Array = np.ndarray[Any, Any]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`config.json` beside the graphs. `encoders`: of each language it was trained on the fingerprint of the pipeline's
    encoder, whose vectors it reads; `transitions`: of each member between the labels of a window; `floor`: anchors less
    likely than this are not looked at further; `thresholds`: how likely a statement must be; `calibration`: chances as
    the network gives them, rising, and what share of such was right."""

    name: str
    version: str
    features: int
    encoders: dict[str, int]
    parse: bool
    transitions: tuple[tuple[tuple[float, ...], ...], ...]
    floor: float
    thresholds: Thresholds
    calibration: tuple[tuple[float, float], ...]


class Session:
    """The network of the learned reader, loaded: one or more members of one shape, whose scores are averaged."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # noqa: PLC0415 - half a second that reading by the rules alone need not pay

        self.config = msgspec.json.decode((folder / "config.json").read_bytes(), type=Config)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3

        def graphs(name: str) -> list[Any]:
            paths = [folder / f"{name}-{number + 1}.onnx" for number in range(len(self.config.transitions))]
            return [onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]) for path in paths]

        self._encoders, self._windows = graphs("encoder"), graphs("windows")
        self._transitions = np.array(self.config.transitions, np.float32).mean(0)
        self._given, self._right = np.array(self.config.calibration, np.float64).T

    def judge(
        self,
        tokens: Tokens,
        quotations: Quotations,
        features: TokenFeatures,
        anchors: Sequence[Anchor],
        found: Sequence[Found],
    ) -> list[Judged]:
        """What the network says of the anchors of a text: those of the rules, and others that may well report."""
        if not anchors:
            return []
        encoded = self._encoded(features, anchors, found)
        logits = np.stack([logits for _, _, logits in encoded]).mean(0).astype(np.float64)
        chances = 1 / (1 + np.exp(-logits))
        rows = [row for row, one in enumerate(anchors) if chances[row] >= self.config.floor or one.rule is not None]
        if not rows:
            return []
        around = windows(tokens, quotations, found, [anchors[row] for row in rows])
        if not self.config.parse:
            around.ids[..., 1] = 0
        places = np.clip(around.first[:, None] + np.arange(WINDOW), 0, len(tokens) - 1)
        given = {"places": places, "ids": around.ids, "flags": around.flags}
        each = [
            graph.run(None, {"states": states, "anchor": states_of_anchors[rows], **given})[0]
            for graph, (states, states_of_anchors, _) in zip(self._windows, encoded, strict=True)
        ]
        scores: Array = np.stack(each).mean(0)
        scores[~around.inside] = (0, -1e4, -1e4)
        paths = best_paths(scores, self._transitions)
        return [
            Judged(anchors[row], float(chances[row]), int(around.first[place]), paths[place])
            for place, row in enumerate(rows)
        ]

    def _encoded(
        self, features: TokenFeatures, anchors: Sequence[Anchor], found: Sequence[Found]
    ) -> list[tuple[Array, Array, Array]]:
        """Of each member the states of the tokens, the states of the anchors, and the logits of the anchors."""
        ids = features.ids
        if not self.config.parse:
            ids = ids.copy()
            ids[:, list(PARSE_COLUMNS)] = 0
        given = {
            "ids": ids[None],
            "flags": features.flags[None],
            "vectors": features.vectors[None],
            "heads": np.array([anchor.head for anchor in anchors], np.int64),
            "columns": anchor_columns(anchors, found),
        }
        return [tuple(graph.run(None, given)) for graph in self._encoders]

    def confidence(self, chance: float) -> float:
        """A chance as the network gives it, calibrated: of statements given 0.9, nine in ten are right."""
        return float(np.interp(chance, self._given, self._right))


def session_for(pipeline: Pipeline, language: str) -> Session | None:
    """The shipped learned reader, where it was trained on the vectors of this pipeline."""
    session = load_session()
    fits = session is not None and session.config.encoders.get(language) == fingerprint(pipeline)
    return session if fits else None


@cache
def fingerprint(pipeline: Pipeline) -> int:
    """A number that changes with the weights of a pipeline's encoder; 0 where it has none."""
    if not pipeline.has_pipe("tok2vec"):
        return 0
    encoder: Any = pipeline.get_pipe("tok2vec")
    return crc32(encoder.model.to_bytes())


@cache
def load_session() -> Session | None:
    """The shipped learned reader; None where it is not there."""
    folder = resources.files("selon") / "models" / "reader"
    with resources.as_file(folder) as path:
        return Session(path) if (path / "config.json").is_file() else None
