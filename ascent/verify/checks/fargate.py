"""Whether the services on Fargate run as many tasks as they should."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ascent.verify.answer import Said, not_well, well
from ascent.verify.aws import GoneError, NotAnsweredError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject


def check_service(service: Found, subject: Subject) -> Iterator[Said]:
    """A service: running as desired, its rollout at an end, and why its last tasks stopped where they did."""
    cluster, name = service.text("cluster"), service.text("name") or service.id.rpartition("/")[2]
    answered = subject.aws.ask(Read.SERVICES, service.region, cluster=cluster, services=[name])["services"]
    found = next((one for one in answered if one.get("status") != "INACTIVE"), None)
    if found is None:
        raise GoneError
    running, desired = found["runningCount"], found["desiredCount"]
    rollout = next((one for one in found.get("deployments", ()) if one.get("status") == "PRIMARY"), {})
    state = rollout.get("rolloutState", "COMPLETED")
    text = f"{running} of {desired} tasks run, rollout {state.lower().replace('_', ' ')}"
    if running == desired and state == "COMPLETED":
        yield well(text)
        return
    reason = rollout.get("rolloutStateReason", "") if state == "FAILED" else ""
    why = "; ".join(filter(None, (reason, _stopped(cluster, name, service.region, subject))))
    yield not_well(
        f"{text}: {why}" if why else text,
        runbook="runbooks/release.md",
        command=subject.aws.command(
            *("ecs", "describe-services", "--cluster", cluster, "--services", name),
            *("--query", "services[].[deployments,events[:5]]"),
            region=service.region,
        ),
    )


def _stopped(cluster: str, service: str, region: str, subject: Subject) -> str:
    """Why the last tasks stopped, as far as AWS still knows; empty where none did."""
    try:
        arns = subject.aws.ask(Read.TASKS, region, cluster=cluster, serviceName=service, desiredStatus="STOPPED")
        if not arns["taskArns"]:
            return ""
        tasks = subject.aws.ask(Read.STOPPED, region, cluster=cluster, tasks=arns["taskArns"][:100])["tasks"]
    except NotAnsweredError as error:
        return f"why tasks stopped was not asked: {error}"
    reasons = Counter(filter(None, map(_reason, tasks)))
    return "; ".join(f"{count} stopped: {reason}" for reason, count in reasons.most_common(3))


def _reason(task: dict[str, Any]) -> str:
    containers = [
        ", ".join(
            filter(
                None,
                (
                    one.get("reason", ""),
                    f"{one.get('name', 'container')} ended with {one['exitCode']}" if one.get("exitCode") else "",
                ),
            )
        )
        for one in task.get("containers", ())
    ]
    return ", ".join(filter(None, (task.get("stoppedReason", ""), *containers)))
