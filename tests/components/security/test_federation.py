"""Trust in code hosts: one repository, by its subjects, and its numbers where they are known.

Not proven: the tokens' form, which the hosts document and have changed before.
"""

from __future__ import annotations

from typing import Any

import pulumi

from components.security.federation import GITHUB, issuers, provider_arn
from settings.sections.delivery import DeliverySettings
from tests.components.mocks import ACCOUNT, Build
from tests.components.surroundings import CONTEXT

REPOSITORY = {"repository": "acme/shop", "branches": ["main"]}


def github(**settings: Any) -> dict[str, Any]:  # noqa: ANN401
    """Conditions of the trust of the deploy role."""
    (issuer,) = issuers(DeliverySettings.model_validate({"github": {**REPOSITORY, **settings}}))
    return dict(issuer.trust("provider-arn", issuer.deploying).conditions)


def gitlab(**settings: Any) -> Any:  # noqa: ANN401
    given = {"project": "acme/team/shop", "branches": ["main"], **settings}
    return issuers(DeliverySettings.model_validate({"gitlab": given}))[0]


def test_a_branch() -> None:
    assert github() == {
        "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub": ["repo:acme/shop:ref:refs/heads/main"]}
    }


def test_an_environment() -> None:
    subjects = github(branches=[], environments=["production"])["StringEquals"][f"{GITHUB}:sub"]
    assert subjects == ["repo:acme/shop:environment:production"]


def test_tags_that_begin_alike_need_a_pattern() -> None:
    conditions = github(branches=[], tags=["v*"])
    assert conditions["StringLike"] == {f"{GITHUB}:sub": ["repo:acme/shop:ref:refs/tags/v*"]}
    assert conditions["StringEquals"] == {f"{GITHUB}:aud": "sts.amazonaws.com"}


def test_numbers_are_pinned_and_both_forms_of_the_subject_taken() -> None:
    equal = github(ownerId=12, repositoryId=345)["StringEquals"]
    assert equal[f"{GITHUB}:sub"] == [
        "repo:acme/shop:ref:refs/heads/main",
        "repo:acme@12/shop@345:ref:refs/heads/main",
    ]
    assert (equal[f"{GITHUB}:repository_id"], equal[f"{GITHUB}:repository_owner_id"]) == ("345", "12")


def test_pull_requests_preview_and_never_deploy() -> None:
    (issuer,) = issuers(DeliverySettings.model_validate({"github": REPOSITORY}))
    assert issuer.previewing == ["repo:acme/shop:pull_request"]
    assert not any("pull_request" in subject for subject in issuer.deploying)


def test_gitlab_is_a_second_issuer() -> None:
    issuer = gitlab(tags=["v1"])
    start = "project_path:acme/team/shop:ref_type"
    assert issuer.deploying == [f"{start}:branch:ref:main", f"{start}:tag:ref:v1"]
    assert issuer.previewing == [f"{start}:branch:ref:*"]
    conditions = issuer.trust("arn", issuer.deploying).conditions
    assert conditions["StringEquals"]["gitlab.com:aud"] == "https://gitlab.com"


def test_both_hosts_together() -> None:
    both = {"github": REPOSITORY, "gitlab": {"project": "acme/shop", "branches": ["main"]}}
    assert [issuer.key for issuer in issuers(DeliverySettings.model_validate(both))] == ["github", "gitlab"]
    assert issuers(DeliverySettings()) == []


class Holder(pulumi.ComponentResource):
    """A component with a provider."""

    def __init__(self, name: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__("test:index:Holder", name)
        (issuer,) = issuers(DeliverySettings.model_validate({"github": {**REPOSITORY, **settings}}))
        self.provider = provider_arn(f"{name}-github", issuer, CONTEXT, self)
        self.register_outputs({})


def test_the_provider_is_made(build: Build) -> None:
    made = build(lambda: Holder("shop"))
    inputs = made.inputs("shop-github")
    assert (inputs["url"], inputs["clientIdLists"]) == (f"https://{GITHUB}", ["sts.amazonaws.com"])
    # AWS trusts GitHub's and GitLab's certificates by itself.
    assert "thumbprintLists" not in inputs
    assert made.attributes["provider"] == made["shop-github"].outputs["arn"]


def test_or_it_is_there_already(build: Build) -> None:
    made = build(lambda: Holder("shop", provider="existing"))
    assert made.children == {}
    assert made.attributes["provider"] == f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"
