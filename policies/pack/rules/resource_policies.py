"""Policies on what other accounts could be let in to: queues, topics, secrets, repositories, functions, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.access import admits_strangers
from policies.pack.facts.documents import statements
from policies.pack.layers import SECURITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import Unset, at, is_set, show
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

_DOCUMENTS: Final = {
    types.SQS_QUEUE: "policy",
    types.SQS_QUEUE_POLICY: "policy",
    types.SNS_TOPIC: "policy",
    types.SNS_TOPIC_POLICY: "policy",
    types.SECRETSMANAGER_SECRET: "policy",
    types.SECRETSMANAGER_SECRET_POLICY: "policy",
    types.ECR_REPOSITORY_POLICY: "policy",
    types.IAM_ROLE: "assumeRolePolicy",
}
"""Type → the property that holds its policy."""


@SECURITY.resource(
    "policy-not-public",
    "No queue, topic, secret, repository, function or role is open to every account",
    on=(*_DOCUMENTS, types.LAMBDA_PERMISSION, types.LAMBDA_FUNCTION_URL),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why='Principal "*" means every AWS account there is, or everybody, unless a condition says who.',
    fix="Name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn; set "
    'authorizationType of a function URL to "AWS_IAM".',
    anchors=("FSBP SQS.3", "FSBP Lambda.1"),
)
def policy_not_public(resource: ResourceFacts) -> Outcome | None:
    """No statement that allows something to principals of every account."""
    wanted = 'no principal "*" without a condition on account, organisation or principal'
    if resource.type == types.LAMBDA_FUNCTION_URL:
        kind = at(resource, "authorizationType")
        if kind is UNKNOWN:
            return unverified(show(resource, "authorizationType"), "AWS_IAM")
        return failed("authorizationType is 'NONE'", "AWS_IAM") if kind == "NONE" else passed("callers sign requests")
    if resource.type == types.LAMBDA_PERMISSION:
        limits = any(is_set(at(resource, key)) for key in ("sourceAccount", "sourceArn", "principalOrgId"))
        anywhere = at(resource, "sourceArn") == "*" and not is_set(at(resource, "sourceAccount"))
        if at(resource, "principal") == "*" and (anywhere or not limits):
            return failed("principal is '*'", wanted)
        return passed("the permission says who may call")
    found = statements(resource, _DOCUMENTS[resource.type])
    if isinstance(found, Unknown):
        return unverified("the policy is known only after deployment", wanted)
    if isinstance(found, Unset):
        return None
    if any(admits_strangers(s, found) for s in found):
        return failed("the policy admits everybody", wanted)
    return passed("the policy names its principals")
