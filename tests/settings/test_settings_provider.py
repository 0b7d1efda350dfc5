"""The `aws:` keys of a stack file: each argument of the SDK's provider is taken or refused by name.

Not proven: that AWS, a proxy or an identity provider takes what is passed on.
"""

from __future__ import annotations

import json
from inspect import signature
from typing import Any

import pulumi_aws as aws
import pytest

from components.foundation.context import Context
from settings.errors import SettingsError
from settings.load import resolve
from settings.sealed import seal
from settings.sections.provider import OWN_TAGS, AssumedRole, ProviderSettings, WebIdentity

ROLE = "arn:aws:iam::123456789012:role/deploy"
REFUSED = {"access_key", "secret_key", "token"}


def flat(given: dict[str, Any]) -> dict[str, str]:
    return {
        "ascent:tier": "mvp",
        **{key: value if isinstance(value, str) else json.dumps(value) for key, value in given.items()},
    }


def provider(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of a stack file
    """What the provider is told by `aws:` keys."""
    config = flat({f"aws:{key}": value for key, value in given.items()})
    found = resolve(config, stack="dev", project="ascent").provider
    return found.model_dump(exclude_none=True) if found else {}


def refusals(project: str = "ascent", **given: Any) -> list[str]:  # noqa: ANN401 - any value of a stack file
    """The error's lines; keys have `__` for the colon."""
    config = flat({key.replace("__", ":"): value for key, value in given.items()})
    with pytest.raises(SettingsError) as caught:
        resolve(config, stack="dev", project=project)
    return str(caught.value).splitlines()


def arguments(of: type) -> set[str]:
    return set(signature(of).parameters)


def test_every_argument_of_the_sdk_is_taken_or_refused() -> None:
    assert set(ProviderSettings.model_fields) | REFUSED | {"region"} == arguments(aws.ProviderArgs)
    assert set(AssumedRole.model_fields) == arguments(aws.ProviderAssumeRoleArgs)
    assert set(WebIdentity.model_fields) | {"web_identity_token"} == arguments(
        aws.ProviderAssumeRoleWithWebIdentityArgs
    )


def test_ascents_own_tags_are_the_contexts() -> None:
    context = Context(
        application="shop",
        environment="dev",
        tier="mvp",
        owner="a",
        cost_center="b",
        data_class="c",
        region="us-east-1",
        account_id="111111111111",
    )
    assert context.tags("x").keys() == OWN_TAGS


def test_without_keys_there_is_nothing_to_say() -> None:
    assert resolve(flat({"aws:region": "eu-west-1"}), stack="dev", project="ascent").provider is None


def test_values_get_their_types() -> None:
    assert provider(
        profile="shop",
        maxRetries="5",
        useFipsEndpoint="true",
        allowedAccountIds=[123456789012, "012345678901"],
        assumeRoles=[{"roleArn": ROLE, "externalId": "x"}],
        endpoints=[{"s3": "http://localhost:4566", "lambda": "http://localhost:4566"}],
        defaultTags={"tags": {"Team": "a", "Empty": ""}},
    ) == {
        "profile": "shop",
        "max_retries": 5,
        "use_fips_endpoint": True,
        "allowed_account_ids": ("123456789012", "012345678901"),
        "assume_roles": ({"role_arn": ROLE, "external_id": "x"},),
        "endpoints": ({"s3": "http://localhost:4566", "lambda": "http://localhost:4566"},),
        "default_tags": {"tags": {"Team": "a", "Empty": ""}},
    }


def test_an_encrypted_text_passes() -> None:
    hidden = seal("aws:assumeRoles[0].externalId")
    assert provider(assumeRoles=[{"roleArn": ROLE, "externalId": hidden}])["assume_roles"][0]["external_id"] == hidden


@pytest.mark.parametrize("key", ["accessKey", "secretKey", "token"])
@pytest.mark.parametrize("value", ["AKIAIOSFODNN7EXAMPLE", seal("aws:key")])
def test_credentials_are_refused_and_not_shown(key: str, value: str) -> None:
    (line,) = refusals(**{f"aws__{key}": value})
    assert line.startswith(f"Pulumi.dev.yaml: aws:{key} is [secret]: ")
    assert "aws:profile" in line
    assert value not in line


@pytest.mark.parametrize(
    ("given", "path", "wanted"),
    [
        ({"aws__profil": "x"}, "aws:profil", "write aws:profile"),
        ({"aws__Region": "us-east-1"}, "aws:Region", "write aws:region"),
        ({"aws__nothingLikeIt": "x"}, "aws:nothingLikeIt", "remove it"),
        ({"aws__assumeRole": {"roleArn": ROLE}}, "aws:assumeRole", "write aws:assumeRoles"),
        ({"aws__assumeRoles": {"roleArn": ROLE}}, "aws:assumeRoles", "must be a list"),
        ({"aws__allowedAccountIds": []}, "aws:allowedAccountIds", "at least 1 entries"),
        ({"aws__assumeRoles": [{"roleArn": "deploy"}]}, "aws:assumeRoles[0].roleArn", "ARN of an IAM role"),
        ({"aws__assumeRoles": [{"roleArn": ROLE, "duration": "1 hour"}]}, "aws:assumeRoles[0].duration", "1h30m"),
        ({"aws__maxRetries": "often"}, "aws:maxRetries", "must be a whole number"),
        ({"aws__useFipsEndpoint": "maybe"}, "aws:useFipsEndpoint", "must be true or false"),
        ({"aws__retryMode": "eager"}, "aws:retryMode", "must be one of standard, adaptive"),
        ({"aws__stsRegion": "us-est-1"}, "aws:stsRegion", "write us-"),
        ({"aws__endpoints": [{"s3": "localhost"}]}, "aws:endpoints[0].s3", "must be an address"),
        ({"aws__defaultTags": {"Team": "a"}}, "aws:defaultTags.Team", "provider settings here are tags"),
        ({"aws__defaultTags": {"tags": {"aws:x": "a"}}}, "aws:defaultTags.tags.aws:x", "AWS allows in tags"),
        ({"aws__defaultTags": {"tags": {"owner": "a"}}}, "aws:defaultTags.tags.owner", "set ascent:owner"),
        ({"aws__defaultTags": {"tags": {"Name": "a"}}}, "aws:defaultTags.tags.Name", "by itself; remove it"),
        ({"aws__ignoreTags": {"keys": ["Owner"]}}, "aws:ignoreTags.keys", "Ascent sets Owner itself"),
        ({"aws__ignoreTags": {"keyPrefixes": ["T"]}}, "aws:ignoreTags.keyPrefixes", "Ascent sets Tier itself"),
        (
            {"aws__allowedAccountIds": ["111111111111"], "aws__forbiddenAccountIds": ["222222222222"]},
            "aws:forbiddenAccountIds",
            "not both",
        ),
        (
            {"aws__allowedAccountIds": ["111111111111"], "aws__skipRequestingAccountId": "true"},
            "aws:skipRequestingAccountId",
            "nobody could then tell",
        ),
        (
            {"aws__allowedAccountIds": ["111111111111"], "ascent__accountId": "222222222222"},
            "aws:allowedAccountIds",
            "add 222222222222",
        ),
        (
            {"aws__forbiddenAccountIds": ["111111111111"], "ascent__accountId": "222222222222"},
            "aws:forbiddenAccountIds",
            "remove it, or ascent:accountId",
        ),
        (
            {"aws__skipRequestingAccountId": "true", "ascent__accountId": "222222222222"},
            "aws:skipRequestingAccountId",
            "ascent:accountId",
        ),
        (
            {"aws__assumeRoles": [{"roleArn": ROLE}], "ascent__accountId": "222222222222"},
            "aws:assumeRoles",
            "of the account 123456789012",
        ),
        (
            {
                "aws__assumeRoleWithWebIdentity": {"roleArn": ROLE, "webIdentityTokenFile": "/token"},
                "aws__allowedAccountIds": ["222222222222"],
            },
            "aws:assumeRoleWithWebIdentity",
            "of the account 123456789012",
        ),
    ],
)
def test_what_is_refused(given: dict[str, Any], path: str, wanted: str) -> None:
    (line,) = refusals(**given)
    assert line.startswith(f"Pulumi.dev.yaml: {path} is ")
    assert wanted in line


def test_a_token_in_the_file_is_refused_and_not_shown() -> None:
    found = refusals(aws__assumeRoleWithWebIdentity={"roleArn": ROLE, "webIdentityToken": "eyJhbGciOi"})
    assert [line.split(" is ")[0].rpartition(".")[2] for line in found] == ["webIdentityTokenFile", "webIdentityToken"]
    assert found[1].endswith("write webIdentityTokenFile")
    assert "eyJ" not in "".join(found)


def test_an_account_that_agrees_passes() -> None:
    given = {"aws:allowedAccountIds": ["111111111111", "222222222222"], "ascent:accountId": "222222222222"}
    assert resolve(flat(given), stack="dev", project="ascent").settings.account_id == "222222222222"
    sealed = {**given, "ascent:accountId": seal("ascent:accountId")}
    assert resolve(flat(sealed), stack="dev", project="ascent").provider is not None
