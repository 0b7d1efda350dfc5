"""The application load balancer with its target group and listeners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from settings.enums import ComputeKind
from settings.schema import AlarmSettings, EdgeSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_HSTS: Final = "max-age=31536000; includeSubDomains"

_TO_HTTPS: Final = aws.lb.ListenerDefaultActionArgs(
    type="redirect",
    redirect=aws.lb.ListenerDefaultActionRedirectArgs(port="443", protocol="HTTPS", status_code="HTTP_301"),
)


@dataclass(frozen=True, kw_only=True)
class LoadBalancerArgs:
    """How traffic reaches the application.

    Args:
        context: names and tags.
        edge: TLS policy, idle timeout, log retention.
        internal: reachable from the VPC only, as CloudFront's VPC origins need it.
        vpc_id: the VPC.
        subnet_ids: one subnet per zone.
        security_group_id: group of the load balancer.
        certificate_arn: with it, port 443 serves and port 80 redirects; without it, port 80 serves.
        compute: kind of targets: instances for ec2, addresses for fargate.
        port: port of the targets.
        health_check_path: path that answers 200.
        protect: refuse to delete the load balancer and its logs.
    """

    context: Context
    edge: EdgeSettings
    internal: bool
    vpc_id: pulumi.Input[str]
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    certificate_arn: pulumi.Input[str] | None
    compute: ComputeKind
    port: int
    health_check_path: str
    protect: bool


class LoadBalancer(pulumi.ComponentResource):
    """An application load balancer. From $16.43 a month, plus $3.65 per zone for public addresses.

    Attributes:
        arn: the load balancer's ARN.
        dns_name: its own host name.
        zone_id: zone of that name, for alias records.
        target_group_arn: group that the application registers with.
        listener: the listener that serves; targets count as attached once it exists.
        arn_suffix: identity in metrics.
        target_group_suffix: identity of the target group in metrics.
    """

    arn: pulumi.Output[str]
    dns_name: pulumi.Output[str]
    zone_id: pulumi.Output[str]
    target_group_arn: pulumi.Output[str]
    listener: aws.lb.Listener
    arn_suffix: pulumi.Output[str]
    target_group_suffix: pulumi.Output[str]

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:LoadBalancer", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        logs = PrivateBucket(
            f"{name}-logs",
            PrivateBucketArgs(
                context=context,
                expire_after_days=args.edge.access_log_retention_days,
                statements=lambda arn: [_log_delivery(context, arn)],
                keep=args.protect,
            ),
            opts=child,
        )
        # Names of load balancers end at 32 characters, too few for a logical name with Pulumi's suffix. What forces a
        # replacement is part of the name, so that the new one can be made before the old one goes.
        balancer = aws.lb.LoadBalancer(
            f"{name}-alb",
            name=context.physical_name("internal" if args.internal else "public", limit=32),
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
            # The first log object is a test write, which fails before the policy admits it.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[logs.policy]),
        )
        target = _target_group(name, args, child)
        self.arn, self.dns_name, self.zone_id = balancer.arn, balancer.dns_name, balancer.zone_id
        self.target_group_arn = target.arn
        self.arn_suffix, self.target_group_suffix = balancer.arn_suffix, target.arn_suffix
        self.listener = _listeners(name, args, balancer, target, child)
        self.register_outputs({"arn": self.arn, "dns_name": self.dns_name})

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see: errors, slowness, missing targets."""
        here = {"LoadBalancer": self.arn_suffix}
        target = {**here, "TargetGroup": self.target_group_suffix}
        return [
            AlarmSpec(
                key="server-errors",
                title="the application answers with 5xx",
                namespace="AWS/ApplicationELB",
                metric="HTTPCode_Target_5XX_Count",
                dimensions=here,
                statistic="Sum",
                threshold=thresholds.server_errors_per_minute,
                periods=3,
            ),
            AlarmSpec(
                key="balancer-errors",
                title="the load balancer itself answers with 5xx: no healthy target, or timeouts",
                namespace="AWS/ApplicationELB",
                metric="HTTPCode_ELB_5XX_Count",
                dimensions=here,
                statistic="Sum",
                threshold=thresholds.server_errors_per_minute,
                periods=3,
            ),
            AlarmSpec(
                key="latency",
                title="95th percentile of the response time",
                namespace="AWS/ApplicationELB",
                metric="TargetResponseTime",
                dimensions=here,
                statistic="p95",
                threshold=thresholds.latency_p95_seconds,
                periods=5,
            ),
            AlarmSpec(
                key="unhealthy-targets",
                title="targets fail their health check",
                namespace="AWS/ApplicationELB",
                metric="UnHealthyHostCount",
                dimensions=target,
                statistic="Maximum",
                threshold=1,
                periods=3,
                comparison=Comparison.AT_LEAST,
            ),
        ]


def _target_group(name: str, args: LoadBalancerArgs, child: pulumi.ResourceOptions) -> aws.lb.TargetGroup:
    kind = "instance" if args.compute is ComputeKind.EC2 else "ip"
    # Part of the name: a group serves one load balancer only, so a new one of the other kind needs a new group.
    side = "int" if args.internal else "pub"
    return aws.lb.TargetGroup(
        f"{name}-targets",
        name=args.context.physical_name(side, kind, str(args.port), limit=32),
        vpc_id=args.vpc_id,
        target_type=kind,
        port=args.port,
        protocol="HTTP",
        deregistration_delay=30,
        health_check=aws.lb.TargetGroupHealthCheckArgs(
            path=args.health_check_path,
            matcher="200",
            interval=15,
            timeout=5,
            healthy_threshold=2,
            unhealthy_threshold=3,
        ),
        tags=args.context.tags(f"{name}-targets"),
        opts=child,
    )


def _listeners(
    name: str,
    args: LoadBalancerArgs,
    balancer: aws.lb.LoadBalancer,
    target: aws.lb.TargetGroup,
    child: pulumi.ResourceOptions,
) -> aws.lb.Listener:
    """Ports 80 and, with a certificate, 443; answers with the one that serves."""
    forward = aws.lb.ListenerDefaultActionArgs(type="forward", target_group_arn=target.arn)
    # One resource in both cases: a port has one listener only, and a stack that gets its first domain must change it,
    # not add another.
    plain = aws.lb.Listener(
        f"{name}-http",
        load_balancer_arn=balancer.arn,
        port=80,
        protocol="HTTP",
        default_actions=[forward if args.certificate_arn is None else _TO_HTTPS],
        tags=args.context.tags(f"{name}-http"),
        opts=child,
    )
    if args.certificate_arn is None:
        return plain
    return aws.lb.Listener(
        f"{name}-https",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy=args.edge.tls_policy,
        certificate_arn=args.certificate_arn,
        default_actions=[forward],
        routing_http_response_server_enabled=False,
        routing_http_response_strict_transport_security_header_value=_HSTS,
        routing_http_response_x_content_type_options_header_value="nosniff",
        routing_http_response_x_frame_options_header_value="SAMEORIGIN",
        tags=args.context.tags(f"{name}-https"),
        opts=child,
    )


def _log_delivery(context: Context, bucket_arn: pulumi.Output[str]) -> Statement:
    return Statement(
        sid="AccessLogWrite",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, "/alb/AWSLogs/", context.account_id, "/*")],
        principals={"Service": ["logdelivery.elasticloadbalancing.amazonaws.com"]},
        conditions={"ArnLike": {"aws:SourceArn": context.arn("elasticloadbalancing", "loadbalancer/*")}},
    )
