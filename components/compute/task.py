"""What ECS starts: a task definition and its two roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.compute.agent import Agent
from components.compute.container import Container
from components.foundation.context import Context
from components.foundation.mount import Mount
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.enums import Architecture

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTAINER: Final = "application"
"""Name of the container inside its task."""

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
        mounts: files that it shares with other tasks.
    """

    context: Context
    service: str
    container: Container
    secrets_key_arn: pulumi.Input[str] | None = None
    statements: Sequence[Statement] = ()
    agent: Agent | None = None
    mounts: Sequence[Mount] = ()


class Task(pulumi.ComponentResource):
    """A Fargate task definition; a task of 256 CPU units and 512 MiB on ARM is $7.21 a month while it runs.

    Attributes:
        definition_arn: ARN of the definition's newest revision.
    """

    definition_arn: pulumi.Output[str]

    def __init__(self, name: str, args: TaskArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Task", name, None, opts)
        context, container, child = args.context, args.container, pulumi.ResourceOptions(parent=self)
        compute = container.compute
        execution = ServiceRoleArgs(
            context=context,
            description=f"ECS, to start tasks of {args.service}",
            services=["ecs-tasks.amazonaws.com"],
            statements=container.start_statements(context, args.secrets_key_arn),
        )
        task = ServiceRoleArgs(
            context=context,
            description=f"The application itself: {args.service}",
            services=["ecs-tasks.amazonaws.com"],
            statements=[*args.statements, *(args.agent.statements() if args.agent else [])],
        )
        beside = [args.agent.definition(container.log)] if args.agent else []
        definition = aws.ecs.TaskDefinition(
            f"{name}-task-definition",
            family=context.physical_name(args.service, limit=255),
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(compute.cpu),
            memory=str(compute.memory),
            runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
                cpu_architecture="ARM64" if compute.architecture is Architecture.ARM64 else "X86_64",
                operating_system_family="LINUX",
            ),
            execution_role_arn=ServiceRole(f"{name}-execution", execution, opts=child).arn,
            task_role_arn=ServiceRole(f"{name}-task", task, opts=child).arn,
            container_definitions=pulumi.Output.json_dumps(
                [container_definition(container, context.region, args.mounts), *beside]
            ),
            volumes=[_volume(mount) for mount in args.mounts] or None,
            tags=context.tags(name),
            opts=child,
        )
        self.definition_arn = definition.arn
        self.register_outputs({"definition_arn": self.definition_arn})


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
    if mounts:
        definition["mountPoints"] = [mount.point() for mount in mounts]
    if container.serves:
        definition["portMappings"] = [{"containerPort": compute.port, "hostPort": compute.port, "protocol": "tcp"}]
    if container.command is not None:
        definition["command"] = list(container.command)
    return definition
