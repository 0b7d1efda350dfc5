"""What watches the bill besides the budget."""

from __future__ import annotations

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, removes
from settings.enums import Mode, Presence
from settings.fields import AnomalyMonitorArn


class AnomalySettings(Section):
    """Cost Anomaly Detection, which learns what each service costs and tells what is out of line."""

    mode: Mode = setting(
        Mode.OFF,
        "create, existing or off; an account has only one monitor of its services",
        changes=removes("Cost anomaly detection", data="what the monitor has learned"),
    )
    monitor_arn: AnomalyMonitorArn | None = setting(None, "the monitor, where it exists", changes=IN_PLACE)
    minimum_usd: int = setting(
        20, "dollars above the expected that are told of", unit="USD", ge=1, le=1_000_000, changes=IN_PLACE
    )
    minimum_percent: int = setting(
        25, "share above the expected that is told of, as well", unit="percent", ge=1, le=1000, changes=IN_PLACE
    )


class IdleReportSettings(Section):
    """A weekly report of what is paid for and not used, in the whole account and region."""

    enabled: bool = setting(
        False, "whether the report is made", changes=removes("Lambda function", "Log group", data="its log")
    )
    idle_days: int = setting(
        14, "days without traffic after which something is idle", unit="days", ge=1, le=60, changes=IN_PLACE
    )
    snapshot_days: int = setting(
        180, "age from which a snapshot made by hand is old", unit="days", ge=1, le=3650, changes=IN_PLACE
    )


class CostSettings(Section):
    """What watches the bill besides the budget; most of it is set for a whole account."""

    anomalies: AnomalySettings = setting(AnomalySettings, "spending that is out of line")
    allocation_tags: Presence = setting(
        Presence.OFF,
        "count spending by the stack's tags; create in the account that pays, a day after the first deployment",
        changes=removes("Cost allocation tag", data="the sums by tag from then on"),
    )
    compute_optimizer: Presence = setting(
        Presence.OFF, "have AWS recommend sizes, for the whole account", changes=removes("Compute Optimizer")
    )
    optimization_hub: Presence = setting(
        Presence.OFF,
        "have AWS list what would save money, for the whole account",
        changes=removes("Cost Optimization Hub"),
    )
    storage_lens: Presence = setting(
        Presence.OFF,
        "a dashboard of all buckets of the account",
        changes=removes("S3 Storage Lens", data="its figures"),
    )
    idle_report: IdleReportSettings = setting(IdleReportSettings, "what is paid for and not used")
    monthly_report: bool = setting(
        False,
        "a report of the last month's bill to the alarm topic, on the second of each month",
        cost="$0.02 a month for two calls of Cost Explorer",
        changes=removes("Lambda function", "Log group", data="its log"),
    )

    @property
    def in_use(self) -> bool:
        """Whether the stack makes any of it."""
        advisors = (self.allocation_tags, self.compute_optimizer, self.optimization_hub, self.storage_lens)
        reports = self.idle_report.enabled or self.monthly_report
        return self.anomalies.mode is not Mode.OFF or Presence.CREATE in advisors or reports
