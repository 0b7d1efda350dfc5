"""Instances in Auto Scaling groups, Fargate services, scaling policies, ECS clusters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ascent.cost.amounts import HOURS
from ascent.cost.charges import Charge, Free, Gap, Line
from ascent.cost.meter import is_on, number, parts
from ascent.cost.pricers.registry import prices
from ascent.cost.pricers.work import awake
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ascent.cost.meter import Meter

_INSTANCE_METRICS: Final = 7
"""Metrics of an instance with detailed monitoring (CloudWatch pricing, "EC2 detailed monitoring")."""

_ALARMS_PER_POLICY: Final = 2
"""Alarms that target tracking makes by itself, one to scale out and one to scale in (Auto Scaling user guides)."""

_FREE_STORAGE_GB: Final = 20
"""Ephemeral storage that comes with a Fargate task."""

_LAMBDA_MEMORY_MB: Final = Decimal(128)
"""Memory of a function that names none."""


class _Fleet:
    """A number of equal pieces that run all month: the least of them is fixed, autoscaling's share is usage."""

    def __init__(self, meter: Meter, least: Decimal, most: Decimal, awake: Decimal = Decimal(1)) -> None:
        self._meter, self._least = meter, least * awake
        self._more = meter.usage.load_percent * (max(most - least, Decimal(0)) / 100 * awake)

    def hours(self, item: str, each: Decimal | int, what: str) -> Iterator[Line]:
        """Charges for `each` pieces of an item per member and hour."""
        return self._charges(item, each * HOURS, what)

    def months(self, item: str, each: Decimal | int, what: str) -> Iterator[Line]:
        """Charges for `each` pieces of an item per member and month."""
        return self._charges(item, Decimal(each), what)

    def _charges(self, item: str, each: Decimal, what: str) -> Iterator[Line]:
        fixed = self._meter.fixed(item, self._least * each, what)
        yield fixed
        # A gap is named once.
        if isinstance(fixed, Charge) and self._more.high:
            yield self._meter.used(item, self._more * each, f"{what}, autoscaling")


@prices(types.AUTOSCALING_GROUP)
def auto_scaling_group(meter: Meter) -> Iterator[Line]:
    """The instances with their volumes, public addresses and detailed metrics, as the launch template says."""
    templates = meter.targets(types.EC2_LAUNCH_TEMPLATE)
    least, most = meter.number("minSize"), meter.number("maxSize")
    if len(templates) != 1 or least is None or most is None:
        yield Gap("its launch template or its size is not in the plan")
        return
    template = templates[0].inputs
    type_ = template.get("instanceType")
    fleet = _Fleet(meter, meter.number("desiredCapacity") or least, most)
    if isinstance(type_, str) and type_:
        yield from _named(fleet.hours(f"ec2.{type_}", 1, "instance hours"), f"ec2.{type_}", type_)
    else:
        yield Gap("the type of its instances is known only after deployment")
    if any(is_on(i.get("associatePublicIpAddress")) for i in parts(template.get("networkInterfaces"))):
        yield from fleet.hours("ipv4.hour", 1, "public IPv4 address hours")
    for mapping in parts(template.get("blockDeviceMappings")):
        yield from _volume(fleet, mapping.get("ebs"))
    monitoring = template.get("monitoring")
    if isinstance(monitoring, dict) and is_on(monitoring.get("enabled")):
        yield from fleet.months("cloudwatch.metric", _INSTANCE_METRICS, "detailed metrics")
    yield from _cross_zone(meter)


def _named(charges: Iterator[Line], item: str, name: str) -> Iterator[Line]:
    for charge in charges:
        yield Gap(charge.why.replace(item, name)) if isinstance(charge, Gap) else charge


def _volume(fleet: _Fleet, ebs: Any) -> Iterator[Line]:  # noqa: ANN401 - any wire value
    size = number(ebs.get("volumeSize")) if isinstance(ebs, dict) else None
    if size is None:
        yield Gap("the size of a volume is known only after deployment")
        return
    kind = ebs.get("volumeType") or "gp2"
    yield from fleet.months(f"ebs.{kind}", size, f"GB of {kind} volumes")


@prices(types.ECS_SERVICE)
def ecs_service(meter: Meter) -> Iterator[Line]:
    """Fargate tasks by vCPU and GB, with public addresses where they get some."""
    task = next(iter(meter.targets(types.ECS_TASK_DEFINITION, "taskDefinition")), None)
    least, most = _task_counts(meter)
    if task is None or least is None or most is None:
        yield Gap("its task definition or its number of tasks is not in the plan")
        return
    strategies = parts(meter.inputs.get("capacityProviderStrategies"))
    if strategies:
        names = sorted(str(s.get("capacityProvider")) for s in strategies)
        if not {*names} <= {"FARGATE", "FARGATE_SPOT"}:
            yield Gap(f"no price for tasks on the capacity providers {', '.join(names)}")
            return
    elif meter.text("launchType") != "FARGATE":
        yield Gap("its tasks run on instances that it does not name")
        return
    definition = meter.of(task)
    cpu, memory = definition.number("cpu"), definition.number("memory")
    if cpu is None or memory is None:
        yield Gap("the size of its tasks is known only after deployment")
        return
    platform = definition.inputs.get("runtimePlatform")
    arm = isinstance(platform, dict) and platform.get("cpuArchitecture") == "ARM64"
    family = "fargate.arm" if arm else "fargate.x86"
    targets = meter.sources(types.APPAUTOSCALING_TARGET, "resourceId")
    shown = awake(meter, targets[0] if targets else None)
    fleet = _Fleet(meter, least, most, shown)
    for kind, share, spot in _capacity(strategies, least, most, shown, meter):
        yield from kind.hours(f"{family}{spot}.vcpu", cpu / 1024 * share, f"vCPU hours{' on Spot' if spot else ''}")
        yield from kind.hours(
            f"{family}{spot}.gb", memory / 1024 * share, f"GB hours of memory{' on Spot' if spot else ''}"
        )
    storage = definition.inputs.get("ephemeralStorage")
    extra = (number(storage.get("sizeInGib")) or Decimal(0)) - _FREE_STORAGE_GB if isinstance(storage, dict) else 0
    if extra > 0:
        yield from fleet.hours("fargate.storage", extra, "GB hours of storage above 20 GB")
    network = meter.inputs.get("networkConfiguration")
    if isinstance(network, dict) and is_on(network.get("assignPublicIp")):
        yield from fleet.hours("ipv4.hour", 1, "public IPv4 address hours")
    yield from _cross_zone(meter)


def _capacity(
    strategies: list[Mapping[str, Any]], least: Decimal, most: Decimal, shown: Decimal, meter: Meter
) -> Iterator[tuple[_Fleet, Decimal, str]]:
    """The tasks by kind of capacity: those of the base, then a share each of the others."""
    weights = {str(s.get("capacityProvider")): number(s.get("weight")) or Decimal(0) for s in strategies}
    spot, total = weights.get("FARGATE_SPOT", Decimal(0)), sum(weights.values(), Decimal(0))
    if not spot or not total:
        yield _Fleet(meter, least, most, shown), Decimal(1), ""
        return
    base = sum((number(s.get("base")) or Decimal(0) for s in strategies), Decimal(0))
    steady, share = min(base, least), spot / total
    if steady:
        yield _Fleet(meter, steady, steady, shown), Decimal(1), ""
    rest = _Fleet(meter, least - steady, most - steady, shown)
    if share < 1:
        yield rest, 1 - share, ""
    yield rest, share, ".spot"


def _cross_zone(meter: Meter) -> Iterator[Line]:
    """Traffic to a database in another zone, charged on both sides; none without a database."""
    if meter.plan.by_type.get(types.RDS_INSTANCE) or meter.plan.by_type.get(types.RDS_CLUSTER):
        yield meter.used("transfer.zone", meter.share(meter.usage.cross_zone_gb) * 2, "GB across zones, out and in")


def _task_counts(meter: Meter) -> tuple[Decimal | None, Decimal | None]:
    """Fewest and most tasks: those of the autoscaling target if there is one, else the desired count."""
    for target in meter.sources(types.APPAUTOSCALING_TARGET, "resourceId"):
        scaling = meter.of(target)
        if _waits(target.inputs.get("suspendedState")):
            break
        return scaling.number("minCapacity"), scaling.number("maxCapacity")
    desired = meter.number("desiredCount")
    return desired, desired


def _waits(suspended: Any) -> bool:  # noqa: ANN401 - any wire value
    """Whether nothing scales a service: what runs is what it was told."""
    return isinstance(suspended, dict) and is_on(suspended.get("dynamicScalingOutSuspended"))


@prices(types.APPAUTOSCALING_POLICY, types.AUTOSCALING_POLICY)
def scaling_policy(meter: Meter) -> Iterator[Line]:
    """The alarms that target tracking makes; other policies come with alarms of their own in the plan."""
    if meter.text("policyType") == "TargetTrackingScaling":
        yield meter.fixed("cloudwatch.alarm", _ALARMS_PER_POLICY, "alarms that target tracking makes")
    else:
        yield Free("a policy that makes no alarms of its own")


_INSIGHTS: Final = {"enabled": ("cloudwatch.metric", 25, 0), "enhanced": ("cloudwatch.insights-metric", 25, 30)}
"""Container Insights level → its price, metrics of one cluster with one service and one task family, and metrics of
each task. 25 are the 8 + 11 + 6 of the example on the CloudWatch pricing page; 30 a task with one container is an
estimate."""


@prices(types.ECS_CLUSTER)
def ecs_cluster(meter: Meter) -> Iterator[Line]:
    """A cluster is free; Container Insights' metrics are not."""
    settings = parts(meter.inputs.get("settings"))
    level = next((s.get("value") for s in settings if s.get("name") == "containerInsights"), "disabled")
    if level == "disabled":
        yield Free("a cluster without Container Insights is free; its services are not")
        return
    if not isinstance(level, str) or level not in _INSIGHTS:
        yield Gap("the level of Container Insights is known only after deployment")
        return
    item, once, per_task = _INSIGHTS[level]
    yield meter.fixed(item, once, "metrics of the cluster, its service and its task family")
    for service in meter.sources(types.ECS_SERVICE, "cluster") if per_task else ():
        least, most = _task_counts(meter.of(service))
        if least is not None and most is not None:
            yield from _Fleet(meter, least, most).months(item, per_task, "metrics of the tasks")


@prices(types.EKS_CLUSTER)
def eks_cluster(meter: Meter) -> Iterator[Line]:
    """The control plane; nodes are charged at their groups."""
    yield meter.hourly("eks.hour", 1, "cluster hours in standard support")
    automatic = meter.inputs.get("computeConfig")
    if isinstance(automatic, dict) and is_on(automatic.get("enabled")):
        yield Gap("the nodes that Auto Mode starts are known only at run time")


@prices(types.LAMBDA_FUNCTION)
def function(meter: Meter) -> Iterator[Line]:
    """Runs, and the memory that they hold while they last."""
    runs = meter.share(meter.usage.function_runs)
    memory_gb = (meter.number("memorySize") or _LAMBDA_MEMORY_MB) / 1024
    held = runs.with_each(meter.usage.function_seconds, lambda count, seconds: count * seconds * memory_gb)
    arm = meter.inputs.get("architectures") == ["arm64"]
    yield meter.used("lambda.requests", runs, "runs")
    yield meter.used("lambda.gb-seconds" if arm else "lambda.gb-seconds-x86", held, "GB and seconds")
