"""IAM: policies, roles and users."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import Statement, statements
from policies.pack.layers import SECURITY
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import Unset, at, known_items
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_IDENTITY_POLICIES: Final = (
    types.IAM_POLICY,
    types.IAM_ROLE_POLICY,
    types.IAM_USER_POLICY,
    types.IAM_GROUP_POLICY,
)

_ATTACHMENTS: Final = (
    types.IAM_ROLE_POLICY_ATTACHMENT,
    types.IAM_USER_POLICY_ATTACHMENT,
    types.IAM_GROUP_POLICY_ATTACHMENT,
    types.IAM_POLICY_ATTACHMENT,
    types.IAM_ROLE_POLICY_ATTACHMENTS_EXCLUSIVE,
    types.IAM_USER_POLICY_ATTACHMENTS_EXCLUSIVE,
    types.IAM_GROUP_POLICY_ATTACHMENTS_EXCLUSIVE,
)

_CI_ISSUERS: Final = ("token.actions.githubusercontent.com", "gitlab.com", "agent.buildkite.com", "oidc.circleci.com")


@SECURITY.resource(
    "iam-no-full-admin",
    "No policy allows every action on everything",
    on=(*_IDENTITY_POLICIES, types.IAM_ROLE, *_ATTACHMENTS),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="Whoever gets hold of such an identity owns the account, backups and audit trail included.",
    fix="List the actions that are needed, and the resources they are needed on.",
    anchors=("FSBP IAM.1", "checkov CKV_AWS_62", "checkov CKV_AWS_63", "cdk-nag AwsSolutions-IAM5"),
)
def iam_no_full_admin(resource: ResourceFacts) -> Outcome | None:
    """No `*` on `*` in a policy or a role's inline policies, and no AdministratorAccess attached."""
    wanted = "actions and resources by name"
    if resource.type in _ATTACHMENTS:
        attached = [*known_items(resource, "policyArn"), *known_items(resource, "policyArns")]
        if any(str(arn).endswith("/AdministratorAccess") for arn in attached):
            return failed("AdministratorAccess is attached", wanted)
        return passed("AdministratorAccess is not attached")
    if resource.type != types.IAM_ROLE:
        return _no_full_admin([resource], wanted)
    if any(str(arn).endswith("/AdministratorAccess") for arn in known_items(resource, "managedPolicyArns")):
        return failed("managedPolicyArns holds AdministratorAccess", wanted)
    inline = at(resource, "inlinePolicies")
    if inline is UNKNOWN:
        return unverified("inlinePolicies are known only after deployment", wanted)
    blocks = known_items(inline)
    return _no_full_admin(blocks, wanted) if blocks else None


def _no_full_admin(sources: list[ResourceFacts], wanted: str) -> Outcome:
    unknown = False
    for source in sources:
        found = statements(source, "policy")
        if isinstance(found, Unknown):
            unknown = True
        elif not isinstance(found, Unset) and any(_is_full_admin(s) for s in found):
            return failed('the policy allows "*" on "*"', wanted)
    if unknown:
        return unverified("the policy is known only after deployment", wanted)
    return passed("no statement allows everything")


def _is_full_admin(statement: Statement) -> bool:
    everything = {"*", "*:*"}.intersection(statement.actions)
    return statement.allow and bool(everything) and "*" in statement.resources


@SECURITY.stack(
    "iam-no-users",
    "Nobody has long-lived AWS keys",
    on=(types.IAM_USER, types.IAM_ACCESS_KEY),
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="Keys that never expire are the ones that are found in repositories and laptops years later.",
    fix="Use IAM Identity Center for people, roles for workloads, and OIDC federation for CI.",
    anchors=("checkov CKV_AWS_273",),
)
def iam_no_users(stack: StackFacts) -> Outcome:
    """No IAM user or access key in the stack."""
    found = sorted(r.name for r in stack.of_type(types.IAM_USER, types.IAM_ACCESS_KEY))
    if found:
        return failed(f"IAM users or access keys: {', '.join(found)}", "none")
    return passed("no IAM user or access key")


@SECURITY.resource(
    "iam-oidc-trust-scoped",
    "CI roles trust one repository, not everybody's",
    on=types.IAM_ROLE,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="All customers of a CI service share its issuer: without a condition any of them can take the role.",
    fix='Add a StringEquals or StringLike condition on "<issuer>:sub" that names organisation and repository.',
    anchors=("checkov CKV_AWS_393", "checkov CKV_AWS_60"),
)
def iam_oidc_trust_scoped(role: ResourceFacts) -> Outcome | None:
    """A condition on the subject in every statement that trusts a CI service's issuer."""
    wanted = "a condition on the token's subject"
    found = statements(role, "assumeRolePolicy")
    if isinstance(found, Unknown):
        return unverified("the trust policy is known only after deployment", wanted)
    trusting = [] if isinstance(found, Unset) else [(s, i) for s in found for i in _issuers(s)]
    if not trusting:
        return None
    if all(_pins_subject(s, issuer) for s, issuer in trusting):
        return passed("the trust policy pins the token's subject")
    return failed("the trust policy admits any repository", wanted)


def _issuers(statement: Statement) -> list[str]:
    federated = [str(who) for kind, who in statement.principals if kind == "Federated"]
    return [issuer for issuer in _CI_ISSUERS if statement.allow and any(issuer in f for f in federated)]


def _pins_subject(statement: Statement, issuer: str) -> bool:
    """Whether the subject must start with something definite: an organisation, at least."""
    subjects = [
        value
        for operator, values in statement.condition(f"{issuer}:sub")
        if operator in ("stringequals", "stringlike", "stringequalsignorecase")
        for value in values
    ]
    return bool(subjects) and all(re.match(r"[\w-]+:[^*?:/]", str(s)) for s in subjects)
