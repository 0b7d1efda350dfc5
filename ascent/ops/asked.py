"""What an operation is asked to do, in the options of the command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final

from ascent.ops.kinds import Operation
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Options of operations; each goes with some of them."""

    store: str = ""
    """Which store: `postgres`, `dynamodb`."""
    at: str = ""
    """The moment to go back to, as ISO 8601 has it; empty for the latest."""
    discard: bool = False
    """Delete again what was restored, once it was looked at."""
    secret: str = ""
    """Which secret: its environment variable, or `database`."""
    service: str = ""
    """Which service; empty where there is one."""
    zone: str = ""
    """Which availability zone."""
    undo: bool = False
    """Put back what the last one took out."""
    experiment: str = ""
    """Which experiment, by the end of its name."""

    def as_record(self) -> dict[str, str | bool]:
        """The options that were given."""
        return {key: value for key, value in asdict(self).items() if value}

    @classmethod
    def from_record(cls, given: Mapping[str, str | bool]) -> Asked:
        """What a record says was asked."""
        known = {one.name for one in fields(cls)}
        return cls(**{key: value for key, value in given.items() if key in known})  # ty: ignore[invalid-argument-type]


_TAKES: Final[Mapping[Operation, frozenset[str]]] = {
    Operation.RESTORE: frozenset({"store", "at", "discard"}),
    Operation.FAILOVER: frozenset({"store"}),
    Operation.FAILBACK: frozenset(),
    Operation.ROTATE_SECRET: frozenset({"secret"}),
    Operation.ROLLBACK: frozenset({"service"}),
    Operation.DRAIN_ZONE: frozenset({"zone", "undo"}),
    Operation.DRILL: frozenset({"experiment"}),
}


def check_options(operation: Operation, asked: Asked) -> None:
    """Refuse options that an operation does not take.

    Raises:
        InputError: there are some.
    """
    for option in asked.as_record():
        if option not in _TAKES[operation]:
            takes = ", ".join(f"--{one}" for one in sorted(_TAKES[operation])) or "none of these options"
            raise InputError(f"ascent ops {operation} --{option}: does not go with {operation}, which takes {takes}")
