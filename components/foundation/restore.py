"""How what is backed up comes back, to see that it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreSpec:
    """What AWS Backup needs to restore a store for a while.

    Args:
        kind: AWS Backup's word for its kind, such as `RDS`.
        arn: ARN of the store.
        where: metadata of a restore that AWS Backup would guess wrong, such as the network.
    """

    kind: str
    arn: pulumi.Input[str]
    where: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
