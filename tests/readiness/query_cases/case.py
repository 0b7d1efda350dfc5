"""A case of a plan query."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ascent.readiness.model import Status
from tests.policies.building import Made

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN


@dataclass(frozen=True)
class QueryCase:
    """What a query must answer to a stack."""

    query: str
    wanted: Status
    resources: tuple[Made, ...]
    tier: str = "enterprise"

    def __str__(self) -> str:
        return f"{self.query}-{self.wanted.name.lower()}-{len(self.resources)}"


Stack = tuple[Made, ...]


def of(type_: str, name: str = "it", /, **props: object) -> Made:
    """A resource with any properties."""
    return Made(type_, name, props)


def managed_by(provider: str, made: Made) -> Made:
    """A resource of an explicit provider."""
    return replace(made, provider=provider)


def ask(
    query: str, met: Stack | list[Stack], unmet: Stack | list[Stack], unknown: Stack = (), tier: str = "enterprise"
) -> list[QueryCase]:
    """Cases of one query; a list holds several stacks."""

    def stacks(given: Stack | list[Stack]) -> list[Stack]:
        return given if isinstance(given, list) else [given]

    found = [QueryCase(query, MET, s, tier) for s in stacks(met)]
    found += [QueryCase(query, UNMET, s, tier) for s in stacks(unmet)]
    return found + ([QueryCase(query, UNKNOWN, unknown, tier)] if unknown else [])


def exists(query: str, *types: str) -> list[QueryCase]:
    """A query that any resource of some types answers, and nothing else does."""
    other = (of("aws:iam/user:User"),)
    return ask(query, [(of(t),) for t in types], [(), other])
