"""The application load balancer with its listeners, and the routes that lead from it to services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.route import Route, RouteSpec, listener_rule, target_group
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context, digest
from components.foundation.policy_document import Statement
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs
from settings.sections.edge import EdgeSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        vpc_cidr: its range; another one is another VPC, with which all of this is replaced.
        subnet_ids: one subnet per zone.
        security_group_id: group of the load balancer.
        certificate_arn: with it, port 443 serves and port 80 redirects; without it, port 80 serves.
        routes: the services that requests reach; one of them may take every request that no other gets.
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
        listener: the listener that serves.
        arn_suffix: identity in metrics.
    """

    arn: pulumi.Output[str]
    dns_name: pulumi.Output[str]
    zone_id: pulumi.Output[str]
    routes: dict[str, Route]
    listener: aws.lb.Listener
    arn_suffix: pulumi.Output[str]

    def __init__(self, name: str, args: LoadBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:LoadBalancer", name, None, opts)
        context, child, network = args.context, pulumi.ResourceOptions(parent=self), digest(args.vpc_cidr)
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
            # that a replacement is refused before it begins instead of at its end.
            opts=pulumi.ResourceOptions(parent=self, depends_on=[logs.policy], protect=args.protect),
        )
        self.arn, self.dns_name, self.zone_id = balancer.arn, balancer.dns_name, balancer.zone_id
        self.arn_suffix = balancer.arn_suffix
        side = f"{'int' if args.internal else 'pub'}-{network}"
        targets = {
            spec.service: target_group(f"{name}-{spec.service}", context, spec, args.vpc_id, side, child)
            for spec in args.routes
        }
        self.listener = _listeners(name, args, balancer, _without_a_rule(args.routes, targets), child)
        self.routes = {spec.service: self._route(name, context, spec, targets[spec.service]) for spec in args.routes}
        self.register_outputs({"arn": self.arn, "dns_name": self.dns_name})

    def _route(self, name: str, context: Context, spec: RouteSpec, target: aws.lb.TargetGroup) -> Route:
        child = pulumi.ResourceOptions(parent=self)
        rules = [
            listener_rule(f"{name}-{spec.service}", context, rule, self.listener, target, child) for rule in spec.rules
        ]
        return Route(
            service=spec.service,
            target_group_arn=target.arn,
            attached=rules or [self.listener],
            load_balancer=self.arn_suffix,
            target_group=target.arn_suffix,
        )

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see: the load balancer's own errors, and those of each route."""
        own = AlarmSpec(
            key="balancer-errors",
            title="the load balancer itself answers with 5xx: no healthy target, or timeouts",
            namespace="AWS/ApplicationELB",
            metric="HTTPCode_ELB_5XX_Count",
            dimensions={"LoadBalancer": self.arn_suffix},
            statistic="Sum",
            threshold=thresholds.server_errors_per_minute,
            periods=3,
            rolls_back=True,
        )
        return [own, *(spec for route in self.routes.values() for spec in route.alarms(thresholds))]


def _without_a_rule(
    routes: Sequence[RouteSpec], targets: Mapping[str, aws.lb.TargetGroup]
) -> aws.lb.ListenerDefaultActionArgs:
    """What becomes of a request that no rule matches: the service without rules gets it, or nobody."""
    for spec in routes:
        if not spec.rules:
            return aws.lb.ListenerDefaultActionArgs(type="forward", target_group_arn=targets[spec.service].arn)
    nobody = aws.lb.ListenerDefaultActionFixedResponseArgs(
        content_type="text/plain", message_body="Nothing is here.", status_code="404"
    )
    return aws.lb.ListenerDefaultActionArgs(type="fixed-response", fixed_response=nobody)


def _listeners(
    name: str,
    args: LoadBalancerArgs,
    balancer: aws.lb.LoadBalancer,
    serve: aws.lb.ListenerDefaultActionArgs,
    child: pulumi.ResourceOptions,
) -> aws.lb.Listener:
    """Ports 80 and, with a certificate, 443; answers with the one that serves."""
    # One resource in both cases: a port has one listener only, and a stack that gets its first domain must change it,
    # not add another.
    plain = aws.lb.Listener(
        f"{name}-http",
        load_balancer_arn=balancer.arn,
        port=80,
        protocol="HTTP",
        # Behind CloudFront it goes on serving: CloudFront takes minutes to move to the other port.
        default_actions=[serve if args.certificate_arn is None or args.internal else _TO_HTTPS],
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
        default_actions=[serve],
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
