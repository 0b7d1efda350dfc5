"""The tiers: how mature a stack is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Tier(StrEnum):
    """Maturity of a stack, from the first server to the audited platform; picks its defaults and what rules demand."""

    MVP = "mvp"
    STARTUP = "startup"
    PRODUCTION = "production"
    ENTERPRISE = "enterprise"


STRICTEST: Final = Tier.ENTERPRISE
"""The tier assumed where a stack names none."""
