"""The tier that a subject is held against, and where it comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.plan.config import read_stack, stack_names
from common.problems import InputError
from common.tiers import STRICTEST, Tier

if TYPE_CHECKING:
    from pathlib import Path

Guess = tuple[str, str]
"""A tier, and why it is taken where nothing names one."""

_BY_NAME: Final = (
    (re.compile(r"(^|[^a-z])(pre-?prod|staging|stage|stg|uat|qa)([^a-z]|$)"), Tier.STARTUP),
    (re.compile(r"(^|[^a-z])(prod|production|live|prd)([^a-z]|$)"), Tier.PRODUCTION),
    (re.compile(r"(^|[^a-z])(dev|development|test|sandbox|demo|local|ci)([^a-z]|$)"), Tier.MVP),
)
"""What names of stacks usually say, asked in this order."""


def strictest(_stack: str) -> Guess:
    """The tier that judges a stack of which nothing is known: none can be judged too mildly."""
    return STRICTEST, "the strictest, because the file names none; --tier names another"


def by_name(stack: str) -> Guess:
    """The tier that a stack's name suggests.

    Args:
        stack: its name.
    """
    for pattern, tier in _BY_NAME:
        if pattern.search(stack.lower()):
            return tier, f"guessed from the name {stack}; --tier names another"
    return Tier.STARTUP, "a guess, because neither file nor name tells; --tier names another"


def tier_of(given: Tier | None, found: str, stack: str, project: Path | None) -> tuple[str, str]:
    """The tier that applies, and where it comes from; both empty where nothing names one.

    Args:
        given: from --tier; None where it was not.
        found: what the subject's configuration says; empty where it says none.
        stack: the stack.
        project: where its Pulumi.yaml is; None where that is not at hand, or is not to be asked.
    """
    if given is not None:
        return given.value, "given by --tier"
    if found in list(Tier):
        return found, "from ascent:tier in the file"
    named = _in_file(project, stack) if project is not None else ""
    return (named, f"from Pulumi.{stack}.yaml") if named else ("", "")


def _in_file(project: Path, stack: str) -> str:
    try:
        named = read_stack(project, stack).values.get("ascent:tier", "") if stack in stack_names(project) else ""
    except InputError:
        return ""
    return named if named in list(Tier) else ""
