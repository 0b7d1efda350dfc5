"""What services can be together: their kinds, their routes, their variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import ComputeKind, ServiceKind
from settings.routes import test_priority, tie_priority
from settings.services import services_of
from settings.variables import arn_variable, queue_variable, reserved_variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from settings.schema import Settings

_PLACE = "ascent:services"


def kinds(settings: Settings) -> Iterator[Problem]:
    """A stack has a web service, and on EC2 nothing else; only web services have routes."""
    services = services_of(settings)
    names = ", ".join(s.name for s in services)
    if not any(s.is_web for s in services):
        yield Problem(_PLACE, names, "a stack needs a service of kind web", "add one, or make one of them web")
    if settings.compute.kind is ComputeKind.EC2 and (len(services) > 1 or not services[0].is_web):
        wanted = "on EC2 (ascent:compute.kind is ec2) a stack runs one web service"
        yield Problem(_PLACE, names, wanted, "set ascent:compute.kind: fargate, or keep one service")
    for name, own in settings.services.items():
        for field, value in (("hosts", own.hosts), ("paths", own.paths), ("priority", own.priority)):
            if own.kind is not ServiceKind.WEB and value:
                wanted = f"a {own.kind.value} gets no requests"
                yield Problem(f"{_PLACE}.{name}.{field}", "set", wanted, f"remove it, or set {_PLACE}.{name}.kind: web")


def routes(settings: Settings) -> Iterator[Problem]:
    """Each request reaches one service, and each rule of the load balancer has a priority of its own."""
    web = [s for s in services_of(settings) if s.is_web]
    rest = [s.name for s in web if s.takes_the_rest]
    for name in rest[1:]:
        wanted = f"{rest[0]} gets every request already that no other service gets"
        yield Problem(f"{_PLACE}.{name}.paths", "empty", wanted, "give it paths or hosts, such as [/api/*]")
    matches: dict[tuple[object, ...], str] = {}
    # A test of a new version has a rule of its own.
    priorities = {test_priority(s.name): s.name for s in web if s.shifts and s.compute.release.test_header}
    ties: dict[int, str] = {}
    for service in web:
        own = [service.name, *([f"{service.name}/next"] if service.shifts else [])]
        tied = next((t for key in own if (t := ties.setdefault(tie_priority(key), service.name)) != service.name), "")
        if tied:
            wanted = f"{tied} would have a rule of the same priority"
            yield Problem(f"{_PLACE}.{service.name}", "its name", wanted, "rename one of them")
        for rule in () if service.takes_the_rest else service.rules:
            place = f"{_PLACE}.{service.name}.{'hosts' if rule.path is None else 'paths'}"
            value = ", ".join(rule.hosts) if rule.path is None else rule.path
            other = matches.setdefault((frozenset(rule.hosts), rule.path), service.name)
            taken = priorities.setdefault(rule.priority, service.name)
            if other != service.name:
                yield Problem(place, value, f"{other} gets these requests already", "give each request to one service")
            elif taken != service.name:
                wanted = f"its rule would have the priority {rule.priority}, as one of {taken} has"
                yield Problem(place, value, wanted, f"set {_PLACE}.{service.name}.priority: 1, or another free one")


def variables(settings: Settings) -> Iterator[Problem]:
    """No variable of a container is set in two places."""
    security = settings.security
    places: dict[str, Iterable[str]] = {
        "ascent:compute.environment": settings.compute.environment,
        "ascent:compute.secrets": settings.compute.secrets,
        "ascent:security.secrets": security.secrets,
        "ascent:security.apiKeys": [name for key in security.api_keys for name in (key, arn_variable(key))],
        "ascent:security.parameters": security.parameters,
    }
    owners = dict.fromkeys(reserved_variables(), "Ascent itself")
    owners |= {queue_variable(s.name): f"the queue of {s.name}" for s in services_of(settings) if s.queue.enabled}
    for place, names in places.items():
        for name in names:
            if name in owners:
                yield _set_twice(f"{place}.{name}", owners[name])
            owners.setdefault(name, place)
    for service in services_of(settings) if settings.services else ():
        own, place = settings.services[service.name], f"{_PLACE}.{service.name}"
        # What a service says replaces what compute says of the same kind.
        fixed = {name: owner for name, owner in owners.items() if not owner.startswith("ascent:compute.")}
        for name in own.environment:
            if name in fixed or (name in service.compute.secrets and name not in own.secrets):
                yield _set_twice(f"{place}.environment.{name}", fixed.get(name, "ascent:compute.secrets"))
        for name in own.secrets:
            if name in fixed or name in service.compute.environment:
                yield _set_twice(f"{place}.secrets.{name}", fixed.get(name, "environment"))
    # Names of secrets in AWS are lower case.
    by_name: dict[str, str] = {}
    for place, names in (
        ("secrets", security.secrets),
        ("apiKeys", security.api_keys),
        ("parameters", security.parameters),
    ):
        for name in names:
            if (other := by_name.setdefault(name.lower(), name)) != name:
                wanted = "secrets must differ in more than case"
                yield Problem(f"ascent:security.{place}.{name}", f"too close to {other}", wanted, "rename one of them")


def _set_twice(path: str, owner: str) -> Problem:
    return Problem(path, "set twice", f"{owner} sets it already", "rename one of them")
