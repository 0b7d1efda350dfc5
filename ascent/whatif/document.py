"""What a change of settings does as JSON, as described by docs/schemas/what-if.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from ascent.compare.document import CareRecord, CostRecord, ReadinessRecord, SettingRecord, SideRecord
from ascent.document import Money, Record, at, each
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from ascent.whatif.effect import WhatIf
    from policies.pack.evaluate import Result


class FindingRecord(Record):
    """A finding that only one of the two plans has."""

    meaning: Meaning
    rule: str
    urn: str
    found: str


def _findings(results: Iterable[Result]) -> Iterator[Mapping[str, Any]]:
    for result in results:
        verdict = result.verdict
        yield {"meaning": meaning_of(result), "rule": verdict.rule, "urn": verdict.urn, "found": verdict.found}


class ReplacedRecord(Record):
    """A resource that is made anew."""

    urn: str
    by: list[str]
    """The inputs that force it."""


def _replaced(found: Mapping[str, tuple[str, ...]]) -> Iterator[Mapping[str, Any]]:
    for urn, names in found.items():
        yield {"urn": urn, "by": list(names)}


class WhatIfDocument(Record):
    """What `ascent what-if --json` prints: a stack beside itself with other values of settings."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stack: SideRecord = at("comparison", "before")
    changes: dict[str, Any] = at("values")
    """Setting → value; what stands in angle brackets only its owner knows."""
    dollars: Money
    """US dollars a month that it adds, expected, with the same usage."""
    points: float
    """Points of the score that it adds."""
    fine: bool
    """Whether no mandatory rule is broken that is kept now."""
    unpriced: list[str]
    """URNs of what has no price: with any of them, `dollars` is the least."""
    settings: list[SettingRecord] = at("comparison", "settings")
    care: list[CareRecord] = at("comparison", "care")
    replaced: Annotated[list[ReplacedRecord], each(_replaced)]
    broken: Annotated[list[FindingRecord], each(_findings)]
    mended: Annotated[list[FindingRecord], each(_findings)]
    readiness: ReadinessRecord = at("comparison")
    cost: CostRecord = at("comparison")
    commands: list[str] = at("commands", "lines")


def to_document(found: WhatIf) -> dict[str, Any]:
    """A change; the same change always yields the same document.

    Args:
        found: the change.
    """
    return WhatIfDocument.of(found).values()
