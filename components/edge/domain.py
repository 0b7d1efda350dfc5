"""The domain: its Route 53 zone and the alias that leads to the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context


@dataclass(frozen=True, kw_only=True)
class HostedZoneArgs:
    """Where the domain's DNS is.

    Args:
        context: names and tags.
        domain: host name that the zone answers for.
        keep: protect the zone: a new one has other name servers, and the delegation would break.
    """

    context: Context
    domain: str
    keep: bool = False


class HostedZone(pulumi.ComponentResource):
    """A public zone for the domain; its parent domain must delegate to it. $0.50 a month.

    Attributes:
        zone_id: the zone's id.
        name_servers: servers to put in the parent domain's NS record.
    """

    zone_id: pulumi.Output[str]
    name_servers: pulumi.Output[list[str]]

    def __init__(self, name: str, args: HostedZoneArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:HostedZone", name, None, opts)
        zone = aws.route53.Zone(
            f"{name}-zone",
            name=args.domain,
            comment=f"{args.context.application} {args.context.environment}",
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.keep),
        )
        self.zone_id, self.name_servers = zone.zone_id, zone.name_servers.apply(list)
        self.register_outputs({"zone_id": self.zone_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One region's part of a host name that two regions answer for.

    Args:
        region: the region; it tells the records of one name apart.
        home: whether it is the stack's own region, which answers as long as it is well.
        nearest: whether users get the region that is nearest to them, instead of the stack's own.
        health_check_id: health check that takes the region out of the answers; None for its load balancer's own health.
    """

    region: str
    home: bool
    nearest: bool
    health_check_id: pulumi.Input[str] | None = None


@dataclass(frozen=True, kw_only=True)
class AliasArgs:
    """What a host name leads to.

    Args:
        zone_id: zone that holds the name.
        domain: the name.
        target: host name of the load balancer or distribution.
        target_zone_id: zone of the target's name.
        evaluate_health: stop answering when the target is unhealthy; CloudFront does not allow it.
        ipv6: also answer AAAA queries.
        share: this region's part of the name; None where no other region answers for it.
    """

    zone_id: pulumi.Input[str]
    domain: str
    target: pulumi.Input[str]
    target_zone_id: pulumi.Input[str]
    evaluate_health: bool
    ipv6: bool
    share: Share | None = None


class Alias(pulumi.ComponentResource):
    """Alias records of a host name; queries for them are free."""

    def __init__(self, name: str, args: AliasArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Alias", name, None, opts)
        for kind in ("A", "AAAA") if args.ipv6 else ("A",):
            aws.route53.Record(
                f"{name}-{kind.lower()}",
                zone_id=args.zone_id,
                name=args.domain,
                type=kind,
                aliases=[
                    aws.route53.RecordAliasArgs(
                        name=args.target, zone_id=args.target_zone_id, evaluate_target_health=args.evaluate_health
                    )
                ],
                # Route 53 has either one record of a name, or several that are told apart.
                opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True if args.share else None),
                **(_routed(args.share) if args.share else {}),
            )
        self.register_outputs({})


def _routed(share: Share) -> dict[str, Any]:
    """When Route 53 answers with a region."""
    found: dict[str, Any] = {"set_identifier": share.region, "health_check_id": share.health_check_id}
    if share.nearest:
        return {**found, "latency_routing_policies": [aws.route53.RecordLatencyRoutingPolicyArgs(region=share.region)]}
    kind = "PRIMARY" if share.home else "SECONDARY"
    return {**found, "failover_routing_policies": [aws.route53.RecordFailoverRoutingPolicyArgs(type=kind)]}


@dataclass(frozen=True, kw_only=True)
class HomeCheckArgs:
    """What Route 53 looks at to see whether the stack's own region is well.

    Args:
        context: names and tags.
        host: host name of the region's own load balancer.
        path: path that answers 200.
    """

    context: Context
    host: pulumi.Input[str]
    path: str


class HomeCheck(pulumi.ComponentResource):
    """A health check of the stack's own region, from outside: $0.50 a month, $1 for HTTPS.

    A failover switches it off and turns it round, so that it says ill whatever it sees.

    Attributes:
        id: the health check's id.
    """

    id: pulumi.Output[str]

    def __init__(self, name: str, args: HomeCheckArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:HomeCheck", name, None, opts)
        check = aws.route53.HealthCheck(
            f"{name}-check",
            type="HTTPS",
            fqdn=args.host,
            port=443,
            resource_path=args.path,
            request_interval=30,
            failure_threshold=3,
            # The certificate is the domain's, not the load balancer's own; Route 53 does not look at it.
            enable_sni=True,
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["disabled", "invertHealthcheck"]),
        )
        self.id = check.id
        self.register_outputs({"id": self.id})
