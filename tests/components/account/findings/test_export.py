"""All findings, kept in a bucket or sent to a SIEM.

Not proven: that Firehose delivers, and what the SIEM makes of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from components.account.findings.export import FindingsExport, FindingsExportArgs
from settings.sections.account import FindingsSettings
from tests.components.mocks import UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build


SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:siem-AbCdEf"
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
SIEM = {"export": "http", "siem_url": "https://siem.example.com/in", "siem_secret_arn": SECRET}


def export(key: str | None = KEY, **settings: Any) -> FindingsExport:  # noqa: ANN401
    args = FindingsExportArgs(
        context=CONTEXT,
        settings=FindingsSettings(**{"export": "bucket", **settings}),
        sources=["aws.guardduty", "aws.securityhub"],
        retention_days=365,
        access_log_bucket="access-logs",
        key_arn=key,
    )
    return FindingsExport("shop-findings", args)


def test_children(build: Build) -> None:
    made = build(export)
    assert made.children == {
        "shop-findings-store": "ascent:foundation:PrivateBucket",
        "shop-findings-deliverer": "ascent:foundation:ServiceRole",
        "shop-findings-stream": STREAM,
        "shop-findings-sender": "ascent:foundation:ServiceRole",
        "shop-findings-rule": "aws:cloudwatch/eventRule:EventRule",
        "shop-findings-target": "aws:cloudwatch/eventTarget:EventTarget",
    }
    assert made.attributes == made.outputs == {"bucket_arn": made["shop-findings-store-bucket"].outputs["arn"]}
    assert made.preview.attributes == {"bucket_arn": UNKNOWN}


def test_every_finding_goes_through_the_stream(build: Build) -> None:
    made = build(export)
    assert json.loads(made.inputs("shop-findings-rule")["eventPattern"]) == {
        "source": ["aws.guardduty", "aws.securityhub"]
    }
    stream = made["shop-findings-stream"].outputs["arn"]
    assert made.inputs("shop-findings-target") == {
        "rule": made["shop-findings-rule"].outputs["name"],
        "arn": stream,
        "roleArn": made["shop-findings-sender-role"].outputs["arn"],
    }
    (put,) = statements(made.inputs("shop-findings-sender-policy")["policy"]).values()
    assert (put["Action"], put["Resource"]) == (["firehose:PutRecord", "firehose:PutRecordBatch"], [stream])


def test_to_the_bucket(build: Build) -> None:
    made = build(export)
    inputs = made.inputs("shop-findings-stream")
    assert inputs["destination"] == "extended_s3"
    kept = inputs["extendedS3Configuration"]
    assert kept["bucketArn"] == made["shop-findings-store-bucket"].outputs["arn"]
    assert (kept["compressionFormat"], kept["kmsKeyArn"]) == ("GZIP", KEY)
    assert inputs["serverSideEncryption"] == {"enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": KEY}
    allowed = statements(made.inputs("shop-findings-deliverer-policy")["policy"])
    assert set(allowed) == {"Bucket", "Objects", "Key"}
    assert allowed["Key"]["Resource"] == [KEY]


def test_without_a_key(build: Build) -> None:
    made = build(lambda: export(key=None))
    assert made.inputs("shop-findings-stream")["serverSideEncryption"] == {"enabled": True, "keyType": "AWS_OWNED_CMK"}
    assert "Key" not in set(statements(made.inputs("shop-findings-deliverer-policy")["policy"]))


def test_to_a_siem(build: Build) -> None:
    made = build(lambda: export(**SIEM))
    inputs = made.inputs("shop-findings-stream")
    assert inputs["destination"] == "http_endpoint"
    http = inputs["httpEndpointConfiguration"]
    assert (http["url"], http["s3BackupMode"]) == ("https://siem.example.com/in", "FailedDataOnly")
    assert http["secretsManagerConfiguration"]["secretArn"] == SECRET
    assert http["secretsManagerConfiguration"]["enabled"] is True
    assert "accessKey" not in http, "a key is in the secret only"
    allowed = statements(made.inputs("shop-findings-deliverer-policy")["policy"])
    assert allowed["Secret"]["Resource"] == [SECRET]


def test_what_does_not_arrive_is_an_alarm(build: Build) -> None:
    for settings, metric in (({}, "DeliveryToS3.DataFreshness"), (SIEM, "DeliveryToHttpEndpoint.DataFreshness")):
        made = build(lambda settings=settings: export(**settings), ask=lambda one: one.alarms())
        failed, late = made.answer
        assert (failed.subject, failed.metric) == ("export", "FailedInvocations")
        assert (late.subject, late.metric, late.threshold) == ("stream", metric, 900)
        assert {failed.key, late.key} == {"findings-undelivered"}
