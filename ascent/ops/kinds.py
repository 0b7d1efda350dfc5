"""The operations there are. Free of imports of AWS's SDK, because readiness reads their records."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """What can be done to a deployed stack."""

    RESTORE = "restore"
    """A store as it was at a moment, under another name."""
    FAILOVER = "failover"
    """The database to its standby, or the product to the second region."""
    FAILBACK = "failback"
    """The product back from the second region."""
    ROTATE_SECRET = "rotate-secret"
    """Another value of a secret."""
    ROLLBACK = "rollback"
    """The release before."""
    DRAIN_ZONE = "drain-zone"
    """No requests and no tasks in a zone."""
    DRILL = "drill"
    """An experiment that breaks something on purpose."""
