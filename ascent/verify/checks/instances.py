"""Whether an Auto Scaling group has its instances, and its last release went through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.verify.answer import Said, not_asked, not_well, well
from ascent.verify.aws import GoneError, NotAnsweredError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_UNDER_WAY = ("Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress")


def check_group(group: Found, subject: Subject) -> Iterator[Said]:
    """A group: instances in service as desired, and the state of its last refresh."""
    name, region, aws = group.text("name") or group.id, group.region, subject.aws
    answered = aws.ask(Read.GROUPS, region, AutoScalingGroupNames=[name])["AutoScalingGroups"]
    if not answered:
        raise GoneError
    instances, desired = answered[0].get("Instances", []), answered[0]["DesiredCapacity"]
    good = sum(one["LifecycleState"] == "InService" and one["HealthStatus"] == "Healthy" for one in instances)
    text = f"{good} of {desired} instances in service"
    if good == len(instances) == desired:
        yield well(text)
    else:
        why = _failure(name, region, subject)
        yield not_well(
            f"{text}: {why}" if why else text,
            runbook="runbooks/unhealthy-targets.md",
            command=aws.command(
                "autoscaling", "describe-scaling-activities", "--auto-scaling-group-name", name, region=region
            ),
        )
    yield _refresh(name, region, subject)


def _refresh(name: str, region: str, subject: Subject) -> Said:
    try:
        found = subject.aws.ask(Read.REFRESHES, region, AutoScalingGroupName=name)["InstanceRefreshes"]
    except NotAnsweredError as error:
        return not_asked(f"its last refresh: {error}")
    if not found:
        return well("never refreshed")
    last = found[0]
    status, reason = last["Status"], last.get("StatusReason", "")
    if status == "Successful":
        return well("its last refresh went through")
    what = f"is under way: {status}, {last.get('PercentageComplete', 0)} %" if status in _UNDER_WAY else f"is {status}"
    return not_well(
        f"its last refresh {what}{f': {reason}' if reason else ''}",
        runbook="runbooks/release.md",
        command=subject.aws.command(
            "autoscaling", "describe-instance-refreshes", "--auto-scaling-group-name", name, region=region
        ),
    )


def _failure(name: str, region: str, subject: Subject) -> str:
    """What the group's latest failed activity says; empty where none failed."""
    try:
        found = subject.aws.ask(Read.ACTIVITIES, region, AutoScalingGroupName=name)["Activities"]
    except NotAnsweredError as error:
        return f"why was not asked: {error}"
    return next((one.get("StatusMessage", "") for one in found if one.get("StatusCode") == "Failed"), "")
