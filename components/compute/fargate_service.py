"""A service on ECS Fargate: tasks that run all the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster
from components.compute.release.traffic import Shift
from components.compute.scaling.fargate import Backlog, ScaleArgs, scale
from components.compute.service_log import ServiceLog
from components.compute.task import CONTAINER, PORT
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
        backlog: what waits for it; None for a service without a queue.
        shift: how requests move to a new version; None for tasks that are renewed one by one.
        log: where the proxy by which it finds other services writes.
        after: what must be there before its tasks.
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
    backlog: Backlog | None = None
    shift: Shift | None = None
    log: ServiceLog | None = None
    after: Sequence[pulumi.Resource] = ()
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
        compute, child, shift = args.compute, pulumi.ResourceOptions(parent=self), args.shift
        spot = args.cluster.capacity is not None
        service = aws.ecs.Service(
            f"{name}-service",
            cluster=args.cluster.arn,
            task_definition=args.task_definition_arn,
            launch_type=None if spot else "FARGATE",
            capacity_provider_strategies=_strategies(compute) if spot else None,
            # Without it another share of Spot would replace the service.
            force_new_deployment=True if spot else None,
            platform_version="LATEST",
            desired_count=0 if args.waiting else compute.min_count,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=list(args.subnet_ids),
                security_groups=[args.security_group_id],
                assign_public_ip=compute.placement is Placement.PUBLIC,
            ),
            load_balancers=_load_balancers(args.route, compute.port, shift),
            service_connect_configuration=_connected(args),
            enable_execute_command=True if compute.shell else None,
            # ECS refuses a grace period where there is no load balancer that checks health.
            health_check_grace_period_seconds=compute.health_check_grace_seconds if args.route else None,
            deployment_controller=aws.ecs.ServiceDeploymentControllerArgs(type="ECS"),
            deployment_configuration=shift.configuration() if shift else None,
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
                depends_on=_before(args) or None,
                custom_timeouts=shift.timeouts if shift else None,
                # Scaling owns the desired count; an update must not reset it.
                ignore_changes=["desiredCount"],
            ),
        )
        self.service, self.service_name, self.runs = args.service, service.name, service
        self._arn, self._args = service.id, args
        scaled = ScaleArgs(
            context=args.context,
            compute=compute,
            cluster=args.cluster.name,
            service=service.name,
            route=args.route,
            backlog=args.backlog,
            waiting=args.waiting,
        )
        scale(name, scaled, child)
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
            missing_is_bad=not self._args.compute.scaling.sleep.enabled,
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


def _load_balancers(
    route: Route | None, port: int, shift: Shift | None
) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
    if route is None:
        return None
    return [
        aws.ecs.ServiceLoadBalancerArgs(
            target_group_arn=route.target_group_arn,
            container_name=CONTAINER,
            container_port=port,
            advanced_configuration=shift.second(route) if shift else None,
        )
    ]


def _before(args: FargateServiceArgs) -> list[pulumi.Resource]:
    """What ECS refuses the service without, and what must have happened before a release."""
    capacity = args.cluster.capacity
    return [*([args.route.tie] if args.route else []), *([capacity] if capacity else []), *args.after]


def _strategies(compute: ComputeSettings) -> list[aws.ecs.ServiceCapacityProviderStrategyArgs]:
    """The first tasks on capacity that stays, and a share of the others on Spot."""
    kind = aws.ecs.ServiceCapacityProviderStrategyArgs
    return [
        kind(capacity_provider="FARGATE", base=compute.on_demand_base, weight=100 - compute.spot_percent),
        kind(capacity_provider="FARGATE_SPOT", weight=compute.spot_percent),
    ]


def _connected(args: FargateServiceArgs) -> aws.ecs.ServiceServiceConnectConfigurationArgs | None:
    """Whom the service finds by name, which is everybody, and, of a web service, by which name it is found."""
    if args.cluster.namespace_arn is None or args.log is None:
        return None
    kinds, driver = aws.ecs, args.log.driver(args.context.region, "proxy")
    alias = kinds.ServiceServiceConnectConfigurationServiceClientAliasArgs(
        port=args.compute.port, dns_name=args.service
    )
    found = kinds.ServiceServiceConnectConfigurationServiceArgs(
        port_name=PORT, discovery_name=args.service, client_alias=[alias]
    )
    return kinds.ServiceServiceConnectConfigurationArgs(
        enabled=True,
        namespace=args.cluster.namespace_arn,
        services=[found] if args.route else None,
        log_configuration=kinds.ServiceServiceConnectConfigurationLogConfigurationArgs(
            log_driver=driver["logDriver"], options=driver["options"]
        ),
    )


def _rollback(names: Sequence[pulumi.Input[str]]) -> aws.ecs.ServiceAlarmsArgs | None:
    return aws.ecs.ServiceAlarmsArgs(alarm_names=list(names), enable=True, rollback=True) if names else None
