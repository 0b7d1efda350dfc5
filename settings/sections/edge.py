"""How users reach the application."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import Assets, Ingress
from settings.fields import CertificateArn, CookieName, DomainName, HostedZoneId, TlsPolicy, WebOrigin, distinct
from settings.sections.front.assets import AssetSettings
from settings.sections.front.dns import DnsSettings
from settings.sections.front.firewall import FirewallSettings


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
            "Log group",
            data="the log of the firewall before static files",
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
    cors_origins: Annotated[tuple[WebOrigin, ...], AfterValidator(distinct)] = setting(
        (),
        "sites whose scripts may read static files and the API at API Gateway; the site's own domain may in any case",
        max_length=20,
        changes=IN_PLACE,
    )
    maintenance: bool = setting(
        False,
        "answer every request with 503 instead of leading it to a service; health checks go on",
        changes=in_place(downtime="users see the page of maintenance while it is on"),
    )
    assets: AssetSettings = setting(AssetSettings, "static files behind CloudFront")
    firewall: FirewallSettings = setting(FirewallSettings, "what the firewall looks for")
    dns: DnsSettings = setting(DnsSettings, "what Route 53 asks and answers")

    @property
    def files_domain(self) -> str | None:
        """Host name of static files beside a public load balancer; None where there is no domain."""
        if self.assets.domain is not None:
            return self.assets.domain
        return None if self.domain is None else f"static.{self.domain}"

    @property
    def serves_files(self) -> bool:
        """Whether there is a bucket of static files: where wanted, or with `auto` where a certificate can be had."""
        if self.assets.mode is not Assets.AUTO:
            return self.assets.mode is Assets.ON
        if self.ingress is Ingress.CLOUDFRONT or self.assets.certificate_arn is not None:
            return True
        return self.domain is not None and self.certificate_arn is None

    @property
    def uses_cloudfront(self) -> bool:
        """Whether anything of the stack is at CloudFront."""
        return self.ingress is Ingress.CLOUDFRONT or self.serves_files
