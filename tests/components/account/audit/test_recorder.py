"""The recorder of AWS Config: everything, started after it can deliver.

Not proven: that the account has no recorder yet, and that AWS Config may write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.account.audit.recorder import Recorder, RecorderArgs
from settings.enums import Mode
from settings.sections.account import RecorderSettings
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build


def recorder(**settings: Any) -> Recorder:  # noqa: ANN401
    args = RecorderArgs(
        context=CONTEXT,
        settings=RecorderSettings(**settings),
        retention_days=365,
        access_log_bucket="access-logs",
        key_arn=KEY,
    )
    return Recorder("shop-config", args)


def test_children(build: Build) -> None:
    made = build(recorder)
    assert made.children == {
        "shop-config-store": "ascent:foundation:PrivateBucket",
        "shop-config-role": "aws:iam/serviceLinkedRole:ServiceLinkedRole",
        "shop-config-recorder": "aws:cfg/recorder:Recorder",
        "shop-config-channel": "aws:cfg/deliveryChannel:DeliveryChannel",
        "shop-config-status": "aws:cfg/recorderStatus:RecorderStatus",
    }
    assert made.attributes == made.outputs == {"bucket_arn": made["shop-config-store-bucket"].outputs["arn"]}
    assert made.preview.attributes == {"bucket_arn": UNKNOWN}


def test_everything_is_recorded_by_awss_own_role(build: Build) -> None:
    made = build(recorder)
    assert made.inputs("shop-config-recorder") == {
        "roleArn": made["shop-config-role"].outputs["arn"],
        "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True},
        "recordingMode": {"recordingFrequency": "CONTINUOUS"},
    }
    assert made.inputs("shop-config-role")["awsServiceName"] == "config.amazonaws.com"


def test_the_role_that_an_account_has_once(build: Build) -> None:
    made = build(lambda: recorder(service_role=Mode.EXISTING, recording="daily"))
    assert "shop-config-role" not in made
    inputs = made.inputs("shop-config-recorder")
    role = "role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
    assert inputs["roleArn"] == f"arn:aws:iam::{ACCOUNT}:{role}"
    assert inputs["recordingMode"] == {"recordingFrequency": "DAILY"}


def test_the_order_that_aws_asks_for(build: Build) -> None:
    made = build(recorder)
    assert {"shop-config-recorder", "shop-config-store-bucket-policy"} <= made["shop-config-channel"].options.depends_on
    assert "shop-config-channel" in made["shop-config-status"].options.depends_on
    assert made.inputs("shop-config-status") == {
        "name": made["shop-config-recorder"].outputs["name"],
        "isEnabled": True,
    }
    channel = made.inputs("shop-config-channel")
    assert channel["s3BucketName"] == made["shop-config-store-bucket"].outputs["bucket"]
    assert channel["s3KmsKeyArn"] == KEY


@pytest.mark.parametrize("sid", ["ConfigList", "ConfigAclCheck", "ConfigWrite"])
def test_only_this_account_writes(build: Build, sid: str) -> None:
    made = build(recorder)
    policy = statements(made.inputs("shop-config-store-bucket-policy")["policy"])
    assert policy[sid]["Principal"] == {"Service": ["config.amazonaws.com"]}
    assert policy[sid]["Condition"]["StringEquals"]["aws:SourceAccount"] == ACCOUNT
