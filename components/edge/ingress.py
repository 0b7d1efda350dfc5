"""How users reach the application, whichever way the settings choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.edge.certificate import Certificate, CertificateArgs
from components.edge.distribution import DISTRIBUTION_ZONE, Distribution, DistributionArgs
from components.edge.domain import Alias, AliasArgs, HostedZone, HostedZoneArgs
from components.edge.load_balancer import LoadBalancer, LoadBalancerArgs
from components.edge.web_acl import CLOUDFRONT_REGION, WebAcl, WebAclArgs
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from settings.enums import ComputeKind
from settings.enums import Ingress as IngressKind
from settings.schema import EdgeSettings

if TYPE_CHECKING:
    from collections.abc import Sequence


def speaks_tls(edge: EdgeSettings, region: str) -> bool:
    """Whether the load balancer itself has a certificate.

    It needs a domain for one; and where the certificate is given, one that is in the load balancer's own region.
    """
    if edge.domain is None:
        return False
    return edge.certificate_arn is None or edge.ingress is IngressKind.ALB or region == CLOUDFRONT_REGION


@dataclass(frozen=True, kw_only=True)
class IngressArgs:
    """Where traffic comes from and goes to.

    Args:
        context: names and tags.
        edge: kind of ingress, domain, TLS policy.
        vpc_id: the VPC.
        subnet_ids: subnets of the load balancer: public ones for `alb`, private ones for `cloudfront`.
        security_group_id: group of the load balancer.
        compute: kind of targets.
        port: port of the targets.
        health_check_path: path that answers 200.
        logs: how the firewall's log is kept.
        protect: refuse to delete the load balancer, its logs and the zone.
    """

    context: Context
    edge: EdgeSettings
    vpc_id: pulumi.Input[str]
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    compute: ComputeKind
    port: int
    health_check_path: str
    logs: LogPolicy
    protect: bool


class Ingress(pulumi.ComponentResource):
    """A load balancer and what leads to it: certificates, DNS, CloudFront.

    Attributes:
        load_balancer: the load balancer, public or behind CloudFront.
        url: address of the application.
        outputs: the URL, and the certificate and DNS facts that a user must act on.
    """

    load_balancer: LoadBalancer
    url: pulumi.Output[str]
    outputs: dict[str, pulumi.Input[object]]

    def __init__(self, name: str, args: IngressArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Ingress", name, None, opts)
        self._name, self._args = name, args
        self._child = pulumi.ResourceOptions(parent=self)
        self.outputs = {}
        cloudfront = args.edge.ingress is IngressKind.CLOUDFRONT
        zone_id = self._zone()
        cdn_certificate = self._certificate("cdn", CLOUDFRONT_REGION, zone_id) if cloudfront else None
        origin_certificate = self._origin_certificate(zone_id, cdn_certificate)
        self.load_balancer = LoadBalancer(
            f"{name}-lb",
            LoadBalancerArgs(
                context=args.context,
                edge=args.edge,
                internal=cloudfront,
                vpc_id=args.vpc_id,
                subnet_ids=args.subnet_ids,
                security_group_id=args.security_group_id,
                certificate_arn=origin_certificate,
                compute=args.compute,
                port=args.port,
                health_check_path=args.health_check_path,
                protect=args.protect,
            ),
            opts=self._child,
        )
        web_acl = self._web_acl(for_cloudfront=cloudfront)
        target, target_zone = self.load_balancer.dns_name, self.load_balancer.zone_id
        if cloudfront:
            cdn = self._distribution(cdn_certificate, web_acl, tls=origin_certificate is not None)
            target, target_zone = cdn.dns_name, pulumi.Output.from_input(DISTRIBUTION_ZONE)
        if args.edge.domain and zone_id is not None:
            Alias(
                f"{name}-alias",
                AliasArgs(
                    zone_id=zone_id,
                    domain=args.edge.domain,
                    target=target,
                    target_zone_id=target_zone,
                    evaluate_health=not cloudfront,
                    ipv6=cloudfront,
                ),
                opts=self._child,
            )
        elif args.edge.domain:
            # The domain's DNS is elsewhere: only its owner can make this record.
            self.outputs["dnsRecord"] = {"name": args.edge.domain, "type": "CNAME", "value": target}
        self.url = pulumi.Output.concat("https://", args.edge.domain or target)
        self.outputs["url"] = self.url
        self.register_outputs({"url": self.url})

    def _zone(self) -> pulumi.Input[str] | None:
        """The zone of the domain: the given one, a new one, or None where the DNS is elsewhere."""
        edge, args = self._args.edge, self._args
        if edge.domain is None or edge.hosted_zone_id is not None:
            return edge.hosted_zone_id
        if edge.certificate_arn is not None:
            return None
        zone = HostedZone(
            f"{self._name}-dns",
            HostedZoneArgs(context=args.context, domain=edge.domain, keep=args.protect),
            opts=self._child,
        )
        self.outputs["nameServers"] = zone.name_servers
        return zone.zone_id

    def _certificate(
        self, key: str, region: str, zone_id: pulumi.Input[str] | None, *, write_proof: bool = True
    ) -> pulumi.Input[str] | None:
        """A certificate for the domain in a region: the given one, a new one, or None without a domain."""
        edge = self._args.edge
        if edge.domain is None or edge.certificate_arn is not None or zone_id is None:
            return edge.certificate_arn
        certificate = Certificate(
            f"{self._name}-{key}-tls",
            CertificateArgs(
                context=self._args.context,
                domain=edge.domain,
                zone_id=zone_id,
                region=region,
                write_proof=write_proof,
            ),
            opts=self._child,
        )
        self.outputs["certificateArn"] = certificate.arn
        self.outputs["certificateProof"] = certificate.proof
        return certificate.arn

    def _origin_certificate(
        self, zone_id: pulumi.Input[str] | None, cdn_certificate: pulumi.Input[str] | None
    ) -> pulumi.Input[str] | None:
        """The load balancer's own certificate; CloudFront's serves where both are in one region."""
        args = self._args
        if not speaks_tls(args.edge, args.context.region):
            return None
        if cdn_certificate is None:
            return self._certificate("lb", args.context.region, zone_id)
        if args.context.region == CLOUDFRONT_REGION:
            return cdn_certificate
        return self._certificate("lb", args.context.region, zone_id, write_proof=False)

    def _web_acl(self, *, for_cloudfront: bool) -> WebAcl | None:
        """The firewall, at the outermost point: on CloudFront, or on a public load balancer."""
        args = self._args
        if not args.edge.waf:
            return None
        return WebAcl(
            f"{self._name}-waf",
            WebAclArgs(
                context=args.context,
                rate_limit=args.edge.rate_limit,
                session_rate_limit=args.edge.session_rate_limit,
                session_cookie=args.edge.session_cookie,
                logs=args.logs,
                load_balancer_arn=None if for_cloudfront else self.load_balancer.arn,
            ),
            opts=self._child,
        )

    def _distribution(
        self, certificate_arn: pulumi.Input[str] | None, web_acl: WebAcl | None, *, tls: bool
    ) -> Distribution:
        return Distribution(
            f"{self._name}-cdn",
            DistributionArgs(
                context=self._args.context,
                load_balancer_arn=self.load_balancer.arn,
                load_balancer_dns_name=self.load_balancer.dns_name,
                origin_tls=tls,
                domain=self._args.edge.domain,
                certificate_arn=certificate_arn,
                web_acl_arn=web_acl.arn if web_acl else None,
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.load_balancer.listener]),
        )
