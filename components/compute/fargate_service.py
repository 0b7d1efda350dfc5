"""The application on ECS Fargate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.compute.container import Container
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import Architecture, ContainerInsights, Placement
from settings.schema import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_TMP_MIB: Final = 64
"""Size of /tmp in MiB."""


@dataclass(frozen=True, kw_only=True)
class FargateServiceArgs:
    """What the service runs and where.

    Args:
        context: names and tags.
        container: what each task runs.
        container_insights: level of metrics; about $0.30 a month per metric.
        logs: how the metrics' log is kept.
        subnet_ids: one subnet per zone.
        security_group_id: group of the tasks.
        target_group_arn: group that tasks register with.
        listener: listener that must exist before tasks can register.
        secrets_key_arn: KMS key of the secrets; None for AWS's own.
        statements: what the application itself may do.
        rollback_alarms: names of alarms that roll a deployment back.
    """

    context: Context
    container: Container
    container_insights: ContainerInsights
    logs: LogPolicy
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    target_group_arn: pulumi.Input[str]
    listener: pulumi.Resource
    secrets_key_arn: pulumi.Input[str] | None = None
    statements: Sequence[Statement] = ()
    rollback_alarms: Sequence[pulumi.Input[str]] = ()


class FargateService(pulumi.ComponentResource):
    """An ECS service that rolls forward only while tasks are healthy, and scales on CPU and memory.

    A task of 256 CPU units and 512 MiB on ARM is $7.21 a month.

    Attributes:
        cluster_name: name of the cluster.
        service_name: name of the service.
    """

    cluster_name: pulumi.Output[str]
    service_name: pulumi.Output[str]

    def __init__(self, name: str, args: FargateServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:FargateService", name, None, opts)
        context, compute = args.context, args.container.compute
        child = pulumi.ResourceOptions(parent=self)
        cluster = _cluster(name, args, self)
        task = _task_definition(name, args, child)
        service = aws.ecs.Service(
            f"{name}-service",
            cluster=cluster.arn,
            task_definition=task.arn,
            launch_type="FARGATE",
            platform_version="LATEST",
            desired_count=compute.min_count,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=list(args.subnet_ids),
                security_groups=[args.security_group_id],
                assign_public_ip=compute.placement is Placement.PUBLIC,
            ),
            load_balancers=[
                aws.ecs.ServiceLoadBalancerArgs(
                    target_group_arn=args.target_group_arn,
                    container_name="application",
                    container_port=compute.port,
                )
            ],
            health_check_grace_period_seconds=compute.health_check_grace_seconds,
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
            tags=context.tags(name),
            # Scaling owns the desired count; an update must not reset it.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[args.listener], ignore_changes=["desiredCount"]),
        )
        self.cluster_name, self.service_name = cluster.name, service.name
        _autoscaling(name, args, self, child)
        self.register_outputs({"cluster_name": self.cluster_name, "service_name": self.service_name})

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on the tasks."""
        here = {"ClusterName": self.cluster_name, "ServiceName": self.service_name}
        return [
            AlarmSpec(
                key=f"compute-{kind.lower()}",
                title=f"{'CPU' if kind == 'CPU' else 'memory'} use of the tasks",
                namespace="AWS/ECS",
                metric=f"{kind}Utilization",
                dimensions=here,
                statistic="Average",
                threshold=threshold,
                periods=10,
            )
            for kind, threshold in (("CPU", thresholds.cpu_percent), ("Memory", thresholds.memory_percent))
        ]


def _cluster(name: str, args: FargateServiceArgs, parent: FargateService) -> aws.ecs.Cluster:
    """The cluster, under a fixed name: Container Insights derives the name of its log group from it.

    The group must exist first; the one that AWS would make keeps logs forever.
    """
    context, insights = args.context, args.container_insights
    cluster_name = context.physical_name(limit=255)
    groups = []
    if insights is not ContainerInsights.DISABLED:
        group = f"/aws/ecs/containerinsights/{cluster_name}/performance"
        groups.append(log_group(f"{name}-insights-log", context, args.logs, parent=parent, physical_name=group))
    return aws.ecs.Cluster(
        f"{name}-cluster",
        name=cluster_name,
        settings=[aws.ecs.ClusterSettingArgs(name="containerInsights", value=insights.value)],
        tags=context.tags(name),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=groups),
    )


def _rollback(names: Sequence[pulumi.Input[str]]) -> aws.ecs.ServiceAlarmsArgs | None:
    return aws.ecs.ServiceAlarmsArgs(alarm_names=list(names), enable=True, rollback=True) if names else None


def _task_definition(name: str, args: FargateServiceArgs, child: pulumi.ResourceOptions) -> aws.ecs.TaskDefinition:
    context, compute = args.context, args.container.compute
    services = ["ecs-tasks.amazonaws.com"]
    execution = ServiceRole(
        f"{name}-execution",
        ServiceRoleArgs(
            context=context,
            description="ECS, to start the application's tasks",
            services=services,
            statements=args.container.start_statements(context, args.secrets_key_arn),
        ),
        opts=child,
    )
    task = ServiceRole(
        f"{name}-task",
        ServiceRoleArgs(
            context=context, description="The application itself", services=services, statements=args.statements
        ),
        opts=child,
    )
    arm = compute.architecture is Architecture.ARM64
    return aws.ecs.TaskDefinition(
        f"{name}-task-definition",
        family=context.physical_name("application", limit=255),
        requires_compatibilities=["FARGATE"],
        network_mode="awsvpc",
        cpu=str(compute.cpu),
        memory=str(compute.memory),
        runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
            cpu_architecture="ARM64" if arm else "X86_64", operating_system_family="LINUX"
        ),
        execution_role_arn=execution.arn,
        task_role_arn=task.arn,
        container_definitions=pulumi.Output.json_dumps([container_definition(args.container, context.region)]),
        tags=context.tags(name),
        opts=child,
    )


def container_definition(container: Container, region: str) -> dict[str, Any]:
    """The container as ECS describes it.

    Args:
        container: what runs.
        region: where its log group is.
    """
    compute = container.compute
    definition: dict[str, Any] = {
        "name": "application",
        "image": container.image,
        "essential": True,
        "user": compute.user,
        "readonlyRootFilesystem": compute.root_read_only,
        "linuxParameters": {
            "initProcessEnabled": True,
            "capabilities": {"drop": ["ALL"]},
            # The one writable place beside a read-only root; a volume would belong to root. Counts as memory.
            "tmpfs": [{"containerPath": "/tmp", "size": _TMP_MIB}],
        },
        "portMappings": [{"containerPort": compute.port, "hostPort": compute.port, "protocol": "tcp"}],
        "environment": [{"name": key, "value": value} for key, value in sorted(container.environment.items())],
        "secrets": [{"name": key, "valueFrom": arn} for key, arn in sorted(container.secrets.items())],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": container.log_group,
                "awslogs-region": region,
                "awslogs-stream-prefix": "application",
                "mode": "non-blocking",
            },
        },
    }
    if container.command is not None:
        definition["command"] = list(container.command)
    return definition


def _autoscaling(name: str, args: FargateServiceArgs, service: FargateService, child: pulumi.ResourceOptions) -> None:
    compute = args.container.compute
    target = aws.appautoscaling.Target(
        f"{name}-capacity",
        service_namespace="ecs",
        scalable_dimension="ecs:service:DesiredCount",
        resource_id=pulumi.Output.concat("service/", service.cluster_name, "/", service.service_name),
        min_capacity=compute.min_count,
        max_capacity=compute.max_count,
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
