"""Whether alarms are quiet, and would be heard."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from ascent.verify.answer import Said, not_well, well
from ascent.verify.aws import GoneError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_PATIENCE: Final = 3
"""Evaluations after which an alarm without data should have had some."""
_LEAST: Final = timedelta(minutes=15)
"""What any alarm may take: CloudWatch shows some metrics late."""


def check_alarm(alarm: Found, subject: Subject) -> Iterator[Said]:
    """An alarm: its state, and whether it tells anybody."""
    name, region = alarm.text("name") or alarm.id, alarm.region
    answered = subject.aws.ask(Read.ALARMS, region, AlarmNames=[name])["MetricAlarms"]
    if not answered:
        raise GoneError
    found = answered[0]
    named = re.search(r"runbooks/[\w-]+\.md", found.get("AlarmDescription") or "")
    runbook = named[0] if named else "verify.md#alarms"
    command = subject.aws.command("cloudwatch", "describe-alarms", "--alarm-names", name, region=region)
    said = list(_wrong(found, subject))
    for text in said:
        yield not_well(text, runbook=runbook, command=command)
    if not said:
        yield well("has no data yet" if found["StateValue"] == "INSUFFICIENT_DATA" else "quiet")


def _wrong(found: dict[str, Any], subject: Subject) -> Iterator[str]:
    since = subject.now - found["StateUpdatedTimestamp"]
    minutes = max(0, int(since.total_seconds() // 60))
    if found["StateValue"] == "ALARM":
        yield f"fires for {minutes} min: {' '.join(found.get('StateReason', '').split()) or 'no reason given'}"
    evaluation = timedelta(seconds=found.get("Period", 60) * found.get("EvaluationPeriods", 1))
    if found["StateValue"] == "INSUFFICIENT_DATA" and since > max(_LEAST, _PATIENCE * evaluation):
        yield f"has had no data for {minutes} min"
    if not found.get("ActionsEnabled", True):
        yield "tells nobody: its actions are disabled"
    elif not found.get("AlarmActions"):
        yield "tells nobody: it has no action"
