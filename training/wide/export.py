"""Writes the network of the wide tagger as the graph that `selon.models.wide_tagger` runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from selon.models.features import FLAGS, VECTOR
from selon.models.wide_features import COLUMNS
from training.wide.network import Network

_OPSET = 17


def export(network: Network, path: Path) -> None:
    """Write the graph of one member, its weights and tables as whole numbers of eight bits."""
    network.eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    inputs = (
        torch.ones(1, 9, len(COLUMNS), dtype=torch.int64),
        torch.zeros(1, 9, FLAGS),
        torch.zeros(1, 9, VECTOR),
    )
    names = ["ids", "flags", "vectors"]
    with TemporaryDirectory() as temporary:
        exact = Path(temporary) / path.name
        with torch.no_grad():
            torch.onnx.export(
                network, inputs, exact, input_names=names, output_names=["scores"],
                dynamic_axes={**{name: {1: "tokens"} for name in names}, "scores": {1: "tokens"}},
                opset_version=_OPSET, dynamo=False,
            )  # fmt: skip
        quantize_dynamic(
            exact, path, op_types_to_quantize=["LSTM", "MatMul", "Gemm", "Gather"], weight_type=QuantType.QInt8
        )
