"""Roles of deliveries: a preview sees no data, and a deployment makes no administrator.

Not proven: that the deploy role suffices for a deployment; IAM alone knows what each of the provider's calls asks for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from components.security.delivery import Delivery, DeliveryArgs
from components.security.inventory import Inventory
from settings.sections.delivery import DeliverySettings
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

BOUNDARY = f"arn:aws:iam::{ACCOUNT}:policy/shop-dev-boundary"
ROLE, POLICY = "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"


class Stack(pulumi.ComponentResource):
    """A stack with a table, and its deliveries."""

    def __init__(self, **delivery: Any) -> None:  # noqa: ANN401
        inventory = Inventory()
        super().__init__("test:index:Stack", "shop", None, pulumi.ResourceOptions(transformations=[inventory.see]))
        child = pulumi.ResourceOptions(parent=self)
        aws.dynamodb.Table("shop-table", hash_key="id", attributes=[{"name": "id", "type": "S"}], opts=child)
        settings = DeliverySettings.model_validate(delivery)
        args = DeliveryArgs(
            context=CONTEXT,
            settings=settings,
            inventory=inventory,
            boundary_arn=BOUNDARY,
            kept_roles=["shop-break-glass"],
        )
        self.roles = Delivery("shop-delivery", args, opts=child).role_arns
        self.register_outputs({})


GITHUB = {"repository": "acme/shop", "branches": ["main"], "environments": ["production"]}


def stack(**more: Any) -> Stack:  # noqa: ANN401
    return Stack(github=GITHUB, **more)


def given(made: Any, role: str) -> dict[str, Any]:  # noqa: ANN401
    return statements(made.inputs(f"shop-delivery-{role}-policy")["policy"])


def subjects(made: Any, role: str) -> list[str]:  # noqa: ANN401
    (trust,) = json.loads(made.inputs(f"shop-delivery-{role}")["assumeRolePolicy"])["Statement"]
    return trust["Condition"]["StringEquals"]["token.actions.githubusercontent.com:sub"]


def test_its_children_alone(build: Build) -> None:
    def alone() -> Delivery:
        settings = DeliverySettings.model_validate({"github": GITHUB})
        args = DeliveryArgs(
            context=CONTEXT, settings=settings, inventory=Inventory(), boundary_arn=BOUNDARY, kept_roles=[]
        )
        return Delivery("shop-delivery", args)

    made = build(alone)
    assert made.children == {
        "shop-delivery-github": "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        "shop-delivery-preview": ROLE,
        "shop-delivery-preview-policy": POLICY,
        "shop-delivery-deploy": ROLE,
        "shop-delivery-deploy-policy": POLICY,
    }
    arns = {key: made[f"shop-delivery-{key}"].outputs["arn"] for key in ("preview", "deploy")}
    assert made.attributes == made.outputs == {"role_arns": arns}


def test_pull_requests_preview_and_only_main_and_production_deploy(build: Build) -> None:
    made = build(stack)
    deploying = ["repo:acme/shop:ref:refs/heads/main", "repo:acme/shop:environment:production"]
    assert subjects(made, "deploy") == deploying
    assert subjects(made, "preview") == ["repo:acme/shop:pull_request", *deploying]


def test_the_deploy_role_manages_what_the_stack_holds(build: Build) -> None:
    manage = given(build(stack), "deploy")["Manage"]
    assert manage["Action"] == ["dynamodb:*"]
    assert manage["Condition"] == {"StringEquals": {"aws:RequestedRegion": ["us-east-1"]}}


def test_it_makes_roles_inside_the_boundary_only(build: Build) -> None:
    found = given(build(stack), "deploy")
    assert found["MakeBoundRoles"]["Condition"] == {"StringEquals": {"iam:PermissionsBoundary": BOUNDARY}}
    assert found["MakeBoundRoles"]["Resource"] == [f"arn:aws:iam::{ACCOUNT}:role/shop-dev-*"]
    making = {"iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"}
    for sid, statement in found.items():
        if statement["Effect"] == "Allow" and sid != "MakeBoundRoles":
            assert not making & set(statement["Action"])
    every = {action for statement in found.values() for action in statement["Action"]}
    assert not {"iam:*", "iam:DeleteRolePermissionsBoundary", "iam:CreatePolicy", "iam:CreateUser"} & every


def test_it_leaves_itself_the_boundary_and_the_emergency_role_alone(build: Build) -> None:
    kept = given(build(stack), "deploy")["NotItself"]
    assert kept["Effect"] == "Deny"
    start = f"arn:aws:iam::{ACCOUNT}:"
    assert kept["Resource"] == [
        BOUNDARY,
        f"{start}role/shop-delivery-*",
        f"{start}role/shop-break-glass-*",
        f"{start}oidc-provider/*",
    ]


def test_a_preview_reads_no_data_and_changes_nothing(build: Build) -> None:
    found = given(build(stack), "preview")
    looking = found["Look"]["Action"]
    assert "dynamodb:Describe*" in looking
    assert all(action.partition(":")[2].startswith(("Describe", "Get", "List")) for action in looking)
    assert {"secretsmanager:GetSecretValue", "dynamodb:Scan", "kms:Decrypt"} <= set(found["Hide"]["Action"])
    assert found["Hide"]["Effect"] == "Deny"


def test_both_use_the_state_and_a_preview_only_locks_it(build: Build) -> None:
    made = build(lambda: stack(stateBucket="acme-state", stateKeyArn=KEY))
    assert given(made, "preview")["WriteState"]["Resource"] == ["arn:aws:s3:::acme-state/.pulumi/locks/*"]
    assert given(made, "deploy")["WriteState"]["Resource"] == ["arn:aws:s3:::acme-state/*"]
    for role in ("preview", "deploy"):
        assert given(made, role)["StateKey"]["Resource"] == [KEY]
    assert given(made, "preview")["Hide"]["Condition"] == {"ArnNotEquals": {"aws:ResourceArn": KEY}}
