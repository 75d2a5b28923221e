"""Fits the network to examples, and reads examples with it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from selon.models.decoding import Judged, best_paths
from selon.models.features import (
    COLUMNS,
    FLAGS,
    PARSE_COLUMNS,
    RULE_COLUMN,
    VECTOR,
    WINDOW,
    WINDOW_RULE_COLUMN,
)
from training.reader.dataset import Example
from training.reader.network import Network, path_loss

Array = np.ndarray[Any, Any]


class Settings(msgspec.Struct, frozen=True):
    """How the network is made and fitted."""

    hidden: int = 96
    window: int = 64
    vectors: int = 48
    dropout: float = 0.35
    word_dropout: float = 0.15
    rule_dropout: float = 0.15
    parse: bool = True
    rules: bool = True
    epochs: int = 15
    rate: float = 2e-3
    batch: int = 4
    positives: int = 64
    polnear: int = 0
    coats: float = 0.2
    accept: float = 2.5
    seed: int = 1
    members: int = 2


class Batch(msgspec.Struct):
    """Some articles side by side, padded."""

    ids: Tensor
    flags: Tensor
    vectors: Tensor
    tags: Tensor
    mask: Tensor


def _batch(examples: Sequence[Example], settings: Settings, draw: random.Random | None, bare: Sequence[bool]) -> Batch:
    longest = max(len(example.tokens) for example in examples)
    count = len(examples)
    ids = np.zeros((count, longest, len(COLUMNS)), np.int64)
    flags = np.zeros((count, longest, FLAGS), np.float32)
    vectors = np.zeros((count, longest, VECTOR), np.float32)
    tags = np.zeros((count, longest, 3), np.float32)
    mask = np.zeros((count, longest), np.float32)
    for row, example in enumerate(examples):
        size = len(example.tokens)
        ids[row, :size] = example.features.ids
        flags[row, :size] = example.features.flags
        vectors[row, :size] = example.features.vectors
        tags[row, :size] = example.tags
        mask[row, :size] = 1
        if bare[row] or not settings.rules:
            ids[row, :, RULE_COLUMN] = 0
            flags[row, :, -3:] = 0
    if not settings.parse:
        ids[..., list(PARSE_COLUMNS)] = 0
    if draw is not None:
        dropped = np.random.default_rng(draw.randrange(2**31)).random(ids.shape[:2]) < settings.word_dropout
        for column in (0, 1, 2, 6):
            ids[..., column][dropped] = 0
    return Batch(*(torch.from_numpy(one) for one in (ids, flags, vectors, tags, mask)))


def _window_columns(example: Example, rows: Array, settings: Settings, bare: bool) -> tuple[Array, Array, Array]:
    ids = example.windows.ids[rows].copy()
    columns = example.windows.anchors[rows].copy()
    if bare or not settings.rules:
        ids[..., WINDOW_RULE_COLUMN] = 0
        columns[:, 2] = 0
    if not settings.parse:
        ids[..., 1] = 0
    return ids, example.windows.flags[rows], columns


def fit(
    examples: Sequence[Example],
    settings: Settings,
    extra: Sequence[Example] = (),
    coats: Sequence[Example] = (),
    log: bool = False,
) -> Network:
    """A network fitted to examples, some of which are put in their other coat (same order) each epoch; `extra` are
    those of the other head, some of which are drawn each epoch."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(1)
    draw = random.Random(settings.seed)
    network = Network(settings.hidden, settings.window, settings.vectors, settings.dropout)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=0.01)
    per_epoch = len(_portions(examples, settings.batch, random.Random(0)))
    per_epoch += len(_portions(extra[: settings.polnear], settings.batch, random.Random(0))) if extra else 0
    steps = settings.epochs * per_epoch
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=settings.rate, total_steps=steps + 2, pct_start=0.1
    )
    for epoch in range(settings.epochs):
        network.train()
        worn = [coats[place] if coats and draw.random() < settings.coats else one for place, one in enumerate(examples)]
        portions = _portions(worn, settings.batch, draw)
        if extra and settings.polnear:
            portions += _portions(draw.sample(list(extra), min(settings.polnear, len(extra))), settings.batch, draw)
        draw.shuffle(portions)
        losses = np.zeros(3)
        for portion in portions[:steps]:
            loss, parts = _loss(network, portion, settings, draw)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            if schedule.last_epoch < steps:
                schedule.step()
            losses += parts
        if log:
            print(f"epoch {epoch + 1}: {losses / len(portions)}", flush=True)
    network.eval()
    return network


def _portions(examples: Sequence[Example], size: int, draw: random.Random) -> list[list[Example]]:
    """Batches of articles of one head and of like length."""
    ordered = sorted(examples, key=lambda example: (example.head, len(example.tokens) * (0.8 + 0.4 * draw.random())))
    portions: list[list[Example]] = []
    for example in ordered:
        if not len(example.tokens):
            continue
        if portions and len(portions[-1]) < size and portions[-1][0].head == example.head:
            portions[-1].append(example)
        else:
            portions.append([example])
    return portions


def _loss(
    network: Network, portion: Sequence[Example], settings: Settings, draw: random.Random
) -> tuple[Tensor, Array]:
    bare = [draw.random() < settings.rule_dropout for _ in portion]
    batch = _batch(portion, settings, draw, bare)
    head = portion[0].head
    states = network.encoder(batch.ids, batch.flags, batch.vectors)
    tag_loss = (
        nn.functional.binary_cross_entropy_with_logits(
            network.heads[head].tags(states),
            batch.tags,
            weight=batch.mask[..., None].expand_as(batch.tags),
            reduction="sum",
        )
        / batch.mask.sum()
    )
    rows: list[int] = []
    places: list[int] = []
    columns: list[Array] = []
    wanted: list[float] = []
    positive: list[tuple[int, int]] = []
    for number, example in enumerate(portion):
        _, _, anchor_columns = _window_columns(example, np.arange(len(example.anchors)), settings, bare[number])
        rows += [number] * len(example.anchors)
        places += [anchor.head for anchor in example.anchors]
        columns.append(anchor_columns)
        wanted += [float(gold >= 0) for gold in example.gold]
        positive += [(number, row) for row, gold in enumerate(example.gold) if gold >= 0]
    if not rows:
        return tag_loss, np.array([0.0, 0.0, tag_loss.item()])
    anchor = network.anchor_states(states[rows, places], torch.from_numpy(np.concatenate(columns)))
    accept = network.heads[head].accept(anchor).squeeze(1)
    accept_loss = nn.functional.binary_cross_entropy_with_logits(accept, torch.tensor(wanted))
    draw.shuffle(positive)
    label_loss = _label_loss(network, portion, states, positive[: settings.positives], settings=settings, bare=bare)
    total = settings.accept * accept_loss + 0.15 * label_loss + 0.5 * tag_loss
    return total, np.array([accept_loss.item(), label_loss.item(), tag_loss.item()])


def _label_loss(
    network: Network,
    portion: Sequence[Example],
    states: Tensor,
    positive: Sequence[tuple[int, int]],
    *,
    settings: Settings,
    bare: Sequence[bool],
) -> Tensor:
    if not positive:
        return torch.zeros(())
    ids: list[Array] = []
    flags: list[Array] = []
    columns: list[Array] = []
    labels, inside, first, heads = [], [], [], []
    for number, row in positive:
        example = portion[number]
        some = _window_columns(example, np.array([row]), settings, bare[number])
        for kept, one in zip((ids, flags, columns), some, strict=True):
            kept.append(one[0])
        labels.append(example.labels[row])
        inside.append(example.windows.inside[row])
        first.append(example.windows.first[row])
        heads.append(example.anchors[row].head)
    numbers = torch.tensor([number for number, _ in positive])
    places = torch.tensor(np.array(first))[:, None] + torch.arange(WINDOW)[None]
    places = places.clamp(0, states.shape[1] - 1)
    anchor = network.anchor_states(states[numbers, torch.tensor(heads)], torch.from_numpy(np.array(columns)))
    head = portion[0].head
    scores = network.emissions(
        states[numbers[:, None], places],
        anchor,
        torch.from_numpy(np.array(ids)),
        torch.from_numpy(np.array(flags)),
        head,
    )
    mask = torch.from_numpy(np.array(inside))
    return path_loss(scores, network.heads[head].transitions, torch.from_numpy(np.array(labels)), mask).mean()


@torch.no_grad()
def judge(
    network: Network, examples: Sequence[Example], settings: Settings, floor: float = 0.03
) -> Iterator[list[Judged]]:
    """What the network says of the anchors of each example: the rules' own, and those not less likely than `floor`."""
    network.eval()
    for example in examples:
        if not example.anchors:
            yield []
            continue
        batch = _batch([example], settings, None, [False])
        head = example.head
        states = network.encoder(batch.ids, batch.flags, batch.vectors)
        everything = np.arange(len(example.anchors))
        _, _, columns = _window_columns(example, everything, settings, False)
        heads = torch.tensor([anchor.head for anchor in example.anchors])
        anchor = network.anchor_states(states[0, heads], torch.from_numpy(columns))
        chances = torch.sigmoid(network.heads[head].accept(anchor).squeeze(1)).numpy()
        rows = np.array(
            [row for row, one in enumerate(example.anchors) if chances[row] >= floor or one.rule is not None], np.int64
        )
        if not len(rows):
            yield []
            continue
        ids, flags, _ = _window_columns(example, rows, settings, False)
        places = torch.from_numpy(
            np.clip(example.windows.first[rows][:, None] + np.arange(WINDOW), 0, len(example.tokens) - 1)
        )
        scores = network.emissions(
            states[0][places], anchor[torch.from_numpy(rows)], torch.from_numpy(ids), torch.from_numpy(flags), head
        ).numpy()
        scores[~example.windows.inside[rows]] = (0, -1e4, -1e4)
        paths = best_paths(scores, network.heads[head].transitions.numpy())
        yield [
            Judged(example.anchors[row], float(chances[row]), int(example.windows.first[row]), paths[place])
            for place, row in enumerate(rows)
        ]
