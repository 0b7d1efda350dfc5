"""Which requests a service gets: rules of the load balancer, in an order that does not depend on other services."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LAST: Final = 50_000
"""Greatest priority that a load balancer knows (Elastic Load Balancing API, CreateRule)."""

_CHOSEN: Final = 900 + 20
"""Priorities up to here are for services that choose one: the greatest setting, and a rule for each of its paths."""

_LENGTHS: Final = 130
"""Ranks by length of a path: the part before its first wildcard has 0 to 128 characters, and an exact one counts one
more."""

_SLOTS: Final = 150
"""Priorities per rank; a rule's name decides among them."""

_TIES: Final = range(_CHOSEN + 1 + 2 * _LENGTHS * _SLOTS, LAST)
"""Priorities of the rules that tie services to the load balancer, behind all that lead requests and before the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the load balancer.

    Args:
        key: names the rule among those of its service; follows from the path.
        hosts: hosts, with wildcards; empty for every one.
        path: path, with wildcards; None for every one.
        priority: 1 to 50,000; the lowest that matches decides.
    """

    key: str
    hosts: tuple[str, ...]
    path: str | None
    priority: int


def tie_priority(service: str) -> int:
    """Priority of the rule that ties a service to the load balancer; see `tie` in `components/edge/route.py`."""
    return _TIES[_hash(service) % len(_TIES)]


def test_priority(service: str) -> int:
    """Priority of the rule that leads tests of a service to its new version: before all that follow from paths."""
    return _CHOSEN + 1 + _hash(service) % _SLOTS


def rules_of(service: str, hosts: Sequence[str], paths: Sequence[str], first: int | None) -> tuple[Rule, ...]:
    """The rules of a service; where it names neither hosts nor paths, one that gets what no other does.

    The priority of a rule follows from the rule and its service alone: adding or removing a service moves no other, and
    a rule that matches less comes before one that matches more. AWS refuses two rules of one priority.

    Args:
        service: the service's name.
        hosts: hosts that it serves, with `*` and `?`.
        paths: paths that it serves, with `*` and `?`.
        first: priority of the first rule, and of the following ones counted from it; None for the order above.
    """
    if not hosts and not paths:
        return (Rule(key="rest", hosts=(), path="/*", priority=LAST),)
    patterns = tuple(paths) or (None,)
    return tuple(
        Rule(
            key=_key(path),
            hosts=tuple(hosts),
            path=path,
            priority=_priority(service, hosts, path) if first is None else first + position,
        )
        for position, path in enumerate(patterns)
    )


def _key(path: str | None) -> str:
    return "hosts" if path is None else hashlib.sha256(path.encode()).hexdigest()[:8]


def _priority(service: str, hosts: Sequence[str], path: str | None) -> int:
    """Longer paths first, and of the same path those for named hosts."""
    literal = 0 if path is None else len(path.partition("*")[0].partition("?")[0])
    exact = path is not None and literal == len(path)
    rank = (_LENGTHS - 1 - literal - exact) * 2 + (not hosts)
    return _CHOSEN + 1 + rank * _SLOTS + _hash(f"{service} {path}") % _SLOTS


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
