"""What `ascent release --json` prints, as described by docs/schemas/release.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ascent.document import Money, Record, at

if TYPE_CHECKING:
    from ascent.release.release import Release


class ReleaseDocument(Record):
    """What `ascent release --json` prints."""

    schema_version: Literal[1] = 1
    """Raised when a reader of the previous version would misread a document."""
    stack: str
    image: str
    """The new image."""
    services: dict[str, str | None] = at("before")
    """Service whose image changes → the image that it had; null for the placeholder."""
    written: bool
    """Whether the stack file holds the new image now."""
    stops: list[str]
    """What would stop requests, a line each; the release is refused for it."""
    findings: list[str]
    """What mandatory rules and the plan itself say, a line each; the release is refused for it."""
    steps: list[str]
    """What happens, in its order."""
    minutes: int
    """How long the steps take, besides the start of tasks."""
    monthly_usd_before: Money
    """Expected cost of the stack as it is written."""
    monthly_usd_after: Money
    """Expected cost with the new image."""


def to_document(found: Release, *, written: bool) -> dict[str, Any]:
    """A release as JSON.

    Args:
        found: the release.
        written: whether the stack file holds the image now.
    """
    before, after = found.dollars
    own = {key: getattr(found, key) for key in ("stack", "image", "before", "stops", "findings", "steps", "minutes")}
    costs = {"monthly_usd_before": before, "monthly_usd_after": after}
    return ReleaseDocument.of({**own, **costs, "written": written}).values()
