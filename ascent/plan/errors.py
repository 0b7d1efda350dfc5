"""Errors of planning. Each message is complete: the place, what is wrong and what to do about it."""

from __future__ import annotations

from common.problems import InputError


class PlanError(InputError):
    """The program cannot be planned, or raised while it was being planned."""
