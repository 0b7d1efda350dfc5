"""Cost Explorer: anomalies of cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.checks import present
from policies.pack.layers import OBSERVABILITY
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.verdict import Outcome, Status, failed, worst

if TYPE_CHECKING:
    from policies.pack.facts import StackFacts


@OBSERVABILITY.stack(
    "cost-anomaly",
    "Somebody hears of spending that is out of line",
    on=(types.COSTEXPLORER_ANOMALY_MONITOR, types.COSTEXPLORER_ANOMALY_SUBSCRIPTION),
    severity=Severity.LOW,
    levels=AUDITED,
    account=True,
    why="A budget notices the sum at the end; an anomaly is noticed on the day, service by service, at no charge.",
    fix="Add an aws.costexplorer.AnomalyMonitor and an AnomalySubscription with its ARN and a subscriber.",
)
def cost_anomaly(stack: StackFacts) -> Outcome | None:
    """A monitor and a subscription that tells somebody. Nothing to ask of a stack without AWS resources."""
    if not stack.uses_aws:
        return None
    subscriptions = tuple(stack.of_type(types.COSTEXPLORER_ANOMALY_SUBSCRIPTION))
    if not subscriptions and not any(stack.of_type(types.COSTEXPLORER_ANOMALY_MONITOR)):
        return failed("the stack has no cost anomaly monitor", "a monitor and a subscription")
    if not subscriptions:
        return failed("nobody subscribes to the cost anomaly monitor", "a subscription")
    keys = (("monitorArnLists", "a monitor"), ("subscribers", "a subscriber"))
    judged = [worst(present(s, key, wanted) for key, wanted in keys) for s in subscriptions]
    return next((outcome for outcome in judged if outcome.status is Status.PASS), judged[0])
