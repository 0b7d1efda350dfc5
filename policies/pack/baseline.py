"""What rules about an account's own services share: who is asked, and how strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .levels import Level, Levels

if TYPE_CHECKING:
    from .facts import StackFacts

AUDITED: Final = Levels(Level.DISABLED, Level.DISABLED, Level.ADVISORY, Level.MANDATORY)
"""Levels of what an audit asks for: advice to a product in production, a must for an audited platform."""


def uses_aws(stack: StackFacts) -> bool:
    """Whether a stack makes anything in AWS; nothing is missing from one that does not."""
    return any(token.startswith("aws:") for token in stack.by_type)
