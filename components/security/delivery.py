"""Roles for jobs of a code host: one that previews, and one that deploys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document
from components.security.federation import issuers, provider_arn
from components.security.inventory import HIDDEN, Inventory
from settings.offers.regions import global_region
from settings.sections.delivery import DeliverySettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_PREVIEW_SECONDS: Final = 3600
_DEPLOY_SECONDS: Final = 2 * 3600
"""A database with two zones and its first backup takes most of an hour."""


@dataclass(frozen=True, kw_only=True)
class DeliveryArgs:
    """Who may deploy, and what there is to deploy.

    Args:
        context: names and tags.
        settings: the section of deliveries; it names a repository or a project.
        inventory: which services the stack holds; all of the stack is made before this.
        boundary_arn: policy that every role must carry which the deploy role makes.
        kept_roles: starts of the names of other roles that a deployment must leave as they are.
    """

    context: Context
    settings: DeliverySettings
    inventory: Inventory
    boundary_arn: pulumi.Input[str]
    kept_roles: Sequence[str]


class Delivery(pulumi.ComponentResource):
    """The account's trust in code hosts, and the roles `preview` and `deploy`. Free.

    Attributes:
        role_arns: `preview` and `deploy` → ARN.
    """

    role_arns: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: DeliveryArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:Delivery", name, None, opts)
        self._args = args
        hosts = [
            (issuer, provider_arn(f"{name}-{issuer.key}", issuer, args.context, self))
            for issuer in issuers(args.settings)
        ]
        preview = [issuer.trust(arn, [*issuer.previewing, *issuer.deploying]) for issuer, arn in hosts]
        deploy = [issuer.trust(arn, issuer.deploying) for issuer, arn in hosts]
        self.role_arns = {
            "preview": self._role(name, "preview", preview, _previewing(args), _PREVIEW_SECONDS),
            "deploy": self._role(name, "deploy", deploy, _deploying(name, args), _DEPLOY_SECONDS),
        }
        self.register_outputs({"role_arns": self.role_arns})

    def _role(
        self, name: str, key: str, trust: Sequence[Statement], may: Sequence[Statement], seconds: int
    ) -> pulumi.Output[str]:
        context, child = self._args.context, pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            f"{name}-{key}",
            description=f"Jobs of the code host that {key} {context.application} {context.environment}",
            assume_role_policy=policy_document(*trust),
            max_session_duration=seconds,
            tags=context.tags(f"{name}-{key}"),
            opts=child,
        )
        aws.iam.RolePolicy(f"{name}-{key}-policy", role=role.name, policy=policy_document(*may), opts=child)
        return role.arn


def _previewing(args: DeliveryArgs) -> list[Statement]:
    look = Statement(
        sid="Look",
        actions=[*args.inventory.looking(), "iam:Get*", "iam:List*"],
        resources=["*"],
        wildcard_reason="what is looked at is not yet there, or was made by hand; no action shows data",
    )
    hide = Statement(
        sid="Hide",
        effect="Deny",
        actions=HIDDEN,
        resources=["*"],
        # Where the state or its secrets need a key, that one alone.
        conditions=_but_for_the_state_key(args),
        wildcard_reason="a denial",
    )
    return [look, hide, *_state(args, writes=False)]


def _but_for_the_state_key(args: DeliveryArgs) -> dict[str, dict[str, str]]:
    key = args.settings.state_key_arn
    return {"ArnNotEquals": {"aws:ResourceArn": key}} if key else {}


def _deploying(name: str, args: DeliveryArgs) -> list[Statement]:
    context = args.context
    manage = Statement(
        sid="Manage",
        actions=args.inventory.managing(),
        resources=["*"],
        conditions={"StringEquals": {"aws:RequestedRegion": sorted({context.region, global_region(context.region)})}},
        wildcard_reason="the services that the stack holds, in its region: names are made at deployment",
    )
    look = Statement(
        sid="LookAtIdentities",
        actions=["iam:Get*", "iam:List*"],
        resources=["*"],
        wildcard_reason="it looks for what is there already",
    )
    return [manage, *_on_roles(args), look, _keep_out(name, args), *_state(args, writes=True)]


def _on_roles(args: DeliveryArgs) -> list[Statement]:
    """Roles of the stack's own are made inside its boundary alone, and handed to AWS's services."""
    context = args.context
    roles = context.arn("iam", f"role/{context.prefix}-*", region="")
    profiles = context.arn("iam", f"instance-profile/{context.prefix}-*", region="")
    make = Statement(
        sid="MakeBoundRoles",
        actions=[
            "iam:AttachRolePolicy",
            "iam:CreateRole",
            "iam:DeleteRolePolicy",
            "iam:DetachRolePolicy",
            "iam:PutRolePermissionsBoundary",
            "iam:PutRolePolicy",
        ],
        resources=[roles],
        conditions={"StringEquals": {"iam:PermissionsBoundary": args.boundary_arn}},
    )
    keep = Statement(
        sid="KeepRoles",
        actions=[
            "iam:AddRoleToInstanceProfile",
            "iam:CreateInstanceProfile",
            "iam:DeleteInstanceProfile",
            "iam:DeleteRole",
            "iam:RemoveRoleFromInstanceProfile",
            "iam:TagInstanceProfile",
            "iam:TagRole",
            "iam:UntagInstanceProfile",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
        ],
        resources=[roles, profiles],
    )
    hand_on = Statement(
        sid="PassRoles",
        actions=["iam:PassRole"],
        resources=[roles],
        conditions={"StringLike": {"iam:PassedToService": "*.amazonaws.com"}},
    )
    of_services = Statement(
        sid="ServiceLinkedRoles",
        actions=["iam:CreateServiceLinkedRole"],
        resources=[context.arn("iam", "role/aws-service-role/*", region="")],
    )
    return [make, keep, hand_on, of_services]


def _keep_out(name: str, args: DeliveryArgs) -> Statement:
    """What a deployment may not change, or it could give itself more than it has."""
    context = args.context
    return Statement(
        sid="NotItself",
        effect="Deny",
        actions=[
            "iam:Add*",
            "iam:Attach*",
            "iam:Create*",
            "iam:Delete*",
            "iam:Detach*",
            "iam:Put*",
            "iam:Remove*",
            "iam:Set*",
            "iam:Update*",
        ],
        resources=[
            args.boundary_arn,
            context.arn("iam", f"role/{name}-*", region=""),
            *(context.arn("iam", f"role/{kept}-*", region="") for kept in args.kept_roles),
            context.arn("iam", "oidc-provider/*", region=""),
        ],
    )


def _state(args: DeliveryArgs, *, writes: bool) -> list[Statement]:
    """Pulumi's own state: a preview reads it and puts a lock beside it."""
    bucket, key = args.settings.state_bucket, args.settings.state_key_arn
    statements = []
    if bucket is not None:
        arn = f"arn:{args.context.partition}:s3:::{bucket}"
        change = ["s3:PutObject", "s3:DeleteObject"]
        statements.append(Statement(sid="ListState", actions=["s3:ListBucket"], resources=[arn]))
        statements.append(Statement(sid="ReadState", actions=["s3:GetObject"], resources=[f"{arn}/*"]))
        changed = f"{arn}/*" if writes else f"{arn}/.pulumi/locks/*"
        statements.append(Statement(sid="WriteState", actions=change, resources=[changed]))
    if key is not None:
        decrypt = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
        statements.append(Statement(sid="StateKey", actions=decrypt, resources=[key]))
    return statements
