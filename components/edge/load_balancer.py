"""The application load balancer with its listeners, and the routes that lead from it to services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.route import NAMESPACE, Route, RouteSpec, target_group, tie
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context, digest
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric, filled
from settings.enums import Severity
from settings.sections.edge import EdgeSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_HSTS: Final = "max-age=31536000; includeSubDomains"

_TO_HTTPS: Final = aws.lb.ListenerDefaultActionArgs(
    type="redirect",
    redirect=aws.lb.ListenerDefaultActionRedirectArgs(port="443", protocol="HTTPS", status_code="HTTP_301"),
)

_NOT_FOUND: Final = aws.lb.ListenerDefaultActionArgs(
    type="fixed-response",
    fixed_response=aws.lb.ListenerDefaultActionFixedResponseArgs(
        content_type="text/plain", message_body="Nothing is here.", status_code="404"
    ),
)
"""Requests are led by rules alone: a default action would have to move before the service behind it runs."""


@dataclass(frozen=True, kw_only=True)
class LoadBalancerArgs:
    """How traffic reaches the application.

    Args:
        context: names and tags.
        edge: TLS policy, idle timeout, log retention.
        internal: reachable from the VPC only, as CloudFront's VPC origins need it.
        vpc_id: the VPC.
        vpc_cidr: its range; another one is another VPC, with which all of this is replaced.
        subnet_ids: one subnet per zone.
        security_group_id: group of the load balancer.
        certificate_arn: with it, port 443 serves and port 80 redirects; without it, port 80 serves.
        routes: the services that requests reach.
        protect: refuse to delete the load balancer and its logs.
    """

    context: Context
    edge: EdgeSettings
    internal: bool
    vpc_id: pulumi.Input[str]
    vpc_cidr: str
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    certificate_arn: pulumi.Input[str] | None
    routes: Sequence[RouteSpec]
    protect: bool


class LoadBalancer(pulumi.ComponentResource):
    """An application load balancer. From $16.43 a month, plus $3.65 per zone for public addresses.

    Attributes:
        arn: the load balancer's ARN.
        dns_name: its own host name.
        zone_id: zone of that name, for alias records.
        routes: service → its route.
        listeners: `http` or `https` → a listener that serves; the main one is the last.
        arn_suffix: identity in metrics.
        log_bucket: name of the bucket that takes access logs, those of the stack's other buckets as well.
    """

    arn: pulumi.Output[str]
    dns_name: pulumi.Output[str]
    zone_id: pulumi.Output[str]
    routes: dict[str, Route]
    listeners: dict[str, aws.lb.Listener]
    arn_suffix: pulumi.Output[str]
    log_bucket: pulumi.Output[str]

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:LoadBalancer", name, None, opts)
        context, child, network = args.context, pulumi.ResourceOptions(parent=self), digest(args.vpc_cidr)
        logs = PrivateBucket(
            f"{name}-logs",
            PrivateBucketArgs(
                context=context,
                expire_after_days=args.edge.access_log_retention_days,
                statements=lambda arn: [_log_delivery(context, arn), _bucket_logs(context, arn)],
                keep=args.protect,
            ),
            opts=child,
        )
        # Names of load balancers end at 32 characters, too few for a logical name with Pulumi's suffix. What forces a
        # replacement is part of the name, so that the new one can be made before the old one goes.
        balancer = aws.lb.LoadBalancer(
            f"{name}-alb",
            name=context.physical_name("internal" if args.internal else "public", network, limit=32),
            load_balancer_type="application",
            internal=args.internal,
            subnets=list(args.subnet_ids),
            security_groups=[args.security_group_id],
            drop_invalid_header_fields=True,
            desync_mitigation_mode="defensive",
            enable_deletion_protection=args.protect,
            idle_timeout=args.edge.idle_timeout_seconds,
            access_logs=aws.lb.LoadBalancerAccessLogsArgs(bucket=logs.bucket, prefix="alb", enabled=True),
            tags=context.tags(name),
            # The first log object is a test write, which fails before the policy admits it. Protected on both sides, so
            # that a replacement is refused before it begins, not at its end. What has a fixed name would be deleted
            # before its replacement is there.
            opts=pulumi.ResourceOptions(
                parent=self, depends_on=[logs.policy], protect=args.protect, delete_before_replace=False
            ),
        )
        self.arn, self.dns_name, self.zone_id = balancer.arn, balancer.dns_name, balancer.zone_id
        self.arn_suffix, self.log_bucket = balancer.arn_suffix, logs.admitting
        side = f"{'int' if args.internal else 'pub'}-{network}"
        targets = {
            spec.service: target_group(f"{name}-{spec.service}", context, spec, args.vpc_id, side, child)
            for spec in args.routes
        }
        self.listeners = _listeners(name, args, balancer, child)
        self.routes = {spec.service: self._route(name, context, spec, targets[spec.service]) for spec in args.routes}
        self.register_outputs({"arn": self.arn, "dns_name": self.dns_name})

    def _route(self, name: str, context: Context, spec: RouteSpec, target: aws.lb.TargetGroup) -> Route:
        *_, main = self.listeners.values()
        child = pulumi.ResourceOptions(parent=self)
        return Route(
            service=spec.service,
            target_group_arn=target.arn,
            tie=tie(f"{name}-{spec.service}", context, spec.service, main, target, child),
            load_balancer=self.arn_suffix,
            target_group=target.arn_suffix,
            min_count=spec.min_count,
        )

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see: the load balancer's own errors, and those of each route."""
        # Requests that it could not pass on are not among its requests.
        asked = f"({filled('m1')} + {filled('m2')})"
        own = AlarmSpec(
            key="balancer-errors",
            title="the load balancer itself answers with 5xx: no healthy target, or timeouts",
            namespace=NAMESPACE,
            metric="HTTPCode_ELB_5XX_Count",
            dimensions={"LoadBalancer": self.arn_suffix},
            statistic="Sum",
            beside={"m2": self._metric("RequestCount", "Sum")},
            expression=f"IF({asked} >= {thresholds.least_requests}, 100 * {filled('m1')} / {asked}, 0)",
            threshold=thresholds.server_error_percent,
            periods=3,
            rolls_back=True,
            severity=Severity.HIGH,
        )
        return [own, *(spec for route in self.routes.values() for spec in route.alarms(thresholds))]

    def _metric(self, metric: str, statistic: str, label: str = "") -> Metric:
        here = {"LoadBalancer": self.arn_suffix}
        return Metric(namespace=NAMESPACE, metric=metric, dimensions=here, statistic=statistic, label=label)

    def graphs(self) -> list[Graph]:
        """What the load balancer itself answers, and its connections."""
        own = [self._metric(f"HTTPCode_ELB_{status}_Count", "Sum", f"{status[0]}xx") for status in ("4XX", "5XX")]
        connections = [self._metric(f"{kind}ConnectionCount", "Sum") for kind in ("Active", "New", "Rejected")]
        return [
            Graph(title="Answers of the load balancer itself, per minute", lines=own),
            Graph(title="Connections to the load balancer", lines=connections),
        ]

    def capacity(self) -> Graph:
        """What the load balancer is charged by, besides its hours."""
        return Graph(title="Capacity units of the load balancer", lines=[self._metric("ConsumedLCUs", "Sum")])


def _listeners(
    name: str, args: LoadBalancerArgs, balancer: aws.lb.LoadBalancer, child: pulumi.ResourceOptions
) -> dict[str, aws.lb.Listener]:
    """Ports 80 and, with a certificate, 443: those that serve, the main one last."""
    # One resource in both cases: a port has one listener only, and a stack that gets its first domain must change it,
    # not add another. Behind CloudFront it goes on serving: CloudFront takes minutes to move to the other port.
    serves = args.certificate_arn is None or args.internal
    plain = aws.lb.Listener(
        f"{name}-http",
        load_balancer_arn=balancer.arn,
        port=80,
        protocol="HTTP",
        default_actions=[_NOT_FOUND if serves else _TO_HTTPS],
        tags=args.context.tags(f"{name}-http"),
        opts=child,
    )
    found = {"http": plain} if serves else {}
    if args.certificate_arn is None:
        return found
    found["https"] = aws.lb.Listener(
        f"{name}-https",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy=args.edge.tls_policy,
        certificate_arn=args.certificate_arn,
        default_actions=[_NOT_FOUND],
        routing_http_response_server_enabled=False,
        routing_http_response_strict_transport_security_header_value=_HSTS,
        routing_http_response_x_content_type_options_header_value="nosniff",
        routing_http_response_x_frame_options_header_value="SAMEORIGIN",
        tags=args.context.tags(f"{name}-https"),
        opts=child,
    )
    return found


def _log_delivery(context: Context, bucket_arn: pulumi.Output[str]) -> Statement:
    return Statement(
        sid="AccessLogWrite",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, "/alb/AWSLogs/", context.account_id, "/*")],
        principals={"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]},
        conditions={"ArnLike": {"aws:SourceArn": context.arn("elasticloadbalancing", "loadbalancer/*")}},
    )


def _bucket_logs(context: Context, bucket_arn: pulumi.Output[str]) -> Statement:
    """S3's own access logs, of buckets of this stack."""
    own = f"{context.prefix}-*"
    return Statement(
        sid="BucketLogWrite",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, f"/{own}")],
        principals={"Service": ["logging.s3.amazonaws.com"]},
        conditions={
            "StringEquals": {"aws:SourceAccount": context.account_id},
            "ArnLike": {"aws:SourceArn": f"arn:{context.partition}:s3:::{own}"},
        },
    )
