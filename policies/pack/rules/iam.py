"""IAM: policies, roles and users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.access import is_full_admin
from policies.pack.facts.documents import Statement, open_text, statements
from policies.pack.facts.oidc import issuer_of, pins_customer
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


@SECURITY.resource(
    "iam-no-full-admin",
    "No policy allows every action on everything",
    on=(*_IDENTITY_POLICIES, types.SSOADMIN_PERMISSION_SET_INLINE_POLICY, types.IAM_ROLE, *_ATTACHMENTS),
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
    if resource.type == types.SSOADMIN_PERMISSION_SET_INLINE_POLICY:
        return _no_full_admin([resource], wanted, "inlinePolicy")
    if resource.type != types.IAM_ROLE:
        return _no_full_admin([resource], wanted)
    if any(str(arn).endswith("/AdministratorAccess") for arn in known_items(resource, "managedPolicyArns")):
        return failed("managedPolicyArns holds AdministratorAccess", wanted)
    inline = at(resource, "inlinePolicies")
    if inline is UNKNOWN:
        return unverified("inlinePolicies are known only after deployment", wanted)
    blocks = known_items(inline)
    return _no_full_admin(blocks, wanted) if blocks else None


def _no_full_admin(sources: list[ResourceFacts], wanted: str, path: str = "policy") -> Outcome:
    open_ = ""
    for source in sources:
        found = statements(source, path)
        if isinstance(found, Unknown):
            open_ = open_text(source, path, "the policy")
        elif not isinstance(found, Unset) and any(is_full_admin(s, found) for s in found):
            return failed("the policy allows everything, or all but a few actions, on everything", wanted)
    if open_:
        return unverified(open_, wanted)
    return passed("no statement allows everything")


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
    "Roles for tokens of a shared issuer trust one customer's alone",
    on=types.IAM_ROLE,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="All customers of GitHub, Terraform Cloud and their like share one issuer: any of them could take the role.",
    fix='Add a StringEquals or StringLike condition on "<issuer>:sub" naming organisation and repository or workspace.',
    anchors=("checkov CKV_AWS_393",),
)
def iam_oidc_trust_scoped(role: ResourceFacts) -> Outcome | None:
    """A condition that names the customer in every statement that trusts a shared issuer."""
    wanted = "a condition on the token's subject"
    found = statements(role, "assumeRolePolicy")
    if isinstance(found, Unknown):
        return unverified(open_text(role, "assumeRolePolicy", "the trust policy"), wanted)
    trusting = [] if isinstance(found, Unset) else [(s, i) for s in found for i in _issuers(s)]
    if not trusting:
        return None
    judged = [(issuer, pins_customer(s, issuer)) for s, issuer in trusting]
    if any(pins is False for _, pins in judged):
        open_to = sorted({issuer for issuer, pins in judged if pins is False})
        return failed(f"the trust policy admits every customer of {', '.join(open_to)}", wanted)
    if strange := sorted({issuer for issuer, pins in judged if pins is None}):
        return unverified(f"whether {', '.join(strange)} is shared by several customers is not known", wanted)
    return passed("the trust policy admits one customer's tokens")


def _issuers(statement: Statement) -> list[str]:
    federated = [issuer_of(str(who)) for kind, who in statement.principals if kind.lower() == "federated"]
    return [issuer for issuer in federated if statement.allow and issuer]
