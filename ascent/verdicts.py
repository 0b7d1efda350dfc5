"""The rules' view of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascent.errors import InputError
from policies.checklist.evaluate import Report, Result, evaluate
from policies.checklist.registry import RULES
from policies.checklist.waivers import Waiver, load_waivers
from policies.checklist.wire import facts_from_wire

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ascent.plan.model import Plan

WAIVERS = Path("policies/waivers.yaml")
"""Where a project keeps its waivers, from Pulumi.yaml's directory."""


def waivers_of(directory: Path, today: date) -> tuple[Waiver, ...]:
    """The waivers of a project that are in force; none where the project has no such file.

    Args:
        directory: where Pulumi.yaml is.
        today: day on which a waiver must not have expired.

    Raises:
        InputError: an entry is malformed, ownerless, expired or for no rule; a line for each.
    """
    waivers, problems = load_waivers(directory / WAIVERS, today=today, rules=RULES)
    if problems:
        raise InputError("\n".join(problems))
    return waivers


def judge(plan: Plan, waivers: Sequence[Waiver]) -> Report:
    """Hold a plan against all rules, at the plan's tier.

    Args:
        plan: what a stack would register.
        waivers: waivers in force.
    """
    facts = facts_from_wire(plan.resources, project=plan.project, stack=plan.stack, tier=plan.tier)
    return evaluate(facts, waivers=waivers)


def record_of(result: Result) -> dict[str, Any]:
    """A result as JSON has it."""
    verdict = result.verdict
    record: dict[str, Any] = {
        "rule": verdict.rule,
        "urn": verdict.urn,
        "status": verdict.status.value,
        "level": result.level.value,
        "found": verdict.found,
        "wanted": verdict.wanted,
        "fix": verdict.fix,
    }
    if result.waiver:
        record["waiver"] = {
            "reason": result.waiver.reason,
            "owner": result.waiver.owner,
            "expires": result.waiver.expires.isoformat(),
        }
    return record
