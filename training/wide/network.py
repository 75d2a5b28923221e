"""The network of the wide tagger: embedded columns, two bidirectional LSTM layers, scores of labels."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from selon.models.features import FLAGS, VECTOR
from selon.models.wide_features import COLUMNS, WORD_TABLE
from selon.models.wide_tagger import LABELS

_WIDTHS = {
    "word": 0, "prefix": 12, "suffix": 16, "shape": 12, "pos": 12, "relation": 12, "head word": 16, "head pos": 8,
    "act": 8, "cue shape": 4, "marks": 8, "rule content": 8, "lemma": 48, "four last letters": 16, "verb above": 24,
    "branch of the verb": 12, "branch of the cue": 12, "act of the cue": 8,
}  # fmt: skip
_WORD = 64


class Network(nn.Module):
    """Columns of tokens (b × n × columns) to scores of labels (b × n × LABELS)."""

    def __init__(self, hidden: int = 128, dropout: float = 0.4) -> None:
        super().__init__()
        self.columns = [place for place, (name, _) in enumerate(COLUMNS) if _WIDTHS.get(name)]
        self.embed = nn.ModuleList(nn.Embedding(COLUMNS[c][1], _WIDTHS[COLUMNS[c][0]]) for c in self.columns)
        self.words = nn.Embedding(COLUMNS[WORD_TABLE][1], _WORD)
        self.drop = nn.Dropout(dropout)
        width = sum(_WIDTHS.values()) + _WORD + FLAGS + VECTOR
        self.norm = nn.LayerNorm(VECTOR)
        self.project = nn.Linear(width, 2 * hidden)
        self.lstm = nn.LSTM(2 * hidden, hidden, num_layers=2, bidirectional=True, batch_first=True, dropout=dropout)
        self.labels = nn.Linear(4 * hidden, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))

    def forward(self, ids: Tensor, flags: Tensor, vectors: Tensor) -> Tensor:
        words = self.words(ids[..., WORD_TABLE]) + self.words(ids[..., WORD_TABLE + 1])
        parts = [layer(ids[..., column]) for column, layer in zip(self.columns, self.embed, strict=True)]
        entered = self.drop(torch.cat([words, *parts, flags, self.norm(vectors)], -1))
        entered = self.drop(torch.relu(self.project(entered)))
        states, _ = self.lstm(entered)
        return self.labels(self.drop(torch.cat((states, entered), -1)))
