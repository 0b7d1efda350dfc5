"""Compute, continued: how new versions come, and how much capacity there is while they do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..checks import at_least, is_true, present
from ..facts import Unknown
from ..levels import Level, advisory_from, mandatory_from
from ..rule import Layer, Severity
from ..values import UNSET, as_number, at, is_set, items, known_items, show, text
from ..verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("compute")

SERVICE: Final = "aws:ecs/service:Service"
GROUP: Final = "aws:autoscaling/group:Group"
TARGET_GROUP: Final = "aws:lb/targetGroup:TargetGroup"
SCALING_TARGET: Final = "aws:appautoscaling/target:Target"
SCHEDULED_ACTION: Final = "aws:appautoscaling/scheduledAction:ScheduledAction"
GROUP_SCHEDULE: Final = "aws:autoscaling/schedule:Schedule"
SCHEDULE: Final = "aws:scheduler/schedule:Schedule"

MIN_HEALTHY_PERCENT: Final = 100
"""Share of the wanted tasks that a rolling deployment keeps running."""

NON_PRODUCTION_STACKS: Final = re.compile(r"(^|[-_.])(dev|develop|development|test|testing|sandbox)([-_.]|$)")
"""Names of stacks that nobody needs at night."""

_TRAFFIC_SHIFTS: Final = ("BLUE_GREEN", "LINEAR", "CANARY")


def _own_controller(service: ResourceFacts) -> bool:
    """Whether ECS itself deploys, and not CodeDeploy or another tool."""
    return at(service, "deploymentController.type") in (UNSET, "ECS")


@layer.resource(
    "ecs-deployment-alarms",
    "A deployment that makes users see errors is rolled back by itself",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="The circuit breaker sees tasks that do not start, not a version that starts well and answers with errors.",
    fix="Set alarms with alarmNames of the load balancer's 5xx alarms, enable and rollback true.",
    items=(56, 57),
)
def ecs_deployment_alarms(service: ResourceFacts) -> Outcome | None:
    """`alarms` of services behind a load balancer."""
    if not _own_controller(service) or not is_set(at(service, "loadBalancers")):
        return None
    flags = [is_true(service, f"alarms.{key}") for key in ("enable", "rollback")]
    return worst((present(service, "alarms.alarmNames", "an alarm"), *flags))


@layer.resource(
    "ecs-rolling-capacity",
    "Deployments start new tasks before they stop old ones",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Below the full number of healthy tasks, each deployment is a shortage at whatever time it happens.",
    fix="Set deploymentMinimumHealthyPercent to 100 and deploymentMaximumPercent to 200, or leave both unset.",
    items=(53, 57),
)
def ecs_rolling_capacity(service: ResourceFacts) -> Outcome | None:
    """The two percentages. A daemon has one task per host and cannot start a second."""
    if not _own_controller(service) or at(service, "schedulingStrategy") == "DAEMON":
        return None
    least, most = "deploymentMinimumHealthyPercent", "deploymentMaximumPercent"
    return worst(
        (
            at_least(service, least, MIN_HEALTHY_PERCENT, unit="percent", default=100),
            at_least(service, most, MIN_HEALTHY_PERCENT + 1, unit="percent", default=200),
        )
    )


@layer.resource(
    "ecs-traffic-shift-complete",
    "Blue/green and canary deployments have what they need to go back",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Without a second target group traffic cannot shift; without bake time nothing is left to go back to.",
    fix="Set deploymentConfiguration.bakeTimeInMinutes, and alternateTargetGroupArn, productionListenerRule and roleArn"
    " in advancedConfiguration of each load balancer.",
    items=(54, 55, 63),
)
def ecs_traffic_shift_complete(service: ResourceFacts) -> Outcome | None:
    """Bake time and second target group of services with ECS's own traffic shifts."""
    if at(service, "deploymentConfiguration.strategy") not in _TRAFFIC_SHIFTS:
        return None
    keys = ("alternateTargetGroupArn", "productionListenerRule", "roleArn")
    return worst(
        (
            at_least(service, "deploymentConfiguration.bakeTimeInMinutes", 1, unit="minutes"),
            *(
                present(balancer, f"advancedConfiguration.{key}", "two target groups and their listener rule")
                for balancer in known_items(service, "loadBalancers")
                for key in keys
            ),
        )
    )


@layer.resource(
    "ecs-no-spot-behind-balancer",
    "Services that users wait for do not run on Spot",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="AWS takes Spot capacity away with two minutes' notice, from all tasks at once when it is scarce.",
    fix="Use FARGATE in capacityProviderStrategies, and keep FARGATE_SPOT for batch work and other environments.",
    items=(48,),
)
def ecs_no_spot_behind_balancer(service: ResourceFacts) -> Outcome | None:
    """`capacityProviderStrategies` of services behind a load balancer."""
    if not is_set(at(service, "loadBalancers")):
        return None
    strategies = items(service, "capacityProviderStrategies")
    if isinstance(strategies, Unknown):
        return failed(show(service, "capacityProviderStrategies"), "no FARGATE_SPOT")
    spot = [s for s in strategies if at(s, "capacityProvider") == "FARGATE_SPOT"]
    used = [s for s in spot if any(as_number(at(s, key)) != 0 for key in ("base", "weight") if is_set(at(s, key)))]
    return failed("the service runs on FARGATE_SPOT", "no FARGATE_SPOT") if used else passed("no Spot capacity")


@layer.resource(
    "target-group-health-path",
    "Load balancers ask the application whether it is healthy",
    on=TARGET_GROUP,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="AWS asks for / by default, which many applications answer with a redirect or without touching what they need.",
    fix="Set healthCheck.path to the application's health path; in Ascent ascent:compute.healthCheckPath.",
    items=(12, 38),
)
def target_group_health_path(group: ResourceFacts) -> Outcome | None:
    """`healthCheck.path`, written down, of target groups that speak HTTP."""
    if at(group, "protocol") not in ("HTTP", "HTTPS") or at(group, "targetType") in ("lambda", "alb"):
        return None
    if at(group, "healthCheck.protocol") == "TCP":
        return failed(show(group, "healthCheck.protocol"), "HTTP or HTTPS")
    enabled = is_true(group, "healthCheck.enabled", default=True)
    return worst((enabled, present(group, "healthCheck.path", "a health path")))


@layer.joined(
    "dev-scheduled-shutdown",
    "Development environments stop when nobody works",
    on=(SERVICE, GROUP),
    severity=Severity.LOW,
    levels=advisory_from("mvp"),
    why="Nights and weekends are two thirds of the hours that are paid for.",
    fix="Add an aws.appautoscaling.ScheduledAction with maxCapacity 0 (EC2: an aws.autoscaling.Schedule with"
    " desiredCapacity 0), and one that starts it in the morning.",
    items=(46, 49),
)
def dev_scheduled_shutdown(subject: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A schedule down to nothing, in stacks whose name is of `NON_PRODUCTION_STACKS`."""
    if NON_PRODUCTION_STACKS.search(stack.stack) is None or at(subject, "schedulingStrategy") == "DAEMON":
        return None
    if any("aws-sdk:" in text(s, "target.arn") for s in stack.of_type(SCHEDULE)):
        return passed("a schedule calls AWS to stop things")
    down = _group_goes_down(subject, stack) if subject.type == GROUP else _service_goes_down(subject, stack)
    return passed("a schedule stops it") if down else failed("it runs day and night", "a schedule down to 0")


def _group_goes_down(group: ResourceFacts, stack: StackFacts) -> bool:
    schedules = stack.referring(group, GROUP_SCHEDULE, "autoscalingGroupName", "name")
    return any(as_number(at(s, key)) == 0 for s in schedules for key in ("desiredCapacity", "maxSize"))


def _service_goes_down(service: ResourceFacts, stack: StackFacts) -> bool:
    targets = stack.referring(service, SCALING_TARGET, "resourceId")
    actions = [a for t in targets for a in stack.referring(t, SCHEDULED_ACTION, "resourceId", "resourceId")]
    actions += stack.referring(service, SCHEDULED_ACTION, "resourceId")
    return any(as_number(at(a, "scalableTargetAction.maxCapacity")) == 0 for a in actions)
