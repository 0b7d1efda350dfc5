"""Readiness as JSON values, as described by docs/schemas/readiness.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ascent.readiness.assess import Readiness, Score
    from ascent.readiness.evidence import Evidence
    from ascent.readiness.prove import JudgedItem

SCHEMA_VERSION: Final = 1
"""Raised when a reader of the previous version would misread the document."""


def document_of(stacks: Sequence[Readiness], today: date) -> dict[str, Any]:
    """Several stacks as one document."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "date": today.isoformat(),
        "stacks": [record_of(readiness) for readiness in stacks],
    }


def record_of(readiness: Readiness) -> dict[str, Any]:
    """One stack."""
    return {
        "project": readiness.project,
        "stack": readiness.stack,
        "tier": readiness.tier,
        **_score(readiness.score),
        "counts": {status.value: count for status, count in readiness.counts.items()},
        "areas": [
            {"area": area.name, "title": area.title, **_score(readiness.by_area[area.name])} for area in readiness.areas
        ],
        "phases": [{"phase": phase.value, **_score(score)} for phase, score in readiness.by_phase.items()],
        "gaps": [judged.item.number for judged in readiness.gaps],
        "findings": list(readiness.findings),
        "items": [_item(judged) for judged in readiness.items],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "score": score.value,
        "earned": score.earned,
        "possible": score.possible,
        "met": score.met,
        "counted": score.counted,
    }


def _item(judged: JudgedItem) -> dict[str, Any]:
    item = judged.item
    record: dict[str, Any] = {
        "id": item.number,
        "title": item.title,
        "area": item.area,
        "phase": item.phase.value,
        "weight": item.weight,
        "points": item.points,
        "kinds": [kind.value for kind in item.kinds],
        "since": item.since,
        "status": judged.status.value,
        "evidence": [_evidence(evidence) for evidence in judged.evidence],
    }
    if judged.reason:
        record["reason"] = judged.reason
    return record


def _evidence(evidence: Evidence) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": evidence.kind, "status": evidence.status.value, "found": evidence.found}
    filled = {"id": evidence.id, "urns": list(evidence.urns), "files": list(evidence.files)}
    return record | {key: value for key, value in filled.items() if value}
