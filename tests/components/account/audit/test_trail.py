"""The trail: everywhere, checked, encrypted, copied, and never of its own files.

Not proven: that CloudTrail may in fact write, and that AWS takes the selectors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.account.audit.trail import Trail, TrailArgs
from components.foundation.alarm import Comparison
from tests.components.mocks import ACCOUNT, statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build


ARN = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/shop-dev-trail"


def trail(**given: Any) -> Trail:  # noqa: ANN401
    args: Any = {"data_events": True, "access_log_bucket": "access-logs", "key_arn": KEY, **given}
    return Trail("shop-trail", TrailArgs(context=CONTEXT, retention_days=365, logs=LOGS, **args))


def test_children(build: Build) -> None:
    made = build(trail)
    assert made.children == {
        "shop-trail-store": "ascent:foundation:PrivateBucket",
        "shop-trail-log": "aws:cloudwatch/logGroup:LogGroup",
        "shop-trail-writer": "ascent:foundation:ServiceRole",
        "shop-trail-trail": "aws:cloudtrail/trail:Trail",
    }
    assert made.attributes == made.outputs == {"log_group": made["shop-trail-log"].outputs["name"]}
    # Its name is fixed: whoever reads the trail names it too.
    assert made.preview.attributes == {"log_group": "/shop/dev/trail"}


def test_the_trail(build: Build) -> None:
    made = build(trail)
    inputs = {key: value for key, value in made.inputs("shop-trail-trail").items() if key != "advancedEventSelectors"}
    assert inputs == {
        "name": "shop-dev-trail",
        "s3BucketName": made["shop-trail-store-bucket"].outputs["bucket"],
        "isMultiRegionTrail": True,
        "includeGlobalServiceEvents": True,
        "enableLogging": True,
        "enableLogFileValidation": True,
        "kmsKeyId": KEY,
        "cloudWatchLogsGroupArn": f"{made['shop-trail-log'].outputs['arn']}:*",
        "cloudWatchLogsRoleArn": made["shop-trail-writer-role"].outputs["arn"],
        "tags": CONTEXT.tags("shop-trail"),
    }
    assert "shop-trail-store-bucket-policy" in made["shop-trail-trail"].options.depends_on


def fields(made: Any, selector: str) -> dict[str, Any]:  # noqa: ANN401
    (found,) = (s for s in made.inputs("shop-trail-trail")["advancedEventSelectors"] if s["name"] == selector)
    return {one.pop("field"): one for one in found["fieldSelectors"]}


@pytest.mark.parametrize("data_events", [True, False])
def test_management_events_always(build: Build, data_events: bool) -> None:
    made = build(lambda: trail(data_events=data_events))
    names = [s["name"] for s in made.inputs("shop-trail-trail")["advancedEventSelectors"]]
    assert names == ["management", "objects"][: 1 + data_events]
    assert fields(made, "management") == {"eventCategory": {"equals": ["Management"]}}


def test_objects_but_those_of_the_records(build: Build) -> None:
    made = build(lambda: trail(unrecorded=["arn:aws:s3:::findings"]))
    own = made["shop-trail-store-bucket"].outputs["arn"]
    assert fields(made, "objects") == {
        "eventCategory": {"equals": ["Data"]},
        "resources.type": {"equals": ["AWS::S3::Object"]},
        "resources.ARN": {"notStartsWiths": [f"{own}/", "arn:aws:s3:::findings/"]},
    }


def test_only_this_trail_writes(build: Build) -> None:
    made = build(trail)
    policy = statements(made.inputs("shop-trail-store-bucket-policy")["policy"])
    own = made["shop-trail-store-bucket"].outputs["arn"]
    assert policy["TrailAclCheck"]["Condition"] == {"StringEquals": {"aws:SourceArn": ARN}}
    assert policy["TrailWrite"]["Resource"] == [f"{own}/AWSLogs/{ACCOUNT}/*"]
    assert policy["TrailWrite"]["Condition"] == {
        "StringEquals": {"aws:SourceArn": ARN, "s3:x-amz-acl": "bucket-owner-full-control"}
    }
    (write,) = statements(made.inputs("shop-trail-writer-policy")["policy"]).values()
    assert write["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert write["Resource"] == [f"{made['shop-trail-log'].outputs['arn']}:log-stream:{ACCOUNT}_CloudTrail_us-east-1*"]


def test_access_to_the_files_is_logged(build: Build) -> None:
    found = build(trail).inputs("shop-trail-store-access-log")
    assert (found["targetBucket"], found["targetPrefix"]) == ("access-logs", "shop-trail-store/")


def test_a_silent_trail_is_an_alarm(build: Build) -> None:
    (alarm,) = build(trail, ask=lambda made: made.alarms()).answer
    assert (alarm.key, alarm.namespace, alarm.metric) == ("trail-silent", "AWS/Logs", "IncomingLogEvents")
    assert (alarm.comparison, alarm.threshold, alarm.period_seconds) == (Comparison.BELOW, 1, 3600)
    assert alarm.missing_is_bad
