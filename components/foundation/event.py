"""What a component asks to be told about that no metric shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from settings.enums import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class EventSpec:
    """One kind of event as a component describes it.

    Args:
        key: name of its runbook; with `subject` unique in the stack.
        subject: which one it is about, where a stack may have several, such as a service's name.
        title: what has happened.
        pattern: the events, as EventBridge matches them.
        reads: they are CloudTrail's records of calls that only read, which a rule gets only if it says so.
        severity: how fast to act.
    """

    key: str
    title: str
    pattern: Mapping[str, Any]
    subject: str = ""
    reads: bool = False
    severity: Severity = Severity.HIGH

    @property
    def name(self) -> str:
        """Unique in the stack."""
        return f"{self.subject}-{self.key}" if self.subject else self.key


class Source(Protocol):
    """Whatever has events that somebody should hear of."""

    def events(self) -> list[EventSpec]:
        """What somebody should hear of that no metric shows."""
        ...
