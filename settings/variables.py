"""Environment variables that a container gets from Ascent itself; the stack file must not set them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from settings.base import Section
from settings.schema import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator


class PlatformVariable(StrEnum):
    """What every container is told."""

    PORT = "PORT"
    AWS_REGION = "AWS_REGION"
    JWT_SECRET = "JWT_SECRET"


def arn_variable(variable: str) -> str:
    """The variable beside a secret's own that holds its ARN, by which the application reads it again."""
    return f"{variable}_ARN"


def queue_variable(worker: str) -> str:
    """The variable that tells where messages for a worker go.

    Args:
        worker: the service's name.
    """
    return f"{worker.upper().replace('-', '_')}_QUEUE_URL"


def reserved_variables() -> tuple[str, ...]:
    """The platform's variables, and those that each section of the data stores names as its own."""
    return (*PlatformVariable, arn_variable(PlatformVariable.JWT_SECRET), *_given_by(Settings))


def _given_by(section: type[Section]) -> Iterator[str]:
    yield from section.GIVES
    for field in section.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from _given_by(field.annotation)
