"""Records of operations as evidence: which items they speak for, how long, and what is no record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ascent.ops.kinds import Operation
from ascent.ops.record import DIRECTORY, OperationRecord, Outcome, StepRecord, read_records
from ascent.readiness.assess import assess
from ascent.readiness.checklist import shipped
from ascent.readiness.model import Status
from ascent.verdicts.judge import facts_of, judge
from common.problems import InputError
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from pathlib import Path

    from ascent.plan.model import Plan

TODAY = date(2026, 11, 25)


def record(operation: Operation = Operation.RESTORE, *, days: int = 0, **more: Any) -> OperationRecord:  # noqa: ANN401
    started = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC) - timedelta(days=days)
    ended = started + timedelta(minutes=40)
    step = StepRecord(step="look", says="look", begun=started, ended=ended)
    given: dict[str, Any] = {
        "operation": operation,
        "stack": "test",
        "subject": "postgres",
        "who": "arn:aws:iam::123456789012:user/anna",
        "started": started,
        "ended": ended,
        "outcome": Outcome.DONE,
        "measured_rto_minutes": 38.5,
        "steps": [step],
    }
    return OperationRecord(**{**given, **more})


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned(smallest("production"))


def status(plan: Plan, number: int, *records: OperationRecord) -> tuple[Status, str]:
    facts = facts_of(plan)
    readiness = assess(facts, judge(plan), shipped(), today=TODAY, plan=plan, records=records)
    judged = next(one for one in readiness.items if one.item.number == number)
    said = next(e for e in judged.evidence if e.kind in ("record", "attestation"))
    return said.status, said.found


@pytest.mark.parametrize(
    ("number", "operation", "days"),
    [
        (60, Operation.ROLLBACK, 183),
        (152, Operation.RESTORE, 183),
        (155, Operation.RESTORE, 92),
        (159, Operation.DRILL, 92),
        (159, Operation.DRAIN_ZONE, 92),
        (159, Operation.FAILOVER, 92),
    ],
)
def test_what_was_done_counts_for_as_long_as_an_attestation(
    plan: Plan, number: int, operation: Operation, days: int
) -> None:
    assert status(plan, number, record(operation, days=days))[0] is Status.MET
    assert status(plan, number, record(operation, days=days + 1))[0] is Status.UNMET


def test_the_evidence_says_what_was_measured(plan: Plan) -> None:
    _, said = status(plan, 155, record(days=3))
    assert said == "restore of postgres on 2026-11-22, holds for 92 days: 40 minutes, RTO 38.5 minutes"


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": Outcome.FAILED},
        {"outcome": Outcome.RUNNING, "ended": None},
        {"stack": "other"},
        {"operation": Operation.FAILBACK},
    ],
)
def test_what_did_not_end_well_or_elsewhere_speaks_for_nothing(plan: Plan, wrong: dict[str, Any]) -> None:
    assert status(plan, 155, record(**wrong))[0] is Status.UNMET


def written(directory: Path, made: OperationRecord, text: str | None = None, name: str = "") -> Path:
    path = directory / DIRECTORY / (name or made.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made.text() if text is None else text, encoding="utf-8")
    return path


def test_records_are_read_the_latest_first(tmp_path: Path) -> None:
    assert read_records(tmp_path) == ()
    for days in (3, 1, 2):
        written(tmp_path, record(days=days))
    assert [one.started.day for one in read_records(tmp_path)] == [24, 23, 22]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{", r"json:2:1: not valid"),
        ("[]", "must be"),
        (record().text().replace('"restore"', '"restoration"'), "operation is"),
        (record().text().replace('"who"', '"whom"'), "whom"),
        (record().text().replace("2026-11-25T09:00:00Z", "2099-11-25T09:00:00Z", 1), "is of another operation"),
        (record(ended=None).text(), "a step of it has not ended"),
        (record(steps=[]).text(), "it has no steps"),
        (record(ended=datetime(2026, 1, 1, tzinfo=UTC)).text(), "is before it started"),
    ],
)
def test_what_no_operation_wrote_is_refused(tmp_path: Path, text: str, wanted: str) -> None:
    written(tmp_path, record(), text)
    with pytest.raises(InputError, match=wanted):
        read_records(tmp_path)
