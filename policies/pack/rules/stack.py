"""The stack as a whole: what concerns several services at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN
from policies.pack.facts.backups import SAVED_AS
from policies.pack.layers import RESILIENCE
from policies.pack.levels import Level, advisory_from, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import as_bool, at, known_items
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_PROTECTED: Final = (*(token for token in SAVED_AS if token != types.EBS_VOLUME), types.S3_BUCKET, types.KMS_KEY)

_REPLICATED: Final = (
    types.RDS_GLOBAL_CLUSTER,
    types.DYNAMODB_GLOBAL_TABLE,
    types.DYNAMODB_TABLE_REPLICA,
)

_REGIONAL: Final = (types.LB_LOAD_BALANCER, types.ECS_SERVICE, *SAVED_AS)
"""What shows, by the regions it is in, that a stack can go on in a second one."""


@RESILIENCE.resource(
    "stateful-protected",
    "Pulumi refuses to delete what holds data",
    on=_PROTECTED,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A change of a name or of one property can replace a resource; the new one is empty.",
    fix="Set the resource option protect to true.",
)
def stateful_protected(resource: ResourceFacts) -> Outcome | None:
    """The resource option `protect`. A bucket with `forceDestroy` is meant to be thrown away."""
    if resource.type == types.S3_BUCKET and as_bool(at(resource, "forceDestroy")) is True:
        return None
    return passed("protect is set") if resource.protect else failed("protect is not set", "protect")


def _spans(resource: ResourceFacts, stack: StackFacts) -> bool:
    """Whether something made to span regions does: a global database of one cluster is in one region."""
    if resource.type != types.RDS_GLOBAL_CLUSTER:
        return True
    return len(stack.referring(resource, types.RDS_CLUSTER, "globalClusterIdentifier", "globalClusterIdentifier")) != 1


@RESILIENCE.stack(
    "second-region",
    "The system can go on in a second region",
    on=(*_REPLICATED, *_REGIONAL),
    severity=Severity.LOW,
    levels=advisory_from("enterprise"),
    why="A region's failure lasts hours; without anything elsewhere there is nothing to do but wait.",
    fix="Make the critical part again with the property region (or a second provider), and replicate its data.",
)
def second_region(stack: StackFacts) -> Outcome | None:
    """Workloads or data in two regions, or a resource that spans them. Nothing to ask without either."""
    if any(_spans(resource, stack) for resource in stack.of_type(*_REPLICATED)):
        return passed("data is replicated to another region")
    resources = tuple(stack.of_type(*_REGIONAL))
    if any(known_items(r, "replicas") for r in resources):
        return passed("a table has replicas")
    if not resources:
        return None
    regions = {r.region for r in resources}
    if len(regions - {""}) > 1:
        return passed(f"resources in {', '.join(sorted(regions - {''}))}")
    if any(at(r, "region") is UNKNOWN for r in resources):
        return unverified("a region is known only after deployment", "a second region")
    return failed("everything is in one region", "a second region")
