"""The policy builder: IAM's form, and no wildcard without a reason."""

from __future__ import annotations

import pytest

from components.foundation.policy_document import Statement, service_trust


def test_statement_is_written_as_iam_writes_it() -> None:
    statement = Statement(
        sid="Write",
        actions=["s3:PutObject"],
        resources=["arn:aws:s3:::logs/*"],
        principals={"Service": ["delivery.logs.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": "111111111111"}},
    )
    assert statement.document() == {
        "Sid": "Write",
        "Effect": "Allow",
        "Principal": {"Service": ["delivery.logs.amazonaws.com"]},
        "Action": ["s3:PutObject"],
        "Resource": ["arn:aws:s3:::logs/*"],
        "Condition": {"StringEquals": {"aws:SourceAccount": "111111111111"}},
    }


@pytest.mark.parametrize(
    "wild",
    [
        {"actions": ["*"], "resources": ["arn:aws:s3:::a"]},
        {"actions": ["s3:*"], "resources": ["arn:aws:s3:::a"]},
        {"actions": ["s3:GetObject"], "resources": ["*"]},
        {"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::a"], "principals": {"AWS": ["*"]}},
    ],
)
def test_a_wildcard_needs_its_reason(wild: dict) -> None:
    with pytest.raises(ValueError, match="statement All uses \\* without a wildcard_reason"):
        Statement(sid="All", **wild)
    assert Statement(sid="All", wildcard_reason="a denial", **wild).sid == "All"


def test_trust_names_the_services_only() -> None:
    assert service_trust("ecs-tasks.amazonaws.com") == (
        '{"Version": "2012-10-17", "Statement": [{"Sid": "Service", "Effect": "Allow", '
        '"Principal": {"Service": ["ecs-tasks.amazonaws.com"]}, "Action": ["sts:AssumeRole"]}]}'
    )
