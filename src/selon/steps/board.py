"""What is known while cues, quotations and clauses of one text are brought together.

Offsets are tokens. `Board` is the one place that changes during that work: drafts are added, and with each the cue
and the quotations it uses are taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from selon.language import Language
from selon.steps.cues import CueHit
from selon.steps.mentions import mention_of
from selon.steps.nouns import may_speak, named_directly
from selon.steps.subjects import Mention
from selon.tokens import Tokens
from selon.types import Quotation, Span

VERBAL = frozenset(("VERB", "AUX"))
NAME_WORDS = 4
ENDS = frozenset((".", "!", "?", "…", "..."))


class Quoted(msgspec.Struct, frozen=True):
    """An outermost quotation in tokens: `first` is its opening mark, `last` the token after its closing mark."""

    quotation: Quotation
    first: int
    last: int


class Draft(msgspec.Struct):
    """A statement in the making. `clause`: token ranges of unmarked content; `quoted`: whole quotations of it."""

    hit: CueHit | None
    mention: Mention
    clause: list[Span]
    quoted: list[Quoted]
    why: str
    within: Quoted | None = None  # the quotation that the cue interrupts from inside

    def begin(self) -> int:
        """The first token of the content."""
        return min([span.start for span in self.clause] + [quoted.first for quoted in self.quoted])

    def holds(self, mention: Span) -> bool:
        """Whether a mention stands inside the content, where the parse is wrong."""
        if any(span.start <= mention.start < span.end for span in self.clause):
            return True
        return any(quoted.first < mention.start < quoted.last for quoted in self.quoted)

    def end(self) -> int:
        """The token after the last of the content."""
        return max([span.end for span in self.clause] + [quoted.last for quoted in self.quoted])


class Board:
    """The cues and quotations of one text, and the drafts made of them so far.

    `quoted`, `inner`: outermost quotations and those inside them; `dashes`: paragraphs that begin with a dash.
    `around`: for each token the outermost quotation it stands in; `used`: heads of cues that have their content;
    `taken`: opening marks of quotations that have their cue; `firsts`: the first tokens of verb cues.
    """

    def __init__(
        self, tokens: Tokens, quotations: tuple[Quotation, ...], hits: list[CueHit], language: Language
    ) -> None:
        self.tokens = tokens
        self.language = language
        self.hits = hits
        self.quoted = _in_tokens(tokens, (q for q in quotations if not q.depth and not q.dash))
        self.inner = _in_tokens(tokens, (q for q in quotations if q.depth and not q.dash))
        self.dashes = _in_tokens(tokens, (q for q in quotations if q.dash))
        self.around = _around(tokens, self.quoted)
        self.drafts: list[Draft] = []
        self.used: set[int] = set()
        self.taken: set[int] = set()
        verbs = [hit for hit in hits if hit.shape in ("verb", "participle")]
        self.firsts = frozenset(hit.first for hit in verbs)
        self.heads = [hit.head for hit in verbs]

    def add(
        self, hit: CueHit, clause: list[Span], quoted: list[Quoted], why: str, mention: Mention | None = None
    ) -> Draft:
        found = mention or mention_of(self.tokens, hit, self.language)
        if self.tokens.pos[hit.first - 1 : hit.first] == ["CCONJ"] and (found.tokens is None or hit.first == hit.head):
            found = self._coordinated(hit) or found
        found = self._relative(hit, found) or found
        draft = Draft(hit, found, clause, quoted, why)
        if found.tokens is not None and draft.holds(found.tokens):
            draft.mention = Mention(None, False)
        self.drafts.append(draft)
        self.used.add(hit.head)
        self.taken.update(quotation.first for quotation in quoted)
        return draft

    def _coordinated(self, hit: CueHit) -> Mention | None:
        """The mention of the cue before in the sentence, which a verb after "et" or "and" shares."""
        for draft in reversed(self.drafts):
            if draft.hit is not None and draft.hit.head < hit.head and draft.mention.tokens is not None:
                same = self.tokens.sentence[draft.hit.head] == self.tokens.sentence[hit.head]
                return draft.mention if same and draft.mention.tokens.end <= draft.hit.head else None
        return None

    def _relative(self, hit: CueHit, found: Mention) -> Mention | None:
        """The mention of a cue before whose source a relative clause is about: « A », dit X, du syndicat, | qui dit."""
        tokens = self.tokens
        before = hit.first - 1
        if found.tokens is None or before < 2 or tokens.lower[before] not in self.language.grammar.relatives:
            return None
        last = before - (tokens.word[before - 1] == ",")
        for draft in reversed(self.drafts):
            group = draft.mention.tokens
            if group is not None and group.end == last and group.start <= found.tokens.start:
                return draft.mention
        return None

    def reach(self, hit: CueHit) -> int:
        """The head of the next cue after this one, as a limit for the word that introduces its clause."""
        number = bisect_right(self.heads, max(hit.head, hit.last - 1))
        return self.heads[number] if number < len(self.heads) else len(self.tokens)

    def finite_between(self, first: int, last: int) -> bool:
        return any(
            self.tokens.pos[index] in VERBAL and "VerbForm=Fin" in self.tokens.morph[index]
            for index in range(first, last)
        )

    def heads_sentence(self, quoted: Quoted) -> bool:
        """Whether a quotation begins a sentence rather than standing inside one."""
        before = self.tokens.word[quoted.first - 1] if quoted.first else "."
        starts = self.tokens.sentences[self.tokens.sentence[quoted.first]].start == quoted.first
        return starts or before in ENDS or before in (":", '"', "-", "–", "—")

    def asserted(self, hit: CueHit) -> bool:
        """Whether a cue says that something was said: it is finite or a participle, and no wish that did not come true
        ("aurait voulu"); an infinitive reports only under a governor or another cue."""
        tokens = self.tokens
        if hit.shape == "noun":
            return True
        auxiliaries = [child for child in tokens.children[hit.head] if tokens.dep[child] == "aux"]
        if tokens.lower[hit.head] in self.language.attributes.counterfactual:
            return not any("Mood=Cnd" in tokens.morph[child] for child in auxiliaries)
        if "VerbForm=Inf" not in tokens.morph[hit.head] or hit.subject_of != hit.head or auxiliaries:
            return True  # "did say", "will say"
        above = tokens.head[hit.head]
        return tokens.dep[hit.head] in ("xcomp", "ccomp", "conj", "obj") and any(
            other.head == above and other.shape in ("verb", "participle") for other in self.hits
        )

    def is_thing(self, mention: Mention) -> bool:
        """Whether the subject of a verb that things have too ("le toit menace de céder") is nobody who speaks."""
        source = mention.tokens
        if source is None or self.tokens.pos[source.start] == "PRON" or named_directly(self.tokens, source):
            return False
        return not may_speak(self.tokens, source, self.language)

    def is_name(self, quoted: Quoted) -> bool:
        """Whether all words between the marks have a capital: a nickname or a title, and nobody's statement."""
        words = self.tokens.word[quoted.first + 1 : quoted.last - 1]
        return 0 < len(words) <= NAME_WORDS and all(word[0].isupper() for word in words)

    def inside(self, quoted: Quoted) -> Span:
        """The tokens between the marks of a quotation, or behind the dash of a turn."""
        return Span(quoted.first + 1, quoted.last if quoted.quotation.dash else quoted.last - 1)

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether no paragraph ends between two tokens, the first before the second."""
        return "\n" not in self.tokens.text[self.tokens.start[one] : self.tokens.start[other]]

    def back_to_back(self, before: Quoted, this: Quoted) -> bool:
        between = range(before.last, this.first)
        return len(between) <= 1 and all(self.tokens.word[index] in (".", ",") for index in between)

    def stripped(self, start: int, end: int, *, quoted: bool = False) -> Span | None:
        """A range without the marks at its ends and, outside quotations, without the conjunction it begins with."""
        tokens = self.tokens
        outside = ("PUNCT", "SPACE") if quoted else ("PUNCT", "CCONJ", "SPACE")
        while start < end and tokens.pos[start] in outside and tokens.word[start] not in ('"', "("):
            start += 1
        while (
            end > start
            and tokens.pos[end - 1] in ("PUNCT", "CCONJ")
            and tokens.word[end - 1] not in ('"', ")", "?", "!")
        ):
            end -= 1
        return Span(start, end) if end > start else None

    def own_voice(self, mention: Mention, inside: bool) -> bool:
        """Whether the source of a clause is whoever is speaking anyway: I, we, you; inside a quotation also nobody."""
        if mention.tokens is None:
            return inside
        grammar = self.language.grammar
        words = set(self.tokens.lower[mention.tokens.start : mention.tokens.end])
        return bool(words & (grammar.first_person | grammar.second_person)) and (
            inside or mention.tokens.end - mention.tokens.start == 1
        )


def _in_tokens(tokens: Tokens, quotations: Iterable[Quotation]) -> list[Quoted]:
    result = []
    for quotation in quotations:
        first = tokens.at(quotation.outer.start)
        last = tokens.at(quotation.outer.end - 1) + 1
        if first < last <= len(tokens):
            result.append(Quoted(quotation, first, last))
    return result


def _around(tokens: Tokens, quoted: list[Quoted]) -> list[Quoted | None]:
    """For each token the outermost quotation it stands in."""
    around: list[Quoted | None] = [None] * len(tokens)
    for quotation in quoted:
        for index in range(quotation.first, quotation.last):
            around[index] = quotation
    return around
