"""Defaults of the account and its contacts.

Not proven: that AWS takes them, and that other stacks of the account go on working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.account.baseline import Baseline, BaselineArgs
from settings.enums import ContactKind, Presence
from settings.sections.account import BaselineSettings, ContactSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


PARTS = {
    "ebs_encryption": ("aws:ebs/encryptionByDefault:EncryptionByDefault", {"enabled": True}),
    "s3_public_access_block": (
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        {
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
    ),
    "instance_metadata": (
        "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
        {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 2},
    ),
    "image_block": ("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess", {"state": "block-new-sharing"}),
    "snapshot_block": (
        "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
        {"state": "block-all-sharing"},
    ),
    "serial_console_block": ("aws:ec2/serialConsoleAccess:SerialConsoleAccess", {"enabled": False}),
    "password_policy": (
        "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
        {
            "minimumPasswordLength": 14,
            "passwordReusePrevention": 24,
            "requireLowercaseCharacters": True,
            "requireUppercaseCharacters": True,
            "requireNumbers": True,
            "requireSymbols": True,
            "allowUsersToChangePassword": True,
            "hardExpiry": False,
        },
    ),
}
"""Setting → the type that it makes, with its inputs."""


def baseline(contacts: dict[ContactKind, ContactSettings] | None = None, **parts: Any) -> Baseline:  # noqa: ANN401
    args = BaselineArgs(context=CONTEXT, settings=BaselineSettings(**parts), contacts=contacts or {})
    return Baseline("shop-baseline", args)


def test_every_setting_is_here() -> None:
    assert set(PARTS) == set(BaselineSettings.model_fields)


@pytest.mark.parametrize("key", PARTS)
def test_each_part_stands_alone(build: Build, key: str) -> None:
    wanted: Any = {key: Presence.CREATE}
    made = build(lambda: baseline(**wanted))
    type_, inputs = PARTS[key]
    name = f"shop-baseline-{key.replace('_', '-')}"
    assert made.children == {name: type_}
    assert made.inputs(name) == inputs


def test_nothing_by_itself(build: Build) -> None:
    assert build(baseline).children == {}


def test_contacts(build: Build) -> None:
    whom = ContactSettings(name="Security", title="Team", email="sec@example.com", phone="+1 555 0100")
    made = build(lambda: baseline({ContactKind.SECURITY: whom}))
    assert made.children == {"shop-baseline-security": "aws:account/alternativeContact:AlternativeContact"}
    assert made.inputs("shop-baseline-security") == {
        "alternateContactType": "SECURITY",
        "name": "Security",
        "title": "Team",
        "emailAddress": "sec@example.com",
        "phoneNumber": "+1 555 0100",
    }
