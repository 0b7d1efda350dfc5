"""The one provider of a stack, and the context with the account it works in.

Not proven: that the caller may do anything in the account; and mocks answer the look-up in a preview too, which the
engine does only where the provider is known.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from components.foundation.account.provider import stack_context
from settings.errors import SettingsError
from settings.load import resolve
from tests.components.mocks import ACCOUNT

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built

PROVIDER = "shop-dev-aws"


def made_of(build: Build, **given: str) -> Built:
    return made_with(build, {f"ascent:{key}": value for key, value in given.items()})


def made_with(build: Build, config: dict[str, str]) -> Built:
    stack = resolve({"ascent:tier": "mvp", **config}, stack="dev", project="shop")
    return build(lambda: stack_context(stack.settings, stack.provider), lambda both: both[0])


def test_everything_is_tagged_by_default(build: Build) -> None:
    made = made_of(build, owner="payments", costCenter="cc-7")
    inputs = made.inputs(PROVIDER)
    assert inputs["region"] == "us-east-1"
    # Properties of a provider travel as JSON.
    assert json.loads(inputs["defaultTags"])["tags"] == {
        "Project": "shop",
        "Environment": "dev",
        "Tier": "mvp",
        "Owner": "payments",
        "CostCenter": "cc-7",
        "DataClass": "internal",
        "ManagedBy": "pulumi",
    }
    assert made.answer.base_tags == json.loads(inputs["defaultTags"])["tags"]


def test_without_an_account_it_is_the_callers(build: Build) -> None:
    made = made_of(build)
    assert made.answer.account_id == ACCOUNT
    assert "allowedAccountIds" not in made.inputs(PROVIDER)


def test_a_named_account_is_the_only_one(build: Build) -> None:
    made = made_of(build, accountId="222222222222")
    assert json.loads(made.inputs(PROVIDER)["allowedAccountIds"]) == ["222222222222"]
    assert made.answer.account_id == made.preview.answer.account_id == "222222222222"


def test_what_the_stack_file_says_reaches_the_provider(build: Build) -> None:
    role = {"roleArn": "arn:aws:iam::111111111111:role/deploy", "externalId": "x", "sessionName": "ci"}
    identity = {"roleArn": role["roleArn"], "webIdentityTokenFile": "/token", "policyArns": []}
    given = {
        "aws:profile": "shop",
        "aws:maxRetries": "7",
        "aws:useFipsEndpoint": "true",
        "aws:assumeRoles": json.dumps([role]),
        "aws:assumeRoleWithWebIdentity": json.dumps(identity),
        "aws:ignoreTags": '{"keyPrefixes": ["kubernetes.io/"]}',
        "aws:endpoints": '[{"lambda": "http://localhost:4566"}]',
        "aws:allowedAccountIds": '["111111111111", "222222222222"]',
    }
    inputs = made_with(build, given).inputs(PROVIDER)
    assert inputs["profile"] == "shop"
    assert {key: json.loads(inputs[key]) for key in inputs.keys() - {"region", "profile", "defaultTags"}} == {
        "maxRetries": 7,
        "useFipsEndpoint": True,
        "assumeRoles": [role],
        "assumeRoleWithWebIdentity": identity,
        "ignoreTags": {"keyPrefixes": ["kubernetes.io/"]},
        "endpoints": [{"lambda": "http://localhost:4566"}],
        "allowedAccountIds": ["111111111111", "222222222222"],
        "skipCredentialsValidation": False,
        "skipRegionValidation": True,
    }


def test_the_stacks_own_account_is_the_narrower_one(build: Build) -> None:
    given = {"aws:allowedAccountIds": '["111111111111", "222222222222"]', "ascent:accountId": "222222222222"}
    assert json.loads(made_with(build, given).inputs(PROVIDER)["allowedAccountIds"]) == ["222222222222"]


def test_more_default_tags_are_on_everything(build: Build) -> None:
    made = made_with(build, {"aws:defaultTags": '{"tags": {"Team": "payments"}}'})
    assert made.answer.tags("x")["Team"] == "payments"
    assert json.loads(made.inputs(PROVIDER)["defaultTags"])["tags"] == made.answer.base_tags


def test_an_unknown_service_is_refused_with_the_name_that_was_meant() -> None:
    given = {"ascent:tier": "mvp", "aws:endpoints": '[{"dynamo": "http://localhost:4566"}]'}
    stack = resolve(given, stack="dev", project="shop")
    with pytest.raises(SettingsError, match=r"aws:endpoints\[0\]\.dynamo is not a service: .*; write dynamodb$"):
        stack_context(stack.settings, stack.provider)
