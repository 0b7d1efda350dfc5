"""What of an account a stack does not make, because it says that the account has it from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack.values import UNSET, at
from policies.pack.verdict import Outcome, unverified

if TYPE_CHECKING:
    from policies.pack.facts import StackFacts

_TELLING: Final = "ascent:account:KeptElsewhere"
"""Type of the component that says so: its input `services` maps services to what names them."""


def kept_elsewhere(stack: StackFacts, service: str, wanted: str) -> Outcome | None:
    """That it cannot be told from here whether the account has a service; None for one that this stack answers for.

    Args:
        stack: the stack.
        service: the service, in a stack file's words.
        wanted: what the rule asks for.
    """
    for resource in stack.of_type(_TELLING):
        name = at(resource, f"services.{service}")
        if name is not UNSET:
            called = f": {name}" if isinstance(name, str) and name else ""
            return unverified(f"it is kept outside of this stack{called}", wanted)
    return None
