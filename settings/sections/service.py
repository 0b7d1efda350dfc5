"""One service of the application, where a stack runs several."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, in_place, replaces
from settings.enums import ServiceKind, Strategy
from settings.fields import (
    EnvironmentVariable,
    HostPattern,
    HttpPath,
    Image,
    PathPattern,
    Port,
    SecretArn,
    distinct,
)
from settings.sections.running.queue import QueueSettings
from settings.sections.running.schedule import ScheduleSettings


class ServiceSettings(Section):
    """What a service has of its own; whatever is left out is that of `ascent:compute`."""

    kind: ServiceKind = setting(
        ServiceKind.WEB,
        "web: behind the load balancer; worker: runs without requests; task: starts and ends (fargate)",
        changes=replaces("Target group", downtime="its requests, where it is no longer web"),
    )
    image: Image | None = setting(None, "container image with a tag or digest", changes=ROLLING)
    command: tuple[str, ...] | None = setting(None, "command instead of the image's own", min_length=1, changes=ROLLING)
    port: Port | None = setting(
        None,
        "port the container listens on (web)",
        le=65535,
        changes=replaces(
            "Target group",
            downtime="none for requests: they stay with the old targets until the new ones are healthy",
        ),
    )
    health_check_path: HttpPath | None = setting(
        None, "path that answers 200 when the service can serve (web)", changes=IN_PLACE
    )
    cpu: int | None = setting(None, "CPU of a task", unit="CPU units (1024 = 1 vCPU)", changes=ROLLING)
    memory: int | None = setting(None, "memory of a task", unit="MiB", changes=ROLLING)
    min_count: int | None = setting(None, "fewest tasks", ge=1, le=1000, changes=IN_PLACE)
    max_count: int | None = setting(None, "most tasks", ge=1, le=1000, changes=IN_PLACE)
    hosts: Annotated[tuple[HostPattern, ...], AfterValidator(distinct)] = setting(
        (),
        "hosts whose requests it gets, with * and ? (web); every host without one",
        max_length=4,
        changes=IN_PLACE,
    )
    paths: Annotated[tuple[PathPattern, ...], AfterValidator(distinct)] = setting(
        (),
        "paths whose requests it gets, with * and ? (web); every path without one",
        max_length=20,
        changes=IN_PLACE,
    )
    priority: int | None = setting(
        None,
        "place of its first rule at the load balancer, before all rules without one; by default more specific hosts "
        "and paths come first",
        ge=1,
        le=900,
        changes=IN_PLACE,
    )
    strategy: Strategy | None = setting(
        None,
        "how a new version takes over, where it is not as compute.release.strategy has it (web)",
        changes=in_place(
            how="back to rolling: release once with blue_green and bakeMinutes 0 until the first target group serves"
        ),
    )
    queue: QueueSettings = setting(QueueSettings, "the queue that a worker fetches from")
    schedule: ScheduleSettings = setting(ScheduleSettings, "when a task starts by itself")
    before_release: bool = setting(
        False,
        "runs to its end before each release of the other services, which stops if it fails; 14 minutes at most (task)",
        changes=IN_PLACE,
    )
    environment: dict[EnvironmentVariable, str] = setting(
        dict, "plain variables, beside those of compute", changes=ROLLING
    )
    secrets: dict[EnvironmentVariable, SecretArn] = setting(
        dict, "variables read from Secrets Manager or SSM, by ARN", changes=ROLLING
    )
