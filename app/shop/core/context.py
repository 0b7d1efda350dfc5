"""What is known of the request that is being answered."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")


@dataclass
class Context:
    """The request.

    Attributes:
        request_id: names it, in the log and in the answer.
        correlation_id: names what it is a part of, across services.
        account: who asks, once that is known.
    """

    request_id: str
    correlation_id: str
    account: str = ""


current: ContextVar[Context | None] = ContextVar("request", default=None)
"""The request that is being answered; None outside of one."""


def id_of(given: str | None) -> str:
    """An id that was given, where it is one; else a new one."""
    return given if given and _ID.fullmatch(given) else uuid4().hex
