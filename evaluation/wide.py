"""How well `--wide` finds the sources, cues and contents of PolNeAR's dev part.

    python -m evaluation.wide

Published results are exact spans of B-/I- labels over the tokens of sentences (Newell et al. 2018 and after): a passage
that runs over two sentences is two spans, and each has to be right to the token. The statements of a reading are put in
that form here: a token is in a passage where they share a letter. Each annotated article counts as often as annotators
marked it, as in the published form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evaluation.gold import corpus
from evaluation.polnear import Sentence, aligned, sentences, text_of
from evaluation.score import Interval, Tally, bootstrap
from selon.articles.article import make_article
from selon.articles.inputs import Loaded
from selon.models.wide_tagger import ROLES, Role, spans_of
from selon.reader import Reader
from selon.types import Passage, Reading, Span

PUBLISHED = {
    "two-layer BiLSTM": {"source": 73.3, "cue": 66.2, "content": 63.6},
    "BERT-sized": {"source": 83.2, "cue": 75.3, "content": 72.9},
}
WideTallies = dict[Role, Tally]
_LATER_WINS: tuple[Role, ...] = ("content", "source", "cue")


def passages(reading: Reading) -> dict[Role, list[Span]]:
    """The passages of each role in the text of a reading."""
    found: dict[Role, list[Span]] = {role: [] for role in ROLES}
    for statement in reading.statements:
        parts: list[tuple[Role, Passage | None]] = [("content", part) for part in statement.content]
        parts += [("cue", statement.cue), ("source", statement.mention)]
        for role, part in parts:
            if part is not None and part.where != "title":
                found[role].append(Span(part.start, part.end))
    return found


def labels_over(tokens: Sequence[Span], found: dict[Role, list[Span]]) -> list[str]:
    """The label of each token, contents first, so that cues and sources inside them win."""
    labels = ["O"] * len(tokens)
    for role in _LATER_WINS:
        for start, end in sorted(set(found[role])):
            places = [place for place, token in enumerate(tokens) if token.start < end and start < token.end]
            for place in places:
                labels[place] = f"I-{role}"
            for place in places[:1]:
                labels[place] = f"B-{role}"
    return labels


def tally(gold: Iterable[Sequence[str]], read: Iterable[Sequence[str]]) -> WideTallies:
    """What is right over some sentences, given as labels."""
    counts = {role: [0, 0, 0] for role in ROLES}
    for marked_labels, read_labels in zip(gold, read, strict=True):
        marked, given = set(spans_of(marked_labels)), set(spans_of(read_labels))
        for some, place in ((marked & given, 0), (given, 1), (marked, 2)):
            for role, _, _ in some:
                counts[role][place] += 1
    return {role: Tally(*count) for role, count in counts.items()}


def tallies() -> list[WideTallies]:
    """The tallies of each annotated article of PolNeAR's dev part. Raises NoDataError."""
    folder = corpus("polnear")
    by_article: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences(folder / "dev-sentences.jsonl"):
        by_article[sentence.id].append(sentence)
    texts = {id: text_of(folder / "dev", id) for id in by_article}
    known = {text: number for number, text in enumerate(dict.fromkeys(texts.values()))}
    loaded = [Loaded(str(number), make_article(text, language="en")) for text, number in known.items()]
    found = [passages(reading) for reading in Reader(wide=True).read_many(loaded)]
    return [of_article(some, texts[id], found[known[texts[id]]]) for id, some in by_article.items()]


def of_article(some: Sequence[Sentence], text: str, found: dict[Role, list[Span]]) -> WideTallies:
    """The tallies of one article, from its sentences and what is read of its text."""
    places = aligned(text, [sentence.tokens for sentence in some])
    read = [labels_over(of_sentence, found) for of_sentence in places]
    return tally([sentence.labels for sentence in some], read)


def table() -> str:
    """The three figures, F1 with its 95 % interval over articles, beside published ones."""
    articles = tallies()
    lines = [f"{'':26s} {'precision':>10s} {'recall':>8s} {'F1':>8s}   95 % interval"]
    bounds: dict[Role, Interval] = bootstrap(articles, ROLES)
    for role in ROLES:
        whole = sum((article[role] for article in articles), start=Tally())
        bound = bounds[role]
        lines.append(
            f"{'polnear dev':16s} {role:9s} {whole.precision:10.1f} {whole.recall:8.1f} {whole.f1:8.1f}"
            f"   {bound.low:5.1f} to {bound.high:5.1f}"
        )
    for name, figures in PUBLISHED.items():
        lines.append(f"{'published':16s} {', '.join(f'{role} {value}' for role, value in figures.items())} ({name})")
    return "\n".join([*lines, f"{'':16s} {len(articles)} annotated articles; exact spans over sentence tokens"])


if __name__ == "__main__":
    print(table())
