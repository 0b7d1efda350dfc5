"""What can be known of a type of AWS resource."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Family(StrEnum):
    """What a box of a diagram is about; the value is the CSS class that colours it."""

    EDGE = "edge"
    NETWORK = "network"
    COMPUTE = "compute"
    DATA = "data"
    SECURITY = "security"
    WATCH = "watch"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Service:
    """What people call resources of one or more types; a diagram draws them together, in one box per place."""

    label: str
    family: Family
    used: bool = False
    """Whether an application's reference to it is worth an arrow."""


@dataclass(frozen=True, slots=True)
class Part:
    """What people call a resource that is only a detail of others, and not drawn."""

    label: str


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the table: everything that Ascent knows of one type."""

    service: Service | Part
    """What people call it, and how a diagram draws it if it does."""
    free: str = ""
    """Why AWS charges nothing for it; empty where it does, and a pricer says what."""
    loses: str = ""
    """What is gone when one is removed or replaced; empty if it holds nothing."""
    serves: str = ""
    """What is missing while there is none; empty if no request depends on it."""
    replaces: tuple[str, ...] = ()
    """Inputs that can only be changed by making a new one, as far as known."""
    interrupts: Mapping[str, str] = field(default_factory=dict)
    """Input → how a change of it interrupts the resource, which stays."""
    identity: tuple[str, ...] = ()
    """Inputs that together name the physical object, so that two owners of the same values own one object; empty where
    AWS numbers each by itself. `a.b` stands inside of `a`; a `?` marks what may be left out. Where another one is left
    out, Pulumi or AWS makes a new name up."""
