"""The network of the learned reader: an encoder of the text, and a reader of the windows around anchors."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from selon.models.features import (
    ANCHOR_COLUMNS,
    COLUMNS,
    FLAGS,
    LANGUAGE_FLAG,
    VECTOR,
    WINDOW_COLUMNS,
    WINDOW_FLAGS,
)

LABELS = 3  # outside, content, mention
TAGS = 3  # in the text as a whole: content, cue, mention
_WIDTHS = (48, 12, 24, 12, 12, 16, 16, 8, 8, 6, 8, 8)
_WINDOW_WIDTHS = (16, 16, 8, 6)
_ANCHOR_WIDTHS = (6, 8, 8)


class Encoder(nn.Module):
    """Features of tokens to states (b × n × 2·hidden); `auxiliary` gives the tags of the text as a whole."""

    def __init__(self, hidden: int, vectors: int, dropout: float) -> None:
        super().__init__()
        self.embed = nn.ModuleList(nn.Embedding(size, width) for (_, size), width in zip(COLUMNS, _WIDTHS, strict=True))
        self.drop = nn.Dropout(dropout)
        self.vectors = nn.ModuleList(nn.Linear(VECTOR, vectors) for _ in range(2))
        self.project = nn.Linear(sum(_WIDTHS) + FLAGS + vectors, 2 * hidden)
        self.lstm = nn.LSTM(2 * hidden, hidden, num_layers=2, bidirectional=True, batch_first=True, dropout=dropout)
        self.hidden = hidden

    def forward(self, ids: Tensor, flags: Tensor, vectors: Tensor) -> Tensor:
        parts = [layer(ids[..., column]) for column, layer in enumerate(self.embed)]
        bare = flags[..., LANGUAGE_FLAG : LANGUAGE_FLAG + 1]  # each language has an encoder of its own
        known = self.vectors[0](vectors) * bare + self.vectors[1](vectors) * (1 - bare)
        entered = torch.relu(self.project(self.drop(torch.cat([*parts, flags, known], -1))))
        entered = self.drop(entered)
        states, _ = self.lstm(entered)
        return torch.cat((self.drop(states), entered), -1)


class Head(nn.Module):
    """What one way of marking asks for: whether an anchor reports, the labels of its window, the tags of the text."""

    def __init__(self, state: int, anchor: int, window: int) -> None:
        super().__init__()
        self.accept = nn.Sequential(nn.Linear(state + anchor, 64), nn.ReLU(), nn.Dropout(0.3), nn.Linear(64, 1))
        self.labels = nn.Linear(window, LABELS)
        self.tags = nn.Linear(state, TAGS)
        self.transitions = nn.Parameter(torch.zeros(LABELS, LABELS))


class Network(nn.Module):
    """Encoder and windows, with a head for the news sets (0) and one for PolNeAR (1)."""

    def __init__(self, hidden: int = 96, window: int = 64, vectors: int = 48, dropout: float = 0.4) -> None:
        super().__init__()
        self.encoder = Encoder(hidden, vectors, dropout)
        state = 4 * hidden
        self.window_embed = nn.ModuleList(
            nn.Embedding(size, width) for (_, size), width in zip(WINDOW_COLUMNS, _WINDOW_WIDTHS, strict=True)
        )
        self.anchor_embed = nn.ModuleList(
            nn.Embedding(size, width) for (_, size), width in zip(ANCHOR_COLUMNS, _ANCHOR_WIDTHS, strict=True)
        )
        anchor = sum(_ANCHOR_WIDTHS)
        self.token_in = nn.Linear(state, window)
        self.anchor_in = nn.Linear(state + anchor, window)
        self.window_in = nn.Linear(sum(_WINDOW_WIDTHS) + WINDOW_FLAGS, window)
        self.window_lstm = nn.LSTM(window, window, bidirectional=True, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.heads = nn.ModuleList(Head(state, anchor, 3 * window) for _ in range(2))

    def anchor_states(self, at_head: Tensor, columns: Tensor) -> Tensor:
        """States of anchors: a × (state + anchor)."""
        return torch.cat([at_head, *(layer(columns[:, c]) for c, layer in enumerate(self.anchor_embed))], -1)

    def emissions(self, states: Tensor, anchor: Tensor, ids: Tensor, flags: Tensor, head: int) -> Tensor:
        """Scores of the labels: a × w × LABELS. `states`: a × w × state."""
        parts = [layer(ids[..., c]) for c, layer in enumerate(self.window_embed)]
        entered = self.token_in(states) + self.anchor_in(anchor)[:, None, :]
        entered = self.drop(torch.relu(entered + self.window_in(torch.cat([*parts, flags], -1))))
        read, _ = self.window_lstm(entered)
        return self.heads[head].labels(torch.cat((self.drop(read), entered), -1))


def path_loss(scores: Tensor, transitions: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
    """Negative log likelihood of label paths (linear chain), a values. Places outside `mask` are label 0 for sure."""
    blocked = torch.full_like(scores, -1e4)
    blocked[..., 0] = 0
    scores = torch.where(mask[..., None], scores, blocked)
    picked = scores.gather(2, gold[..., None]).squeeze(2).sum(1)
    picked = picked + transitions[gold[:, :-1], gold[:, 1:]].sum(1)
    alpha = scores[:, 0]
    for place in range(1, scores.shape[1]):
        alpha = torch.logsumexp(alpha[:, :, None] + transitions[None], 1) + scores[:, place]
    return torch.logsumexp(alpha, 1) - picked
