"""Remedies: properties that a rule changes instead of only complaining, where its level is `remediate`.

What a remedy changes is a few properties by their path; everything around them stays exactly as it was: secrets stay
secrets, and what is not known yet stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from policies.pack.engine.wire import SPECIAL, is_unknown
from policies.pack.facts import UNKNOWN, ResourceFacts, Secret, StackFacts, Value
from policies.pack.levels import Level
from policies.pack.rule import ResourceRule
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policies.pack.configuration import Configuration
    from policies.pack.rule import Changes, Rule
    from policies.pack.verdict import Verdict

_IN_THE_WAY: Final = "is known only after deployment, or is no object"


class RemedyError(Exception):
    """A property cannot be changed because of what stands on the way to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedied:
    """A change that a rule makes to a resource."""

    rule: str
    """Id of the rule."""
    urn: str
    changes: Changes
    """Empty if the remedy could not be applied."""
    problem: str = ""
    """Why it could not be applied."""


def remedy(
    resource: ResourceFacts, rules: Iterable[Rule], configured: Configuration, excused: Callable[[Verdict], bool]
) -> Iterator[Remedied]:
    """The changes that rules at level `remediate` make to a resource, in order; each sees what those before changed.

    Args:
        resource: facts.
        rules: the rules to apply.
        configured: levels and parameters.
        excused: whether a waiver excuses a failure, which is then left alone.
    """
    for rule in rules:
        if not isinstance(rule, ResourceRule) or rule.remedy is None or resource.type not in rule.on:
            continue
        if configured.level(rule, resource.tier) is not Level.REMEDIATE:
            continue
        given = configured.given(rule)
        failures = [v for v in rule.judge_one(resource, given) if v.status is Status.FAIL and not excused(v)]
        if not failures:
            continue
        changes = rule.remedy(resource, rule.values(resource.tier, given))
        if not changes:
            continue
        try:
            resource = replace(resource, props=changed(resource.props, changes))
        except RemedyError as error:
            yield Remedied(rule=rule.id, urn=resource.urn, changes={}, problem=str(error))
        else:
            yield Remedied(rule=rule.id, urn=resource.urn, changes=changes)


def remedied(
    stack: StackFacts, rules: Sequence[Rule], configured: Configuration, excused: Callable[[Verdict], bool]
) -> tuple[StackFacts, tuple[Remedied, ...]]:
    """A stack as it is after all remedies, and what they changed; see `remedy`."""
    if not configured.remediates:
        return stack, ()
    resources: list[ResourceFacts] = []
    every: list[Remedied] = []
    for resource in stack.resources:
        found = tuple(remedy(resource, rules, configured, excused))
        for one in found:
            resource = replace(resource, props=changed(resource.props, one.changes))
        resources.append(resource)
        every += found
    return replace(stack, resources=tuple(resources)), tuple(every)


def changed(properties: Mapping[str, Value], changes: Changes) -> dict[str, Value]:
    """Properties, as facts or in wire form, with some of them changed.

    Args:
        properties: all properties.
        changes: what to change.

    Raises:
        RemedyError: what a path leads through is unknown, or is no object.
    """
    whole: Value = properties
    for path, value in changes.items():
        whole = _planted(whole, path, value, ".".join(path))
    return dict(whole)


def _planted(here: Value, keys: Sequence[str], new: Value, path: str) -> Value:
    if not keys:
        return new
    if isinstance(here, Secret):
        return Secret(_planted(here.value, keys, new, path))
    if here is None:
        here = {}
    if isinstance(here, Sequence) and not isinstance(here, str) and len(here) == 1:
        return [_planted(here[0], keys, new, path)]
    if here is UNKNOWN or is_unknown(here) or not isinstance(here, Mapping):
        raise RemedyError(f"{path.removesuffix('.' + '.'.join(keys))} {_IN_THE_WAY}")
    if SPECIAL in here:
        if "value" not in here:
            raise RemedyError(f"{path} {_IN_THE_WAY}")
        return {**here, "value": _planted(here["value"], keys, new, path)}
    return {**here, keys[0]: _planted(here.get(keys[0]), keys[1:], new, path)}
