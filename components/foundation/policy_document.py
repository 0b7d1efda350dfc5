"""The one builder of IAM, resource and key policies."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pulumi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement of a policy.

    Args:
        sid: what the statement is for, letters and digits.
        actions: such as `s3:PutObject`.
        resources: ARNs; leave empty in trust policies, which have none.
        principals: kind (`Service`, `AWS`, `Federated`) → who; leave empty in identity policies.
        conditions: operator → key → value or values.
        effect: `Allow` or `Deny`.
        wildcard_reason: why a bare `*`, or every action of a service, is right here; required wherever one stands.

    Raises:
        ValueError: a wildcard without its reason.
    """

    sid: str
    actions: Sequence[str]
    resources: Sequence[pulumi.Input[str]] = ()
    principals: Mapping[str, Sequence[pulumi.Input[str]]] = field(default_factory=dict)
    conditions: Mapping[str, Mapping[str, pulumi.Input[str] | Sequence[pulumi.Input[str]]]] = field(
        default_factory=dict
    )
    effect: Literal["Allow", "Deny"] = "Allow"
    wildcard_reason: str = ""

    def __post_init__(self) -> None:
        named = (*self.resources, *(who for group in self.principals.values() for who in group))
        # Only text is compared: an Output is never a bare wildcard, and comparing one is meaningless.
        bare = any(isinstance(n, str) and n == "*" for n in named)
        if (bare or any(a == "*" or a.endswith(":*") for a in self.actions)) and not self.wildcard_reason:
            raise ValueError(f"statement {self.sid} uses * without a wildcard_reason")

    def document(self) -> dict[str, Any]:
        """The statement as IAM writes it."""
        body: dict[str, Any] = {"Sid": self.sid, "Effect": self.effect}
        if self.principals:
            # `{"AWS": "*"}` and `"*"` differ in some services; the list form is kept for everything else.
            body["Principal"] = {kind: list(who) for kind, who in self.principals.items()}
        body["Action"] = list(self.actions)
        if self.resources:
            body["Resource"] = list(self.resources)
        if self.conditions:
            body["Condition"] = {op: dict(keys) for op, keys in self.conditions.items()}
        return body


def policy_document(*statements: Statement) -> pulumi.Output[str]:
    """A policy of these statements as JSON; unknown until deployment as soon as one ARN in it is."""
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [s.document() for s in statements]})


def service_trust(
    *services: str, conditions: Mapping[str, Mapping[str, pulumi.Input[str]]] | None = None
) -> pulumi.Input[str]:
    """The trust policy of a role that AWS services assume; a plain text where nothing in it waits for a deployment.

    Args:
        services: principals such as `ecs-tasks.amazonaws.com`.
        conditions: limits on who may use the service to assume it, such as `aws:SourceAccount`.
    """
    statement = Statement(
        sid="Service",
        actions=["sts:AssumeRole"],
        principals={"Service": list(services)},
        conditions=conditions or {},
    )
    if conditions:
        return policy_document(statement)
    return json.dumps({"Version": "2012-10-17", "Statement": [statement.document()]})
