"""Runs the steps of an operation, writes down each before the next, and takes up what was interrupted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ascent.ops.record import DIRECTORY, OperationRecord, Outcome, StepRecord
from ascent.ops.step import Memory, StoppedError
from ascent.output.files import write_whole
from ascent.verify.aws import GoneError, NotAnsweredError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.ops.step import Prepared, Step

_PAUSE: Final = 15.0
"""Seconds between two looks at what is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Where an operation is written down, and how it waits.

    Args:
        directory: where Pulumi.yaml is.
        minutes: longest time to wait for one step.
        tell: is called with a line for people as things go on.
        pause: waits some seconds.
    """

    directory: Path
    minutes: float
    tell: Callable[[str], None]
    pause: Callable[[float], None] = time.sleep

    def run(self, prepared: Prepared, record: OperationRecord) -> OperationRecord:
        """Run an operation, or what is left of it.

        Args:
            prepared: its steps.
            record: an empty record, or that of the interrupted one.

        Returns:
            The record, as it was written.

        Raises:
            InputError: the credentials are no good, or the record cannot be written.
        """
        memory = Memory(kept=record.memory)
        begun = {step.step: step for step in record.steps}
        record.outcome, record.ended = Outcome.RUNNING, None
        total = len(prepared.steps)
        try:
            for number, step in enumerate(prepared.steps, start=1):
                done = begun.get(step.name)
                if done is not None and done.ended is not None:
                    self.tell(f"{number}/{total} {step.says}: done before")
                    continue
                self.tell(f"{number}/{total} {step.says}")
                self._step(step, done, record, memory)
        except (StoppedError, NotAnsweredError, GoneError) as error:
            record.outcome, record.ended = Outcome.FAILED, _now()
            record.steps[-1].found = str(error) or "is gone: AWS does not know it"
            self._write(record)
            return record
        record.outcome, record.ended = Outcome.DONE, _now()
        self._write(record)
        return record

    def _step(self, step: Step, begun: StepRecord | None, record: OperationRecord, memory: Memory) -> None:
        if begun is None:
            begun = StepRecord(step=step.name, says=step.says, begun=_now())
            record.steps.append(begun)
            # Before it is done: an operation that dies in it must not look as if it had never begun.
            self._write(record)
        if not begun.called:
            begun.found = step.do(memory)
            begun.called = True
            self._write(record)
        if step.until is not None:
            self._wait(step, begun, step.until, memory)
        begun.ended = _now()
        if step.served:
            record.measured_rto_minutes = round((begun.ended - record.started).total_seconds() / 60, 1)
        if moment := memory.text("restoredTo"):
            lost = record.started - datetime.fromisoformat(moment)
            record.measured_rpo_minutes = round(max(lost.total_seconds(), 0) / 60, 1)
        self._write(record)
        if begun.found:
            self.tell(f"    {begun.found}")

    def _wait(self, step: Step, begun: StepRecord, until: Callable[[Memory], bool], memory: Memory) -> None:
        end = time.monotonic() + self.minutes * 60
        while not until(memory):
            if time.monotonic() >= end:
                raise StoppedError(
                    f"{step.says}: not over after {self.minutes:g} minutes; run it again with --resume to go on waiting"
                )
            self.tell(f"    waits since {begun.begun:%H:%M:%S} UTC")
            self.pause(_PAUSE)

    def _write(self, record: OperationRecord) -> None:
        path = self.directory / DIRECTORY / record.name
        write_whole(path, record.text(), f"{DIRECTORY}/{record.name}")


def _now() -> datetime:
    return datetime.now(tz=UTC)
