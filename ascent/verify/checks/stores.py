"""Whether the stores of data serve."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ascent.verify.answer import Said, not_well, well
from ascent.verify.aws import GoneError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_SERVES: Final = ("available", "backing-up", "storage-optimization")
"""Statuses in which a database answers and nothing of it is changing."""


def check_database(database: Found, subject: Subject) -> Iterator[Said]:
    """A database: available, and running with all that was asked of it."""
    name, region = database.text("identifier") or database.id, database.region
    answered = subject.aws.ask(Read.DATABASES, region, DBInstanceIdentifier=name)["DBInstances"]
    if not answered:
        raise GoneError
    found = answered[0]
    command = subject.aws.command("rds", "describe-db-instances", "--db-instance-identifier", name, region=region)
    page, status = "verify.md#database", found["DBInstanceStatus"]
    if status not in _SERVES:
        yield not_well(f"is {status}", runbook=page, command=command)
    if pending := found.get("PendingModifiedValues"):
        # A password that changes would stand here too; AWS shows it as stars.
        waits = ", ".join(f"{key} {json.dumps(value, default=str)}" for key, value in sorted(pending.items()))
        window = found.get("PreferredMaintenanceWindow", "unknown")
        yield not_well(f"waits for its window ({window} UTC) to change {waits}", runbook=page, command=command)
    for group in found.get("DBParameterGroups", ()):
        if group.get("ParameterApplyStatus") == "pending-reboot":
            text = f"parameters of {group['DBParameterGroupName']} wait for a reboot"
            reboot = subject.aws.command("rds", "reboot-db-instance", "--db-instance-identifier", name, region=region)
            yield not_well(text, runbook=page, command=reboot)
    if status in _SERVES:
        until = found.get("LatestRestorableTime")
        yield well(f"{status}{f', restorable until {until:%Y-%m-%d %H:%M} UTC' if until else ''}")


def check_table(table: Found, subject: Subject) -> Iterator[Said]:
    """A table: active."""
    name, region = table.text("name") or table.id, table.region
    status = subject.aws.ask(Read.TABLE, region, TableName=name)["Table"]["TableStatus"]
    if status in ("ACTIVE", "UPDATING"):
        yield well(status.lower())
    else:
        command = subject.aws.command("dynamodb", "describe-table", "--table-name", name, region=region)
        yield not_well(f"is {status}", runbook="verify.md#table", command=command)
