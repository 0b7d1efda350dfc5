"""The queue that a worker fetches its work from."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes


class QueueSettings(Section):
    """A queue of one worker's own; whoever sends to it finds it through a parameter."""

    enabled: bool = setting(
        False,
        "give the worker a queue, and one beside it for messages that always fail; every service may send to it and "
        "finds its address in NAME_QUEUE_URL (worker)",
        cost="the first million requests a month are free, then $0.40 per million",
        changes=removes("SQS queue", data="messages in it"),
    )
    visibility_seconds: int = setting(
        300,
        "longest time that work on one message takes; after it another task gets the message",
        unit="seconds",
        ge=30,
        le=43_200,
        changes=IN_PLACE,
    )
    max_receives: int = setting(
        5, "tries before a message is put aside in the dead-letter queue", ge=1, le=1000, changes=IN_PLACE
    )
    retention_days: int = setting(
        4,
        "how long a message waits before SQS drops it; the dead-letter queue keeps its own for 14 days",
        unit="days",
        ge=1,
        le=13,
        changes=in_place(data="messages that are older", lowered=True),
    )
    seconds_per_message: float = setting(
        1.0, "time that one task needs for one message", unit="seconds", gt=0, le=3600, changes=IN_PLACE
    )
    wait_seconds: int = setting(
        60,
        "how long a message may wait; scaling keeps wait / time per message of them for each task",
        unit="seconds",
        ge=1,
        le=86_400,
        changes=IN_PLACE,
    )
    alarm_seconds: int = setting(
        900, "age of the oldest message at which somebody is told", unit="seconds", ge=60, changes=IN_PLACE
    )

    @property
    def backlog_per_task(self) -> float:
        """Messages that may wait for each task; never less than the one it works on."""
        return max(1.0, self.wait_seconds / self.seconds_per_message)
