"""Verdicts as JSON, all of them."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from ascent.verdicts.findings import Meaning, meaning_of
from ascent.verdicts.judge import record_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.verdicts.judged import Judged
    from policies.pack.evaluate import Result

SCHEMA_VERSION = 1
"""Raised when a reader of the previous version would misread a document."""


def render(judged: Sequence[Judged]) -> str:
    """A JSON document with an object per stack."""
    document = {"schemaVersion": SCHEMA_VERSION, "stacks": [_stack(one) for one in judged]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _stack(one: Judged) -> dict[str, Any]:
    plan = one.plan
    counts = Counter(meaning_of(result) for result in one.report.results)
    return {
        "project": plan.project,
        "stack": plan.stack,
        "tier": plan.tier,
        "region": plan.region,
        "file": one.file,
        "fine": one.fine,
        "counts": {meaning.value.lower(): counts[meaning] for meaning in Meaning},
        "problems": list(one.problems),
        "waiverFindings": list(one.report.waiver_findings),
        "verdicts": [_verdict(one, result) for result in one.report.results],
    }


def _verdict(one: Judged, result: Result) -> dict[str, Any]:
    record = record_of(result)
    position = one.position(result.verdict.urn)
    if position:
        record["position"] = {"path": position.path, "line": position.line}
    return record
