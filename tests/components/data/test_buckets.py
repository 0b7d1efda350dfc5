"""Buckets by purpose: lifecycle, lock, copies, and what the application may do in each.

Not proven: that S3 copies an object, and how soon.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.data.buckets import Buckets
from components.foundation.store import StoreArgs
from settings.sections.observability import AlarmSettings
from settings.sections.stores.buckets import BucketsSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built

ALL = ("assets", "uploads", "backups", "logs")
BUCKET = "ascent:foundation:PrivateBucket"


def buckets(*, key: str | None = KEY, protect: bool = False, **settings: Any) -> Buckets:  # noqa: ANN401
    args = StoreArgs(
        context=CONTEXT,
        settings=BucketsSettings(**settings),
        logs=LOGS,
        key_arn=key,
        protect=protect,
        access_log_bucket="access-logs",
    )
    return Buckets("shop-buckets", args)


def every() -> Buckets:
    return buckets(purposes=ALL)


def copied() -> Buckets:
    return buckets(purposes=ALL, copies=True, copy_region="us-west-2", protect=True)


def rules(made: Built, purpose: str) -> dict[str, Any]:
    (rule,) = made.inputs(f"shop-buckets-{purpose}-lifecycle")["rules"]
    return rule


def test_a_bucket_for_each_purpose(build: Build) -> None:
    assert build(every).children == {f"shop-buckets-{purpose}": BUCKET for purpose in ALL}
    assert build(lambda: buckets(purposes=["uploads"])).children == {"shop-buckets-uploads": BUCKET}


def test_what_each_keeps_and_for_how_long(build: Build) -> None:
    made = build(every)
    assert {purpose: rules(made, purpose).get("expiration") for purpose in ALL} == {
        "assets": None,
        "uploads": None,
        "backups": {"days": 365},
        "logs": {"days": 365},
    }
    moved = [{"days": 90, "storageClass": "STANDARD_IA"}]
    assert [rules(made, purpose).get("transitions") for purpose in ALL] == [None, moved, moved, None]
    for purpose in ALL:
        assert rules(made, purpose)["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
        assert rules(made, purpose)["abortIncompleteMultipartUpload"] == {"daysAfterInitiation": 7}


def test_they_are_private_and_logged(build: Build) -> None:
    made = build(every)
    for purpose in ALL:
        assert made.inputs(f"shop-buckets-{purpose}-public-access")["blockPublicPolicy"] is True
        assert made.inputs(f"shop-buckets-{purpose}-access-log")["targetBucket"] == "access-logs"
        policy = json.loads(made.inputs(f"shop-buckets-{purpose}-bucket-policy")["policy"])
        assert [one["Effect"] for one in policy["Statement"]] == ["Deny"]


@pytest.mark.parametrize(("mode", "word"), [("governance", "GOVERNANCE"), ("compliance", "COMPLIANCE")])
def test_only_backups_are_locked(build: Build, mode: str, word: str) -> None:
    made = build(lambda: buckets(purposes=ALL, lock_days=30, lock_mode=mode))
    assert made.inputs("shop-buckets-backups-bucket")["objectLockEnabled"] is True
    lock = made.inputs("shop-buckets-backups-lock")["rule"]["defaultRetention"]
    assert lock == {"mode": word, "days": 30}
    assert "objectLockEnabled" not in made.inputs("shop-buckets-uploads-bucket")


def test_uploads_and_backups_are_copied_with_a_key_of_the_other_region(build: Build) -> None:
    made = build(copied)
    assert {name for name in made.children if "cop" in name} == {
        "shop-buckets-copies",
        "shop-buckets-copies-log",
        "shop-buckets-uploads-copy",
        "shop-buckets-uploads-copier",
        "shop-buckets-backups-copy",
        "shop-buckets-backups-copier",
    }
    for part in ("bucket", "versioning", "public-access", "bucket-policy", "lifecycle", "encryption"):
        assert made.inputs(f"shop-buckets-uploads-copy-{part}")["region"] == "us-west-2"
    (rule,) = made.inputs("shop-buckets-uploads-replication")["rules"]
    assert rule["deleteMarkerReplication"] == {"status": "Disabled"}, "a deletion here must not be one there"
    assert rule["sourceSelectionCriteria"] == {"sseKmsEncryptedObjects": {"status": "Enabled"}}
    key = made["shop-buckets-copies-key"]
    assert key.inputs["region"] == "us-west-2"
    assert rule["destination"]["encryptionConfiguration"] == {"replicaKmsKeyId": key.outputs["arn"]}
    waits = made["shop-buckets-uploads-replication"].options.depends_on
    assert {"shop-buckets-uploads-versioning", "shop-buckets-uploads-copy-versioning"} <= waits


def test_the_copier_may_copy_and_nothing_else(build: Build) -> None:
    made = build(copied)
    policy = json.loads(made.inputs("shop-buckets-uploads-copier-policy")["policy"])
    actions = {action for one in policy["Statement"] for action in one["Action"]}
    assert not any(word in action for action in actions for word in ("Delete", "*", "PutObject"))
    through = [one["Condition"]["StringEquals"]["kms:ViaService"] for one in policy["Statement"] if "Condition" in one]
    assert through == ["s3.us-east-1.amazonaws.com", "s3.us-west-2.amazonaws.com"]


def test_what_the_application_may_do_depends_on_the_purpose(build: Build) -> None:
    found = build(every, lambda one: {s.sid: sorted(s.actions) for s in one.statements()}).answer
    assert "s3:DeleteObject" in found["UseUploads"]
    assert "s3:DeleteObject" not in found["UseBackups"]
    assert found["UseLogs"] == ["s3:AbortMultipartUpload", "s3:PutObject"]
    assert found["UseBucketKey"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    plain = build(lambda: buckets(key=None, purposes=["logs"]), lambda one: [s.sid for s in one.statements()]).answer
    assert plain == ["UseLogs"]


def test_what_the_application_is_told(build: Build) -> None:
    found = build(copied, lambda one: [one.variables, one.outputs, one.backed_up, one.restored]).answer
    assert found[0]["UPLOADS_BUCKET"] == "shop-buckets-uploads-bucket-0a1b2c3"
    assert set(found[0]) == {"ASSETS_BUCKET", "UPLOADS_BUCKET", "BACKUPS_BUCKET", "LOGS_BUCKET"}
    assert set(found[1]["buckets"]) == {*ALL, "uploadsCopy", "backupsCopy"}
    assert found[2:] == [None, None]


def test_an_alarm_for_what_is_not_copied(build: Build) -> None:
    alarms = build(copied, lambda one: one.alarms(AlarmSettings())).answer
    assert [one.name for one in alarms] == ["uploads-bucket-copies", "backups-bucket-copies"]
    assert alarms[0].dimensions["RuleId"] == "all"
    assert build(every, lambda one: one.alarms(AlarmSettings())).answer == []


def test_protection(build: Build) -> None:
    kept, loose = build(copied), build(every)
    for name in ("shop-buckets-uploads-bucket", "shop-buckets-uploads-copy-bucket"):
        assert kept[name].options.protect is True
        assert kept.inputs(name)["forceDestroy"] is False
    assert loose.inputs("shop-buckets-uploads-bucket")["forceDestroy"] is True
