"""What `ascent release --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from ascent.release.release import Release


class ReleaseDocument(TypedDict):
    """A release of one stack."""

    schemaVersion: Literal[1]
    stack: str
    image: str
    services: dict[str, str | None]
    """Service → the image that it had; null for the placeholder."""
    written: bool
    """Whether the stack file holds the image now."""
    stops: list[str]
    findings: list[str]
    steps: list[str]
    minutes: int
    monthlyUsdBefore: str
    monthlyUsdAfter: str


def to_document(found: Release, *, written: bool) -> ReleaseDocument:
    """A release as JSON.

    Args:
        found: the release.
        written: whether the stack file holds the image now.
    """
    before, after = (f"{dollars:.2f}" for dollars in found.dollars)
    return {
        "schemaVersion": 1,
        "stack": found.stack,
        "image": found.image,
        "services": found.before,
        "written": written,
        "stops": found.stops,
        "findings": found.findings,
        "steps": found.steps,
        "minutes": found.minutes,
        "monthlyUsdBefore": before,
        "monthlyUsdAfter": after,
    }
