"""A database of RDS, beside itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from ascent.ops.call import Call
from ascent.ops.restored.moments import keep, target
from ascent.ops.step import StoppedError
from ascent.verify.aws import GoneError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from ascent.ops.step import Memory
    from ascent.verify.aws import Aws
    from ascent.verify.deployed import Found

_LONGEST_NAME: Final = 63


class RestoredDatabase:
    """A database and what is restored of it: one zone, no protection, in the same network.

    Attributes:
        name: the database's identifier.
    """

    def __init__(self, aws: Aws, found: Found) -> None:
        self._aws, self._region = aws, found.region
        self.name = found.text("identifier") or found.id

    def _described(self, name: str) -> dict[str, Any]:
        answered = self._aws.ask(Read.DATABASES, self._region, DBInstanceIdentifier=name)["DBInstances"]
        if not answered:
            raise GoneError
        return answered[0]

    def look(self, memory: Memory, moment: datetime | None) -> str:
        """How far back it can be brought."""
        found = self._described(self.name)
        days = found.get("BackupRetentionPeriod", 0)
        if not days:
            raise StoppedError(f"{self.name} has no backups: its retention is 0 days; set backupRetentionDays")
        return keep(memory, moment, datetime.now(tz=UTC) - timedelta(days=days), found.get("LatestRestorableTime"))

    def restore(self, memory: Memory, moment: datetime | None) -> str:
        """Begin to restore it, unless that has begun."""
        name = memory.kept["target"] = target(self.name, memory, _LONGEST_NAME)
        try:
            self._described(name)
        except GoneError:
            source = self._described(self.name)
            groups = [group["VpcSecurityGroupId"] for group in source.get("VpcSecurityGroups", ())]
            place: dict[str, Any] = {"RestoreTime": moment} if moment else {"UseLatestRestorableTime": True}
            if subnets := source.get("DBSubnetGroup", {}).get("DBSubnetGroupName"):
                place["DBSubnetGroupName"] = subnets
            if groups:
                place["VpcSecurityGroupIds"] = groups
            for parameters in source.get("DBParameterGroups", ())[:1]:
                place["DBParameterGroupName"] = parameters["DBParameterGroupName"]
            self._aws.ask(
                Call.RESTORE_DATABASE,
                self._region,
                SourceDBInstanceIdentifier=self.name,
                TargetDBInstanceIdentifier=name,
                PubliclyAccessible=False,
                MultiAZ=False,
                DeletionProtection=False,
                CopyTagsToSnapshot=True,
                **place,
            )
        return f"as {name}"

    def serves(self, memory: Memory) -> bool:
        """Whether what is restored answers."""
        return self._described(memory.text("target"))["DBInstanceStatus"] == "available"

    def compare(self, memory: Memory) -> str:
        """Whether it is of the same kind; its rows are behind a password that is nobody's here."""
        source, made = self._described(self.name), self._described(memory.text("target"))
        for key in ("Engine", "StorageEncrypted"):
            if source.get(key) != made.get(key):
                raise StoppedError(f"{key} of {memory.text('target')} is {made.get(key)}, not {source.get(key)}")
        return f"{made['Engine']} {made['EngineVersion']}, {made['AllocatedStorage']} GB; its rows were not read"

    def discard(self, memory: Memory) -> str:
        """Begin to delete what was restored."""
        name = memory.text("target")
        try:
            if self._described(name)["DBInstanceStatus"] != "deleting":
                self._aws.ask(
                    Call.DELETE_DATABASE,
                    self._region,
                    DBInstanceIdentifier=name,
                    SkipFinalSnapshot=True,
                    DeleteAutomatedBackups=True,
                )
        except GoneError:
            pass
        return ""

    def gone(self, memory: Memory) -> bool:
        """Whether what was restored is gone."""
        try:
            self._described(memory.text("target"))
        except GoneError:
            return True
        return False
