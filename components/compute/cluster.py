"""The ECS cluster that a stack's services share."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from settings.enums import ContainerInsights


@dataclass(frozen=True, kw_only=True)
class ClusterArgs:
    """What a cluster reports.

    Args:
        context: names and tags.
        container_insights: level of metrics; about $0.30 a month per metric.
        logs: how the metrics' log is kept.
    """

    context: Context
    container_insights: ContainerInsights
    logs: LogPolicy


class Cluster(pulumi.ComponentResource):
    """An ECS cluster; free apart from Container Insights.

    Attributes:
        arn: the cluster's ARN.
        name: its name, for metrics and scaling.
    """

    arn: pulumi.Output[str]
    name: pulumi.Output[str]

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
        cluster = aws.ecs.Cluster(
            f"{name}-ecs",
            name=physical_name,
            settings=[aws.ecs.ClusterSettingArgs(name="containerInsights", value=insights.value)],
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, depends_on=groups),
        )
        self.arn, self.name = cluster.arn, cluster.name
        self.register_outputs({"arn": self.arn, "name": self.name})
