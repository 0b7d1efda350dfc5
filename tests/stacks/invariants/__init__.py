"""What holds for every plan, whatever the settings: each check answers with a line per violation.

Such checks see inputs and structure only. They don't prove that AWS accepts the values, that an apply succeeds in this
order, that IAM grants suffice, or anything that is known only after deployment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.plan.check import problems
from tests.stacks.invariants import names, network, structure, tags, watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan


def sound(plan: Plan) -> list[str]:
    """The plan's own consistency check finds nothing."""
    return [problem.message for problem in problems(plan)]


CHECKS: Final[dict[str, Callable[[Plan], list[str]]]] = {
    "sound": sound,
    "urns": structure.distinct_urns,
    "prefixes": structure.names_follow_parents,
    "components": structure.below_components,
    "provider": structure.one_provider,
    "partition": structure.one_partition,
    "alarms": structure.alarms_act,
    "watched": watched.everything_watched,
    "tags": tags.tagged,
    "group tags": tags.group_tagged,
    "template tags": tags.template_tagged,
    "default tags": tags.defaults_tagged,
    "tag values": tags.tag_values,
    "subnets": network.subnets_fit,
    "database": network.private_databases,
    "rules": network.standalone_rules,
    "openings": network.openings,
    "names": names.physical_names,
    "identities": names.distinct_objects,
    "replaced apart": names.replaced_apart,
    "known types": names.unknown_types,
}
"""Every check by its name."""


def violations(plan: Plan) -> list[str]:
    """All that a plan violates, each line with the check's name."""
    return [f"{name}: {line}" for name, check in CHECKS.items() for line in check(plan)]
