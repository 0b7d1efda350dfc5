"""Queues, schedules with what they start, image repositories, configuration."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ascent.cost.charges import Free, Gap, Line
from ascent.cost.meter import parts
from ascent.cost.pricers.registry import prices
from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.cost.meter import Meter
    from ascent.plan.model import Resource

_MONTH_MINUTES: Final = 730 * 60
_CALLS_PER_MESSAGE: Final = 3
"""Sent, received, deleted; each is a request."""

_ASKED_PER_MINUTE: Final = 3
"""A task that waits 20 seconds for a message asks three times a minute while there is none."""

_POLLS: Final = Decimal(_MONTH_MINUTES * 60) / 45
"""How often an agent asks for one profile: every 45 seconds."""


@prices(types.SQS_QUEUE)
def queue(meter: Meter) -> Iterator[Line]:
    """Messages, and the questions of idle workers; what is put aside is hardly worth a cent."""
    if meter.sources(types.SQS_REDRIVE_ALLOW_POLICY, "queueUrl"):
        yield Free("messages that failed are few")
        return
    working = sum(1 for r in meter.plan.by_type.get(types.SQS_QUEUE, ()) if not _is_dead(meter, r))
    messages = meter.usage.messages / max(working, 1) * _CALLS_PER_MESSAGE
    yield meter.used("sqs.requests", messages, "requests for messages")
    yield meter.fixed("sqs.requests", _MONTH_MINUTES * _ASKED_PER_MINUTE, "requests of a worker that waits")


def _is_dead(meter: Meter, resource: Resource) -> bool:
    return bool(meter.of(resource).sources(types.SQS_REDRIVE_ALLOW_POLICY, "queueUrl"))


@prices(types.SCHEDULER_SCHEDULE)
def schedule(meter: Meter) -> Iterator[Line]:
    """Starts, and the tasks that run for a while each time."""
    starts = _starts(meter.text("scheduleExpression"))
    task = next(iter(meter.targets(types.ECS_TASK_DEFINITION, "target")), None)
    if starts is None or task is None:
        yield Gap("when it starts, or what, is not in the plan")
        return
    yield meter.fixed("scheduler.starts", starts, "starts")
    definition = meter.of(task)
    cpu, memory = definition.number("cpu"), definition.number("memory")
    if cpu is None or memory is None:
        yield Gap("the size of its task is known only after deployment")
        return
    platform = definition.inputs.get("runtimePlatform")
    arm = isinstance(platform, dict) and platform.get("cpuArchitecture") == "ARM64"
    family = "fargate.arm" if arm else "fargate.x86"
    hours = meter.usage.task_minutes * starts / 60
    yield meter.used(f"{family}.vcpu", hours * (cpu / 1024), "vCPU hours of the task that it starts")
    yield meter.used(f"{family}.gb", hours * (memory / 1024), "GB hours of its memory")


def _starts(expression: str) -> Decimal | None:
    """How often a schedule starts something in a month of 730 hours; None for one that cannot be read."""
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression):
        minutes = int(rate[1]) * {"minute": 1, "hour": 60, "day": 1440}[rate[2]]
        return Decimal(_MONTH_MINUTES) / minutes
    if expression.startswith("at("):
        return Decimal(1)
    fields = expression.removeprefix("cron(").removesuffix(")").split()
    if len(fields) != 6:
        return None
    minutes, hours = (_values(field, count) for field, count in zip(fields, (60, 24), strict=False))
    days = Decimal(730) / 24
    share = Decimal(_values(fields[4], 7)) / 7 if fields[4] not in ("?", "*") else Decimal(_values(fields[2], 31)) / 31
    return minutes * hours * days * share * Decimal(_values(fields[3], 12)) / 12


def _values(field: str, count: int) -> int:
    """How many values of a field of a cron there are, out of `count`."""
    found = 0
    for part in field.split(","):
        span, _, step = part.partition("/")
        ends = span.split("-")
        if span in ("*", "?"):
            length = count
        elif len(ends) == 2 and all(end.isdecimal() for end in ends):
            length = int(ends[1]) - int(ends[0]) + 1
        elif len(ends) == 2:
            days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
            known = all(end in days for end in ends)
            length = (days.index(ends[1]) - days.index(ends[0])) % 7 + 1 if known else 1
        else:
            length = count if step else 1
        found += max(1, length // int(step)) if step.isdecimal() and int(step) else length
    return min(found, count)


@prices(types.ECR_REPOSITORY)
def repository(meter: Meter) -> Iterator[Line]:
    """Layers that are kept."""
    yield meter.used("ecr.gb", meter.share(meter.usage.image_gb), "GB of images")


@prices(types.APPCONFIG_CONFIGURATION_PROFILE)
def configuration_profile(meter: Meter) -> Iterator[Line]:
    """Questions of the agents; answers with something new are as rare as changes."""
    tasks = Decimal(0)
    for target in meter.plan.by_type.get(types.APPAUTOSCALING_TARGET, ()):
        tasks += meter.of(target).number("minCapacity") or 0
    if not tasks:
        yield Gap("how many tasks ask is not in the plan")
        return
    yield meter.fixed("appconfig.requests", _POLLS * tasks, "requests of agents")


def awake(meter: Meter, target: Resource | None) -> Decimal:
    """Share of the hours in which schedules let something run; all of them without schedules to nothing.

    Args:
        meter: that of the plan.
        target: the scaling target of what runs; None where there is none.
    """
    if target is None:
        return Decimal(1)
    bounds: dict[bool, str] = {}
    for action in meter.of(target).sources(types.APPAUTOSCALING_SCHEDULED_ACTION, "resourceId"):
        wanted = next(iter(parts(action.inputs.get("scalableTargetAction"))), {})
        bounds[wanted.get("maxCapacity") == 0] = str(action.inputs.get("schedule"))
    wake, sleep = (_hour(bounds.get(off, "")) for off in (False, True))
    return Decimal(1) if wake is None or sleep is None else Decimal((sleep - wake) % 24 * 5) / 168


def _hour(expression: str) -> int | None:
    found = re.fullmatch(r"cron\(0 (\d+) \? \* MON-FRI \*\)", expression)
    return int(found[1]) if found else None
