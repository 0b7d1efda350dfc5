"""What starts a task by the clock, and who hears when it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster
from components.compute.task import CONTAINER, Task
from components.foundation.alarm import AlarmSpec, Comparison
from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import Placement, Severity
from settings.sections.running.schedule import ScheduleSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMESPACE: Final = "AWS/Scheduler"
_HOUR: Final = 3600


@dataclass(frozen=True, kw_only=True)
class ScheduleArgs:
    """What starts, when and where.

    Args:
        context: names and tags.
        service: name of the task in the stack.
        settings: when, and how often a start is tried.
        task: what starts.
        cluster: where.
        subnet_ids: one subnet per zone.
        security_group_id: group of the task.
        placement: kind of these subnets.
    """

    context: Context
    service: str
    settings: ScheduleSettings
    task: Task
    cluster: Cluster
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    placement: Placement


class Schedule(pulumi.ComponentResource):
    """A schedule in a group of its own, by which it is found in metrics. $1 per million starts, 14 million free."""

    def __init__(self, name: str, args: ScheduleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Schedule", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        role = ServiceRoleArgs(
            context=context,
            description=f"EventBridge Scheduler, to start {args.service}",
            services=["scheduler.amazonaws.com"],
            statements=starting(context, args.task, args.cluster),
            conditions={"StringEquals": {"aws:SourceAccount": context.account_id}},
        )
        group = aws.scheduler.ScheduleGroup(f"{name}-group", tags=context.tags(f"{name}-group"), opts=child)
        aws.scheduler.Schedule(
            f"{name}-start",
            description=f"Starts {args.service}",
            group_name=group.name,
            schedule_expression=str(settings.expression),
            schedule_expression_timezone=settings.timezone,
            flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
            target=aws.scheduler.ScheduleTargetArgs(
                arn=args.cluster.arn,
                role_arn=ServiceRole(f"{name}-role", role, opts=child).arn,
                ecs_parameters=_started(args),
                # AWS would try for a day, 185 times.
                retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_retry_attempts=settings.retries, maximum_event_age_in_seconds=_HOUR
                ),
            ),
            opts=child,
        )
        self._args, self._group = args, group.name
        self.register_outputs({"group": group.name})

    def alarms(self) -> list[AlarmSpec]:
        """Starts that ECS refused to the end, and, where asked, too long without any."""
        service, silent = self._args.service, self._args.settings.silent_hours
        refused = AlarmSpec(
            key="schedule-failed",
            subject=service,
            title=f"{service} was not started: ECS refused to the end",
            namespace=_NAMESPACE,
            metric="InvocationDroppedCount",
            dimensions={"ScheduleGroup": self._group},
            statistic="Sum",
            threshold=0,
            periods=1,
            period_seconds=300,
            severity=Severity.HIGH,
        )
        if silent is None:
            return [refused]
        quiet = AlarmSpec(
            key="schedule-silent",
            subject=service,
            title=f"nothing has started {service} for {silent} hours",
            namespace=_NAMESPACE,
            metric="InvocationAttemptCount",
            dimensions={"ScheduleGroup": self._group},
            statistic="Sum",
            threshold=1,
            comparison=Comparison.BELOW,
            periods=silent,
            period_seconds=_HOUR,
            missing_is_bad=True,
            severity=Severity.HIGH,
        )
        return [refused, quiet]

    def events(self) -> list[EventSpec]:
        """A run that failed: to the scheduler, one that ends with an error is a success."""
        return [task_failed(self._args.service, self._args.task)]


def task_failed(service: str, task: Task) -> EventSpec:
    """A run of a task that did not start, or ended with another status than 0.

    Args:
        service: name of the task in the stack.
        task: what runs.
    """
    return EventSpec(
        key="task-failed",
        subject=service,
        title=f"a run of {service} failed",
        pattern={
            "source": ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            "detail": {
                "group": [f"family:{task.family}"],
                "lastStatus": ["STOPPED"],
                "$or": [
                    {"stopCode": ["TaskFailedToStart"]},
                    {"containers": {"name": [CONTAINER], "exitCode": [{"anything-but": [0]}]}},
                ],
            },
        },
    )


def starting(context: Context, task: Task, cluster: Cluster) -> list[Statement]:
    """What whoever starts a task may do.

    Args:
        context: partition, region and account.
        task: what starts.
        cluster: where it may.
    """
    return [
        Statement(
            sid="Start",
            actions=["ecs:RunTask"],
            resources=[context.arn("ecs", f"task-definition/{task.family}:*")],
            conditions={"ArnEquals": {"ecs:cluster": cluster.arn}},
        ),
        Statement(
            sid="TagWhatStarts",
            actions=["ecs:TagResource"],
            resources=[pulumi.Output.concat(context.arn("ecs", "task/"), cluster.name, "/*")],
            conditions={"StringEquals": {"ecs:CreateAction": "RunTask"}},
        ),
        Statement(
            sid="GiveItItsRoles",
            actions=["iam:PassRole"],
            resources=list(task.role_arns),
            conditions={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
        ),
    ]


def _started(args: ScheduleArgs) -> aws.scheduler.ScheduleTargetEcsParametersArgs:
    return aws.scheduler.ScheduleTargetEcsParametersArgs(
        task_definition_arn=args.task.definition_arn,
        launch_type="FARGATE",
        platform_version="LATEST",
        task_count=1,
        enable_ecs_managed_tags=True,
        propagate_tags="TASK_DEFINITION",
        network_configuration=aws.scheduler.ScheduleTargetEcsParametersNetworkConfigurationArgs(
            subnets=list(args.subnet_ids),
            security_groups=[args.security_group_id],
            assign_public_ip=args.placement is Placement.PUBLIC,
        ),
    )
