"""Cases of the rules in policies/pack/rules/opensearch.py."""

from __future__ import annotations

from policies.pack import types
from policies.pack.verdict import Status
from tests.policies.building import Made, U, cases, of

ON = {"enabled": True}

TLS = {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"}


def reached(subnets: object, options: object = TLS) -> Made:
    return of(types.OPENSEARCH_DOMAIN, vpcOptions={"subnetIds": subnets}, domainEndpointOptions=options)


CASES = [
    *cases(
        "opensearch-encrypted",
        passing=[
            of(types.OPENSEARCH_DOMAIN, encryptAtRest=ON, nodeToNodeEncryption=ON),
            of(types.ELASTICSEARCH_DOMAIN, encryptAtRest=ON, nodeToNodeEncryption=ON),
        ],
        failing=[
            of(types.OPENSEARCH_DOMAIN),
            of(types.ELASTICSEARCH_DOMAIN, encryptAtRest=ON),
            of(types.OPENSEARCH_DOMAIN, encryptAtRest={"enabled": False}, nodeToNodeEncryption=ON),
        ],
        unknown=[of(types.OPENSEARCH_DOMAIN, encryptAtRest=U, nodeToNodeEncryption=ON)],
    ),
    *cases(
        "opensearch-private",
        passing=[reached(["subnet-1"])],
        failing=[
            of(types.OPENSEARCH_DOMAIN, domainEndpointOptions=TLS),
            reached(["subnet-1"], {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07"}),
            reached([]),
        ],
        unknown=[reached(U)],
        unknown_is=Status.PASS,
    ),
]
