"""Who may deploy, and names of secrets: every wrong value gets one clear line."""

from __future__ import annotations

from typing import Any

import pytest

from settings.sealed import seal
from tests.settings.test_settings_load import lines, resolved

GITHUB = {"repository": "acme/shop", "branches": ["main"]}


@pytest.mark.parametrize(
    "repository",
    [
        "*/shop",
        "acme/*",
        "acme*/shop",
        "*",
        "acme",
        "acme/shop/extra",
        "https://github.com/acme/shop",
        "",
        "acme/..",
        "-a/b",
    ],
)
def test_a_repository_that_is_not_one(repository: str) -> None:
    (line,) = lines(tier="mvp", delivery={"github": {**GITHUB, "repository": repository}})
    assert line.startswith("Pulumi.dev.yaml: ascent:delivery.github.repository")
    assert "one repository as owner/name, such as acme/shop, without wildcards" in line


@pytest.mark.parametrize("project", ["*/shop", "acme/*", "acme", "/acme/shop", "acme/shop/", "acme//shop"])
def test_a_project_that_is_not_one(project: str) -> None:
    (line,) = lines(tier="mvp", delivery={"gitlab": {"project": project, "branches": ["main"]}})
    assert "one project as group/name" in line


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("branches", ["*"], "one branch by its whole name"),
        ("branches", ["release/*"], "one branch by its whole name"),
        ("branches", ["main", "main"], "must name main only once"),
        ("tags", ["*"], "a tag such as v1.2.3"),
        ("tags", ["v*.*"], "a tag such as v1.2.3"),
        ("environments", ["prod*"], "one environment of the repository"),
        ("ownerId", 0, "1"),
        ("ownerId", "acme", "number"),
        ("provider", "exists", "existing"),
    ],
)
def test_what_may_deploy_is_named(field: str, value: Any, wanted: str) -> None:  # noqa: ANN401
    found = lines(tier="mvp", delivery={"github": {**GITHUB, "ownerId": 1, "repositoryId": 2, field: value}})
    assert len(found) == 1
    assert f"ascent:delivery.github.{field}" in found[0]
    assert wanted in found[0]


def test_a_repository_of_which_nothing_deploys() -> None:
    (line,) = lines(tier="mvp", delivery={"github": {"repository": "acme/shop"}})
    assert "something of acme/shop must be allowed to deploy" in line
    assert "run pulumi config set --stack dev --path 'ascent:delivery.github.branches[0]' main" in line


@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_branches_of_no_repository(host: str) -> None:
    (line,) = lines(tier="mvp", delivery={host: {"branches": ["main"]}})
    assert f"ascent:delivery.{host}.branches" in line
    assert "nobody takes the roles" in line


@pytest.mark.parametrize("number", ["ownerId", "repositoryId"])
def test_one_number_without_the_other(number: str) -> None:
    (line,) = lines(tier="mvp", delivery={"github": {**GITHUB, number: 7}})
    assert "the token names both numbers or none" in line


@pytest.mark.parametrize(
    "principal",
    [
        "*",
        "arn:aws:iam::111111111111:root",
        "arn:aws:iam::111111111111:role/admin",
        "arn:aws:iam::111111111111:user/*",
        "111111111111",
        "emergency",
    ],
)
def test_only_users_take_the_role_for_emergencies(principal: str) -> None:
    (line,) = lines(tier="mvp", security={"breakGlass": {"principals": [principal]}})
    assert "ascent:security.breakGlass.principals" in line
    assert "the ARN of one IAM user" in line


@pytest.mark.parametrize(("days", "wanted"), [(0, "1"), (91, "90"), ("soon", "number")])
def test_rotation_is_due_within_90_days(days: Any, wanted: str) -> None:  # noqa: ANN401
    (line,) = lines(tier="mvp", security={"secretRotationDays": days})
    assert "ascent:security.secretRotationDays" in line
    assert wanted in line


@pytest.mark.parametrize(
    ("region", "wanted"),
    [("us-east-1", "the secrets are there already"), ("cn-north-1", "same partition"), ("us-east", "must be one of")],
)
def test_copies_are_elsewhere(region: str, wanted: str) -> None:
    (line,) = lines(tier="mvp", security={"secretReplicaRegions": [region]})
    assert "ascent:security.secretReplicaRegions" in line
    assert wanted in line


@pytest.mark.parametrize("environment", ["aws-dev", "ssm"])
def test_paths_that_ssm_keeps_to_itself(environment: str) -> None:
    (line,) = lines(tier="mvp", environment=environment)
    assert "ascent:environment" in line
    assert "paths of parameters begin with it" in line
    assert resolved(tier="mvp", environment=environment, security={"parameters": []})


@pytest.mark.parametrize(
    ("security", "name"),
    [
        ({"parameters": ["JWT_SECRET"]}, "parameters.JWT_SECRET"),
        ({"apiKeys": ["JWT_SECRET_ARN"]}, "apiKeys.JWT_SECRET_ARN"),
        ({"apiKeys": ["A_KEY"], "parameters": ["A_KEY_ARN"]}, "parameters.A_KEY_ARN"),
        ({"apiKeys": ["A_KEY"], "secrets": {"A_KEY": seal("1")}}, "apiKeys.A_KEY"),
    ],
)
def test_a_variable_has_one_owner(security: dict[str, Any], name: str) -> None:
    (line,) = lines(tier="mvp", security=security)
    assert f"ascent:security.{name}" in line
    assert "set twice" in line


def test_names_that_differ_in_case_alone() -> None:
    (line,) = lines(tier="mvp", security={"apiKeys": ["PARTNER", "partner"]})
    assert "secrets must differ in more than case" in line


def test_who_may_deploy_is_never_encrypted() -> None:
    """What a role trusts must be readable in the stack file."""
    path = "ascent:delivery.github.repository"
    (line,) = lines(tier="mvp", delivery={"github": {**GITHUB, "repository": seal(path)}})
    assert "one repository as owner/name" in line or "must be readable" in line
