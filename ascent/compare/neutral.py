"""Names without the stack in them, so that resources of two stacks can be told to be the same one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ascent.catalog.layers import PLATFORM
from ascent.plan.urn import qualified_type

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource

_STAND_IN: Final = "*"
_ACCOUNT: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])")
"""An AWS account id; two stacks live in two accounts, which is no difference between their resources."""


class Neutral:
    """Takes a stack's own name out of its URNs and values.

    Args:
        plan: the stack's plan; its prefix is the platform's name, or `project-stack` where a program has no platform.
        accounts: whether account ids count as the same; they do for two stacks, which live in two accounts.
    """

    def __init__(self, plan: Plan, *, accounts: bool = True) -> None:
        self._accounts = accounts
        platform = next((r.name for r in plan.resources if r.type == PLATFORM), f"{plan.project}-{plan.stack}")
        # `app-dev` also stands as `/app/dev` in paths and as `app dev` in descriptions.
        parts = platform.split("-")
        spelt = "[-/ _]".join(map(re.escape, parts))
        # Paths of parameters begin with the environment: `/dev/app/KEY`. A name may hold hyphens itself.
        turned = "|".join(
            f"(?<=/){re.escape('-'.join(parts[cut:]))}/{re.escape('-'.join(parts[:cut]))}(?=/|$)"
            for cut in range(1, len(parts))
        )
        # Filters and conditions name the environment alone, as their whole value.
        self._alone = {plan.stack, platform.removeprefix(f"{plan.project}-")}
        straight = f"(?<![0-9A-Za-z]){spelt}(?![0-9A-Za-z])"
        self._prefix = re.compile(f"{straight}|{turned}" if turned else straight)

    def name(self, resource: Resource) -> str:
        """A resource's logical name with `*` for the stack's prefix."""
        return self._prefix.sub(_STAND_IN, resource.name)

    def key(self, urn: str) -> tuple[str, str]:
        """What identifies a resource whatever its stack: the types it hangs on, and its name."""
        return qualified_type(urn), self._prefix.sub(_STAND_IN, urn.split("::", 3)[3])

    def value(self, value: Any) -> Any:  # noqa: ANN401 - any wire value
        """A wire value without the stack's prefix and without account ids."""
        if isinstance(value, str):
            if value in self._alone:
                return _STAND_IN
            found = self._prefix.sub(_STAND_IN, value)
            return _ACCOUNT.sub(_STAND_IN, found) if self._accounts else found
        if isinstance(value, dict):
            return {self.value(key): self.value(item) for key, item in value.items()}
        return [self.value(item) for item in value] if isinstance(value, list) else value
