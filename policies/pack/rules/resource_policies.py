"""Policies on what other accounts could be let in to: queues, topics, secrets, repositories, functions, roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.access import admits_strangers
from policies.pack.facts.documents import open_text, statements
from policies.pack.layers import SECURITY
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.values import Unset, at, is_set, show
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_DOCUMENTS: Final = {
    types.SQS_QUEUE: "policy",
    types.SQS_QUEUE_POLICY: "policy",
    types.SNS_TOPIC: "policy",
    types.SNS_TOPIC_POLICY: "policy",
    types.SECRETSMANAGER_SECRET: "policy",
    types.SECRETSMANAGER_SECRET_POLICY: "policy",
    types.ECR_REPOSITORY_POLICY: "policy",
    types.IAM_ROLE: "assumeRolePolicy",
    types.BACKUP_VAULT_POLICY: "policy",
    types.CLOUDWATCH_EVENT_BUS_POLICY: "policy",
    types.CLOUDWATCH_LOG_DESTINATION_POLICY: "accessPolicy",
    types.CLOUDWATCH_LOG_RESOURCE_POLICY: "policyDocument",
    types.DYNAMODB_RESOURCE_POLICY: "policy",
    types.ECR_REGISTRY_POLICY: "policy",
    types.EFS_FILE_SYSTEM_POLICY: "policy",
    types.GLUE_RESOURCE_POLICY: "policy",
    types.KINESIS_RESOURCE_POLICY: "policy",
    types.MSK_CLUSTER_POLICY: "policy",
    types.OPENSEARCH_DOMAIN: "accessPolicies",
    types.ELASTICSEARCH_DOMAIN: "accessPolicies",
    types.OPENSEARCH_DOMAIN_POLICY: "accessPolicies",
}
"""Type → the property that holds its policy."""


_GRANTS: Final = {
    types.LAMBDA_PERMISSION: ("sourceAccount", "sourceArn", "principalOrgId"),
    types.LAMBDA_LAYER_VERSION_PERMISSION: ("organizationId",),
    types.CLOUDWATCH_EVENT_PERMISSION: ("condition",),
}
"""Grants of one principal each → what may narrow them."""

_DOMAINS: Final = (types.OPENSEARCH_DOMAIN, types.ELASTICSEARCH_DOMAIN)


@SECURITY.joined(
    "policy-not-public",
    "No queue, topic, secret, repository, function, role or store is open to every account",
    on=(*_DOCUMENTS, *_GRANTS, types.LAMBDA_FUNCTION_URL),
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why='Principal "*" means every AWS account there is, or everybody, unless a condition says who.',
    fix="Name the principals, or add a condition on aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn; set "
    'authorizationType of a function URL to "AWS_IAM".',
    anchors=("FSBP SQS.3", "FSBP Lambda.1", "checkov CKV_AWS_60"),
)
def policy_not_public(resource: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """No statement that allows something to principals of every account.

    A search domain in a VPC answers nobody outside it, whatever its policy says.
    """
    wanted = 'no principal "*" without a condition on account, organisation or principal'
    if resource.type == types.LAMBDA_FUNCTION_URL:
        kind = at(resource, "authorizationType")
        if kind is UNKNOWN:
            return unverified(show(resource, "authorizationType"), "AWS_IAM")
        return failed("authorizationType is 'NONE'", "AWS_IAM") if kind == "NONE" else passed("callers sign requests")
    if resource.type in _GRANTS:
        return _granted(resource, wanted)
    domains = (resource, *stack.referred(resource, "domainName", *_DOMAINS))
    if any(is_set(at(domain, "vpcOptions.subnetIds")) for domain in domains):
        return passed("the domain is in a VPC")
    path = _DOCUMENTS[resource.type]
    found = statements(resource, path)
    if isinstance(found, Unknown):
        return unverified(open_text(resource, path, "the policy"), wanted)
    if isinstance(found, Unset):
        return None
    if any(admits_strangers(s, found) for s in found):
        return failed("the policy admits everybody", wanted)
    return passed("the policy names its principals")


def _granted(grant: ResourceFacts, wanted: str) -> Outcome:
    limits = any(is_set(at(grant, key)) for key in _GRANTS[grant.type])
    anywhere = at(grant, "sourceArn") == "*" and not is_set(at(grant, "sourceAccount"))
    # Buckets of any account may call through S3, which is one principal for all of them.
    strangers = ("*", "s3.amazonaws.com") if grant.type == types.LAMBDA_PERMISSION else ("*",)
    if at(grant, "principal") in strangers and (anywhere or not limits):
        return lacking(grant, "principal", wanted)
    return passed("the permission says who may call")
