"""What a search asks for, as FTS5 takes it, and held against a text, which gives the places to be marked.

A word is looked for under its key in every language of the library. FTS5 finds a little too much where a phrase has
words that are not indexed, and for the beginning of a word, whose key may be shorter than what was typed; then the
texts themselves decide (`exact` is false).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from selon.library.search.query import Any, Every, Node, QueryError, Term
from selon.library.search.words import Token, Words, words_of

_SHORTEST_BEGINNING = 3


class Match(NamedTuple):
    """A search as FTS5 takes it, what of it is looked for, and whether all that FTS5 finds is meant."""

    expression: str
    node: Node
    exact: bool


class Range(NamedTuple):
    """Code points to be marked, half open."""

    start: int
    end: int


def match_of(node: Node, languages: Sequence[str]) -> Match:
    """A search over texts of some languages. Words that are common in one of them are not looked for, as long as
    there are others. Raises QueryError where nothing is left, or the beginning of a word is too short."""
    words = [words_of(code) for code in languages]
    wanted = _without_common(node, words) or node
    builder = _Builder(words)
    expression = builder.of(wanted)
    if expression is None:
        raise QueryError("these words stand in nearly every text: add another one", 0)
    return Match(expression, wanted, builder.exact)


def _without_common(node: Node, words: list[Words]) -> Node | None:
    if isinstance(node, Term):
        common = not node.prefix and any(not _has_key(of.tokens(node.text)) for of in words)
        return None if common else node
    parts = _each_without_common(node.parts, words)
    if not parts:
        return None
    if isinstance(node, Any):
        return Any(parts)
    return Every(parts, _each_without_common(node.without, words))


def _each_without_common(nodes: Iterable[Node], words: list[Words]) -> tuple[Node, ...]:
    return tuple(kept for kept in (_without_common(node, words) for node in nodes) if kept is not None)


def _has_key(tokens: Iterable[Token]) -> bool:
    return any(token.key for token in tokens)


class _Builder:
    """Builds the expression, and notes whether it is exact."""

    def __init__(self, words: list[Words]) -> None:
        self._words = words
        self.exact = True

    def of(self, node: Node) -> str | None:
        """The expression of a node; None where no word of it is indexed."""
        if isinstance(node, Term):
            return self._prefix(node) if node.prefix else self._term(node)
        parts = [part for part in map(self.of, node.parts) if part is not None]
        if not parts:
            return None
        if isinstance(node, Any):
            return _joined(parts, "OR")
        return self._leave_out(_joined(parts, "AND"), node.without)

    def _leave_out(self, kept: str, nodes: Iterable[Node]) -> str:
        """What FTS5 finds too much it must not leave out: there the texts decide."""
        before, self.exact = self.exact, True
        without = [part for part in map(self.of, nodes) if part is not None]
        sure, self.exact = self.exact, self.exact and before
        return f"({kept} NOT {_joined(without, 'OR')})" if without and sure else kept

    def _term(self, term: Term) -> str | None:
        phrases: list[str] = []
        for words in self._words:
            tokens = words.tokens(term.text)
            keys = [token.key for token in tokens if token.key]
            if keys:
                phrases.append(f'"{" ".join(keys)}"')
                self.exact = self.exact and len(keys) == len(tokens)
        return _joined(list(dict.fromkeys(phrases)), "OR") if phrases else None

    def _prefix(self, term: Term) -> str | None:
        """The keys that begin as typed, and those that are shorter than what was typed."""
        self.exact = False
        phrases: list[str] = []
        for words in self._words:
            *before, last = words.tokens(term.text) or [Token(0, 0, "", "")]
            lead = " ".join(token.key for token in before if token.key)
            if lead:
                phrases.append(f'"{lead}"')
                continue
            if len(last.folded) < _SHORTEST_BEGINNING:
                raise QueryError(f"{term.text}*: the beginning of a word needs three letters", term.at)
            shorter = [last.folded[:length] for length in range(_SHORTEST_BEGINNING, len(last.folded))]
            phrases.append(f'"{last.folded}" *')
            phrases.extend(f'"{key}"' for key in [*shorter, words.key(last.folded)] if key)
        return _joined(list(dict.fromkeys(phrases)), "OR") if phrases else None


def _joined(parts: list[str], operator: str) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"


class Held:
    """A search held against texts of one language.

    >>> Held(parse("négocier"), "fr").ranges("La négociation dure")
    [Range(start=3, end=14)]
    """

    def __init__(self, node: Node, language: str) -> None:
        self._node = node
        self._words = words_of(language)
        self._patterns = {term: self._words.tokens(term.text) for term in _terms(node)}
        self._initials = self._words.initials(pattern[0] for pattern in self._patterns.values() if pattern)

    def holds(self, *texts: str) -> bool:
        """Whether what is asked for stands there; a phrase in one of the texts."""
        return self._holds(self._node, [(text, self._words.tokens(text, self._initials)) for text in texts])

    def ranges(self, text: str) -> list[Range]:
        """The words and phrases to be marked, in order, none within another."""
        cut = (text, self._words.tokens(text, self._initials))
        found = sorted({place for term in _wanted(self._node) for place in self._places(term, *cut)})
        kept: list[Range] = []
        for place in found:
            if kept and place.start < kept[-1].end:
                kept[-1] = Range(kept[-1].start, max(kept[-1].end, place.end))
            else:
                kept.append(place)
        return kept

    def _holds(self, node: Node, texts: Sequence[tuple[str, Sequence[Token]]]) -> bool:
        if isinstance(node, Term):
            return any(self._places(node, text, tokens) for text, tokens in texts)
        held = (self._holds(part, texts) for part in node.parts)
        if isinstance(node, Any):
            return any(held)
        return all(held) and not any(self._holds(part, texts) for part in node.without)

    def _places(self, term: Term, text: str, tokens: Sequence[Token]) -> list[Range]:
        """Where a term stands in a text, of which `tokens` has all words that it can begin with. Common words are
        marked in a phrase only."""
        pattern = self._patterns[term]
        if not pattern or not (term.prefix or _has_key(pattern)):
            return []
        first, *others = pattern
        begun = term.prefix and not others
        starts = [token for token in tokens if _same(token, first, begun=begun)]
        if not others:
            return [Range(token.start, token.end) for token in starts]
        runs = (self._words.run(text, token.start, len(pattern)) for token in starts)
        return [Range(run[0].start, run[-1].end) for run in runs if _follow(run, pattern, begun=term.prefix)]


def _follow(run: Sequence[Token], pattern: Sequence[Token], *, begun: bool) -> bool:
    """Whether words are those of a pattern, the last one perhaps only begun."""
    last = len(pattern) - 1
    return len(run) == len(pattern) and all(
        _same(token, wanted, begun=begun and number == last)
        for number, (token, wanted) in enumerate(zip(run, pattern, strict=True))
    )


def _same(token: Token, wanted: Token, *, begun: bool) -> bool:
    if begun:
        return token.folded.startswith(wanted.folded)
    return token.key == wanted.key if wanted.key else token.folded == wanted.folded


def _wanted(node: Node) -> Iterable[Term]:
    """The terms of a search that are not to be left out."""
    if isinstance(node, Term):
        yield node
    else:
        for part in node.parts:
            yield from _wanted(part)


def _terms(node: Node) -> Iterable[Term]:
    """All terms of a search."""
    if isinstance(node, Term):
        return [node]
    without = node.without if isinstance(node, Every) else ()
    return [term for part in (*node.parts, *without) for term in _terms(part)]
