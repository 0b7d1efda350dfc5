"""Queries about what runs the application, how it scales and how new versions come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.readiness.model import Status
from ascent.readiness.queries.conditions import (
    between,
    blocks,
    equals,
    holds,
    lists,
    mentions,
    refers,
    together,
    within,
)
from ascent.readiness.query import Answer, Truth, all_of, any_of, both, every, query, some
from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import containers
from policies.pack.values import as_number, at, is_set, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.pack.facts import ResourceFacts, StackFacts


SHARES: Final = (10, 50)
"""Shares of the requests in percent that a new version must have had before it gets all, from the checklist."""

CPU_OUT, CPU_IN = 70, 30
"""CPU use in percent above which capacity is added and below which it is taken away, from the checklist."""


@query("ecs-service", "The application runs as an ECS service")
def ecs_service(stack: StackFacts) -> Answer:
    """A service, of whatever launch type."""
    return some(stack.of_type(types.ECS_SERVICE), "an ECS service")


def _other(stack: StackFacts, *tokens: str) -> Answer:
    return some((*stack.of_type(*tokens), *_serving(stack)), "another way to run the application")


def _serving(stack: StackFacts) -> Iterator[ResourceFacts]:
    """Functions that requests or messages reach; one that only a schedule or AWS calls is a helper."""
    for function in stack.of_type(types.LAMBDA_FUNCTION):
        ways = (
            *stack.referring(function, types.LAMBDA_FUNCTION_URL, "functionName", "name", "arn"),
            *stack.referring(function, types.LAMBDA_EVENT_SOURCE_MAPPING, "functionName", "name", "arn"),
        )
        callers = (
            text(permission, "principal")
            for permission in stack.referring(function, types.LAMBDA_PERMISSION, "function", "name", "arn")
        )
        if ways or not _FRONTS.isdisjoint(callers):
            yield function


_FRONTS: Final = {
    f"{service}.amazonaws.com"
    for service in ("apigateway", "appsync", "cognito-idp", "elasticloadbalancing", "iot", "s3", "sns")
}
"""Services that hand on what users send."""

_ELSE: Final = (types.ECS_EXPRESS_GATEWAY_SERVICE, types.EKS_CLUSTER)


@query("other-than-ecs", "The application runs on something else than an ECS service")
def other_than_ecs(stack: StackFacts) -> Answer:
    """Machines, Kubernetes, functions or Express Mode."""
    return _other(stack, types.AUTOSCALING_GROUP, types.EC2_INSTANCE, *_ELSE)


@query("other-than-ec2", "The application runs on something else than a group of machines")
def other_than_ec2(stack: StackFacts) -> Answer:
    """ECS, Kubernetes, functions or Express Mode."""
    return _other(stack, types.ECS_SERVICE, *_ELSE)


@query("express-service", "The application runs in ECS Express Mode")
def express_service(stack: StackFacts) -> Answer:
    """The successor of App Runner."""
    return some(stack.of_type(types.ECS_EXPRESS_GATEWAY_SERVICE), "an Express Mode service")


@query("ec2-group", "The application runs on EC2 in an Auto Scaling group")
def ec2_group(stack: StackFacts) -> Answer:
    """A group with a launch template."""
    return all_of(
        some(stack.of_type(types.AUTOSCALING_GROUP), "an Auto Scaling group"),
        some(stack.of_type(types.EC2_LAUNCH_TEMPLATE), "a launch template"),
    )


@query("fargate-tasks", "Tasks run on Fargate, each with a network interface of its own")
def fargate_tasks(stack: StackFacts) -> Answer:
    """Launch type and network mode of task definitions."""
    return every(
        stack.of_type(types.ECS_TASK_DEFINITION),
        "task definitions are Fargate's, in mode awsvpc",
        lambda r: both(lists(r, "requiresCompatibilities", "FARGATE"), equals(r, "networkMode", "awsvpc")),
    )


def _complete(task: ResourceFacts) -> Truth:
    """Whether a task definition says all that the checklist wants of it."""
    if not refers("cpu", "memory", "taskRoleArn", "executionRoleArn")(task):
        return False
    found = containers(task)
    if isinstance(found, Unknown):
        return UNKNOWN
    main = [c for c in found if is_set(at(c, "portMappings"))]
    return bool(main) and all(is_set(at(c, "logConfiguration")) and is_set(at(c, "secrets")) for c in main)


@query("task-complete", "Task definitions have a size, a role, a port, a log and secrets")
def task_complete(stack: StackFacts) -> Answer:
    """What a task definition needs to be run in earnest."""
    return every(stack.of_type(types.ECS_TASK_DEFINITION), "task definitions are complete", _complete)


@query("two-instances", "Two instances or more run at any time")
def two_instances(stack: StackFacts) -> Answer:
    """The fewest that scaling may leave; without scaling, the wanted count."""
    targets = tuple(stack.of_type(types.APPAUTOSCALING_TARGET))
    return any_of(
        some(targets, "a service of two tasks or more", within("minCapacity", 2)),
        some(stack.of_type(types.AUTOSCALING_GROUP), "a group of two machines or more", within("minSize", 2)),
        some(() if targets else stack.of_type(types.ECS_SERVICE), "a service of two tasks", within("desiredCount", 2)),
    )


def _metric(name: str) -> str:
    return f"targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.{name}"


@query("cpu-scaling", "Capacity is added above 70 % CPU and taken away below 30 %")
def cpu_scaling(stack: StackFacts) -> Answer:
    """Two alarms on CPU use that step policies answer to; a target knows no lower threshold."""

    def watches(operator: str, threshold: int) -> Answer:
        return some(
            stack.of_type(types.CLOUDWATCH_METRIC_ALARM),
            f"an alarm on CPU at {threshold} % that scales",
            lambda r: both(
                equals(r, "metricName", "CPUUtilization"),
                mentions(r, "comparisonOperator", operator),
                equals(r, "threshold", threshold),
                _scales(stack, r),
            ),
        )

    return all_of(watches("Greater", CPU_OUT), watches("Less", CPU_IN))


def _scales(stack: StackFacts, alarm: ResourceFacts) -> bool:
    return bool(stack.referred(alarm, "alarmActions", types.APPAUTOSCALING_POLICY, types.AUTOSCALING_POLICY))


@query("memory-scaling", "Capacity follows the use of memory")
def memory_scaling(stack: StackFacts) -> Answer:
    """A policy that keeps a service's memory use."""
    name = _metric("predefinedMetricType")
    return some(
        stack.of_type(types.APPAUTOSCALING_POLICY),
        "a policy on memory",
        holds(name, "ECSServiceAverageMemoryUtilization"),
    )


@query("request-scaling", "Capacity follows the number of requests")
def request_scaling(stack: StackFacts) -> Answer:
    """A policy on the requests per target of the load balancer."""
    own = "targetTrackingConfiguration.predefinedMetricSpecification.predefinedMetricType"
    return any_of(
        some(
            stack.of_type(types.APPAUTOSCALING_POLICY),
            "a policy on requests",
            holds(_metric("predefinedMetricType"), "ALBRequestCountPerTarget"),
        ),
        some(stack.of_type(types.AUTOSCALING_POLICY), "a policy on requests", holds(own, "ALBRequestCountPerTarget")),
    )


@query("scheduled-scaling", "Capacity follows the clock")
def scheduled_scaling(stack: StackFacts) -> Answer:
    """Scheduled actions of a service or a group."""
    tokens = (types.APPAUTOSCALING_SCHEDULED_ACTION, types.AUTOSCALING_SCHEDULE)
    return some(stack.of_type(*tokens), "a scheduled action")


def _spot(resource: ResourceFacts) -> Truth:
    """Whether a service, group or template asks for spare capacity."""
    strategies = blocks(resource, "capacityProviderStrategies")
    if isinstance(strategies, Unknown):
        return UNKNOWN
    market = equals(resource, "instanceMarketOptions.marketType", "spot")
    mixed = is_set(at(resource, "mixedInstancesPolicy"))
    return True if mixed or any("SPOT" in text(s, "capacityProvider") for s in strategies) else market


@query("spot-by-tier", "Spare capacity runs what can be interrupted, and never production")
def spot_by_tier(stack: StackFacts) -> Answer:
    """Spot below production, none from there on."""
    running = tuple(stack.of_type(types.ECS_SERVICE, types.AUTOSCALING_GROUP, types.EC2_LAUNCH_TEMPLATE))
    if stack.tier in ("mvp", "startup"):
        return some(running, "spare capacity outside production", _spot)

    def paid(resource: ResourceFacts) -> Truth:
        spot = _spot(resource)
        return spot if isinstance(spot, Unknown) else not spot

    return every(running, "production runs on capacity that AWS does not take back", paid)


@query("blue-green", "A new version stands beside the old one before it takes over")
def blue_green(stack: StackFacts) -> Answer:
    """A strategy of ECS with two target groups."""

    def shifts(service: ResourceFacts) -> Truth:
        balancers = blocks(service, "loadBalancers")
        if isinstance(balancers, Unknown):
            return UNKNOWN
        second = any(is_set(at(b, "advancedConfiguration.alternateTargetGroupArn")) for b in balancers)
        return both(equals(service, "deploymentConfiguration.strategy", "BLUE_GREEN", "CANARY", "LINEAR"), second)

    return some(stack.of_type(types.ECS_SERVICE), "a service with two target groups", shifts)


@query("gradual-shift", "A new version gets a tenth of the requests first, then half, then all")
def gradual_shift(stack: StackFacts) -> Answer:
    """Equal steps that pass 10 and 50 %, each with time to watch it. A canary has one step, from there to all."""
    path = "deploymentConfiguration"

    def shifts(service: ResourceFacts) -> Truth:
        step = as_number(at(service, f"{path}.linearConfiguration.stepPercent"))
        if isinstance(step, Unknown):
            return UNKNOWN
        passes = step is not None and step > 0 and all(share / step == share // step for share in SHARES)
        return both(
            equals(service, f"{path}.strategy", "LINEAR"),
            passes,
            between(service, f"{path}.linearConfiguration.stepBakeTimeInMinutes", 1),
        )

    return some(stack.of_type(types.ECS_SERVICE), "a service that shifts 10, 50 and 100 % of the requests", shifts)


@query("blue-kept-a-while", "The old version stays while the new one bakes, then goes")
def blue_kept_a_while(stack: StackFacts) -> Answer:
    """A bake time of a minute or more."""

    def bakes(service: ResourceFacts) -> Truth:
        minutes = as_number(at(service, "deploymentConfiguration.bakeTimeInMinutes"))
        return UNKNOWN if isinstance(minutes, Unknown) else minutes is not None and minutes >= 1

    return some(stack.of_type(types.ECS_SERVICE), "a service with a bake time", bakes)


@query("feature-flags", "Features are switched without a deployment, per environment")
def feature_flags(stack: StackFacts) -> Answer:
    """An AppConfig profile of flags."""
    return some(
        stack.of_type(types.APPCONFIG_CONFIGURATION_PROFILE),
        "a profile of feature flags",
        holds("type", "AWS.AppConfig.FeatureFlags"),
    )


@query("config-service", "Configuration is served live, encrypted and with a history")
def config_service(stack: StackFacts) -> Answer:
    """AppConfig: an application, an environment, a profile with a key of its own."""
    prefix = "aws:appconfig/"
    return all_of(
        some(stack.of_type(f"{prefix}application:Application"), "an AppConfig application"),
        some(stack.of_type(f"{prefix}environment:Environment"), "an AppConfig environment"),
        some(
            stack.of_type(f"{prefix}configurationProfile:ConfigurationProfile"),
            "an encrypted profile",
            refers("kmsKeyIdentifier"),
        ),
    )


@query("image-repository", "Images are kept in a repository of one's own, scanned and versioned")
def image_repository(stack: StackFacts) -> Answer:
    """An ECR repository."""
    return some(
        stack.of_type(types.ECR_REPOSITORY),
        "a repository that scans images and keeps their tags",
        together(
            holds("imageTagMutability", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"),
            holds("imageScanningConfiguration.scanOnPush", True),
        ),
    )


@query("image-signing", "Images are signed")
def image_signing(stack: StackFacts) -> Answer:
    """A signing profile for containers."""
    return some(
        stack.of_type(types.SIGNER_SIGNING_PROFILE),
        "a signing profile",
        lambda r: mentions(r, "platformId", "notation"),
    )


@query("user-data-clean", "What machines are started with holds no keys of AWS")
def user_data_clean(stack: StackFacts) -> Answer:
    """Texts of launch templates; task definitions are a rule's matter."""
    templates = tuple(stack.of_type(types.EC2_LAUNCH_TEMPLATE))
    if not templates:
        return Answer(Status.MET, "no machines are started", (stack.urn,))

    def clean(template: ResourceFacts) -> Truth:
        found = mentions(template, "userData", "akia")
        return found if isinstance(found, Unknown) else not found

    return every(templates, "user data holds no keys", clean)
