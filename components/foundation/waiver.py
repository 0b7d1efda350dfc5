"""Waivers beside the component that they excuse: they travel with it, and end with it.

A waiver is part of the inputs of the component that asks for it. Pulumi registers a component before whatever it holds
and shows its inputs to the policy pack, so that a waiver is known before anything that it excuses is judged, in the
engine as in an offline plan. Nothing of it reaches AWS.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

CARRIER: Final = "policyWaivers"
"""Input of a component under which the policy pack looks for waivers."""


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One finding, inside one component, that somebody answers for.

    What is wrong with a waiver (no such rule, no owner, expired, more than 180 days, excuses nothing or more than it
    says) is reported by the policy pack, not here.

    Args:
        rule: id of the rule, e.g. `s3-versioning`.
        resource: logical name of the resource; `*` stands for any characters.
        reason: why the finding is accepted.
        owner: person or team that answers for it.
        expires: last day in force as YYYY-MM-DD, at most 180 days ahead.
        names: logical names of the resources it excuses, where `resource` is a pattern for several.
        count: at most how many resources it excuses, in place of their names; 1 by default.
    """

    rule: str
    resource: str
    reason: str
    owner: str
    expires: str
    names: tuple[str, ...] = ()
    count: int | None = None


def carrying(*waivers: Waiver, **inputs: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a component registers
    """Inputs of a component that carries waivers for what it holds.

        super().__init__("acme:web:Site", name, carrying(Waiver(rule="s3-versioning", …)), opts)

    Args:
        *waivers: the waivers; they excuse the component's own children and theirs, nothing else.
        **inputs: other inputs to register.
    """
    return {**inputs, CARRIER: [_entry(w) for w in waivers]}


def _entry(waiver: Waiver) -> dict[str, Any]:
    """A waiver as the pack reads it; what is not said is left out."""
    entry = {key: value for key, value in asdict(waiver).items() if value not in ((), None)}
    return {**entry, "names": list(waiver.names)} if waiver.names else entry
