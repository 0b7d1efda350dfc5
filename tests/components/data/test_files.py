"""The shared files: encryption, who mounts them and how, and what others need to know of them.

Not proven: that a task writes to them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.data.files import Files
from components.foundation.store import StoreArgs
from settings.sections.observability import AlarmSettings
from settings.sections.stores.files import FilesSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

SYSTEM = "shop-files-system"


def files(*, key: str | None = KEY, protect: bool = True, **settings: Any) -> Files:  # noqa: ANN401
    args = StoreArgs(
        context=CONTEXT,
        settings=FilesSettings(**settings),
        logs=LOGS,
        subnet_ids=["subnet-1", "subnet-2"],
        zones=["us-east-1a", "us-east-1c"],
        security_group_id="sg-files",
        key_arn=key,
        protect=protect,
    )
    return Files("shop-files", args)


def test_a_target_in_each_zone_called_after_it(build: Build) -> None:
    made = build(files)
    assert set(made.children) == {
        SYSTEM,
        "shop-files-backup",
        "shop-files-system-policy",
        "shop-files-target-a",
        "shop-files-target-c",
        "shop-files-point",
    }
    assert made.inputs("shop-files-target-c")["subnetId"] == "subnet-2"
    assert made.inputs("shop-files-target-c")["securityGroups"] == ["sg-files"]


def test_encrypted_backed_up_and_kept(build: Build) -> None:
    made = build(files)
    inputs = made.inputs(SYSTEM)
    assert (inputs["encrypted"], inputs["kmsKeyId"], inputs["throughputMode"]) == (True, KEY, "elastic")
    assert made.inputs("shop-files-backup")["backupPolicy"] == {"status": "ENABLED"}
    assert made[SYSTEM].options.protect is True
    assert inputs["lifecyclePolicies"] == [
        {"transitionToIa": "AFTER_30_DAYS"},
        {"transitionToPrimaryStorageClass": "AFTER_1_ACCESS"},
    ]


def test_seldom_read_files(build: Build) -> None:
    never = build(lambda: files(archive_days=None)).inputs(SYSTEM)
    assert "lifecyclePolicies" not in never
    soon = build(lambda: files(archive_days=1)).inputs(SYSTEM)
    assert soon["lifecyclePolicies"][0] == {"transitionToIa": "AFTER_1_DAY"}


def test_nobody_mounts_it_without_tls_and_iam(build: Build) -> None:
    made = build(files)
    deny, allow = json.loads(made.inputs("shop-files-system-policy")["policy"])["Statement"]
    assert (deny["Effect"], deny["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    assert allow["Principal"] == {"AWS": ["arn:aws:iam::111111111111:root"]}
    (statement,) = build(files, lambda one: [(s.actions, s.conditions) for s in one.statements()]).answer
    assert statement[0] == ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    point = made["shop-files-point"].outputs["arn"]
    assert statement[1] == {"StringEquals": {"elasticfilesystem:AccessPointArn": point}}


def test_what_tasks_are_told(build: Build) -> None:
    made = build(lambda: files(mount_path="/data"), lambda one: [one.variables, one.mounts, one.restored])
    variables, (mount,), restored = made.answer
    assert variables == {"FILES_PATH": "/data"}
    assert (mount.path, mount.file_system_id) == ("/data", made[SYSTEM].outputs["id"])
    assert mount.access_point_id == made["shop-files-point"].outputs["id"]
    assert mount.point() == {"sourceVolume": "files", "containerPath": "/data", "readOnly": False}
    assert (restored.kind, restored.arn) == ("EFS", made[SYSTEM].outputs["arn"])


def test_alarms_follow_how_fast_it_is(build: Build) -> None:
    (busy,) = build(files, lambda one: one.alarms(AlarmSettings())).answer
    assert (busy.name, busy.metric, busy.threshold) == ("files-slow", "PercentIOLimit", 90)
    (credits,) = build(lambda: files(throughput="bursting"), lambda one: one.alarms(AlarmSettings())).answer
    assert (credits.name, credits.metric) == ("credits-files-slow", "BurstCreditBalance")
    assert build(files, lambda one: [len(one.graphs()), one.events()]).answer == [3, []]
