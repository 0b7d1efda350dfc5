"""Vaults of recovery points, their locks, and vaults that nobody can empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


_LEAST_DAYS: Final = 7
_MOST_DAYS: Final = 3653
"""What an air-gapped vault takes: the least that AWS allows, and ten years. Other bounds would be another vault."""


def air_gapped_vault(name: str, context: Context, *, parent: pulumi.Resource, protect: bool) -> pulumi.Output[str]:
    """ARN of a vault that AWS keeps apart, under a key of its own, and that nobody empties before its time.

    Args:
        name: logical name.
        context: names and tags.
        parent: the component it belongs to.
        protect: Pulumi refuses to delete it; AWS does as long as something is in it.
    """
    made = aws.backup.LogicallyAirGappedVault(
        name,
        name=context.physical_name("air-gapped", limit=50),
        min_retention_days=_LEAST_DAYS,
        max_retention_days=_MOST_DAYS,
        tags=context.tags(name),
        opts=pulumi.ResourceOptions(parent=parent, protect=protect),
    )
    return made.arn
