"""Whether staging is like production: the two plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.plan.roles import PRODUCTION, is_staging
from ascent.readiness.model import Status
from ascent.readiness.project.likeness import differences
from ascent.readiness.project.subject import Project
from ascent.readiness.query import Answer, query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.facts import StackFacts

_SHOWN: Final = 3
"""Most differences in a line."""


@query("staging-like-production", "Staging has what production has, smaller at most")
def staging_like_production(project: Project) -> Answer:
    """Asked of staging and of production; a smaller stack that is neither has no part in it."""
    stack = project.facts
    if is_staging(stack.stack):
        staging, production = stack, _first(o for o in project.others if _is_production(o))
    elif _is_production(stack):
        staging, production = _first(o for o in project.others if is_staging(o.stack)), stack
    else:
        return Answer(Status.MET, f"{stack.stack} is neither staging nor production", (stack.urn,))
    if staging is None:
        return Answer(Status.UNMET, f"no staging stack was planned beside {stack.stack}", (stack.urn,))
    if production is None:
        return Answer(Status.UNMET, f"no production stack was planned beside {stack.stack}", (stack.urn,))
    found = differences(production, staging)
    pair = f"{staging.stack} and {production.stack}"
    if found:
        more = f" (and {len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
        return Answer(Status.UNMET, f"{pair} differ: {'; '.join(found[:_SHOWN])}{more}", (stack.urn,))
    return Answer(Status.MET, f"{pair} have the same kinds of resources, engines and ways in", (stack.urn,))


def _is_production(stack: StackFacts) -> bool:
    return stack.tier in PRODUCTION and not is_staging(stack.stack)


def _first(stacks: Iterable[StackFacts]) -> StackFacts | None:
    return next(iter(sorted(stacks, key=lambda stack: stack.stack)), None)
