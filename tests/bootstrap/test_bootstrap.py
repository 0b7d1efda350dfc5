"""The account's own stack: planned, judged and priced by the same tools; wrong values refused in a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ascent.cost.book.prices import load_prices
from ascent.cost.costing import cost_of
from ascent.plan.workers.worker import answer
from ascent.verdicts.judge import facts_of
from bootstrap.options import options_of
from policies.pack import types
from policies.pack.evaluate import evaluate
from settings.errors import SettingsError

if TYPE_CHECKING:
    from ascent.plan.model import Plan

ROOT = Path(__file__).resolve().parents[2]


def planned(**changes: Any) -> Plan:  # noqa: ANN401 - any values of the configuration
    text = {
        (key if ":" in key else f"bootstrap:{key}"): value if isinstance(value, str) else json.dumps(value)
        for key, value in changes.items()
    }
    found = answer(ROOT / "bootstrap", "account", text)
    assert found.recording is not None, found.error
    return found.recording.plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return planned()


def test_no_rule_is_in_the_way(plan: Plan) -> None:
    report = evaluate(facts_of(plan))
    assert plan.tier == "production"
    assert [f"{r.verdict.rule} {r.verdict.urn}: {r.message}" for r in report.mandatory_failures] == []
    assert report.waived == 0


def test_what_it_makes(plan: Plan) -> None:
    assert len(plan.by_type[types.S3_BUCKET]) == 2
    (store,) = (r for r in plan.by_type[types.S3_BUCKET] if r.name.endswith("-state-store-bucket"))
    (repository,) = plan.by_type[types.ECR_REPOSITORY]
    (key,) = plan.by_type[types.KMS_KEY]
    for kept in (store, repository, key):
        assert kept.options.protect
    assert len(plan.by_type["aws:iam/openIdConnectProvider:OpenIdConnectProvider"]) == 1
    (role,) = plan.by_type["aws:iam/role:Role"]
    trust = json.dumps(role.inputs["assumeRolePolicy"]) + json.dumps(role.partly_known)
    assert "repo:example/shop:environment:images" in trust
    (policy,) = plan.by_type["aws:iam/rolePolicy:RolePolicy"]
    said = json.dumps(policy.inputs) + json.dumps(policy.partly_known)
    assert "ecr:PutImage" in said
    assert "iam:" not in said
    (budget,) = plan.by_type["aws:budgets/budget:Budget"]
    assert budget.inputs["limitAmount"] == "100"
    assert len(budget.inputs["notifications"]) == 3
    assert set(plan.outputs) == {
        *("imagesRoleArn", "repository", "secretsProvider", "stateBucket", "stateKeyArn", "stateUrl"),
    }


def test_it_costs_a_few_dollars(plan: Plan) -> None:
    expected = cost_of(plan, load_prices()).estimate.total
    assert 1 <= expected.low <= expected.expected <= 10


def test_versions_of_the_state_can_be_locked() -> None:
    kind = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
    (lock,) = planned(lockDays=30).by_type[kind]
    assert lock.inputs["rule"]["defaultRetention"] == {"mode": "GOVERNANCE", "days": 30}


def test_without_a_code_host() -> None:
    plan = planned(github={})
    assert "aws:iam/role:Role" not in plan.by_type
    assert "imagesRoleArn" not in plan.outputs


GIVEN = {"bootstrap:alertEmails": '["a@example.com"]'}


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"bootstrap:budgetUsd": "0"}, "budgetUsd is 0"),
        ({"bootstrap:budgetUsd": "many"}, 'budgetUsd is "many"'),
        ({"bootstrap:alertEmails": "[]"}, "alertEmails is []"),
        ({"bootstrap:alertEmails": '["nobody"]'}, 'alertEmails is ["nobody"]'),
        ({"bootstrap:lockDays": "-1"}, "lockDays is -1"),
        ({"bootstrap:lockday": "1"}, "lockday"),
        ({"bootstrap:application": "Big Shop"}, 'application is "Big Shop"'),
    ],
)
def test_wrong_values(config: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        options_of({**GIVEN, **config}, "account")
    (line,) = str(refused.value).splitlines()
    assert line.startswith("Pulumi.account.yaml: ")
    assert says in line


def test_who_hears_must_be_said() -> None:
    with pytest.raises(SettingsError, match="alertEmails"):
        options_of({}, "account")
