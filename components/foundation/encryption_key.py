"""A customer-managed KMS key with rotation and a policy that names who may use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class EncryptionKeyArgs:
    """What a key encrypts.

    Args:
        context: names and tags.
        purpose: what it encrypts, one word; part of the alias.
        statements: AWS services that use it, beyond the account's own IAM.
        rotation_days: how often KMS renews the material, 90 to 2560 days.
        deletion_window_days: time to change one's mind about deleting it, 7 to 30 days.
        protect: Pulumi refuses to delete it.
        region: where, if not in the context's region.
    """

    context: Context
    purpose: str
    statements: Sequence[Statement] = ()
    rotation_days: int = 365
    deletion_window_days: int = 30
    protect: bool = False
    region: str | None = None


class EncryptionKey(pulumi.ComponentResource):
    """A symmetric KMS key and its alias. Roughly $1 a month, $3 after two rotations.

    Attributes:
        arn: the key's ARN.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: EncryptionKeyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:foundation:EncryptionKey", name, None, opts)
        context = args.context
        # Without this statement nobody but the named services could ever use or administer the key again.
        account = Statement(
            sid="Account",
            actions=["kms:*"],
            resources=["*"],
            principals={"AWS": [context.arn("iam", "root", region="")]},
            wildcard_reason="a key policy's resource is the key itself; the account's IAM policies decide the rest",
        )
        key = aws.kms.Key(
            f"{name}-key",
            description=f"{context.application} {context.environment}: {args.purpose}",
            enable_key_rotation=True,
            rotation_period_in_days=args.rotation_days,
            deletion_window_in_days=args.deletion_window_days,
            policy=policy_document(account, *args.statements),
            region=args.region,
            tags=context.tags(name),
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        aws.kms.Alias(
            f"{name}-alias",
            name=f"alias/{context.physical_name(args.purpose, limit=250)}",
            target_key_id=key.key_id,
            region=args.region,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.arn = key.arn
        self.register_outputs({"arn": key.arn})


def service_use(
    sid: str, service: str, conditions: dict[str, dict[str, pulumi.Input[str]]], *, grant: bool = False
) -> Statement:
    """A key-policy statement that lets an AWS service encrypt and decrypt on the account's behalf.

    Args:
        sid: what the statement is for.
        service: the principal, such as `logs.us-east-1.amazonaws.com`.
        conditions: keep other accounts' use of the service out.
        grant: also let it create grants for AWS resources.
    """
    actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    return Statement(
        sid=sid,
        actions=[*actions, "kms:CreateGrant"] if grant else actions,
        resources=["*"],
        principals={"Service": [service]},
        conditions=conditions,
        wildcard_reason="a key policy's resource is the key itself",
    )
