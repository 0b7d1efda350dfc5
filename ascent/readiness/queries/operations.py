"""Queries about cost, experiments and recovery."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ascent.readiness.model import Status
from ascent.readiness.queries.conditions import holds, refers, within
from ascent.readiness.queries.data import IAM_POLICIES
from ascent.readiness.query import Answer, Truth, all_of, any_of, every, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import statements
from policies.pack.facts.tags import tags_of
from policies.pack.values import Unset

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_OWN: Final = re.compile(r"(?!(?:aws|awsx|pulumi)[:-])[a-z][\w-]*:\w+:\w+")
_LEAST_KINDS: Final = 3
"""Fewest types of components that make a stack out of parts."""


@query("experiments", "The stack has templates of experiments")
def experiments(stack: StackFacts) -> Answer:
    """Fault Injection Service."""
    return some(stack.of_type(types.FIS_EXPERIMENT_TEMPLATE), "an experiment", refers("actions"))


_OBJECTIVES: Final = ("RpoMinutes", "RtoMinutes")
"""Tags of a backup plan that say how much data, and how much time, may be lost."""


@query("recovery-objectives", "What may be lost is written at the backups, and they are often enough for it")
def recovery_objectives(stack: StackFacts) -> Answer:
    """A backup plan with both objectives, beside stores that go back to any moment."""

    def decided(plan: ResourceFacts) -> Truth:
        tags = tags_of(plan)
        if isinstance(tags, Unknown):
            return UNKNOWN
        values = [tags.get(key) for key in _OBJECTIVES]
        if any(isinstance(value, Unknown) for value in values):
            return UNKNOWN
        return all(isinstance(value, str) and value.isdigit() for value in values)

    def restorable(store: ResourceFacts) -> Truth:
        if store.type == types.DYNAMODB_TABLE:
            return holds("pointInTimeRecovery.enabled", True)(store)
        return within("backupRetentionPeriod", 1)(store)

    stores = tuple(stack.of_type(types.RDS_INSTANCE, types.RDS_CLUSTER, types.DYNAMODB_TABLE))
    return all_of(
        some(stack.of_type(types.BACKUP_PLAN), "a backup plan that says what may be lost", decided),
        every(stores, "stores go back to any moment", restorable),
    )


@query("components", "The stack is made of components with types of their own")
def components(stack: StackFacts) -> Answer:
    """Components that hold resources, several kinds of them: what can be used again and tested by itself."""
    parents = {resource.parent for resource in stack.resources}
    made = [r for r in stack.resources if _OWN.fullmatch(r.type) and r.urn in parents]
    kinds = {r.type for r in made}
    said = f"components of {len(kinds)} types that hold resources"
    return Answer(Status.MET if len(kinds) >= _LEAST_KINDS else Status.UNMET, said, tuple(r.urn for r in made))


@query("cost-tags", "Tags appear in the bill")
def cost_tags(stack: StackFacts) -> Answer:
    """Cost allocation tags that are switched on."""
    return some(
        stack.of_type(types.COSTEXPLORER_COST_ALLOCATION_TAG),
        "an active cost allocation tag",
        holds("status", "Active"),
    )


@query("compute-optimizer", "AWS recommends sizes")
def compute_optimizer(stack: StackFacts) -> Answer:
    """Enrolment in Compute Optimizer."""
    return some(
        stack.of_type(types.COMPUTEOPTIMIZER_ENROLLMENT_STATUS),
        "an enrolment in Compute Optimizer",
        holds("status", "Active"),
    )


_SPENDING: Final = ("ce:getcost", "compute-optimizer:get", "cost-optimization-hub:list")
"""Beginnings of the actions of a report about money."""


@query("cost-action", "A budget acts by itself, spending is cut on a schedule, or a report tells what could be")
def cost_action(stack: StackFacts) -> Answer:
    """A budget action, capacity that follows the clock, or a role on a schedule that may ask what was spent.

    What a function may do is all that a plan tells of its work.
    """
    tokens = (types.BUDGETS_BUDGET_ACTION, types.APPAUTOSCALING_SCHEDULED_ACTION, types.AUTOSCALING_SCHEDULE)
    return any_of(
        some(stack.of_type(*tokens), "an action that saves money by itself"),
        all_of(
            some(stack.of_type(*IAM_POLICIES), "a policy for a report of spending", _reads_spending),
            some(stack.of_type(types.CLOUDWATCH_EVENT_RULE), "a schedule", refers("scheduleExpression")),
        ),
    )


def _reads_spending(policy: ResourceFacts) -> Truth:
    found = statements(policy, "policy")
    if isinstance(found, Unknown):
        return UNKNOWN
    if isinstance(found, Unset):
        return False
    return any(action.startswith(_SPENDING) for statement in found if statement.allow for action in statement.actions)
