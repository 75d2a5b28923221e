"""The description of the API: FastAPI's, with the schemas of our own records in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from selon import __version__
from selon.web.failures import Problem

_REFERENCE = "#/components/schemas/{name}"


class Endpoint(msgspec.Struct, frozen=True):
    """One thing that the API gives: where, with what parameters, and what it is."""

    path: str
    parameters: tuple[str, ...]
    summary: str


def described(record: type[msgspec.Struct]) -> dict[str, Any]:
    """How a route is declared that gives such a record, or a Problem."""

    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": {"$ref": _REFERENCE.format(name=name)}}}

    return {
        "responses": {
            200: {"description": "The record.", "content": content(record.__name__)},
            "4XX": {"description": "Why there is none.", "content": content(Problem.__name__)},
        },
        "response_model": None,
    }


def openapi(router: APIRouter, records: Sequence[type[msgspec.Struct]]) -> dict[str, Any]:
    """The whole description of a router's routes, OpenAPI 3.1, with the schemas of the records that are given."""
    whole: dict[str, Any] = get_openapi(
        title="Selon", version=__version__, description="Who says so?", routes=_routes(router)
    )
    _, schemas = msgspec.json.schema_components([Problem, *records], ref_template=_REFERENCE)
    return {**whole, "components": {"schemas": schemas}}


def endpoints(whole: dict[str, Any]) -> list[Endpoint]:
    """What an API gives by its description, in its order."""
    return [
        Endpoint(
            path=path,
            parameters=tuple(parameter["name"] for parameter in operations["get"].get("parameters", ())),
            summary=operations["get"]["description"].partition("\n")[0],
        )
        for path, operations in whole["paths"].items()
    ]


def _routes(router: APIRouter) -> list[APIRoute]:
    return [route for route in router.routes if isinstance(route, APIRoute) and route.include_in_schema]
