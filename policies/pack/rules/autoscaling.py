"""Auto Scaling: groups of instances, and what scales by schedule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking, one_of
from policies.pack.layers import COMPUTE
from policies.pack.levels import advisory_from, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_number, at, is_set, show, text
from policies.pack.verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

NON_PRODUCTION_STACKS: Final = re.compile(r"(^|[-_.])(dev|develop|development|test|testing|sandbox)([-_.]|$)")
"""Names of stacks that nobody needs at night."""

_STOPPING: Final = ("ecs:", "autoscaling:", "applicationautoscaling:", "ec2:stop", "rds:stop", "lambda:invoke", "ssm:")
"""Calls of AWS's API by which a schedule stops things, itself or through a function or a runbook."""

_TEMPLATES: Final = ("launchTemplate", "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification")
"""Where a group names its launch template."""

_FLOATING: Final = ("$Latest", "$Default", "")
"""Versions that stay the same text when the template changes."""


@COMPUTE.resource(
    "asg-instance-refresh",
    "A new launch template reaches the instances by itself",
    on=types.AUTOSCALING_GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Otherwise a deployment changes nothing until instances happen to be replaced, and old images run for months.",
    fix='Set instanceRefresh with strategy "Rolling" and preferences.minHealthyPercentage, and the version in'
    " launchTemplate to the template's latestVersion.",
)
def asg_instance_refresh(group: ResourceFacts) -> Outcome:
    """`instanceRefresh.strategy`, and a template whose version changes: `$Latest` never does, and starts nothing."""
    refreshes = one_of(group, "instanceRefresh.strategy", ("Rolling",))
    template = next((path for path in _TEMPLATES if is_set(at(group, path))), "")
    version = at(group, f"{template}.version")
    if template and (version is UNSET or version in _FLOATING):
        named = "a template's version by number, such as its latestVersion"
        return worst((refreshes, lacking(group, f"{template}.version", named)))
    return refreshes


@COMPUTE.joined(
    "asg-elb-health-check",
    "Instances behind a load balancer are replaced when it finds them unhealthy",
    on=types.AUTOSCALING_GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="With EC2's own check an instance whose application hangs counts as healthy for ever.",
    fix='Set healthCheckType to "ELB" and healthCheckGracePeriod to the time that the application needs to start.',
    anchors=("FSBP AutoScaling.1", "prowler autoscaling_group_elb_health_check_enabled"),
)
def asg_elb_health_check(group: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`healthCheckType` of a group with target groups, alone or with others; AWS's default is `EC2`."""
    attached = any(is_set(at(group, key)) for key in ("targetGroupArns", "loadBalancers", "trafficSources"))
    if not attached and not stack.referring(group, types.AUTOSCALING_ATTACHMENT, "autoscalingGroupName", "name"):
        return None
    kinds = {kind.strip() for kind in text(group, "healthCheckType").split(",")}
    if kinds & {"ELB", "VPC_LATTICE"}:
        return passed(show(group, "healthCheckType"))
    return lacking(group, "healthCheckType", "ELB")


@COMPUTE.joined(
    "dev-scheduled-shutdown",
    "Development environments stop when nobody works",
    on=(types.ECS_SERVICE, types.AUTOSCALING_GROUP),
    severity=Severity.LOW,
    levels=advisory_from("mvp"),
    why="Nights and weekends are two thirds of the hours that are paid for.",
    fix="Add an aws.appautoscaling.ScheduledAction with maxCapacity 0 (EC2: an aws.autoscaling.Schedule with"
    " desiredCapacity 0), and one that starts it in the morning.",
)
def dev_scheduled_shutdown(subject: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A schedule down to nothing, in stacks whose name is of `NON_PRODUCTION_STACKS`."""
    if NON_PRODUCTION_STACKS.search(stack.stack) is None or at(subject, "schedulingStrategy") == "DAEMON":
        return None
    if any(_stops(schedule) for schedule in stack.of_type(types.SCHEDULER_SCHEDULE)):
        return passed("a schedule calls AWS to stop things")
    down = (
        _group_goes_down(subject, stack)
        if subject.type == types.AUTOSCALING_GROUP
        else _service_goes_down(subject, stack)
    )
    return passed("a schedule stops it") if down else failed("it runs day and night", "a schedule down to 0")


def _stops(schedule: ResourceFacts) -> bool:
    """Whether a schedule is on, and calls what changes how much runs."""
    called = text(schedule, "target.arn").lower().partition("aws-sdk:")[2]
    return at(schedule, "state") != "DISABLED" and called.startswith(_STOPPING)


def _group_goes_down(group: ResourceFacts, stack: StackFacts) -> bool:
    schedules = stack.referring(group, types.AUTOSCALING_SCHEDULE, "autoscalingGroupName", "name")
    return any(as_number(at(s, key)) == 0 for s in schedules for key in ("desiredCapacity", "maxSize"))


def _service_goes_down(service: ResourceFacts, stack: StackFacts) -> bool:
    targets = stack.referring(service, types.APPAUTOSCALING_TARGET, "resourceId")
    actions = [
        a
        for t in targets
        for a in stack.referring(t, types.APPAUTOSCALING_SCHEDULED_ACTION, "resourceId", "resourceId")
    ]
    actions += stack.referring(service, types.APPAUTOSCALING_SCHEDULED_ACTION, "resourceId")
    return any(as_number(at(a, "scalableTargetAction.maxCapacity")) == 0 for a in actions)
