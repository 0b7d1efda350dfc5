"""Prints what an operation would do, and what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from ascent.ops.record import DIRECTORY, Outcome

if TYPE_CHECKING:
    from rich.console import Console

    from ascent.ops.record import OperationRecord
    from ascent.ops.step import Prepared


def print_prepared(out: Console, prepared: Prepared, stack: str, record: OperationRecord | None) -> None:
    """Print the steps of an operation that nobody has asked to do yet.

    Args:
        out: where to.
        prepared: the operation.
        stack: the stack's name.
        record: what an interrupted one did already; None for a fresh one.
    """
    done = {step.step for step in record.steps if step.ended is not None} if record else set()
    out.print(Text(f"{prepared.operation} {prepared.subject} of {stack} would", "bold"))
    for number, step in enumerate(prepared.steps, start=1):
        before = " (done before)" if step.name in done else ""
        out.print(Text(f"  {number}. {step.says}{before}"), soft_wrap=True)
    if prepared.harms:
        out.print(Text(f"it harms: {prepared.harms}", "yellow"), soft_wrap=True)
    for line in prepared.after:
        out.print(Text(f"then: {line}", "dim"), soft_wrap=True)
    confirm = f" --confirm {stack}" if prepared.harms else ""
    out.print(Text(f"Nothing was done. To do it, add --apply{confirm}"), soft_wrap=True)


def print_done(out: Console, record: OperationRecord, prepared: Prepared) -> None:
    """Print what came of an operation.

    Args:
        out: where to.
        record: what it did.
        prepared: what it was to do.
    """
    good = record.outcome is Outcome.DONE
    if not good:
        out.print(Text(record.steps[-1].found, "bold red"), soft_wrap=True)
    for line in prepared.after if good else ():
        out.print(Text(f"then: {line}", "dim"), soft_wrap=True)
    measured = [
        f"{name} {minutes:g} minutes"
        for name, minutes in (("RTO", record.measured_rto_minutes), ("RPO", record.measured_rpo_minutes))
        if minutes is not None
    ]
    took = ", ".join([f"{record.minutes():g} minutes", *measured])
    word = "DONE" if good else "NOT DONE"
    out.print(Text(f"{word} {record.operation} {record.subject} of {record.stack}: {took}"), soft_wrap=True)
    out.print(Text(f"recorded in {DIRECTORY}/{record.name}; commit it: readiness reads it", "dim"), soft_wrap=True)


def to_document(prepared: Prepared, stack: str) -> dict[str, Any]:
    """What an operation would do, as JSON values."""
    return {
        "operation": prepared.operation.value,
        "stack": stack,
        "subject": prepared.subject,
        "steps": [{"step": step.name, "says": step.says} for step in prepared.steps],
        "harms": prepared.harms,
        "after": list(prepared.after),
    }
