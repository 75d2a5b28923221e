"""What speaks for an antecedent and against it, as facts with a readable name.

Uses of a token: word, part of speech, morphology, dependency relation, sentence, paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from selon.steps.descriptions import Described
from selon.steps.entities import Entity, Register, conflict
from selon.steps.kinds import NounClass, alike, folded
from selon.tokens import Tokens
from selon.types import Gender, SourceKind, Span

Sort = Literal["he", "it", "they", "person", "institution", "document", "owner", "follow"]

_ROLES = {
    "nsubj": "subject", "nsubj:pass": "subject", "obj": "object", "iobj": "object", "obl": "oblique",
    "obl:arg": "oblique", "obl:mod": "oblique", "obl:agent": "agent", "nmod": "complement", "nmod:poss": "owner",
    "conj": "conjunct", "ROOT": "root", "root": "root",
}  # fmt: skip
_INNER = frozenset(("flat", "flat:name", "appos", "compound", "flat:foreign", "nmod:appos"))
_STEPS = 4
_STOPS = frozenset((".", "!", "?", "…", ":"))


class Wanted(msgspec.Struct, frozen=True):
    """What a pronoun or a description asks of its antecedent.

    `things`: it can be an institution or a document but no person; `named`: it must have a name; `sort`: which
    table weighs it; `described`: the description, where it is no pronoun; `form`: that of its
    statement, "open" for a quotation without a stop; `owner`:
    what kind of thing tells whose it is; `known`: the source of the same noun, if there is one already.
    """

    gender: Gender
    plural: bool
    people: bool
    things: bool
    named: bool = False
    sort: Sort = "he"
    described: Described | None = None
    form: str = ""
    owner: str = ""
    known: Entity | None = None

    @property
    def refusable(self) -> bool:
        """Whether it may mean nothing named before: a description can be somebody new, a quotation nobody's."""
        return self.described is not None or self.form == "open"


class Referent(msgspec.Struct, frozen=True):
    """Something that can be meant: a token, its entity where it has one already or the class and kind of a common
    noun, where it ends; `pair`: two or more named together."""

    token: int
    entity: Entity | None
    last: int
    noun: NounClass | None = None
    kind: SourceKind | None = None
    plural: bool = False
    pair: tuple[Entity, ...] = ()


class Asked(msgspec.Struct, frozen=True):
    """A question in its place: `position` (token), the `sentence` and `paragraph` it is asked from (those where its
    content begins, if that stands before it), whether it stands in somebody's words."""

    position: int
    wanted: Wanted
    own: Span
    sentence: int
    paragraph: int
    quoted: bool


class Candidate(msgspec.Struct, frozen=True):
    """A referent that fits: how many sentences back, how many others are nearer, and its part in what was said:
    "" (none), "last", "earlier", or "speaker" for a speaker at the place of his last statement."""

    referent: Referent
    distance: int
    nearer: int
    spoke: str


class Surroundings:
    """What is known of the whole article."""

    def __init__(self, tokens: Tokens, register: Register, quoted: bytearray, spoken: bytearray) -> None:
        self.tokens = tokens
        self.register = register
        self.quoted = quoted
        self.spoken = spoken
        self.named = Counter(id(entity) for entity in register.at.values())
        self.speaking = Counter(id(entity) for index, entity in register.at.items() if spoken[index])
        self.states = frozenset(map(folded, register.lexicon.states))
        people = Counter(id(entity) for entity in register.at.values() if entity.kind == "person")
        self._people = list({id(e): e for e in register.at.values() if e.kind == "person"}.values())
        bodies = Counter(
            id(entity) for entity in register.at.values()
            if entity.kind in ("institution", None) and " ".join(entity.words) not in self.states
        )  # fmt: skip
        self.topics = {key for count in (people, bodies) for key, _ in count.most_common(1)}
        self._paragraphs = [paragraph.start for paragraph in tokens.paragraphs]

    def paragraph(self, token: int) -> int:
        """The number of the paragraph that a token stands in."""
        return bisect_right(self._paragraphs, token)

    def asked(self, position: int, wanted: Wanted, own: Span) -> Asked:
        """The question at its place: what is said before the cue does not count as distance."""
        anchor = min(position, own.start) if own.end > own.start else position
        anchor = min(anchor, len(self.tokens) - 1)
        quoted = bool(self.quoted[position]) and wanted.sort != "follow"
        return Asked(position, wanted, own, self.tokens.sentence[anchor], self.paragraph(anchor), quoted)

    def only_person(self, position: int) -> Entity | None:
        """The one person that is named before a token, None where there are several or none."""
        before = [entity for entity in self._people if entity.first < position]
        return before[0] if len(before) == 1 else None

    def speakers(self, speakers: Sequence[tuple[int, Entity]]) -> dict[int, str]:
        """Who spoke before, by entity: "last" or "earlier"."""
        known = {id(entity): "earlier" for _, entity in speakers}
        if speakers:
            known[id(speakers[-1][1])] = "last"
        return known

    def role(self, index: int) -> tuple[str, bool]:
        """The grammatical role of a name or noun, also in apposition to another, and whether its verb is the
        main one."""
        tokens = self.tokens
        for _ in range(_STEPS):
            dep = tokens.dep[index]
            if dep not in _INNER:
                main = tokens.dep[tokens.head[index]] in ("ROOT", "root")
                return _ROLES.get(dep, "other"), main
            index = tokens.head[index]
        return "other", False


def refusal_facts(asked: Asked, register: Register) -> list[str]:
    """What speaks for somebody new."""
    described = asked.wanted.described
    facts = ["new"]
    if described is not None:
        facts.append(f"new, {min(3, len(described.modifiers))} other words")
        facts.append(f"new, owner {asked.wanted.owner}")
        if asked.wanted.known is not None:
            facts.append("new, known noun")
        if described.kind == "institution" and not described.modifiers:
            facts.append("new, bare")
        if register.key(described.word) in register.messages:
            facts.append("new, message")
        if described.principal is not None:
            facts.append("new, speaks for somebody")
        facts.append(f"new, {described.noun}")
        if asked.quoted:
            facts.append("new, quoted")
    else:
        facts.extend(_heading_facts(asked, register.tokens))
    return facts


def stands_open(tokens: Tokens, own: Span) -> bool:
    """Whether a quotation ends without a stop, as a heading or a link does that stands in the text."""
    after = own.end
    while after < len(tokens) and not tokens.word[after][0].isalnum() and tokens.word[after] not in _STOPS:
        after += 1
    last = tokens.word[max(0, min(own.end, len(tokens)) - 1)]
    return last not in _STOPS and after < len(tokens) and tokens.word[after] not in _STOPS


def _heading_facts(asked: Asked, tokens: Tokens) -> list[str]:
    """What shows that a quotation is a heading or a link, and nobody's here."""
    before, after = asked.own.start - 1, asked.own.end
    while before >= 0 and not tokens.word[before][0].isalnum() and tokens.word[before] not in _STOPS:
        before -= 1
    while after < len(tokens) - 1 and not tokens.word[after][0].isalnum():
        after += 1
    shown = "start" if before < 0 else tokens.word[before] if tokens.word[before] in _STOPS else "word"
    following = "capital" if tokens.word[min(after, len(tokens) - 1)][0].isupper() else "word"
    return [f"new, after {shown}", f"new, before {following}", f"new, after {shown} before {following}"]


def facts_of(candidate: Candidate, asked: Asked, around: Surroundings) -> list[str]:
    """What speaks for a candidate and against it."""
    facts = _place_facts(candidate, asked, around)
    referent = candidate.referent
    if candidate.spoke != "speaker":
        role, main = around.role(referent.token)
        facts.append(f"role {role}")
        if main and role == "subject":
            facts.append("main subject")
            facts.append(f"main subject {_few(candidate.distance)} back")
        if around.quoted[referent.token]:
            facts.append("both quoted" if asked.quoted else "quoted")
        if around.spoken[referent.token]:
            facts.append("in a mention")
    if referent.entity is not None:
        facts.extend(_entity_facts(referent.entity, candidate, asked, around))
    elif referent.pair:
        facts.append("pair")
    else:
        facts.append(f"noun {referent.kind}")
        if asked.wanted.described is not None:
            facts.extend(_noun_facts(referent.token, asked.wanted.described, around.register))
    return facts


def _place_facts(candidate: Candidate, asked: Asked, around: Surroundings) -> list[str]:
    facts = [f"{candidate.nearer if candidate.nearer < 3 else 'many'} nearer"]
    back = _few(candidate.distance)
    inside = around.paragraph(candidate.referent.token) == asked.paragraph
    if candidate.spoke == "speaker":
        ahead = candidate.referent.token >= asked.position
        if ahead:
            return ["speaker of what is around", *(["speaker of what is around, quoted"] if asked.quoted else [])]
        facts = [f"speaker {candidate.nearer} before", f"speaker {candidate.nearer} before, {back} back"]
        facts.append("speaker, same paragraph" if inside else "speaker, other paragraph")
        if asked.wanted.form == "direct":
            facts.append(f"speaker {candidate.nearer} before, direct")
        return facts
    facts.append(f"{back} back")
    if asked.wanted.form == "direct" and candidate.distance < 2:
        facts.append(f"{back} back, direct")
    facts.append("same paragraph" if inside else "other paragraph")
    if candidate.spoke:
        facts.append(f"spoke {candidate.spoke}")
    return facts


def _few(number: int) -> str:
    if number < 4:
        return str(number)
    return "some" if number < 7 else "many"


def _entity_facts(entity: Entity, candidate: Candidate, asked: Asked, around: Surroundings) -> list[str]:
    wanted = asked.wanted
    facts = [f"kind {entity.kind}", "named" if entity.named else "not named"]
    if wanted.gender != "unknown":
        if entity.kind in ("person", None):
            shown = entity.gender == wanted.gender
            facts.append(
                "gender shown" if shown else f"gender {'not shown' if entity.gender == 'unknown' else 'other'}"
            )
            if shown and entity.sure_of_gender:
                facts.append("gender surely shown")
        else:
            facts.append(f"{entity.kind} gender {'shown' if entity.grammatical == wanted.gender else 'not shown'}")
    spoken = around.speaking[id(entity)]
    facts.append(f"source {min(2, spoken)} times")
    facts.append(f"named {_few(around.named[id(entity)])} times")
    if entity.roles:
        facts.append("role known")
    if entity.kind == "person" and entity.named:
        shown_person = entity.roles or entity.men or entity.women
        facts.append("person shown" if shown_person else "person by its form")
    if " ".join(entity.words) in around.states:
        facts.append("state")
    if entity.things:
        facts.append("stands as a thing")
    if wanted.sort == "person" and around.only_person(asked.position) is entity:
        facts.append("only person before")
    if candidate.spoke != "speaker" and entity.first == candidate.referent.token:
        facts.append("named first here")
        facts.append(f"named first here, {_few(candidate.distance)} back")
    if id(entity) in around.topics:
        facts.append("topic")
    if entity.first < around.tokens.paragraphs[0].end:
        facts.append("first paragraph")
    if wanted.described is not None:
        facts.extend(_description_facts(entity, wanted.described, around.register))
    return facts


def _noun_facts(token: int, described: Described, register: Register) -> list[str]:
    """What a description has in common with a common noun before it."""
    word = register.tokens.lower[token]
    if register.key(word) == register.key(described.word):
        return ["same noun"]
    return ["like noun"] if alike(word, described.word) else ["other noun"]


def contradicted(entity: Entity, wanted: Wanted, register: Register) -> bool:
    """Whether somebody with a known role is described by another one that has nothing in common with it."""
    described = wanted.described
    if described is None or wanted.sort != "person":
        return False
    if conflict(entity.gender, described.gender):
        return True
    if not entity.roles:
        return False
    same = [role for role in entity.roles if role.head == register.key(described.word)]
    if same:  # "le président de la Cour" is not the president of the republic
        return described.complement is not None and all(
            role.modifiers and not _alike_words(role.modifiers, described.modifiers) for role in same
        )
    trade = not is_general(described, register) and any(role.head not in register.general for role in entity.roles)
    told = described.complement is not None or len(described.modifiers) > 1 or trade
    return told and not _words_shared(entity, described)


def is_general(described: Described, register: Register) -> bool:
    """Whether a noun takes up also somebody whose trade is told by another ("the expert")."""
    rest = described.word.partition("-")[2]
    return described.noun is None or bool({register.key(described.word), register.key(rest)} & register.general)


def _alike_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word of the one has the stem of a word of the other, or there is none on a side."""
    return not one or not other or any(alike(word, candidate) for word in one for candidate in other)


def _words_shared(entity: Entity, described: Described) -> int:
    known = {word for role in entity.roles for word in (*role.modifiers, role.head)} | set(entity.words)
    own = {folded(described.word), *described.modifiers}
    return sum(any(len(word) > 3 and alike(word, other) for other in known) for word in own)


def _description_facts(entity: Entity, described: Described, register: Register) -> list[str]:
    """What a description has in common with what is known of an entity."""
    facts = []
    key = register.key(described.word)
    if any(role.head == key for role in entity.roles):
        facts.append("same role")
    shared = _words_shared(entity, described)
    if shared:
        facts.append(f"{min(2, shared)} words shared")
    else:
        facts.append("no words shared" if entity.roles else "no role known")
        if not entity.roles and described.complement is None:
            facts.append("no role known, no complement")
    if described.gender != "unknown" and entity.gender == described.gender:
        facts.append("gender of the description shown")
    return facts
