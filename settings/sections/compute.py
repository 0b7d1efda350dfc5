"""What runs the application."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, replaces
from settings.enums import Architecture, ComputeKind, Placement
from settings.fields import (
    ContainerUser,
    EnvironmentVariable,
    HttpPath,
    Image,
    InstanceType,
    KeyArn,
    Port,
    SecretArn,
    distinct,
)
from settings.sections.running.release import ReleaseSettings
from settings.sections.running.scaling import ScalingSettings


class ComputeSettings(Section):
    """What runs the application's container, and how it scales."""

    kind: ComputeKind = setting(
        ComputeKind.FARGATE,
        "ec2: an Auto Scaling group that runs the container; fargate: an ECS service",
        changes=replaces(
            "Auto Scaling group",
            "ECS cluster",
            "ECS service",
            "Target group",
            "Log group",
            data="logs of the old kind",
            downtime="none for requests: they stay with the old targets until the new ones are healthy",
        ),
    )
    image: Image | None = setting(
        None,
        "container image with a tag or digest; without it a small placeholder page answers",
        changes=ROLLING,
    )
    command: tuple[str, ...] | None = setting(None, "command instead of the image's own", min_length=1, changes=ROLLING)
    port: Port = setting(
        8000,
        "port the container listens on; below 1024 only root may, which the container is not",
        le=65535,
        changes=replaces(
            "Target group",
            downtime="on ec2 until the instances are renewed, minutes; on fargate requests stay with the old targets",
        ),
    )
    health_check_path: HttpPath = setting(
        "/health", "path that answers 200 when the application can serve", changes=IN_PLACE
    )
    health_check_grace_seconds: int = setting(
        60,
        "time a new task or instance has before its health counts",
        unit="seconds",
        ge=0,
        le=3600,
        changes=IN_PLACE,
    )
    architecture: Architecture = setting(Architecture.ARM64, "processor; ARM costs about 20 % less", changes=ROLLING)
    placement: Placement = setting(Placement.PRIVATE, "subnets that the application runs in", changes=ROLLING)
    cpu: int = setting(
        256,
        "CPU of a Fargate task",
        unit="CPU units (1024 = 1 vCPU)",
        needs=("compute.kind", ComputeKind.FARGATE),
        cost="$23.64 a month per ARM vCPU",
        changes=ROLLING,
    )
    memory: int = setting(
        512,
        "memory of a Fargate task",
        unit="MiB",
        cost="$2.60 a month per ARM GB",
        changes=ROLLING,
        needs=("compute.kind", ComputeKind.FARGATE),
    )
    instance_type: InstanceType = setting(
        "t4g.micro",
        "type of the EC2 instances",
        cost="t4g.micro $6.13 a month each, plus $3.65 for a public address",
        changes=ROLLING,
        needs=("compute.kind", ComputeKind.EC2),
    )
    volume_gb: int = setting(
        8,
        "root volume of an instance",
        unit="GB",
        cost="$0.08 a month per GB",
        ge=8,
        le=1024,
        changes=ROLLING,
        needs=("compute.kind", ComputeKind.EC2),
    )
    max_instance_days: int = setting(
        30,
        "age at which an instance is replaced by one from the newest image (ec2)",
        unit="days",
        ge=1,
        le=365,
        changes=IN_PLACE,
        needs=("compute.kind", ComputeKind.EC2),
    )
    detailed_monitoring: bool = setting(
        False,
        "metrics of an instance every minute instead of every five; scaling then reacts faster (ec2)",
        cost="$2.10 a month per instance",
        changes=ROLLING,
        needs=("compute.kind", ComputeKind.EC2),
    )
    min_count: int = setting(1, "fewest tasks or instances", ge=1, le=1000, changes=IN_PLACE)
    max_count: int = setting(2, "most tasks or instances", ge=1, le=1000, changes=IN_PLACE)
    target_cpu_percent: int = setting(70, "CPU use that scaling keeps", unit="percent", ge=10, le=95, changes=IN_PLACE)
    target_memory_percent: int = setting(
        80,
        "memory use that scaling keeps (fargate)",
        unit="percent",
        ge=10,
        le=95,
        changes=IN_PLACE,
        needs=("compute.kind", ComputeKind.FARGATE),
    )
    scaling: ScalingSettings = setting(ScalingSettings, "what capacity follows")
    release: ReleaseSettings = setting(ReleaseSettings, "how a new version takes over")
    spot_percent: int = setting(
        0,
        "share of the tasks beyond onDemandBase that run on Spot, which AWS may take away with two minutes' notice "
        "(fargate)",
        unit="percent",
        cost="Spot is about 70 % cheaper; its price floats",
        ge=0,
        le=100,
        changes=replaces(
            "ECS service",
            downtime="none for requests: the new service runs before the old one goes",
            how="from or to 0; in place between other shares",
        ),
    )
    on_demand_base: int = setting(
        1, "tasks that never run on Spot, of each service (fargate)", ge=0, le=1000, changes=IN_PLACE
    )
    shell: bool = setting(
        False,
        "a shell in running tasks by `aws ecs execute-command`; each session is logged (fargate). The root file system "
        "of the tasks is then writable: ECS's agent has to write to it",
        changes=ROLLING,
    )
    connect: bool = setting(
        False,
        "services call one another by their names, http://NAME:PORT, through Service Connect (fargate)",
        cost="a proxy in each task, some 256 CPU units and 64 MiB of it",
        changes=ROLLING,
    )
    environment: dict[EnvironmentVariable, str] = setting(
        dict, "plain environment variables of the container", changes=ROLLING
    )
    secrets: dict[EnvironmentVariable, SecretArn] = setting(
        dict,
        "environment variables read from Secrets Manager or SSM, by ARN",
        changes=ROLLING,
    )
    root_read_only: bool = setting(
        True, "mount the container's root file system read-only; /tmp stays writable", changes=ROLLING
    )
    secret_key_arns: Annotated[tuple[KeyArn, ...], AfterValidator(distinct)] = setting(
        (),
        "KMS keys, by ARN, of those secrets that neither AWS's keys nor the stack's own encrypt",
        changes=IN_PLACE,
    )
    user: ContainerUser = setting(
        "65534:65534",
        "user and group the container runs as; root is refused",
        changes=ROLLING,
    )
