"""The AWS provider, as Pulumi's own `aws:` configuration describes it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator

from settings.base import Section, setting
from settings.fields import (
    AccountId,
    Endpoint,
    IamPolicyArn,
    IamRoleArn,
    RegionName,
    SessionDuration,
    TagKey,
    TagValue,
    distinct,
)

OWN_TAGS: Final = frozenset(("Project", "Environment", "Tier", "Owner", "CostCenter", "DataClass", "ManagedBy", "Name"))
"""Keys of the tags that every resource has by itself."""

_TAGS_LEFT: Final = 50 - len(OWN_TAGS)
"""AWS takes 50 tags on a resource."""


def _digits(value: object) -> object:
    """An account id that YAML took for a number, as `pulumi config set --path` writes it into lists."""
    return f"{value:012}" if type(value) is int else value


_AccountIds = Annotated[tuple[Annotated[AccountId, BeforeValidator(_digits)], ...], AfterValidator(distinct)]


class AssumedRole(Section):
    """A role that the provider takes on, one after the other."""

    role_arn: IamRoleArn = setting(about="the role's ARN")
    duration: SessionDuration | None = setting(None, "how long the session lasts, such as 1h30m")
    external_id: str | None = setting(None, "what the role's trust policy asks for")
    policy: str | None = setting(None, "an IAM policy as JSON text that narrows the session")
    policy_arns: tuple[IamPolicyArn, ...] | None = setting(None, "IAM policies that narrow the session")
    session_name: str | None = setting(None, "the session's name in CloudTrail")
    source_identity: str | None = setting(None, "who is behind the session")
    tags: dict[TagKey, TagValue] | None = setting(None, "tags of the session")
    transitive_tag_keys: tuple[TagKey, ...] | None = setting(None, "keys of tags that later sessions keep")


class WebIdentity(Section):
    """A role that the provider takes on with a token of an identity provider, in continuous integration."""

    role_arn: IamRoleArn = setting(about="the role's ARN")
    web_identity_token_file: str = setting(about="file that holds the token")
    duration: SessionDuration | None = setting(None, "how long the session lasts, such as 1h")
    policy: str | None = setting(None, "an IAM policy as JSON text that narrows the session")
    policy_arns: tuple[IamPolicyArn, ...] | None = setting(None, "IAM policies that narrow the session")
    session_name: str | None = setting(None, "the session's name in CloudTrail")


class DefaultTags(Section):
    """Tags of everything besides Ascent's own."""

    tags: dict[TagKey, TagValue] = setting(dict, "the tags", max_length=_TAGS_LEFT)


class IgnoredTags(Section):
    """Tags that others set, and that a deployment leaves alone."""

    keys: tuple[TagKey, ...] | None = setting(None, "their keys")
    key_prefixes: tuple[TagKey, ...] | None = setting(None, "what their keys begin with")


class ProviderSettings(Section):
    """What `aws:` keys of a stack file may say besides the region; fields are named as the SDK names them."""

    profile: str | None = setting(None, "profile of the shared files whose credentials are used", min_length=1)
    shared_config_files: tuple[str, ...] | None = setting(None, "instead of ~/.aws/config")
    shared_credentials_files: tuple[str, ...] | None = setting(None, "instead of ~/.aws/credentials")
    assume_roles: tuple[AssumedRole, ...] | None = setting(None, "roles to take on, in order")
    assume_role_with_web_identity: WebIdentity | None = setting(None, "the role to take on by a token")
    allowed_account_ids: _AccountIds | None = setting(None, "the only accounts to deploy to", min_length=1)
    forbidden_account_ids: _AccountIds | None = setting(None, "accounts never to deploy to", min_length=1)
    default_tags: DefaultTags | None = setting(None, "tags of everything")
    ignore_tags: IgnoredTags | None = setting(None, "tags to leave alone")
    endpoints: tuple[dict[str, Endpoint], ...] | None = setting(None, "addresses of services, for stand-ins of AWS")
    custom_ca_bundle: str | None = setting(None, "file with certificates to trust")
    http_proxy: str | None = setting(None, "proxy for HTTP")
    https_proxy: str | None = setting(None, "proxy for HTTPS")
    no_proxy: str | None = setting(None, "hosts without a proxy, with commas between")
    insecure: bool | None = setting(None, "whether certificates are not checked")
    max_retries: int | None = setting(None, "how often a call is tried", ge=0)
    retry_mode: Literal["standard", "adaptive"] | None = setting(None, "how calls are tried again")
    token_bucket_rate_limiter_capacity: int | None = setting(None, "room for calls that are tried again", ge=0)
    use_dualstack_endpoint: bool | None = setting(None, "whether AWS is called over IPv6, too")
    use_fips_endpoint: bool | None = setting(None, "whether AWS is called at its FIPS endpoints")
    sts_region: RegionName | None = setting(None, "region of the token service")
    s3_use_path_style: bool | None = setting(None, "whether a bucket's name stands in the path")
    s3_us_east1_regional_endpoint: Literal["legacy", "regional"] | None = setting(None, "S3's endpoint in us-east-1")
    ec2_metadata_service_endpoint: Endpoint | None = setting(None, "where an instance's credentials come from")
    ec2_metadata_service_endpoint_mode: Literal["IPv4", "IPv6"] | None = setting(None, "how it is reached")
    skip_credentials_validation: bool | None = setting(None, "whether credentials are used unchecked")
    skip_metadata_api_check: bool | None = setting(None, "whether an instance's credentials are not looked for")
    skip_region_validation: bool | None = setting(None, "whether the provider takes any region")
    skip_requesting_account_id: bool | None = setting(None, "whether nobody asks which account it is")
    tag_policy_compliance: Literal["error", "warning", "disabled"] | None = setting(
        None, "what breaks an organization's tag policy"
    )
    user_agents: tuple[str, ...] | None = setting(None, "what calls say of who makes them")
