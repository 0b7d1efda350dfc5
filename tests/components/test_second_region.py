"""What a second region takes over: copies of secrets, and services that wait. The example stacks plan all of it.

Not proven: that the ARN of a secret's copy differs by the region alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws
import pytest

from components.edge.ingress import Given
from components.foundation.replicated import HomeSecrets
from components.second_region import SecondRegion, SecondRegionArgs, SecretCopies
from settings.schema import Settings
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

ARN = "arn:aws:secretsmanager:us-east-1:111111111111:secret:jwt-AbCdEf"
THERE = replace(CONTEXT, region="us-west-2")


class Home:
    """Secrets of the stack's own region."""

    def __init__(self) -> None:
        self.arns = {"JWT_SECRET": ARN}
        self.parameter_arns: dict[str, str] = {}
        self.variables = {"JWT_SECRET_ARN": ARN}

    def statements(self) -> list[Any]:
        return []


@pytest.mark.parametrize("key", [None, KEY])
def test_copies_of_secrets_are_read_in_their_own_region(key: str | None) -> None:
    copies = SecretCopies(HomeSecrets(secrets=Home(), key_arns={"us-west-2": key}), THERE)
    assert set(copies.arns) == {"JWT_SECRET"}
    assert copies.key_arn == key
    said = [statement.sid for statement in copies.statements()]
    assert said == [
        "ReadRotating",
        *(["DecryptRotating"] if key else []),
    ]


def second(mode: str) -> SecondRegion:
    stack = {
        "edge": {"domain": "a.example.com", "hostedZoneId": "Z0123456789ABC", "ingress": "alb"},
        "compute": {"kind": "fargate", "minCount": 3, "maxCount": 6},
        "data": {"dynamodb": {"enabled": True}},
        "resilience": {"backup": True, "secondRegion": {"mode": mode}},
        "observability": {"alarmEmails": ["a@example.com"]},
    }
    args = SecondRegionArgs(
        context=THERE,
        settings=Settings.model_validate({"region": "us-east-1", **stack}),
        provider=aws.Provider("there", region="us-west-2"),
        given=Given(zone_id="Z1", certificate_arn="arn:aws:acm:us-west-2:111111111111:certificate/c"),
        sources={"dynamodb": "arn:aws:dynamodb:us-east-1:111111111111:table/t"},
        variables={"dynamodb": {"TABLE_NAME": "t"}},
        secrets=HomeSecrets(secrets=Home(), key_arns={"us-west-2": KEY}),
    )
    return SecondRegion("shop-r2", args)


@pytest.mark.parametrize(
    ("mode", "tasks", "fewest"), [("pilot_light", 0, 3), ("warm_standby", 2, 2), ("active_active", 3, 3)]
)
def test_as_many_tasks_as_its_mode_says(build: Build, mode: str, tasks: int, fewest: int) -> None:
    made = build(lambda: second(mode))
    assert made.inputs("shop-r2-app-service")["desiredCount"] == tasks
    target = made.inputs("shop-r2-app-capacity")
    assert target["minCapacity"] == fewest
    assert ("suspendedState" in target) is (tasks == 0)
    assert "shop-r2-dynamodb-replica" in made
