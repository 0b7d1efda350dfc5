"""The waivers that a component carries in its inputs, beside what they excuse.

Pulumi registers a component before whatever it holds and shows those inputs to the pack and to the offline plan alike,
and no cloud ever sees them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack.facts import Secret, Unknown
from policies.pack.values import items
from policies.pack.waivers.book import WaiverBook
from policies.pack.waivers.waiver import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from policies.pack.facts import Value

CARRIER: Final = "policyWaivers"
"""Input of a component that lists its waivers."""


def carried_waivers(
    urn: str, kind: str, props: Mapping[str, Value], *, today: date, rules: Collection[str]
) -> WaiverBook | None:
    """The waivers that a component carries; None for a resource that carries none.

    Args:
        urn: the component's URN; the waivers excuse what is below it.
        kind: its type; resources of AWS carry no waivers.
        props: its inputs.
        today: the day it is.
        rules: ids of the rules there are.
    """
    if CARRIER not in props or kind.startswith("aws:"):
        return None
    source = f"{CARRIER} of {name_of(urn)}"
    entries = items(props, CARRIER)
    if isinstance(entries, Unknown) or isinstance(props[CARRIER], Secret):
        line = f"{source}: are secret or known only after deployment; write them out"
        return WaiverBook(today=today, problems=(line,))
    from policies.pack.waivers.entry import CarriedEntry, Reading

    return Reading(CarriedEntry, source, today=today, rules=rules, within=urn).book(entries)
