"""All operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.ops.actions import drain_zone, drill, failback, failover, restore, rollback, rotate_secret
from ascent.ops.kinds import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ascent.ops.step import Prepared, Subject

ACTIONS: Final[Mapping[Operation, Callable[[Subject], Prepared]]] = {
    Operation.RESTORE: restore.prepare,
    Operation.FAILOVER: failover.prepare,
    Operation.FAILBACK: failback.prepare,
    Operation.ROTATE_SECRET: rotate_secret.prepare,
    Operation.ROLLBACK: rollback.prepare,
    Operation.DRAIN_ZONE: drain_zone.prepare,
    Operation.DRILL: drill.prepare,
}
"""What makes the steps of each operation; each raises InputError where there is nothing to do it on."""
