"""How likely a statement that the rules found is right: a few readable facts of it, weighed.

The weights are learned by `python -m training.confidence` (a logistic regression), written to
`selon/models/confidence.toml` and read once. Uses of a token: word, part of speech, morphology, sentence.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

import msgspec

from selon.cuelist import Grammar
from selon.language import Language
from selon.steps.board import VERBAL, Draft
from selon.steps.cues import CueHit
from selon.steps.nouns import category_of
from selon.tokens import Tokens
from selon.types import Form, Found, Span

Rule = Literal[
    "quotation before its cue", "cue before its quotation", "clause after its cue",
    "quotation as the object of its cue", "parenthetical cue", "phrase that names the source",
    "quotation without a cue", "dialogue with its cue", "dialogue without a cue", "quotation inside a quotation",
]  # fmt: skip
CueFact = Literal["verb", "participle", "passive", "noun", "phrase", "ambiguous phrase", "none"]
TenseFact = Literal["present", "finite", "negated or conditional", "infinitive", "participle", "no verb", "none"]
JointFact = Literal[
    "complementizer", "infinitive mark", "quotation mark or colon", "comma", "other words", "nothing", "content first",
    "content around", "none",
]  # fmt: skip
ApartFact = Literal["0 to 2 words", "3 to 6 words", "more words", "none"]
MentionFact = Literal[
    "name", "pronoun", "impersonal pronoun", "person", "group", "institution", "document", "outlet", "other noun",
    "unexpressed", "none",
]  # fmt: skip
LengthFact = Literal["1 or 2 words", "3 or 4 words", "5 to 8 words", "9 to 16 words", "17 to 32 words", "more words"]
VerbFact = Literal["finite", "infinitive", "participle", "none"]
BeginFact = Literal["capital, begins a sentence", "capital", "small letter"]
EndFact = Literal["question", "ends a sentence", "sentence goes on"]
PlaceFact = Literal["outermost", "inside another"]

_LENGTHS: tuple[tuple[int, LengthFact], ...] = (
    (2, "1 or 2 words"), (4, "3 or 4 words"), (8, "5 to 8 words"), (16, "9 to 16 words"), (32, "17 to 32 words"),
)  # fmt: skip
_CATEGORIES: dict[str, MentionFact] = {
    "man": "person", "woman": "person", "person": "person", "unnamed": "person", "group": "group",
    "institution": "institution", "state": "institution", "document": "document", "outlet": "outlet",
}  # fmt: skip


class Facts(NamedTuple):
    """What is looked at in a statement. None of it tells the language, the cue's own word, or who the source is.

    `rule`: what found it; `cue`: what the cue is; `tense`: the form of its verb; `joint`: what stands between cue and
    content, and `apart` how many words; `mention`: how the source is named; `length`: of the content, marks counted as
    words; `verb`: the first verb form in it; `begin`, `end`: how it fits its sentences; `place`: whether it stands
    inside another statement.
    """

    rule: str
    form: Form
    cue: CueFact
    tense: TenseFact
    joint: JointFact
    apart: ApartFact
    mention: MentionFact
    length: LengthFact
    verb: VerbFact
    begin: BeginFact
    end: EndFact
    place: PlaceFact


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`confidence.toml`: what each value of each fact weighs, in log odds, beside the `base` of all statements; a value
    without a weight counts nothing. Decoding refuses facts and values that `Facts` does not have."""

    base: float
    rule: dict[Rule, float]
    form: dict[Form, float]
    cue: dict[CueFact, float]
    tense: dict[TenseFact, float]
    joint: dict[JointFact, float]
    apart: dict[ApartFact, float]
    mention: dict[MentionFact, float]
    length: dict[LengthFact, float]
    verb: dict[VerbFact, float]
    begin: dict[BeginFact, float]
    end: dict[EndFact, float]
    place: dict[PlaceFact, float]

    def confidence(self, facts: Facts) -> float:
        """The chance that a statement of these facts is right, two decimals, never quite 0 or 1."""
        score = self.base
        for name, value in zip(Facts._fields, facts, strict=True):
            score += getattr(self, name).get(value, 0.0)
        return min(0.99, max(0.01, round(1 / (1 + math.exp(-score)), 2)))


def read_weights(toml: bytes) -> Weights:
    """The weights as written. Raises msgspec.ValidationError on a fact or value that is not known, or left out."""
    return msgspec.toml.decode(toml, type=Weights)


@cache
def confidence_weights() -> Weights:
    """The shipped weights."""
    return read_weights((resources.files("selon") / "models" / "confidence.toml").read_bytes())


def facts_of(tokens: Tokens, draft: Draft, statement: Found, language: Language) -> Facts:
    """The facts of a statement and of the draft that it was made of."""
    hit = draft.hit
    parts = [tokens.covered(part) for part in statement.content]
    joint, apart = _joint(tokens, hit, Span(parts[0].start, parts[-1].end), language.grammar)
    return Facts(
        rule=statement.why,
        form=statement.form,
        cue=_cue(hit),
        tense=_tense(tokens, hit, language.grammar),
        joint=joint,
        apart=apart,
        mention=_mention(tokens, draft, language),
        length=_length(sum([part.end - part.start for part in parts])),
        verb=_verb(tokens, parts[0]),
        begin=_begin(tokens, parts[0].start),
        end=_end(tokens, parts[-1].end),
        place="outermost" if statement.inside is None else "inside another",
    )


def _length(words: int) -> LengthFact:
    for most, name in _LENGTHS:
        if words <= most:
            return name
    return "more words"


def _cue(hit: CueHit | None) -> CueFact:
    if hit is None:
        return "none"
    if hit.shape == "phrase" and hit.entry.ambiguous:
        return "ambiguous phrase"
    return "passive" if hit.passive else hit.shape


def _tense(tokens: Tokens, hit: CueHit | None, grammar: Grammar) -> TenseFact:
    """The form of a cue's verb with its auxiliaries and its governor ("ose prétendre")."""
    if hit is None or hit.shape in ("noun", "phrase"):
        return "none"
    morphs = tokens.morph[hit.first : hit.last]
    for lower in tokens.lower[hit.first : hit.last]:
        if lower in grammar.negations_before or lower in grammar.negations_after:
            return "negated or conditional"
    if any("Mood=Cnd" in morph for morph in morphs):
        return "negated or conditional"
    if tokens.pos[hit.head] not in VERBAL:
        return "no verb"
    morph = tokens.morph[hit.head]
    if any("VerbForm=Fin" in each for each in morphs):
        return "present" if "VerbForm=Fin" in morph and "Tense=Pres" in morph else "finite"
    return "infinitive" if "VerbForm=Inf" in morph else "participle"


def _joint(tokens: Tokens, hit: CueHit | None, content: Span, grammar: Grammar) -> tuple[JointFact, ApartFact]:
    """What ties a content to its cue, by the last word between them, and how many words that are."""
    if hit is None:
        return "none", "none"
    if content.end <= hit.first:
        return "content first", _apart(hit.first - content.end)
    if content.start < hit.last:
        return "content around", "none"
    apart = _apart(content.start - hit.last)
    if content.start == hit.last:
        return "nothing", apart
    last = tokens.lower[content.start - 1]
    if last in grammar.complementizers:
        return "complementizer", apart
    if last in grammar.infinitive_marks:
        return "infinitive mark", apart
    if last in ('"', ":"):
        return "quotation mark or colon", apart
    return "comma" if last == "," else "other words", apart


def _apart(words: int) -> ApartFact:
    return "0 to 2 words" if words <= 2 else "3 to 6 words" if words <= 6 else "more words"


def _mention(tokens: Tokens, draft: Draft, language: Language) -> MentionFact:
    mention = draft.mention.tokens
    if mention is None:
        return "unexpressed" if draft.mention.unexpressed else "none"
    if mention.end - mention.start == 1 and tokens.pos[mention.start] == "PRON":
        return "impersonal pronoun" if tokens.lower[mention.start] in language.grammar.impersonal else "pronoun"
    if "PROPN" in tokens.pos[mention.start : mention.end]:
        return "name"
    noun = category_of(tokens, mention, language)
    return "other noun" if noun is None else _CATEGORIES[noun.category]


def _verb(tokens: Tokens, content: Span) -> VerbFact:
    """The form of the first verb of a content."""
    for index in range(content.start, content.end):
        if tokens.pos[index] in VERBAL:
            morph = tokens.morph[index]
            return "finite" if "VerbForm=Fin" in morph else "infinitive" if "VerbForm=Inf" in morph else "participle"
    return "none"


def _begin(tokens: Tokens, first: int) -> BeginFact:
    """How a content begins; a quotation mark may stand between it and the beginning of its sentence."""
    if first >= len(tokens) or not tokens.word[first][0].isupper():
        return "small letter"
    begins = first - tokens.sentences[tokens.sentence[first]].start <= 1
    return "capital, begins a sentence" if begins else "capital"


def _end(tokens: Tokens, end: int) -> EndFact:
    """How a content ends; its closing mark and a stop may stand between it and the end of its sentence."""
    if end == 0 or tokens.word[end - 1] == "?":
        return "question"
    return "ends a sentence" if tokens.sentences[tokens.sentence[end - 1]].end - end <= 2 else "sentence goes on"
