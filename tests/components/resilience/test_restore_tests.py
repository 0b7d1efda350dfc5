"""Restores that are tried each month.

Not proven: that a restore works; AWS Backup tells each month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.foundation.store import RestoreSpec
from components.resilience.restore_tests import RestoreTests, RestoreTestsArgs
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

STORES = {
    "postgres": RestoreSpec(kind="RDS", arn="db-arn", where={"dbSubnetGroupName": "subnets"}),
    "dynamodb": RestoreSpec(kind="DynamoDB", arn="table-arn"),
}


def restored(stores: dict[str, RestoreSpec]) -> RestoreTests:
    args = RestoreTestsArgs(context=CONTEXT, stores=stores, vault_arn="vault-arn", role_arn="role-arn")
    return RestoreTests("shop-restores", args)


def test_each_store_is_restored_where_it_belongs(build: Build) -> None:
    made = build(lambda: restored(STORES))
    assert made.children == {
        "shop-restores-plan": "aws:backup/restoreTestingPlan:RestoreTestingPlan",
        "shop-restores-postgres": "aws:backup/restoreTestingSelection:RestoreTestingSelection",
        "shop-restores-dynamodb": "aws:backup/restoreTestingSelection:RestoreTestingSelection",
    }
    plan = made["shop-restores-plan"].outputs["name"]
    common = {"restoreTestingPlanName": plan, "iamRoleArn": "role-arn", "validationWindowHours": 1}
    assert made.inputs("shop-restores-postgres") == {
        **common,
        "name": "postgres",
        "protectedResourceType": "RDS",
        "protectedResourceArns": ["db-arn"],
        "restoreMetadataOverrides": {"dbSubnetGroupName": "subnets"},
    }
    assert made.inputs("shop-restores-dynamodb") == {
        **common,
        "name": "dynamodb",
        "protectedResourceType": "DynamoDB",
        "protectedResourceArns": ["table-arn"],
    }


def test_the_latest_point_of_the_vault_once_a_month_under_a_name_that_aws_takes(build: Build) -> None:
    plan = build(lambda: restored(STORES)).inputs("shop-restores-plan")
    assert plan["scheduleExpression"] == "cron(0 6 1 * ? *)"
    assert plan["recoveryPointSelection"]["includeVaults"] == ["vault-arn"]
    assert plan["recoveryPointSelection"]["algorithm"] == "LATEST_WITHIN_WINDOW"
    assert plan["name"].replace("_", "").isalnum()
