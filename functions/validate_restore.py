"""Looks into what AWS Backup restored for a test, and tells AWS Backup whether data is in it.

Called by EventBridge when a restore of the testing plan is done. Variables: PLAN_ARN, the plan whose restores it
judges.
"""

from __future__ import annotations

import json
import os
from typing import Any

import boto3


class UnfitError(Exception):
    """What was restored is not what it should be; `str()` is why."""


def handler(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Judge one restore.

    Args:
        event: AWS Backup's event `Restore Job State Change`.

    Raises:
        UnfitError: data is missing; AWS Backup has been told. Raised so that the function's alarm tells somebody.
    """
    detail = event["detail"]
    job = detail["restoreJobId"]
    if detail.get("restoreTestingPlanArn") != os.environ["PLAN_ARN"]:
        return {"job": job, "status": "NOT_OURS"}
    backup = boto3.client("backup")
    try:
        said = look(detail["resourceType"], detail["createdResourceArn"])
    except UnfitError as why:
        backup.put_restore_validation_result(
            RestoreJobId=job, ValidationStatus="FAILED", ValidationStatusMessage=str(why)[:1000]
        )
        raise
    backup.put_restore_validation_result(
        RestoreJobId=job, ValidationStatus="SUCCESSFUL", ValidationStatusMessage=said[:1000]
    )
    print(json.dumps({"job": job, "restored": detail["createdResourceArn"], "said": said}))
    return {"job": job, "status": "SUCCESSFUL"}


def look(kind: str, arn: str) -> str:
    """What is in something that was restored, in words.

    Args:
        kind: AWS Backup's word for what it is, such as `RDS`.
        arn: its ARN.

    Raises:
        UnfitError: nothing, or it does not serve.
    """
    looks = {"RDS": _database, "DynamoDB": _table}
    if kind not in looks:
        return f"{kind} was restored; nobody looked into it"
    return looks[kind](arn)


def _database(arn: str) -> str:
    """A database that serves, encrypted, with storage. Its rows are behind a password that nobody has here."""
    found = boto3.client("rds").describe_db_instances(DBInstanceIdentifier=arn.rpartition(":")[2])["DBInstances"][0]
    if found["DBInstanceStatus"] not in ("available", "backing-up"):
        raise UnfitError(f"the restored database is {found['DBInstanceStatus']}")
    if not found.get("StorageEncrypted"):
        raise UnfitError("the restored database is not encrypted")
    if found.get("PubliclyAccessible"):
        raise UnfitError("the restored database can be reached from the internet")
    return f"{found['Engine']} {found['EngineVersion']} serves with {found['AllocatedStorage']} GB"


def _table(arn: str) -> str:
    """A table with an item in it, unless the one that it was made of has none."""
    client, name = boto3.client("dynamodb"), arn.rpartition("/")[2]
    found = client.describe_table(TableName=name)["Table"]
    if found["TableStatus"] != "ACTIVE":
        raise UnfitError(f"the restored table is {found['TableStatus']}")
    if client.scan(TableName=name, Limit=1, Select="COUNT")["ScannedCount"]:
        return "the table serves, and items are in it"
    source = found.get("RestoreSummary", {}).get("SourceTableArn", "")
    known = client.describe_table(TableName=source.rpartition("/")[2])["Table"] if source else {}
    if known.get("ItemCount"):
        raise UnfitError(f"the restored table is empty; {known['TableName']} has {known['ItemCount']} items")
    return "the table serves; it is empty, as the one that it was made of"
