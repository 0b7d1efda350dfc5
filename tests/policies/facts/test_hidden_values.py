"""What a state encrypts and a preview hides is called so, and is unverified instead of wrong."""

from __future__ import annotations

import pytest

from policies.pack import types
from policies.pack.facts.secret.blotting import secrets_of
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import U, facts, of, secret

FILES = {"state": "encrypted in the state", "preview": "hidden in the preview"}


def hidden(file: str) -> dict[str, object]:
    return {**secret(U), "hidden": file}


@pytest.mark.parametrize("file", FILES)
def test_a_flag_that_is_hidden_is_unverified(file: str) -> None:
    stack = facts(of(types.RDS_INSTANCE, engine="postgres", storageEncrypted=hidden(file)))
    (verdict,) = RULES["rds-storage-encrypted"].judge(stack)
    assert verdict.status is Status.UNKNOWN
    assert f"storageEncrypted is {FILES[file]}" in verdict.message
    assert "--show-secrets" in verdict.message


@pytest.mark.parametrize("file", FILES)
def test_a_document_that_is_hidden_is_not_called_known_after_deployment(file: str) -> None:
    stack = facts(of(types.ECS_TASK_DEFINITION, containerDefinitions=hidden(file)))
    (verdict,) = RULES["ecs-nonroot"].judge(stack)
    assert verdict.status is Status.UNKNOWN
    assert FILES[file] in verdict.message
    assert "after deployment" not in verdict.message


def test_a_secret_that_no_file_hides_is_known_after_deployment() -> None:
    stack = facts(of(types.RDS_INSTANCE, engine="postgres", storageEncrypted=secret(U)))
    (verdict,) = RULES["rds-storage-encrypted"].judge(stack)
    assert verdict.status is Status.FAIL
    assert "known only after deployment" in verdict.message


def test_another_fault_stays_a_fault_beside_what_is_hidden() -> None:
    alarm = of(types.CLOUDWATCH_METRIC_ALARM, alarmActions=[], actionsEnabled=hidden("state"))
    (verdict,) = RULES["alarm-actions"].judge(facts(alarm))
    assert verdict.status is Status.FAIL


def test_hidden_values_add_no_texts_to_blot_out() -> None:
    (resource,) = (r for r in facts(of(types.RDS_INSTANCE, password=hidden("state"))).resources if r.name == "it")
    assert resource.hidden
    assert secrets_of(resource.props) == frozenset()
