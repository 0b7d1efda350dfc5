"""Policies of the organisation: which tags and what nobody may do in any account."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from settings.sections.account import OrganizationSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAGGED: Final = ("ec2:instance", "rds:db")
"""Resources whose tags the organisation holds to the policy; the others are only reported."""

_AUDIT: Final = (
    "access-analyzer:DeleteAnalyzer",
    "cloudtrail:DeleteTrail",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "guardduty:DeleteDetector",
    "guardduty:DisassociateFromAdministratorAccount",
    "guardduty:UpdateDetector",
    "inspector2:Disable",
    "macie2:DisableMacie",
    "securityhub:DisableSecurityHub",
    "securityhub:BatchDisableStandards",
)
"""What would blind whoever watches an account."""

_GLOBAL: Final = (
    "account:*",
    "billing:*",
    "budgets:*",
    "ce:*",
    "cloudfront:*",
    "cur:*",
    "globalaccelerator:*",
    "health:*",
    "iam:*",
    "kms:*",
    "organizations:*",
    "pricing:*",
    "route53:*",
    "route53domains:*",
    "s3:GetAccountPublicAccessBlock",
    "s3:GetBucketLocation",
    "s3:ListAllMyBuckets",
    "shield:*",
    "sts:*",
    "support:*",
    "tag:*",
    "trustedadvisor:*",
    "waf:*",
    "wafv2:*",
)
"""Services without a region, which answer in one that an account may not use otherwise."""

HOME_OF_GLOBAL: Final = "us-east-1"
"""Region in which CloudFront's certificates, metrics and firewalls live."""


@dataclass(frozen=True, kw_only=True)
class OrganizationPoliciesArgs:
    """What the organisation asks of its accounts.

    Args:
        context: names and tags.
        settings: whom the policies bind, and what they allow.
    """

    context: Context
    settings: OrganizationSettings


class OrganizationPolicies(pulumi.ComponentResource):
    """A tag policy and a service control policy, attached to roots, units or accounts. Free."""

    def __init__(self, name: str, args: OrganizationPoliciesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:OrganizationPolicies", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        documents = {
            "tags": ("TAG_POLICY", tag_policy(settings.environments)),
            "guard": ("SERVICE_CONTROL_POLICY", guard_policy(context.region, settings)),
        }
        for key, (kind, content) in documents.items():
            policy = aws.organizations.Policy(
                f"{name}-{key}",
                name=context.physical_name(key, limit=128),
                type=kind,
                # Without spaces: AWS counts them.
                content=json.dumps(content, separators=(",", ":")),
                tags=context.tags(f"{name}-{key}"),
                opts=child,
            )
            for target in settings.target_ids:
                aws.organizations.PolicyAttachment(
                    f"{name}-{key}-{target}", policy_id=policy.id, target_id=target, opts=child
                )
        self.register_outputs({})


def tag_policy(environments: Sequence[str]) -> dict[str, Any]:
    """How the tags Environment, Project and Owner are written, and which environments there are.

    It refuses other values and spellings. It asks nobody to set a tag: AWS Config's rule finds what has none.

    Args:
        environments: values of the tag Environment.
    """
    tags: dict[str, Any] = {key.lower(): {"tag_key": {"@@assign": key}} for key in ("Environment", "Project", "Owner")}
    tags["environment"]["tag_value"] = {"@@assign": list(environments)}
    tags["environment"]["enforced_for"] = {"@@assign": list(_TAGGED)}
    return {"tags": tags}


def guard_policy(region: str, settings: OrganizationSettings) -> dict[str, Any]:
    """What nobody may do: blind detection, leave the organisation, use other regions.

    Args:
        region: the stack's region.
        settings: further regions, and roles that are not bound.
    """
    exempt = {"ArnNotLike": {"aws:PrincipalArn": list(settings.exempt_roles)}} if settings.exempt_roles else {}
    regions = sorted({region, HOME_OF_GLOBAL, *settings.regions})
    return {
        "Version": "2012-10-17",
        "Statement": [
            _denial("Audit", exempt, Action=list(_AUDIT)),
            _denial("Leave", {}, Action=["organizations:LeaveOrganization"]),
            _denial(
                "Regions",
                {"StringNotEquals": {"aws:RequestedRegion": regions}, **exempt},
                NotAction=list(_GLOBAL),
            ),
        ],
    }


def _denial(sid: str, conditions: dict[str, Any], **actions: list[str]) -> dict[str, Any]:
    # The resource of a service control policy is everything its actions are about.
    denial: dict[str, Any] = {"Sid": sid, "Effect": "Deny", **actions, "Resource": "*"}
    return {**denial, "Condition": conditions} if conditions else denial
