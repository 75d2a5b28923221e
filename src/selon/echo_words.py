"""By what the same statement is known again in other words: the record of a language's `echoes.toml`."""

from __future__ import annotations

from selon.wordlists import WordList


class EchoWords(WordList, frozen=True, kw_only=True):
    """`echoes.toml`: what is needed to compare contents, within the language and across languages. Lower case.

    Numbers are those of `numbers.toml`, the stemmer that of `search.toml`. `quarters`, `halves`: of an hour;
    `durations`: units
    in minutes; `clock_marks`: after an hour, `afternoon`: those that add twelve. `negations` negate what follows in
    the clause; `negation_particles` too, unless one of `restrictions` follows ("ne … que"). `clause_openers` end what
    is negated. `opposites`: words that contradict each other, two and two. `function_words` count for nothing,
    `common_words` for little. `meanings`: words that mean alike, under a name that all languages share.
    """

    quarters: tuple[str, ...]
    halves: tuple[str, ...]
    durations: dict[str, int]
    clock_marks: tuple[str, ...]
    afternoon: tuple[str, ...] = ()
    negations: tuple[str, ...]
    negation_particles: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    clause_openers: tuple[str, ...]
    opposites: tuple[tuple[str, ...], ...]
    function_words: tuple[str, ...]
    common_words: tuple[str, ...]
    meanings: dict[str, tuple[str, ...]]
