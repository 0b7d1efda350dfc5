"""Resolution: field default ← tier ← stack file, with origins, and every kind of bad input."""

from __future__ import annotations

import json

import pytest

from common.tiers import Tier
from settings.description.rows import rows
from settings.enums import Nat
from settings.errors import SettingsError
from settings.load import Origin, Resolved, resolve
from settings.sealed import seal
from settings.tiers import PROFILES


def resolved(**config: object) -> Resolved:
    """Settings of a stack whose file holds `config` (keys without namespace; objects become JSON)."""
    flat = {
        key.replace("__", ":") if "__" in key else f"ascent:{key}": value
        if isinstance(value, str)
        else json.dumps(value)
        for key, value in config.items()
    }
    return resolve(flat, stack="dev", project="ascent")


def lines(**config: object) -> list[str]:
    """The error's lines for a stack file that must be refused."""
    with pytest.raises(SettingsError) as caught:
        resolved(**config)
    return str(caught.value).splitlines()


def test_defaults_then_tier_then_stack_file() -> None:
    found = resolved(tier="startup", network={"azCount": 4}, observability={"alarmEmails": ["a@example.com"]})
    network = found.settings.network
    assert (network.nat, found.origins["network.nat"]) == (Nat.SINGLE, Origin.TIER)
    assert (network.az_count, found.origins["network.azCount"]) == (4, Origin.STACK)
    assert (network.cidr, found.origins["network.cidr"]) == ("10.0.0.0/16", Origin.DEFAULT)


def test_nested_override_keeps_the_tiers_other_values() -> None:
    found = resolved(tier="mvp", data={"dynamodb": {"recoveryDays": 7}})
    table = found.settings.data.dynamodb
    assert (table.enabled, table.sort_key, table.recovery_days) == (True, "sk", 7)
    assert found.origins["data.dynamodb.enabled"] is Origin.TIER
    assert found.origins["data.dynamodb.recoveryDays"] is Origin.STACK


def test_names_follow_from_project_and_stack() -> None:
    found = resolve({"ascent:tier": "mvp"}, stack="feature/Login_2", project="My.Shop").settings
    assert (found.application, found.environment) == ("my-shop", "feature-login-2")


def test_origins_cover_every_setting() -> None:
    found = resolved(tier="mvp")
    assert {row.path for row in rows(found)} == set(found.origins)


@pytest.mark.parametrize("tier", list(Tier))
def test_every_tier_resolves(tier: Tier) -> None:
    found = resolved(
        tier=tier.value, edge={"domain": "app.example.com"}, observability={"alarmEmails": ["a@example.com"]}
    )
    assert found.settings.tier is tier


def test_maturity_never_falls_with_the_tier() -> None:
    """What protects data only grows from tier to tier."""
    profiles = [PROFILES[tier] for tier in Tier]
    retention = [p.observability.log_retention_days for p in profiles]
    protection = [(p.resilience.protect, p.resilience.backup, p.data.postgres.multi_az) for p in profiles]
    assert retention == sorted(retention)
    assert protection == sorted(protection)
    assert all(p.data.dynamodb.enabled for p in profiles), "a change of tier must not drop a table"


def test_unknown_key_names_its_neighbour() -> None:
    (line,) = lines(tier="mvp", network={"az_count": 3})
    assert line.startswith("Pulumi.dev.yaml: ascent:network.az_count is not a setting: ")
    assert line.endswith("write azCount")


def test_unknown_top_level_key() -> None:
    (line,) = lines(tier="mvp", netwrok={})
    assert line.startswith("Pulumi.dev.yaml: ascent:netwrok is not a setting")
    assert line.endswith("write ascent:network")


def test_several_problems_at_once() -> None:
    found = lines(
        tier="mvp",
        network={"nat": "per-az", "cidr": "10.0.0.0/24"},
        compute={"minCount": 0, "image": "nginx", "user": "root", "environment": {"1A": "x"}},
        observability={"logRetentionDays": 31},
        edge="cloudfront",
    )
    paths = [line.split(" is ")[0].removeprefix("Pulumi.dev.yaml: ") for line in found]
    assert paths == [
        "ascent:edge",
        "ascent:network.cidr",
        "ascent:network.nat",
        "ascent:compute.image",
        "ascent:compute.minCount",
        "ascent:compute.environment.1A",
        "ascent:compute.user",
        "ascent:observability.logRetentionDays",
    ]


@pytest.mark.parametrize(
    ("config", "path", "wanted"),
    [
        ({}, "ascent:tier", "missing: one of mvp, startup, production, enterprise"),
        ({"tier": "prod"}, "ascent:tier", "'prod': one of mvp, startup, production, enterprise"),
        (
            {"tier": "mvp", "aws__region": "us-east1"},
            "aws:region",
            "config set --stack dev aws:region us-east-1",
        ),
        ({"tier": "mvp", "network": {"nat": "per-az"}}, "ascent:network.nat", "none, single, per_az"),
        ({"tier": "mvp", "network": {"azCount": "x"}}, "ascent:network.azCount", "must be a whole number"),
        ({"tier": "mvp", "network": {"azCount": 1}}, "ascent:network.azCount", "at least 2"),
        ({"tier": "mvp", "network": {"cidr": "10.0.0.0/20"}}, "ascent:network.cidr", "too small for its subnets"),
        ({"tier": "mvp", "network": {"cidr": "10.0.0.0/8"}}, "ascent:network.cidr", "too large"),
        ({"tier": "mvp", "network": {"cidr": "10.0.0.1/16"}}, "ascent:network.cidr", "host bits set"),
        ({"tier": "mvp", "network": {"cidr": "8.8.0.0/16"}}, "ascent:network.cidr", "private IPv4 range"),
        (
            {"tier": "mvp", "network": {"availabilityZones": ["us-east-1a", "eu-west-1a"]}},
            "ascent:network.availabilityZones",
            "zones of us-east-1 are us-east-1a",
        ),
        (
            {"tier": "mvp", "network": {"availabilityZones": ["us-east-1a", "us-east-1a"]}},
            "ascent:network.availabilityZones",
            "each zone stands once",
        ),
        (
            {"tier": "mvp", "network": {"availabilityZones": ["us-east-1c", "us-east-1a", "us-east-1b"]}},
            "ascent:network.availabilityZones",
            "write [us-east-1a, us-east-1b, us-east-1c]",
        ),
        (
            {"tier": "mvp", "aws__region": "eu-west-1", "network": {"azCount": 4}},
            "ascent:network.azCount",
            "eu-west-1 has 3 zones",
        ),
        (
            {"tier": "mvp", "compute": {"placement": "private"}},
            "ascent:network.nat",
            "private subnets need a way to the image registry",
        ),
        ({"tier": "mvp", "edge": {"ingress": "alb"}}, "ascent:edge.domain", "needs a domain for its certificate"),
        ({"tier": "mvp", "edge": {"hostedZoneId": "Z0123456789"}}, "ascent:edge.hostedZoneId", "without a domain"),
        (
            {
                "tier": "mvp",
                "edge": {
                    "domain": "a.example.com",
                    "certificateArn": f"arn:aws:acm:eu-west-1:111111111111:certificate/{'0' * 36}",
                },
            },
            "ascent:edge.certificateArn",
            "cloudfront reads certificates from us-east-1",
        ),
        ({"tier": "mvp", "compute": {"minCount": 5}}, "ascent:compute.minCount", "must not exceed"),
        (
            {"tier": "mvp", "compute": {"kind": "fargate", "cpu": 300}},
            "ascent:compute.cpu",
            "Fargate offers 256, 512, 1024",
        ),
        (
            {"tier": "mvp", "compute": {"kind": "fargate", "cpu": 256, "memory": 4096}},
            "ascent:compute.memory",
            "with 256 CPU units Fargate offers 512, 1024, 2048 MiB",
        ),
        (
            {"tier": "mvp", "compute": {"instanceType": "t3.micro"}},
            "ascent:compute.instanceType",
            "run pulumi config set --stack dev --path ascent:compute.architecture x86_64",
        ),
        (
            {"tier": "mvp", "compute": {"environment": {"JWT_SECRET": "x"}}},
            "ascent:compute.environment.JWT_SECRET",
            "Ascent itself sets it already",
        ),
        (
            {"tier": "mvp", "data": {"postgres": {"enabled": True, "storageGb": 100, "maxStorageGb": 100}}},
            "ascent:data.postgres.maxStorageGb",
            "write 200",
        ),
        (
            {"tier": "mvp", "data": {"postgres": {"enabled": True, "storageGb": 100, "maxStorageGb": 109}}},
            "ascent:data.postgres.maxStorageGb",
            "by a tenth, or RDS refuses it",
        ),
        (
            {"tier": "mvp", "data": {"postgres": {"enabled": True, "instanceClass": "db.x2g.large"}}},
            "ascent:observability.alarms.databaseConnections",
            "how many connections db.x2g.large allows is not known; write about 80 %",
        ),
        (
            {"tier": "mvp", "data": {"postgres": {"engineVersion": 13}}},
            "ascent:data.postgres.engineVersion",
            "14 to 18",
        ),
        (
            {"tier": "mvp", "compute": {"secretKeyArns": ["arn:aws:kms:us-east-1:111111111111:alias/x"]}},
            "ascent:compute.secretKeyArns[0]",
            "not of an alias",
        ),
        (
            {"tier": "mvp", "resilience": {"backup": True}, "data": {"dynamodb": {"enabled": False}}},
            "ascent:resilience.backup",
            "no data store to back up",
        ),
        ({"tier": "startup"}, "ascent:observability.alarmEmails", "somebody who hears its alarms"),
        ({"tier": "mvp", "accountId": "12345"}, "ascent:accountId", "12-digit"),
        ({"tier": "mvp", "application": "internal-tools"}, "ascent:application", "does not begin with internal-"),
        ({"tier": "mvp", "owner": "a\nb"}, "ascent:owner", "characters that AWS allows in tags"),
        ({"tier": "mvp", "data": {"postgres": 3}}, "ascent:data.postgres", "an object of settings"),
        ({"tier": "mvp", "compute": {"image": "app:latest"}}, "ascent:compute.image", "a tag other than latest"),
    ],
)
def test_one_clear_line(config: dict[str, object], path: str, wanted: str) -> None:
    (line,) = lines(**config)
    assert line.startswith(f"Pulumi.dev.yaml: {path} is ")
    assert wanted in line


@pytest.mark.parametrize("version", [16, "16"])
def test_a_version_is_a_number_or_text(version: int | str) -> None:
    found = resolved(tier="mvp", data={"postgres": {"engineVersion": version}})
    assert found.settings.data.postgres.engine_version == "16"


def test_an_encrypted_value_passes_where_text_would() -> None:
    domain = seal("ascent:edge.domain")
    found = resolved(tier="mvp", edge={"domain": domain}, security={"secrets": {"STRIPE_KEY": seal("x")}})
    assert found.settings.edge.domain == domain
    shown = {row.path: row.value for row in rows(found)}
    assert shown["edge.domain"] == "[encrypted]"
    assert shown["security.secrets"] == {"STRIPE_KEY": "[secret]"}


def test_an_encrypted_value_that_shapes_the_stack_is_refused() -> None:
    (line,) = lines(tier="mvp", network={"azCount": seal("ascent:network.azCount")})
    assert "ascent:network.azCount is encrypted: it decides what is built" in line
