"""What the account's services need, and how a stack file that lacks it reads."""

from __future__ import annotations

from typing import Any

import pytest

from settings.enums import FindingsExport, Mode, Presence
from settings.errors import SettingsError
from settings.load import resolve
from settings.tiers import LEAST_RETENTION_DAYS, PROFILES
from tests.stacks.planning import TIERS, config_of, smallest

SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:hook-AbCdEf"
TRAIL = "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization"
CONTACT = {"name": "Ada", "title": "Lead", "email": "ada@example.com", "phone": "+1 555 0100"}
WEBHOOK = "https://hooks.example.com/services/T000/B000/XXXX"


def lines(account: Any, tier: str = "production") -> list[str]:  # noqa: ANN401
    """What is wrong with a section, a line each; nothing where it is right."""
    try:
        resolve(config_of(smallest(tier, account=account)), stack="prod", project="ascent")
    except SettingsError as error:
        return str(error).splitlines()
    return []


def line(account: Any, tier: str = "production") -> str:  # noqa: ANN401
    (only,) = lines(account, tier)
    assert only.startswith("Pulumi.prod.yaml: ascent:account.")
    return only.removeprefix("Pulumi.prod.yaml: ascent:account.")


@pytest.mark.parametrize(
    ("service", "names"),
    [
        ("guardDuty", {"detectorId": "0" * 32}),
        ("securityHub", {"hubArn": "arn:aws:securityhub:us-east-1:111111111111:hub/default"}),
        ("accessAnalyzer", {"analyzerArn": "arn:aws:access-analyzer:us-east-1:111111111111:analyzer/account"}),
        ("config", {"recorderName": "default"}),
        ("trail", {"trailArn": TRAIL, "logGroup": "/audit/trail"}),
    ],
)
def test_what_exists_has_a_name(service: str, names: dict[str, str]) -> None:
    assert lines({service: {"mode": "existing", **names}}) == []
    for key in names:
        others = {name: value for name, value in names.items() if name != key}
        missing = line({service: {"mode": "existing", **others}})
        assert missing.startswith(f"{service}.{key} is missing: ")
        assert f"add {key}" in missing
        named = line({service: {key: names[key]}})
        assert named.startswith(f"{service}.{key} is {names[key]}: it names what exists, and {service}.mode is create")


@pytest.mark.parametrize("service", ["inspector", "macie"])
def test_some_have_none(service: str) -> None:
    assert lines({service: {"mode": "existing"}}) == []


def test_an_existing_trail_without_alarms_needs_no_log_group() -> None:
    assert lines({"trail": {"mode": "existing", "trailArn": TRAIL, "alarms": False}}) == []


@pytest.mark.parametrize("value", [WEBHOOK, "xoxb-1", "arn:aws:ssm:us-east-1:111111111111:parameter/hook"])
def test_a_webhook_is_a_secret_and_is_not_shown(value: str) -> None:
    found = line({"findings": {"webhookSecretArn": value}})
    assert found.startswith("findings.webhookSecretArn is [not shown]: must be the ARN of a Secrets Manager secret")
    assert value not in found
    assert "create-secret" in found


def test_a_webhooks_address_has_no_setting() -> None:
    found = line({"findings": {"webhookUrl": WEBHOOK}})
    assert found.startswith("findings.webhookUrl is not a setting: ")
    assert found.endswith("write webhookSecretArn")
    assert WEBHOOK not in found


def test_a_siem_needs_address_and_key() -> None:
    whole = {"export": "http", "siemUrl": "https://siem.example.com/in", "siemSecretArn": SECRET}
    assert lines({"findings": whole}) == []
    for key in ("siemUrl", "siemSecretArn"):
        less = {name: value for name, value in whole.items() if name != key}
        assert line({"findings": less}).startswith(f"findings.{key} is missing: ")
        idle = line({"findings": {key: whole[key]}})
        assert idle.startswith(f"findings.{key} is {whole[key]}: nothing is sent there")
    hidden = line({"findings": {**whole, "siemUrl": "https://user:key@siem.example.com"}})
    assert hidden.startswith("findings.siemUrl is [not shown]: must be an address")


def test_findings_without_anybody_who_finds() -> None:
    assert line({"findings": {"export": "bucket"}}, "mvp").startswith("findings.export is set: nothing finds anything")
    assert line({"findings": {"webhookSecretArn": SECRET}}, "mvp").startswith("findings.webhookSecretArn is set: ")


@pytest.mark.parametrize("tier", TIERS)
def test_records_are_kept_as_long_as_the_tier_asks(tier: str) -> None:
    (least,) = (days for one, days in LEAST_RETENTION_DAYS.items() if one.value == tier)
    trail = {"trail": {"mode": "create"}}
    assert lines({**trail, "retentionDays": least}, tier) == []
    if least > 1:
        found = line({**trail, "retentionDays": least - 1}, tier)
        assert found.startswith(
            f"retentionDays is {least - 1}: tier {tier} keeps what an audit asks for at least {least}"
        )


def test_a_stack_without_records_may_say_what_it_likes() -> None:
    assert lines({"retentionDays": 1}, "startup") == []


@pytest.mark.parametrize("key", CONTACT)
def test_a_contact_is_whole(key: str) -> None:
    assert lines({"contacts": {"security": CONTACT}}) == []
    less = {name: value for name, value in CONTACT.items() if name != key}
    found = line({"contacts": {"security": less}})
    assert found.startswith(f"contacts.security.{key} is missing: ")
    assert found.endswith("add it")


@pytest.mark.parametrize("phone", ["", "none", "12", "+1 555 0100 ext. 7"])
def test_a_telephone_number(phone: str) -> None:
    assert "contacts.security.phone is" in line({"contacts": {"security": {**CONTACT, "phone": phone}}})


def test_contacts_are_of_a_kind() -> None:
    assert "must be one of billing, operations, security" in line({"contacts": {"legal": CONTACT}})


def test_the_hub_needs_the_record() -> None:
    assert line({"config": {"mode": "off"}}).startswith("config.mode is off: Security Hub's checks read")
    assert lines({"config": {"mode": "off"}, "securityHub": {"mode": "off"}}) == []


def test_policies_bind_somebody() -> None:
    found = line({"organization": {"policies": "create"}})
    assert found.startswith("organization.targetIds is empty: ")


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("findings.webhookSecretArn", {"findings": {"webhookSecretArn": SECRET.replace("us-east-1", "eu-west-1")}}),
        ("findings.webhookSecretArn", {"findings": {"webhookSecretArn": SECRET.replace("aws:", "aws-cn:", 1)}}),
        (
            "trail.trailArn",
            {"trail": {"mode": "existing", "trailArn": TRAIL.replace("aws:", "aws-cn:", 1), "logGroup": "/audit"}},
        ),
    ],
)
def test_what_is_named_is_in_the_stacks_place(path: str, section: dict[str, Any]) -> None:
    assert line(section).startswith(f"{path} is arn:")


@pytest.mark.parametrize("word", ["on", "true", "CREATE", "", None, False, 1])
def test_a_mode_is_a_word(word: object) -> None:
    assert "guardDuty.mode is" in line({"guardDuty": {"mode": word}})
    assert "baseline.ebsEncryption is" in line({"baseline": {"ebsEncryption": word}})


def test_small_tiers_pay_for_nothing() -> None:
    mvp, startup = (next(p for t, p in PROFILES.items() if t.value == tier).account for tier in ("mvp", "startup"))
    assert not mvp.in_use
    assert {service for service, mode in startup.modes.items() if mode is not Mode.OFF} == {"accessAnalyzer"}
    assert startup.access_analyzer.unused_access_days is None, "that analyzer is charged"
    assert startup.findings.export is FindingsExport.OFF
    assert startup.baseline.ebs_encryption is Presence.CREATE
