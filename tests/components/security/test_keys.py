"""The keys of a stack: which there are, and which AWS services may use them.

Not proven: that the services can in fact use them.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from components.security.keys import Keys, KeysArgs
from settings.enums import KeyPurpose
from settings.sections.security import SecuritySettings
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def keys(*purposes: KeyPurpose, protect: bool = False) -> Keys:
    settings = SecuritySettings(customer_managed_keys=purposes, key_rotation_days=90, key_deletion_window_days=7)
    return Keys("shop-keys", KeysArgs(context=CONTEXT, settings=settings, protect=protect))


@pytest.mark.parametrize(
    "purposes", [some for count in range(4) for some in combinations(KeyPurpose, count)], ids="+".join
)
def test_a_key_per_purpose(build: Build, purposes: tuple[KeyPurpose, ...]) -> None:
    made = build(lambda: keys(*purposes))
    assert made.children == {f"shop-keys-{purpose}": "ascent:foundation:EncryptionKey" for purpose in purposes}
    arns = {
        purpose.value: made[f"shop-keys-{purpose}-key"].outputs["arn"] if purpose in purposes else None
        for purpose in KeyPurpose
    }
    assert made.attributes == {**arns, "alarms": {}, "replicas": {}, "messages": arns["logs"] or arns["data"]}
    assert made.outputs == {purpose: arn for purpose, arn in arns.items() if arn is not None}
    assert made.preview.outputs == {purpose.value: UNKNOWN for purpose in purposes}


def test_rotation_and_deletion_window_are_the_settings(build: Build) -> None:
    inputs = build(lambda: keys(KeyPurpose.DATA)).inputs("shop-keys-data-key")
    assert (inputs["rotationPeriodInDays"], inputs["deletionWindowInDays"]) == (90, 7)


@pytest.mark.parametrize("protect", [True, False])
def test_protection(build: Build, protect: bool) -> None:
    made = build(lambda: keys(*KeyPurpose, protect=protect))
    assert {one.options.protect for one in made.of_type("aws:kms/key:Key")} == {protect}


def test_data_and_secrets_are_for_this_account_alone(build: Build) -> None:
    made = build(lambda: keys(*KeyPurpose))
    for purpose in ("data", "secrets"):
        assert list(statements(made.inputs(f"shop-keys-{purpose}-key")["policy"])) == ["Account"]


def test_without_a_logs_key_the_data_key_admits_what_alarms_come_from(build: Build) -> None:
    found = statements(build(lambda: keys(KeyPurpose.DATA)).inputs("shop-keys-data-key")["policy"])
    assert list(found) == ["Account", "Alarms", "Budgets", "Events"]


def test_log_services_use_the_logs_key_for_this_account_only(build: Build) -> None:
    found = statements(build(lambda: keys(KeyPurpose.LOGS)).inputs("shop-keys-logs-key")["policy"])
    assert {sid: one["Principal"].get("Service") for sid, one in found.items()} == {
        "Account": None,
        "CloudWatchLogs": ["logs.us-east-1.amazonaws.com"],
        "FlowLogs": ["delivery.logs.amazonaws.com"],
        "Alarms": ["cloudwatch.amazonaws.com"],
        "Budgets": ["budgets.amazonaws.com"],
        "Events": ["events.amazonaws.com"],
    }
    assert found["CloudWatchLogs"]["Condition"] == {
        "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:*"}
    }
    for sid in ("FlowLogs", "Alarms", "Budgets"):
        assert found[sid]["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert "Condition" not in found["Events"]


@pytest.mark.parametrize("purposes", [(KeyPurpose.LOGS,), ()])
def test_alarms_abroad_have_a_key_there_where_they_have_one_here(
    build: Build, purposes: tuple[KeyPurpose, ...]
) -> None:
    settings = SecuritySettings(customer_managed_keys=purposes)
    args = KeysArgs(context=CONTEXT, settings=settings, protect=False, alarm_regions=["eu-west-1"])
    made = build(lambda: Keys("shop-keys", args))
    if not purposes:
        assert made.attributes["alarms"] == {"eu-west-1": None}
        return
    key = made["shop-keys-eu-west-1-logs-key"]
    assert made.attributes["alarms"] == {"eu-west-1": key.outputs["arn"]}
    assert key.inputs["region"] == made.inputs("shop-keys-eu-west-1-logs-alias")["region"] == "eu-west-1"
    assert list(statements(key.inputs["policy"])) == ["Account", "Alarms", "Budgets", "Events"]


def test_copies_of_secrets_have_a_key_in_their_region(build: Build) -> None:
    def abroad() -> Keys:
        settings = SecuritySettings(customer_managed_keys=(KeyPurpose.SECRETS,))
        return Keys(
            "shop-keys", KeysArgs(context=CONTEXT, settings=settings, protect=False, secret_regions=["us-west-2"])
        )

    made = build(abroad)
    assert made.inputs("shop-keys-us-west-2-secrets-key")["region"] == "us-west-2"
    assert made.attributes["replicas"] == {"us-west-2": made["shop-keys-us-west-2-secrets-key"].outputs["arn"]}


def test_what_else_publishes_alarms_uses_the_key_of_logs_for_this_account(build: Build) -> None:
    settings = SecuritySettings(customer_managed_keys=(KeyPurpose.LOGS,))
    args = KeysArgs(context=CONTEXT, settings=settings, protect=False, alarm_publishers=["x.amazonaws.com"])
    made = build(lambda: Keys("shop-keys", args))
    said = statements(made.inputs("shop-keys-logs-key")["policy"])["Publisher1"]
    assert said["Principal"] == {"Service": ["x.amazonaws.com"]}
    assert said["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
