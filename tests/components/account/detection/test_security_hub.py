"""Security Hub: the hub after the record, its standards after the hub, controls after the standards.

Not proven: that a standard or a control is called so in the region.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_aws as aws
import pytest

from components.account.detection.security_hub import SecurityHub, SecurityHubArgs, controls_of_features
from settings.enums import GuardDutyFeature, SecurityStandard
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


FSBP = "arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0"
CIS = "arn:aws:securityhub:us-east-1::standards/cis-aws-foundations-benchmark/v/5.0.0"
CONTROL = "aws:securityhub/standardsControlAssociation:StandardsControlAssociation"
STANDARD = "aws:securityhub/standardsSubscription:StandardsSubscription"


def hub(**given: Any) -> SecurityHub:  # noqa: ANN401
    args: Any = {"standards": [SecurityStandard.FSBP, SecurityStandard.CIS_5], **given}
    return SecurityHub("shop-hub", SecurityHubArgs(context=CONTEXT, **args))


def test_children(build: Build) -> None:
    made = build(hub)
    assert made.children == {
        "shop-hub-hub": "aws:securityhub/account:Account",
        "shop-hub-fsbp-1-0-0": STANDARD,
        "shop-hub-cis-5-0-0": STANDARD,
    }
    assert made.inputs("shop-hub-hub") == {
        "enableDefaultStandards": False,
        "controlFindingGenerator": "SECURITY_CONTROL",
        "autoEnableControls": True,
    }
    assert made.inputs("shop-hub-fsbp-1-0-0") == {"standardsArn": FSBP}
    assert made.inputs("shop-hub-cis-5-0-0") == {"standardsArn": CIS}
    assert made["shop-hub-cis-5-0-0"].options.depends_on == {"shop-hub-hub"}


@pytest.mark.parametrize("standard", SecurityStandard)
def test_every_standard_has_an_arn(build: Build, standard: SecurityStandard) -> None:
    made = build(lambda: hub(standards=[standard]))
    version = standard.rpartition("-")[2]
    assert made.one(STANDARD).inputs["standardsArn"].endswith(f"/v/{version}")


def test_the_hub_waits_for_the_record(build: Build) -> None:
    def recorded() -> SecurityHub:
        return hub(recording=[aws.cfg.RecorderStatus("status", is_enabled=True)])

    assert build(recorded)["shop-hub-hub"].options.depends_on == {"status"}


def test_controls_that_are_off(build: Build) -> None:
    made = build(
        lambda: hub(
            disabled_controls={"IAM.6": "no such device in this account"},
            foundational={"GuardDuty.6": "LAMBDA_NETWORK_LOGS is off", "GuardDuty.10": ""},
        )
    )
    found = {one.name: one for one in made.of_type(CONTROL)}
    assert set(found) == {
        "shop-hub-fsbp-1-0-0-guardduty-6",
        "shop-hub-fsbp-1-0-0-guardduty-10",
        "shop-hub-fsbp-1-0-0-iam-6",
        "shop-hub-cis-5-0-0-iam-6",
    }
    assert found["shop-hub-cis-5-0-0-iam-6"].inputs == {
        "standardsArn": CIS,
        "securityControlId": "IAM.6",
        "associationStatus": "DISABLED",
        "updatedReason": "no such device in this account",
    }
    assert found["shop-hub-cis-5-0-0-iam-6"].options.depends_on == {"shop-hub-cis-5-0-0"}


def test_a_control_that_is_checked_says_so(build: Build) -> None:
    made = build(lambda: hub(foundational={"GuardDuty.10": ""}))
    inputs = made.inputs("shop-hub-fsbp-1-0-0-guardduty-10")
    assert inputs == {"standardsArn": FSBP, "securityControlId": "GuardDuty.10", "associationStatus": "ENABLED"}


def test_controls_of_protection_plans() -> None:
    every = {f"GuardDuty.{number}" for number in range(5, 14)}
    assert controls_of_features(list(GuardDutyFeature)) == dict.fromkeys(every, "")
    found = controls_of_features([GuardDutyFeature.S3_DATA_EVENTS, GuardDutyFeature.RDS_LOGIN_EVENTS])
    assert set(found) == every
    assert {control for control, reason in found.items() if not reason} == {"GuardDuty.9", "GuardDuty.10"}
    assert all("account.guardDuty.features" in reason for reason in found.values() if reason)
