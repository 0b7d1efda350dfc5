"""Verdicts as JSON, as described by docs/schemas/check.schema.json and plan-verdicts.schema.json."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import PlainSerializer

from ascent.document import Record, at, filled
from ascent.plan.lookups import stands_in
from ascent.plan.model import Plan
from ascent.plan.serialize import to_dict
from ascent.verdicts.findings import Meaning, meaning_of
from ascent.verdicts.unjudged import not_judged
from policies.pack.levels import Level
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result


class WaiverRecord(Record):
    """Who accepts a finding, and until when."""

    reason: str
    owner: str
    expires: datetime.date
    place: str
    """Where it is written."""


class PositionRecord(Record):
    """A line of the program."""

    path: str
    line: int


class VerdictRecord(Record):
    """What a rule says of a resource."""

    rule: str = at("result", "verdict", "rule")
    urn: str = at("result", "verdict", "urn")
    status: Status = at("result", "verdict", "status")
    level: Level = at("result", "level")
    found: str = at("result", "verdict", "found")
    wanted: str = at("result", "verdict", "wanted")
    fix: str = at("result", "verdict", "fix")
    waiver: WaiverRecord | None = filled(None, "result", "waiver")
    position: PositionRecord | None = filled(None)
    """Where the program registers the resource."""


class StackVerdicts(Record):
    """One stack with its verdicts."""

    project: str = at("judged", "plan", "project")
    stack: str = at("judged", "plan", "stack")
    tier: str = at("judged", "plan", "tier")
    region: str = at("judged", "plan", "region")
    file: str = at("judged", "file")
    """The file that findings point to where no line of the program is known."""
    fine: bool = at("judged", "fine")
    """Whether the stack may be deployed."""
    counts: dict[str, int]
    """Number of verdicts by what they mean."""
    problems: list[str] = at("judged", "problems")
    """What makes the plan inconsistent in itself."""
    waiver_findings: list[str] = at("judged", "report", "waiver_findings")
    """Waivers that have expired or excuse nothing."""
    not_judged: dict[str, int]
    """AWS types that no rule looks at beyond their tags → number of resources."""
    verdicts: list[VerdictRecord]


class CheckDocument(Record):
    """What `ascent check --format json` prints: every verdict."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stacks: list[StackVerdicts]


class LookUpRecord(Record):
    """A question to AWS that an offline plan leaves open."""

    token: str
    """The function's token."""
    stands_in: str
    """What the plan takes for the answer."""


class PlannedStack(Record):
    """One stack with its plan and its verdicts."""

    plan: Annotated[Plan, PlainSerializer(to_dict, return_type=dict[str, Any])] = at("judged", "plan")
    """As described by plan.schema.json."""
    problems: list[str] = at("judged", "problems")
    """What makes the plan inconsistent in itself."""
    look_ups: list[LookUpRecord]
    """What a deployment asks AWS, and this plan did not."""
    verdicts: list[VerdictRecord]
    fine: bool = at("judged", "fine")
    """Whether the stack may be deployed."""


class PlanDocument(Record):
    """What `ascent plan --json` prints: plans, and every verdict on them."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stacks: list[PlannedStack]


def verdict_record(result: Result) -> dict[str, Any]:
    """What a rule says of a resource, as JSON values.

    Args:
        result: the verdict, its level and its waiver.
    """
    return VerdictRecord.of(SimpleNamespace(result=result)).values()


def check_document(judged: Sequence[Judged]) -> dict[str, Any]:
    """The verdicts on stacks.

    Args:
        judged: stacks with what was found in them.
    """
    return CheckDocument.of({"stacks": [_found(one) for one in judged]}).values()


def plan_document(judged: Sequence[Judged]) -> dict[str, Any]:
    """Plans and the verdicts on them.

    Args:
        judged: stacks with what was found in them.
    """
    return PlanDocument.of({"stacks": [_found(one) for one in judged]}).values()


def _found(one: Judged) -> SimpleNamespace:
    counts = Counter(meaning_of(result) for result in one.report.results)
    return SimpleNamespace(
        judged=one,
        not_judged=dict(not_judged(one.plan)),
        look_ups=[SimpleNamespace(token=token, stands_in=stands_in(token)) for token in one.lookups],
        counts={meaning.value.lower(): counts[meaning] for meaning in Meaning},
        verdicts=[SimpleNamespace(result=r, position=one.position(r.verdict.urn)) for r in one.report.results],
    )
