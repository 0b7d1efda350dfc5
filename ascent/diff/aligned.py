"""Two plans that know different things of the same resources, made comparable."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ascent.plan.model import UNKNOWN
from ascent.plan.offline.wire import is_secret

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource
    from ascent.subjects.subject import Subject


def aligned(before: Subject, after: Subject) -> tuple[Plan, Plan]:
    """The plans of two subjects, without differences that come only from how they were read.

    A state knows what a plan calls unknown, and neither shows the secrets of the other: where one side cannot say what
    a value is, the sides count as the same there. What the provider filled in by itself is left out.

    Args:
        before: the subject to start from.
        after: the subject to arrive at.
    """
    first, second = (_given(subject) for subject in (before, after))
    unknown = before.is_state != after.is_state
    old = {resource.urn: resource for resource in second.resources}
    resources = tuple(_known_as(one, old.get(one.urn), unknown=unknown) for one in first.resources)
    return replace(first, resources=resources), second


def _given(subject: Subject) -> Plan:
    """A subject's plan with the inputs that the program gave itself."""
    if not subject.given:
        return subject.plan
    resources = (replace(r, inputs=subject.given.get(r.urn, r.inputs)) for r in subject.plan.resources)
    return replace(subject.plan, resources=tuple(resources))


def _known_as(one: Resource, other: Resource | None, *, unknown: bool) -> Resource:
    if other is None:
        return one
    pairs = {key: _same(value, other.inputs.get(key), unknown=unknown) for key, value in one.inputs.items()}
    return replace(one, inputs=pairs)


def _same(value: Any, other: Any, *, unknown: bool) -> Any:  # noqa: ANN401 - any wire values
    """A value, or the other side's where one of them cannot be told.

    Args:
        value: the first side's.
        other: the second side's; None where it has none.
        unknown: whether what one side does not know yet counts as the same.
    """
    if other is None:
        return value
    if _is_hidden(value) or _is_hidden(other) or (unknown and (_has_unknown(value) or _has_unknown(other))):
        return other
    if isinstance(value, dict) and isinstance(other, dict):
        return {key: _same(item, other.get(key), unknown=unknown) for key, item in value.items()}
    if isinstance(value, list) and isinstance(other, list) and len(value) == len(other):
        return [_same(item, their, unknown=unknown) for item, their in zip(value, other, strict=True)]
    return value


def _has_unknown(value: Any) -> bool:  # noqa: ANN401 - any wire value
    return isinstance(value, str) and UNKNOWN in value


def _is_hidden(value: Any) -> bool:  # noqa: ANN401 - any wire value
    """Whether a value is a secret whose plaintext is not there."""
    return is_secret(value) and value.get("value", UNKNOWN) == UNKNOWN
