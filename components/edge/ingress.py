"""How users reach the application, whichever way the settings choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.edge.certificate import Certificates, CertificatesArgs
from components.edge.distribution import Distribution, DistributionArgs
from components.edge.domain import (
    DISTRIBUTION_ZONE,
    Alias,
    AliasArgs,
    Failover,
    HomeCheck,
    HomeCheckArgs,
    HostedZone,
    HostedZoneArgs,
    Share,
)
from components.edge.files import Files, FilesArgs, cdn_logs, static_files
from components.edge.health_check import HealthCheck, HealthCheckArgs
from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.route import RouteSpec
from components.edge.web_acl import CLOUDFRONT_REGION, WebAcl, web_acl_args
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from settings.enums import Audience, Severity
from settings.enums import Ingress as IngressKind
from settings.sections.edge import EdgeSettings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.telemetry.composite import CompositeSpec
    from components.foundation.telemetry.graph import Graph
    from settings.sections.observability import AlarmSettings


def speaks_tls(edge: EdgeSettings, region: str) -> bool:
    """Whether the load balancer itself has a certificate.

    It needs a domain for one; and where the certificate is given, one that is in the load balancer's own region.
    """
    if edge.domain is None:
        return False
    return edge.certificate_arn is None or edge.ingress is IngressKind.ALB or region == CLOUDFRONT_REGION


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """How two regions share the domain.

    Args:
        other: the other region.
        nearest: whether users get the region that is nearest to them, instead of the stack's own.
        path: path that answers 200.
    """

    other: str
    nearest: bool
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a second region takes over of the first.

    Args:
        zone_id: zone of the domain.
        certificate_arn: certificate for the domain, in the second region.
    """

    zone_id: pulumi.Input[str]
    certificate_arn: pulumi.Input[str]


@dataclass(frozen=True, kw_only=True)
class IngressArgs:
    """Where traffic comes from and goes to.

    Args:
        context: names and tags.
        edge: kind of ingress, domain, TLS policy.
        vpc_id: the VPC.
        vpc_cidr: its range.
        subnet_ids: subnets of the load balancer: public ones for `alb`, private ones for `cloudfront`.
        security_group_id: group of the load balancer.
        routes: the services that requests reach.
        logs: how the firewall's log is kept.
        protect: refuse to delete the load balancer, its logs, static files and the zone.
        health_check_path: path that answers 200, for the check from outside.
        files_key_arn: KMS key of static files; None for S3's own.
        sharing: the region that shares the domain with this one, and how; None for none.
        given: the zone and the certificate that the stack has made in its own region; None there.
    """

    context: Context
    edge: EdgeSettings
    vpc_id: pulumi.Input[str]
    vpc_cidr: str
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    routes: Sequence[RouteSpec]
    logs: LogPolicy
    protect: bool
    health_check_path: str = "/health"
    files_key_arn: pulumi.Input[str] | None = None
    sharing: Sharing | None = None
    given: Given | None = None


class Ingress(pulumi.ComponentResource):
    """A load balancer and what leads to it: certificates, DNS, CloudFront.

    Attributes:
        load_balancer: the load balancer, public or behind CloudFront.
        url: address of the product.
        outputs: the URL, and the certificate and DNS facts that a user must act on.
        elsewhere: what a second region takes over; None where the domain is not shared.
    """

    load_balancer: LoadBalancer
    url: pulumi.Output[str]
    outputs: dict[str, pulumi.Input[object]]
    elsewhere: Given | None

    def __init__(self, name: str, args: IngressArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Ingress", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        edge, cloudfront = args.edge, args.edge.ingress is IngressKind.CLOUDFRONT
        zone = _new_zone(name, args, child)
        zone_id = zone.zone_id if zone else args.given.zone_id if args.given else edge.hosted_zone_id
        tls = _tls(name, args, zone_id, child)
        self.elsewhere = None
        if zone_id is not None and tls.elsewhere is not None:
            self.elsewhere = Given(zone_id=zone_id, certificate_arn=tls.elsewhere)
        self._distribution: Distribution | None = None
        self._files: Files | None = None
        self._cdn_files: dict[str, pulumi.Input[object]] = {}
        self.load_balancer = LoadBalancer(
            f"{name}-lb",
            LoadBalancerArgs(
                context=args.context,
                edge=edge,
                internal=cloudfront,
                vpc_id=args.vpc_id,
                vpc_cidr=args.vpc_cidr,
                subnet_ids=args.subnet_ids,
                security_group_id=args.security_group_id,
                certificate_arn=tls.origin,
                routes=args.routes,
                protect=args.protect,
                cdn_logs=edge.uses_cloudfront,
            ),
            opts=child,
        )
        # The firewall stands at the outermost point: on CloudFront, or on a public load balancer.
        web_acl = _web_acl(name, args, None if cloudfront else self.load_balancer.arn, child) if edge.waf else None
        self._web_acl, self._certificates = web_acl, _watched(tls, args.context.region)
        target = Target(self.load_balancer.dns_name, self.load_balancer.zone_id)
        if cloudfront:
            target = self._cloudfront(name, args, tls, web_acl)
        elif edge.serves_files:
            self._files = Files(name, self._files_args(args), zone_id, child)
        host = pulumi.Output.from_input(edge.domain or target.host)
        self._check = _health_check(name, args, host, child) if edge.dns.health_check else None
        if edge.domain and zone_id is not None:
            Alias(
                f"{name}-alias",
                AliasArgs(
                    zone_id=zone_id,
                    domain=edge.domain,
                    target=target.host,
                    target_zone_id=target.zone_id,
                    evaluate_health=not cloudfront,
                    ipv6=cloudfront,
                    failover=_failover(edge, zone_id, self._check),
                    share=self._share(name, args, child),
                ),
                opts=child,
            )
        self.url = pulumi.Output.concat("https://", host)
        files = self._files.outputs if self._files else self._cdn_files
        self.outputs = {"url": self.url, **tls.outputs, **_dns_outputs(edge, zone, zone_id, target), **files}
        self.register_outputs({"url": self.url})

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on what users see of the load balancer, of CloudFront and the firewall where there are any."""
        cdn = self._distribution.alarms(thresholds) if self._distribution else []
        firewall = self._web_acl.alarms(thresholds) if self._web_acl else []
        files = self._files.alarms(thresholds) if self._files else []
        check = self._check.alarms() if self._check else []
        outermost = [*cdn, *firewall, *files, *check]
        return [*self.load_balancer.alarms(thresholds), *outermost, *self._expiry(thresholds.certificate_days)]

    def _expiry(self, days: int) -> list[AlarmSpec]:
        """Certificates that ACM did not renew in time."""
        return [
            AlarmSpec(
                key="certificate-ends",
                subject=region,
                title=f"the certificate in {region} ends within {days} days, and ACM has not renewed it",
                namespace="AWS/CertificateManager",
                metric="DaysToExpiry",
                dimensions={"CertificateArn": arn},
                statistic="Minimum",
                threshold=days,
                comparison=Comparison.BELOW,
                periods=1,
                period_seconds=86_400,
                region=region,
                severity=Severity.HIGH,
            )
            for region, arn in self._certificates.items()
        ]

    def composites(self) -> list[CompositeSpec]:
        """One alarm for the ways in which a service answers badly."""
        return [one for route in self.load_balancer.routes.values() for one in route.composites()]

    def graphs(self) -> dict[Audience, list[Graph]]:
        """What each audience wants to see of the way in."""
        service = [graph for route in self.load_balancer.routes.values() for graph in route.graphs()]
        cdn = self._distribution.graphs() if self._distribution else []
        files = self._files.graphs() if self._files else []
        return {
            Audience.SERVICE: [*service, *cdn[:2]],
            Audience.EDGE: [*service, *self.load_balancer.graphs(), self.load_balancer.capacity(), *cdn, *files],
            Audience.SECURITY: self._web_acl.graphs() if self._web_acl else [],
            Audience.COST: [self.load_balancer.capacity()],
        }

    def _files_args(self, args: IngressArgs) -> FilesArgs:
        return FilesArgs(
            context=args.context,
            edge=args.edge,
            load_balancer=self.load_balancer,
            logs=args.logs,
            protect=args.protect,
            key_arn=args.files_key_arn,
        )

    def _share(self, name: str, args: IngressArgs, child: pulumi.ResourceOptions) -> Share | None:
        sharing, home = args.sharing, args.given is None
        if sharing is None:
            return None
        check = None
        if home and not sharing.nearest:
            watched = HomeCheckArgs(context=args.context, host=self.load_balancer.dns_name, path=sharing.path)
            check = HomeCheck(f"{name}-home", watched, opts=child).id
        return Share(region=args.context.region, home=home, nearest=sharing.nearest, health_check_id=check)

    def _cloudfront(self, name: str, args: IngressArgs, tls: Tls, web_acl: WebAcl | None) -> Target:
        child, belongs = pulumi.ResourceOptions(parent=self), self._files_args(args)
        files = static_files(name, belongs, child) if args.edge.serves_files else None
        self._distribution = distribution = Distribution(
            f"{name}-cdn",
            DistributionArgs(
                context=args.context,
                load_balancer_arn=self.load_balancer.arn,
                load_balancer_dns_name=self.load_balancer.dns_name,
                origin_tls=tls.origin is not None,
                domain=args.edge.domain,
                certificate_arn=tls.cdn,
                web_acl_arn=web_acl.arn if web_acl else None,
                files=files,
                file_paths=args.edge.assets.paths,
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(self.load_balancer.listeners.values())),
        )
        cdn_logs(f"{name}-cdn", "application", belongs, distribution.arn, child)
        if files:
            self._cdn_files = {"filesBucket": files.bucket}
        return Target(distribution.dns_name, pulumi.Output.from_input(DISTRIBUTION_ZONE))


@dataclass(frozen=True, slots=True)
class Target:
    """What the domain leads to: a host name, and the Route 53 zone of that name."""

    host: pulumi.Output[str]
    zone_id: pulumi.Output[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The certificates of a stack's ways in.

    Args:
        cdn: CloudFront's; None without a domain, and without CloudFront.
        origin: the load balancer's own; None where it speaks plain HTTP to CloudFront.
        outputs: what the owner of the domain must know.
        elsewhere: the certificate in the region that shares the domain; None without one.
    """

    cdn: pulumi.Input[str] | None
    origin: pulumi.Input[str] | None
    outputs: Mapping[str, pulumi.Input[object]]
    elsewhere: pulumi.Input[str] | None = None


def _watched(tls: Tls, region: str) -> dict[str, pulumi.Input[str]]:
    """Region → the certificate there; CloudFront's is in us-east-1."""
    found = {} if tls.origin is None else {region: tls.origin}
    return found if tls.cdn is None else {**found, CLOUDFRONT_REGION: tls.cdn}


def _new_zone(name: str, args: IngressArgs, child: pulumi.ResourceOptions) -> HostedZone | None:
    """A zone for the domain, unless one is given or the domain's DNS is elsewhere."""
    edge = args.edge
    if edge.domain is None or edge.hosted_zone_id is not None or edge.certificate_arn is not None or args.given:
        return None
    zone = HostedZoneArgs(context=args.context, domain=edge.domain, keep=args.protect)
    return HostedZone(f"{name}-dns", zone, opts=child)


def _dns_outputs(
    edge: EdgeSettings, zone: HostedZone | None, zone_id: pulumi.Input[str] | None, target: Target
) -> dict[str, pulumi.Input[object]]:
    """The records that only somebody else can make."""
    if zone:
        return {"nameServers": zone.name_servers}
    if edge.domain and zone_id is None:
        return {"dnsRecord": {"name": edge.domain, "type": "CNAME", "value": target.host}}
    return {}


def _tls(name: str, args: IngressArgs, zone_id: pulumi.Input[str] | None, child: pulumi.ResourceOptions) -> Tls:
    """Certificates for CloudFront and the load balancer, one where both are in one region."""
    edge, region = args.edge, args.context.region
    cloudfront, origin_tls = edge.ingress is IngressKind.CLOUDFRONT, speaks_tls(edge, region)
    if args.given is not None:
        return Tls(cdn=None, origin=args.given.certificate_arn, outputs={})
    if edge.domain is None or edge.certificate_arn is not None or zone_id is None:
        given = edge.certificate_arn
        return Tls(cdn=given if cloudfront else None, origin=given if origin_tls else None, outputs={})
    regions = [CLOUDFRONT_REGION] if cloudfront else []
    shared = [args.sharing.other] if args.sharing else []
    made = Certificates(
        f"{name}-tls",
        CertificatesArgs(
            context=args.context,
            domain=edge.domain,
            zone_id=zone_id,
            regions=list(dict.fromkeys([*regions, region, *shared])),
        ),
        opts=child,
    )
    return Tls(
        cdn=made.arns[CLOUDFRONT_REGION] if cloudfront else None,
        origin=made.arns[region],
        outputs={"certificateArn": made.arns[region], "certificateProof": made.proof},
        elsewhere=made.arns[args.sharing.other] if args.sharing else None,
    )


def _web_acl(
    name: str, args: IngressArgs, load_balancer_arn: pulumi.Input[str] | None, child: pulumi.ResourceOptions
) -> WebAcl:
    acl = web_acl_args(args.context, args.edge, args.logs, load_balancer_arn=load_balancer_arn)
    return WebAcl(f"{name}-waf", acl, opts=child)


def _health_check(name: str, args: IngressArgs, host: pulumi.Output[str], child: pulumi.ResourceOptions) -> HealthCheck:
    check = HealthCheckArgs(context=args.context, host=host, path=args.health_check_path)
    return HealthCheck(f"{name}-health", check, opts=child)


def _failover(edge: EdgeSettings, zone_id: pulumi.Input[str], check: HealthCheck | None) -> Failover | None:
    """The second place of the domain; a name in the same zone needs no other zone."""
    if edge.dns.failover is None or check is None:
        return None
    second = edge.dns.failover_zone_id or zone_id
    return Failover(target=edge.dns.failover, target_zone_id=second, health_check_id=check.check_id)
