"""A table of DynamoDB, beside itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.ops.call import Call
from ascent.ops.restored.moments import keep, target
from ascent.ops.step import StoppedError
from ascent.verify.aws import GoneError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from datetime import datetime

    from ascent.ops.step import Memory
    from ascent.verify.aws import Aws
    from ascent.verify.deployed import Found

_LONGEST_NAME: Final = 255


class RestoredTable:
    """A table and what is restored of it.

    Attributes:
        name: the table's name.
    """

    def __init__(self, aws: Aws, found: Found) -> None:
        self._aws, self._region = aws, found.region
        self.name = found.text("name") or found.id

    def _described(self, name: str) -> dict[str, Any]:
        return self._aws.ask(Read.TABLE, self._region, TableName=name)["Table"]

    def look(self, memory: Memory, moment: datetime | None) -> str:
        """How far back it can be brought."""
        answered = self._aws.ask(Call.CONTINUOUS, self._region, TableName=self.name)["ContinuousBackupsDescription"]
        found = answered.get("PointInTimeRecoveryDescription", {})
        earliest, latest = found.get("EarliestRestorableDateTime"), found.get("LatestRestorableDateTime")
        return keep(memory, moment, earliest, latest)

    def restore(self, memory: Memory, moment: datetime | None) -> str:
        """Begin to restore it, unless that has begun."""
        name = memory.kept["target"] = target(self.name, memory, _LONGEST_NAME)
        try:
            self._described(name)
        except GoneError:
            when: dict[str, Any] = {"RestoreDateTime": moment} if moment else {"UseLatestRestorableTime": True}
            self._aws.ask(Call.RESTORE_TABLE, self._region, SourceTableName=self.name, TargetTableName=name, **when)
        return f"as {name}"

    def serves(self, memory: Memory) -> bool:
        """Whether what is restored answers."""
        return self._described(memory.text("target"))["TableStatus"] == "ACTIVE"

    def compare(self, memory: Memory) -> str:
        """Whether an item is in it, where the table itself has some."""
        counts = [
            self._aws.ask(Call.SCAN, self._region, TableName=name, Limit=1, Select="COUNT")["ScannedCount"]
            for name in (self.name, memory.text("target"))
        ]
        if counts[0] and not counts[1]:
            raise StoppedError(f"{memory.text('target')} is empty, and {self.name} is not")
        return "items are in it" if counts[1] else f"it is empty, as {self.name} is"

    def discard(self, memory: Memory) -> str:
        """Begin to delete what was restored."""
        name = memory.text("target")
        try:
            if self._described(name)["TableStatus"] != "DELETING":
                self._aws.ask(Call.DELETE_TABLE, self._region, TableName=name)
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
