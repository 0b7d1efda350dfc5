"""Moments that a store can be brought back to, and names of what is brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.ops.step import Memory, StoppedError

if TYPE_CHECKING:
    from datetime import datetime


def target(source: str, memory: Memory, limit: int) -> str:
    """The name of what is restored; the same after an interruption.

    Args:
        source: name of the store.
        memory: holds the stamp of the operation.
        limit: most characters that AWS allows.
    """
    ending = f"-restored-{memory.text('stamp')}"
    return source[: limit - len(ending)].rstrip("-.") + ending


def keep(memory: Memory, moment: datetime | None, earliest: datetime | None, latest: datetime | None) -> str:
    """Look whether a store can be brought back to a moment, and keep the latest for the record.

    Args:
        memory: what the record keeps.
        moment: the moment that is wanted; None for the latest.
        earliest: the first that AWS has; None where it does not say.
        latest: the last that AWS has; None where it has none.

    Raises:
        StoppedError: AWS has nothing of that moment.
    """
    if latest is None:
        raise StoppedError("there is nothing to restore from: point-in-time recovery has no moment yet")
    if moment is not None and (moment > latest or (earliest is not None and moment < earliest)):
        since = f"{earliest:%Y-%m-%d %H:%M:%S}" if earliest else "the start of its retention"
        raise StoppedError(f"--at must be between {since} and {latest:%Y-%m-%d %H:%M:%S} UTC: AWS has no other moment")
    if moment is None:
        memory.kept["restoredTo"] = latest.isoformat()
    return f"until {latest:%Y-%m-%d %H:%M:%S} UTC"
