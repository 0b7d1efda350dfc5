"""How errors are answered: with their kind, never with what went wrong inside."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import sentry_sdk
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

log = logging.getLogger(__name__)

_AGAIN = {"Retry-After": "5"}


def _refused(_: Request, error: Exception) -> JSONResponse:
    details = error.errors() if isinstance(error, RequestValidationError) else []
    # What was sent is not sent back: it may be a password.
    places = [{"place": [str(p)[:100] for p in detail["loc"]], "wrong": detail["msg"][:200]} for detail in details[:20]]
    return JSONResponse({"error": "malformed request", "details": places}, 422)


def _spoken(_: Request, error: Exception) -> JSONResponse:
    found = error if isinstance(error, HTTPException) else HTTPException(500)
    return JSONResponse({"error": found.detail}, found.status_code, found.headers)


def _down(_: Request, error: Exception) -> JSONResponse:
    """The database does not answer."""
    sentry_sdk.capture_exception(error)
    log.error("the database does not answer: %s", type(error).__name__)
    return JSONResponse({"error": "try again later"}, 503, _AGAIN)


def _unexpected(_: Request, error: Exception) -> JSONResponse:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _down(_, error)
    log.error("unexpected error", exc_info=error)
    return JSONResponse({"error": "something went wrong"}, 500)


def answer_errors(app: FastAPI) -> None:
    """Answer all errors of an application.

    Args:
        app: the application.
    """
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _spoken)
    for kind in (OperationalError, PoolTimeoutError):
        app.add_exception_handler(kind, _down)
    app.add_exception_handler(DBAPIError, _unexpected)
    app.add_exception_handler(Exception, _unexpected)
