"""The boundary: what runs may do, and no identities.

Not proven: that IAM evaluates it as its documentation says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.security.boundary import ROLES, Boundary, BoundaryArgs
from tests.components.mocks import UNKNOWN, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def boundary() -> Boundary:
    return Boundary("shop-boundary", BoundaryArgs(context=CONTEXT))


def test_its_name_is_its_regions_own(build: Build) -> None:
    made = build(boundary)
    assert made.children == {"shop-boundary-policy": "aws:iam/policy:Policy"}
    assert made.inputs("shop-boundary-policy")["name"] == "shop-dev-boundary-us-east-1"
    assert made.attributes == made.outputs == {"arn": made["shop-boundary-policy"].outputs["arn"]}
    assert made.preview.attributes == {"arn": UNKNOWN}


def test_no_identity_can_be_made_inside_of_it(build: Build) -> None:
    given = statements(build(boundary).inputs("shop-boundary-policy")["policy"])
    allowed = given["Running"]["Action"]
    assert [action for action in allowed if action.startswith("iam:")] == list(ROLES)
    assert all(role.partition(":")[2].startswith(("Get", "List", "Pass")) for role in ROLES)
    assert not {"*", "organizations:*", "account:*", "cloudtrail:*"} & set(allowed)
    assert given["Never"]["Effect"] == "Deny"
    assert "kms:ScheduleKeyDeletion" in given["Never"]["Action"]
