"""Whom the VPC's endpoints let through: this account, to what is its own.

An endpoint's policy is a limit on top of everybody's own permissions. It keeps stolen data from leaving, through the
endpoint, to a bucket, a registry or a secret of somebody else's, and somebody else's credentials from being used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi

from components.foundation.policy_document import Statement, policy_document
from components.network.aws_buckets import aws_buckets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.context import Context

_EVERYBODY: Final = {"AWS": ["*"]}
_WHY: Final = "an endpoint's policy only limits what other policies allow; its conditions say whom it admits"

_BY_PRINCIPAL: Final = frozenset({"ssm", "ssmmessages", "sts", "monitoring", "logs"})
"""Services of which calls also go to what belongs to AWS (documents, public parameters) or to no resource at all."""

_IAM_NAMES: Final = {"monitoring": "cloudwatch"}
"""End of an endpoint service's name → what its actions begin with, where that is another word."""

_PULL: Final = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Perimeter:
    """What the endpoints let through.

    Args:
        trusted_accounts: other accounts whose resources the application reads, such as shared secrets.
    """

    trusted_accounts: Sequence[str] = ()


def endpoint_policy(service: str, context: Context, perimeter: Perimeter) -> pulumi.Output[str]:
    """The policy of one endpoint.

    Args:
        service: end of the endpoint service's name, such as `s3` or `ecr.api`.
        context: account, region and partition.
        perimeter: what else to let through.
    """
    accounts: list[pulumi.Input[str]] = [context.account_id, *perimeter.trusted_accounts]
    ours: dict[str, Any] = {"aws:PrincipalAccount": context.account_id}
    own = ours if service in _BY_PRINCIPAL else {**ours, "aws:ResourceAccount": accounts}
    actions = [f"{_IAM_NAMES.get(service, service.partition('.')[0])}:*"]
    statements = [
        _allow("Own", actions, ["*"], {"StringEquals": own}),
        # A service that acts for us, such as KMS for an encrypted bucket, has no account of ours.
        _allow("AwsServices", actions, ["*"], {"Bool": {"aws:PrincipalIsAWSService": "true"}}),
    ]
    if service.startswith("ecr."):
        # Sidecars and base images lie in registries of AWS and of others; pushing to one stays forbidden.
        statements.append(_allow("PullImages", _PULL, ["*"], {"StringEquals": ours}))
    if service == "s3":
        objects = [f"arn:{context.partition}:s3:::{bucket}/*" for bucket in aws_buckets(context.region)]
        # Layers and packages are fetched with signed or with no credentials, so no condition names who asks.
        statements.append(_allow("AwsBuckets", ["s3:GetObject"], objects, {}))
    return policy_document(*statements)


def _allow(sid: str, actions: Sequence[str], resources: Sequence[str], conditions: dict[str, Any]) -> Statement:
    return Statement(
        sid=sid,
        actions=actions,
        resources=resources,
        principals=_EVERYBODY,
        conditions=conditions,
        wildcard_reason=_WHY,
    )
