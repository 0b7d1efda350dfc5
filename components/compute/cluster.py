"""The ECS cluster that a stack's services share."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.log_group import LogPolicy, log_group
from settings.enums import ContainerInsights, Severity


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """What a cluster reports.

    Args:
        context: names and tags.
        container_insights: level of metrics; about $0.30 a month per metric.
        logs: how the metrics' log is kept.
        shell: shells may be opened in its tasks; their log is kept.
        spot: tasks may run on Spot.
        connect: services find one another by name.
    """

    context: Context
    container_insights: ContainerInsights
    logs: LogPolicy
    shell: bool = False
    spot: bool = False
    connect: bool = False


class Cluster(pulumi.ComponentResource):
    """An ECS cluster; free apart from Container Insights.

    Attributes:
        arn: the cluster's ARN.
        name: its name, for metrics and scaling.
        shell_log_arn: log of shells in its tasks; None where there are none.
        namespace_arn: where services find one another; None where they do not.
        capacity: there once tasks may run on Spot; None where they do not.
    """

    arn: pulumi.Output[str]
    name: pulumi.Output[str]
    shell_log_arn: pulumi.Output[str] | None = None
    namespace_arn: pulumi.Output[str] | None = None
    capacity: pulumi.Resource | None = None

    def __init__(self, name: str, args: ClusterArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Cluster", name, None, opts)
        context, insights = args.context, args.container_insights
        # Fixed, because Container Insights derives the name of its log group from it. The group must exist first; the
        # one that AWS would make keeps logs forever.
        physical_name = context.physical_name(limit=255)
        groups = []
        if insights is not ContainerInsights.DISABLED:
            group = f"/aws/ecs/containerinsights/{physical_name}/performance"
            groups.append(log_group(f"{name}-insights-log", context, args.logs, parent=self, physical_name=group))
        shells = None
        if args.shell:
            group = f"/aws/ecs/shell/{physical_name}"
            shells = log_group(f"{name}-shell-log", context, args.logs, parent=self, physical_name=group)
        cluster = aws.ecs.Cluster(
            f"{name}-ecs",
            name=physical_name,
            settings=[aws.ecs.ClusterSettingArgs(name="containerInsights", value=insights.value)],
            configuration=_shells(shells, encrypted=args.logs.key_arn is not None) if shells else None,
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, depends_on=groups),
        )
        self.arn, self.name = cluster.arn, cluster.name
        if shells is not None:
            self.shell_log_arn = shells.arn
        child = pulumi.ResourceOptions(parent=self)
        if args.spot:
            self.capacity = aws.ecs.ClusterCapacityProviders(
                f"{name}-capacity",
                cluster_name=cluster.name,
                capacity_providers=["FARGATE", "FARGATE_SPOT"],
                opts=child,
            )
        if args.connect:
            self.namespace_arn = aws.servicediscovery.HttpNamespace(
                f"{name}-namespace",
                name=physical_name,
                description="Where services find one another",
                tags=context.tags(f"{name}-namespace"),
                opts=child,
            ).arn
        self.register_outputs({"arn": self.arn, "name": self.name})

    def events(self) -> list[EventSpec]:
        """A shell that somebody opened in a task."""
        if self.shell_log_arn is None:
            return []
        return [
            EventSpec(
                key="shell-opened",
                title="somebody opened a shell in a task",
                severity=Severity.LOW,
                pattern={
                    "source": ["aws.ecs"],
                    "detail-type": ["AWS API Call via CloudTrail"],
                    "detail": {
                        "eventName": ["ExecuteCommand"],
                        "requestParameters": {"cluster": [self.arn, self.name]},
                    },
                },
            )
        ]


def _shells(log: aws.cloudwatch.LogGroup, *, encrypted: bool) -> aws.ecs.ClusterConfigurationArgs:
    """Each session's input and output goes to a log of the stack's own."""
    kept = aws.ecs.ClusterConfigurationExecuteCommandConfigurationLogConfigurationArgs(
        cloud_watch_log_group_name=log.name, cloud_watch_encryption_enabled=encrypted
    )
    execute = aws.ecs.ClusterConfigurationExecuteCommandConfigurationArgs(logging="OVERRIDE", log_configuration=kept)
    return aws.ecs.ClusterConfigurationArgs(execute_command_configuration=execute)
