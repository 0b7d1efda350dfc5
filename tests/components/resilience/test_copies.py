"""Copies of backups in another region: a vault of their own under a key of their own.

Not proven: that AWS copies a table at all, which needs AWS Backup's advanced features in the account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.resilience.copies import BackupCopies, BackupCopiesArgs
from settings.sections.resilience import ResilienceSettings
from settings.sections.security import SecuritySettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

VAULT = "shop-copies-vault"


def copies(**settings: Any) -> BackupCopies:  # noqa: ANN401
    args = BackupCopiesArgs(
        context=CONTEXT,
        settings=ResilienceSettings(backup=True, copies=True, copy_retention_days=45, **settings),
        keys=SecuritySettings(key_deletion_window_days=7),
        region="us-west-2",
    )
    return BackupCopies("shop-copies", args)


def test_everything_of_it_is_in_the_other_region(build: Build) -> None:
    made = build(copies)
    assert made.children == {
        "shop-copies-key": "ascent:foundation:EncryptionKey",
        VAULT: "aws:backup/vault:Vault",
    }
    regions = {one.inputs["region"] for one in made.registered.values() if one.type.startswith("aws:")}
    assert regions == {"us-west-2"}
    assert made.inputs(VAULT)["kmsKeyArn"] == made["shop-copies-key-key"].outputs["arn"]
    assert made.attributes == {"vault_arn": made[VAULT].outputs["arn"]}


def test_it_is_protected_like_the_data(build: Build) -> None:
    kept, disposable = build(copies), build(lambda: copies(protect=False))
    assert (kept[VAULT].options.protect, kept.inputs(VAULT)["forceDestroy"]) == (True, False)
    assert (disposable[VAULT].options.protect, disposable.inputs(VAULT)["forceDestroy"]) == (False, True)


def test_a_lock_holds_what_a_copy_is_kept_for(build: Build) -> None:
    made = build(lambda: copies(vault_lock=True))
    assert made.inputs("shop-copies-lock") == {
        "backupVaultName": made[VAULT].outputs["name"],
        "minRetentionDays": 45,
        "region": "us-west-2",
    }
