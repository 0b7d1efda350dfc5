"""What starts the tasks of a stack: the clock, and a release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.foundation.flow import service_group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from components.compute.cluster import Cluster
    from components.compute.layer import ComputeArgs
    from components.compute.task import Task
    from components.compute.work.schedule import Schedule
    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from settings.services import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What starts tasks, as the rest of the layer sees it.

    Args:
        gates: what must have run before a release.
        alarms: starts that did not happen.
        events: runs that failed.
    """

    gates: Sequence[pulumi.Resource]
    alarms: Sequence[AlarmSpec]
    events: Sequence[EventSpec]


def scheduled(
    name: str,
    services: Sequence[Service],
    tasks: Mapping[str, Task],
    cluster: Cluster,
    args: ComputeArgs,
    opts: pulumi.ResourceOptions,
) -> Started:
    """Schedules, and the tasks that a release waits for.

    Args:
        name: start of the names.
        services: those of the stack.
        tasks: service → its task.
        cluster: where tasks run.
        args: what the services have in common.
        opts: options that make it a child of the platform.
    """
    clocks = [_schedule(name, s, tasks[s.name], cluster, args, opts) for s in services if s.schedule.expression]
    alarms = [spec for clock in clocks for spec in clock.alarms()]
    events = {spec.name: spec for clock in clocks for spec in clock.events()}
    first = [service for service in services if service.before_release]
    if not first:
        return Started(gates=(), alarms=alarms, events=list(events.values()))
    # A stack without such tasks must not pay for loading what runs them.
    from components.compute.work.before_release import BeforeRelease, BeforeReleaseArgs

    before = BeforeRelease(
        f"{name}-before",
        BeforeReleaseArgs(
            context=args.context,
            tasks={service.name: tasks[service.name] for service in first},
            groups={service.name: args.group_ids[service_group(service.name)] for service in first},
            cluster=cluster,
            subnet_ids=args.subnet_ids,
            placement=first[0].compute.placement,
            logs=args.logs,
        ),
        opts=opts,
    )
    # A task that both starts by the clock and gates a release is heard of once.
    events |= {spec.name: spec for spec in before.events()}
    return Started(gates=before.done, alarms=[*alarms, *before.alarms()], events=list(events.values()))


def _schedule(
    name: str, service: Service, task: Task, cluster: Cluster, args: ComputeArgs, opts: pulumi.ResourceOptions
) -> Schedule:
    from components.compute.work.schedule import Schedule, ScheduleArgs

    schedule = ScheduleArgs(
        context=args.context,
        service=service.name,
        settings=service.schedule,
        task=task,
        cluster=cluster,
        subnet_ids=args.subnet_ids,
        security_group_id=args.group_ids[service_group(service.name)],
        placement=service.compute.placement,
    )
    return Schedule(f"{name}-{service.name}-cron", schedule, opts=opts)
