"""GuardDuty, which looks for intruders in what AWS logs anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.enums import GuardDutyFeature

if TYPE_CHECKING:
    from collections.abc import Sequence

_AGENTS: Final = {
    # On Fargate AWS adds the agent to new tasks; machines and clusters would need one that somebody installs.
    "ECS_FARGATE_AGENT_MANAGEMENT": "ENABLED",
    "EC2_AGENT_MANAGEMENT": "DISABLED",
    "EKS_ADDON_MANAGEMENT": "DISABLED",
}


@dataclass(frozen=True, kw_only=True)
class GuardDutyArgs:
    """What GuardDuty looks at.

    Args:
        context: names and tags.
        features: protection plans that are on.
    """

    context: Context
    features: Sequence[GuardDutyFeature]


class GuardDuty(pulumi.ComponentResource):
    """The account's detector and every protection plan, on or off. $4 per million management events and more.

    Each plan is written out: a new detector has most of them on by itself, and one that is deleted stays on.

    Attributes:
        detector_id: the detector's id.
    """

    detector_id: pulumi.Output[str]

    def __init__(self, name: str, args: GuardDutyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:GuardDuty", name, None, opts)
        detector = aws.guardduty.Detector(
            f"{name}-detector",
            enable=True,
            finding_publishing_frequency="FIFTEEN_MINUTES",
            tags=args.context.tags(name),
            opts=pulumi.ResourceOptions(parent=self),
        )
        for feature in GuardDutyFeature:
            status = "ENABLED" if feature in args.features else "DISABLED"
            aws.guardduty.DetectorFeature(
                f"{name}-{feature.replace('_', '-')}",
                detector_id=detector.id,
                name=feature.upper(),
                status=status,
                additional_configurations=_agents(feature, status),
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.detector_id = detector.id
        self.register_outputs({"detector_id": self.detector_id})


def _agents(feature: GuardDutyFeature, status: str) -> Any:  # noqa: ANN401 - None or the SDK's argument class
    if feature is not GuardDutyFeature.RUNTIME_MONITORING:
        return None
    return [
        aws.guardduty.DetectorFeatureAdditionalConfigurationArgs(
            name=agent, status=wanted if status == "ENABLED" else status
        )
        for agent, wanted in _AGENTS.items()
    ]
