"""Policies of VPC endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.access import admits_strangers, any_resource
from policies.pack.facts.documents import statements
from policies.pack.layers import NETWORK
from policies.pack.levels import advisory_from
from policies.pack.rule import Severity
from policies.pack.values import Unset, at
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts
    from policies.pack.facts.documents import Statement


@NETWORK.resource(
    "vpc-endpoint-policy",
    "VPC endpoints let this account's principals through",
    on=types.EC2_VPC_ENDPOINT,
    severity=Severity.MEDIUM,
    levels=advisory_from("production"),
    why="Whoever gets into the VPC can copy data through an open endpoint to a bucket of their own, by their own keys.",
    fix="Set policy with a condition on aws:PrincipalAccount and aws:ResourceAccount (or the organisation's ids); in "
    "Ascent ascent:network.endpointAccess: account.",
    anchors=("prowler vpc_endpoint_connections_trust_boundaries",),
)
def vpc_endpoint_policy(endpoint: ResourceFacts) -> Outcome | None:
    """No statement for strangers, but for AWS's services and for reads of what is named.

    Load balancers behind endpoints of the kind GatewayLoadBalancer take no policy.
    """
    if at(endpoint, "vpcEndpointType") == "GatewayLoadBalancer":
        return None
    wanted = "a policy that admits an account or an organisation"
    found = statements(endpoint, "policy")
    if isinstance(found, Unknown):
        return unverified("the policy is known only after deployment", wanted)
    if isinstance(found, Unset):
        return failed("policy is not set: everybody, everything", wanted)
    if any(admits_strangers(s, found) and not _is_harmless(s) for s in found):
        return failed("the policy admits everybody", wanted)
    return passed("the policy says whom it admits")


def _is_harmless(statement: Statement) -> bool:
    """AWS's own services, or reads of what the statement names: layers and packages are fetched by anybody."""
    services = any(
        operator == "bool" and [str(value).lower() for value in values] == ["true"]
        for operator, values in statement.condition("aws:PrincipalIsAWSService")
    )
    reads = [action.partition(":")[2].startswith("get") for action in statement.actions]
    named = bool(statement.resources) and not any_resource(statement.resources)
    return services or (named and bool(reads) and all(reads))
