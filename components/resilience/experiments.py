"""Experiments that break something on purpose, and stop when users notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import ComputeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MINUTES: Final = "PT5M"
"""How long a zone stays cut off: longer than what watches it needs to notice."""


@dataclass(frozen=True, kw_only=True)
class ExperimentsArgs:
    """What may be broken.

    Args:
        context: names and tags; whatever bears the stack's tags may be broken, and nothing else.
        kind: what runs the containers.
        zone: the availability zone that is cut off.
        standby: whether a database with a standby can be failed over.
        stop_alarms: names of the alarms that end an experiment.
    """

    context: Context
    kind: ComputeKind
    zone: str
    standby: bool
    stop_alarms: Sequence[pulumi.Input[str]]


class Experiments(pulumi.ComponentResource):
    """Templates of the Fault Injection Service. Free; $0.10 per minute and action while one runs.

    Raises:
        ValueError: no alarm would stop them.
    """

    def __init__(self, name: str, args: ExperimentsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:resilience:Experiments", name, None, opts)
        if not args.stop_alarms:
            raise ValueError(f"{name}: an experiment without an alarm that stops it goes on while users notice")
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        role = ServiceRole(
            f"{name}-run",
            ServiceRoleArgs(
                context=context,
                description="Fault Injection Service, to break what bears the stack's tags",
                services=["fis.amazonaws.com"],
                statements=_may_break(args),
                # What FIS does to network ACLs, each made and tagged by itself.
                managed_policies=["service-role/AWSFaultInjectionSimulatorNetworkAccess"],
            ),
            opts=child,
        )
        for key, experiment in _experiments(args).items():
            aws.fis.ExperimentTemplate(
                f"{name}-{key}",
                description=experiment.description,
                role_arn=role.arn,
                actions=[one.action(name) for name, one in experiment.breaks.items()],
                targets=[one.target(name, context) for name, one in experiment.breaks.items()],
                stop_conditions=[
                    aws.fis.ExperimentTemplateStopConditionArgs(
                        source="aws:cloudwatch:alarm",
                        value=context.arn("cloudwatch", pulumi.Output.concat("alarm:", alarm)),
                    )
                    for alarm in args.stop_alarms
                ],
                experiment_options=aws.fis.ExperimentTemplateExperimentOptionsArgs(
                    account_targeting="single-account", empty_target_resolution_mode="fail"
                ),
                tags=context.tags(f"{name}-{key}"),
                opts=child,
            )
        self.register_outputs({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """One thing that an experiment does to some of the stack's resources."""

    does: str
    to: str
    what: str
    how_many: str = "ALL"
    parameters: Mapping[str, str] | None = None
    within: Mapping[str, str] | None = None

    def action(self, name: str) -> aws.fis.ExperimentTemplateActionArgs:
        given = [
            aws.fis.ExperimentTemplateActionParameterArgs(key=key, value=value)
            for key, value in (self.parameters or {}).items()
        ]
        return aws.fis.ExperimentTemplateActionArgs(
            name=name,
            action_id=self.does,
            parameters=given or None,
            target=aws.fis.ExperimentTemplateActionTargetArgs(key=self.to, value=name),
        )

    def target(self, name: str, context: Context) -> aws.fis.ExperimentTemplateTargetArgs:
        return aws.fis.ExperimentTemplateTargetArgs(
            name=name,
            resource_type=self.what,
            selection_mode=self.how_many,
            resource_tags=[
                aws.fis.ExperimentTemplateTargetResourceTagArgs(key=key, value=value)
                for key, value in _ours(context).items()
            ],
            parameters=dict(self.within) if self.within else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Experiment:
    description: str
    breaks: Mapping[str, _Break]


def _ours(context: Context) -> dict[str, str]:
    return {"Project": context.application, "Environment": context.environment}


def _experiments(args: ExperimentsArgs) -> dict[str, _Experiment]:
    network = _Break(
        does="aws:network:disrupt-connectivity",
        to="Subnets",
        what="aws:ec2:subnet",
        parameters={"duration": _MINUTES, "scope": "all"},
        within={"availabilityZoneIdentifier": args.zone},
    )
    if args.kind is ComputeKind.FARGATE:
        one = _Break(does="aws:ecs:stop-task", to="Tasks", what="aws:ecs:task", how_many="COUNT(1)")
        found = {"stop-task": _Experiment(description="A task stops", breaks={"task": one})}
    else:
        one = _Break(does="aws:ec2:terminate-instances", to="Instances", what="aws:ec2:instance", how_many="COUNT(1)")
        found = {"lose-instance": _Experiment(description="An instance goes", breaks={"instance": one})}
    found["cut-zone"] = _Experiment(description=f"Nothing gets into {args.zone} or out", breaks={"network": network})
    if args.standby:
        database = _Break(
            does="aws:rds:reboot-db-instances",
            to="DBInstances",
            what="aws:rds:db",
            parameters={"forceFailover": "true"},
        )
        found["fail-over-database"] = _Experiment(
            description="The database moves to its standby", breaks={"database": database}
        )
    return found


def _may_break(args: ExperimentsArgs) -> list[Statement]:
    """What the experiments may do: to what bears the stack's tags alone."""
    context = args.context
    tagged = {"StringEquals": {f"aws:ResourceTag/{key}": value for key, value in _ours(context).items()}}
    reads = ["tag:GetResources"]
    if args.kind is ComputeKind.FARGATE:
        reads += ["ecs:DescribeTasks", "ecs:ListTasks"]
        broken, where = "ecs:StopTask", context.arn("ecs", "task/*")
    else:
        reads.append("ec2:DescribeInstances")
        broken, where = "ec2:TerminateInstances", context.arn("ec2", "instance/*")
    statements = [
        Statement(sid="StopOne", actions=[broken], resources=[where], conditions=tagged),
    ]
    if args.standby:
        reads.append("rds:DescribeDBInstances")
        databases = context.arn("rds", "db:*")
        statements.append(
            Statement(sid="FailOver", actions=["rds:RebootDBInstance"], resources=[databases], conditions=tagged)
        )
    find = Statement(
        sid="Find", actions=reads, resources=["*"], wildcard_reason="the actions read lists and take no resource"
    )
    return [find, *statements]
