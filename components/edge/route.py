"""The way of requests from the load balancer to a service: a target group, and the rules that lead to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.telemetry.composite import CompositeSpec
from components.foundation.telemetry.graph import PERCENTILES, Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import ComputeKind, Severity
from settings.routes import test_priority, tie_priority

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
        sleeps: at times there are none, and nobody should be told.
        shifts: a release fills a second group of targets, to which ECS then leads requests.
        test_header: value of `TEST_HEADER` in requests that reach the second group first; None for none.
    """

    service: str
    compute: ComputeKind
    port: int
    health_check_path: str
    rules: Sequence[Rule] = ()
    min_count: int = 1
    sleeps: bool = False
    shifts: bool = False
    test_header: str | None = None


TEST_HEADER: Final = "X-Release"
"""Header of requests that are meant for the version that nobody else sees yet."""


@dataclass(frozen=True, kw_only=True)
class SecondGroup:
    """The group of targets that a release fills, in turn with the first.

    Args:
        arn: the group.
        metrics: its identity in metrics.
        rule: what ties it to the load balancer, and leads tests to it.
    """

    arn: pulumi.Output[str]
    metrics: pulumi.Output[str]
    rule: aws.lb.ListenerRule


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
        sleeps: at times there are none, and nobody should be told.
        second: the group that a release fills in turn with the first; None where tasks are renewed in one group.
    """

    service: str
    target_group_arn: pulumi.Output[str]
    tie: pulumi.Resource
    load_balancer: pulumi.Output[str]
    target_group: pulumi.Output[str]
    min_count: int = 1
    sleeps: bool = False
    second: SecondGroup | None = None

    @property
    def _here(self) -> dict[str, pulumi.Input[str]]:
        return {"LoadBalancer": self.load_balancer, "TargetGroup": self.target_group}

    def _metric(self, metric: str, statistic: str, label: str = "") -> Metric:
        return Metric(namespace=NAMESPACE, metric=metric, dimensions=self._here, statistic=statistic, label=label)

    def metrics(self, metric: str, statistic: str, label: str = "") -> list[Metric]:
        """A metric of each group of targets: either may be the one that serves.

        Args:
            metric: its name.
            statistic: as `Metric` has it.
            label: what a graph calls it.
        """
        first = self._metric(metric, statistic, label)
        if self.second is None:
            return [first]
        here = {"LoadBalancer": self.load_balancer, "TargetGroup": self.second.metrics}
        return [first, replace(first, dimensions=here, label=f"{label or metric}, second group")]

    def _joint(self, spec: AlarmSpec, how: str = "+") -> AlarmSpec:
        """An alarm on one metric, of both groups where there are two: their sum, or the greater one."""
        if self.second is None:
            return spec
        other = self.metrics(spec.metric, spec.statistic)[1]
        both = f"MAX([{filled('m1')}, {filled('m2')}])" if how == "MAX" else f"{filled('m1')} + {filled('m2')}"
        return replace(spec, beside={"m2": other}, expression=both)

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see of the service: errors, slowness, unhealthy and missing targets."""
        server_errors = self._shared(
            AlarmSpec(
                key="server-errors",
                subject=self.service,
                title=f"{self.service} answers with 5xx",
                namespace=NAMESPACE,
                metric="HTTPCode_Target_5XX_Count",
                dimensions=self._here,
                statistic="Sum",
                threshold=thresholds.server_error_percent,
                periods=3,
                rolls_back=True,
                severity=Severity.HIGH,
            ),
            thresholds.least_requests,
        )
        client_errors = self._shared(
            replace(
                server_errors,
                key="client-errors",
                title=f"{self.service} turns many requests away with 4xx",
                metric="HTTPCode_Target_4XX_Count",
                threshold=thresholds.client_error_percent,
                periods=10,
                rolls_back=False,
                severity=Severity.LOW,
            ),
            thresholds.least_requests,
        )
        latency = AlarmSpec(
            key="latency",
            subject=self.service,
            title=f"95th percentile of the response time of {self.service}",
            namespace=NAMESPACE,
            metric="TargetResponseTime",
            dimensions=self._here,
            statistic="p95",
            threshold=thresholds.latency_p95_seconds,
            periods=5,
        )
        found = [server_errors, client_errors, self._joint(latency, "MAX"), *self._target_alarms()]
        return [*found, *self._unusual(thresholds.anomaly_deviations)]

    def _shared(self, spec: AlarmSpec, least: int) -> AlarmSpec:
        """An alarm on the share of all requests that one kind of answer has, in both groups together."""
        counts, answers = self.metrics("RequestCount", "Sum"), self.metrics(spec.metric, spec.statistic)
        if self.second is None:
            return replace(spec, beside={"m2": counts[0]}, expression=share(filled("m1"), filled("m2"), least))
        part, whole = (f"({filled(one)} + {filled(other)})" for one, other in (("m1", "m3"), ("m2", "m4")))
        beside = {"m2": counts[0], "m3": answers[1], "m4": counts[1]}
        return replace(spec, beside=beside, expression=share(part, whole, least))

    def _target_alarms(self) -> list[AlarmSpec]:
        unhealthy = AlarmSpec(
            key="unhealthy-targets",
            subject=self.service,
            title=f"targets of {self.service} fail their health check",
            namespace=NAMESPACE,
            metric="UnHealthyHostCount",
            dimensions=self._here,
            statistic="Maximum",
            threshold=1,
            periods=3,
            comparison=Comparison.AT_LEAST,
            severity=Severity.HIGH,
        )
        nobody = AlarmSpec(
            key="no-healthy-targets",
            subject=self.service,
            title=f"nothing answers for {self.service}: no target is healthy, or none is registered",
            namespace=NAMESPACE,
            metric="HealthyHostCount",
            dimensions=self._here,
            statistic="Maximum",
            threshold=1,
            periods=3,
            comparison=Comparison.BELOW,
            # Without a registered target there is no metric at all, whether anybody visits or not.
            missing_is_bad=not self.sleeps,
            severity=Severity.CRITICAL,
        )
        found = [self._joint(unhealthy, "MAX"), self._joint(nobody)]
        if self.min_count < 2:
            return found
        few = replace(
            nobody,
            key="few-healthy-targets",
            title=f"fewer than {self.min_count} targets answer for {self.service}",
            threshold=self.min_count,
            periods=5,
            severity=Severity.HIGH,
        )
        return [*found, self._joint(few)]

    def _unusual(self, deviations: float | None) -> list[AlarmSpec]:
        """Requests that are not as many as at this hour on other days; a band has to learn for two weeks."""
        if deviations is None:
            return []
        return [
            self._joint(
                AlarmSpec(
                    key="unusual-requests",
                    subject=self.service,
                    title=f"{self.service} gets far more or far fewer requests than usual",
                    namespace=NAMESPACE,
                    metric="RequestCount",
                    dimensions=self._here,
                    statistic="Sum",
                    threshold=deviations,
                    comparison=Comparison.AT_LEAST,
                    usual=True,
                    periods=3,
                    period_seconds=300,
                    severity=Severity.LOW,
                )
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
            line
            for status in ("2XX", "4XX", "5XX")
            for line in self.metrics(f"HTTPCode_Target_{status}_Count", "Sum", f"{status[0]}xx")
        ]
        times = [
            line for percentile in PERCENTILES for line in self.metrics("TargetResponseTime", percentile, percentile)
        ]
        targets = [*self.metrics("HealthyHostCount", "Minimum"), *self.metrics("UnHealthyHostCount", "Maximum")]
        return [
            Graph(title=f"Requests to {service}, per minute", lines=self.metrics("RequestCount", "Sum")),
            Graph(title=f"Answers of {service}, per minute", lines=answers),
            Graph(title=f"Response time of {service}, seconds", lines=times),
            Graph(title=f"Targets of {service}", lines=targets, lines_at={"fewest": self.min_count}),
        ]


def share(part: str, whole: str, least: int) -> str:
    """Percent of one count in another; nothing where there are too few for a share to mean something.

    Args:
        part: the count that is judged, with zero for no value.
        whole: the count of all, likewise.
        least: fewest of all in a period.
    """
    return f"IF({whole} >= {least}, 100 * {part} / {whole}, 0)"


def target_group(
    name: str,
    context: Context,
    spec: RouteSpec,
    vpc_id: pulumi.Input[str],
    side: str,
    child: pulumi.ResourceOptions,
    *,
    second: bool = False,
) -> aws.lb.TargetGroup:
    """A group of a service's targets.

    Args:
        name: start of the logical name.
        context: names and tags.
        spec: the service.
        vpc_id: the VPC.
        side: `int` or `pub`, with the VPC's range. Part of the physical name, as is all that forces a replacement: a
            group belongs to one VPC and serves one load balancer, so a new one of either needs a new group.
        child: options that make it a child.
        second: it is the one that a release fills in turn with the first.
    """
    logical = f"{name}-{'next' if second else 'targets'}"
    kind = "instance" if spec.compute is ComputeKind.EC2 else "ip"
    return aws.lb.TargetGroup(
        logical,
        name=context.physical_name(spec.service, side, kind, str(spec.port), *(["next"] if second else []), limit=32),
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
        tags=context.tags(logical),
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


def second_group(
    name: str,
    context: Context,
    spec: RouteSpec,
    listener: aws.lb.Listener,
    target: aws.lb.TargetGroup,
    child: pulumi.ResourceOptions,
) -> SecondGroup:
    """A group that a release fills in turn with the first, and the rule that ties it to the load balancer.

    ECS wants both groups at a rule of the load balancer; this one leads tests to whatever is new, or nobody.

    Args:
        name: start of the logical name.
        context: tags.
        spec: the service.
        listener: the listener whose rule a release moves.
        target: the group.
        child: options that make it a child.
    """
    header = aws.lb.ListenerRuleConditionHttpHeaderArgs(
        http_header_name=TEST_HEADER, values=[spec.test_header] if spec.test_header else []
    )
    nobody = aws.lb.ListenerRuleConditionSourceIpArgs(values=[NOBODY])
    tested = [*conditions(spec.rules[0]), aws.lb.ListenerRuleConditionArgs(http_header=header)] if spec.rules else []
    rule = aws.lb.ListenerRule(
        f"{name}-next-rule",
        listener_arn=listener.arn,
        priority=test_priority(spec.service) if spec.test_header else tie_priority(f"{spec.service}/next"),
        conditions=tested if spec.test_header else [aws.lb.ListenerRuleConditionArgs(source_ip=nobody)],
        actions=[aws.lb.ListenerRuleActionArgs(type="forward", target_group_arn=target.arn)],
        tags=context.tags(f"{name}-next-rule"),
        # A release leads the rule to the group that it fills.
        opts=pulumi.ResourceOptions.merge(child, pulumi.ResourceOptions(ignore_changes=["actions"])),
    )
    return SecondGroup(arn=target.arn, metrics=target.arn_suffix, rule=rule)


def conditions(rule: Rule) -> list[aws.lb.ListenerRuleConditionArgs]:
    """What requests of a rule have in common, as the load balancer asks it."""
    hosts = aws.lb.ListenerRuleConditionHostHeaderArgs(values=list(rule.hosts))
    paths = aws.lb.ListenerRuleConditionPathPatternArgs(values=[rule.path] if rule.path else [])
    return [
        *([aws.lb.ListenerRuleConditionArgs(host_header=hosts)] if rule.hosts else []),
        *([aws.lb.ListenerRuleConditionArgs(path_pattern=paths)] if rule.path else []),
    ]
