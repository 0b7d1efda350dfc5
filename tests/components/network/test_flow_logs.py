"""Flow logs: all traffic, into a private bucket.

Not proven: that the delivery service writes with this bucket policy and key policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.network.flow_logs import FlowLogs, FlowLogsArgs
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build


def logs(**args: Any) -> FlowLogs:  # noqa: ANN401
    given: dict[str, Any] = {"retention_days": 30, **args}
    return FlowLogs("shop-flow", FlowLogsArgs(context=CONTEXT, vpc_id="vpc-1", **given))


def test_all_traffic_goes_to_a_bucket_of_its_own(build: Build) -> None:
    made = build(logs)
    assert made.children == {
        "shop-flow-store": "ascent:foundation:PrivateBucket",
        "shop-flow-log": "aws:ec2/flowLog:FlowLog",
    }
    bucket = made.one("aws:s3/bucket:Bucket").outputs
    assert made.inputs("shop-flow-log") == {
        "vpcId": "vpc-1",
        "trafficType": "ALL",
        "logDestinationType": "s3",
        "logDestination": bucket["arn"],
        "maxAggregationInterval": 600,
        "destinationOptions": {"fileFormat": "parquet", "hiveCompatiblePartitions": True, "perHourPartition": True},
        "tags": CONTEXT.tags("shop-flow"),
    }
    assert made.preview.inputs("shop-flow-log")["logDestination"] is UNKNOWN
    assert made.attributes == made.outputs == {"bucket": bucket["bucket"]}


def test_the_log_waits_for_the_bucket_policy(build: Build) -> None:
    assert "shop-flow-store-bucket-policy" in build(logs)["shop-flow-log"].options.depends_on


def test_only_this_accounts_delivery_may_write(build: Build) -> None:
    made = build(logs)
    found = statements(made.one("aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])
    arn = made.one("aws:s3/bucket:Bucket").outputs["arn"]
    assert list(found) == ["TlsOnly", "FlowLogWrite", "FlowLogAclCheck"]
    write, check = found["FlowLogWrite"], found["FlowLogAclCheck"]
    assert (write["Action"], write["Resource"]) == (["s3:PutObject"], [f"{arn}/AWSLogs/*"])
    assert (check["Action"], check["Resource"]) == (["s3:GetBucketAcl"], [arn])
    for statement in (write, check):
        assert statement["Principal"] == {"Service": ["delivery.logs.amazonaws.com"]}
        assert statement["Condition"]["StringEquals"]["aws:SourceAccount"] == ACCOUNT
        assert statement["Condition"]["ArnLike"] == {"aws:SourceArn": f"arn:aws:logs:us-east-1:{ACCOUNT}:*"}
    assert write["Condition"]["StringEquals"]["s3:x-amz-acl"] == "bucket-owner-full-control"


@pytest.mark.parametrize("keep", [True, False])
def test_retention_key_and_protection_reach_the_bucket(build: Build, keep: bool) -> None:
    made = build(lambda: logs(retention_days=7, key_arn=KEY, keep=keep))
    assert made.inputs("shop-flow-store-lifecycle")["rules"][0]["expiration"] == {"days": 7}
    (rule,) = made.inputs("shop-flow-store-encryption")["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY}
    assert made["shop-flow-store-bucket"].options.protect is keep
