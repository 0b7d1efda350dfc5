"""The anomaly monitor that an account has one of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings

_PATH = "ascent:cost.anomalies"


def cost(settings: Settings) -> Iterator[Problem]:
    """A monitor that exists without a name, and the name of one that this stack makes itself."""
    anomalies = settings.cost.anomalies
    if anomalies.mode is Mode.EXISTING and anomalies.monitor_arn is None:
        wanted = f"{_PATH}.mode existing needs the monitor's ARN"
        yield Problem(f"{_PATH}.monitorArn", "missing", wanted, "add monitorArn, or set mode: create")
    if anomalies.mode is not Mode.EXISTING and anomalies.monitor_arn is not None:
        wanted = f"it names what exists, and {_PATH}.mode is {anomalies.mode.value}"
        yield Problem(f"{_PATH}.monitorArn", anomalies.monitor_arn, wanted, "set mode: existing, or remove it")
