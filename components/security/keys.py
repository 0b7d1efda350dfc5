"""The KMS keys of a stack and which AWS services may use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.foundation.context import Context
from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs, service_use
from components.foundation.policy_document import Statement
from settings.enums import KeyPurpose
from settings.sections.security import SecuritySettings

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class KeysArgs:
    """Which keys there are.

    Args:
        context: names and tags.
        settings: purposes, rotation, deletion window.
        protect: Pulumi refuses to delete them.
        alarm_regions: regions beside the stack's own whose alarms need a key for their messages.
        log_users: further AWS services that the key of logs admits.
        secret_regions: regions that secrets are copied to, each with a key of its own.
        alarm_publishers: AWS services that publish to the stack's own alarm topic, besides those that always do.
        data_users: AWS services that the key of data admits.
    """

    context: Context
    settings: SecuritySettings
    protect: bool
    alarm_regions: Sequence[str] = ()
    log_users: Sequence[Statement] = ()
    secret_regions: Sequence[str] = ()
    alarm_publishers: Sequence[str] = ()
    data_users: Sequence[Statement] = ()


class Keys(pulumi.ComponentResource):
    """The keys that the settings ask for; $1 a month each.

    Attributes:
        data: ARN of the key of tables, databases, backups; None where AWS's own key does.
        logs: the same for log groups and flow logs.
        messages: the same for alarm messages: that of the logs, or else that of the data, as AWS's own admits no alarm.
        secrets: the same for Secrets Manager.
        alarms: region → the same for alarm messages of the regions beside the stack's own.
        replicas: region → the same for copies of secrets.
    """

    data: pulumi.Output[str] | None
    logs: pulumi.Output[str] | None
    messages: pulumi.Output[str] | None
    secrets: pulumi.Output[str] | None
    alarms: dict[str, pulumi.Output[str] | None]
    replicas: dict[str, pulumi.Output[str] | None]

    def __init__(self, name: str, args: KeysArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:Keys", name, None, opts)
        # Data and secrets are reached by roles of this account, which IAM lets in.
        publishers = _alarm_users(args.context)
        at_home = [
            *publishers,
            *(
                service_use(f"Publisher{place}", publisher, _ours(args.context))
                for place, publisher in enumerate(args.alarm_publishers, start=1)
            ),
        ]
        own_logs = KeyPurpose.LOGS in args.settings.customer_managed_keys
        self.data = self._key(name, KeyPurpose.DATA, args, [*([] if own_logs else at_home), *args.data_users])
        self.logs = self._key(name, KeyPurpose.LOGS, args, [*_log_users(args.context), *at_home, *args.log_users])
        self.messages = self.logs if own_logs else self.data
        self.secrets = self._key(name, KeyPurpose.SECRETS, args, [])
        # A key encrypts in its own region only.
        self.alarms = {
            region: self._key(f"{name}-{region}", KeyPurpose.LOGS, args, publishers, region)
            for region in args.alarm_regions
        }
        self.replicas = {
            region: self._key(f"{name}-{region}", KeyPurpose.SECRETS, args, [], region)
            for region in args.secret_regions
        }
        self.register_outputs({"data": self.data, "logs": self.logs, "secrets": self.secrets})

    def _key(
        self,
        name: str,
        purpose: KeyPurpose,
        args: KeysArgs,
        statements: list[Statement],
        region: str | None = None,
    ) -> pulumi.Output[str] | None:
        if purpose not in args.settings.customer_managed_keys:
            return None
        key = EncryptionKeyArgs(
            context=args.context,
            purpose=purpose.value,
            statements=statements,
            rotation_days=args.settings.key_rotation_days,
            deletion_window_days=args.settings.key_deletion_window_days,
            protect=args.protect,
            region=region,
        )
        return EncryptionKey(f"{name}-{purpose}", key, opts=pulumi.ResourceOptions(parent=self)).arn


def _log_users(context: Context) -> list[Statement]:
    """CloudWatch Logs and flow-log delivery, for this account only."""
    return [
        service_use(
            "CloudWatchLogs",
            f"logs.{context.region}.{context.dns_suffix}",
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": context.arn("logs", "log-group:*")}},
        ),
        service_use("FlowLogs", "delivery.logs.amazonaws.com", _ours(context)),
    ]


def _alarm_users(context: Context) -> list[Statement]:
    """What publishes to the alarm topic."""
    return [
        service_use("Alarms", "cloudwatch.amazonaws.com", _ours(context)),
        service_use("Budgets", "budgets.amazonaws.com", _ours(context)),
        # EventBridge names no source to KMS (SNS developer guide, "Key management": conditions on aws:SourceAccount
        # and aws:SourceArn are not supported). The topic's policy keeps other accounts' rules out.
        service_use("Events", "events.amazonaws.com", {}),
    ]


def _ours(context: Context) -> dict[str, dict[str, pulumi.Input[str]]]:
    return {"StringEquals": {"aws:SourceAccount": context.account_id}}
