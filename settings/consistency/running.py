"""What work, capacity and releases can be together with the rest of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from common.tiers import Tier
from settings.clock import is_past
from settings.enums import ComputeKind, ScalingMethod, ServiceKind, Severity, Strategy
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings
    from settings.services import Service

_COMPUTE = "ascent:compute"
_PRODUCTION = (Tier.PRODUCTION, Tier.ENTERPRISE)
_CONDITIONS = 5
"""Values that the conditions of one rule of a load balancer may have (Elastic Load Balancing quotas)."""


def work(settings: Settings) -> Iterator[Problem]:
    """Only workers have queues, only tasks have schedules or gate releases."""
    for name, own in settings.services.items():
        place = f"ascent:services.{name}"
        if own.queue.enabled and own.kind is not ServiceKind.WORKER:
            wanted = f"a queue is a worker's, and {name} is a {own.kind.value}"
            yield Problem(f"{place}.queue.enabled", "true", wanted, f"set {place}.kind: worker, or remove the queue")
        for field, given in (("schedule.expression", own.schedule.expression), ("beforeRelease", own.before_release)):
            if given and own.kind is not ServiceKind.TASK:
                wanted = f"only a task starts and ends, and {name} is a {own.kind.value}"
                yield Problem(f"{place}.{field}", "set", wanted, f"set {place}.kind: task, or remove it")
        if own.schedule.silent_hours and not own.schedule.expression:
            wanted = "a task without a schedule is silent for ever"
            yield Problem(f"{place}.schedule.silentHours", str(own.schedule.silent_hours), wanted, "set expression")


def capacity(settings: Settings) -> Iterator[Problem]:
    """Bounds, thresholds, sleep and Spot that contradict one another or the tier."""
    compute, scaling = settings.compute, settings.compute.scaling
    if scaling.method is ScalingMethod.STEPS and scaling.cpu_in_percent >= compute.target_cpu_percent:
        wanted = f"must be below {_COMPUTE}.targetCpuPercent ({compute.target_cpu_percent}), or it scales to and fro"
        yield Problem(f"{_COMPUTE}.scaling.cpuInPercent", str(scaling.cpu_in_percent), wanted, "write 30, say")
    for name, one in scaling.schedules.items():
        if one.min_count > one.max_count:
            place = f"{_COMPUTE}.scaling.schedules.{name}"
            yield Problem(
                f"{place}.minCount", str(one.min_count), f"must not exceed maxCount ({one.max_count})", "raise maxCount"
            )
    sleep = scaling.sleep
    if sleep.enabled and settings.tier in _PRODUCTION:
        wanted = f"users of tier {settings.tier} come at night as well"
        yield Problem(f"{_COMPUTE}.scaling.sleep.enabled", "true", wanted, "remove it, or use schedules to run less")
    if sleep.enabled and sleep.from_hour == sleep.to_hour:
        wanted = "must differ from toHour, or it stops and starts at once"
        yield Problem(f"{_COMPUTE}.scaling.sleep.fromHour", str(sleep.from_hour), wanted, "write 20, say")
    yield from _spot(settings)
    yield from _of_fargate(settings)


def _spot(settings: Settings) -> Iterator[Problem]:
    compute = settings.compute
    if not compute.spot_percent or settings.tier not in _PRODUCTION:
        return
    single = [s.name for s in services_of(settings) if s.kind is not ServiceKind.TASK and s.compute.min_count < 2]
    why = f"with the single task of {', '.join(single)} nothing answers" if single else "users see it"
    wanted = f"AWS takes Spot away with two minutes' notice, and in tier {settings.tier} {why}"
    yield Problem(f"{_COMPUTE}.spotPercent", str(compute.spot_percent), wanted, "set 0, and use it outside production")


def _of_fargate(settings: Settings) -> Iterator[Problem]:
    compute = settings.compute
    if compute.kind is ComputeKind.FARGATE:
        return
    elsewhere = {
        "ascent:configuration.enabled": settings.configuration.enabled,
        "ascent:registry.cachePublic": settings.registry.cache_public,
    }
    given = {
        "spotPercent": compute.spot_percent,
        "shell": compute.shell,
        "connect": compute.connect,
        "scaling.method": compute.scaling.method is ScalingMethod.STEPS,
        "scaling.predictive": compute.scaling.predictive,
        "scaling.requestsPerTarget": compute.scaling.requests_per_target,
        "scaling.schedules": compute.scaling.schedules,
        "release.strategy": compute.release.strategy is not Strategy.ROLLING,
    }
    for place, value in {**{f"{_COMPUTE}.{key}": one for key, one in given.items()}, **elsewhere}.items():
        if value:
            wanted = f"ECS does this, and {_COMPUTE}.kind is {compute.kind.value}"
            yield Problem(place, "set", wanted, f"set {_COMPUTE}.kind: fargate, or remove it")


def releases(settings: Settings) -> Iterator[Problem]:
    """What ECS needs to shift requests from one version to the next, and to go back by itself."""
    release, place = settings.compute.release, f"{_COMPUTE}.release"
    shifting = [service for service in services_of(settings) if service.shifts]
    if release.test_header is not None and not shifting:
        wanted = "a rolling release has no version that waits for a test"
        yield Problem(f"{place}.testHeader", "set", wanted, f"set {place}.strategy: blue_green, or remove it")
    if shifting and settings.observability.alarms.least_severity is Severity.CRITICAL:
        wanted = "without the alarms of severity high nothing would end a release that answers with errors"
        fix = "set ascent:observability.alarms.leastSeverity: high, or strategy: rolling"
        yield Problem(f"{place}.strategy", shifting[0].compute.release.strategy.value, wanted, fix)
    for service in shifting:
        yield from _one_rule(settings, service)


def _one_rule(settings: Settings, service: Service) -> Iterator[Problem]:
    """A release moves one rule of the load balancer, and tests come before it."""
    strategy, place = service.compute.release.strategy.value, f"ascent:services.{service.name}"
    if len(service.rules) > 1:
        wanted = f"{strategy} moves one rule of the load balancer, and each path is one"
        yield Problem(
            f"{place}.paths", f"{len(service.rules)} paths", wanted, "join them with *, or release by rolling"
        )
        return
    if not service.compute.release.test_header:
        return
    (rule,) = service.rules
    if (named := len(rule.hosts) + (rule.path is not None)) >= _CONDITIONS:
        wanted = f"a rule takes {_CONDITIONS} hosts, paths and headers, and the one for tests adds a header"
        yield Problem(f"{place}.hosts", f"{named} of them", wanted, "name fewer hosts, with *")
    own = settings.services.get(service.name)
    if own is not None and own.priority is not None:
        wanted = "the rule for tests would come after it, and never be asked"
        fix = f"remove it, or {_COMPUTE}.release.testHeader"
        yield Problem(f"{place}.priority", str(own.priority), wanted, fix)


def past_schedules(settings: Settings, today: str) -> Iterator[Problem]:
    """Schedules of which nothing is to come.

    Args:
        settings: the stack's.
        today: the day, as 2030-01-31.
    """
    given = {
        f"ascent:services.{name}.schedule.expression": s.schedule.expression for name, s in settings.services.items()
    }
    given |= {
        f"{_COMPUTE}.scaling.schedules.{name}.when": s.when for name, s in settings.compute.scaling.schedules.items()
    }
    for place, expression in given.items():
        if expression and is_past(expression, today):
            wanted = f"it is in the past: today is {today}"
            yield Problem(place, expression, wanted, "write a moment to come, or remove it")
