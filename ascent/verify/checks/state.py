"""Whether the last deployment ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_well, well

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.subject import Subject


def check_state(subject: Subject) -> Iterator[Said]:
    """Interrupted operations, and resources that failed on the way."""
    deployed, stack = subject.deployed, subject.stack
    for name in deployed.unsettled:
        yield not_well(
            f"{name}: its last operation was interrupted",
            runbook="interrupted.md",
            command=f"pulumi refresh --stack {stack}",
        )
    for name, reason in deployed.half_made.items():
        yield not_well(f"{name} is half made: {reason}", runbook="interrupted.md", command=f"pulumi up --stack {stack}")
    if not deployed.unsettled and not deployed.half_made:
        yield well(f"{len(deployed.resources)} resources, none interrupted")
