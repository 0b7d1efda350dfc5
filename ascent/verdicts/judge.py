"""The rules' view of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from common.problems import InputError
from policies.pack.configuration import DEFAULTS, Configuration
from policies.pack.engine.wire import facts_from_wire
from policies.pack.evaluate import Report, evaluate
from policies.pack.registry import RULES
from policies.pack.waivers.file import load_waivers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ascent.plan.model import Plan
    from policies.pack.engine.wire import Deployed
    from policies.pack.facts import StackFacts
    from policies.pack.waivers import WaiverBook

WAIVERS = Path("policies/waivers.yaml")
"""Where a project keeps its waivers, from Pulumi.yaml's directory."""


def waivers_of(directory: Path, today: date) -> WaiverBook:
    """The waivers in a project's file; none where the project has no such file.

    Args:
        directory: where Pulumi.yaml is.
        today: day on which a waiver must not have expired.

    Raises:
        InputError: an entry is malformed, ownerless, expired or for no rule; a line for each.
    """
    book = load_waivers(directory / WAIVERS, today=today, rules=RULES)
    expired = [f"{w.place}: expired on {w.expires}; fix the finding and delete it, or renew it" for w in book.expired]
    if book.problems or expired:
        raise InputError("\n".join([*book.problems, *expired]))
    return book


def configured_by(path: Path | None) -> Configuration:
    """The levels and parameters that a policy configuration sets; the tier's own without one.

    Args:
        path: file in the form of `pulumi preview --policy-pack-config`.

    Raises:
        InputError: the file is malformed, or names a rule, level or parameter that does not exist; a line for each.
    """
    if path is None:
        return DEFAULTS
    from policies.pack.policy_file import load_policy_config

    return load_policy_config(path)


def facts_of(plan: Plan, deployed: Mapping[str, Deployed] | None = None) -> StackFacts:
    """A plan as rules and queries ask it.

    Args:
        plan: what a stack would register, or has deployed.
        deployed: what a file of the engine knows of resources beside their inputs, by URN.
    """
    return facts_from_wire(
        plan.resources,
        project=plan.project,
        stack=plan.stack,
        tier=plan.tier,
        deployed=deployed,
        partly_known={r.urn: r.partly_known for r in plan.resources if r.partly_known},
    )


def judge(plan: Plan, waivers: WaiverBook | None = None, configured: Configuration = DEFAULTS) -> Report:
    """Hold a plan against all rules, at the plan's tier.

    Args:
        plan: what a stack would register.
        waivers: the file's waivers; those that components carry are added. None heeds neither.
        configured: levels and parameters in place of the tier's own.
    """
    return evaluate(facts_of(plan), waivers=waivers, configured=configured)
