"""Where an operation begins: a fresh record, or that of one that did not end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ascent.ops.record import OperationRecord, Outcome, read_records
from ascent.verify.reads import Read
from common.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.ops.kinds import Operation
    from ascent.ops.step import Prepared, Subject


def begun(prepared: Prepared, subject: Subject) -> OperationRecord:
    """A record of an operation that begins now.

    Raises:
        InputError: the credentials are no good.
    """
    now = datetime.now(tz=UTC).replace(microsecond=0)
    return OperationRecord(
        operation=prepared.operation,
        stack=subject.stack,
        subject=prepared.subject,
        who=subject.aws.ask(Read.CALLER)["Arn"],
        started=now,
        asked=subject.asked.as_record(),
        memory={"stamp": f"{now:%Y%m%d-%H%M%S}"},
    )


def interrupted(directory: Path, operation: Operation, stack: str) -> OperationRecord:
    """The last operation of a kind on a stack, which did not end.

    Args:
        directory: where Pulumi.yaml is.
        operation: its kind.
        stack: the stack's name.

    Raises:
        InputError: there is none, or it ended.
    """
    said = f"ascent ops {operation} {stack} --resume"
    found = [one for one in read_records(directory) if one.operation is operation and one.stack == stack]
    if not found:
        raise InputError(f"{said}: there is none to resume; leave --resume out")
    if found[0].outcome is Outcome.DONE:
        raise InputError(f"{said}: the last one, of {found[0].started:%Y-%m-%d %H:%M} UTC, is done; leave --resume out")
    return found[0]
