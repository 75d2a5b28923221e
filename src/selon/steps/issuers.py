"""Tells who issues a document by what the sentence does with it: "X published a study", "a warning issued by X".

Uses of a token: lemma, and the parse (subjects, objects, agents).
"""

from __future__ import annotations

from selon.language import Language
from selon.tokens import Tokens

_PARTICIPLES = ("acl", "acl:relcl", "amod")
_AGENTS = ("obl", "obl:agent", "nmod")
_CLIMB = 3


class Issuers:
    """Looks for the issuers of the documents of one text."""

    def __init__(self, tokens: Tokens, language: Language) -> None:
        self.tokens = tokens
        self.verbs = frozenset(language.sources.issuing)
        self.agent_marks = language.grammar.agent_marks
        self.relatives = language.grammar.relatives

    def of(self, noun: int) -> int | None:
        """The head noun or name of whoever issues the document at `noun`, None where the sentence does not say."""
        tokens = self.tokens
        for child in tokens.children[noun]:
            if tokens.dep[child] in _PARTICIPLES and self._issues(child):
                agent = self._agent(child)
                if agent is not None:
                    return agent
        verb = tokens.head[noun]
        if verb == noun or not self._issues(verb):
            return None
        if tokens.dep[noun] == "nsubj:pass" or (tokens.dep[noun] == "nsubj" and self._agent(verb) is not None):
            return self._agent(verb)
        return self._subject(verb, noun) if tokens.dep[noun] == "obj" else None

    def _issues(self, verb: int) -> bool:
        return self.tokens.lemma[verb].lower() in self.verbs

    def _agent(self, verb: int) -> int | None:
        tokens = self.tokens
        for child in tokens.children[verb]:
            marks = (mark for mark in tokens.children[child] if tokens.dep[mark] == "case")
            if tokens.dep[child] in _AGENTS and any(tokens.lower[mark] in self.agent_marks for mark in marks):
                return child
        return None

    def _subject(self, verb: int, noun: int) -> int | None:
        """The subject of a verb, or of the one that it is joined to, before it and the document."""
        tokens = self.tokens
        for _ in range(_CLIMB):
            for child in tokens.children[verb]:
                nominal = tokens.pos[child] in ("NOUN", "PROPN")
                if tokens.dep[child] == "nsubj" and child < noun and nominal:
                    return child
            if tokens.dep[verb] not in ("conj", "xcomp") or tokens.head[verb] == verb:
                return None
            verb = tokens.head[verb]
        return None
