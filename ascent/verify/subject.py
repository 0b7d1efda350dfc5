"""What all checks of a stack are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ascent.verify.door import Door

if TYPE_CHECKING:
    from ascent.verify.aws import Aws
    from ascent.verify.deployed import Deployed
    from settings.schema import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A deployed stack, and the ways to ask about it."""

    stack: str
    settings: Settings
    deployed: Deployed
    aws: Aws
    days: int
    """Days that a certificate must last."""
    door: Door = field(default_factory=Door)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
