"""The canary: what it runs, what it may do, when it is an alarm.

Not proven: that Synthetics takes the script and its runtime; tests/canaries runs the script itself.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from components.foundation.alarm import Comparison
from components.observability.canary import SCRIPT, Canary, CanaryArgs
from settings.enums import Severity
from settings.sections.watch.service_level import CanarySettings
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

CANARY = "shop-canary-canary"


def canary(*, key: str | None = None, **settings: Any) -> Canary:  # noqa: ANN401 - any setting
    args = CanaryArgs(
        context=CONTEXT,
        settings=CanarySettings(enabled=True, **settings),
        url="https://shop.example.com",
        health_check_path="/health",
        logs=replace(LOGS, key_arn=key),
        access_log_bucket="access-logs",
    )
    return Canary("shop-canary", args)


def test_it_visits_every_five_minutes_and_goes_without_a_trace(build: Build) -> None:
    made = build(canary)
    inputs = made.inputs(CANARY)
    assert inputs["schedule"] == {"expression": "rate(5 minutes)"}
    assert (inputs["startCanary"], inputs["deleteLambda"]) == (True, True)
    assert inputs["runtimeVersion"] == "syn-python-selenium-14.0"
    assert inputs["tags"] == CONTEXT.tags("shop-canary")
    assert made.children == {
        "shop-canary-canary": "aws:synthetics/canary:Canary",
        "shop-canary-log": "aws:cloudwatch/logGroup:LogGroup",
        "shop-canary-run": "ascent:foundation:ServiceRole",
        "shop-canary-script": "aws:s3/bucketObjectv2:BucketObjectv2",
        "shop-canary-visits": "ascent:foundation:PrivateBucket",
    }
    assert made.attributes == {"name": "shop-dev-visits"} == made.outputs


def test_another_script_is_another_version_under_the_same_key(build: Build) -> None:
    made = build(canary)
    assert made.inputs("shop-canary-script")["source"] == {"python/visit.py": SCRIPT}
    assert made.inputs(CANARY)["handler"] == "visit.handler"
    assert made.inputs(CANARY)["s3Version"] == made["shop-canary-script"].outputs["versionId"]
    assert made.preview.inputs(CANARY)["s3Version"] is UNKNOWN


def test_what_it_visits(build: Build) -> None:
    made = build(lambda: canary(paths=("/", "/basket")))
    told = made.inputs(CANARY)["runConfig"]["environmentVariables"]
    assert (told["VISIT_URL"], told["VISIT_HEALTH"]) == ("https://shop.example.com", "/health")
    assert json.loads(told["VISIT_PATHS"]) == ["/", "/basket"]


def test_it_can_not_make_a_log_that_never_ends(build: Build) -> None:
    made = build(canary)
    allowed = statements(made.inputs("shop-canary-run-policy")["policy"])
    actions = {action for one in allowed.values() for action in one["Action"]}
    assert "logs:CreateLogGroup" not in actions
    assert allowed["Measure"]["Condition"] == {"StringEquals": {"cloudwatch:namespace": "CloudWatchSynthetics"}}
    assert allowed["WriteLog"]["Resource"] == [
        f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/cwsyn-shop-dev-visits-*:*"
    ]
    assert made.inputs("shop-canary-log")["name"] == "/aws/lambda/cwsyn-shop-canary-canary-1"
    assert made.preview.inputs("shop-canary-log")["name"] is UNKNOWN
    assert made.inputs("shop-canary-log")["retentionInDays"] == LOGS.retention_days


def test_what_it_recorded_is_encrypted_and_its_script_outlives_the_records(build: Build) -> None:
    plain, own = build(canary), build(lambda: canary(key=KEY))
    assert plain.inputs(CANARY)["artifactConfig"] == {"s3Encryption": {"encryptionMode": "SSE_S3"}}
    assert own.inputs(CANARY)["artifactConfig"] == {"s3Encryption": {"encryptionMode": "SSE_KMS", "kmsKeyArn": KEY}}
    assert statements(own.inputs("shop-canary-run-policy")["policy"])["Encrypt"]["Resource"] == [KEY]
    rules = plain.inputs("shop-canary-visits-lifecycle")["rules"]
    assert [one["filter"]["prefix"] for one in rules if "expiration" in one] == ["visits/"]
    assert plain.inputs(CANARY)["artifactS3Location"].endswith("/visits/")


def test_a_visit_that_failed_or_did_not_happen_is_critical(build: Build) -> None:
    made = build(canary, lambda one: one.alarms())
    failed, slow = made.answer
    assert (failed.metric, failed.threshold, failed.comparison) == ("SuccessPercent", 90, Comparison.BELOW)
    assert (failed.periods, failed.enough, failed.period_seconds) == (3, 2, 300)
    assert failed.missing_is_bad
    assert failed.severity is Severity.CRITICAL
    assert (slow.metric, slow.threshold) == ("Duration", 5000)
    assert failed.dimensions == {"CanaryName": "shop-dev-visits"}
