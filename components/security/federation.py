"""Trust in a code host: its jobs take roles with tokens that it signs, and no key is kept anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.policy_document import Statement
from settings.enums import ProviderMode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.context import Context
    from settings.sections.delivery import DeliverySettings, GithubSettings, GitlabSettings

GITHUB: Final = "token.actions.githubusercontent.com"
"""Issuer of GitHub Actions' tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A code host as IAM knows it, and its subjects that take each role.

    Args:
        key: word for logical names.
        host: address, without https://.
        audience: `aud` of its tokens for AWS.
        mode: whether the stack makes the provider.
        deploying: subjects that may deploy.
        previewing: subjects that may preview, beside those.
        pinned: other claims that each token must have.
    """

    key: str
    host: str
    audience: str
    mode: ProviderMode
    deploying: Sequence[str]
    previewing: Sequence[str]
    pinned: Mapping[str, str] = field(default_factory=dict)

    def trust(self, provider_arn: pulumi.Input[str], subjects: Sequence[str]) -> Statement:
        """A statement of a trust policy that lets tokens of these subjects in.

        Args:
            provider_arn: the provider in this account.
            subjects: whole subjects, or ones that end in `*`.
        """
        claims = {**self.pinned, "aud": self.audience}
        equal: dict[str, Any] = {f"{self.host}:{claim}": value for claim, value in claims.items()}
        conditions: dict[str, dict[str, Any]] = {"StringEquals": equal}
        # A subject without a wildcard is the same in both; one operator for all keeps them one "or".
        operator = "StringLike" if any("*" in subject for subject in subjects) else "StringEquals"
        conditions.setdefault(operator, {})[f"{self.host}:sub"] = list(subjects)
        return Statement(
            sid=self.key.capitalize(),
            actions=["sts:AssumeRoleWithWebIdentity"],
            principals={"Federated": [provider_arn]},
            conditions=conditions,
        )


def issuers(settings: DeliverySettings) -> list[Issuer]:
    """The code hosts that the settings name.

    Args:
        settings: the section of deliveries.
    """
    found = []
    if settings.github.repository is not None:
        found.append(_github(settings.github, settings.github.repository))
    if settings.gitlab.project is not None:
        found.append(_gitlab(settings.gitlab, settings.gitlab.project))
    return found


def provider_arn(name: str, issuer: Issuer, context: Context, parent: pulumi.Resource) -> pulumi.Output[str]:
    """ARN of the account's provider of an issuer, which is made where the settings say so.

    Args:
        name: logical name.
        issuer: the code host.
        context: account and tags.
        parent: the component it belongs to.
    """
    if issuer.mode is ProviderMode.EXISTING:
        return context.arn("iam", f"oidc-provider/{issuer.host}", region="")
    provider = aws.iam.OpenIdConnectProvider(
        name,
        url=f"https://{issuer.host}",
        client_id_lists=[issuer.audience],
        tags=context.tags(name),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    return provider.arn


def _github(settings: GithubSettings, repository: str) -> Issuer:
    """GitHub's subjects; a job that names an environment has no other one.

    Repositories made, renamed or transferred since summer 2026 have numbers in their subjects.
    """
    starts, pinned = [f"repo:{repository}"], {}
    if settings.owner_id is not None and settings.repository_id is not None:
        owner, _, name = repository.partition("/")
        starts.append(f"repo:{owner}@{settings.owner_id}/{name}@{settings.repository_id}")
        pinned = {"repository_id": str(settings.repository_id), "repository_owner_id": str(settings.owner_id)}
    refs = [
        *(f"ref:refs/heads/{branch}" for branch in settings.branches),
        *(f"ref:refs/tags/{tag}" for tag in settings.tags),
        *(f"environment:{environment}" for environment in settings.environments),
    ]
    return Issuer(
        key="github",
        host=GITHUB,
        audience="sts.amazonaws.com",
        mode=settings.provider,
        deploying=[f"{start}:{ref}" for start in starts for ref in refs],
        # GitHub gives a job of a fork's pull request no token at all.
        previewing=[f"{start}:pull_request" for start in starts],
        pinned=pinned,
    )


def _gitlab(settings: GitlabSettings, project: str) -> Issuer:
    """GitLab's subjects; a merge request's job has its branch's, and a fork's has the fork's project."""
    start = f"project_path:{project}:ref_type"
    return Issuer(
        key="gitlab",
        host=settings.host,
        audience=settings.audience,
        mode=settings.provider,
        deploying=[
            *(f"{start}:branch:ref:{branch}" for branch in settings.branches),
            *(f"{start}:tag:ref:{tag}" for tag in settings.tags),
        ],
        previewing=[f"{start}:branch:ref:*"],
    )
