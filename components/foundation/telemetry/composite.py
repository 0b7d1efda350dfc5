"""An alarm that stands for several, so that one trouble is one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from settings.enums import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class CompositeSpec:
    """Alarms that tell nobody by themselves, and the one that speaks for them.

    Args:
        key: name of its runbook; with `subject` unique in the stack.
        title: what is wrong when it fires.
        members: names of the alarms that it stands for; they become silent.
        subject: which one it is about, where a stack may have several.
        together: it fires when all members do; otherwise when any does.
        hushed_by: name of an alarm that says the same louder: while that one fires, this one is silent.
        severity: how fast to act.
    """

    key: str
    title: str
    members: Sequence[str]
    subject: str = ""
    together: bool = False
    hushed_by: str = ""
    severity: Severity = Severity.HIGH

    @property
    def name(self) -> str:
        """Unique in the stack."""
        return f"{self.subject}-{self.key}" if self.subject else self.key
