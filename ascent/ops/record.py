"""What an operation leaves behind: who did what, when, how long it took, and what it measured."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from ascent.ops.kinds import Operation
from common.fields import Words
from common.problems import InputError, printable
from common.validation import Translation
from common.yaml_text import read_with_rows

if TYPE_CHECKING:
    from pathlib import Path

DIRECTORY: Final = "docs/operations"
"""Where a project keeps its records, from Pulumi.yaml's directory."""

_UNFIT: Final = re.compile(r"[^0-9A-Za-z-]")


class Outcome(StrEnum):
    """How far an operation got."""

    RUNNING = "running"
    """It was interrupted, or goes on."""
    DONE = "done"
    FAILED = "failed"


class _Entry(BaseModel):
    model_config = ConfigDict(
        extra="forbid", alias_generator=to_camel, populate_by_name=True, use_attribute_docstrings=True
    )


class StepRecord(_Entry):
    """A step that was begun."""

    step: Words
    """Its name, by which a resumed operation finds its place."""
    says: Words
    """What it did, in words."""
    begun: AwareDatetime
    ended: AwareDatetime | None = None
    """None for one that is waited for, or was interrupted."""
    called: bool = False
    """Whether AWS took what it asks for; a resumed operation asks again where it did not."""
    found: str = ""
    """What came of it."""


class OperationRecord(_Entry):
    """One operation on one stack."""

    operation: Operation
    stack: Words
    subject: Words
    """What it was about: a store, a service, a zone."""
    who: Words
    """ARN of whoever ran it, as AWS knows them."""
    started: AwareDatetime
    ended: AwareDatetime | None = None
    outcome: Outcome = Outcome.RUNNING
    measured_rto_minutes: float | None = Field(default=None, ge=0)
    """Minutes from the start until what it is about served again; None where nothing was brought back."""
    measured_rpo_minutes: float | None = Field(default=None, ge=0)
    """Minutes between the start and the moment that came back; None where nothing was brought back."""
    asked: dict[str, str | bool] = Field(default_factory=dict)
    """Options that it was called with, for whoever resumes it."""
    memory: dict[str, Any] = Field(default_factory=dict)
    """What steps told later ones; names and times, never a secret."""
    steps: list[StepRecord] = Field(default_factory=list)

    @property
    def name(self) -> str:
        """Name of its file."""
        moment = f"{self.started.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return f"{_UNFIT.sub('-', self.stack)}-{self.operation}-{moment}.json"

    def minutes(self) -> float:
        """How long it took, or takes until its last step."""
        ends = [self.ended, *(step.ended or step.begun for step in self.steps)]
        last = max((moment for moment in ends if moment is not None), default=self.started)
        return round((last - self.started).total_seconds() / 60, 1)

    def text(self) -> str:
        """The record as its file has it."""
        return self.model_dump_json(by_alias=True, indent=2) + "\n"


def read_records(directory: Path) -> tuple[OperationRecord, ...]:
    """Every record of a project, the latest first.

    Args:
        directory: where Pulumi.yaml is.

    Raises:
        InputError: a file is no record; a line for each problem.
    """
    found: list[OperationRecord] = []
    problems: list[str] = []
    for path in sorted((directory / DIRECTORY).glob("*.json")):
        # JSON is YAML as well, and this way its lines are known.
        content, rows = read_with_rows(path)
        try:
            record = OperationRecord.model_validate(content)
        except ValidationError as error:
            said = Translation(model=OperationRecord, fix="restore it from version control, or delete it", rows=rows)
            problems += [problem.line(f"{DIRECTORY}/{path.name}") for problem in said.problems(error)]
            continue
        problems += [printable(f"{DIRECTORY}/{path.name}: {wrong}") for wrong in _wrong(record, path.name)]
        found.append(record)
    if problems:
        raise InputError("\n".join(problems))
    return tuple(sorted(found, key=lambda record: record.started, reverse=True))


def _wrong(record: OperationRecord, name: str) -> list[str]:
    """What no operation would have written."""
    found = []
    if record.name != name:
        found.append(f"is of another operation, which wrote {record.name}; rename it back")
    if record.started > datetime.now(tz=UTC):
        found.append(f"started is {record.started:%Y-%m-%d %H:%M}: is not over yet; delete it")
    if record.ended is not None and record.ended < record.started:
        found.append(f"ended is {record.ended:%Y-%m-%d %H:%M}: is before it started; delete it")
    if record.outcome is Outcome.DONE and (record.ended is None or any(step.ended is None for step in record.steps)):
        found.append("outcome is done: a step of it has not ended; resume it, or delete it")
    if record.outcome is Outcome.DONE and not record.steps:
        found.append("outcome is done: it has no steps; delete it")
    return found
