"""What people write beside the mark: taken where it can be meant in one way only, else answered with what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ascent.plan.config import read_stack
from ascent.plan.settings import settings_of
from common.problems import InputError
from settings.sealed import seal
from tests.settings.test_settings_load import lines, resolved

if TYPE_CHECKING:
    from pathlib import Path

SET = "pulumi config set --stack dev"
PATH = "--path ascent"


@pytest.mark.parametrize(
    ("config", "path", "text"),
    [
        ({"compute": {"environment": {"LIMIT": 10, "RATE": 0.5, "ON": True}}}, "compute.environment.LIMIT", "10"),
        ({"compute": {"environment": {"RATE": 0.5}}}, "compute.environment.RATE", "0.5"),
        ({"compute": {"environment": {"ON": True}}}, "compute.environment.ON", "true"),
        ({"compute": {"user": 1000}}, "compute.user", "1000"),
        ({"compute": {"command": ["serve", 8000]}}, "compute.command.1", "8000"),
        ({"data": {"postgres": {"enabled": True, "engineVersion": 16}}}, "data.postgres.engine_version", "16"),
    ],
)
def test_a_number_is_text_where_text_is_meant(config: dict[str, Any], path: str, text: str) -> None:
    found: Any = resolved(tier="mvp", **config).settings
    for part in path.split("."):
        found = found[int(part)] if part.isdigit() else found[part] if isinstance(found, dict) else getattr(found, part)
    assert found == text


@pytest.mark.parametrize(
    ("section", "value", "wanted", "fix"),
    [
        ("network.flowLogRetentionDays", True, "a whole number of days", ""),
        ("network.flowLogRetentionDays", "30d", "a whole number of days", "30"),
        ("network.flowLogRetentionDays", "2 weeks", "a whole number of days", "14"),
        ("network.flowLogRetentionDays", "1 year", "a whole number of days", "365"),
        ("compute.memory", "1 GB", "a whole number of MiB", "1024"),
        ("compute.memory", "512MiB", "a whole number of MiB", "512"),
        ("compute.memory", 0.5, "a whole number of MiB", "512"),
        ("compute.cpu", 0.25, "0.25 vCPU is 256", "256"),
        ("compute.cpu", "2 vCPU", "a whole number of CPU units", "2048"),
        ("compute.cpu", ".5", "a whole number of CPU units", "512"),
        ("compute.healthCheckGraceSeconds", "2m", "a whole number of seconds", "120"),
        ("compute.targetCpuPercent", "70%", "a whole number of percent", "70"),
        ("compute.targetCpuPercent", 0.7, "a whole number of percent", "70"),
        ("compute.minCount", 2.5, "a whole number", "2"),
        ("compute.minCount", "many", "a whole number", ""),
        ("budget.monthlyLimitUsd", "30 USD", "a whole number of USD", "30"),
        ("budget.monthlyLimitUsd", "$1,000", "a whole number of USD", "1000"),
        ("budget.monthlyLimitUsd", "30 apples", "a whole number of USD", ""),
        ("data.postgres.storageGb", "1 TB", "a whole number of GB", "1024"),
        ("data.postgres.enabled", 1, "true or false", "true"),
        ("network.nat", "sinlge", "none, single, per_az", "single"),
        ("network.nat", False, "none, single, per_az", "none"),
        ("network.nat", "ha", "none, single, per_az", "per_az"),
        ("compute.architecture", "amd64", "arm64, x86_64", "x86_64"),
        ("compute.architecture", "aarch64", "arm64, x86_64", "arm64"),
        ("compute.kind", "ecs", "ec2, fargate", "fargate"),
        ("edge.ingress", "cdn", "cloudfront, alb", "cloudfront"),
        ("observability.logRetentionDays", 31, "must be one of", "60"),
        ("compute.port", 80, "only root may listen", "8080"),
        ("compute.instanceType", "T4G.micro", "an EC2 instance type", "t4g.micro"),
        ("compute.instanceType", "db.t4g.micro", "an EC2 instance type", "t4g.micro"),
        ("compute.healthCheckPath", "health", "an absolute path", "/health"),
        ("data.postgres.instanceClass", "t4g.micro", "an RDS instance class", "db.t4g.micro"),
        ("edge.domain", "https://App.example.com/", "a domain", "app.example.com"),
    ],
)
def test_what_was_meant_can_be_pasted(section: str, value: object, wanted: str, fix: str) -> None:
    head, *rest = section.split(".")
    config: Any = value
    for part in reversed(rest):
        config = {part: config}
    (line,) = lines(tier="mvp", **{head: config})
    assert f"ascent:{section} is " in line
    assert wanted in line
    assert line.endswith(f"{SET} --path ascent:{section} {fix}" if fix else "remove it to take the tier's value")


@pytest.mark.parametrize(
    ("key", "value", "fix"),
    [
        ("tier", "prod", "production"),
        ("tier", "dev", "mvp"),
        ("tier", "staging", "startup"),
        ("dataClass", "pii", "confidential"),
        ("dataClass", "phi", "restricted"),
        ("application", "My App", "my-app"),
    ],
)
def test_what_was_meant_outside_of_sections(key: str, value: str, fix: str) -> None:
    (line,) = lines(**{"tier": "mvp", key: value})
    assert line.endswith(f"{SET} ascent:{key} {fix}")


@pytest.mark.parametrize(
    ("config", "fix"),
    [
        (
            {"nat": "single"},
            f"it is ascent:network.nat; remove it here, and run {SET} {PATH}:network.nat single",
        ),
        (
            {"azCount": 3},
            f"it is ascent:network.azCount; remove it here, and run {SET} {PATH}:network.azCount 3",
        ),
        ({"postgres": {"enabled": True}}, "it is ascent:data.postgres; move it there"),
        ({"database": {"enabled": True}}, "it is ascent:data.postgres; move it there"),
        ({"compute": {"nat": "single"}}, "it is ascent:network.nat; move it there"),
        ({"compute": {"services": {}}}, "it is ascent:services; move it there"),
        ({"region": "eu-west-1"}, f"remove it, and run {SET} aws:region eu-west-1"),
        ({"compute": {"min_count": 2}}, "write minCount"),
        ({"frobnicate": 1}, "remove it"),
    ],
)
def test_a_setting_in_the_wrong_place_is_told_its_own(config: dict[str, Any], fix: str) -> None:
    (line,) = lines(tier="mvp", **config)
    assert line.endswith(f"; {fix}")


@pytest.mark.parametrize(
    ("config", "near"),
    [
        ({"compute": {"instanceType": "t9g.giant"}}, "t4g."),
        ({"compute": {"instanceType": "t9.giant"}}, "t3."),
        ({"compute": {"instanceType": "t4g.mikro"}}, "t4g.micro"),
        ({"data": {"postgres": {"enabled": True, "instanceClass": "db.t9g.giant"}}}, "db.t4g."),
        ({"data": {"postgres": {"enabled": True, "instanceClass": "db.m7g.larg"}}}, "db.m7g.large"),
    ],
)
def test_a_size_that_aws_does_not_offer(config: dict[str, Any], near: str) -> None:
    (line,) = lines(tier="mvp", **config)
    assert "AWS offers no such " in line
    assert f"near ones are {near}" in line
    assert f" {near}" in line.rpartition("--path")[2]


@pytest.mark.parametrize("size", ["m7i.24xlarge", "u-6tb1.56xlarge", "p5.48xlarge"])
def test_every_size_that_aws_offers_is_taken(size: str) -> None:
    found = resolved(tier="mvp", compute={"instanceType": size, "architecture": "x86_64"})
    assert found.settings.compute.instance_type == size


@pytest.mark.parametrize(
    ("section", "variables"),
    [
        ("compute.environment", {"DB_PASSWORD": "hunter2"}),
        ("compute.environment", {"AWS_SECRET_ACCESS_KEY": "abcdefgh"}),
        ("compute.environment", {"DATABASE_URL": "postgres://app:hunter2@db:5432/app"}),
        ("compute.environment", {"PLAIN": "AKIAIOSFODNN7EXAMPLE"}),
        ("services.web.environment", {"API_TOKEN": "hunter2hunter2"}),
    ],
)
def test_a_secret_among_plain_variables_is_refused_unseen(section: str, variables: dict[str, str]) -> None:
    head, *rest = section.split(".")
    config: Any = variables
    for part in reversed(rest):
        config = {part: config}
    (line,) = lines(tier="mvp", **{head: config})
    ((name, value),) = variables.items()
    assert f"ascent:{section}.{name} is [secret]: it looks like a secret" in line
    assert line.endswith(f"pulumi config set --secret --stack dev --path ascent:security.secrets.{name}")
    assert value not in line


def test_a_secret_in_a_command_is_refused_unseen() -> None:
    (line,) = lines(tier="mvp", compute={"command": ["serve", "--password=hunter2"]})
    assert "ascent:compute.command[1] is [secret]: it holds a secret" in line
    assert "hunter2" not in line


def test_secrets_are_encrypted() -> None:
    (line,) = lines(tier="mvp", security={"secrets": {"STRIPE_KEY": "sk_live_x", "FINE": seal("x")}})
    assert "ascent:security.secrets.STRIPE_KEY is in plain text" in line
    assert line.endswith("pulumi config set --secret --stack dev --path ascent:security.secrets.STRIPE_KEY")
    (line,) = lines(tier="mvp", security={"secrets": {"KEY": "arn:aws:secretsmanager:us-east-1:1:secret:a"}})
    assert line.endswith("move it to ascent:compute.secrets.KEY")


@pytest.mark.parametrize(
    "variables",
    [{"TOKEN_URL": "https://x/token"}, {"MAX_TOKENS": "10"}, {"PASSWORD_FILE": "/run/pw"}, {"KEY": seal("x")}],
)
def test_what_only_sounds_like_a_secret_is_fine(variables: dict[str, str]) -> None:
    assert resolved(tier="mvp", compute={"environment": variables}).settings.compute.environment == variables


@pytest.mark.parametrize(
    ("config", "path", "needed"),
    [
        ({"compute": {"cpu": 512}}, "compute.cpu", "compute.kind is ec2"),
        ({"compute": {"kind": "fargate", "volumeGb": 20}}, "compute.volumeGb", "compute.kind is fargate"),
        ({"edge": {"rateLimit": 100}}, "edge.rateLimit", "edge.waf is false"),
        ({"data": {"postgres": {"multiAz": True}}}, "data.postgres.multiAz", "data.postgres.enabled is false"),
        ({"account": {"macie": {"mode": "off"}}}, "", ""),
        ({"edge": {"rateLimit": 100, "waf": True}}, "", ""),
        ({"data": {"postgres": {"multiAz": True, "enabled": True}}}, "", ""),
    ],
)
def test_a_setting_that_changes_nothing_is_a_note(config: dict[str, Any], path: str, needed: str) -> None:
    notes = resolved(tier="mvp", **config).notes
    if not path:
        assert notes == ()
        return
    (note,) = notes
    assert note.startswith(f"Pulumi.dev.yaml: ascent:{path} is ")
    assert f"without effect while ascent:{needed}; remove it, or set " in note


def test_zones_by_name_and_by_another_number() -> None:
    zones = ["us-east-1a", "us-east-1b"]
    (line,) = lines(tier="mvp", network={"azCount": 3, "availabilityZones": zones})
    assert "ascent:network.azCount is 3: ascent:network.availabilityZones names 2 zones" in line
    assert resolved(tier="mvp", network={"azCount": 2, "availabilityZones": zones}).notes == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("  ascent:network:\n    nat: sinlge\n", ':5: ascent:network.nat is "sinlge": '),
        ("  ascent:services:\n    web:\n      port: 80\n", ":6: ascent:services.web.port is 80: "),
        ("  ascent:nat: single\n", ":4: ascent:nat is not a setting: "),
        ("  ascent:network:\n    nat: single\n    nat: none\n", ":6:5: not valid YAML: nat stands in line 5 already"),
        ("  ascent:accountId: 012345678901\n", ":4: ascent:accountId is 012345678901: Pulumi takes a number"),
        ("  ascent:compute:\n    environment: {PIN: 0123}\n", ":5: ascent:compute.environment.PIN is 0123: "),
    ],
)
def test_a_problem_names_its_line(tmp_path: Path, body: str, said: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: ascent\nruntime: python\n")
    (tmp_path / "__main__.py").touch()
    (tmp_path / "Pulumi.dev.yaml").write_text(f"config:\n  aws:region: us-east-1\n  ascent:tier: mvp\n{body}")
    with pytest.raises(InputError) as caught:
        settings_of(read_stack(tmp_path, "dev"))
    assert str(caught.value).startswith(f"Pulumi.dev.yaml{said}")
