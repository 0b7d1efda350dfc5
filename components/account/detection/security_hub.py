"""Security Hub CSPM, which holds the account against standards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.enums import GuardDutyFeature, SecurityStandard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ARNS: Final = {
    SecurityStandard.FSBP: "aws-foundational-security-best-practices/v/1.0.0",
    SecurityStandard.CIS_5: "cis-aws-foundations-benchmark/v/5.0.0",
    SecurityStandard.CIS_1_4: "cis-aws-foundations-benchmark/v/1.4.0",
    SecurityStandard.NIST_800_53: "nist-800-53/v/5.0.0",
    SecurityStandard.PCI_DSS: "pci-dss/v/4.0.1",
}
_FEATURE_CONTROLS: Final = {
    GuardDutyFeature.EKS_AUDIT_LOGS: ("GuardDuty.5", "GuardDuty.7"),
    GuardDutyFeature.LAMBDA_NETWORK_LOGS: ("GuardDuty.6",),
    GuardDutyFeature.EBS_MALWARE_PROTECTION: ("GuardDuty.8",),
    GuardDutyFeature.RDS_LOGIN_EVENTS: ("GuardDuty.9",),
    GuardDutyFeature.S3_DATA_EVENTS: ("GuardDuty.10",),
    GuardDutyFeature.RUNTIME_MONITORING: ("GuardDuty.11", "GuardDuty.12", "GuardDuty.13"),
}
"""Protection plan → controls of the foundational standard that fail while it is off."""


def controls_of_features(features: Sequence[GuardDutyFeature]) -> dict[str, str]:
    """Controls that ask for protection plans, each with the reason why it is not checked; empty where it is.

    Those of plans that are on are here too: a control that is only taken out of a program stays as it was.

    Args:
        features: protection plans that are on.
    """
    return {
        control: "" if feature in features else f"{feature.upper()} is off on purpose, account.guardDuty.features"
        for feature, controls in _FEATURE_CONTROLS.items()
        for control in controls
    }


@dataclass(frozen=True, kw_only=True)
class SecurityHubArgs:
    """What the account is held against.

    Args:
        context: the region.
        standards: standards that are checked.
        disabled_controls: id of a control → why it is not checked; in every standard.
        foundational: id of a control that only the foundational standard has → why it is not checked; empty to check.
        recording: what starts AWS Config, whose record the checks read; none where another stack did.
    """

    context: Context
    standards: Sequence[SecurityStandard]
    disabled_controls: Mapping[str, str] = field(default_factory=dict)
    foundational: Mapping[str, str] = field(default_factory=dict)
    recording: Sequence[pulumi.Resource] = ()


class SecurityHub(pulumi.ComponentResource):
    """The hub and its standards. $0.001 per check; a control counts once, whatever standards ask for it."""

    def __init__(self, name: str, args: SecurityHubArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:SecurityHub", name, None, opts)
        context = args.context
        hub = aws.securityhub.Account(
            f"{name}-hub",
            # Would subscribe to CIS 1.2.0.
            enable_default_standards=False,
            control_finding_generator="SECURITY_CONTROL",
            auto_enable_controls=True,
            # Without a record findings are missing, or say that all is well.
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(args.recording)),
        )
        for standard in args.standards:
            key = standard.replace(".", "-")
            arn = f"arn:{context.partition}:securityhub:{context.region}::standards/{_ARNS[standard]}"
            subscription = aws.securityhub.StandardsSubscription(
                f"{name}-{key}", standards_arn=arn, opts=pulumi.ResourceOptions(parent=self, depends_on=[hub])
            )
            foundational = args.foundational if standard is SecurityStandard.FSBP else {}
            for control, reason in {**foundational, **args.disabled_controls}.items():
                aws.securityhub.StandardsControlAssociation(
                    f"{name}-{key}-{control.lower().replace('.', '-')}",
                    standards_arn=arn,
                    security_control_id=control,
                    association_status="DISABLED" if reason else "ENABLED",
                    updated_reason=reason or None,
                    opts=pulumi.ResourceOptions(parent=self, depends_on=[subscription]),
                )
        self.register_outputs({})
