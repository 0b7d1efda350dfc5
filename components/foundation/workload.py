"""What the platform asks of whatever runs the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pulumi

    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec
    from components.foundation.telemetry.graph import Graph
    from settings.sections.observability import AlarmSettings


class Workload(Protocol):
    """A running service as the rest of the platform sees it.

    Attributes:
        service: its name.
        runs: there once enough of it is healthy; requests are led to it after that.
    """

    service: str
    runs: pulumi.Resource

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """What should wake somebody up."""
        ...

    def events(self) -> list[EventSpec]:
        """What somebody should hear of that no metric shows."""
        ...

    def graphs(self) -> list[Graph]:
        """What somebody who looks after the service wants to see."""
        ...
