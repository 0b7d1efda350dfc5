"""The compute layer, composed: a workload for each service of the stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.compute.agent import Agent
from components.compute.cluster import Cluster, ClusterArgs
from components.compute.container import Container
from components.compute.ec2_service import Ec2Service, Ec2ServiceArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.compute.service_log import ServiceLog, ServiceLogArgs
from components.compute.task import Task, TaskArgs
from components.edge.route import Route
from components.foundation.context import Context
from components.foundation.flow import Group, service_group
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from settings.enums import ComputeKind, ContainerInsights, ServiceKind
from settings.services import Service
from settings.variables import PlatformVariable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.workload import Workload


@dataclass(frozen=True, kw_only=True)
class ComputeArgs:
    """What the services have in common.

    Args:
        context: names and tags.
        kind: what runs the containers.
        subnet_ids: subnets of tasks and instances, one per zone.
        group_ids: security groups, those of the services among them.
        logs: how logs are kept.
        container_insights: level of the cluster's metrics; about $0.30 a month per metric.
        variables: environment variables that the data stores and the rotating secrets give.
        secrets: environment variable → ARN of a secret of the platform.
        parameters: environment variable → ARN of a parameter of the platform.
        secrets_key_arn: KMS key of the secrets; None for AWS's own.
        statements: what the application may do with the data stores and the rotating secrets.
        masked: kinds of data that readers of the services' logs see as ****.
        agent: the CloudWatch agent beside each task; None without tracing.
        routes: web service → how requests reach it.
        rollback_alarms: service → names of the alarms that roll its deployment back.
    """

    context: Context
    kind: ComputeKind
    subnet_ids: Sequence[pulumi.Input[str]]
    group_ids: Mapping[Group, pulumi.Input[str]]
    logs: LogPolicy
    container_insights: ContainerInsights
    variables: Mapping[str, pulumi.Input[str]]
    secrets: Mapping[str, pulumi.Input[str]]
    parameters: Mapping[str, pulumi.Input[str]]
    secrets_key_arn: pulumi.Input[str] | None
    statements: Sequence[Statement]
    routes: Mapping[str, Route]
    rollback_alarms: Mapping[str, Sequence[pulumi.Input[str]]]
    masked: Sequence[str] = ()
    agent: Agent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The compute layer as the rest of the platform sees it.

    Args:
        workloads: what runs all the time.
        log_groups: service → name of its log group, those that only start and end among them.
    """

    workloads: Sequence[Workload]
    log_groups: Mapping[str, pulumi.Output[str]]


def workloads(name: str, services: Sequence[Service], args: ComputeArgs, opts: pulumi.ResourceOptions) -> Running:
    """The services; one of kind `task` runs only when something starts it.

    Args:
        name: start of their names.
        services: what runs.
        args: what they have in common.
        opts: options that make them children of the platform.
    """
    containers = {service.name: _container(name, service, args, opts) for service in services}
    logs = {key: container.log.name for key, container in containers.items()}
    if args.kind is ComputeKind.EC2:
        instances = [_on_ec2(name, service, containers[service.name], args, opts) for service in services]
        return Running(workloads=instances, log_groups=logs)
    insights = ClusterArgs(context=args.context, container_insights=args.container_insights, logs=args.logs)
    cluster = Cluster(f"{name}-cluster", insights, opts=opts)
    running: list[Workload] = []
    for service in services:
        task = Task(f"{name}-{service.name}", _task(service, containers[service.name], args), opts=opts)
        if service.kind is not ServiceKind.TASK:
            running.append(_on_fargate(name, service, task, cluster, args, opts))
    return Running(workloads=running, log_groups=logs)


def _container(name: str, service: Service, args: ComputeArgs, opts: pulumi.ResourceOptions) -> Container:
    """A service's container with its log, its variables and its secrets."""
    log = ServiceLogArgs(context=args.context, service=service.name, logs=args.logs, masked=args.masked)
    own = {
        **(args.agent.variables(service.name) if args.agent else {}),
        **service.compute.environment,
        PlatformVariable.PORT: str(service.compute.port),
        PlatformVariable.AWS_REGION: args.context.region,
    }
    return Container(
        compute=service.compute,
        log=ServiceLog(f"{name}-{service.name}-log", log, opts=opts),
        serves=service.is_web,
        environment={**own, **args.variables},
        secrets={**args.secrets, **service.compute.secrets},
        parameters=args.parameters,
    )


def _task(service: Service, container: Container, args: ComputeArgs) -> TaskArgs:
    return TaskArgs(
        context=args.context,
        service=service.name,
        container=container,
        secrets_key_arn=args.secrets_key_arn,
        statements=args.statements,
        agent=args.agent,
    )


def _on_fargate(
    name: str,
    service: Service,
    task: Task,
    cluster: Cluster,
    args: ComputeArgs,
    opts: pulumi.ResourceOptions,
) -> FargateService:
    fargate = FargateServiceArgs(
        context=args.context,
        service=service.name,
        compute=service.compute,
        task_definition_arn=task.definition_arn,
        cluster=cluster,
        subnet_ids=args.subnet_ids,
        security_group_id=args.group_ids[service_group(service.name)],
        route=args.routes.get(service.name),
        rollback_alarms=args.rollback_alarms.get(service.name, ()),
        waiting=service.waiting,
    )
    return FargateService(f"{name}-{service.name}", fargate, opts=opts)


def _on_ec2(
    name: str, service: Service, container: Container, args: ComputeArgs, opts: pulumi.ResourceOptions
) -> Ec2Service:
    ec2 = Ec2ServiceArgs(
        context=args.context,
        service=service.name,
        container=container,
        subnet_ids=args.subnet_ids,
        security_group_id=args.group_ids[service_group(service.name)],
        route=args.routes[service.name],
        secrets_key_arn=args.secrets_key_arn,
        statements=args.statements,
    )
    return Ec2Service(f"{name}-{service.name}", ec2, opts=opts)
