"""Settings that look fine one by one, but from which AWS or Pulumi would make something else or nothing at all."""

from __future__ import annotations

from typing import Any

import pytest

from settings.errors import SettingsError
from settings.load import resolve
from settings.sealed import seal
from tests.stacks.planning import config_of, smallest

CERTIFICATE = f"arn:aws:acm:us-east-1:111111111111:certificate/{'0' * 36}"
PARAMETER = "arn:aws:ssm:us-east-1:111111111111:parameter/x"


def refusal(tier: str, **overrides: Any) -> str:  # noqa: ANN401 - any setting
    """The first line with which a tier's settings are refused."""
    with pytest.raises(SettingsError) as caught:
        resolve(config_of(smallest(tier, **overrides)), stack="test", project="ascent")
    return str(caught.value).splitlines()[0].removeprefix("Pulumi.test.yaml: ")


@pytest.mark.parametrize(
    ("path", "overrides"),
    [
        ("observability.alarmEmails", {"observability": {"alarmEmails": ["a@b.co", "a@b.co"]}}),
        ("network.interfaceEndpoints", {"network": {"interfaceEndpoints": ["logs", "sts", "logs"]}}),
        ("security.customerManagedKeys", {"security": {"customerManagedKeys": ["data", "data"]}}),
        ("budget.actualPercent", {"budget": {"actualPercent": [80, 80]}}),
    ],
)
def test_one_resource_twice(path: str, overrides: dict[str, Any]) -> None:
    line = refusal("mvp", **overrides)
    assert line.startswith(f"ascent:{path} is [")
    assert "only once" in line


def test_secrets_that_differ_in_case_only() -> None:
    line = refusal("mvp", security={"secrets": {"FOO": seal("1"), "foo": seal("2")}})
    assert line.startswith("ascent:security.secrets.foo is too close to FOO: ")


@pytest.mark.parametrize("name", ["internal", "internal-tools", "sg", "sg-data", "a--b", "a-", "-a", "A", "a" * 31])
def test_names_that_some_service_refuses(name: str) -> None:
    assert refusal("startup", application=name).startswith(f'ascent:application is "{name}": must be ')


def test_names_that_only_look_reserved() -> None:
    for name in ("internals", "sgx", "a-1-b"):
        assert resolve(config_of(smallest("mvp", application=name)), stack="test", project="ascent")
    assert resolve(config_of(smallest("mvp", environment="internal")), stack="test", project="ascent")


@pytest.mark.parametrize("name", ["AWS_REGION", "DATABASE_HOST", "DATABASE_SECRET_ARN", "PORT", "TABLE_NAME"])
def test_variables_that_the_container_already_has(name: str) -> None:
    """ECS refuses a variable that is a secret as well, and a silent override would hide the stack's own value."""
    for section in ({"environment": {name: "x"}}, {"secrets": {name: PARAMETER}}):
        (place,) = section
        assert refusal("startup", compute=section).startswith(f"ascent:compute.{place}.{name} is set twice: ")


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-west-1"])
def test_cloudfront_is_for_the_commercial_partition(region: str) -> None:
    line = refusal("mvp", region=region, edge={"domain": None, "hostedZoneId": None})
    assert line.startswith("ascent:edge.ingress is cloudfront: ")
    assert line.endswith("run pulumi config set --stack test --path ascent:edge.ingress alb")


@pytest.mark.parametrize(
    ("path", "overrides"),
    [
        ("edge.certificateArn", {"edge": {"ingress": "alb", "certificateArn": CERTIFICATE}}),
        ("compute.secrets.TOKEN", {"edge": {"ingress": "alb"}, "compute": {"secrets": {"TOKEN": PARAMETER}}}),
    ],
)
def test_arns_of_another_partition(path: str, overrides: dict[str, Any]) -> None:
    line = refusal("mvp", region="cn-north-1", **overrides)
    assert line.startswith(f"ascent:{path} is arn:aws:")
    assert "cn-north-1 is in the partition aws-cn" in line


@pytest.mark.parametrize(
    ("path", "overrides"),
    [
        ("observability.alarms.serverErrorPercent", {"observability": {"alarms": {"serverErrorPercent": 1e400}}}),
        ("observability.alarms.databaseConnections", {"observability": {"alarms": {"databaseConnections": 10**400}}}),
        ("budget.monthlyLimitUsd", {"budget": {"monthlyLimitUsd": 10**12}}),
        ("data.postgres.storageGb", {"data": {"postgres": {"storageGb": 65536, "maxStorageGb": 65536}}}),
    ],
)
def test_numbers_without_measure(path: str, overrides: dict[str, Any]) -> None:
    assert refusal("startup", **overrides).startswith(f"ascent:{path} is ")


@pytest.mark.parametrize("owner", ["aws:team", "AWS:team", " ", "a;b"])
def test_tags_that_aws_keeps_or_refuses(owner: str) -> None:
    assert refusal("mvp", owner=owner).startswith("ascent:owner is ")


@pytest.mark.parametrize("value", ["", 12345, ["sk_live_plain"]])
def test_a_wrong_secret_is_not_printed(value: Any) -> None:  # noqa: ANN401 - any wrong value
    line = refusal("mvp", security={"secrets": {"STRIPE_KEY": value}})
    assert line.startswith("ascent:security.secrets.STRIPE_KEY is [secret]: ")


def test_a_range_is_written_as_aws_writes_it() -> None:
    given = config_of(smallest("mvp", network={"cidr": "10.0.0.0/255.255.0.0"}))
    assert resolve(given, stack="test", project="ascent").settings.network.cidr == "10.0.0.0/16"


def test_a_key_with_a_line_break_stays_one_line() -> None:
    line = refusal("mvp", network={"a\nb\x1b[31m": 1})
    assert line.startswith("ascent:network.a\\nb\\x1b[31m is not a setting: ")
