"""The backup plan: schedules, vault, role, selection.

Not proven: that a backup can be restored.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.foundation.store import RestoreSpec
from components.resilience.backup import Backup, BackupArgs
from settings.sections.resilience import ResilienceSettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

VAULT, PLAN = "shop-backup-vault", "shop-backup-plan"


def backup(*, key: str | None = None, **settings: Any) -> Backup:  # noqa: ANN401
    args = BackupArgs(
        context=CONTEXT,
        settings=ResilienceSettings(backup=True, **settings),
        resources={"postgres": "db-arn", "dynamodb": "table-arn"},
        logs=LOGS,
        key_arn=key,
    )
    return Backup("shop-backup", args)


def test_children(build: Build) -> None:
    made = build(backup)
    assert made.children == {
        VAULT: "aws:backup/vault:Vault",
        PLAN: "aws:backup/plan:Plan",
        "shop-backup-service": "ascent:foundation:ServiceRole",
        "shop-backup-selection": "aws:backup/selection:Selection",
    }
    assert made.attributes == made.outputs == {"vault": made[VAULT].outputs["name"]}
    assert made.preview.attributes == {"vault": UNKNOWN}


def test_daily_backups(build: Build) -> None:
    made = build(lambda: backup(daily_retention_days=14))
    (daily,) = made.inputs(PLAN)["rules"]
    assert daily == {
        "ruleName": "daily",
        "targetVaultName": made[VAULT].outputs["name"],
        "schedule": "cron(0 2 * * ? *)",
        "startWindow": 60,
        "completionWindow": 360,
        "lifecycle": {"deleteAfter": 14},
        "recoveryPointTags": CONTEXT.tags("shop-backup-daily"),
    }


def test_weekly_backups_are_kept_longer(build: Build) -> None:
    rules = build(lambda: backup(weekly=True, weekly_retention_days=180)).inputs(PLAN)["rules"]
    assert [(one["ruleName"], one["schedule"], one["lifecycle"]["deleteAfter"]) for one in rules] == [
        ("daily", "cron(0 2 * * ? *)", 30),
        ("weekly", "cron(0 2 ? * SUN *)", 180),
    ]


def test_what_is_backed_up_and_by_whom(build: Build) -> None:
    made = build(backup)
    assert made.inputs("shop-backup-selection") == {
        "planId": made[PLAN].outputs["id"],
        "iamRoleArn": made["shop-backup-service-role"].outputs["arn"],
        "resources": ["db-arn", "table-arn"],
    }
    (trust,) = json.loads(made.inputs("shop-backup-service-role")["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["backup.amazonaws.com"]}
    attached = [one.inputs["policyArn"] for one in made.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")]
    assert sorted(one.rpartition("/")[2] for one in attached) == [
        "AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForRestores",
    ]


@pytest.mark.parametrize("protect", [True, False])
def test_protection(build: Build, protect: bool) -> None:
    made = build(lambda: backup(protect=protect))[VAULT]
    assert made.options.protect is protect
    assert made.inputs["forceDestroy"] is not protect


@pytest.mark.parametrize("key", [None, KEY])
def test_the_vaults_key(build: Build, key: str | None) -> None:
    assert build(lambda: backup(key=key)).inputs(VAULT).get("kmsKeyArn") == key


def test_daily_backups_are_copied_elsewhere_and_weekly_ones_are_not(build: Build) -> None:
    args = BackupArgs(
        context=CONTEXT,
        settings=ResilienceSettings(backup=True, weekly=True, copies=True, copy_retention_days=20),
        resources={"dynamodb": "table-arn"},
        logs=LOGS,
        copies_arn="there",
    )
    daily, weekly = build(lambda: Backup("shop-backup", args)).inputs(PLAN)["rules"]
    assert daily["copyActions"] == [{"destinationVaultArn": "there", "lifecycle": {"deleteAfter": 20}}]
    assert "copyActions" not in weekly


def test_a_lock_is_as_long_as_the_shortest_backup_is_kept(build: Build) -> None:
    made = build(lambda: backup(weekly=True, vault_lock=True, daily_retention_days=40, weekly_retention_days=30))
    lock = made.inputs("shop-backup-lock")
    assert lock == {"backupVaultName": made[VAULT].outputs["name"], "minRetentionDays": 30}
    assert "changeableForDays" not in lock, "a lock for ever is nobody's default"


def test_restores_are_tried_with_the_backups_own_role(build: Build) -> None:
    args = BackupArgs(
        context=CONTEXT,
        settings=ResilienceSettings(backup=True, restore_tests=True),
        resources={"dynamodb": "table-arn"},
        logs=LOGS,
        restored={"dynamodb": RestoreSpec(kind="DynamoDB", arn="table-arn")},
    )
    made = build(lambda: Backup("shop-backup", args))
    tried = made.inputs("shop-backup-restores-dynamodb")
    assert tried["iamRoleArn"] == made["shop-backup-service-role"].outputs["arn"]
    assert made.inputs("shop-backup-restores-plan")["recoveryPointSelection"]["includeVaults"] == [
        made[VAULT].outputs["arn"]
    ]


def made_of(build: Build, **settings: Any) -> tuple[Backup, Any]:  # noqa: ANN401
    found: list[Backup] = []

    def make() -> Backup:
        args = BackupArgs(
            context=CONTEXT,
            settings=ResilienceSettings(backup=True, **settings),
            resources={"dynamodb": "table-arn"},
            restored={"dynamodb": RestoreSpec(kind="DynamoDB", arn="table-arn")}
            if settings.get("restore_tests")
            else {},
            logs=LOGS,
        )
        found.append(Backup("shop-backup", args))
        return found[-1]

    made = build(make)
    return found[-1], made


def test_each_place_of_copies_keeps_them_for_its_own_time(build: Build) -> None:
    foreign = "arn:aws:backup:us-west-2:999999999999:backup-vault:kept"
    args = BackupArgs(
        context=CONTEXT,
        settings=ResilienceSettings(
            backup=True, copies=True, copy_retention_days=20, copy_vault_arn=foreign, air_gapped_days=14
        ),
        resources={"dynamodb": "table-arn"},
        logs=LOGS,
        copies_arn="there",
    )
    made = build(lambda: Backup("shop-backup", args))
    (daily,) = made.inputs(PLAN)["rules"]
    assert daily["copyActions"] == [
        {"destinationVaultArn": "there", "lifecycle": {"deleteAfter": 20}},
        {"destinationVaultArn": foreign, "lifecycle": {"deleteAfter": 20}},
        {"destinationVaultArn": made["shop-backup-air-gapped"].outputs["arn"], "lifecycle": {"deleteAfter": 14}},
    ]


@pytest.mark.parametrize("protect", [True, False])
def test_an_air_gapped_vault_takes_every_time_that_the_setting_does(build: Build, protect: bool) -> None:
    _, made = made_of(build, air_gapped_days=3653, protect=protect)
    vault = made["shop-backup-air-gapped"]
    assert (vault.inputs["minRetentionDays"], vault.inputs["maxRetentionDays"]) == (7, 3653)
    assert vault.options.protect is protect


def test_backups_copies_and_restores_that_fail_are_heard_of(build: Build) -> None:
    backup_, _ = made_of(build, air_gapped_days=7)
    found = {event.name: event.pattern for event in backup_.events()}
    assert {name: pattern["detail-type"] for name, pattern in found.items()} == {
        "backup-failed": ["Backup Job State Change"],
        "copy-backup-failed": ["Copy Job State Change"],
        "restore-backup-failed": ["Restore Job State Change"],
    }
    # AWS Backup tells how jobs of backups and copies are by `state`, those of restores by `status`.
    assert [sorted(pattern["detail"]) for pattern in found.values()] == [
        ["backupVaultName", "state"],
        ["sourceBackupVaultArn", "state"],
        ["backupVaultArn", "status"],
    ]


def test_copies_that_nobody_makes_cannot_fail(build: Build) -> None:
    backup_, _ = made_of(build)
    assert [event.name for event in backup_.events()] == ["backup-failed", "restore-backup-failed"]


def test_a_restore_without_data_wakes_somebody_up(build: Build) -> None:
    tested, _ = made_of(build, restore_tests=True)
    assert [spec.name for spec in tested.alarms()] == ["restore-validation-function-errors"]
    untested, _ = made_of(build)
    assert untested.alarms() == []
