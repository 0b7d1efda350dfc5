"""What a stack was last deployed with: compared with what it would become, before anything is touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from settings.consistency.memory import memory_problem, remembered
from settings.errors import SettingsError
from settings.schema import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


@dataclass(frozen=True, kw_only=True)
class MemoryArgs:
    """What is remembered.

    Args:
        settings: those of the stack.
    """

    settings: Settings


class Memory(pulumi.ComponentResource):
    """Remembers, in Pulumi's state, what the next deployment must not change, and refuses it if it does.

    Nothing in AWS belongs to it. Its name is always the same, so that a stack whose names have changed finds it again.

    Attributes:
        agreed: true, as soon as what is remembered agrees; made into the input of something, that waits for it.
    """

    agreed: pulumi.Output[bool]

    def __init__(self, name: str, args: MemoryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self._settings = args.settings
        self._refusal = ""
        compare = pulumi.ResourceHook(f"{name}-compare", self._compare, pulumi.ResourceHookOptions(on_dry_run=True))
        hooks = pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(before_update=[compare]))
        merged = pulumi.ResourceOptions.merge(opts, hooks)
        super().__init__("ascent:foundation:Memory", name, remembered(args.settings), merged)
        self.agreed = self.urn.apply(self._agree)
        self.register_outputs({})

    def _compare(self, args: pulumi.ResourceHookArgs) -> None:
        """Called by the engine where something differs from what it remembers, before it remembers anything else."""
        before: Mapping[str, Any] = args.old_inputs or {}
        problem = memory_problem(self._settings, before)
        if problem is None:
            return
        self._refusal = str(SettingsError(f"Pulumi.{pulumi.get_stack()}.yaml", [problem]))
        # A preview lets the program say it, in one line; a deployment must not remember what was refused.
        if not pulumi.runtime.is_dry_run():
            raise pulumi.RunError(self._refusal)

    def _agree(self, _urn: str) -> bool:
        if self._refusal:
            raise pulumi.RunError(self._refusal)
        return True
