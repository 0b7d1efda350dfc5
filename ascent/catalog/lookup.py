"""Looking a type up in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.catalog.known import Known, Part, Service
from ascent.catalog.table import TABLE
from ascent.catalog.tokens import type_of

if TYPE_CHECKING:
    from ascent.plan.model import Resource

_FREE_SERVICES: Final = {"aws:iam": "IAM is free"}
"""Services of which AWS charges for no type, with or without a row."""


def known_of(type_: str) -> Known:
    """What is known of a type; of one without a row only what it is called."""
    return TABLE.get(type_) or Known(Part(type_.rpartition(":")[2]))


def drawn_as(resource: Resource) -> Service | None:
    """How a resource is drawn; None if it is only a detail of another one."""
    service = known_of(type_of(resource)).service
    return service if isinstance(service, Service) else None


def why_free(type_: str) -> str:
    """Why AWS charges nothing for resources of a type; empty where it does, or nobody knows."""
    return known_of(type_).free or _FREE_SERVICES.get(type_.partition("/")[0], "")
