"""Inspector, which scans for known weaknesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts.kept import kept_elsewhere
from policies.pack.layers import ACCOUNT
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.values import known_items
from policies.pack.verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from policies.pack.facts import StackFacts

INSPECTED: Final = {
    "ECR": (types.ECR_REPOSITORY, types.ECS_TASK_DEFINITION, types.EKS_CLUSTER),
    "EC2": (types.EC2_INSTANCE, types.EC2_LAUNCH_TEMPLATE),
    "LAMBDA": (types.LAMBDA_FUNCTION,),
}
"""What Inspector scans → what a stack must hold for it to have something to scan."""


@ACCOUNT.stack(
    "inspector-enabled",
    "Inspector looks for known flaws in what runs",
    on=types.INSPECTOR2_ENABLER,
    severity=Severity.MEDIUM,
    levels=AUDITED,
    account=True,
    why="An image that was clean when it was pushed is not clean for ever: flaws become known while it runs.",
    fix='Add an aws.inspector2.Enabler with resourceTypes "ECR" and, for instances and functions, "EC2" and "LAMBDA".',
    anchors=("FSBP Inspector.1", "FSBP Inspector.2", "FSBP Inspector.4", "prowler inspector2_is_enabled"),
)
def inspector_enabled(stack: StackFacts) -> Outcome | None:
    """An enabler for each kind of workload that the stack holds."""
    needed = [kind for kind, types in INSPECTED.items() if any(stack.of_type(*types))]
    if not needed:
        return None
    on = [kind for e in stack.of_type(types.INSPECTOR2_ENABLER) for kind in known_items(e, "resourceTypes")]
    missing = [kind for kind in needed if kind not in on]
    if not missing:
        return passed("Inspector scans")
    return kept_elsewhere(stack, "inspector", "Inspector") or failed(
        f"Inspector does not scan {', '.join(missing)}", "Inspector"
    )
