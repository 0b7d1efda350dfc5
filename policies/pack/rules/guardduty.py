"""GuardDuty, which watches for intruders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true
from policies.pack.facts.kept import kept_elsewhere
from policies.pack.layers import ACCOUNT
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.values import at, text
from policies.pack.verdict import Outcome, Status, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import StackFacts

GUARDDUTY_FEATURES: Final = {
    "S3_DATA_EVENTS": (types.S3_BUCKET,),
    "RDS_LOGIN_EVENTS": (types.RDS_INSTANCE, types.RDS_CLUSTER),
    "RUNTIME_MONITORING": (types.ECS_CLUSTER, types.EKS_CLUSTER),
}
"""Feature → what a stack must hold for it to be worth its price."""


@ACCOUNT.stack(
    "guardduty-enabled",
    "GuardDuty watches the account",
    on=(types.GUARDDUTY_DETECTOR, types.GUARDDUTY_DETECTOR_FEATURE),
    severity=Severity.HIGH,
    levels=AUDITED,
    account=True,
    why="Stolen keys, mining and strange logins show in logs that nobody reads; GuardDuty reads them.",
    fix="Add an aws.guardduty.Detector and an aws.guardduty.DetectorFeature for S3_DATA_EVENTS, RDS_LOGIN_EVENTS and"
    " RUNTIME_MONITORING with status ENABLED.",
    anchors=(
        "FSBP GuardDuty.1",
        "FSBP GuardDuty.9",
        "FSBP GuardDuty.10",
        "checkov CKV_AWS_238",
        "checkov CKV2_AWS_3",
    ),
)
def guardduty_enabled(stack: StackFacts) -> Outcome | None:
    """A detector that is on, with the features that suit what the stack holds."""
    if not stack.uses_aws:
        return None
    detectors = tuple(stack.of_type(types.GUARDDUTY_DETECTOR))
    if not detectors:
        missing = failed("the stack has no GuardDuty detector", "a detector")
        return kept_elsewhere(stack, "guardDuty", "a detector") or missing
    on = {text(f, "name") for f in stack.of_type(types.GUARDDUTY_DETECTOR_FEATURE) if at(f, "status") == "ENABLED"}
    on |= {
        text(f, "name")
        for f in stack.of_type(types.GUARDDUTY_ORGANIZATION_CONFIGURATION_FEATURE)
        if at(f, "autoEnable") == "ALL"
    }
    if any(is_true(d, "datasources.s3Logs.enable").status is Status.PASS for d in detectors):
        on.add("S3_DATA_EVENTS")
    off = [f for f, held in GUARDDUTY_FEATURES.items() if f not in on and any(stack.of_type(*held))]
    features = (
        failed(f"features that are off: {', '.join(off)}", "those features") if off else passed("its features are on")
    )
    return worst((*(is_true(d, "enable", default=True) for d in detectors), features))
