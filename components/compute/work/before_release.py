"""Tasks that run to their end before anything of a release, such as migrations of a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster
from components.compute.task import CONTAINER, Task
from components.compute.work.schedule import starting, task_failed
from components.foundation.context import Context
from components.foundation.function import Function, FunctionArgs
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from settings.enums import Placement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec

_MOST_SECONDS: Final = 900
"""Longest run of a function."""


@dataclass(frozen=True, kw_only=True)
class BeforeReleaseArgs:
    """What runs before a release.

    Args:
        context: names and tags.
        tasks: name in the stack → what runs, in this order, one after the other.
        groups: name → security group.
        cluster: where they run.
        subnet_ids: one subnet per zone.
        placement: kind of these subnets.
        logs: retention and encryption of the log of the function that starts them.
    """

    context: Context
    tasks: Mapping[str, Task]
    groups: Mapping[str, pulumi.Input[str]]
    cluster: Cluster
    subnet_ids: Sequence[pulumi.Input[str]]
    placement: Placement
    logs: LogPolicy


class BeforeRelease(pulumi.ComponentResource):
    """A function that runs a task and waits for its end, and a call of it for each new version of each task.

    The services of the stack come after these calls: where one fails, the update stops before any of them.

    Attributes:
        done: there once all have run.
    """

    done: list[pulumi.Resource]

    def __init__(self, name: str, args: BeforeReleaseArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:BeforeRelease", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        self._args = args
        self._function = Function(
            f"{name}-run",
            FunctionArgs(
                context=context,
                purpose="before-release",
                description="Runs a task and waits for its end",
                module="functions/run_task.py",
                logs=args.logs,
                statements=_statements(args),
                timeout_seconds=_MOST_SECONDS,
            ),
            opts=child,
        )
        self.done = []
        for service, task in args.tasks.items():
            # A new version of the definition is a new call; the order is that of the settings.
            call = aws.lambda_.Invocation(
                f"{name}-{service}",
                function_name=self._function.name,
                input=pulumi.Output.json_dumps(
                    {
                        "cluster": args.cluster.name,
                        "taskDefinition": task.definition_arn,
                        "container": CONTAINER,
                        "subnets": list(args.subnet_ids),
                        "securityGroup": args.groups[service],
                        "assignPublicIp": "ENABLED" if args.placement is Placement.PUBLIC else "DISABLED",
                    }
                ),
                lifecycle_scope="CREATE_ONLY",
                triggers={"version": task.definition_arn},
                opts=pulumi.ResourceOptions(parent=self, depends_on=list(self.done)),
            )
            self.done.append(call)
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """The function, which fails where a task does."""
        return self._function.alarms()

    def events(self) -> list[EventSpec]:
        """A run that failed."""
        return [task_failed(service, task) for service, task in self._args.tasks.items()]


def _statements(args: BeforeReleaseArgs) -> list[Statement]:
    found = []
    for number, task in enumerate(args.tasks.values(), 1):
        found += [
            Statement(sid=f"{one.sid}{number}", actions=one.actions, resources=one.resources, conditions=one.conditions)
            for one in starting(args.context, task, args.cluster)
        ]
    watch = Statement(
        sid="Watch",
        actions=["ecs:DescribeTasks"],
        resources=[pulumi.Output.concat(args.context.arn("ecs", "task/"), args.cluster.name, "/*")],
    )
    return [*found, watch]
