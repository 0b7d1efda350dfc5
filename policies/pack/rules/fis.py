"""Experiments of the Fault Injection Service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.checks import lacking
from policies.pack.facts import Unknown
from policies.pack.layers import RESILIENCE
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import at, is_set, items
from policies.pack.verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts


@RESILIENCE.resource(
    "experiment-stops",
    "Chaos experiments stop when an alarm goes off",
    on=types.FIS_EXPERIMENT_TEMPLATE,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="An experiment without a stop condition goes on breaking things while users already notice.",
    fix='Add stopConditions with source "aws:cloudwatch:alarm" and value the ARN of an alarm.',
)
def experiment_stops(experiment: ResourceFacts) -> Outcome:
    """A stop condition that is an alarm."""
    conditions = items(experiment, "stopConditions")
    if isinstance(conditions, Unknown):
        return lacking(experiment, "stopConditions", "an alarm")
    if any(at(c, "source") == "aws:cloudwatch:alarm" and is_set(at(c, "value")) for c in conditions):
        return passed("an alarm stops the experiment")
    return failed("nothing stops the experiment", "an alarm")
