"""The role for emergencies: named users, MFA, a short session, and nobody takes it unheard.

Not proven: that STS has the region among its conditions. Without a trail in the account no event comes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from components.security.break_glass import BreakGlass, BreakGlassArgs
from settings.sections.security import BreakGlassSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

USERS = ("arn:aws:iam::111111111111:user/ann", "arn:aws:iam::111111111111:user/bo")


def role() -> BreakGlass:
    given = BreakGlassSettings(principals=USERS, session_minutes=90)
    return BreakGlass("shop-break-glass", BreakGlassArgs(context=CONTEXT, settings=given))


def test_named_users_take_it_with_mfa_in_the_stacks_region(build: Build) -> None:
    made = build(role)
    inputs = made.inputs("shop-break-glass-role")
    (trust,) = json.loads(inputs["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"AWS": list(USERS)}
    assert trust["Condition"]["Bool"] == {"aws:MultiFactorAuthPresent": "true"}
    assert trust["Condition"]["StringEquals"] == {"aws:RequestedRegion": "us-east-1"}
    assert inputs["maxSessionDuration"] == 5400


def test_it_makes_no_identities(build: Build) -> None:
    made = build(role)
    assert made.children == {
        "shop-break-glass-role": "aws:iam/role:Role",
        "shop-break-glass-poweruseraccess": "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    }
    assert made.inputs("shop-break-glass-poweruseraccess")["policyArn"] == "arn:aws:iam::aws:policy/PowerUserAccess"


def test_its_use_is_told(build: Build) -> None:
    made = build(role, lambda one: one.events())
    (event,) = made.answer
    assert (event.key, event.reads) == ("break-glass", True)
    assert event.pattern["detail"] == {
        "eventName": ["AssumeRole"],
        "requestParameters": {"roleArn": [made["shop-break-glass-role"].outputs["arn"]]},
    }
