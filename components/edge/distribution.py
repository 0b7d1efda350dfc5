"""CloudFront in front of a load balancer that has no public address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.edge.response_headers import response_headers
from components.edge.static_files import NOT_WELL, StaticFiles, error_page
from components.edge.web_acl import CLOUDFRONT_REGION
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Severity
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ids of AWS's managed policies (CloudFront developer guide, "Use managed cache policies" and "… origin request
# policies"): the same in every account, so no look-up is needed.
_CACHING_DISABLED: Final = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
_ALL_VIEWER: Final = "216adef6-5c7f-47e4-b989-5492eafa07d3"


@dataclass(frozen=True, kw_only=True)
class DistributionArgs:
    """What CloudFront stands for.

    Args:
        context: names and tags.
        load_balancer_arn: the internal load balancer.
        load_balancer_dns_name: its host name.
        origin_tls: speak HTTPS to the load balancer; it then needs a certificate for `domain`.
        domain: host name of the site; None for CloudFront's own.
        certificate_arn: certificate in us-east-1 for the domain.
        web_acl_arn: web ACL of scope CLOUDFRONT; None for none.
        files: static files that it serves as well; None for none.
        file_paths: paths that are files.

    Raises:
        ValueError: a domain without a certificate, or the other way round.
    """

    context: Context
    load_balancer_arn: pulumi.Input[str]
    load_balancer_dns_name: pulumi.Input[str]
    origin_tls: bool
    domain: str | None = None
    certificate_arn: pulumi.Input[str] | None = None
    web_acl_arn: pulumi.Input[str] | None = None
    files: StaticFiles | None = None
    file_paths: Sequence[str] = ()

    def __post_init__(self) -> None:
        if (self.domain is None) != (self.certificate_arn is None):
            raise ValueError("a distribution takes a domain and its certificate together, or neither")


class Distribution(pulumi.ComponentResource):
    """A distribution with a VPC origin: HTTPS for users, no public load balancer. Free up to 1 TB a month.

    Attributes:
        dns_name: CloudFront's name of the distribution.
        distribution_id: its id, for invalidations and metrics.
    """

    dns_name: pulumi.Output[str]
    distribution_id: pulumi.Output[str]

    def __init__(self, name: str, args: DistributionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:Distribution", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        origin = aws.cloudfront.VpcOrigin(
            f"{name}-origin",
            vpc_origin_endpoint_config=aws.cloudfront.VpcOriginVpcOriginEndpointConfigArgs(
                name=context.physical_name("origin", "https" if args.origin_tls else "http", limit=64),
                arn=args.load_balancer_arn,
                http_port=80,
                https_port=443,
                origin_protocol_policy="https-only" if args.origin_tls else "http-only",
                origin_ssl_protocols=aws.cloudfront.VpcOriginVpcOriginEndpointConfigOriginSslProtocolsArgs(
                    items=["TLSv1.2"], quantity=1
                ),
            ),
            tags=context.tags(f"{name}-origin"),
            # CloudFront refuses to change an origin that a distribution uses: a new one takes its place.
            opts=pulumi.ResourceOptions(parent=self, replace_on_changes=["vpcOriginEndpointConfig"]),
        )
        headers = response_headers(name, context, child)
        distribution = aws.cloudfront.Distribution(
            f"{name}-cdn",
            enabled=True,
            comment=f"{context.application} {context.environment}",
            is_ipv6_enabled=True,
            http_version="http2and3",
            price_class="PriceClass_100",
            aliases=[args.domain] if args.domain else None,
            origins=[
                aws.cloudfront.DistributionOriginArgs(
                    origin_id="application",
                    domain_name=args.load_balancer_dns_name,
                    vpc_origin_config=aws.cloudfront.DistributionOriginVpcOriginConfigArgs(vpc_origin_id=origin.id),
                ),
                *([args.files.origin()] if args.files else []),
            ],
            default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
                target_origin_id="application",
                viewer_protocol_policy="redirect-to-https",
                allowed_methods=["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
                cached_methods=["GET", "HEAD"],
                compress=True,
                cache_policy_id=_CACHING_DISABLED,
                origin_request_policy_id=_ALL_VIEWER,
                response_headers_policy_id=headers.id,
            ),
            ordered_cache_behaviors=_files(args),
            # The load balancer's own errors, those of maintenance among them.
            custom_error_responses=[error_page(code, NOT_WELL) for code in (502, 503, 504)] if args.files else None,
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
            ),
            web_acl_id=args.web_acl_arn,
            viewer_certificate=viewer_certificate(args.certificate_arn),
            tags=context.tags(name),
            opts=child,
        )
        self.dns_name = distribution.domain_name
        self.distribution_id, self._arn = distribution.id, distribution.arn
        if args.files:
            args.files.admit(distribution.arn)
        self.register_outputs({"dns_name": self.dns_name})

    @property
    def arn(self) -> pulumi.Output[str]:
        """Its ARN."""
        return self._arn

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """An alarm on what users see of CloudFront: it also answers where its origin can't be reached."""
        return [distribution_alarm(self.distribution_id, thresholds)]

    def graphs(self) -> list[Graph]:
        """What users see of CloudFront."""
        return distribution_graphs(self.distribution_id)


def _files(args: DistributionArgs) -> list[aws.cloudfront.DistributionOrderedCacheBehaviorArgs] | None:
    """What the bucket answers: the paths of files, and those of error pages."""
    if args.files is None:
        return None
    return [args.files.behavior(path) for path in dict.fromkeys([*args.file_paths, "/errors/*"])]


def distribution_alarm(
    distribution_id: pulumi.Output[str], thresholds: AlarmSettings, *, subject: str = ""
) -> AlarmSpec:
    """An alarm on errors that a distribution answers.

    Args:
        distribution_id: the distribution.
        thresholds: percent of answers.
        subject: tells the distributions of a stack apart; empty for the application's.
    """
    return AlarmSpec(
        key="cdn-errors",
        subject=subject,
        title=f"CloudFront answers {'for static files ' if subject else ''}with 5xx",
        namespace="AWS/CloudFront",
        metric="5xxErrorRate",
        dimensions={"DistributionId": distribution_id, "Region": "Global"},
        statistic="Average",
        threshold=thresholds.cdn_error_percent,
        periods=5,
        region=CLOUDFRONT_REGION,
        severity=Severity.HIGH if subject else Severity.CRITICAL,
    )


def distribution_graphs(distribution_id: pulumi.Output[str], of: str = "") -> list[Graph]:
    """What users see of a distribution.

    Args:
        distribution_id: the distribution.
        of: what it serves, for titles; empty for the application.
    """
    here, what = {"DistributionId": distribution_id, "Region": "Global"}, f", {of}" if of else ""

    def line(metric: str, statistic: str) -> Metric:
        return Metric(namespace="AWS/CloudFront", metric=metric, dimensions=here, statistic=statistic)

    errors = [line(f"{status}ErrorRate", "Average") for status in ("4xx", "5xx")]
    requests = [line("Requests", "Sum")]
    return [
        Graph(title=f"Requests to CloudFront, per minute{what}", lines=requests, region=CLOUDFRONT_REGION),
        Graph(title=f"Errors that users see, %{what}", lines=errors, region=CLOUDFRONT_REGION),
        Graph(title=f"Bytes to users{what}", lines=[line("BytesDownloaded", "Sum")], region=CLOUDFRONT_REGION),
    ]


def viewer_certificate(
    certificate_arn: pulumi.Input[str] | None,
) -> aws.cloudfront.DistributionViewerCertificateArgs:
    """The certificate that users see, and the oldest TLS that they may speak.

    Args:
        certificate_arn: certificate in us-east-1; None for CloudFront's own.
    """
    if certificate_arn is None:
        # CloudFront's own certificate fixes the protocol at its default; only an own domain can raise it.
        return aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True)
    return aws.cloudfront.DistributionViewerCertificateArgs(
        acm_certificate_arn=certificate_arn, minimum_protocol_version="TLSv1.2_2021", ssl_support_method="sni-only"
    )
