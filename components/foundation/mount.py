"""Files that a store brings into the application's containers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A file system in a container.

    Args:
        name: name of the volume, unique in a task.
        path: where the container finds it.
        file_system_id: id of the file system.
        access_point_id: id of the one way into it, known once it can be mounted.
    """

    name: str
    path: str
    file_system_id: pulumi.Input[str]
    access_point_id: pulumi.Input[str]

    def point(self) -> dict[str, Any]:
        """The mount as ECS describes it in a container."""
        return {"sourceVolume": self.name, "containerPath": self.path, "readOnly": False}


@runtime_checkable
class Mounting(Protocol):
    """A store that containers reach as files."""

    mounts: Sequence[Mount]
