"""Whether CloudFront has taken in what it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_well, well
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_PAGE = "verify.md#cloudfront"


def check_distribution(distribution: Found, subject: Subject) -> Iterator[Said]:
    """A distribution: deployed everywhere, and switched on."""
    found = subject.aws.ask(Read.DISTRIBUTION, Id=distribution.id)["Distribution"]
    command = subject.aws.command("cloudfront", "get-distribution", "--id", distribution.id)
    status, enabled = found["Status"], found["DistributionConfig"]["Enabled"]
    if not enabled:
        yield not_well("is switched off", runbook=_PAGE, command=command)
    elif status != "Deployed":
        yield not_well(f"is {status}: edges are still being told", runbook=_PAGE, command=command)
    else:
        yield well("deployed")


def check_origin(origin: Found, subject: Subject) -> Iterator[Said]:
    """A VPC origin: deployed."""
    status = subject.aws.ask(Read.VPC_ORIGIN, Id=origin.id)["VpcOrigin"]["Status"]
    if status == "Deployed":
        yield well("deployed")
    else:
        command = subject.aws.command("cloudfront", "get-vpc-origin", "--id", origin.id)
        yield not_well(f"is {status}", runbook=_PAGE, command=command)
