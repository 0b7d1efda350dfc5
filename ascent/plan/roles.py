"""What a stack is to its project: staging, production, or neither."""

from __future__ import annotations

import re
from typing import Final

PRODUCTION: Final = ("production", "enterprise")
"""Tiers that serve real users."""

_STAGING: Final = re.compile(r"(?:^|[-_.])(?:staging|stage|stg|pre-?prod|uat)(?:$|[-_.])", re.IGNORECASE)


def is_staging(stack: str) -> bool:
    """Whether a stack is its project's staging, by its name."""
    return bool(_STAGING.search(stack))
