"""What is answered where there is nothing to show: a page that says so and leads on, or a record from the API."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from selon.library import LibraryError
from selon.types import Record
from selon.web.site import page

API = "/api"
Found = TypeVar("Found")
_LOG = logging.getLogger("selon.web")


class NotThereError(Exception):
    """There is nothing of that number or name in the library."""


def there(found: Found | None) -> Found:
    """What was looked up. Raises NotThereError where it is None."""
    if found is None:
        raise NotThereError
    return found


class Problem(Record, frozen=True, kw_only=True):
    """Why the API gives no answer, in words for people."""

    status: int
    problem: str


def answer_failures(application: FastAPI) -> None:
    """Let an application answer each kind of failure."""
    application.add_exception_handler(NotThereError, _nothing_there)
    application.add_exception_handler(HTTPException, _no_page)
    application.add_exception_handler(RequestValidationError, _not_understood)
    application.add_exception_handler(LibraryError, _no_library)
    application.add_exception_handler(sqlite3.Error, _no_library)
    application.add_exception_handler(Exception, _broken)


def _nothing_there(request: Request, error: Exception) -> Response:
    return _answer(request, HTTPStatus.NOT_FOUND, "there is nothing of that number in the library")


def _no_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, HTTPStatus(error.status_code), error.detail)


def _not_understood(request: Request, error: Exception) -> Response:
    faults: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    if any(fault["loc"][0] == "path" for fault in faults):
        return _nothing_there(request, error)
    names = tuple(dict.fromkeys(str(fault["loc"][-1]) for fault in faults))
    problem = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in faults)
    return _answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, problem, names=names)


def _no_library(request: Request, error: Exception) -> Response:
    _LOG.error("%s: the library cannot be read: %s", request.url.path, error)
    return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, f"the library cannot be read: {error}")


def _broken(request: Request, error: Exception) -> Response:
    return _answer(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the server's output says what"
    )


def _answer(request: Request, status: HTTPStatus, problem: str, names: Sequence[str] = ()) -> Response:
    """The API gets the words of the program; a page says it in the browser's language, in the words for its status."""
    if request.url.path.startswith(f"{API}/"):
        body = msgspec.json.encode(Problem(status=status, problem=problem))
        return Response(body, status_code=status, media_type="application/json")
    return page(request, "failure.jinja", status=status, code=int(status), names=names)
