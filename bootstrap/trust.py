"""The account's trust in code hosts, and the role that pushes images. What deploys, each stack makes for itself."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement, policy_document
from components.security.federation import issuers, provider_arn
from settings.sections.delivery import DeliverySettings


@dataclass(frozen=True, kw_only=True)
class TrustArgs:
    """Who may push.

    Args:
        context: names and tags.
        settings: repositories and projects whose jobs may push images.
        repository_arn: where to.
    """

    context: Context
    settings: DeliverySettings
    repository_arn: pulumi.Input[str]


class Trust(pulumi.ComponentResource):
    """OIDC providers, which stacks take over with `provider: existing`, and a role for images. Free.

    Attributes:
        role_arn: the role that pushes images.
    """

    role_arn: pulumi.Output[str]

    def __init__(self, name: str, args: TrustArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:bootstrap:Trust", name, None, opts)
        hosts = [
            (issuer, provider_arn(f"{name}-{issuer.key}", issuer, args.context, self))
            for issuer in issuers(args.settings)
        ]
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            f"{name}-role",
            description=f"Jobs of the code host that push images of {args.context.application}",
            assume_role_policy=policy_document(*(issuer.trust(arn, issuer.deploying) for issuer, arn in hosts)),
            max_session_duration=3600,
            tags=args.context.tags(name),
            opts=child,
        )
        login = Statement(
            sid="LogIn",
            actions=["ecr:GetAuthorizationToken"],
            resources=["*"],
            wildcard_reason="the token is one for the whole registry",
        )
        push = Statement(
            sid="Push",
            actions=[
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:CompleteLayerUpload",
                "ecr:DescribeImages",
                "ecr:GetDownloadUrlForLayer",
                "ecr:InitiateLayerUpload",
                "ecr:PutImage",
                "ecr:UploadLayerPart",
            ],
            resources=[args.repository_arn],
        )
        aws.iam.RolePolicy(f"{name}-role-policy", role=role.name, policy=policy_document(login, push), opts=child)
        self.role_arn = role.arn
        self.register_outputs({"role_arn": self.role_arn})
