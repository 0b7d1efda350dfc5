"""Scaling of an ECS service: by CPU, memory, requests or a backlog, ahead of load, and by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.edge.route import Route
from components.foundation.context import Context
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import ScalingMethod
from settings.sections.compute import ComputeSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMESPACE: Final = "AWS/ECS"
_IN_SECONDS, _OUT_SECONDS = 300, 60
"""Pauses after taking capacity away and after adding some."""

_SUSPENDED: Final = aws.appautoscaling.TargetSuspendedStateArgs(
    dynamic_scaling_in_suspended=True, dynamic_scaling_out_suspended=True, scheduled_scaling_suspended=True
)
"""Of a service that waits: its bounds are those that it will have, and nothing keeps them yet."""

_FAR: Final = 15
"""Points of CPU use beyond the threshold from which three times as many tasks are added."""


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """Work that waits for the tasks of a service.

    Args:
        waiting: how much waits.
        per_task: how much may wait for each task.
    """

    waiting: Metric
    per_task: float


@dataclass(frozen=True, kw_only=True)
class ScaleArgs:
    """What scales, and by what.

    Args:
        context: names and tags.
        compute: bounds, thresholds and schedules.
        cluster: name of the cluster.
        service: name of the service in ECS.
        route: how requests reach it; None for a worker.
        backlog: what waits for it; None for a service without a queue.
        waiting: nothing scales until somebody starts the service.
    """

    context: Context
    compute: ComputeSettings
    cluster: pulumi.Input[str]
    service: pulumi.Output[str]
    route: Route | None = None
    backlog: Backlog | None = None
    waiting: bool = False

    @property
    def here(self) -> dict[str, pulumi.Input[str]]:
        """The service in metrics."""
        return {"ClusterName": self.cluster, "ServiceName": self.service}


def scale(name: str, args: ScaleArgs, child: pulumi.ResourceOptions) -> None:
    """Bounds of a service's tasks, and what moves their number within them.

    Args:
        name: start of the logical names.
        args: what scales, and by what.
        child: options that make it a child.
    """
    compute, scaling = args.compute, args.compute.scaling
    held = pulumi.ResourceOptions(ignore_changes=["minCapacity", "maxCapacity"]) if scaling.by_the_clock else None
    target = aws.appautoscaling.Target(
        f"{name}-capacity",
        service_namespace="ecs",
        scalable_dimension="ecs:service:DesiredCount",
        resource_id=pulumi.Output.concat("service/", args.cluster, "/", args.service),
        min_capacity=compute.min_count,
        max_capacity=compute.max_count,
        suspended_state=_SUSPENDED if args.waiting else None,
        tags=args.context.tags(f"{name}-capacity"),
        # Schedules write the bounds; an update at night must not wake what sleeps.
        opts=pulumi.ResourceOptions.merge(child, held),
    )
    of = {
        "service_namespace": target.service_namespace,
        "scalable_dimension": target.scalable_dimension,
        "resource_id": target.resource_id,
        "opts": child,
    }
    if scaling.method is ScalingMethod.STEPS:
        _steps(name, args, of, child)
    else:
        _track(f"{name}-cpu", _predefined("ECSServiceAverageCPUUtilization"), compute.target_cpu_percent, of)
    _track(f"{name}-memory", _predefined("ECSServiceAverageMemoryUtilization"), compute.target_memory_percent, of)
    if scaling.requests_per_target and args.route is not None:
        _track(f"{name}-requests", _requests(args, args.route), scaling.requests_per_target, of)
    if args.backlog is not None:
        waiting = _per_task(args, {"waiting": args.backlog.waiting})
        _track(f"{name}-backlog", waiting, args.backlog.per_task, of)
    if scaling.predictive:
        _predict(f"{name}-ahead", compute.target_cpu_percent, of)
    _by_the_clock(name, compute, of)


def _track(name: str, metric: Mapping[str, Any], value: float, of: Mapping[str, Any]) -> None:
    aws.appautoscaling.Policy(
        name,
        policy_type="TargetTrackingScaling",
        target_tracking_scaling_policy_configuration=(
            aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs(
                target_value=value, scale_in_cooldown=_IN_SECONDS, scale_out_cooldown=_OUT_SECONDS, **metric
            )
        ),
        **of,
    )


def _predefined(metric: str, label: pulumi.Input[str] | None = None) -> dict[str, Any]:
    specification = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs(
        predefined_metric_type=metric, resource_label=label
    )
    return {"predefined_metric_specification": specification}


def _requests(args: ScaleArgs, route: Route) -> dict[str, Any]:
    """Requests per target. The metric that AWS offers knows one group, and a release moves on to the other."""
    if route.second is None:
        label = pulumi.Output.concat(route.load_balancer, "/", route.target_group)
        return _predefined("ALBRequestCountPerTarget", label)
    first, second = route.metrics("RequestCount", "Sum")
    return _per_task(args, {"first": first, "second": second})


def _per_task(args: ScaleArgs, counted: Mapping[str, Metric]) -> dict[str, Any]:
    """A sum of metrics, per running task: each reports its CPU use once a minute."""
    kind = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgs
    running = Metric(namespace=_NAMESPACE, metric="CPUUtilization", dimensions=args.here, statistic="SampleCount")
    total = " + ".join(filled(key) for key in counted)
    result = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricArgs(
        id="each", label="per task", expression=f"({total}) / FILL(running, 1)", return_data=True
    )
    asked = [_asked(key, metric) for key, metric in {**counted, "running": running}.items()]
    return {"customized_metric_specification": kind(metrics=[*asked, result])}


def _asked(
    key: str, metric: Metric
) -> aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricArgs:
    kinds = aws.appautoscaling
    prefix = "PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetric"
    dimensions = [
        getattr(kinds, f"{prefix}MetricStatMetricDimensionArgs")(name=name, value=value)
        for name, value in metric.dimensions.items()
    ]
    named = getattr(kinds, f"{prefix}MetricStatMetricArgs")(
        namespace=metric.namespace, metric_name=metric.metric, dimensions=dimensions
    )
    stat = getattr(kinds, f"{prefix}MetricStatArgs")(metric=named, stat=metric.statistic)
    return getattr(kinds, f"{prefix}Args")(id=key, metric_stat=stat, return_data=False)


def _steps(name: str, args: ScaleArgs, of: Mapping[str, Any], child: pulumi.ResourceOptions) -> None:
    """Alarms on CPU use that add and remove tasks; a target alone knows no threshold below which some go."""
    high, low = args.compute.target_cpu_percent, args.compute.scaling.cpu_in_percent
    far = max(1, min(_FAR, (100 - high) // 2))
    more = _stepped(f"{name}-cpu-out", [(1, 0, far), (3, far, None)], _OUT_SECONDS, of)
    fewer = _stepped(f"{name}-cpu-in", [(-1, None, 0)], _IN_SECONDS, of)
    for key, policy, operator, threshold, minutes in (
        ("high", more, "GreaterThanThreshold", high, 2),
        ("low", fewer, "LessThanThreshold", low, 15),
    ):
        aws.cloudwatch.MetricAlarm(
            f"{name}-cpu-{key}",
            alarm_description=f"Scales on CPU use of {threshold} %, and tells nobody",
            namespace=_NAMESPACE,
            metric_name="CPUUtilization",
            dimensions=args.here,
            statistic="Average",
            period=60,
            evaluation_periods=minutes,
            comparison_operator=operator,
            threshold=threshold,
            treat_missing_data="missing",
            alarm_actions=[policy.arn],
            tags=args.context.tags(f"{name}-cpu-{key}"),
            opts=child,
        )


def _stepped(
    name: str, steps: list[tuple[int, int | None, int | None]], cooldown: int, of: Mapping[str, Any]
) -> aws.appautoscaling.Policy:
    adjustments = [
        aws.appautoscaling.PolicyStepScalingPolicyConfigurationStepAdjustmentArgs(
            scaling_adjustment=tasks,
            metric_interval_lower_bound=None if low is None else str(low),
            metric_interval_upper_bound=None if high is None else str(high),
        )
        for tasks, low, high in steps
    ]
    return aws.appautoscaling.Policy(
        name,
        policy_type="StepScaling",
        step_scaling_policy_configuration=aws.appautoscaling.PolicyStepScalingPolicyConfigurationArgs(
            adjustment_type="ChangeInCapacity",
            cooldown=cooldown,
            metric_aggregation_type="Average",
            step_adjustments=adjustments,
        ),
        **of,
    )


def _predict(name: str, percent: int, of: Mapping[str, Any]) -> None:
    """Only adds; what takes away again is one of the other policies."""
    prefix = "PolicyPredictiveScalingPolicyConfigurationMetricSpecification"
    kind = getattr(aws.appautoscaling, f"{prefix}PredefinedMetricPairSpecificationArgs")
    specification = aws.appautoscaling.PolicyPredictiveScalingPolicyConfigurationMetricSpecificationArgs(
        target_value=str(percent),
        predefined_metric_pair_specification=kind(predefined_metric_type="ECSServiceCPUUtilization"),
    )
    aws.appautoscaling.Policy(
        name,
        policy_type="PredictiveScaling",
        predictive_scaling_policy_configuration=aws.appautoscaling.PolicyPredictiveScalingPolicyConfigurationArgs(
            metric_specifications=[specification],
            mode="ForecastAndScale",
            max_capacity_breach_behavior="HonorMaxCapacity",
        ),
        **of,
    )


def _by_the_clock(name: str, compute: ComputeSettings, of: Mapping[str, Any]) -> None:
    scaling, sleep = compute.scaling, compute.scaling.sleep
    moments = {
        key: (one.when, one.timezone, one.min_count, one.max_count) for key, one in sorted(scaling.schedules.items())
    }
    if sleep.enabled:
        down, up = (f"cron(0 {hour} ? * MON-FRI *)" for hour in (sleep.from_hour, sleep.to_hour))
        moments["sleep"] = (down, sleep.timezone, 0, 0)
        moments["wake"] = (up, sleep.timezone, compute.min_count, compute.max_count)
    for key, (when, timezone, least, most) in moments.items():
        aws.appautoscaling.ScheduledAction(
            f"{name}-at-{key}",
            schedule=when,
            timezone=timezone,
            scalable_target_action=aws.appautoscaling.ScheduledActionScalableTargetActionArgs(
                min_capacity=least, max_capacity=most
            ),
            **of,
        )
