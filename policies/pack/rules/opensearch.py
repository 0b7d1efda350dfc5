"""Search domains of OpenSearch, and of Elasticsearch before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, one_of, present
from policies.pack.layers import DATA
from policies.pack.levels import ALWAYS
from policies.pack.rule import Severity
from policies.pack.verdict import Outcome, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts

_DOMAINS: Final = (types.OPENSEARCH_DOMAIN, types.ELASTICSEARCH_DOMAIN)

_TLS: Final = ("Policy-Min-TLS-1-2-2019-07", "Policy-Min-TLS-1-2-PFS-2023-10")


@DATA.resource(
    "opensearch-encrypted",
    "Search domains are encrypted at rest and between their nodes",
    on=_DOMAINS,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Indices copy what databases hold; AWS encrypts neither disks nor traffic of a domain unless it is told to.",
    fix="Set encryptAtRest.enabled and nodeToNodeEncryption.enabled to true.",
    anchors=(
        "FSBP Opensearch.1",
        "FSBP Opensearch.3",
        "FSBP ES.1",
        "FSBP ES.3",
        "checkov CKV_AWS_5",
        "checkov CKV_AWS_6",
        "prowler opensearch_service_domains_encryption_at_rest_enabled",
    ),
)
def opensearch_encrypted(domain: ResourceFacts) -> Outcome:
    """`encryptAtRest.enabled` and `nodeToNodeEncryption.enabled`, both off by default."""
    return worst(is_true(domain, f"{key}.enabled") for key in ("encryptAtRest", "nodeToNodeEncryption"))


@DATA.resource(
    "opensearch-private",
    "Search domains are in a VPC and speak TLS 1.2 only",
    on=_DOMAINS,
    severity=Severity.CRITICAL,
    levels=ALWAYS,
    why="A public domain is one loose access policy away from being everybody's, as many leaked indices were.",
    fix="Set vpcOptions.subnetIds, and domainEndpointOptions with enforceHttps true and tlsSecurityPolicy "
    '"Policy-Min-TLS-1-2-PFS-2023-10".',
    anchors=(
        "FSBP Opensearch.2",
        "FSBP Opensearch.8",
        "FSBP ES.2",
        "FSBP ES.8",
        "checkov CKV_AWS_137",
        "checkov CKV_AWS_83",
        "prowler opensearch_service_domains_not_publicly_accessible",
    ),
)
def opensearch_private(domain: ResourceFacts) -> Outcome:
    """`vpcOptions.subnetIds`, and HTTPS with a policy from TLS 1.2."""
    return worst(
        (
            present(domain, "vpcOptions.subnetIds", "private subnets"),
            is_true(domain, "domainEndpointOptions.enforceHttps"),
            one_of(domain, "domainEndpointOptions.tlsSecurityPolicy", _TLS),
        )
    )
