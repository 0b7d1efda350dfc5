"""ECS: clusters, services and their deployments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, is_false, is_true, lacking, one_of, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.layers import COMPUTE
from policies.pack.levels import ALWAYS, Level, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity, sets
from policies.pack.values import UNSET, as_bool, as_number, at, is_set, items, known_items
from policies.pack.verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts
    from policies.pack.parameters import Values

MIN_TASKS: Final = whole("tasks", "Fewest tasks that a service runs", 2, minimum=1, maximum=5000)

MIN_HEALTHY_PERCENT: Final = 100
"""Share of the wanted tasks that a rolling deployment keeps running."""

_TRAFFIC_SHIFTS: Final = ("BLUE_GREEN", "LINEAR", "CANARY")


@COMPUTE.resource(
    "ecs-platform-latest",
    "Fargate tasks run on the newest platform",
    on=types.ECS_SERVICE,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="AWS mends flaws in the newest platform; a version that is written down stays as it is until somebody looks.",
    fix='Remove platformVersion, or set it to "LATEST".',
    anchors=("FSBP ECS.10", "checkov CKV_AWS_332", "prowler ecs_service_fargate_latest_platform_version"),
)
def ecs_platform_latest(service: ResourceFacts) -> Outcome | None:
    """`platformVersion` of services on Fargate."""
    if at(service, "launchType") in ("EC2", "EXTERNAL"):
        return None
    return one_of(service, "platformVersion", ("LATEST",), default="LATEST")


@COMPUTE.resource(
    "ecs-no-public-ip",
    "Tasks have no public address",
    on=types.ECS_SERVICE,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A task with a public address can be reached past the load balancer and its web ACL.",
    fix="Set networkConfiguration.assignPublicIp to false and use private subnets with NAT or endpoints.",
    anchors=("FSBP ECS.2", "checkov CKV_AWS_333"),
)
def ecs_no_public_ip(service: ResourceFacts) -> Outcome:
    """`networkConfiguration.assignPublicIp`."""
    return is_false(service, "networkConfiguration.assignPublicIp")


@COMPUTE.resource(
    "ecs-circuit-breaker",
    "A deployment that fails is rolled back by itself",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="Without the breaker ECS starts broken tasks again and again until somebody looks.",
    fix="Set deploymentCircuitBreaker with enable and rollback true.",
    remedy=sets({"deploymentCircuitBreaker.enable": True, "deploymentCircuitBreaker.rollback": True}),
)
def ecs_circuit_breaker(service: ResourceFacts) -> Outcome | None:
    """`deploymentCircuitBreaker`. ECS's own controller only: CodeDeploy brings its own way."""
    if at(service, "deploymentController.type") not in (UNSET, "ECS"):
        return None
    return worst(is_true(service, f"deploymentCircuitBreaker.{key}") for key in ("enable", "rollback"))


@COMPUTE.joined(
    "ecs-min-tasks",
    "Services run more than one task",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="With one task, its end is an outage until the next one is up.",
    fix="Set desiredCount to 2 or more, and minCapacity of the aws.appautoscaling.Target of a service that scales.",
    parameters=(MIN_TASKS,),
)
def ecs_min_tasks(service: ResourceFacts, stack: StackFacts, given: Values) -> Outcome | None:
    """`minCapacity` where the service is scaled, else `desiredCount`. A daemon service has neither."""
    if at(service, "schedulingStrategy") == "DAEMON":
        return None
    targets = stack.referring(service, types.APPAUTOSCALING_TARGET, "resourceId")
    if targets:
        return worst(at_least(t, "minCapacity", given[MIN_TASKS], unit="tasks") for t in targets)
    return at_least(service, "desiredCount", given[MIN_TASKS], unit="tasks")


@COMPUTE.joined(
    "ecs-container-insights",
    "Container Insights is on",
    on=types.ECS_CLUSTER,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Without it there are no metrics per task: memory leaks and restarts stay invisible.",
    fix='Add to settings: name "containerInsights", value "enabled" or "enhanced".',
    anchors=(
        "FSBP ECS.12",
        "checkov CKV_AWS_65",
        "cdk-nag AwsSolutions-ECS4",
        "trivy AWS-0034",
        "prowler ecs_cluster_container_insights_enabled",
    ),
)
def ecs_container_insights(cluster: ResourceFacts, stack: StackFacts) -> Outcome:
    """The setting `containerInsights`, of the cluster or else of the account."""
    wanted = "containerInsights enabled or enhanced"
    settings = items(cluster, "settings")
    if isinstance(settings, Unknown):
        return lacking(cluster, "settings", wanted)
    for setting in (*settings, *stack.of_type(types.ECS_ACCOUNT_SETTING_DEFAULT)):
        if at(setting, "name") == "containerInsights":
            return one_of(setting, "value", ("enabled", "enhanced"))
    return failed("settings do not name containerInsights", wanted)


def _waits(service: ResourceFacts, stack: StackFacts) -> bool:
    """Whether a service has no tasks because one in another region has them."""
    if as_number(at(service, "desiredCount")) != 0 or not service.region:
        return False
    others = (one for one in stack.of_type(types.ECS_SERVICE) if one.region not in ("", service.region))
    return any(isinstance(count := as_number(at(one, "desiredCount")), float) and count > 0 for one in others)


@COMPUTE.joined(
    "ecs-autoscaling",
    "Services scale with their load",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A fixed number of tasks is too few on the day that matters and too many on all the others.",
    fix="Add an aws.appautoscaling.Target whose resourceId is made from the service's name, and a Policy for it.",
)
def ecs_autoscaling(service: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A scaling target made from the service that is not held, with a policy that something sets off.

    A service without tasks that waits for one in another region is held until that one fails.
    """
    if at(service, "schedulingStrategy") == "DAEMON":
        return None
    targets = stack.referring(service, types.APPAUTOSCALING_TARGET, "resourceId")
    if not targets:
        return failed("the service has no scaling target", "a target and a policy")
    if all(_is_fixed(t) for t in targets):
        return failed("the scaling target's minCapacity and maxCapacity are the same", "room to scale")
    if all(as_bool(at(t, "suspendedState.dynamicScalingOutSuspended")) is True for t in targets):
        if _waits(service, stack):
            return None
        return failed("the scaling target's suspendedState holds scaling out", "scaling that is not suspended")
    # Usually a policy repeats the target's own attribute; some programs make it from the service again.
    policies = [p for t in targets for p in stack.referring(t, types.APPAUTOSCALING_POLICY, "resourceId", "resourceId")]
    policies += stack.referring(service, types.APPAUTOSCALING_POLICY, "resourceId")
    if not policies:
        return failed("the service's scaling target has no policy", "a target and a policy")
    if any(_scales(policy, stack) for policy in policies):
        return passed("a target and a policy scale the service")
    return failed(f"nothing sets off {policies[0].name}", "a policy that follows a metric, or an alarm that calls it")


def _scales(policy: ResourceFacts, stack: StackFacts) -> bool:
    """Whether a policy does anything by itself: steps wait for an alarm, a forecast may be one that is only shown."""
    if is_set(at(policy, "stepScalingPolicyConfiguration")):
        return bool(stack.referring(policy, types.CLOUDWATCH_METRIC_ALARM, "alarmActions"))
    predictive = "predictiveScalingPolicyConfiguration"
    return not is_set(at(policy, predictive)) or at(policy, f"{predictive}.mode") in ("ForecastAndScale", UNKNOWN)


def _is_fixed(target: ResourceFacts) -> bool:
    least, most = (as_number(at(target, key)) for key in ("minCapacity", "maxCapacity"))
    return isinstance(least, float) and isinstance(most, float) and least >= most


def _own_controller(service: ResourceFacts) -> bool:
    """Whether ECS itself deploys, and not CodeDeploy or another tool."""
    return at(service, "deploymentController.type") in (UNSET, "ECS")


@COMPUTE.resource(
    "ecs-deployment-alarms",
    "A deployment that makes users see errors is rolled back by itself",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="The circuit breaker sees tasks that do not start, not a version that starts well and answers with errors.",
    fix="Set alarms with alarmNames of the load balancer's 5xx alarms, enable and rollback true.",
)
def ecs_deployment_alarms(service: ResourceFacts) -> Outcome | None:
    """`alarms` of services behind a load balancer."""
    if not _own_controller(service) or not is_set(at(service, "loadBalancers")):
        return None
    flags = [is_true(service, f"alarms.{key}") for key in ("enable", "rollback")]
    return worst((present(service, "alarms.alarmNames", "an alarm"), *flags))


@COMPUTE.resource(
    "ecs-rolling-capacity",
    "Deployments start new tasks before they stop old ones",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Below the full number of healthy tasks, each deployment is a shortage at whatever time it happens.",
    fix="Set deploymentMinimumHealthyPercent to 100 and deploymentMaximumPercent to 200, or leave both unset.",
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


@COMPUTE.resource(
    "ecs-traffic-shift-complete",
    "Blue/green and canary deployments have what they need to go back",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="Without a second target group traffic cannot shift; without bake time nothing is left to go back to.",
    fix="Set deploymentConfiguration.bakeTimeInMinutes, and alternateTargetGroupArn, productionListenerRule and roleArn"
    " in advancedConfiguration of each load balancer.",
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


@COMPUTE.joined(
    "ecs-no-spot-behind-balancer",
    "Services that users wait for do not run on Spot",
    on=types.ECS_SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="AWS takes Spot capacity away with two minutes' notice, from all tasks at once when it is scarce.",
    fix="Use FARGATE in capacityProviderStrategies, and keep FARGATE_SPOT for batch work and other environments.",
)
def ecs_no_spot_behind_balancer(service: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """`capacityProviderStrategies` of services behind a load balancer, or else the default of their cluster."""
    if not is_set(at(service, "loadBalancers")):
        return None
    found = [items(service, "capacityProviderStrategies")]
    if found == [[]] and not is_set(at(service, "launchType")):
        found += [items(c, "defaultCapacityProviderStrategies") for c in _capacity_of_cluster(service, stack)]
    strategies = []
    for part in found:
        if isinstance(part, Unknown):
            return failed("the capacityProviderStrategies are known only after deployment", "no FARGATE_SPOT")
        strategies += part
    spot = [s for s in strategies if at(s, "capacityProvider") == "FARGATE_SPOT"]
    used = [s for s in spot if any(as_number(at(s, key)) != 0 for key in ("base", "weight") if is_set(at(s, key)))]
    return failed("the service runs on FARGATE_SPOT", "no FARGATE_SPOT") if used else passed("no Spot capacity")


def _capacity_of_cluster(service: ResourceFacts, stack: StackFacts) -> list[ResourceFacts]:
    return [
        capacity
        for cluster in stack.referred(service, "cluster", types.ECS_CLUSTER)
        for capacity in stack.referring(cluster, types.ECS_CLUSTER_CAPACITY_PROVIDERS, "clusterName", "name")
    ]
