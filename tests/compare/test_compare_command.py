"""`ascent compare`: what it says, that it adds up, and one line for every bad input."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from tests.compare.conftest import OWN
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer, Project


def document(answer: Answer) -> dict[str, Any]:
    assert (answer.status, answer.err) == (0, "")
    return json.loads(answer.out)


def test_a_stack_at_another_tier(compare: Callable[..., Answer]) -> None:
    found = document(compare("next", "--tier", "production", "--json"))
    assert (found["before"]["tier"], found["after"]["tier"]) == ("startup", "production")
    resources = found["resources"]
    assert any(r["type"] == "aws:wafv2/webAcl:WebAcl" and r["layer"] == "edge" for r in resources["added"])
    assert any(r["type"] == "aws:cloudfront/distribution:Distribution" for r in resources["removed"])
    (database,) = [r for r in resources["changed"] if r["type"] == "aws:rds/instance:Instance"]
    assert {"name": "multiAz", "before": False, "after": True} in database["properties"]
    for part in ("added", "removed", "changed"):
        assert sum(layer[part] for layer in resources["layers"]) == len(resources[part]) > 0
    before, after = planned(smallest("startup"), "next"), planned(smallest("production"), "next")
    plain = [sum(r.custom and not r.type.startswith("pulumi:") for r in p.resources) for p in (before, after)]
    both = len(resources["changed"]) + resources["onlyTags"] + resources["same"]
    assert plain == [both + len(resources["removed"]), both + len(resources["added"])]


def test_costs_are_those_of_both_plans(compare: Callable[..., Answer]) -> None:
    cost = document(compare("next", "--tier", "production", "--json"))["cost"]
    plans = [planned(smallest(tier), "next") for tier in ("startup", "production")]
    totals = [cost_of(plan, load_prices()).estimate.total.expected for plan in plans]
    assert [cost["before"], cost["after"]] == pytest.approx([float(t) for t in totals], abs=1e-4)
    assert cost["added"] == pytest.approx(float(totals[1] - totals[0]), abs=1e-4)
    assert sum(Decimal(str(layer["added"])) for layer in cost["layers"]) == pytest.approx(
        Decimal(str(cost["added"])), abs=Decimal("0.001")
    )
    assert 0 < cost["ofUsage"] < cost["added"]


def test_rules_and_readiness(compare: Callable[..., Answer]) -> None:
    found = document(compare("next", "--tier", "production", "--json"))
    rules = {r["rule"]: r for r in found["rules"]}
    assert rules["rds-multi-az"]["before"] == "disabled"
    assert rules["rds-multi-az"]["after"] == "mandatory"
    assert all(r["stricter"] for r in rules.values())
    readiness = found["readiness"]
    assert 71 in [item["id"] for item in readiness["itemsGained"]]
    assert readiness["gained"] == pytest.approx(readiness["after"] - readiness["beforeAtSecondTier"])
    assert readiness["gained"] > 0
    assert readiness["before"] > readiness["beforeAtSecondTier"]


def test_what_needs_care_and_what_does_not(compare: Callable[..., Answer]) -> None:
    care = document(compare("next", "--tier", "production", "--json"))["care"]
    said = {(note["name"], note["kind"]): note for note in care}
    assert "internal" in said["*-ingress-lb-alb", "downtime"]["why"]
    assert ("*-ingress-cdn-cdn", "downtime") in said
    # One subnet more does not make another VPC of it.
    assert not any("vpcId" in note["why"] for note in care)
    assert all(note["fix"] for note in care)


def test_the_way_back_says_that_data_goes(compare: Callable[..., Answer]) -> None:
    found = document(compare("prod", "dev", "--json"))
    (database,) = [n for n in found["care"] if n["name"] == "*-postgres-instance"]
    assert database["kind"] == "data removed"
    assert "it is protected" in database["fix"]
    assert found["care"][0]["kind"] == "data removed"
    assert found["cost"]["added"] < 0


def test_two_stacks_of_one_tier_differ_in_nothing(compare: Callable[..., Answer], project: Project) -> None:
    project.stack(
        "twin", **{"aws:region": "us-east-1", "ascent:tier": "production", **OWN, "ascent:accountId": "333333333333"}
    )
    found = document(compare("prod", "twin", "--json"))
    resources = found["resources"]
    assert (resources["added"], resources["removed"], resources["changed"]) == ([], [], [])
    assert (resources["onlyTags"], resources["same"] > 100) == (0, True)
    assert (found["care"], found["rules"], found["readiness"]["gained"]) == ([], [], 0)
    assert (found["settings"], found["steps"]) == ([], [])


def test_each_setting_that_differs_says_what_it_does(compare: Callable[..., Answer]) -> None:
    found = document(compare("next", "--tier", "production", "--json"))["settings"]
    weights = [change["weight"] for change in found]
    assert weights == sorted(weights, key=["data", "downtime", "refused", "in place"].index)
    by_path = {change["path"]: change for change in found}
    ingress = by_path["edge.ingress"]
    assert (ingress["before"], ingress["after"], ingress["weight"]) == ("cloudfront", "alb", "downtime")
    assert ingress["touches"] == ["Load balancer", "Target group", "CloudFront"]
    # What a setting may do and does not do here is not said: retention only costs data where it is lowered.
    assert by_path["observability.logRetentionDays"]["does"] == "in place"
    assert "environment" not in by_path


def test_a_lowered_retention_costs_data(compare: Callable[..., Answer]) -> None:
    found = document(compare("prod", "next", "--json"))["settings"]
    by_path = {change["path"]: change for change in found}
    assert by_path["observability.logRetentionDays"]["weight"] == "data"
    assert found[0]["weight"] == "data"


def test_protection_is_lifted_in_a_step_of_its_own(compare: Callable[..., Answer]) -> None:
    found = document(compare("next", "--tier", "production", "--json"))
    assert any(note["protected"] and "lb-alb" in note["name"] for note in found["care"])
    assert [step["commands"] for step in found["steps"]] == [
        ["pulumi config set --stack next --path ascent:resilience.protect false", "pulumi up --stack next"],
        [
            "pulumi config set --stack next ascent:tier production",
            "pulumi config rm --stack next --path ascent:resilience.protect",
            "pulumi up --stack next",
        ],
    ]
    text = compare("next", "--tier", "production").out
    assert "       pulumi config set --stack next --path ascent:resilience.protect false\n" in text


def test_what_the_first_stack_lacks_cannot_suffer(compare: Callable[..., Answer]) -> None:
    by_path = {change["path"]: change for change in document(compare("dev", "prod", "--json"))["settings"]}
    assert by_path["data.postgres.instanceClass"]["weight"] == "in place"


def test_where_nothing_is_protected_one_deployment_does_it(compare: Callable[..., Answer]) -> None:
    assert document(compare("dev", "next", "--json"))["steps"] == []


def test_another_application_replaces_everything(compare: Callable[..., Answer], project: Project) -> None:
    project.stack(
        "twin",
        **{
            "aws:region": "us-east-1",
            "ascent:tier": "production",
            **OWN,
            "ascent:accountId": "333333333333",
            "ascent:application": "x",
        },
    )
    found = document(compare("prod", "twin", "--json"))
    (change,) = found["settings"]
    assert (change["path"], change["weight"], change["touches"]) == ("application", "data", ["everything"])
    kinds = [note["kind"] for note in found["care"]]
    assert kinds[0] == "data replaced"
    assert "downtime" in kinds
    (database,) = [n for n in found["care"] if n["name"] == "*-postgres-instance"]
    assert database["why"].startswith("ascent:application can only be changed with a new one, without the data")
    assert found["steps"] == []


def test_text_is_the_same_twice(compare: Callable[..., Answer]) -> None:
    first = compare("next", "--tier", "production")
    assert (first.status, first.err) == (0, "")
    assert first.out == compare("next", "--tier", "production").out
    lines = first.out.splitlines()
    assert lines[0] == "next (startup) → next (production)"
    assert [line.partition(":")[0] for line in lines[-3:]] == ["resources", "readiness", "cost"]
    assert "\x1b" not in first.out


def test_missing_settings_are_named_with_the_fix(compare: Callable[..., Answer]) -> None:
    answer = compare("dev", "--tier", "production")
    assert (answer.status, answer.out) == (2, "")
    lines = answer.err.splitlines()
    assert [line.startswith("ascent compare dev --tier production: Pulumi.dev.yaml: ascent:") for line in lines] == [
        True,
        True,
    ]
    assert "edge.domain" in lines[0]
    assert "add an address" in lines[1]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["dev"], "ascent compare dev: must be two stacks, or one stack and --tier; for example "),
        (["dev", "dev"], "ascent compare dev dev: is one stack; name two, or add --tier TIER\n"),
        (["dev", "prod", "--tier", "mvp"], "ascent compare dev prod --tier mvp: must be two stacks, or one "),
        (["dev", "--tier", "mvp"], "ascent compare dev --tier mvp: is the tier it has; name one of startup, "),
        (["dev", "--tier", "produktion"], "ascent compare --tier produktion: must be one of mvp, startup, "),
        (["dev", "nowhere"], "no stack 'nowhere': "),
        (["nowhere", "--tier", "mvp"], "no stack 'nowhere': "),
    ],
)
def test_bad_input(compare: Callable[..., Answer], arguments: list[str], line: str) -> None:
    answer = compare(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.line
    assert answer.err.startswith(line)
