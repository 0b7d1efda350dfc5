"""GuardDuty: one detector, every protection plan written out.

Not proven: that the region has each plan, and what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.account.detection.guard_duty import GuardDuty, GuardDutyArgs
from settings.enums import GuardDutyFeature
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


FEATURE = "aws:guardduty/detectorFeature:DetectorFeature"


def guard(*features: GuardDutyFeature) -> GuardDuty:
    return GuardDuty("shop-guard", GuardDutyArgs(context=CONTEXT, features=features))


def test_children(build: Build) -> None:
    made = build(guard)
    assert made.children == {
        "shop-guard-detector": "aws:guardduty/detector:Detector",
        "shop-guard-s3-data-events": FEATURE,
        "shop-guard-eks-audit-logs": FEATURE,
        "shop-guard-ebs-malware-protection": FEATURE,
        "shop-guard-rds-login-events": FEATURE,
        "shop-guard-lambda-network-logs": FEATURE,
        "shop-guard-runtime-monitoring": FEATURE,
    }
    detector = made["shop-guard-detector"]
    assert detector.inputs == {
        "enable": True,
        "findingPublishingFrequency": "FIFTEEN_MINUTES",
        "tags": CONTEXT.tags("shop-guard"),
    }
    assert made.attributes == made.outputs == {"detector_id": detector.outputs["id"]}
    assert made.preview.attributes == {"detector_id": UNKNOWN}
    assert {one.inputs["detectorId"] for one in made.of_type(FEATURE)} == {detector.outputs["id"]}


@pytest.mark.parametrize("feature", GuardDutyFeature)
def test_a_plan_is_on_or_off_in_so_many_words(build: Build, feature: GuardDutyFeature) -> None:
    made = build(lambda: guard(feature))
    status = {one.inputs["name"]: one.inputs["status"] for one in made.of_type(FEATURE)}
    assert status == {one.upper(): "ENABLED" if one is feature else "DISABLED" for one in GuardDutyFeature}


@pytest.mark.parametrize("on", [True, False])
def test_agents_of_tasks_only(build: Build, on: bool) -> None:
    made = build(lambda: guard(GuardDutyFeature.RUNTIME_MONITORING) if on else guard())
    agents = made.inputs("shop-guard-runtime-monitoring")["additionalConfigurations"]
    assert {one["name"]: one["status"] for one in agents} == {
        "ECS_FARGATE_AGENT_MANAGEMENT": "ENABLED" if on else "DISABLED",
        "EC2_AGENT_MANAGEMENT": "DISABLED",
        "EKS_ADDON_MANAGEMENT": "DISABLED",
    }
    assert "additionalConfigurations" not in made.inputs("shop-guard-s3-data-events")
