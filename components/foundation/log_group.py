"""Log groups that never keep logs forever."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context


@dataclass(frozen=True, kw_only=True)
class LogPolicy:
    """How a stack keeps its logs.

    Args:
        retention_days: how long; one of the periods that CloudWatch Logs knows.
        key_arn: KMS key that admits CloudWatch Logs; None for AWS's own.
    """

    retention_days: int
    key_arn: pulumi.Input[str] | None = None


def log_group(
    name: str,
    context: Context,
    policy: LogPolicy,
    *,
    parent: pulumi.Resource,
    physical_name: pulumi.Input[str],
    region: str | None = None,
) -> aws.cloudwatch.LogGroup:
    """A log group under a fixed name, because whoever writes to it names it too. $0.50 per GB taken in.

    Args:
        name: logical name.
        context: tags.
        policy: retention and encryption.
        parent: the component it belongs to.
        physical_name: such as `/ascent/dev/application`.
        region: where, if not in the context's region.
    """
    return aws.cloudwatch.LogGroup(
        name,
        name=physical_name,
        region=region,
        retention_in_days=policy.retention_days,
        kms_key_id=policy.key_arn,
        tags=context.tags(name),
        opts=pulumi.ResourceOptions(parent=parent),
    )
