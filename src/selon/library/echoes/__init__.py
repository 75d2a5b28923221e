"""Echoes: the same statement in several articles, in the same or other words or another language; and wire copies.

Pure functions over values; whoever keeps the library does the storing. An article is added in three steps:

1. `sayings = sayings_of(reading, article=..., ids=[...], identities={...})`, one `Saying` a statement, under numbers
   of the caller's choice. A `Saying` holds all that is needed later, so it can be kept or made again from a reading.
2. `keys = keyed(sayings)`: about thirteen signed 64-bit numbers a saying. Keep them as rows (key, saying).
3. `echoes = echoes_of(sayings, keys, holders, fetch)`: `holders(keys)` returns, for those keys that have some, the
   numbers of the sayings kept under them (FREQUENT + 1 are enough: a key that more share is passed over); `fetch`
   returns the sayings of the numbers it is given. Keep each `Echo` (earlier, later, relation, score, differences).

It makes no difference in which order articles are added, but for keys that grow frequent in between, nor whether the
new rows are written before or after step 3.

Whole copies go the same way: `text = CopyText(...)`, `copy_keys(text)` (eight numbers an article, to be kept as rows),
`copies_between(text, candidates)` with the articles that share a key, and `originals(copies)`.

`groups_of(echoes, sayings, copies)` brings echoes together: members in order of publication, each with where it most
likely comes from. It takes all echoes or those of one connected part. `alignment(one, other)` gives the runs that are
kept, cut, added or changed between two contents, `relation_of` how two sayings of one group are related.

`EchoLibrary` does all of it in memory. The words come from `echoes.toml` of each language, the weights of the facts
from `selon/models/echoes.toml`, made by `python -m training.echoes`.
"""

from selon.library.echoes.align import Run, alignment
from selon.library.echoes.copies import Copy, CopyText, copies_between, copy_keys, originals
from selon.library.echoes.differences import Difference
from selon.library.echoes.finder import EchoLibrary, echoes_of, keyed
from selon.library.echoes.groups import Group, Member, groups_of
from selon.library.echoes.keys import FREQUENT
from selon.library.echoes.relate import Echo, Relation, relation_of
from selon.library.echoes.said import Saying, sayings_of

__all__ = [
    "FREQUENT",
    "Copy",
    "CopyText",
    "Difference",
    "Echo",
    "EchoLibrary",
    "Group",
    "Member",
    "Relation",
    "Run",
    "Saying",
    "alignment",
    "copies_between",
    "copy_keys",
    "echoes_of",
    "groups_of",
    "keyed",
    "originals",
    "relation_of",
    "sayings_of",
]
