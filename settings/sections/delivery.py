"""Who may deploy the stack from outside of AWS."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place
from settings.enums import ProviderMode
from settings.fields import (
    BucketName,
    DeploymentEnvironment,
    DomainName,
    GithubRepository,
    GitlabProject,
    GitRef,
    GitTag,
    KeyArn,
    distinct,
)

_Id = Annotated[int, Field(ge=1)]

_PROVIDER = in_place(
    downtime="deployments of every stack in the account that uses the provider, where this one made it and gives it up"
)


class GithubSettings(Section):
    """GitHub Actions as the place that deployments come from."""

    repository: GithubRepository | None = setting(
        None, "the only repository that may take the roles, as owner/name; none makes no roles", changes=IN_PLACE
    )
    owner_id: _Id | None = setting(
        None,
        "number of the owner, which a renamed or recreated one does not keep; needed with repositoryId for "
        "repositories made or renamed since summer 2026 (`gh api repos/OWNER/NAME --jq .owner.id`)",
        changes=IN_PLACE,
    )
    repository_id: _Id | None = setting(
        None, "number of the repository (`gh api repos/OWNER/NAME --jq .id`)", changes=IN_PLACE
    )
    branches: Annotated[tuple[GitRef, ...], AfterValidator(distinct)] = setting(
        (), "branches whose jobs may deploy; not for jobs that name an environment", changes=IN_PLACE
    )
    tags: Annotated[tuple[GitTag, ...], AfterValidator(distinct)] = setting(
        (), "tags whose jobs may deploy, such as v*", changes=IN_PLACE
    )
    environments: Annotated[tuple[DeploymentEnvironment, ...], AfterValidator(distinct)] = setting(
        (), "environments of the repository whose jobs may deploy; protect them there", changes=IN_PLACE
    )
    provider: ProviderMode = setting(
        ProviderMode.CREATE,
        "an account has one provider per issuer: create it here, or use the existing one that another stack made",
        changes=_PROVIDER,
    )


class GitlabSettings(Section):
    """GitLab CI as the place that deployments come from."""

    project: GitlabProject | None = setting(
        None, "the only project that may take the roles, as group/name; none makes no roles", changes=IN_PLACE
    )
    host: DomainName = setting("gitlab.com", "address of GitLab, which issues the tokens", changes=IN_PLACE)
    audience: str = setting(
        "https://gitlab.com", "`aud` of the job's `id_tokens`", min_length=1, max_length=255, changes=IN_PLACE
    )
    branches: Annotated[tuple[GitRef, ...], AfterValidator(distinct)] = setting(
        (), "branches whose jobs may deploy; protect them there", changes=IN_PLACE
    )
    tags: Annotated[tuple[GitTag, ...], AfterValidator(distinct)] = setting(
        (), "tags whose jobs may deploy, such as v*", changes=IN_PLACE
    )
    provider: ProviderMode = setting(
        ProviderMode.CREATE,
        "an account has one provider per issuer: create it here, or use the existing one that another stack made",
        changes=_PROVIDER,
    )


class DeliverySettings(Section):
    """Roles that jobs of a code host take, without keys: one that previews and one that deploys."""

    github: GithubSettings = setting(GithubSettings, "GitHub Actions")
    gitlab: GitlabSettings = setting(GitlabSettings, "GitLab CI")
    state_bucket: BucketName | None = setting(
        None, "S3 bucket that holds Pulumi's state, if one does; the roles may use it", changes=IN_PLACE
    )
    state_key_arn: KeyArn | None = setting(
        None, "KMS key, by ARN, of the state bucket or of the stack's secrets provider", changes=IN_PLACE
    )

    @property
    def in_use(self) -> bool:
        """Whether jobs of any code host may take the roles."""
        return self.github.repository is not None or self.gitlab.project is not None
