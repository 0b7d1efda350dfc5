"""What a policy leaves to strangers once denials, sources and kinds of access are counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policies.pack import types
from policies.pack.facts import UNKNOWN, ResourceFacts
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import facts, of

ALLOWED = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
OURS = {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}}


def judged(token: str, **props: Any) -> Status:  # noqa: ANN401 - any JSON value
    stack = facts(of(token, "it", **props))
    (verdict,) = [v for v in RULES["policy-not-public"].judge(stack) if v.urn.endswith("::it")]
    assert isinstance(stack.resources[0], ResourceFacts)
    return verdict.status


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        ("sqs:*", Status.PASS),
        ("SQS:Send*", Status.PASS),
        (["sqs:SendMessage", "sqs:ReceiveMessage"], Status.PASS),
        ("sqs:Receive*", Status.FAIL),
    ],
    ids=str,
)
def test_a_denial_counts_for_the_actions_that_it_takes_in(actions: object, status: Status) -> None:
    denied = {"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": "*", "Condition": OURS}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [ALLOWED, denied]})
    assert judged(types.SQS_QUEUE_POLICY, policy=policy) is status


def test_a_function_url_of_unknown_kind_is_unverified() -> None:
    assert judged(types.LAMBDA_FUNCTION_URL, authorizationType=UNKNOWN) is Status.UNKNOWN
    assert judged(types.LAMBDA_FUNCTION_URL, authorizationType="NONE") is Status.FAIL
    assert judged(types.LAMBDA_FUNCTION_URL, authorizationType="AWS_IAM") is Status.PASS


def test_any_source_is_no_limit() -> None:
    assert judged(types.LAMBDA_PERMISSION, principal="*", sourceArn="*") is Status.FAIL
    assert judged(types.LAMBDA_PERMISSION, principal="*", sourceArn="*", sourceAccount="111111111111") is Status.PASS
