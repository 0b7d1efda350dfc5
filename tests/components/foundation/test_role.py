"""A role of one AWS service: trust, statements, managed policies.

Not proven: that IAM takes the policies, and that the role may in fact do what it must.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from tests.components.mocks import UNKNOWN, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

READ = Statement(sid="Read", actions=["s3:GetObject"], resources=["arn:aws:s3:::x/*"])
MANAGED = "service-role/AmazonRDSEnhancedMonitoringRole"


def role(**args: Any) -> ServiceRole:  # noqa: ANN401
    given: dict[str, Any] = {"description": "Reads", "services": ["ecs-tasks.amazonaws.com"], **args}
    return ServiceRole("shop-task", ServiceRoleArgs(context=CONTEXT, **given))


def test_a_role_alone(build: Build) -> None:
    made = build(role)
    assert made.children == {"shop-task-role": "aws:iam/role:Role"}
    inputs = made.inputs("shop-task-role")
    assert inputs["description"] == "Reads"
    (trust,) = json.loads(inputs["assumeRolePolicy"])["Statement"]
    assert (trust["Principal"], trust["Action"]) == ({"Service": ["ecs-tasks.amazonaws.com"]}, ["sts:AssumeRole"])
    own = made["shop-task-role"].outputs
    assert made.attributes == {"arn": own["arn"], "name": own["name"]}
    assert made.outputs == {"arn": own["arn"]}
    assert made.preview.attributes == {"arn": UNKNOWN, "name": UNKNOWN}


def test_statements_become_one_inline_policy(build: Build) -> None:
    made = build(lambda: role(statements=[READ]))
    assert made.children == {"shop-task-role": "aws:iam/role:Role", "shop-task-policy": "aws:iam/rolePolicy:RolePolicy"}
    inputs = made.inputs("shop-task-policy")
    assert inputs["role"] == made["shop-task-role"].outputs["name"]
    assert statements(inputs["policy"]) == {"Read": READ.document()}


def test_managed_policies_are_attached(build: Build) -> None:
    made = build(lambda: role(managed_policies=[MANAGED, "AmazonSSMManagedInstanceCore"]))
    attached = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    assert made.children == {
        "shop-task-role": "aws:iam/role:Role",
        "shop-task-amazonrdsenhancedmonitoringrole": attached,
        "shop-task-amazonssmmanagedinstancecore": attached,
    }
    assert made.inputs("shop-task-amazonrdsenhancedmonitoringrole") == {
        "role": made["shop-task-role"].outputs["name"],
        "policyArn": f"arn:aws:iam::aws:policy/{MANAGED}",
    }


def test_the_arn_waits_for_the_permissions(build: Build) -> None:
    """Whoever takes the ARN depends on the policies as well."""
    from components.foundation.role import ServiceRole as Role

    def chained() -> Role:
        first = role(statements=[READ], managed_policies=[MANAGED])
        second = ServiceRoleArgs(
            context=CONTEXT,
            description="Uses the first",
            services=["ec2.amazonaws.com"],
            statements=[Statement(sid="Pass", actions=["iam:PassRole"], resources=[first.arn])],
        )
        return ServiceRole("shop-user", second)

    depends_on = build(chained)["shop-user-policy"].options.depends_on
    assert depends_on >= {"shop-task-role", "shop-task-policy", "shop-task-amazonrdsenhancedmonitoringrole"}
