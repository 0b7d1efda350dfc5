"""What a second region takes over: copies of secrets, and services that wait. The example stacks plan all of it.

Not proven: that the ARN of a secret's copy differs by the region alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from components.foundation.replicated import HomeSecrets
from components.second_region import SecondRegion, SecretCopies
from tests.components.surroundings import CONTEXT, KEY

ARN = "arn:aws:secretsmanager:us-east-1:111111111111:secret:jwt-AbCdEf"
THERE = replace(CONTEXT, region="us-west-2")


class Home:
    """Secrets of the stack's own region."""

    arns = {"JWT_SECRET": ARN}
    parameter_arns: dict[str, str] = {}
    variables = {"JWT_SECRET_ARN": ARN}

    def statements(self) -> list[Any]:
        return []


@pytest.mark.parametrize("key", [None, KEY])
def test_copies_of_secrets_are_read_in_their_own_region(key: str | None) -> None:
    copies = SecretCopies(HomeSecrets(secrets=Home(), key_arns={"us-west-2": key}), THERE)
    assert set(copies.arns) == {"JWT_SECRET"}
    assert copies.key_arn == key
    assert [statement.sid for statement in copies.statements()] == [
        "ReadRotating",
        *(["DecryptRotating"] if key else []),
    ]


def test_it_is_a_component() -> None:
    assert SecondRegion.__doc__
