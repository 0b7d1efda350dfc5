"""The compute layer, composed: a workload for each service of the stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi

from components.compute.agent import Agent
from components.compute.cluster import Cluster, ClusterArgs
from components.compute.container import Container
from components.compute.ec2_service import Ec2Service, Ec2ServiceArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.compute.release.traffic import Shift
from components.compute.scaling.fargate import Backlog
from components.compute.service_log import ServiceLog, ServiceLogArgs
from components.compute.task import Task, TaskArgs
from components.compute.work.started import scheduled
from components.edge.route import Route
from components.foundation.context import Context
from components.foundation.flow import Group, service_group
from components.foundation.log_group import LogPolicy
from components.foundation.mount import Mount
from components.foundation.policy_document import Statement
from settings.enums import ComputeKind, ContainerInsights, ServiceKind
from settings.services import Service
from settings.variables import PlatformVariable, queue_variable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.compute.configuration.agent import ConfigurationAgent
    from components.compute.images.cache import PublicCache
    from components.compute.work.queue import Queue
    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from components.foundation.telemetry.graph import Graph
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
        rules: web service → ARN of the rule that its releases move; those that are renewed task by task have none.
        masked: kinds of data that readers of the services' logs see as ****.
        traffic_role_arn: role by which ECS moves these rules; None where none moves.
        data_key_arn: KMS key of messages in queues; None for AWS's own.
        configuration: the agent that serves flags and values beside each task; None without them.
        cache: where public images are pulled through; None for straight from the internet.
        agent: the CloudWatch agent beside each task; None without tracing.
        mounts: files that tasks share.
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
    rules: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    masked: Sequence[str] = ()
    traffic_role_arn: pulumi.Input[str] | None = None
    data_key_arn: pulumi.Input[str] | None = None
    configuration: ConfigurationAgent | None = None
    cache: PublicCache | None = None
    agent: Agent | None = None
    mounts: Sequence[Mount] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The compute layer as the rest of the platform sees it.

    Args:
        workloads: what runs all the time.
        log_groups: service → name of its log group, those that only start and end among them.
        alarms: what should wake somebody up of queues and of what starts and ends.
        events: what somebody should hear of them that no metric shows.
        graphs: what somebody who looks after them wants to see.
    """

    workloads: Sequence[Workload]
    log_groups: Mapping[str, pulumi.Output[str]]
    alarms: Sequence[AlarmSpec] = ()
    events: Sequence[EventSpec] = ()
    graphs: Sequence[Graph] = ()


def workloads(name: str, services: Sequence[Service], args: ComputeArgs, opts: pulumi.ResourceOptions) -> Running:
    """The services; one of kind `task` runs only when something starts it.

    Args:
        name: start of their names.
        services: what runs.
        args: what they have in common.
        opts: options that make them children of the platform.
    """
    queues = _queues(name, services, args, opts)
    containers = {service.name: _container(name, service, args, queues, opts) for service in services}
    logs = {key: container.log.name for key, container in containers.items()}
    if args.kind is ComputeKind.EC2:
        instances = [_on_ec2(name, service, containers[service.name], args, opts) for service in services]
        return Running(workloads=instances, log_groups=logs)
    return _tasks(name, services, containers, queues, args, opts)


def _tasks(
    name: str,
    services: Sequence[Service],
    containers: Mapping[str, Container],
    queues: Mapping[str, Queue],
    args: ComputeArgs,
    opts: pulumi.ResourceOptions,
) -> Running:
    """Services of ECS, and what starts the tasks among them."""
    shared = services[0].compute
    cluster = Cluster(
        f"{name}-cluster",
        ClusterArgs(
            context=args.context,
            container_insights=args.container_insights,
            logs=args.logs,
            shell=shared.shell,
            spot=shared.spot_percent > 0,
            connect=shared.connect,
        ),
        opts=opts,
    )
    tasks = {
        one.name: Task(f"{name}-{one.name}", _task(one, containers[one.name], queues, cluster, args), opts=opts)
        for one in services
    }
    started = scheduled(name, services, tasks, cluster, args, opts)
    running = [
        _on_fargate(name, one, Surroundings(tasks[one.name], cluster, queues.get(one.name), started.gates), args, opts)
        for one in services
        if one.kind is not ServiceKind.TASK
    ]
    return Running(
        workloads=running,
        log_groups={key: container.log.name for key, container in containers.items()},
        alarms=[*(spec for queue in queues.values() for spec in queue.alarms()), *started.alarms],
        events=[*cluster.events(), *started.events],
        graphs=[graph for queue in queues.values() for graph in queue.graphs()],
    )


def _queues(
    name: str, services: Sequence[Service], args: ComputeArgs, opts: pulumi.ResourceOptions
) -> dict[str, Queue]:
    """A queue for each worker that has one."""
    wanting = [service for service in services if service.queue.enabled]
    if not wanting:
        return {}
    # A stack without queues must not pay for loading what makes them.
    from components.compute.work.queue import Queue, QueueArgs

    return {
        service.name: Queue(
            f"{name}-{service.name}-queue",
            QueueArgs(context=args.context, service=service.name, settings=service.queue, key_arn=args.data_key_arn),
            opts=opts,
        )
        for service in wanting
    }


def _container(
    name: str, service: Service, args: ComputeArgs, queues: Mapping[str, Queue], opts: pulumi.ResourceOptions
) -> Container:
    """A service's container with its log, its variables and its secrets."""
    log = ServiceLogArgs(context=args.context, service=service.name, logs=args.logs, masked=args.masked)
    own = {
        **(args.agent.variables(service.name) if args.agent else {}),
        **(args.configuration.variables() if args.configuration else {}),
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
        parameters={
            **args.parameters,
            **{queue_variable(worker): queue.parameter_arn for worker, queue in queues.items()},
        },
    )


def _task(
    service: Service, container: Container, queues: Mapping[str, Queue], cluster: Cluster, args: ComputeArgs
) -> TaskArgs:
    sending = [statement for queue in queues.values() for statement in queue.sending()]
    own = queues[service.name].receiving() if service.name in queues else []
    return TaskArgs(
        context=args.context,
        service=service.name,
        container=container,
        secrets_key_arn=args.secrets_key_arn,
        statements=[*args.statements, *sending, *own],
        agent=args.agent,
        configuration=args.configuration,
        cache=args.cache,
        shell_log_arn=cluster.shell_log_arn,
        mounts=args.mounts,
    )


@dataclass(frozen=True)
class Surroundings:
    """What one service of ECS stands on.

    Args:
        task: what it runs.
        cluster: where.
        queue: where its work comes from; None without a queue.
        gates: what must have run before it.
    """

    task: Task
    cluster: Cluster
    queue: Queue | None
    gates: Sequence[pulumi.Resource]


def _on_fargate(
    name: str, service: Service, stands_on: Surroundings, args: ComputeArgs, opts: pulumi.ResourceOptions
) -> FargateService:
    queue, rule = stands_on.queue, args.rules.get(service.name)
    fargate = FargateServiceArgs(
        context=args.context,
        service=service.name,
        compute=service.compute,
        task_definition_arn=stands_on.task.definition_arn,
        cluster=stands_on.cluster,
        subnet_ids=args.subnet_ids,
        security_group_id=args.group_ids[service_group(service.name)],
        route=args.routes.get(service.name),
        rollback_alarms=args.rollback_alarms.get(service.name, ()),
        backlog=Backlog(waiting=queue.waiting(), per_task=service.queue.backlog_per_task) if queue else None,
        shift=_shift(service, rule, args),
        log=stands_on.task.log,
        after=stands_on.gates,
        waiting=service.waiting,
    )
    return FargateService(f"{name}-{service.name}", fargate, opts=opts)


def _shift(service: Service, rule_arn: pulumi.Input[str] | None, args: ComputeArgs) -> Shift | None:
    if rule_arn is None or args.traffic_role_arn is None:
        return None
    return Shift(settings=service.compute.release, role_arn=args.traffic_role_arn, rule_arn=rule_arn)


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
