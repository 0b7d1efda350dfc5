"""The domain: its Route 53 zone and the alias that leads to the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

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


DISTRIBUTION_ZONE: Final = "Z2FDTNDATAQYW2"
"""Route 53 zone of every distribution's name (Route 53 API reference, AliasTarget)."""

_PRIMARY: Final = "PRIMARY"
_SECONDARY: Final = "SECONDARY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failover:
    """Where a host name leads to while its first target fails.

    Args:
        target: host name of the second place.
        target_zone_id: zone of that name.
        health_check_id: the check that says when.
    """

    target: str
    target_zone_id: pulumi.Input[str]
    health_check_id: pulumi.Input[str]


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
        failover: a second place; None for none.
        share: this region's part of the name; None where no other region answers for it.
    """

    zone_id: pulumi.Input[str]
    domain: str
    target: pulumi.Input[str]
    target_zone_id: pulumi.Input[str]
    evaluate_health: bool
    ipv6: bool
    failover: Failover | None = None
    share: Share | None = None


class Alias(pulumi.ComponentResource):
    """Alias records of a host name; queries for them are free."""

    def __init__(self, name: str, args: AliasArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Alias", name, None, opts)
        for kind in ("A", "AAAA") if args.ipv6 else ("A",):
            first = aws.route53.RecordAliasArgs(
                name=args.target, zone_id=args.target_zone_id, evaluate_target_health=args.evaluate_health
            )
            self._record(f"{name}-{kind.lower()}", kind, args, first, _PRIMARY)
            if args.failover is not None:
                # Where both are ill, Route 53 answers with the first; of CloudFront it can't tell.
                second = aws.route53.RecordAliasArgs(
                    name=args.failover.target,
                    zone_id=args.failover.target_zone_id,
                    evaluate_target_health=args.failover.target_zone_id != DISTRIBUTION_ZONE,
                )
                self._record(f"{name}-{kind.lower()}-second", kind, args, second, _SECONDARY)
        self.register_outputs({})

    def _record(self, name: str, kind: str, args: AliasArgs, target: aws.route53.RecordAliasArgs, role: str) -> None:
        aws.route53.Record(
            name,
            zone_id=args.zone_id,
            name=args.domain,
            type=kind,
            aliases=[target],
            # A name is either simple or one of two: Route 53 takes no record of the other kind beside it.
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
            **_chosen(args, role),
        )


def _chosen(args: AliasArgs, role: str) -> dict[str, Any]:
    """When Route 53 answers with one of several targets."""
    if args.share is not None:
        return _routed(args.share)
    if args.failover is None:
        return {}
    return {
        "set_identifier": role.lower(),
        "failover_routing_policies": [aws.route53.RecordFailoverRoutingPolicyArgs(type=role)],
        "health_check_id": args.failover.health_check_id if role == _PRIMARY else None,
    }


def _routed(share: Share) -> dict[str, Any]:
    """When Route 53 answers with a region."""
    found: dict[str, Any] = {"set_identifier": share.region, "health_check_id": share.health_check_id}
    if share.nearest:
        return {**found, "latency_routing_policies": [aws.route53.RecordLatencyRoutingPolicyArgs(region=share.region)]}
    kind = _PRIMARY if share.home else _SECONDARY
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
