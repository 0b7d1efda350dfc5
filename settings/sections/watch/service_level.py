"""What is promised, and who asks from outside whether it holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, removes
from settings.fields import CanaryRuntime, HttpPath, distinct


class ServiceLevelSettings(Section):
    """The share of requests that must succeed, and alarms on how fast the rest is used up."""

    enabled: bool = setting(
        False,
        "an objective of Application Signals over the load balancer's counts, with alarms on its burn rate",
        cost="$2.40 a month for the alarms",
        changes=IN_PLACE,
    )
    percent: float = setting(
        99.9, "share of requests without a 5xx status", unit="percent", ge=90, le=99.999, changes=IN_PLACE
    )
    days: int = setting(30, "time that the share is measured over", unit="days", ge=1, le=60, changes=IN_PLACE)


class CanarySettings(Section):
    """A robot that visits the product like a user, and sees what metrics from inside can't: DNS, TLS, the edge."""

    enabled: bool = setting(
        False,
        "a canary of CloudWatch Synthetics",
        cost="$0.0012 a visit: $10.51 a month every five minutes",
        changes=removes("Canary", "Log group", "S3 bucket", data="what earlier visits recorded"),
    )
    minutes: int = setting(5, "time between visits", unit="minutes", ge=1, le=60, changes=IN_PLACE)
    paths: Annotated[tuple[HttpPath, ...], AfterValidator(distinct)] = setting(
        ("/",),
        "what a user does, page by page, after the health check; each must answer 2xx or 3xx",
        max_length=10,
        changes=IN_PLACE,
    )
    slow_seconds: float = setting(
        5.0, "a visit that takes longer is too slow", unit="seconds", gt=0, le=60, changes=IN_PLACE
    )
    runtime: CanaryRuntime = setting(
        "syn-python-selenium-14.0",
        "Synthetics' runtime; it gives two months' notice before one can't be used any more",
        changes=IN_PLACE,
    )
