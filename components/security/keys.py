"""The KMS keys of a stack and which AWS services may use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs, service_use
from settings.enums import KeyPurpose

if TYPE_CHECKING:
    import pulumi

    from components.foundation.context import Context
    from components.foundation.policy_document import Statement
    from settings.schema import Settings


@dataclass(frozen=True, slots=True)
class StackKeys:
    """ARN of the key per purpose; None where AWS's own key does.

    Attributes:
        data: tables, databases, backups.
        logs: log groups, flow logs, alarm messages.
        secrets: Secrets Manager.
    """

    data: pulumi.Output[str] | None
    logs: pulumi.Output[str] | None
    secrets: pulumi.Output[str] | None


def stack_keys(name: str, context: Context, settings: Settings, child: pulumi.ResourceOptions) -> StackKeys:
    """The keys that the settings ask for; $1 a month each.

    Args:
        name: prefix of the keys' names.
        context: names and tags.
        settings: purposes, rotation, deletion window.
        child: options that make the keys children of the platform.
    """
    security = settings.security
    users: dict[KeyPurpose, list[Statement]] = {KeyPurpose.LOGS: _log_users(context)}

    def arn(purpose: KeyPurpose) -> pulumi.Output[str] | None:
        if purpose not in security.customer_managed_keys:
            return None
        key = EncryptionKey(
            f"{name}-{purpose}-key",
            EncryptionKeyArgs(
                context=context,
                purpose=purpose.value,
                # Data and secrets are reached by roles of this account, which IAM lets in.
                statements=users.get(purpose, []),
                rotation_days=security.key_rotation_days,
                deletion_window_days=security.key_deletion_window_days,
                protect=settings.resilience.protect,
            ),
            opts=child,
        )
        return key.arn

    return StackKeys(data=arn(KeyPurpose.DATA), logs=arn(KeyPurpose.LOGS), secrets=arn(KeyPurpose.SECRETS))


def _log_users(context: Context) -> list[Statement]:
    """CloudWatch Logs, flow-log delivery, and what publishes alarms; each for this account only."""
    ours = {"StringEquals": {"aws:SourceAccount": context.account_id}}
    return [
        service_use(
            "CloudWatchLogs",
            f"logs.{context.region}.{context.dns_suffix}",
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": context.arn("logs", "log-group:*")}},
        ),
        service_use("FlowLogs", "delivery.logs.amazonaws.com", ours),
        service_use("Alarms", "cloudwatch.amazonaws.com", ours),
        service_use("Budgets", "budgets.amazonaws.com", ours),
    ]
