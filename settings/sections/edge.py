"""How users reach the application."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import Ingress
from settings.fields import CertificateArn, CookieName, DomainName, HostedZoneId, TlsPolicy


class EdgeSettings(Section):
    """How users reach the application."""

    ingress: Ingress = setting(
        Ingress.CLOUDFRONT,
        "cloudfront: CloudFront to an internal load balancer, HTTPS without a domain; alb: a public load balancer",
        cost="load balancer from $16.43 a month; alb adds $3.65 per zone for public addresses",
        changes=replaces(
            "Load balancer",
            "Target group",
            "CloudFront",
            downtime="minutes, until DNS and the new load balancer's targets answer; with alb, clients that have "
            "IPv6 alone lose their record",
        ),
    )
    domain: DomainName | None = setting(
        None,
        "host name that users type; required for a public load balancer",
        changes=replaces("TLS certificate", "Route 53", downtime="the old name stops answering"),
    )
    hosted_zone_id: HostedZoneId | None = setting(
        None,
        "Route 53 zone that holds the domain; without it a zone is made for the domain",
        cost="$0.50 a month per zone",
        changes=replaces("Route 53", downtime="until the domain's name servers are those of the other zone"),
    )
    certificate_arn: CertificateArn | None = setting(
        None,
        "an issued ACM certificate to use instead of a new one, for domains whose DNS is elsewhere",
        changes=replaces("TLS certificate"),
    )
    tls_policy: TlsPolicy = setting(
        "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        "TLS policy of the load balancer's HTTPS listener",
        changes=IN_PLACE,
    )
    waf: bool = setting(
        False,
        "a web application firewall with AWS's managed rules and rate limits",
        cost="$11 a month plus $0.60 per million requests",
        changes=removes("AWS WAF", "Log group", data="the log of the firewall"),
    )
    rate_limit: int = setting(
        2000,
        "requests from one address before the firewall blocks it",
        unit="per 5 minutes",
        ge=10,
        le=2_000_000_000,
        changes=IN_PLACE,
        needs=("edge.waf", True),
    )
    session_rate_limit: int = setting(
        500,
        "requests of one session before the firewall blocks it",
        unit="per 5 minutes",
        ge=10,
        le=2_000_000_000,
        changes=IN_PLACE,
        needs=("edge.waf", True),
    )
    session_cookie: CookieName = setting(
        "session_id", "cookie that names a session", changes=IN_PLACE, needs=("edge.waf", True)
    )
    access_log_retention_days: int = setting(
        90,
        "how long access logs stay in S3",
        unit="days",
        ge=1,
        le=3653,
        changes=in_place(data="older access logs", lowered=True),
    )
    idle_timeout_seconds: int = setting(
        60, "idle time before a connection is closed", unit="seconds", ge=1, le=4000, changes=IN_PLACE
    )
