"""The model card of the wide tagger."""

from __future__ import annotations

from selon.models.wide_tagger import Config
from training.wide.fit import Settings


def card(config: Config, settings: Settings, articles: int) -> str:
    """The card as Markdown; what was measured is written under it by hand."""
    return f"""# {config.name} {config.version}

Gives the sources, cues and contents of English news in PolNeAR's scope and boundaries, for `selon read --wide`:
attitudes and bare noun contents too, quotation marks and that/to inside the content. English only.

**For non-commercial use.** It is learned from PolNeAR (Newell, Margolin and Ruths 2018), part train: {articles}
articles of the US political press of 2015 and 2016, each as one annotator marked it. No licence is stated over the
press texts.

Two bidirectional LSTM layers ({settings.hidden} wide) over the whole text, and a linear chain over seven labels:
outside, and beginning and inside of source, cue and content. What it sees of a token: hashes of its form and lemma,
part of speech, morphology, relation, the verb and the cue above it, the cue list, quotation marks, what the rules
found, and the vectors of the English pipeline's encoder. When that is trained anew, so must this be.
{len(config.transitions)} such networks, seeds from {settings.seed} on, {settings.epochs} rounds each; their scores are
averaged, their weights have eight bits. Which passages belong together is told by a logistic regression over distance,
order and parse.

Written by `python -m training.wide`; `python -m training.wide --held` measures three seeds on articles held out.

The texts are of one country, one subject and one year. The wide sense is less sure than the narrow one: what counts as
an attitude is often a matter of taste. Confidence is the chance of the least likely passage of a statement, on the
cautious side: of articles held out, half of the words of the content were right in 68 of 100 statements given 0.5 to
0.6, and in 94 of those given 0.8 to 0.9. `kind` is thought only where the cue list knows the cue for one.
"""
