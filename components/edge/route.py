"""The way of requests from the load balancer to a service: a target group, and the rules that lead to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.telemetry.composite import CompositeSpec
from components.foundation.telemetry.graph import PERCENTILES, Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import ComputeKind, Severity
from settings.routes import tie_priority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.context import Context
    from settings.routes import Rule
    from settings.sections.observability import AlarmSettings


NAMESPACE: Final = "AWS/ApplicationELB"
"""Where load balancers report."""


@dataclass(frozen=True, kw_only=True)
class RouteSpec:
    """What a service wants of the load balancer.

    Args:
        service: its name.
        compute: kind of targets: instances for ec2, addresses for fargate.
        port: port of the targets.
        health_check_path: path that answers 200.
        rules: requests that it gets.
        min_count: fewest targets that there should be.
    """

    service: str
    compute: ComputeKind
    port: int
    health_check_path: str
    rules: Sequence[Rule] = ()
    min_count: int = 1


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
        min_count: fewest targets that there should be.
    """

    service: str
    target_group_arn: pulumi.Output[str]
    tie: pulumi.Resource
    load_balancer: pulumi.Output[str]
    target_group: pulumi.Output[str]
    min_count: int = 1

    @property
    def _here(self) -> dict[str, pulumi.Input[str]]:
        return {"LoadBalancer": self.load_balancer, "TargetGroup": self.target_group}

    def _metric(self, metric: str, statistic: str, label: str = "") -> Metric:
        return Metric(namespace=NAMESPACE, metric=metric, dimensions=self._here, statistic=statistic, label=label)

    @property
    def _alarm(self) -> partial[AlarmSpec]:
        """An alarm on the service's place at the load balancer."""
        return partial(AlarmSpec, subject=self.service, namespace=NAMESPACE, dimensions=self._here)

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see of the service: errors, slowness, unhealthy and missing targets."""
        server_errors = self._alarm(
            key="server-errors",
            title=f"{self.service} answers with 5xx",
            metric="HTTPCode_Target_5XX_Count",
            statistic="Sum",
            beside={"m2": self._metric("RequestCount", "Sum")},
            expression=share("m1", "m2", thresholds.least_requests),
            threshold=thresholds.server_error_percent,
            periods=3,
            rolls_back=True,
            severity=Severity.HIGH,
        )
        client_errors = replace(
            server_errors,
            key="client-errors",
            title=f"{self.service} turns many requests away with 4xx",
            metric="HTTPCode_Target_4XX_Count",
            threshold=thresholds.client_error_percent,
            periods=10,
            rolls_back=False,
            severity=Severity.LOW,
        )
        latency = self._alarm(
            key="latency",
            title=f"95th percentile of the response time of {self.service}",
            metric="TargetResponseTime",
            statistic="p95",
            threshold=thresholds.latency_p95_seconds,
            periods=5,
        )
        found = [server_errors, client_errors, latency, *self._target_alarms()]
        return [*found, *self._unusual(thresholds.anomaly_deviations)]

    def _target_alarms(self) -> list[AlarmSpec]:
        unhealthy = self._alarm(
            key="unhealthy-targets",
            title=f"targets of {self.service} fail their health check",
            metric="UnHealthyHostCount",
            statistic="Maximum",
            threshold=1,
            periods=3,
            comparison=Comparison.AT_LEAST,
            severity=Severity.HIGH,
        )
        nobody = self._alarm(
            key="no-healthy-targets",
            title=f"nothing answers for {self.service}: no target is healthy, or none is registered",
            metric="HealthyHostCount",
            statistic="Maximum",
            threshold=1,
            periods=3,
            comparison=Comparison.BELOW,
            # Without a registered target there is no metric at all, whether anybody visits or not.
            missing_is_bad=True,
            severity=Severity.CRITICAL,
        )
        if self.min_count < 2:
            return [unhealthy, nobody]
        few = replace(
            nobody,
            key="few-healthy-targets",
            title=f"fewer than {self.min_count} targets answer for {self.service}",
            threshold=self.min_count,
            periods=5,
            severity=Severity.HIGH,
        )
        return [unhealthy, nobody, few]

    def _unusual(self, deviations: float | None) -> list[AlarmSpec]:
        """Requests that are not as many as at this hour on other days; a band has to learn for two weeks."""
        if deviations is None:
            return []
        return [
            self._alarm(
                key="unusual-requests",
                title=f"{self.service} gets far more or far fewer requests than usual",
                metric="RequestCount",
                statistic="Sum",
                threshold=deviations,
                comparison=Comparison.AT_LEAST,
                usual=True,
                periods=3,
                period_seconds=300,
                severity=Severity.LOW,
            )
        ]

    def composites(self) -> list[CompositeSpec]:
        """One alarm for the ways in which a service answers badly; silent while it does not answer at all."""
        members = ["server-errors", "latency", "unhealthy-targets"]
        members += ["few-healthy-targets"] if self.min_count > 1 else []
        return [
            CompositeSpec(
                key="degraded",
                subject=self.service,
                title=f"{self.service} answers badly: errors, slowness, or targets that fail",
                members=[f"{self.service}-{member}" for member in members],
                hushed_by=f"{self.service}-no-healthy-targets",
                severity=Severity.HIGH,
            )
        ]

    def graphs(self) -> list[Graph]:
        """Requests, answers, time and targets."""
        service = self.service
        answers = [
            self._metric(f"HTTPCode_Target_{status}_Count", "Sum", f"{status[0]}xx") for status in ("2XX", "4XX", "5XX")
        ]
        times = [self._metric("TargetResponseTime", percentile, percentile) for percentile in PERCENTILES]
        targets = [self._metric("HealthyHostCount", "Minimum"), self._metric("UnHealthyHostCount", "Maximum")]
        return [
            Graph(title=f"Requests to {service}, per minute", lines=[self._metric("RequestCount", "Sum")]),
            Graph(title=f"Answers of {service}, per minute", lines=answers),
            Graph(title=f"Response time of {service}, seconds", lines=times),
            Graph(title=f"Targets of {service}", lines=targets, lines_at={"fewest": self.min_count}),
        ]


def share(part: str, whole: str, least: int) -> str:
    """Percent of one count in another; nothing where there are too few for a share to mean something.

    Args:
        part: what the expression calls the count that is judged.
        whole: what it calls the count of all.
        least: fewest of all in a period.
    """
    return f"IF({filled(whole)} >= {least}, 100 * {filled(part)} / {filled(whole)}, 0)"


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
