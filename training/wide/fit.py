"""Fits the network of the wide tagger to pieces of articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from selon.models.features import FLAGS, RULE_COLUMN, VECTOR
from selon.models.wide_features import COLUMNS, WORD_COLUMNS
from training.reader.network import path_loss
from training.wide.dataset import Example, pieces
from training.wide.network import Network

Array = np.ndarray[Any, Any]
_RULE_FLAGS = 3


class Settings(msgspec.Struct, frozen=True):
    """How the network is made and fitted; `piece`: tokens an article is cut into, `batch`: pieces side by side."""

    hidden: int = 128
    dropout: float = 0.4
    word_dropout: float = 0.1
    rule_dropout: float = 0.15
    epochs: int = 8
    rate: float = 3e-3
    piece: int = 128
    batch: int = 32
    seed: int = 1


class Piece(NamedTuple):
    """A range of tokens of an article."""

    example: Example
    first: int
    last: int


class Batch(NamedTuple):
    """Pieces side by side, padded; `mask` says what is a token."""

    ids: Tensor
    flags: Tensor
    vectors: Tensor
    labels: Tensor
    mask: Tensor


def batch_of(pieces_: Sequence[Piece], settings: Settings | None = None, draw: random.Random | None = None) -> Batch:
    """Some pieces as one batch; with `draw` words and what the rules found are hidden here and there."""
    count, longest = len(pieces_), max(last - first for _, first, last in pieces_)
    ids = np.zeros((count, longest, len(COLUMNS)), np.int64)
    flags = np.zeros((count, longest, FLAGS), np.float32)
    vectors = np.zeros((count, longest, VECTOR), np.float32)
    labels = np.zeros((count, longest), np.int64)
    mask = np.zeros((count, longest), bool)
    for row, (example, first, last) in enumerate(pieces_):
        size = last - first
        ids[row, :size] = example.features.ids[first:last]
        flags[row, :size] = example.features.flags[first:last]
        vectors[row, :size] = example.features.vectors[first:last]
        labels[row, :size] = example.labels[first:last]
        mask[row, :size] = True
        if draw is not None and settings is not None and draw.random() < settings.rule_dropout:
            ids[row, :, RULE_COLUMN] = 0
            flags[row, :, FLAGS - _RULE_FLAGS :] = 0
    if draw is not None and settings is not None:
        hidden = np.random.default_rng(draw.randrange(2**31)).random((count, longest)) < settings.word_dropout
        for column in WORD_COLUMNS:
            ids[..., column][hidden] = 0
    return Batch(*(torch.from_numpy(one) for one in (ids, flags, vectors, labels, mask)))


def fit(examples: Sequence[Example], settings: Settings, *, log: bool = False) -> Network:
    """A network fitted to the examples, cut anew in each round."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    draw = random.Random(settings.seed)
    network = Network(settings.hidden, settings.dropout)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=0.01)
    rounds = [_batches(examples, settings, draw) for _ in range(settings.epochs)]
    steps = sum(map(len, rounds))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=settings.rate, total_steps=steps, pct_start=0.1)
    for number, batches in enumerate(rounds):
        network.train()
        losses = 0.0
        for pieces_ in batches:
            batch = batch_of(pieces_, settings, draw)
            scores = network(batch.ids, batch.flags, batch.vectors)
            loss = path_loss(scores, network.transitions, batch.labels, batch.mask).sum() / batch.mask.sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses += loss.item()
        if log:
            print(f"seed {settings.seed}, round {number + 1}: loss {losses / len(batches):.4f}", flush=True)
    network.eval()
    return network


def _batches(examples: Sequence[Example], settings: Settings, draw: random.Random) -> list[list[Piece]]:
    """All pieces of the articles, those of like length side by side, in random order."""
    cut = [Piece(one, first, last) for one in examples for first, last in pieces(one, draw, settings.piece)]
    cut.sort(key=lambda piece: (piece.last - piece.first) * (0.9 + 0.2 * draw.random()))
    batches = [cut[first : first + settings.batch] for first in range(0, len(cut), settings.batch)]
    draw.shuffle(batches)
    return batches


@torch.no_grad()
def scores_of(network: Network, example: Example) -> Array:
    """Scores of labels for each token of a whole article: n × LABELS."""
    batch = batch_of([Piece(example, 0, len(example.labels))])
    scores: Array = network(batch.ids, batch.flags, batch.vectors)[0].numpy()
    return scores
