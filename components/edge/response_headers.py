"""Headers that CloudFront adds to every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.context import Context

_YEAR = 31_536_000


def response_headers(
    name: str,
    context: Context,
    child: pulumi.ResourceOptions,
    *,
    key: str = "headers",
    origins: Sequence[str] = (),
) -> aws.cloudfront.ResponseHeadersPolicy:
    """HSTS for a year, no sniffing, no framing by strangers, a referrer policy; and who may read answers by script.

    Args:
        name: start of the logical name.
        context: names.
        child: options that make it a child.
        key: tells the policies of a stack apart.
        origins: sites whose scripts may read answers; without any, the application says it by itself.
    """
    security = aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigArgs(
        strict_transport_security=aws.cloudfront.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
            access_control_max_age_sec=_YEAR, include_subdomains=True, override=True
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
        name=context.physical_name(key, limit=128),
        comment="HSTS and the usual security headers",
        security_headers_config=security,
        cors_config=_cors(origins) if origins else None,
        opts=child,
    )


def _cors(origins: Sequence[str]) -> aws.cloudfront.ResponseHeadersPolicyCorsConfigArgs:
    """Named sites, for reading, without cookies."""
    return aws.cloudfront.ResponseHeadersPolicyCorsConfigArgs(
        access_control_allow_credentials=False,
        access_control_allow_headers=aws.cloudfront.ResponseHeadersPolicyCorsConfigAccessControlAllowHeadersArgs(
            items=["Accept", "Content-Type", "Range"]
        ),
        access_control_allow_methods=aws.cloudfront.ResponseHeadersPolicyCorsConfigAccessControlAllowMethodsArgs(
            items=["GET", "HEAD", "OPTIONS"]
        ),
        access_control_allow_origins=aws.cloudfront.ResponseHeadersPolicyCorsConfigAccessControlAllowOriginsArgs(
            items=list(origins)
        ),
        access_control_max_age_sec=600,
        origin_override=True,
    )
