"""Partitions, domains and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import Assets, BotControl, Ingress
from settings.offers.regions import partition
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings


def partitions(settings: Settings) -> Iterator[Problem]:
    """Services and ARNs of another partition than the region's."""
    own, edge = partition(settings.region), settings.edge
    if edge.ingress is Ingress.CLOUDFRONT and own != "aws":
        yield Problem(
            "ascent:edge.ingress",
            "cloudfront",
            f"the partition of {settings.region} has no CloudFront VPC origins",
            "set ascent:edge.ingress: alb",
        )
    arns = {f"compute.secrets.{variable}": arn for variable, arn in settings.compute.secrets.items()}
    logs = settings.observability.logs
    arns |= {
        "edge.certificateArn": edge.certificate_arn or "",
        "observability.logs.streamArn": logs.stream_arn or "",
        "observability.logs.forwarding.secretArn": logs.forwarding.secret_arn or "",
        "observability.logs.forwarding.secretKeyArn": logs.forwarding.secret_key_arn or "",
        "observability.logs.forwarding.domainArn": logs.forwarding.domain_arn or "",
        "observability.logs.errorTracking.secretArn": logs.error_tracking.secret_arn or "",
    }
    for path, arn in arns.items():
        if arn and not is_sealed(arn) and arn.split(":")[1] != own:
            wanted = f"{settings.region} is in the partition {own}"
            yield Problem(f"ascent:{path}", arn, wanted, f"name one that starts with arn:{own}:")


def domain(settings: Settings) -> Iterator[Problem]:
    """What needs a domain and has none, and certificates in the wrong region."""
    edge = settings.edge
    if edge.domain is None:
        if edge.ingress is Ingress.ALB:
            yield Problem(
                "ascent:edge.domain",
                "missing",
                "a public load balancer needs a domain for its certificate (ascent:edge.ingress is alb)",
                "set ascent:edge.domain: app.example.com, or ascent:edge.ingress: cloudfront",
            )
        for field, value in (("hostedZoneId", edge.hosted_zone_id), ("certificateArn", edge.certificate_arn)):
            if value is not None:
                yield Problem(
                    f"ascent:edge.{field}",
                    value,
                    "it is of no use without a domain",
                    "set ascent:edge.domain",
                )
        return
    wanted = "us-east-1" if edge.ingress is Ingress.CLOUDFRONT else settings.region
    if edge.certificate_arn is not None and not is_sealed(edge.certificate_arn):
        region = edge.certificate_arn.split(":")[3]
        if region != wanted:
            yield Problem(
                "ascent:edge.certificateArn",
                f"a certificate in {region}",
                f"{edge.ingress.value} reads certificates from {wanted}",
                f"issue it in {wanted}",
            )


def assets(settings: Settings) -> Iterator[Problem]:
    """Static files without a certificate, and what of their settings does nothing."""
    edge, assets = settings.edge, settings.edge.assets
    path, public = "ascent:edge.assets", edge.ingress is Ingress.ALB
    arn = assets.certificate_arn
    if arn is not None and not is_sealed(arn) and arn.split(":")[3] != "us-east-1":
        region = arn.split(":")[3]
        wanted = "CloudFront reads certificates from us-east-1"
        yield Problem(f"{path}.certificateArn", f"a certificate in {region}", wanted, "issue it in us-east-1")
    if assets.mode is Assets.ON and public and edge.certificate_arn is not None and arn is None:
        wanted = "static files beside a public load balancer need a certificate of their own, and your DNS is elsewhere"
        fix = f"set {path}.certificateArn to one in us-east-1, or {path}.mode: auto"
        yield Problem(f"{path}.mode", "on", wanted, fix)
    if assets.domain is not None and assets.domain == edge.domain:
        wanted = "the load balancer answers for it"
        yield Problem(f"{path}.domain", assets.domain, wanted, f"choose another, such as static.{edge.domain}")
    if public:
        return
    given = {"domain": assets.domain, "certificateArn": arn, "singlePage": assets.single_page or None}
    for field, value in given.items():
        if value is not None:
            shown = "true" if value is True else str(value)
            wanted = "CloudFront serves static files and the application under one name (ascent:edge.ingress)"
            yield Problem(f"{path}.{field}", shown, wanted, "remove it, or set ascent:edge.ingress: alb")


def firewall(settings: Settings) -> Iterator[Problem]:
    """Rules of a firewall that is off, and such as exclude each other."""
    edge, rules = settings.edge, settings.edge.firewall
    path = "ascent:edge.firewall"
    if rules.blocked_countries and rules.allowed_countries:
        wanted = "countries are either blocked or the only ones allowed"
        yield Problem(f"{path}.blockedCountries", ", ".join(rules.blocked_countries), wanted, "remove one of the lists")
    if not edge.waf:
        on = {
            "botControl": rules.bot_control is not BotControl.OFF,
            "blockedCountries": bool(rules.blocked_countries),
            "allowedCountries": bool(rules.allowed_countries),
            "allowedRanges": bool(rules.allowed_ranges),
        }
        for field in (name for name, given in on.items() if given):
            yield Problem(f"{path}.{field}", "set", "the firewall is off", "set ascent:edge.waf: true")


def failover(settings: Settings) -> Iterator[Problem]:
    """A second place that nobody would ever be led to."""
    edge, dns = settings.edge, settings.edge.dns
    path = "ascent:edge.dns"
    if dns.failover is None:
        if dns.failover_zone_id is not None:
            fix = f"set {path}.failover to the host name"
            yield Problem(f"{path}.failoverZoneId", dns.failover_zone_id, "there is nowhere to fail over to", fix)
        return
    if not dns.health_check:
        wanted = "only a health check says when to fail over"
        yield Problem(f"{path}.failover", dns.failover, wanted, f"set {path}.healthCheck: true")
    if edge.domain is None or (edge.hosted_zone_id is None and edge.certificate_arn is not None):
        wanted = "its records belong into a zone of the domain that this stack writes"
        yield Problem(f"{path}.failover", dns.failover, wanted, "set ascent:edge.domain and ascent:edge.hostedZoneId")
    elif dns.failover == edge.domain:
        yield Problem(f"{path}.failover", dns.failover, "it is the domain itself", "name another host")
