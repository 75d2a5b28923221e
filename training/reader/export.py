"""Writes the network as the two graphs that `selon.models.session` runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from selon.models.features import ANCHOR_COLUMNS, COLUMNS, FLAGS, VECTOR, WINDOW, WINDOW_COLUMNS, WINDOW_FLAGS
from training.reader.network import Network

_OPSET = 17


class _Encoded(nn.Module):
    """Text and anchors to states of tokens, states of anchors, and logits of anchors."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, flags: Tensor, vectors: Tensor, heads: Tensor, columns: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        states = self.network.encoder(ids, flags, vectors)[0]
        anchor = self.network.anchor_states(states[heads], columns)
        return states, anchor, self.network.heads[0].accept(anchor).squeeze(1)


class _Windows(nn.Module):
    """Windows of anchors to scores of labels."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, places: Tensor, anchor: Tensor, ids: Tensor, flags: Tensor) -> Tensor:
        return self.network.emissions(states[places], anchor, ids, flags, 0)


def export(network: Network, folder: Path, number: int) -> None:
    """Write the two graphs of one member into a folder, their weights as whole numbers of eight bits."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(1, 9, len(COLUMNS), dtype=torch.int64)
    flags = torch.zeros(1, 9, FLAGS)
    vectors = torch.zeros(1, 9, VECTOR)
    heads = torch.tensor([1, 4, 5])
    columns = torch.ones(3, len(ANCHOR_COLUMNS), dtype=torch.int64)
    encoded = _Encoded(network)
    states, anchor, _ = encoded(ids, flags, vectors, heads, columns)
    _write(
        encoded, (ids, flags, vectors, heads, columns), folder / f"encoder-{number}.onnx",
        names=["ids", "flags", "vectors", "heads", "columns"], outputs=["states", "anchor", "logits"],
        dynamic={**{name: {1: "tokens"} for name in ("ids", "flags", "vectors")}, "heads": {0: "anchors"},
                 "columns": {0: "anchors"}},
    )  # fmt: skip
    places = torch.zeros(3, WINDOW, dtype=torch.int64)
    window_ids = torch.ones(3, WINDOW, len(WINDOW_COLUMNS), dtype=torch.int64)
    window_flags = torch.zeros(3, WINDOW, WINDOW_FLAGS)
    names = ["states", "places", "anchor", "ids", "flags"]
    dynamic = {"states": {0: "tokens"}, **{name: {0: "anchors"} for name in names[1:]}}
    _write(
        _Windows(network), (states, places, anchor, window_ids, window_flags), folder / f"windows-{number}.onnx",
        names=names, outputs=["scores"], dynamic=dynamic,
    )  # fmt: skip


def _write(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    *,
    names: list[str],
    outputs: list[str],
    dynamic: dict[str, dict[int, str]],
) -> None:
    with TemporaryDirectory() as temporary:
        exact = Path(temporary) / path.name
        with torch.no_grad():
            torch.onnx.export(
                module, inputs, exact, input_names=names, output_names=outputs, dynamic_axes=dynamic,
                opset_version=_OPSET, dynamo=False,
            )  # fmt: skip
        quantize_dynamic(exact, path, op_types_to_quantize=["LSTM", "MatMul", "Gemm"], weight_type=QuantType.QInt8)
