"""What ECS starts: a task definition and its two roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.compute.agent import Agent
from components.compute.container import Container
from components.compute.service_log import ServiceLog
from components.foundation.context import Context
from components.foundation.mount import Mount
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import Architecture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.compute.configuration.agent import ConfigurationAgent
    from components.compute.images.cache import PublicCache

CONTAINER: Final = "application"
"""Name of the container inside its task."""

PORT: Final = "http"
"""What Service Connect calls the container's port."""

_SHELL_PLACES: Final = {
    "agents": "/managed-agents",
    "agent-state": "/var/lib/amazon/ssm",
    "agent-log": "/var/log/amazon/ssm",
}
"""Where the agent that ECS puts into a container for shells writes, as root; the rest of the root stays read-only."""

_TMP_MIB: Final = 64
"""Size of /tmp in MiB."""


@dataclass(frozen=True, kw_only=True)
class TaskArgs:
    """What a task runs and may do.

    Args:
        context: names and tags.
        service: name of the service; names the family.
        container: what runs.
        secrets_key_arn: KMS key of the secrets; None for AWS's own.
        statements: what the application itself may do.
        agent: the CloudWatch agent beside the container; None without tracing.
        configuration: the agent that serves flags and values beside the container; None without them.
        cache: where public images are pulled through; None for straight from the internet.
        shell_log_arn: log of shells in the task, which may be opened then; None for none.
        mounts: files that it shares with other tasks.
    """

    context: Context
    service: str
    container: Container
    secrets_key_arn: pulumi.Input[str] | None = None
    statements: Sequence[Statement] = ()
    agent: Agent | None = None
    configuration: ConfigurationAgent | None = None
    cache: PublicCache | None = None
    shell_log_arn: pulumi.Input[str] | None = None
    mounts: Sequence[Mount] = ()


class Task(pulumi.ComponentResource):
    """A Fargate task definition; a task of 256 CPU units and 512 MiB on ARM is $7.21 a month while it runs.

    Attributes:
        definition_arn: ARN of the definition's newest revision.
        family: what its revisions have in common.
        role_arns: roles that whoever starts a task passes on.
        log: where its containers write.
    """

    definition_arn: pulumi.Output[str]
    family: str
    role_arns: list[pulumi.Output[str]]
    log: ServiceLog

    def __init__(self, name: str, args: TaskArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Task", name, None, opts)
        context, container, child = args.context, args.container, pulumi.ResourceOptions(parent=self)
        compute = container.compute
        execution = ServiceRoleArgs(
            context=context,
            description=f"ECS, to start tasks of {args.service}",
            services=["ecs-tasks.amazonaws.com"],
            statements=_starting(args),
        )
        task = ServiceRoleArgs(
            context=context,
            description=f"The application itself: {args.service}",
            services=["ecs-tasks.amazonaws.com"],
            statements=[
                *args.statements,
                *(args.agent.statements() if args.agent else []),
                *(args.configuration.statements() if args.configuration else []),
                *(_shell(context, args.shell_log_arn) if args.shell_log_arn is not None else []),
            ],
        )
        self.log = container.log
        self.family = context.physical_name(args.service, limit=255)
        self.role_arns = [
            ServiceRole(f"{name}-execution", execution, opts=child).arn,
            ServiceRole(f"{name}-task", task, opts=child).arn,
        ]
        agents = [agent for agent in (args.agent, args.configuration) if agent]
        definitions = [
            container_definition(container, context.region, args.mounts),
            *(agent.definition(container.log) for agent in agents),
        ]
        if args.cache is not None:
            definitions = [{**one, "image": args.cache.named(one["image"])} for one in definitions]
        shelling = [aws.ecs.TaskDefinitionVolumeArgs(name=key) for key in _SHELL_PLACES] if compute.shell else []
        definition = aws.ecs.TaskDefinition(
            f"{name}-task-definition",
            family=self.family,
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(compute.cpu),
            memory=str(compute.memory),
            runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
                cpu_architecture="ARM64" if compute.architecture is Architecture.ARM64 else "X86_64",
                operating_system_family="LINUX",
            ),
            execution_role_arn=self.role_arns[0],
            task_role_arn=self.role_arns[1],
            volumes=[*shelling, *map(_volume, args.mounts)] or None,
            container_definitions=pulumi.Output.json_dumps(definitions),
            tags=context.tags(name),
            opts=child,
        )
        self.definition_arn = definition.arn
        self.register_outputs({"definition_arn": self.definition_arn})


def _starting(args: TaskArgs) -> list[Statement]:
    """What ECS may do to start the task, each right once: an image of one's own and the cache need the same login."""
    found = args.container.start_statements(args.context, args.secrets_key_arn)
    if args.cache is None:
        return found
    taken = {statement.sid for statement in found}
    return [*found, *(one for one in args.cache.statements() if one.sid not in taken)]


def _volume(mount: Mount) -> aws.ecs.TaskDefinitionVolumeArgs:
    """A shared file system, reached over TLS with the task's role."""
    authorization = aws.ecs.TaskDefinitionVolumeEfsVolumeConfigurationAuthorizationConfigArgs(
        access_point_id=mount.access_point_id, iam="ENABLED"
    )
    return aws.ecs.TaskDefinitionVolumeArgs(
        name=mount.name,
        efs_volume_configuration=aws.ecs.TaskDefinitionVolumeEfsVolumeConfigurationArgs(
            file_system_id=mount.file_system_id, transit_encryption="ENABLED", authorization_config=authorization
        ),
    )


def container_definition(container: Container, region: str, mounts: Sequence[Mount] = ()) -> dict[str, Any]:
    """The container as ECS describes it.

    Args:
        container: what runs.
        region: where its log group is.
        mounts: files that it finds in it.
    """
    compute = container.compute
    definition: dict[str, Any] = {
        "name": CONTAINER,
        "image": container.image,
        "essential": True,
        "user": compute.user,
        "readonlyRootFilesystem": compute.root_read_only,
        "linuxParameters": {
            "initProcessEnabled": True,
            "capabilities": {"drop": ["ALL"]},
            # The one writable place beside a read-only root; a volume would belong to root. Counts as memory.
            "tmpfs": [{"containerPath": "/tmp", "size": _TMP_MIB}],
        },
        "environment": [{"name": key, "value": value} for key, value in sorted(container.environment.items())],
        "secrets": [{"name": key, "valueFrom": arn} for key, arn in sorted(container.read_at_start.items())],
        "logConfiguration": container.log.driver(region, "application"),
    }
    if container.serves:
        mapping: dict[str, Any] = {"containerPort": compute.port, "hostPort": compute.port, "protocol": "tcp"}
        definition["portMappings"] = [{**mapping, **({"name": PORT, "appProtocol": "http"} if compute.connect else {})}]
    places = [mount.point() for mount in mounts]
    if compute.shell:
        places += [
            {"sourceVolume": key, "containerPath": path, "readOnly": False} for key, path in _SHELL_PLACES.items()
        ]
    if places:
        definition["mountPoints"] = places
    if container.command is not None:
        definition["command"] = list(container.command)
    return definition


def _shell(context: Context, log_arn: pulumi.Input[str]) -> list[Statement]:
    """What the task's role may do for a shell that somebody opens in it."""
    return [
        Statement(
            sid="Shell",
            actions=[
                f"ssmmessages:{verb}{channel}Channel" for verb in ("Create", "Open") for channel in ("Control", "Data")
            ],
            resources=["*"],
            wildcard_reason="the actions take no resource",
        ),
        Statement(
            sid="FindShellLog",
            actions=["logs:DescribeLogGroups"],
            resources=[context.arn("logs", "log-group:*")],
        ),
        Statement(
            sid="WriteShellLog",
            actions=["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources=[pulumi.Output.concat(log_arn, ":*")],
        ),
    ]
