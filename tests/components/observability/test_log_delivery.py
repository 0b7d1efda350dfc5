"""Copies of the applications' logs.

Not proven: that the other side takes them; that its address is still the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.observability.log_delivery import LogDelivery, LogDeliveryArgs
from settings.sections.watch.logs import LogForwardingSettings, LogSettings
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:datadog-AbCdEf"
DOMAIN = f"arn:aws:es:us-east-1:{ACCOUNT}:domain/logs"
GROUPS = {"web": "/shop/dev/web", "mail": "/shop/dev/mail"}
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"


def delivery(stream_arn: str | None = None, **forwarding: Any) -> LogDelivery:  # noqa: ANN401 - any setting
    settings = LogSettings(stream_arn=stream_arn, forwarding=LogForwardingSettings(**forwarding))
    args = LogDeliveryArgs(
        context=CONTEXT, settings=settings, log_groups=GROUPS, logs=LOGS, access_log_bucket="access-logs"
    )
    return LogDelivery("shop-logs", args)


def datadog() -> LogDelivery:
    return delivery(to="datadog", secret_arn=SECRET, secret_key_arn=KEY)


@pytest.mark.parametrize(
    ("arn", "actions"),
    [
        (f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/logs", ["kinesis:PutRecord", "kinesis:PutRecords"]),
        (f"arn:aws:firehose:us-east-1:{ACCOUNT}:deliverystream/a", ["firehose:PutRecord", "firehose:PutRecordBatch"]),
    ],
)
def test_an_own_stream_gets_the_lines_of_every_service(build: Build, arn: str, actions: list[str]) -> None:
    made = build(lambda: delivery(arn))
    assert {one.inputs["logGroup"] for one in made.of_type(FILTER)} == set(GROUPS.values())
    assert {one.inputs["destinationArn"] for one in made.of_type(FILTER)} == {arn}
    (write,) = statements(made.inputs("shop-logs-own-logs-policy")["policy"]).values()
    assert (write["Action"], write["Resource"]) == (actions, [arn])
    assert not made.of_type(STREAM)


def test_a_function_admits_the_service_itself(build: Build) -> None:
    made = build(lambda: delivery(f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:sink"))
    assert not made.of_type("aws:iam/role:Role")
    assert all("roleArn" not in one.inputs for one in made.of_type(FILTER))


@pytest.mark.parametrize(
    ("to", "europe", "host"),
    [
        ("datadog", False, "datadoghq.com"),
        ("datadog", True, "datadoghq.eu"),
        ("new_relic", False, "aws-api.newrelic.com"),
        ("new_relic", True, "aws-api.eu.newrelic.com"),
    ],
)
def test_a_vendor_is_reached_with_a_key_that_only_firehose_reads(
    build: Build, to: str, europe: bool, host: str
) -> None:
    made = build(lambda: delivery(to=to, europe=europe, secret_arn=SECRET, secret_key_arn=KEY))
    inputs = made.one(STREAM).inputs
    told = inputs["httpEndpointConfiguration"]
    assert host in told["url"]
    assert told["secretsManagerConfiguration"]["secretArn"] == SECRET
    assert "accessKey" not in told
    assert told["s3BackupMode"] == "FailedDataOnly"
    allowed = statements(made.inputs("shop-logs-firehose-policy")["policy"])
    assert (allowed["ReadKey"]["Resource"], allowed["DecryptKey"]["Resource"]) == ([SECRET], [KEY])
    assert inputs["serverSideEncryption"]["enabled"] is True


def test_opensearch_gets_lines_one_by_one(build: Build) -> None:
    made = build(lambda: delivery(to="opensearch", domain_arn=DOMAIN))
    told = made.one(STREAM).inputs["opensearchConfiguration"]
    assert told["domainArn"] == DOMAIN
    kinds = [one["type"] for one in told["processingConfiguration"]["processors"]]
    assert kinds == ["Decompression", "CloudWatchLogProcessing"]
    assert statements(made.inputs("shop-logs-firehose-policy")["policy"])["Index"]["Resource"] == [
        DOMAIN,
        f"{DOMAIN}/*",
    ]


def test_both_at_once_are_the_two_that_a_group_takes(build: Build) -> None:
    own = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/logs"
    made = build(lambda: delivery(own, to="datadog", secret_arn=SECRET))
    per_group = [one.inputs["name"] for one in made.of_type(FILTER) if one.inputs["logGroup"] == GROUPS["web"]]
    assert sorted(per_group) == ["shop-dev-copy", "shop-dev-own"]


def test_what_does_not_get_through_is_an_alarm(build: Build) -> None:
    made = build(datadog, lambda one: one.alarms())
    assert sorted(one.name for one in made.answer) == [
        "log-copy-late",
        "mail-firehose-log-copy-failed",
        "web-firehose-log-copy-failed",
    ]
    failed = made.answer[0]
    assert failed.dimensions == {
        "LogGroupName": "/shop/dev/web",
        "DestinationType": "Firehose",
        "FilterName": "shop-dev-copy",
    }
