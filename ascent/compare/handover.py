"""What gives its requests to a successor without an interruption, though it is replaced or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.catalog.identity import references
from ascent.plan.urn import urn_type
from policies.pack.types import AUTOSCALING_GROUP, ECS_SERVICE, LB_LISTENER_RULE, LB_TARGET_GROUP

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ascent.compare.differences import Differences
    from ascent.plan.model import Resource

_GROUPS_OF: Final = {AUTOSCALING_GROUP: "targetGroupArns", ECS_SERVICE: "loadBalancers", LB_LISTENER_RULE: "actions"}
"""Type → the input that names target groups."""


def handed_over(found: Differences, new: Mapping[str, Any]) -> frozenset[str]:
    """URNs, in the first plan, of target groups and workloads whose requests move once their successors are healthy.

    A rule that stays leads to a new target group only after what fills it has been found healthy. Instances that stay
    are the exception: they leave the old group before they listen where the new one asks them.

    Args:
        found: the differences between the two plans.
        new: URNs in the first plan of what is replaced.
    """
    kept = [one.before for one in (*found.changed, *found.tagged, *found.unchanged) if one.before.urn not in new]
    led = _groups(kept, LB_LISTENER_RULE)
    waiting = _groups(kept, AUTOSCALING_GROUP)
    groups = {urn for urn in new if urn_type(urn) == LB_TARGET_GROUP and urn in led} - waiting
    gone = [one.resource for one in found.removed if one.resource.type in (AUTOSCALING_GROUP, ECS_SERVICE)]
    served = {one.urn: _groups([one], one.type) for one in gone}
    return frozenset({*groups, *(urn for urn, own in served.items() if own and own <= groups)})


def _groups(resources: Collection[Resource], kind: str) -> set[str]:
    """Target groups that resources of a type name."""
    named = (references(one, _GROUPS_OF[kind]) for one in resources if one.type == kind)
    return {urn for urns in named for urn in urns if urn_type(urn) == LB_TARGET_GROUP}
