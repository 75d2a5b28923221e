"""Brings cues, quotations and clauses together: which content belongs to which cue.

Uses of a token: word, part of speech, morphology; the parse through `clauses` and `mentions`. Offsets in results are
tokens (`Draft`); `statements` makes code points of them.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from selon.language import Language
from selon.steps.clauses import clause_after
from selon.steps.cues import CueHit
from selon.steps.nouns import may_speak
from selon.steps.mentions import Mention, mention_of
from selon.tokens import Tokens
from selon.types import Quotation, Span

_VERBAL = frozenset(("VERB", "AUX"))
_ENDS = frozenset((".", "!", "?", "…", "..."))
_NEAR_OBJECT = 9


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

    def end(self) -> int:
        """The token after the last of the content."""
        return max([span.end for span in self.clause] + [quoted.last for quoted in self.quoted])


class Matcher:
    """Matches the cues of one text with its quotations and clauses."""

    def __init__(
        self, tokens: Tokens, quotations: tuple[Quotation, ...], hits: list[CueHit], language: Language
    ) -> None:
        self.tokens = tokens
        self.language = language
        self.hits = hits
        self.quoted = _in_tokens(tokens, quotations)
        self.around = _around(tokens, self.quoted)
        self.drafts: list[Draft] = []
        self.used: set[int] = set()  # heads of cues that have their content
        self.taken: set[int] = set()  # opening marks of quotations that have their cue
        self.firsts = frozenset(hit.first for hit in hits if hit.shape in ("verb", "participle"))
        self.heads = [hit.head for hit in hits if hit.shape in ("verb", "participle")]

    def run(self) -> list[Draft]:
        """All statements, in no particular order."""
        outside = [hit for hit in self.hits if self.around[hit.head] is None]
        spoken = [hit for hit in outside if hit.shape in ("verb", "participle")]
        self._after_quotation(spoken)
        self._before_colon(outside)
        self._clauses([hit for hit in self.hits if hit.shape != "noun"])
        self._clauses([hit for hit in self.hits if hit.shape == "noun"])
        self._quoted_object(spoken)
        self._parenthetical()
        self._phrases()
        self._follow_on()
        return self.drafts

    # --- helpers

    def _add(self, hit: CueHit, clause: list[Span], quoted: list[Quoted], why: str, mention: Mention | None = None) -> Draft:
        draft = Draft(hit, mention or mention_of(self.tokens, hit, self.language), clause, quoted, why)
        self.drafts.append(draft)
        self.used.add(hit.head)
        self.taken.update(quotation.first for quotation in quoted)
        return draft

    def _reach(self, hit: CueHit) -> int:
        """The head of the next cue after this one, as a limit for the word that introduces its clause."""
        number = bisect_right(self.heads, max(hit.head, hit.last - 1))
        return self.heads[number] if number < len(self.heads) else len(self.tokens)

    def _finite_between(self, first: int, last: int) -> bool:
        return any(
            self.tokens.pos[index] in _VERBAL and "VerbForm=Fin" in self.tokens.morph[index]
            for index in range(first, last)
        )

    # --- « … », dit X

    def _after_quotation(self, hits: list[CueHit]) -> None:
        by_sentence: dict[int, list[CueHit]] = {}
        for hit in hits:
            by_sentence.setdefault(self.tokens.sentence[hit.head], []).append(hit)
        for number, quoted in enumerate(self.quoted):
            if quoted.last >= len(self.tokens) or quoted.first in self.taken:
                continue
            for hit in by_sentence.get(self.tokens.sentence[quoted.last], ()):
                if hit.head in self.used or hit.first < quoted.last or not self._reports_back(quoted, hit):
                    continue
                lead = self._lead_in(quoted)
                if lead is not None:
                    self._add(hit, [lead], [], "quotation before its cue")
                    self.taken.add(quoted.first)
                    break
                draft = self._add(hit, [], [quoted], "quotation before its cue")
                self._joined_before(number, draft)
                self._resumed(number, draft)
                break

    def _lead_in(self, quoted: Quoted) -> Span | None:
        """Unmarked words of the same sentence before a quotation that belong to what is said with it."""
        tokens = self.tokens
        sentence = tokens.sentences[tokens.sentence[quoted.first]]
        if self._heads_sentence(quoted) or tokens.word[quoted.first - 1] == ",":
            return None
        start = sentence.start
        while start < quoted.first and tokens.pos[start] in ("CCONJ", "PUNCT") and tokens.word[start] != '"':
            start += 1
        if quoted.first - start < 2 or any(hit.shape == "verb" and start <= hit.head < quoted.first for hit in self.hits):
            return None
        if self.around[start] is not None:
            return None
        return Span(start, quoted.last)

    def _reports_back(self, quoted: Quoted, hit: CueHit) -> bool:
        """Whether a cue after a quotation reports it: right after it, or with its subject between."""
        tokens = self.tokens
        if "quotation" not in hit.entry.takes or hit.passive or hit.shape == "participle":
            return False
        first = quoted.last
        while first < hit.first and tokens.pos[first] == "PUNCT" and tokens.word[first] not in _ENDS:
            first += 1
        if first == hit.first:
            return True
        between = range(first, hit.first)
        if len(between) > 25 or any(tokens.pos[index] in _VERBAL and "VerbForm=Fin" in tokens.morph[index] and tokens.dep[index] != "acl:relcl" for index in between):
            return False
        if all(tokens.pos[index] in ("PRON", "ADV", "PART", "AUX") for index in between) and len(between) <= 3:
            return not self._own_content(hit)
        mention = mention_of(tokens, hit, self.language).tokens
        if mention is None or mention.start < quoted.last or mention.end > hit.first:
            return False
        lead = range(first, mention.start)
        return all(tokens.pos[index] in ("ADV", "PUNCT", "DET", "ADP") for index in lead) and not self._own_content(hit)

    def _own_content(self, hit: CueHit) -> bool:
        """Whether a cue has a clause or a quotation after it."""
        clause = clause_after(self.tokens, hit, self._reach(hit), self.firsts, self.language)
        if clause is not None:
            return True
        following = hit.last
        return following < len(self.tokens) and self.tokens.word[following] in (":", '"')

    def _joined_before(self, number: int, draft: Draft) -> None:
        """Quotations right before that are closed and reopened back to back belong to it."""
        while number > 0:
            before, this = self.quoted[number - 1], self.quoted[number]
            if before.first in self.taken or not self._back_to_back(before, this) or not self._heads_sentence(before):
                return
            draft.quoted.insert(0, before)
            self.taken.add(before.first)
            number -= 1

    def _heads_sentence(self, quoted: Quoted) -> bool:
        """Whether a quotation begins a sentence rather than standing inside one."""
        before = self.tokens.word[quoted.first - 1] if quoted.first else "."
        starts = self.tokens.sentences[self.tokens.sentence[quoted.first]].start == quoted.first
        return starts or before in _ENDS or before in (":", '"', "-", "–", "—")

    def _back_to_back(self, before: Quoted, this: Quoted) -> bool:
        between = range(before.last, this.first)
        return len(between) <= 1 and all(self.tokens.word[index] in (".", ",") for index in between)

    def _resumed(self, number: int, draft: Draft) -> None:
        """« A », dit X. « B » and « A », dit X, « B »: B belongs to A unless it has a cue of its own."""
        if number + 1 >= len(self.quoted) or draft.hit is None:
            return
        following = self.quoted[number + 1]
        if following.first in self.taken or self._has_cue_behind(following):
            return
        end = draft.hit.last if draft.mention.tokens is None else max(draft.hit.last, draft.mention.tokens.end)
        between = range(end, following.first)
        tokens = self.tokens
        if len(between) > 25 or self._finite_between(end, following.first):
            return
        words = [tokens.word[index] for index in between]
        if ":" in words or sum(word in _ENDS for word in words) > 1:
            return
        if words and words[-1] not in _ENDS and words[-1] not in (",", "-", "–", "—"):
            return
        draft.quoted.append(following)
        self.taken.add(following.first)
        if number + 2 < len(self.quoted) and self._back_to_back(following, self.quoted[number + 2]):
            draft.quoted.append(self.quoted[number + 2])
            self.taken.add(self.quoted[number + 2].first)

    def _has_cue_behind(self, quoted: Quoted) -> bool:
        """Whether a quotation is followed by a cue that reports it."""
        if quoted.last >= len(self.tokens):
            return False
        sentence = self.tokens.sentences[self.tokens.sentence[quoted.last]]
        if sentence.start == quoted.last and not self.tokens.lower[quoted.last][0].isalnum():
            return False
        return any(
            hit.first >= quoted.last and self._reports_back(quoted, hit)
            for hit in self.hits
            if quoted.last <= hit.head < min(sentence.end, quoted.last + 30) and hit.shape == "verb"
        )

    # --- X a dit : « … »

    def _before_colon(self, hits: list[CueHit]) -> None:
        by_sentence: dict[int, list[CueHit]] = {}
        for hit in hits:
            by_sentence.setdefault(self.tokens.sentence[hit.head], []).append(hit)
        for number, quoted in enumerate(self.quoted):
            colon = quoted.first - 1
            if quoted.first in self.taken or colon < 0 or self.tokens.word[colon] not in (":", ","):
                continue
            is_colon = self.tokens.word[colon] == ":"
            before = [
                hit
                for hit in by_sentence.get(self.tokens.sentence[colon], ())
                if hit.last <= colon and hit.head not in self.used and ("quotation" in hit.entry.takes or (is_colon and hit.shape == "noun"))
            ]
            hit = self._best_before(before, colon, is_colon)
            if hit is not None:
                draft = self._add(hit, [], [quoted], "cue before its quotation")
                self._more_after(number, draft)

    def _best_before(self, before: list[CueHit], colon: int, is_colon: bool) -> CueHit | None:
        """Of the cues before a colon the nearest verb that is no relative clause; before a comma only a neighbour."""
        tokens = self.tokens
        verbs = [hit for hit in before if hit.shape in ("verb", "participle")]
        for hit in reversed(verbs):
            if not is_colon and (colon - hit.last > 6 or self._finite_between(hit.last, colon)):
                continue
            if tokens.dep[hit.head] != "acl:relcl" or hit is verbs[0]:
                return hit
        nouns = [hit for hit in before if hit.shape == "noun"]
        return nouns[-1] if nouns and is_colon and not verbs else None

    def _more_after(self, number: int, draft: Draft) -> None:
        while number + 1 < len(self.quoted) and self._back_to_back(self.quoted[number], self.quoted[number + 1]):
            number += 1
            if self.quoted[number].first in self.taken or self._has_cue_behind(self.quoted[number]):
                return
            draft.quoted.append(self.quoted[number])
            self.taken.add(self.quoted[number].first)

    # --- X dit que …

    def _clauses(self, hits: list[CueHit]) -> None:
        for hit in hits:
            if hit.head in self.used or hit.shape == "phrase":
                continue
            clause = clause_after(self.tokens, hit, self._reach(hit), self.firsts, self.language)
            if clause is None or self._has_owner(clause):
                continue
            within = self.around[hit.head]
            mention = mention_of(self.tokens, hit, self.language)
            if self._own_voice(mention, within is not None) or not self._asserted(hit):
                continue
            if within is not None:
                if clause.start >= within.last or not self._others_words(hit, mention, within):
                    continue
                clause = Span(clause.start, min(clause.end, within.last - 1))
            else:
                clause = self._to_quotation_end(clause)
            mention = self._shared(hit, mention)
            if clause.end - clause.start >= 2:
                draft = self._add(hit, [clause], [], "clause after its cue", mention)
                draft.clause = [clause]
                self.taken.update(
                    quoted.first for quoted in self.quoted if within is None and clause.start <= quoted.first < clause.end
                )

    def _shared(self, hit: CueHit, mention: Mention) -> Mention:
        """A participle after a statement in the same sentence has its source, not a noun inside its content."""
        if hit.shape != "participle" or not self.drafts or hit.passive:
            return mention
        for draft in reversed(self.drafts):
            if draft.hit is None or draft.mention.tokens is None or draft.hit.shape == "phrase":
                continue
            if self.tokens.sentence[draft.hit.head] != self.tokens.sentence[hit.head] or draft.hit.head > hit.head:
                continue
            inside = mention.tokens is not None and draft.begin() <= mention.tokens.start < draft.end()
            if inside or mention.tokens is None:
                return draft.mention
        return mention

    def _own_voice(self, mention: Mention, inside: bool) -> bool:
        """Whether the source of a clause is whoever is speaking anyway: I, we, you; inside a quotation also nobody."""
        if mention.tokens is None:
            return inside
        grammar = self.language.grammar
        words = set(self.tokens.lower[mention.tokens.start : mention.tokens.end])
        return bool(words & (grammar.first_person | grammar.second_person)) and (
            inside or mention.tokens.end - mention.tokens.start == 1
        )

    def _has_owner(self, clause: Span) -> bool:
        """Whether a clause is the content of another cue already."""
        return any(span.start == clause.start for draft in self.drafts for span in draft.clause)

    def _others_words(self, hit: CueHit, mention: Mention, within: Quoted) -> bool:
        """Whether a cue inside a quotation reports somebody else: a finite verb with its source in the quotation."""
        source = mention.tokens
        return hit.shape == "verb" and source is not None and within.first < source.start and source.end < within.last

    def _asserted(self, hit: CueHit) -> bool:
        """Whether a verb is finite or a participle; an infinitive reports only under a governor or another cue."""
        if hit.shape == "noun" or "VerbForm=Inf" not in self.tokens.morph[hit.head] or hit.subject_of != hit.head:
            return True
        above = self.tokens.head[hit.head]
        return self.tokens.dep[hit.head] in ("xcomp", "ccomp", "conj", "obj") and any(
            other.head == above and other.shape in ("verb", "participle") for other in self.hits
        )

    def _to_quotation_end(self, clause: Span) -> Span:
        """A clause whose end lies inside a quotation that began in it goes on to the end of the quotation."""
        last = min(clause.end, len(self.tokens)) - 1
        within = self.around[last]
        if within is not None and within.first >= clause.start:
            return Span(clause.start, max(clause.end, within.last))
        return clause

    # --- X dénonce « … »

    def _quoted_object(self, hits: list[CueHit]) -> None:
        for number, quoted in enumerate(self.quoted):
            if quoted.first in self.taken:
                continue
            sentence = self.tokens.sentence[quoted.first]
            for hit in reversed(hits):
                if hit.last > quoted.first or hit.head in self.used or "quotation" not in hit.entry.takes:
                    continue
                if self.tokens.sentence[hit.head] != sentence or quoted.first - hit.last > _NEAR_OBJECT:
                    break
                if self._finite_between(hit.last, quoted.first) or hit.passive:
                    break
                draft = self._add(hit, [], [quoted], "quotation as the object of its cue")
                self._more_after(number, draft)
                self._coordinated(number, draft)
                break

    def _coordinated(self, number: int, draft: Draft) -> None:
        """« A » et « B » after one cue are two parts of one content."""
        while number + 1 < len(self.quoted):
            this, following = self.quoted[number], self.quoted[number + 1]
            between = range(this.last, following.first)
            if following.first in self.taken or len(between) > 4:
                return
            if self.tokens.sentence[this.last - 1] != self.tokens.sentence[following.first]:
                return
            if not any(self.tokens.pos[index] == "CCONJ" or self.tokens.word[index] == "," for index in between):
                return
            draft.quoted.append(following)
            self.taken.add(following.first)
            number += 1

    # --- …, explique-t-il, …

    def _parenthetical(self) -> None:
        for hit in self.hits:
            if hit.head in self.used or hit.passive or hit.shape != "verb":
                continue
            within = self.around[hit.head]
            region = self.tokens.sentences[self.tokens.sentence[hit.head]]
            hole = self._hole(hit, inverted_only=within is not None)
            if hole is None:
                continue
            if within is not None:
                region = Span(within.first + 1, within.last - 1)
            parts = self._around_hole(hole, region)
            if parts and sum(part.end - part.start for part in parts) >= 3:
                draft = self._add(hit, parts, [], "parenthetical cue")
                if within is not None:
                    draft.within = within
                    self.taken.add(within.first)

    def _hole(self, hit: CueHit, *, inverted_only: bool) -> Span | None:
        """The tokens of a parenthetical cue clause: ", explique-t-il,", ", X said." — or None."""
        tokens = self.tokens
        found = mention_of(tokens, hit, self.language)
        mention = found.tokens
        if mention is None or self._own_voice(found, inside=False) or not hit.entry.takes & {"quotation", "clause"}:
            return None
        first, last = min(hit.first, mention.start), max(hit.last, mention.end)
        sentence = tokens.sentences[tokens.sentence[hit.head]]
        if first <= sentence.start or tokens.word[first - 1] not in (",", "-", "–", "—", "("):
            return None
        inverted = mention.start >= hit.head or tokens.lower[mention.start] in self.language.grammar.subject_clitics
        while last < sentence.end and tokens.word[last] not in (",", ";", "-", "–", "—", ")") and tokens.word[last] not in _ENDS:
            if tokens.pos[last] in _VERBAL and "VerbForm=Fin" in tokens.morph[last]:
                return None
            last += 1
        if last - first > 30 or not (inverted or (last >= sentence.end - 1 and mention.end == hit.first)):
            return None
        if not inverted and (inverted_only or not self._finite_between(sentence.start, first)):
            return None
        if not inverted and any(tokens.dep[child] in ("obj", "xcomp", "ccomp") and child > hit.head for child in tokens.children[hit.head]):
            return None
        return Span(first, last)

    def _around_hole(self, hole: Span, region: Span) -> list[Span]:
        """What is left of `region` before and after the hole, without the marks at the seams."""
        parts = []
        for start, end in ((region.start, hole.start), (hole.end, region.end)):
            part = self._stripped(start, end)
            if part is not None:
                parts.append(part)
        return parts

    def _stripped(self, start: int, end: int) -> Span | None:
        tokens = self.tokens
        while start < end and tokens.pos[start] in ("PUNCT", "CCONJ", "SPACE") and tokens.word[start] not in ('"', "("):
            start += 1
        while end > start and tokens.pos[end - 1] in ("PUNCT", "CCONJ") and tokens.word[end - 1] not in ('"', ")", "?", "!"):
            end -= 1
        return Span(start, end) if end > start else None

    # --- selon X, …

    def _phrases(self) -> None:
        for hit in self.hits:
            if hit.shape != "phrase":
                continue
            mention = mention_of(self.tokens, hit, self.language)
            if mention.tokens is None or not self._names_source(hit, mention.tokens):
                continue
            hole = Span(hit.first, max(hit.last, mention.tokens.end))
            region = self._region(hit)
            parts = self._around_hole(hole, region)
            parts = [part for part in parts if part.end - part.start >= 2]
            if sum(part.end - part.start for part in parts) < 3:
                continue
            quoted = self._only_quotation(parts)
            if quoted is not None:
                self._add(hit, [], [quoted], "phrase that names the source", mention)
            else:
                draft = self._add(hit, parts, [], "phrase that names the source", mention)
                self.taken.update(q.first for q in self.quoted if any(p.start <= q.first < p.end for p in draft.clause))

    def _names_source(self, hit: CueHit, mention: Span) -> bool:
        """Whether a phrase is followed by what can be a source; the short ones ("pour", "for") only at the head of a
        sentence or clause and set off by a comma."""
        tokens = self.tokens
        links = {word for link in self.language.grammar.noun_links for word in link}
        if tokens.lower[mention.start] in links | self.language.grammar.complementizers:
            return False
        if not hit.entry.ambiguous:
            return tokens.pos[mention.start] not in ("VERB", "AUX", "SCONJ")
        before = tokens.word[hit.first - 1] if hit.first else "."
        heads = tokens.sentences[tokens.sentence[hit.first]].start == hit.first or before in (",", '"', "(")
        after = tokens.word[mention.end] if mention.end < len(tokens) else ""
        return heads and after in (",", ")") and may_speak(tokens, mention, self.language)

    def _region(self, hit: CueHit) -> Span:
        """What a phrase speaks for: the clause content it stands in, the quotation, or the sentence."""
        sentence = self.tokens.sentences[self.tokens.sentence[hit.head]]
        inner = [
            span
            for draft in self.drafts
            for span in draft.clause
            if span.start <= hit.first and hit.last <= span.end and draft.hit is not None and draft.hit.shape != "phrase"
        ]
        if inner and not self._ends_sentence(hit):
            return min(inner, key=lambda span: span.end - span.start)
        within = self.around[hit.head]
        if within is not None:
            return Span(max(sentence.start, within.first + 1), min(sentence.end, within.last - 1))
        start, end = sentence
        if self.around[start] is not None and start > 0:
            start = min(start, self.around[start].first)  # a sentence that ends a longer quotation
        for draft in self.drafts:
            if draft.hit is None or self.tokens.sentence[draft.hit.head] != self.tokens.sentence[hit.head]:
                continue
            edge = draft.hit.first if draft.mention.tokens is None else min(draft.hit.first, draft.mention.tokens.start)
            if edge > hit.last and draft.begin() > draft.hit.first:
                end = min(end, edge)
            elif draft.end() <= hit.first and edge < hit.first:
                start = max(start, draft.end())
        return Span(start, end)

    def _ends_sentence(self, hit: CueHit) -> bool:
        """Whether a phrase after a comma closes its sentence, and so speaks for all of it."""
        tokens = self.tokens
        mention = mention_of(tokens, hit, self.language).tokens
        sentence = tokens.sentences[tokens.sentence[hit.head]]
        if mention is None or hit.first <= sentence.start or tokens.word[hit.first - 1] != ",":
            return False
        if any(tokens.word[index][0].isalnum() for index in range(mention.end, sentence.end)):
            return False
        for draft in self.drafts:
            draft.clause = [
                Span(span.start, hit.first - 1) if span.start < hit.first <= span.end else span for span in draft.clause
            ]
        return True

    def _only_quotation(self, parts: list[Span]) -> Quoted | None:
        if len(parts) != 1:
            return None
        for quoted in self.quoted:
            if quoted.first == parts[0].start and quoted.last == parts[0].end and quoted.first not in self.taken:
                return quoted
        return None

    # --- quotations without a cue

    def _follow_on(self) -> None:
        for number, quoted in enumerate(self.quoted):
            if quoted.first in self.taken or not self._speaks(quoted):
                continue
            draft = Draft(None, Mention(None, False), [], [quoted], "quotation without a cue")
            self.drafts.append(draft)
            self.taken.add(quoted.first)
            self._more_after(number, draft)

    def _speaks(self, quoted: Quoted) -> bool:
        """Whether a quotation without a cue is somebody's words rather than a title, a name or a scare quote."""
        tokens = self.tokens
        inside = range(quoted.first + 1, quoted.last - 1)
        words = sum(tokens.word[index][0].isalnum() for index in inside)
        finite = self._finite_between(quoted.first + 1, quoted.last)
        before = tokens.word[quoted.first - 1] if quoted.first else "."
        heads = (
            quoted.first == 0
            or before in _ENDS
            or before in (":", '"')
            or tokens.sentences[tokens.sentence[quoted.first]].start == quoted.first
        )
        if heads:
            return words >= 3 and (finite or tokens.word[quoted.last - 2] in _ENDS)
        return words >= 7 and finite and tokens.word[quoted.first + 1][0].isupper()


def _in_tokens(tokens: Tokens, quotations: tuple[Quotation, ...]) -> list[Quoted]:
    result = []
    for quotation in quotations:
        if quotation.depth or quotation.dash:
            continue
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
