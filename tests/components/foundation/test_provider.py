"""The one provider of a stack, and the context with the account it works in.

Not proven: that the caller may do anything in the account; and mocks answer the look-up in a preview too, which the
engine does only where the provider is known.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.foundation.provider import stack_context
from settings.load import resolve
from tests.components.mocks import ACCOUNT

if TYPE_CHECKING:
    from tests.components.mocks import Build, Built

PROVIDER = "shop-dev-aws"


def made_of(build: Build, **given: str) -> Built:
    config = {"ascent:tier": "mvp", **{f"ascent:{key}": value for key, value in given.items()}}
    settings = resolve(config, stack="dev", project="shop").settings
    return build(lambda: stack_context(settings), lambda both: both[0])


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
