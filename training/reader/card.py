"""The model card of the learned reader."""

from __future__ import annotations

from collections.abc import Sequence

from selon.models.features import WINDOW
from selon.models.session import Config
from training.reader.fit import Settings
from training.reader.folds import Article

_LICENCES = {
    "fr-news-train": "texts CC BY-NC 4.0, marks CC0",
    "fr-press-train": "texts LGPL-LR, marks CC0",
    "made-train": "CC0",
    "en-news-train": "texts CC BY 2.5, marks CC0",
}


def card(config: Config, settings: Settings, train: Sequence[Article], table: str) -> str:
    """The card as Markdown."""
    names = sorted({one.of for one in train})
    data = [f"| {name} | {sum(one.of == name for one in train)} | {_LICENCES[name]} |" for name in names]
    if settings.polnear and not config.name.endswith("open"):
        data.append("| PolNeAR, train (an output of its own) | 320 | no licence is stated over the press texts |")
    use = "any use" if config.name.endswith("open") else "non-commercial use"
    return f"""# {config.name} {config.version}

Says of each place where a text may report a statement whether it does, and where content and mention begin and end.
It sees what the rules found, and mends it. For {use}. French and English are one model.

It reads the vectors of the encoders of these very language models: when one of them is trained anew, so must this be.

An encoder (two bidirectional LSTM layers, {settings.hidden} wide) over the whole text, and a smaller one over the
{WINDOW} tokens around each cue or quotation; labels by a linear chain. {settings.members} such networks, seeds from
{settings.seed} on, {settings.epochs} rounds each, whose scores are averaged. Written by `python -m training.reader`.

| data | articles | licence |
|---|---|---|
{chr(10).join(data)}

The marks were made by language models that read each article by one guide; no person has reviewed them.

F1 out of fold (cross-validation over articles):

| set | | content | found | strict | mention |
|---|---|---|---|---|---|
{table}

A statement of the rules is kept from a chance of {config.thresholds.kept} on, another is added from
{config.thresholds.added}. Confidence is the share of statements that were right at the same score out of fold.
"""
