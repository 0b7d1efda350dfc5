"""Static files, served from a private bucket by CloudFront."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, removes, replaces
from settings.enums import Assets
from settings.fields import CertificateArn, DomainName, PathPattern, distinct


class AssetSettings(Section):
    """Static files and the user interface: a private bucket that CloudFront alone reads."""

    mode: Assets = setting(
        Assets.OFF,
        "whether there is a bucket of static files; auto: wherever CloudFront has a certificate, or needs none",
        cost="no fixed charge; with a public load balancer, a firewall before it if edge.waf is on ($11 a month)",
        changes=removes(
            "CloudFront",
            "S3 bucket",
            "Log group",
            data="the files, and the log of the firewall before them",
            downtime="minutes, until CloudFront no longer asks the bucket",
        ),
    )
    paths: Annotated[tuple[PathPattern, ...], AfterValidator(distinct)] = setting(
        ("/static/*", "/assets/*"),
        "requests that the bucket answers where CloudFront stands before the application as well; the keys of files "
        "begin with these paths",
        min_length=1,
        max_length=20,
        changes=IN_PLACE,
    )
    domain: DomainName | None = setting(
        None,
        "host name of static files where the load balancer is public; static. before edge.domain without it",
        changes=replaces("TLS certificate", "Route 53", downtime="the old name stops answering"),
    )
    certificate_arn: CertificateArn | None = setting(
        None,
        "an issued certificate in us-east-1 for that name, where its DNS is elsewhere",
        changes=replaces("TLS certificate"),
    )
    cache_seconds: int = setting(
        86_400,
        "how long CloudFront keeps a file that does not say so itself by Cache-Control",
        unit="seconds",
        ge=0,
        le=31_536_000,
        changes=IN_PLACE,
    )
    single_page: bool = setting(
        False,
        "answer every path that is no file with /index.html, as an application in the browser wants it; public load "
        "balancer alone",
        changes=IN_PLACE,
    )
