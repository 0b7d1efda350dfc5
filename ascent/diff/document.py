"""What a change does as JSON, as described by docs/schemas/diff.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator

from ascent.compare.document import CareRecord, ChangedRecord, FoundRecord, ItemRecord
from ascent.document import Money, Record, at, each
from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.diff.change import Change
    from policies.pack.evaluate import Result


class ReplacedRecord(Record):
    """A resource that is made anew."""

    resource: ChangedRecord = at("changed")
    by: list[str]
    """The inputs that force it."""


class VerdictRecord(Record):
    """A finding that is new, or mended."""

    rule: str
    meaning: Meaning
    urn: str
    message: str


def _verdicts(found: Iterable[Result]) -> Iterator[Mapping[str, Any]]:
    for one in found:
        yield {
            "rule": one.verdict.rule,
            "meaning": meaning_of(one),
            "urn": one.verdict.urn,
            "message": one.message,
        }


Verdicts = Annotated[list[VerdictRecord], each(_verdicts)]


class ResourcesRecord(Record):
    """What becomes of the resources."""

    added: list[FoundRecord] = at("resources", "added")
    updated: list[ChangedRecord]
    """What changes in place."""
    replaced: list[ReplacedRecord]
    removed: list[FoundRecord] = at("resources", "removed")
    only_tags: Annotated[int, BeforeValidator(len)] = at("resources", "tagged")
    """Number of resources of which nothing but tags differs."""
    same: int = at("resources", "same")
    unsure: Annotated[list[str], BeforeValidator(lambda found: [one.after.urn for one in found])] = at("unsure")
    """URNs of `updated` that may be replaced instead: nothing is known of their types."""


class DollarsRecord(Record):
    """Expected dollars a month; null for a side that is not there, or has no prices."""

    before: Money | None
    after: Money | None
    added: Money | None


class ReadinessRecord(Record):
    """Scores from 0 to 100, each against its own tier; null for a side that is not there."""

    before: float | None
    after: float | None
    gained: list[ItemRecord]
    """Items that only the second side meets."""
    lost: list[ItemRecord]
    """Items that only the first side meets."""


class ChangeRecord(Record):
    """What a change does to one stack."""

    stack: str
    tier: str
    kind: Literal["new", "removed", "changed"]
    resources: ResourcesRecord
    care: list[CareRecord]
    broken: Verdicts
    """New findings, the worst first."""
    mended: Verdicts
    readiness: ReadinessRecord
    dollars: DollarsRecord


class DiffDocument(Record):
    """What `ascent diff --json` prints: what a change does to stacks."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    before: str
    """What is compared, as it was named."""
    after: str
    stacks: list[ChangeRecord]
    stopped_by: list[str]
    """What `--fail-on` does not let pass; a line each."""


def to_document(names: tuple[str, str], changes: Sequence[Change], stopped: Sequence[str]) -> dict[str, Any]:
    """A change; the same change always yields the same document.

    Args:
        names: what is compared, as it was named.
        changes: what it does to each stack.
        stopped: what it must not do.
    """
    found = {"before": names[0], "after": names[1], "stacks": [_parts(one) for one in changes], "stopped_by": stopped}
    return DiffDocument.of(found).values()


def _parts(one: Change) -> dict[str, Any]:
    before, after = one.points
    first, second = one.dollars
    return {
        "stack": one.stack,
        "tier": one.tier,
        "kind": "new" if one.before is None else "removed" if one.after is None else "changed",
        "resources": one,
        "care": one.care,
        "broken": one.broken,
        "mended": one.mended,
        "readiness": {"before": before, "after": after, "gained": one.gained, "lost": one.missed},
        "dollars": {"before": first, "after": second, "added": one.dollars_added},
    }
