"""The domain: its Route 53 zone and the alias that leads to the edge."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    zone_id: pulumi.Input[str]
    domain: str
    target: pulumi.Input[str]
    target_zone_id: pulumi.Input[str]
    evaluate_health: bool
    ipv6: bool


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
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({})
