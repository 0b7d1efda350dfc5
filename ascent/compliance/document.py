"""A stack held against a framework as JSON, as described by docs/schemas/compliance.schema.json."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal

from ascent.compliance.assess import CAVEAT, Standing, standing_of
from ascent.compliance.mapping import controls_of
from ascent.document import Record, at
from policies.pack.levels import Level

if TYPE_CHECKING:
    from ascent.compliance.assess import Assessment, Control


class FrameworkRecord(Record):
    """The framework, and where its mapping is from."""

    id: str
    name: str
    edition: str
    source: str
    day: datetime.date
    """Day of the source."""
    complete: bool
    """Whether the controls are the whole framework, not only what the source names."""
    note: str


class MappedRule(Record):
    """A rule that speaks for a control."""

    rule: str
    via: list[str]
    """Anchors of the rule that lead to the control."""
    applied: bool
    """False where the rule is off at the stack's tier."""


class ControlVerdict(Record):
    """A verdict that speaks against a control."""

    rule: str = at("result", "verdict", "rule")
    urn: str = at("result", "verdict", "urn")
    standing: Standing
    level: Level = at("result", "level")
    message: str = at("result", "message")


class ControlRecord(Record):
    """One control."""

    id: str
    title: str
    """In our own words; may be that of the control's group, or empty."""
    standing: Standing
    passed: int
    """Number of verdicts that pass."""
    rules: list[MappedRule]
    findings: list[ControlVerdict]
    """Verdicts that do not pass."""


class StackCompliance(Record):
    """One stack."""

    project: str
    stack: str
    tier: str
    fine: bool
    """Whether no control is failing."""
    counts: dict[Standing, int]
    """Number of controls by standing."""
    controls: list[ControlRecord]
    """In the framework's order."""


class ComplianceDocument(Record):
    """What `ascent readiness --framework NAME --json` prints."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread the document."""
    date: datetime.date
    """Day for which waivers were judged."""
    caveat: str
    """What the result is not."""
    framework: FrameworkRecord
    stacks: list[StackCompliance]


def document_of(assessments: Sequence[Assessment]) -> dict[str, Any]:
    """Stacks held against one framework.

    Args:
        assessments: at least one, all of the same framework and day.
    """
    first = assessments[0]
    return ComplianceDocument.of(
        {
            "date": first.today,
            "caveat": CAVEAT,
            "framework": first.framework,
            "stacks": [_stack(one) for one in assessments],
        }
    ).values()


def _stack(one: Assessment) -> SimpleNamespace:
    return SimpleNamespace(
        project=one.project,
        stack=one.stack,
        tier=one.tier,
        fine=one.fine,
        counts=one.counts,
        controls=[_control(one, control) for control in one.controls],
    )


def _control(one: Assessment, control: Control) -> SimpleNamespace:
    return SimpleNamespace(
        id=control.id,
        title=control.title,
        standing=control.standing,
        passed=len(control.against(Standing.COVERED)),
        rules=[
            SimpleNamespace(
                rule=rule.id, via=list(controls_of(rule, one.framework)[control.id]), applied=rule not in control.off
            )
            for rule in control.rules
        ],
        findings=[
            SimpleNamespace(result=result, standing=standing_of(result))
            for result in control.results
            if standing_of(result) is not Standing.COVERED
        ],
    )
