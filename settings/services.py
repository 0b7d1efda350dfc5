"""The services of a stack, each with the values that apply to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from settings.enums import ServiceKind
from settings.routes import LAST, rules_of
from settings.sections.running.queue import QueueSettings
from settings.sections.running.schedule import ScheduleSettings

if TYPE_CHECKING:
    from settings.routes import Rule
    from settings.schema import Settings
    from settings.sections.compute import ComputeSettings
    from settings.sections.service import ServiceSettings

DEFAULT_NAME: Final = "app"
"""Name of the one service of a stack that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One part of the application that runs by itself.

    Args:
        name: unique in the stack.
        kind: what makes it work.
        compute: the stack's compute settings with the service's own values in their place.
        rules: requests that the load balancer gives to it; empty for a service that is not reached by requests.
        queue: where its work comes from, if it is a worker's.
        schedule: when it starts, if it is a task's.
        before_release: it is a task that runs before each release of the others.
        waiting: nothing of it runs, and nothing scales it, until somebody starts it.
    """

    name: str
    kind: ServiceKind
    compute: ComputeSettings
    rules: tuple[Rule, ...] = ()
    queue: QueueSettings = field(default_factory=QueueSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    before_release: bool = False
    waiting: bool = False

    @property
    def is_web(self) -> bool:
        """Whether requests reach it."""
        return self.kind is ServiceKind.WEB

    @property
    def shifts(self) -> bool:
        """Whether a release leads its requests from one group of tasks to another."""
        return self.is_web and self.compute.release.shifts

    @property
    def takes_the_rest(self) -> bool:
        """Whether it gets every request that no other service gets."""
        return any(rule.priority == LAST for rule in self.rules)


def services_of(settings: Settings) -> tuple[Service, ...]:
    """The services that a stack runs, in the order of the stack file; without any, one web service on every path."""
    if not settings.services:
        rest = rules_of(DEFAULT_NAME, (), (), None)
        return (Service(name=DEFAULT_NAME, kind=ServiceKind.WEB, compute=settings.compute, rules=rest),)
    return tuple(_service(settings.compute, name, own) for name, own in settings.services.items())


def _service(defaults: ComputeSettings, name: str, own: ServiceSettings) -> Service:
    given = {
        key: value
        for key in own.model_fields_set & set(type(defaults).model_fields) - {"kind"}
        if (value := getattr(own, key)) is not None
    }
    for key in ("environment", "secrets"):
        given[key] = {**getattr(defaults, key), **getattr(own, key)}
    rules = rules_of(name, own.hosts, own.paths, own.priority) if own.kind is ServiceKind.WEB else ()
    if own.strategy is not None:
        given["release"] = defaults.release.model_copy(update={"strategy": own.strategy})
    return Service(
        name=name,
        kind=own.kind,
        compute=defaults.model_copy(update=given),
        rules=rules,
        queue=own.queue,
        schedule=own.schedule,
        before_release=own.before_release,
    )
