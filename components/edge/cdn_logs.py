"""CloudFront's access logs: who asked a distribution for what, and what it answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.edge.web_acl import CLOUDFRONT_REGION
from components.foundation.context import Context
from components.foundation.policy_document import Statement

_PREFIX: Final = "cdn"

_FIELDS: Final = (
    "timestamp(ms)",
    "x-edge-location",
    "sc-bytes",
    "c-ip",
    "cs-method",
    "cs(Host)",
    "cs-uri-stem",
    "sc-status",
    "cs(Referer)",
    "cs(User-Agent)",
    "x-edge-result-type",
    "x-edge-request-id",
    "x-host-header",
    "cs-protocol",
    "cs-bytes",
    "time-taken",
    "x-forwarded-for",
    "ssl-protocol",
    "x-edge-response-result-type",
    "cs-protocol-version",
    "time-to-first-byte",
    "x-edge-detailed-result-type",
    "sc-content-type",
    "c-country",
)
"""The viewer's address and country are among them; query strings and cookies, which hold what is secret, are not."""


@dataclass(frozen=True, kw_only=True)
class CdnLogsArgs:
    """Whose logs go where.

    Args:
        context: names and tags.
        key: tells the distributions of a stack apart.
        distribution_arn: the distribution.
        bucket_arn: bucket that takes the logs; its policy has `log_delivery`.
    """

    context: Context
    key: str
    distribution_arn: pulumi.Input[str]
    bucket_arn: pulumi.Input[str]


class CdnLogs(pulumi.ComponentResource):
    """Standard logging, version 2: JSON below cdn/AWSLogs/ in the bucket. Delivery to S3 is free."""

    def __init__(self, name: str, args: CdnLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:edge:CdnLogs", name, None, opts)
        context = args.context
        # Their names are fixed: another of the same name can be made only when the former is gone.
        child = pulumi.ResourceOptions(parent=self, delete_before_replace=True)
        # CloudFront's deliveries are made in us-east-1, wherever the bucket is.
        source = aws.cloudwatch.LogDeliverySource(
            f"{name}-source",
            name=context.physical_name("cdn", args.key, limit=60),
            log_type="ACCESS_LOGS",
            resource_arn=args.distribution_arn,
            region=CLOUDFRONT_REGION,
            tags=context.tags(f"{name}-source"),
            opts=child,
        )
        destination = aws.cloudwatch.LogDeliveryDestination(
            f"{name}-destination",
            name=context.physical_name("cdn", args.key, limit=60),
            output_format="json",
            delivery_destination_configuration=(
                aws.cloudwatch.LogDeliveryDestinationDeliveryDestinationConfigurationArgs(
                    destination_resource_arn=pulumi.Output.concat(args.bucket_arn, f"/{_PREFIX}")
                )
            ),
            region=CLOUDFRONT_REGION,
            tags=context.tags(f"{name}-destination"),
            opts=child,
        )
        aws.cloudwatch.LogDelivery(
            f"{name}-delivery",
            delivery_source_name=source.name,
            delivery_destination_arn=destination.arn,
            record_fields=list(_FIELDS),
            region=CLOUDFRONT_REGION,
            tags=context.tags(f"{name}-delivery"),
            # AWS refuses two deliveries of one source to one place.
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )
        self.register_outputs({})


def log_delivery(context: Context, bucket_arn: pulumi.Input[str]) -> Statement:
    """What the policy of a bucket needs to take logs of distributions.

    Args:
        context: account and partition.
        bucket_arn: the bucket.
    """
    return Statement(
        sid="CdnLogWrite",
        actions=["s3:PutObject"],
        resources=[pulumi.Output.concat(bucket_arn, f"/{_PREFIX}/AWSLogs/", context.account_id, "/*")],
        principals={"Service": ["delivery.logs.amazonaws.com"]},
        conditions={
            "StringEquals": {"aws:SourceAccount": context.account_id, "s3:x-amz-acl": "bucket-owner-full-control"},
            "ArnLike": {"aws:SourceArn": context.arn("logs", "delivery-source:*", region=CLOUDFRONT_REGION)},
        },
    )
