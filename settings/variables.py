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


def reserved_variables() -> tuple[str, ...]:
    """The platform's variables, and those that each section of the data stores names as its own."""
    return (*PlatformVariable, *_given_by(Settings))


def _given_by(section: type[Section]) -> Iterator[str]:
    yield from section.GIVES
    for field in section.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from _given_by(field.annotation)
