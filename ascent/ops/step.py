"""Steps of an operation, and what they are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ascent.ops.asked import Asked
    from ascent.ops.kinds import Operation
    from ascent.verify.aws import Aws
    from ascent.verify.deployed import Deployed
    from settings.schema import Settings


class StoppedError(Exception):
    """A step cannot go on; `str()` is why and what to do, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A deployed stack, what was asked for, and the ways to do it."""

    stack: str
    settings: Settings
    deployed: Deployed
    aws: Aws
    asked: Asked


@dataclass(slots=True, kw_only=True)
class Memory:
    """What steps tell later ones, also after an interruption: names and times, as JSON has them."""

    kept: dict[str, Any] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A text that an earlier step kept; empty if there is none."""
        return str(self.kept.get(key, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do.

    Args:
        name: unique in its operation; a resumed one finds its place by it.
        says: what it does, in words.
        do: does it, and says what came of it; may be asked again where it was interrupted, and then does it once only.
        until: whether what it began has ended; None where that is at once.
        served: whether what the operation is about serves again once this has ended.
    """

    name: str
    says: str
    do: Callable[[Memory], str]
    until: Callable[[Memory], bool] | None = None
    served: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An operation, ready to be looked at or run.

    Args:
        operation: which one.
        subject: what it is about, in a word or two.
        steps: what it does, in order.
        harms: what users or data suffer from it, in words; empty where nothing does.
        after: what is left for people to do, in words.
    """

    operation: Operation
    subject: str
    steps: tuple[Step, ...]
    harms: str = ""
    after: tuple[str, ...] = ()
