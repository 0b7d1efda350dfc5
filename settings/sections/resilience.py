"""Backups."""

from __future__ import annotations

from settings.base import Section, setting


class ResilienceSettings(Section):
    """Backups beyond the stores' own point-in-time recovery."""

    backup: bool = setting(False, "an AWS Backup plan, daily at 02:00 UTC", cost="$0.095 a month per GB of RDS")
    daily_retention_days: int = setting(30, "how long a daily backup is kept", unit="days", ge=1, le=3653)
    weekly: bool = setting(False, "a second backup each Sunday")
    weekly_retention_days: int = setting(90, "how long a weekly backup is kept", unit="days", ge=1, le=3653)
    protect: bool = setting(
        True,
        "Pulumi and AWS both refuse to delete what holds data, keys and the load balancer; set false and deploy before "
        "a teardown",
    )
