"""Reads of the stack's secrets by anybody but those who must."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pulumi

from components.foundation.event import EventSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.context import Context

_SUFFIX: Final = len("-XXXXXX")
"""What Secrets Manager adds to a secret's name in its ARN: a hyphen and six characters."""


def unusual_reads(context: Context, secrets: Sequence[pulumi.Output[str]], readers: Sequence[str]) -> EventSpec:
    """Tell of each read of a secret by another principal than the roles that must read it.

    CloudTrail records it, so the account needs a trail with management events; reads are among them.

    Args:
        context: account and partition.
        secrets: ARNs.
        readers: starts of the names of roles that read secrets as a matter of course.
    """
    expected = [context.arn("iam", f"role/{start}", region="") for start in readers]
    return EventSpec(
        key="secret-read",
        title="somebody other than the application read a secret",
        reads=True,
        pattern={
            "source": ["aws.secretsmanager"],
            "detail-type": ["AWS API Call via CloudTrail"],
            "detail": {
                # A batch is recorded as one of these for each of its secrets.
                "eventName": ["GetSecretValue"],
                "requestParameters": {"secretId": [way for arn in secrets for way in _ways_to_call(arn)]},
                # Users and root have no session, and so no issuer that could be another one.
                "$or": [
                    _issued_by({"anything-but": {"prefix": expected}}),
                    _issued_by({"exists": False}),
                ],
            },
        },
    )


def _ways_to_call(arn: pulumi.Output[str]) -> list[Any]:
    """A call names a secret by its ARN, by that without its last characters, or by its name."""
    start = arn.apply(lambda known: known[:-_SUFFIX])
    return [{"prefix": start}, start.apply(lambda known: known.rpartition(":")[2])]


def _issued_by(role: dict[str, Any]) -> dict[str, Any]:
    return {"userIdentity": {"sessionContext": {"sessionIssuer": {"arn": [role]}}}}
