"""Puts the resolved entities of an article into its record: numbered sources with name, kind, gender and
mentions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selon.steps.entities import Entity
from selon.tokens import Tokens, passage
from selon.types import Resolution, Source


def resolution_of(
    statements: Sequence[tuple[Entity, ...]],
    principal_of: Callable[[Entity], Entity | None],
    tokens: Tokens,
    title: Tokens | None,
) -> Resolution:
    """Number the entities in order of the statements, then whom they speak for where those say nothing
    themselves."""
    order = {id(entity): entity for entities in statements for entity in entities}
    principals: dict[int, Entity] = {}
    for entity in tuple(order.values()):
        principal = principal_of(entity)
        if principal is not None and principal is not entity:
            principals[id(entity)] = principal
    order.update((id(principal), principal) for principal in principals.values() if id(principal) not in order)
    number = {key: f"s{index + 1}" for index, key in enumerate(order)}
    sources = tuple(
        _source(entity, number[key], number.get(id(principals.get(key))), tokens, title)
        for key, entity in order.items()
    )
    return Resolution(
        sources=sources,
        of_statement=tuple(tuple(number[id(entity)] for entity in entities) for entities in statements),
    )


def _source(entity: Entity, number: str, speaks_for: str | None, tokens: Tokens, title: Tokens | None) -> Source:
    kind = entity.kind
    if kind is None:
        kind = "person" if (entity.men or entity.women) and not entity.things else "institution"
    headline = title.text if title is not None else ""
    return Source(
        id=number,
        name=entity.issuer.text if entity.issuer is not None else entity.text,
        kind=kind,
        named=entity.named,
        gender=entity.gender if kind == "person" else "none",
        roles=tuple(role.text for role in entity.roles) if kind == "person" else (),
        speaks_for=speaks_for,
        mentions=tuple(
            passage(headline if in_title else tokens.text, span, in_title=in_title)
            for in_title, span in sorted(set(entity.places), key=lambda place: (not place[0], place[1]))
        ),
    )
