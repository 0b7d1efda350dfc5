"""CloudFront in front of a load balancer that has no public address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.edge.web_acl import CLOUDFRONT_REGION
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Severity
from settings.sections.observability import AlarmSettings

# Ids of AWS's managed policies (CloudFront developer guide, "Use managed cache policies" and "… origin request
# policies"): the same in every account, so no look-up is needed.
_CACHING_DISABLED: Final = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
_ALL_VIEWER: Final = "216adef6-5c7f-47e4-b989-5492eafa07d3"

DISTRIBUTION_ZONE: Final = "Z2FDTNDATAQYW2"
"""Route 53 zone of every distribution's name (Route 53 API reference, AliasTarget)."""


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
        headers = _response_headers(name, context, child)
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
                )
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
            restrictions=aws.cloudfront.DistributionRestrictionsArgs(
                geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
            ),
            web_acl_id=args.web_acl_arn,
            viewer_certificate=_viewer_certificate(args.certificate_arn),
            tags=context.tags(name),
            opts=child,
        )
        self.dns_name = distribution.domain_name
        self.distribution_id = distribution.id
        self.register_outputs({"dns_name": self.dns_name})

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """An alarm on what users see of CloudFront: it also answers where its origin can't be reached."""
        return [
            AlarmSpec(
                key="cdn-errors",
                title="CloudFront answers with 5xx",
                namespace="AWS/CloudFront",
                metric="5xxErrorRate",
                dimensions={"DistributionId": self.distribution_id, "Region": "Global"},
                statistic="Average",
                threshold=thresholds.cdn_error_percent,
                periods=5,
                region=CLOUDFRONT_REGION,
                severity=Severity.CRITICAL,
            )
        ]

    def graphs(self) -> list[Graph]:
        """What users see of CloudFront."""
        here = {"DistributionId": self.distribution_id, "Region": "Global"}

        def line(metric: str, statistic: str) -> Metric:
            return Metric(namespace="AWS/CloudFront", metric=metric, dimensions=here, statistic=statistic)

        errors = [line(f"{status}ErrorRate", "Average") for status in ("4xx", "5xx")]
        return [
            Graph(
                title="Requests to CloudFront, per minute", lines=[line("Requests", "Sum")], region=CLOUDFRONT_REGION
            ),
            Graph(title="Errors that users see, %", lines=errors, region=CLOUDFRONT_REGION),
            Graph(title="Bytes to users", lines=[line("BytesDownloaded", "Sum")], region=CLOUDFRONT_REGION),
        ]


def _response_headers(
    name: str, context: Context, child: pulumi.ResourceOptions
) -> aws.cloudfront.ResponseHeadersPolicy:
    security = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs(
        strict_transport_security=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
            access_control_max_age_sec=31_536_000, include_subdomains=True, override=True
        ),
        content_type_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
            override=True
        ),
        frame_options=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigFrameOptionsArgs(
            frame_option="SAMEORIGIN", override=False
        ),
        referrer_policy=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
            referrer_policy="strict-origin-when-cross-origin", override=False
        ),
    )
    return aws.cloudfront.ResponseHeadersPolicy(
        f"{name}-headers",
        name=context.physical_name("headers", limit=128),
        comment="HSTS and the usual security headers",
        security_headers_config=security,
        opts=child,
    )


def _viewer_certificate(
    certificate_arn: pulumi.Input[str] | None,
) -> aws.cloudfront.DistributionViewerCertificateArgs:
    if certificate_arn is None:
        # CloudFront's own certificate fixes the protocol at its default; only an own domain can raise it.
        return aws.cloudfront.DistributionViewerCertificateArgs(cloudfront_default_certificate=True)
    return aws.cloudfront.DistributionViewerCertificateArgs(
        acm_certificate_arn=certificate_arn, minimum_protocol_version="TLSv1.2_2021", ssl_support_method="sni-only"
    )
