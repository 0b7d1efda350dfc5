"""Restores that are tried each month.

Not proven: that a restore works; AWS Backup tells each month.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from components.foundation.store import RestoreSpec
from components.resilience.restore_tests import RestoreTests, RestoreTestsArgs
from tests.components.mocks import statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

STORES = {
    "postgres": RestoreSpec(kind="RDS", arn="db-arn", where={"dbSubnetGroupName": "subnets"}),
    "dynamodb": RestoreSpec(kind="DynamoDB", arn="table-arn"),
}


def restored(stores: dict[str, RestoreSpec], key: str | None = None) -> RestoreTests:
    args = RestoreTestsArgs(
        context=CONTEXT, stores=stores, vault_arn="vault-arn", role_arn="role-arn", logs=LOGS, key_arn=key
    )
    return RestoreTests("shop-restores", args)


def test_each_store_is_restored_where_it_belongs(build: Build) -> None:
    made = build(lambda: restored(STORES))
    assert made.children == {
        "shop-restores-plan": "aws:backup/restoreTestingPlan:RestoreTestingPlan",
        "shop-restores-postgres": "aws:backup/restoreTestingSelection:RestoreTestingSelection",
        "shop-restores-dynamodb": "aws:backup/restoreTestingSelection:RestoreTestingSelection",
        "shop-restores-look": "ascent:foundation:Function",
        "shop-restores-restored": "aws:cloudwatch/eventRule:EventRule",
        "shop-restores-call": "aws:lambda/permission:Permission",
        "shop-restores-target": "aws:cloudwatch/eventTarget:EventTarget",
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


def test_what_looks_into_a_restore_is_called_when_it_is_done(build: Build) -> None:
    made = build(lambda: restored(STORES))
    plan = made["shop-restores-plan"].outputs["arn"]
    assert json.loads(made.inputs("shop-restores-restored")["eventPattern"]) == {
        "source": ["aws.backup"],
        "detail-type": ["Restore Job State Change"],
        "detail": {"status": ["COMPLETED"], "restoreTestingPlanArn": [plan]},
    }
    function = made["shop-restores-look-function"]
    assert function.inputs["environment"] == {"variables": {"PLAN_ARN": plan}}
    assert made.inputs("shop-restores-target")["arn"] == function.outputs["arn"]
    assert made.inputs("shop-restores-call")["sourceArn"] == made["shop-restores-restored"].outputs["arn"]


@pytest.mark.parametrize("key", [None, KEY])
def test_it_reads_restored_items_only(build: Build, key: str | None) -> None:
    made = build(lambda: restored(STORES, key))
    said = statements(made.inputs("shop-restores-look-role-policy")["policy"])
    assert said["ReadOneItem"]["Action"] == ["dynamodb:Scan"]
    (table,) = said["ReadOneItem"]["Resource"]
    assert table.endswith(":table/awsbackup-restore-test-*")
    assert ("DecryptItem" in said) is (key is not None)
