"""Vaults of recovery points, and their locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from components.foundation.context import Context
    from settings.sections.resilience import ResilienceSettings


def vault(
    name: str,
    context: Context,
    settings: ResilienceSettings,
    *,
    parent: pulumi.Resource,
    key_arn: pulumi.Input[str] | None,
    least_days: int,
    region: str | None = None,
) -> aws.backup.Vault:
    """A vault, locked where the settings say so.

    Args:
        name: logical name; the vault is `{name}-vault`, its lock `{name}-lock`.
        context: tags.
        settings: whether it is locked and protected.
        parent: the component it belongs to.
        key_arn: KMS key; None for AWS's own. A change replaces the vault.
        least_days: the shortest time that a recovery point in it is kept.
        region: where, if not in the stack's region.
    """
    made = aws.backup.Vault(
        f"{name}-vault",
        kms_key_arn=key_arn,
        # A vault with recovery points can't be deleted; only a disposable stack throws them away with it.
        force_destroy=not settings.protect,
        region=region,
        tags=context.tags(name),
        opts=pulumi.ResourceOptions(parent=parent, protect=settings.protect),
    )
    if settings.vault_lock:
        aws.backup.VaultLockConfiguration(
            f"{name}-lock",
            backup_vault_name=made.name,
            # Without a date from which on it is for ever: whoever may change the lock can still take it off.
            min_retention_days=least_days,
            region=region,
            # A vault has one lock: a new one is put over the old one, whose deletion would take both off.
            opts=pulumi.ResourceOptions(parent=parent, delete_before_replace=True),
        )
    return made
