"""The way of requests from the load balancer to a service: a target group, and the rules that lead to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from settings.enums import ComputeKind
from settings.routes import tie_priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.context import Context
    from settings.routes import Rule
    from settings.sections.observability import AlarmSettings


@dataclass(frozen=True, kw_only=True)
class RouteSpec:
    """What a service wants of the load balancer.

    Args:
        service: its name.
        compute: kind of targets: instances for ec2, addresses for fargate.
        port: port of the targets.
        health_check_path: path that answers 200.
        rules: requests that it gets.
    """

    service: str
    compute: ComputeKind
    port: int
    health_check_path: str
    rules: Sequence[Rule] = ()


@dataclass(frozen=True, kw_only=True)
class Route:
    """A service's place at the load balancer.

    Args:
        service: the service's name.
        target_group_arn: group that the service's targets register with.
        tie: after it the group belongs to the load balancer; ECS refuses the group before, and Auto Scaling would find
            no target of it healthy.
        load_balancer: identity of the load balancer in metrics.
        target_group: identity of the target group in metrics.
    """

    service: str
    target_group_arn: pulumi.Output[str]
    tie: pulumi.Resource
    load_balancer: pulumi.Output[str]
    target_group: pulumi.Output[str]

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see of the service: errors, slowness, unhealthy and missing targets."""
        here = {"LoadBalancer": self.load_balancer, "TargetGroup": self.target_group}
        alarm = partial(AlarmSpec, subject=self.service, namespace="AWS/ApplicationELB", dimensions=here)
        errors = alarm(
            key="server-errors",
            title=f"{self.service} answers with 5xx",
            metric="HTTPCode_Target_5XX_Count",
            statistic="Sum",
            threshold=thresholds.server_errors_per_minute,
            periods=3,
            rolls_back=True,
        )
        latency = alarm(
            key="latency",
            title=f"95th percentile of the response time of {self.service}",
            metric="TargetResponseTime",
            statistic="p95",
            threshold=thresholds.latency_p95_seconds,
            periods=5,
        )
        # A single target is enough to be told of, and to serve.
        targets = partial(alarm, statistic="Maximum", threshold=1, periods=3)
        unhealthy = targets(
            key="unhealthy-targets",
            title=f"targets of {self.service} fail their health check",
            metric="UnHealthyHostCount",
            comparison=Comparison.AT_LEAST,
        )
        none_healthy = targets(
            key="no-healthy-targets",
            title=f"nothing answers for {self.service}: no target is healthy, or none is registered",
            metric="HealthyHostCount",
            comparison=Comparison.BELOW,
            # Without a registered target there is no metric at all, whether anybody visits or not.
            missing_is_bad=True,
        )
        return [errors, latency, unhealthy, none_healthy]


def target_group(
    name: str, context: Context, spec: RouteSpec, vpc_id: pulumi.Input[str], side: str, child: pulumi.ResourceOptions
) -> aws.lb.TargetGroup:
    """The group of a service's targets.

    Args:
        name: start of the logical name.
        context: names and tags.
        spec: the service.
        vpc_id: the VPC.
        side: `int` or `pub`, with the VPC's range. Part of the physical name, as is all that forces a replacement: a
            group belongs to one VPC and serves one load balancer, so a new one of either needs a new group.
        child: options that make it a child.
    """
    kind = "instance" if spec.compute is ComputeKind.EC2 else "ip"
    return aws.lb.TargetGroup(
        f"{name}-targets",
        name=context.physical_name(spec.service, side, kind, str(spec.port), limit=32),
        vpc_id=vpc_id,
        target_type=kind,
        port=spec.port,
        protocol="HTTP",
        deregistration_delay=30,
        health_check=aws.lb.TargetGroupHealthCheckArgs(
            path=spec.health_check_path,
            matcher="200",
            interval=15,
            timeout=5,
            healthy_threshold=2,
            unhealthy_threshold=3,
        ),
        tags=context.tags(f"{name}-targets"),
        # Pulumi deletes what has a fixed name before it makes the next; AWS refuses while a listener uses the group.
        opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(delete_before_replace=False)),
    )


NOBODY: Final = "192.0.2.1/32"
"""An address that no request comes from: TEST-NET-1 is for documentation alone (RFC 5737)."""


def tie(
    name: str,
    context: Context,
    service: str,
    listener: aws.lb.Listener,
    target: aws.lb.TargetGroup,
    child: pulumi.ResourceOptions,
) -> aws.lb.ListenerRule:
    """A rule that no request matches: it ties a target group to the load balancer before requests are led there.

    So a new target group, as another kind of compute or another port brings it, is filled and found healthy while
    requests still go to the old one.

    Args:
        name: start of the logical name.
        context: tags.
        service: the service's name.
        listener: any listener of the load balancer.
        target: the service's group.
        child: options that make it a child.
    """
    nobody = aws.lb.ListenerRuleConditionSourceIpArgs(values=[NOBODY])
    return aws.lb.ListenerRule(
        f"{name}-tie",
        listener_arn=listener.arn,
        priority=tie_priority(service),
        conditions=[aws.lb.ListenerRuleConditionArgs(source_ip=nobody)],
        actions=[aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=target.arn)],
        tags=context.tags(f"{name}-tie"),
        opts=child,
    )
