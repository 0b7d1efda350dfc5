"""What an application says of its own interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_WRITING: Final = ("post", "put", "patch")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that takes a body.

    Attributes:
        method: HTTP method.
        path: with parameters filled in.
        required: whether the body is.
    """

    method: str
    path: str
    required: bool


def document_of(subject: Subject) -> dict[str, Any] | None:
    """The OpenAPI document; None where there is none.

    Args:
        subject: the application.
    """
    answer = subject.get(subject.about.paths.openapi)
    try:
        told = answer.json() if answer.status_code == 200 else None
    except ValueError:
        return None
    return told if isinstance(told, dict) and isinstance(told.get("paths"), dict) else None


def operations_of(document: dict[str, Any]) -> list[Operation]:
    """Operations that take JSON.

    Args:
        document: an OpenAPI document.
    """
    found = []
    for path, methods in document["paths"].items():
        for method in _WRITING:
            body = (methods.get(method) or {}).get("requestBody") if isinstance(methods, dict) else None
            if isinstance(body, dict) and "application/json" in (body.get("content") or {}):
                filled = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
                found.append(Operation(method.upper(), filled, bool(body.get("required"))))
    return found
