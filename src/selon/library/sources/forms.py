"""What a name alone tells, whatever else is in a library: the group it belongs to, and of which shape it is.

A group is all names that are one source unless something contradicts. It is the same in every library, so that the
order in which articles are added cannot change it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from selon.library.sources.bodies import body_form
from selon.library.sources.folding import folded
from selon.library.sources.persons import person_form

Family = Literal["person", "body", "document"]
"""What cannot be one with another: persons, whatever acts as one, and texts."""

Shape = Literal["full", "initial", "bare", "body", "acronym", "generic", "odd"]
"""full: a person's given name and surname; initial: the given name is a letter; bare: one word; body: an institution,
group, outlet or document; acronym: capitals alone; generic: what each state or town has one of ("the police");
odd: words that are hardly a name, which are only one with themselves."""


class Form(NamedTuple):
    """A name as it is looked up.

    `block`: the surname's key, or the acronym; `given`: the initial and the given name's key with its generation, or
    what those of a bare surname would be if it were a given name; `middles`: the same of the other given names;
    `bound`: they are part of the first one (Jean-Pierre).
    """

    family: Family
    folded: str
    shape: Shape
    group: str
    block: str = ""
    given: str = ""
    middles: tuple[str, ...] = ()
    bound: bool = False


def family_of(kind: str) -> Family:
    """The family of a kind of source."""
    return "person" if kind == "person" else "document" if kind == "document" else "body"


@lru_cache(maxsize=65536)
def form_of(name: str, family: Family) -> Form:
    """The form of a name.

    >>> form_of("Iouri Melnitski", "person").group == form_of("Yuri Melnitsky", "person").group
    True
    """
    if family == "person":
        found = person_form(name)
        return Form(family, found.folded, found.shape, f"person|{found.key}", found.surname, found.given,
                    found.middles, found.bound)  # fmt: skip
    body = body_form(name)
    shape: Shape = body.shape if family == "body" else "body"
    return Form(family, folded(name), shape, f"{family}|{body.key}", body.acronym if shape == "acronym" else "")
