"""The DynamoDB table: keys, recovery, encryption, protection, and what others need to know of it.

Not proven: that DynamoDB takes a change of keys; it replaces the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.data.table import Table
from components.foundation.store import StoreArgs
from settings.sections.data import DynamoDbSettings
from settings.sections.observability import AlarmSettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

TABLE = "shop-table-table"


def table(*, key: str | None = None, protect: bool = False, **settings: Any) -> Table:  # noqa: ANN401
    args = StoreArgs(context=CONTEXT, settings=DynamoDbSettings(**settings), logs=LOGS, key_arn=key, protect=protect)
    return Table("shop-table", args)


def test_one_table_on_demand(build: Build) -> None:
    made = build(table)
    assert made.children == {TABLE: "aws:dynamodb/table:Table"}
    assert made.inputs(TABLE) == {
        "billingMode": "PAY_PER_REQUEST",
        "hashKey": "pk",
        "rangeKey": "sk",
        "attributes": [{"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}],
        "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35},
        "serverSideEncryption": {"enabled": True},
        "deletionProtectionEnabled": False,
        "tags": CONTEXT.tags("shop-table"),
    }
    own = made[TABLE].outputs
    assert made.attributes == made.outputs == {"name": own["name"], "arn": own["arn"]}
    assert made.preview.attributes == {"name": UNKNOWN, "arn": UNKNOWN}


def test_a_table_without_a_sort_key(build: Build) -> None:
    inputs = build(lambda: table(partition_key="id", sort_key=None, recovery_days=7)).inputs(TABLE)
    assert (inputs["hashKey"], "rangeKey" in inputs) == ("id", False)
    assert inputs["attributes"] == [{"name": "id", "type": "S"}]
    assert inputs["pointInTimeRecovery"] == {"enabled": True, "recoveryPeriodInDays": 7}


def test_an_own_key(build: Build) -> None:
    inputs = build(lambda: table(key=KEY)).inputs(TABLE)
    assert inputs["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}


@pytest.mark.parametrize("protect", [True, False])
def test_protection(build: Build, protect: bool) -> None:
    made = build(lambda: table(protect=protect))[TABLE]
    assert made.inputs["deletionProtectionEnabled"] is protect
    assert made.options.protect is protect


def test_what_the_application_is_told(build: Build) -> None:
    made = build(table, lambda one: {"told": one.variables, "outputs": one.outputs, "backed_up": one.backed_up})
    own = made[TABLE].outputs
    assert made.answer == {
        "told": {"TABLE_NAME": own["name"]},
        "outputs": {"tableName": own["name"]},
        "backed_up": own["arn"],
    }
    assert made.preview.answer["told"] == {"TABLE_NAME": UNKNOWN}


@pytest.mark.parametrize("key", [None, KEY])
def test_the_application_uses_items_and_never_the_table_itself(build: Build, key: str | None) -> None:
    made = build(lambda: table(key=key), lambda one: {s.sid: s.document() for s in one.statements()})
    use = made.answer.pop("UseTable")
    arn = made[TABLE].outputs["arn"]
    assert use["Resource"] == [arn, f"{arn}/index/*"]
    assert "dynamodb:PutItem" in use["Action"]
    assert not [action for action in use["Action"] if "Table" in action and action != "dynamodb:DescribeTable"]
    assert {sid: one["Resource"] for sid, one in made.answer.items()} == ({"UseTableKey": [KEY]} if key else {})


def test_alarm(build: Build) -> None:
    made = build(table, lambda one: one.alarms(AlarmSettings()))
    (alarm,) = made.answer
    assert (alarm.name, alarm.metric, alarm.threshold) == ("table-throttled", "WriteThrottleEvents", 0)
    assert alarm.dimensions == {"TableName": made[TABLE].outputs["name"]}
    assert alarm.beside["m2"].metric == "ReadThrottleEvents"
    assert alarm.expression == "FILL(m1, 0) + FILL(m2, 0)"


def test_what_is_seen_of_it(build: Build) -> None:
    made = build(table, lambda one: one.graphs())
    assert [[line.metric for line in graph.lines] for graph in made.answer] == [
        ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"],
        ["ReadThrottleEvents", "WriteThrottleEvents"],
    ]


def rich() -> Table:
    return table(
        key=KEY,
        protect=True,
        indexes={"by-day": {"partitionKey": "day", "sortKey": "sk", "projection": "keys_only"}},
        expiry_attribute="ends",
        stream="new_and_old_images",
        global_regions=["us-west-2"],
    )


def scaled() -> Table:
    return table(billing="autoscaled", min_capacity=7, max_capacity=70, indexes={"by-day": {"partitionKey": "day"}})


def test_indexes_expiry_and_stream(build: Build) -> None:
    made = build(rich, lambda one: [one.variables, [s.sid for s in one.statements()]])
    inputs = made.inputs(TABLE)
    assert [one["name"] for one in inputs["attributes"]] == ["pk", "sk", "day"], "each key attribute once"
    (index,) = inputs["globalSecondaryIndexes"]
    assert (index["name"], index["projectionType"]) == ("by-day", "KEYS_ONLY")
    assert index["keySchemas"] == [
        {"attributeName": "day", "keyType": "HASH"},
        {"attributeName": "sk", "keyType": "RANGE"},
    ]
    assert inputs["ttl"] == {"enabled": True, "attributeName": "ends"}
    assert (inputs["streamEnabled"], inputs["streamViewType"]) == (True, "NEW_AND_OLD_IMAGES")
    assert made.answer[0]["TABLE_STREAM_ARN"] == f"{TABLE}-stream-arn"
    assert made.answer[1] == ["UseTable", "ReadStream", "UseTableKey"]


def test_other_regions_are_kept_as_well(build: Build) -> None:
    made = build(rich, lambda one: one.alarms(AlarmSettings()))
    (replica,) = made.inputs(TABLE)["replicas"]
    key = made["shop-table-us-west-2-key"]
    assert key.inputs["region"] == "us-west-2"
    assert replica == {
        "regionName": "us-west-2",
        "kmsKeyArn": key.outputs["arn"],
        "pointInTimeRecovery": True,
        "propagateTags": True,
        "deletionProtectionEnabled": True,
    }
    assert [one.name for one in made.answer] == ["table-throttled", "us-west-2-table-behind"]
    plain = build(lambda: table(stream="new_and_old_images", global_regions=["us-west-2"]))
    assert "kmsKeyArn" not in plain.inputs(TABLE)["replicas"][0]
    assert list(plain.children) == [TABLE]


def test_capacity_follows_use(build: Build) -> None:
    made = build(scaled)
    inputs = made.inputs(TABLE)
    assert (inputs["billingMode"], inputs["readCapacity"], inputs["writeCapacity"]) == ("PROVISIONED", 7, 7)
    assert inputs["globalSecondaryIndexes"][0]["writeCapacity"] == 7
    assert set(made[TABLE].options.ignore_changes) == {
        "readCapacity",
        "writeCapacity",
        "globalSecondaryIndexes[*].readCapacity",
        "globalSecondaryIndexes[*].writeCapacity",
    }
    target = made.inputs("shop-table-index-by-day-write")
    assert target["resourceId"] == f"table/{made[TABLE].outputs['name']}/index/by-day"
    assert target["scalableDimension"] == "dynamodb:index:WriteCapacityUnits"
    assert (target["minCapacity"], target["maxCapacity"]) == (7, 70)
    assert target["tags"] == CONTEXT.tags("shop-table-index-by-day-write")
    policy = made.inputs("shop-table-table-read-policy")["targetTrackingScalingPolicyConfiguration"]
    assert policy["predefinedMetricSpecification"] == {"predefinedMetricType": "DynamoDBReadCapacityUtilization"}
    assert len(made.children) == 9
