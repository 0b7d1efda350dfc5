"""Where Pulumi keeps the state of all stacks of the account, and the key of their secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.account.audit.access_logs import AccessLogs, AccessLogsArgs
from components.foundation.context import Context
from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.foundation.private_bucket import PrivateBucket, PrivateBucketArgs

_PURPOSE: Final = "state"
_BACKUPS: Final = ".pulumi/backups/"
"""Where the self-managed backend puts a copy of each state that it replaces."""
_DAYS: Final = 365


@dataclass(frozen=True, kw_only=True)
class StateStoreArgs:
    """How the state is kept.

    Args:
        context: names and tags.
        lock_days: days for which nobody can delete a version of the state; 0 for none. They cannot be made fewer for
            what is there already by anybody who may not bypass the lock.
    """

    context: Context
    lock_days: int = 0


class StateStore(pulumi.ComponentResource):
    """A versioned, encrypted bucket over TLS only, and its key. $1 a month for the key, cents for the rest.

    Attributes:
        bucket: name of the bucket, for `pulumi login s3://…`.
        key_arn: ARN of the key.
        alias: alias of the key, for `--secrets-provider awskms://…`.
    """

    bucket: pulumi.Output[str]
    key_arn: pulumi.Output[str]
    alias: str

    def __init__(self, name: str, args: StateStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:bootstrap:StateStore", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        key = EncryptionKey(
            f"{name}-key", EncryptionKeyArgs(context=context, purpose=_PURPOSE, protect=True), opts=child
        )
        logs = AccessLogs(f"{name}-logs", AccessLogsArgs(context=context, retention_days=_DAYS, keep=True), opts=child)
        store = PrivateBucket(
            f"{name}-store",
            PrivateBucketArgs(
                context=context,
                expire_after_days=_DAYS,
                expire_prefix=_BACKUPS,
                statements=lambda _arn: (),
                key_arn=key.arn,
                keep=True,
                access_log_bucket=logs.bucket,
            ),
            opts=child,
        )
        if args.lock_days:
            aws.s3.BucketObjectLockConfiguration(
                f"{name}-lock",
                bucket=store.bucket,
                rule=aws.s3.BucketObjectLockConfigurationRuleArgs(
                    default_retention=aws.s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(
                        mode="GOVERNANCE", days=args.lock_days
                    )
                ),
                # S3 locks versions, so it must keep them.
                opts=pulumi.ResourceOptions(parent=self, depends_on=[store]),
            )
        self.bucket, self.key_arn = store.bucket, key.arn
        self.alias = f"alias/{context.physical_name(_PURPOSE, limit=250)}"
        self.register_outputs({"bucket": self.bucket, "key_arn": self.key_arn})
