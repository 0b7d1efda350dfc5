"""A customer-managed key: rotation, who may use it, protection.

Not proven: that KMS takes the policy, and that the named services can use the key with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.foundation.encryption_key import EncryptionKey, EncryptionKeyArgs, service_use
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def key(**args: Any) -> EncryptionKey:  # noqa: ANN401
    return EncryptionKey("shop-data", EncryptionKeyArgs(context=CONTEXT, purpose="data", **args))


def test_a_key_and_its_alias(build: Build) -> None:
    made = build(key)
    assert made.children == {"shop-data-key": "aws:kms/key:Key", "shop-data-alias": "aws:kms/alias:Alias"}
    assert made.inputs("shop-data-alias") == {
        "name": "alias/shop-dev-data",
        "targetKeyId": made["shop-data-key"].outputs["keyId"],
    }
    assert made.attributes == {"arn": made["shop-data-key"].outputs["arn"]} == made.outputs
    assert made.preview["shop-data-alias"].inputs["targetKeyId"] is UNKNOWN
    assert made.preview.attributes == {"arn": UNKNOWN} == made.preview.outputs


def test_it_rotates_and_is_deleted_late(build: Build) -> None:
    inputs = build(key).inputs("shop-data-key")
    assert inputs["enableKeyRotation"] is True
    assert (inputs["rotationPeriodInDays"], inputs["deletionWindowInDays"]) == (365, 30)
    inputs = build(lambda: key(rotation_days=90, deletion_window_days=7)).inputs("shop-data-key")
    assert (inputs["rotationPeriodInDays"], inputs["deletionWindowInDays"]) == (90, 7)


def test_the_account_decides_and_named_services_use_it(build: Build) -> None:
    logs = service_use("Logs", "logs.us-east-1.amazonaws.com", {"StringEquals": {"aws:SourceAccount": ACCOUNT}})
    grants = service_use("Scaling", "autoscaling.amazonaws.com", {}, grant=True)
    found = statements(build(lambda: key(statements=[logs, grants])).inputs("shop-data-key")["policy"])
    assert list(found) == ["Account", "Logs", "Scaling"]
    assert found["Account"]["Principal"] == {"AWS": [f"arn:aws:iam::{ACCOUNT}:root"]}
    assert found["Logs"]["Principal"] == {"Service": ["logs.us-east-1.amazonaws.com"]}
    assert found["Logs"]["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert "kms:CreateGrant" not in found["Logs"]["Action"]
    assert "kms:CreateGrant" in found["Scaling"]["Action"]
    assert not any(action.endswith(":*") for action in found["Logs"]["Action"])


@pytest.mark.parametrize("protect", [True, False])
def test_protection_is_of_the_key_alone(build: Build, protect: bool) -> None:
    made = build(lambda: key(protect=protect))
    assert made["shop-data-key"].options.protect is protect
    assert made["shop-data-alias"].options.protect is False
