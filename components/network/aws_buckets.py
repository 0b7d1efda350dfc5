"""Buckets of AWS's own that services read from inside a VPC, by region.

From AWS's data-perimeter policy examples (github.com/aws-samples/data-perimeter-policy-examples, S3 endpoint) and the
Systems Manager user guide ("SSM Agent communications with AWS managed S3 buckets"), read in November 2026.
"""

from __future__ import annotations

from typing import Final

_BY_REGION: Final = (
    # ECR keeps image layers there: without it no image can be pulled.
    "prod-{region}-starport-layer-bucket",
    # Packages of Amazon Linux.
    "al2023-repos-{region}-de612dc2",
    "amazonlinux-2-repos-{region}",
    # The SSM agent, its updates, its documents' files, patches.
    "aws-ssm-{region}",
    "amazon-ssm-{region}",
    "amazon-ssm-packages-{region}",
    "{region}-birdwatcher-prod",
    "aws-ssm-document-attachments-{region}",
    "patch-baseline-snapshot-{region}",
    # The CloudWatch agent and CodeDeploy's.
    "amazoncloudwatch-agent-{region}",
    "aws-codedeploy-{region}",
)

_EVERYWHERE: Final = ("amazoncloudwatch-agent", "aws-cli", "session-manager-downloads")


def aws_buckets(region: str) -> tuple[str, ...]:
    """Names of AWS's own buckets that are read from a VPC of a region.

    Args:
        region: such as `us-east-1`.
    """
    return (*(name.format(region=region) for name in _BY_REGION), *_EVERYWHERE)
