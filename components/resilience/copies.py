"""Where copies of backups are kept in another region."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.foundation.context import Context
from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.resilience.vault import vault
from settings.sections.resilience import ResilienceSettings
from settings.sections.security import SecuritySettings


@dataclass(frozen=True, kw_only=True)
class BackupCopiesArgs:
    """Where copies are kept and for how long.

    Args:
        context: names and tags.
        settings: whether the vault is locked and protected, and how long copies are kept.
        keys: how the copies' key is rotated and deleted.
        region: the other region.
    """

    context: Context
    settings: ResilienceSettings
    keys: SecuritySettings
    region: str


class BackupCopies(pulumi.ComponentResource):
    """A vault in another region under a key of its own: $1 a month for the key, and what the copies hold.

    Attributes:
        vault_arn: ARN of the vault.
    """

    vault_arn: pulumi.Output[str]

    def __init__(self, name: str, args: BackupCopiesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:resilience:BackupCopies", name, None, opts)
        key = EncryptionKeyArgs(
            context=args.context,
            purpose="backup-copies",
            rotation_days=args.keys.key_rotation_days,
            deletion_window_days=args.keys.key_deletion_window_days,
            protect=args.settings.protect,
            region=args.region,
        )
        self.vault_arn = vault(
            name,
            args.context,
            args.settings,
            parent=self,
            key_arn=EncryptionKey(f"{name}-key", key, opts=pulumi.ResourceOptions(parent=self)).arn,
            least_days=args.settings.copy_retention_days,
            region=args.region,
        ).arn
        self.register_outputs({"vault_arn": self.vault_arn})
