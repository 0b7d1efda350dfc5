"""A service on ECS Fargate: tasks that run all the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster
from components.compute.task import CONTAINER
from components.edge.route import Route
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Placement, Severity
from settings.sections.compute import ComputeSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Sequence


_NAMESPACE: Final = "AWS/ECS"


_SUSPENDED: Final = aws.appautoscaling.TargetSuspendedStateArgs(
    dynamic_scaling_in_suspended=True, dynamic_scaling_out_suspended=True, scheduled_scaling_suspended=True
)
"""Of a service that waits: its bounds are those that it will have, and nothing keeps them yet."""


@dataclass(frozen=True, kw_only=True)
class FargateServiceArgs:
    """What the service runs and where.

    Args:
        context: names and tags.
        service: name of the service.
        compute: its port, counts and scaling.
        task_definition_arn: what each task runs and may do.
        cluster: where it runs.
        subnet_ids: one subnet per zone.
        security_group_id: group of the tasks.
        route: how requests reach it; None for a worker.
        rollback_alarms: names of alarms that roll a deployment back.
        waiting: no task runs, and nothing scales, until somebody starts it.
    """

    context: Context
    service: str
    compute: ComputeSettings
    task_definition_arn: pulumi.Input[str]
    cluster: Cluster
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    route: Route | None = None
    rollback_alarms: Sequence[pulumi.Input[str]] = ()
    waiting: bool = False


class FargateService(pulumi.ComponentResource):
    """An ECS service that rolls forward only while tasks are healthy, and scales on CPU and memory.

    Attributes:
        service: the service's name in the stack.
        service_name: its name in ECS.
        runs: the ECS service, which is there once its tasks are healthy.
    """

    service: str
    service_name: pulumi.Output[str]
    runs: pulumi.Resource

    def __init__(self, name: str, args: FargateServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:FargateService", name, None, opts)
        compute, child = args.compute, pulumi.ResourceOptions(parent=self)
        service = aws.ecs.Service(
            f"{name}-service",
            cluster=args.cluster.arn,
            task_definition=args.task_definition_arn,
            launch_type="FARGATE",
            platform_version="LATEST",
            desired_count=0 if args.waiting else compute.min_count,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=list(args.subnet_ids),
                security_groups=[args.security_group_id],
                assign_public_ip=compute.placement is Placement.PUBLIC,
            ),
            load_balancers=_load_balancers(args.route, compute.port),
            # ECS refuses a grace period where there is no load balancer that checks health.
            health_check_grace_period_seconds=compute.health_check_grace_seconds if args.route else None,
            deployment_controller=aws.ecs.ServiceDeploymentControllerArgs(type="ECS"),
            deployment_minimum_healthy_percent=100,
            deployment_maximum_percent=200,
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True),
            alarms=_rollback(args.rollback_alarms),
            availability_zone_rebalancing="ENABLED",
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            # Otherwise a deployment that ECS rolls back would be reported as a success.
            wait_for_steady_state=True,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(
                parent=self,
                depends_on=[args.route.tie] if args.route else None,
                # Scaling owns the desired count; an update must not reset it.
                ignore_changes=["desiredCount"],
            ),
        )
        self.service, self.service_name, self.runs = args.service, service.name, service
        self._arn, self._args = service.id, args
        _autoscaling(name, args, service.name, child)
        self.register_outputs({"service_name": self.service_name})

    @property
    def _here(self) -> dict[str, pulumi.Input[str]]:
        return {"ClusterName": self._args.cluster.name, "ServiceName": self.service_name}

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on the tasks; of a worker, that nobody sends requests to, also on whether there are any."""
        service = self._args.service
        busy = [
            AlarmSpec(
                key=f"compute-{kind.lower()}",
                subject=service,
                title=f"{'CPU' if kind == 'CPU' else 'memory'} use of the tasks of {service}",
                namespace=_NAMESPACE,
                metric=f"{kind}Utilization",
                dimensions=self._here,
                statistic="Average",
                threshold=threshold,
                periods=10,
            )
            for kind, threshold in (("CPU", thresholds.cpu_percent), ("Memory", thresholds.memory_percent))
        ]
        if self._args.route is not None:
            return busy
        # Each task reports once a minute; without one there is no metric.
        missing = AlarmSpec(
            key="no-running-tasks",
            subject=service,
            title=f"fewer than {self._args.compute.min_count} tasks of {service} run",
            namespace=_NAMESPACE,
            metric="CPUUtilization",
            dimensions=self._here,
            statistic="SampleCount",
            threshold=self._args.compute.min_count,
            comparison=Comparison.BELOW,
            periods=5,
            missing_is_bad=True,
            severity=Severity.HIGH,
        )
        return [*busy, missing]

    def graphs(self) -> list[Graph]:
        """CPU and memory of the tasks, and how many there are."""

        def line(metric: str, statistic: str, label: str) -> Metric:
            here = self._here
            return Metric(namespace=_NAMESPACE, metric=metric, dimensions=here, statistic=statistic, label=label)

        service, compute = self._args.service, self._args.compute
        use = [line(f"{kind}Utilization", "Average", kind) for kind in ("CPU", "Memory")]
        return [
            Graph(title=f"CPU and memory of {service}, %", lines=use),
            Graph(
                title=f"Tasks of {service}",
                lines=[line("CPUUtilization", "SampleCount", "running")],
                lines_at={"fewest": compute.min_count, "most": compute.max_count},
            ),
        ]

    def events(self) -> list[EventSpec]:
        """A release that ECS gave up and rolled back."""
        service = self._args.service
        return [
            EventSpec(
                key="release",
                subject=service,
                title=f"a release of {service} failed",
                pattern={
                    "source": ["aws.ecs"],
                    "detail-type": ["ECS Deployment State Change"],
                    "resources": [self._arn],
                    "detail": {"eventName": ["SERVICE_DEPLOYMENT_FAILED"]},
                },
            )
        ]


def _load_balancers(route: Route | None, port: int) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
    if route is None:
        return None
    return [
        aws.ecs.ServiceLoadBalancerArgs(
            target_group_arn=route.target_group_arn, container_name=CONTAINER, container_port=port
        )
    ]


def _rollback(names: Sequence[pulumi.Input[str]]) -> aws.ecs.ServiceAlarmsArgs | None:
    return aws.ecs.ServiceAlarmsArgs(alarm_names=list(names), enable=True, rollback=True) if names else None


def _autoscaling(
    name: str, args: FargateServiceArgs, service_name: pulumi.Output[str], child: pulumi.ResourceOptions
) -> None:
    compute = args.compute
    target = aws.appautoscaling.Target(
        f"{name}-capacity",
        service_namespace="ecs",
        scalable_dimension="ecs:service:DesiredCount",
        resource_id=pulumi.Output.concat("service/", args.cluster.name, "/", service_name),
        min_capacity=compute.min_count,
        max_capacity=compute.max_count,
        suspended_state=_SUSPENDED if args.waiting else None,
        tags=args.context.tags(f"{name}-capacity"),
        opts=child,
    )
    metrics = (
        ("cpu", "ECSServiceAverageCPUUtilization", compute.target_cpu_percent),
        ("memory", "ECSServiceAverageMemoryUtilization", compute.target_memory_percent),
    )
    for key, metric, percent in metrics:
        aws.appautoscaling.Policy(
            f"{name}-{key}",
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            target_tracking_scaling_policy_configuration=(
                aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs(
                    predefined_metric_specification=(
                        aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs(
                            predefined_metric_type=metric
                        )
                    ),
                    target_value=percent,
                    scale_in_cooldown=300,
                    scale_out_cooldown=60,
                )
            ),
            opts=child,
        )
