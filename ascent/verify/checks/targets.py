"""Whether the load balancer has somebody to ask."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_well, well
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject


def check_targets(group: Found, subject: Subject) -> Iterator[Said]:
    """The health of a target group's targets; those that are on their way out don't count."""
    found = subject.aws.ask(Read.TARGETS, group.region, TargetGroupArn=group.id)["TargetHealthDescriptions"]
    health = [entry["TargetHealth"] for entry in found]
    staying = [entry for entry in health if entry["State"] != "draining"]
    healthy = sum(entry["State"] == "healthy" for entry in staying)
    command = subject.aws.command(
        "elbv2", "describe-target-health", "--target-group-arn", group.id, region=group.region
    )
    if healthy and healthy == len(staying):
        yield well(f"{healthy} of {healthy} healthy")
        return
    if not staying:
        text = "has no target"
    else:
        ill = (entry for entry in staying if entry["State"] != "healthy")
        said = Counter(f"{entry['State']} ({entry.get('Reason', 'no reason given')})" for entry in ill)
        text = f"{healthy} of {len(staying)} healthy; {', '.join(f'{count} {state}' for state, count in said.items())}"
    page = "unhealthy-targets" if healthy else "no-healthy-targets"
    yield not_well(text, runbook=f"runbooks/{page}.md", command=command)
